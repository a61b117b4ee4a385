# SPDX-License-Identifier: Apache-2.0
# One place that declares tests; every folder with tests calls these functions.
find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# coracle_test(NAME SOURCE file LABEL unit|gui|api LIBS target...)
# A Qt Test program that links only the target it tests.
function(coracle_test name)
    cmake_parse_arguments(T "" "SOURCE;LABEL;TIMEOUT" "LIBS;ENVIRONMENT" ${ARGN})
    if(NOT T_TIMEOUT)
        set(T_TIMEOUT 60)
    endif()
    add_executable(${name} ${T_SOURCE})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests/bin)
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
        set(T_TIMEOUT 300)
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
