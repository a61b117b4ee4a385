// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_command.h"

#include <QDialog>
#include <QString>

#include <functional>
#include <string>

class QPlainTextEdit;
class QPushButton;

namespace coracle::gui {

class TextLabel;

/// The container that a line such as "docker run -p 8080:80 nginx" makes. Variables are filled in from
/// `context`; a program's name in front, `sudo` and a prompt's '$' are passed over.
/// Errors: InvalidArgument; what the shell would have to run is one, because it is not run here.
Result<types::ParsedRunCommand> parsePastedCommand(const std::string& text,
                                                   const types::RunCommandContext& context);
/// The environment and the home folder of the person.
types::RunCommandContext pasteContext();

/// Asks for a command line of docker, podman or coracle, and says at once what is wrong with it.
class PasteDialog : public QDialog {
    Q_OBJECT
public:
    explicit PasteDialog(QWidget* parent = nullptr);
    /// What was understood; only after it was accepted.
    const types::ParsedRunCommand& command() const { return m_command; }

private:
    void refresh();

    types::ParsedRunCommand m_command;
    QPlainTextEdit* m_text;
    TextLabel* m_problem;
    QPushButton* m_use;
};

}  // namespace coracle::gui
