// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/widget_prompt.h"

#include "gui/dialogs/confirm_dialog.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>

namespace coracle::gui {

void WidgetPrompt::ask(QWidget* parent, const Question& question, std::function<void(Reply)> answered) {
    auto* dialog = new ConfirmDialog(question, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::finished, parent,
                     [dialog, answered = std::move(answered)](int result) {
                         answered({.accepted = result == QDialog::Accepted,
                                   .optionOn = dialog->optionOn(),
                                   .instead = dialog->instead()});
                     });
    dialog->open();
}

void WidgetPrompt::askText(QWidget* parent, const TextQuestion& question,
                           std::function<void(std::optional<QString>)> answered) {
    auto* dialog = new TextDialog(question, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::finished, parent,
                     [dialog, answered = std::move(answered)](int result) {
                         answered(result == QDialog::Accepted ? std::optional(dialog->text()) : std::nullopt);
                     });
    dialog->open();
}

void WidgetPrompt::askFile(QWidget* parent, const FileQuestion& question,
                           std::function<void(std::optional<QString>)> answered) {
    // Where the person was last; not where the program happened to be started.
    const QString begin = m_lastFolder.isEmpty() ? QDir::homePath() : m_lastFolder;
    auto* dialog =
        new QFileDialog(parent, question.title, question.directory.isEmpty() ? begin : question.directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    switch (question.kind) {
    case FileQuestion::Kind::OpenFile:
        dialog->setFileMode(QFileDialog::ExistingFile);
        break;
    case FileQuestion::Kind::SaveFile:
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->selectFile(question.suggestedName);
        break;
    case FileQuestion::Kind::Folder:
        dialog->setFileMode(QFileDialog::Directory);
        break;
    }
    QObject::connect(
        dialog, &QDialog::finished, parent, [this, dialog, answered = std::move(answered)](int result) {
            const QStringList files = dialog->selectedFiles();
            if (result == QDialog::Accepted) {
                m_lastFolder = dialog->directory().absolutePath();
            }
            answered(result == QDialog::Accepted && !files.isEmpty() ? std::optional(files.first())
                                                                     : std::nullopt);
        });
    dialog->open();
}

void WidgetPrompt::openUrl(const QUrl& url) {
    QDesktopServices::openUrl(url);
}

void WidgetPrompt::copyText(const QString& text) {
    QGuiApplication::clipboard()->setText(text);
}

}  // namespace coracle::gui
