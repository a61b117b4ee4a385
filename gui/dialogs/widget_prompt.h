// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/dialogs/prompt.h"

#include <QFileDialog>
#include <QString>

namespace coracle::gui {

/// The prompt of the real program: our dialogs, the desktop's file chooser, browser and clipboard.
class WidgetPrompt : public Prompt {
public:
    void ask(QWidget* parent, const Question& question, std::function<void(Reply)> answered) override;
    void askText(QWidget* parent, const TextQuestion& question,
                 std::function<void(std::optional<QString>)> answered) override;
    void askFile(QWidget* parent, const FileQuestion& question,
                 std::function<void(std::optional<QString>)> answered) override;
    void askFiles(QWidget* parent, const FileQuestion& question,
                  std::function<void(QStringList)> answered) override;
    void openUrl(const QUrl& url) override;
    void copyText(const QString& text) override;

private:
    void openChooser(QWidget* parent, const FileQuestion& question, QFileDialog::FileMode mode,
                     std::function<void(QStringList)> answered);

    QString m_lastFolder;
};

}  // namespace coracle::gui
