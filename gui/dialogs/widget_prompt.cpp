// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/widget_prompt.h"

#include "gui/dialogs/confirm_dialog.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
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

/// It begins where the person was last, and not where the program happened to be started.
void WidgetPrompt::openChooser(QWidget* parent, const FileQuestion& question, QFileDialog::FileMode mode,
                               std::function<void(QStringList)> answered) {
    const QString begin = m_lastFolder.isEmpty() ? QDir::homePath() : m_lastFolder;
    auto* dialog =
        new QFileDialog(parent, question.title, question.directory.isEmpty() ? begin : question.directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(mode);
    dialog->setOption(QFileDialog::ShowDirsOnly, mode == QFileDialog::Directory);
    if (question.kind == FileQuestion::Kind::SaveFile) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->selectFile(question.suggestedName);
    }
    QObject::connect(dialog, &QDialog::finished, parent,
                     [this, dialog, answered = std::move(answered)](int result) {
                         const bool accepted = result == QDialog::Accepted;
                         if (accepted) {
                             m_lastFolder = dialog->directory().absolutePath();
                         }
                         answered(accepted ? dialog->selectedFiles() : QStringList());
                     });
    dialog->open();
}

void WidgetPrompt::askFile(QWidget* parent, const FileQuestion& question,
                           std::function<void(std::optional<QString>)> answered) {
    QFileDialog::FileMode mode = QFileDialog::AnyFile;
    switch (question.kind) {
    case FileQuestion::Kind::OpenFile:
        mode = QFileDialog::ExistingFile;
        break;
    case FileQuestion::Kind::SaveFile:
        break;
    case FileQuestion::Kind::Folder:
        mode = QFileDialog::Directory;
        break;
    }
    openChooser(parent, question, mode, [answered = std::move(answered)](const QStringList& files) {
        answered(files.isEmpty() ? std::nullopt : std::optional(files.first()));
    });
}

void WidgetPrompt::askFiles(QWidget* parent, const FileQuestion& question,
                            std::function<void(QStringList)> answered) {
    openChooser(parent, question, QFileDialog::ExistingFiles, std::move(answered));
}

void WidgetPrompt::openUrl(const QUrl& url) {
    QDesktopServices::openUrl(url);
}

void WidgetPrompt::copyText(const QString& text) {
    QGuiApplication::clipboard()->setText(text);
}

}  // namespace coracle::gui
