// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/preview_words.h"

#include "core/types/resource_text.h"
#include "core/types/run_command.h"
#include "gui/dialogs/run_dialog.h"

#include <algorithm>

namespace coracle::gui {
namespace {

/// Whether the word after `flag` is its value. Only flags as toArguments() prints them.
bool takesValue(const std::string& flag) {
    const auto rows = types::runOptionHelp();
    return std::any_of(rows.begin(), rows.end(), [&](const types::RunOptionHelp& row) {
        const bool same = flag.size() == 2 ? row.shortName == flag[1] : flag == "--" + std::string(row.name);
        return same && !row.placeholder.empty();
    });
}

bool isLimit(const std::string& flag) {
    const auto options = types::resourceOptions();
    return std::any_of(options.begin(), options.end(),
                       [&](const auto& option) { return flag == "--" + std::string(option.name); });
}

}  // namespace

int sectionOf(const std::string& flag) {
    if (flag == "-p") {
        return RunDialog::Ports;
    }
    if (flag == "-v" || flag == "--mount" || flag == "--tmpfs") {
        return RunDialog::Storage;
    }
    if (flag == "-e" || flag == "--env-file") {
        return RunDialog::Environment;
    }
    if (flag == "--network" || flag == "-h") {
        return RunDialog::Network;
    }
    for (const auto* name : {"--read-only", "--cap-add", "--cap-drop", "--security-opt", "--privileged",
                             "--userns", "--uidmap", "--gidmap"}) {
        if (flag == name) {
            return RunDialog::Security;
        }
    }
    return isLimit(flag) ? RunDialog::Resources : RunDialog::Basics;
}

std::vector<CommandWord> previewWords(const types::RunSpec& spec, const PreviewMarks& marks) {
    const auto words = types::toCommand(spec);
    const auto image = words.size() - spec.command.size() - 1;
    std::vector<CommandWord> out;
    std::size_t port = 0;
    std::size_t mount = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto text = QString::fromStdString(types::toShellWord(words[i]));
        if (i < 2 || i >= image) {
            const bool own = i > image && marks.section == RunDialog::Basics;
            out.push_back({text, own ? Token::Link : Token::Text, false});
            continue;
        }
        const int section = sectionOf(words[i]);
        const bool always = words[i] == "-d";
        auto token = section == marks.section && !always ? Token::Link : Token::Text;
        if (section == RunDialog::Ports || section == RunDialog::Storage) {
            const auto state = section == RunDialog::Ports ? marks.ports[port++] : marks.mounts[mount++];
            token = state == Token::Link ? token : state;
        }
        out.push_back({text, token, takesValue(words[i])});
        if (out.back().joinsNext) {
            ++i;
            out.push_back({QString::fromStdString(types::toShellWord(words[i])), token, false});
        }
    }
    return out;
}

}  // namespace coracle::gui
