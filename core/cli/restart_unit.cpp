// SPDX-License-Identifier: Apache-2.0
#include "core/cli/restart_unit.h"

namespace coracle::cli {
namespace {

/// One word of ExecStart=, in double quotes where it needs them. '%' begins a specifier and '$' a variable.
std::string unitWord(const std::string& word) {
    std::string text;
    bool plain = !word.empty();
    for (const char letter : word) {
        if (letter == '%' || letter == '$') {
            text += letter;
        } else if (letter == '"' || letter == '\\') {
            text += '\\';
        }
        const bool harmless = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                              (letter >= '0' && letter <= '9') ||
                              std::string("/._-+:,@%$").find(letter) != std::string::npos;
        plain = plain && harmless;
        text += letter;
    }
    return plain ? text : "\"" + text + "\"";
}

}  // namespace

/// oneshot with RemainAfterExit: the monitors that were started belong to the unit. When the manager stops,
/// each gets SIGTERM and stops its container in peace, which leaves the wish that it should run.
std::string restartUnitText(const std::vector<std::string>& command) {
    std::string line;
    for (const std::string& word : command) {
        line += (line.empty() ? "" : " ") + unitWord(word);
    }
    return "# Made by 'coracle system enable-restart', removed by 'coracle system disable-restart'.\n"
           "[Unit]\n"
           "Description=Start Coracle's containers that have a restart policy\n"
           "\n"
           "[Service]\n"
           "Type=oneshot\n"
           "RemainAfterExit=yes\n"
           "ExecStart=" +
           line +
           "\n"
           "\n"
           "[Install]\n"
           "WantedBy=default.target\n";
}

}  // namespace coracle::cli
