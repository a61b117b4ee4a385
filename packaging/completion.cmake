# SPDX-License-Identifier: Apache-2.0
# Completion for three shells and manual pages, written by the program whose tables they are made of.
set(words ${PROJECT_BINARY_DIR}/share/words)
set(pages ${PROJECT_BINARY_DIR}/share/man/man1)
add_custom_command(OUTPUT ${words}/coracle ${words}/_coracle ${words}/coracle.fish ${pages}/coracle.1
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${words} ${pages}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${words}
    COMMAND coracle completion bash --output ${words}/coracle
    COMMAND coracle completion zsh --output ${words}/_coracle
    COMMAND coracle completion fish --output ${words}/coracle.fish
    COMMAND coracle completion man --output ${pages}
    DEPENDS coracle COMMENT "Completion and manual pages" VERBATIM)
add_custom_target(coracle_words ALL DEPENDS ${words}/coracle)
install(FILES ${words}/coracle DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${words}/_coracle DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${words}/coracle.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(DIRECTORY ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR})
