# SPDX-License-Identifier: Apache-2.0
# One place that declares tests; every folder with tests calls these functions.
find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# What the compiler defines by itself (__x86_64__), for moc: it leaves out test functions between #if and #endif
# whose condition it cannot tell.
set(CORACLE_MOC_MACROS ${PROJECT_BINARY_DIR}/moc_macros.h)
execute_process(COMMAND ${CMAKE_CXX_COMPILER} -std=c++${CMAKE_CXX_STANDARD} -dM -E -x c++ /dev/null
    OUTPUT_FILE ${CORACLE_MOC_MACROS} COMMAND_ERROR_IS_FATAL ANY)

# Qt Test finds test functions in what moc writes of a source. AUTOMOC would look through each of these programs for
# headers with objects, a second or so each; theirs are in their one source.
function(coracle_test_moc name source)
    get_filename_component(stem ${source} NAME_WE)
    set(moc ${CMAKE_CURRENT_BINARY_DIR}/moc/${stem}.moc)
    add_custom_command(OUTPUT ${moc}
        COMMAND Qt6::moc --include ${CORACLE_MOC_MACROS} ${CMAKE_CURRENT_SOURCE_DIR}/${source} -o ${moc}
        DEPENDS ${source} ${CORACLE_MOC_MACROS} COMMENT "moc ${source}" VERBATIM)
    target_sources(${name} PRIVATE ${moc})
    target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/moc)
endfunction()

# coracle_test(NAME SOURCE file LABEL unit|gui|api LIBS target...)
# A Qt Test program that links only the target it tests.
function(coracle_test name)
    cmake_parse_arguments(T "" "SOURCE;LABEL;TIMEOUT" "LIBS;ENVIRONMENT" ${ARGN})
    if(NOT T_TIMEOUT)
        set(T_TIMEOUT 180)
    endif()
    add_executable(${name} ${T_SOURCE})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests/bin)
    coracle_test_moc(${name} ${T_SOURCE})
    target_compile_definitions(${name} PRIVATE CORACLE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PRIVATE Qt6::Test ${T_LIBS})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${T_LABEL}" TIMEOUT ${T_TIMEOUT} SKIP_RETURN_CODE 77
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;CORACLE_LIBEXEC=${PROJECT_BINARY_DIR}/bin;${T_ENVIRONMENT}")
endfunction()

# coracle_script_test(NAME SCRIPT file LABEL functional|conformance [TIMEOUT s])
# A shell or Python test of the real programs; exit 77 is a skip with a printed reason.
function(coracle_script_test name)
    cmake_parse_arguments(T "" "SCRIPT;LABEL;TIMEOUT" "ARGS" ${ARGN})
    if(NOT T_TIMEOUT)
        set(T_TIMEOUT 600)
    endif()
    set(script ${CMAKE_CURRENT_SOURCE_DIR}/${T_SCRIPT})
    execute_process(COMMAND test -x ${script} RESULT_VARIABLE unusable)
    if(unusable)
        message(FATAL_ERROR "${script} cannot be run as a test; chmod +x it")
    endif()
    add_test(NAME ${name} COMMAND ${script} ${T_ARGS})
    set_tests_properties(${name} PROPERTIES LABELS "${T_LABEL}" TIMEOUT ${T_TIMEOUT} SKIP_RETURN_CODE 77
        ENVIRONMENT "LC_ALL=C.UTF-8;CORACLE_BIN=${PROJECT_BINARY_DIR}/bin;CORACLE_SOURCE=${PROJECT_SOURCE_DIR};CORACLE_BUILD=${PROJECT_BINARY_DIR}")
endfunction()
