// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"
#include "gui/dialogs/command_preview.h"

#include <string>
#include <vector>

namespace coracle::gui {

/// What decides the colours of the words of a command.
struct PreviewMarks {
    int section = 0;            ///< the one that is open: RunDialog::Section
    std::vector<Token> ports;   ///< of each port of the spec; Token::Link when nothing is wrong with it
    std::vector<Token> mounts;  ///< of each mount, in the same way
};

/// The section of the run dialog in which an option is set, as types::toArguments() prints it.
int sectionOf(const std::string& flag);

/// The words of types::toCommand(), those of the open section marked.
std::vector<CommandWord> previewWords(const types::RunSpec& spec, const PreviewMarks& marks);

}  // namespace coracle::gui
