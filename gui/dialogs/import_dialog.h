// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/archive.h"

#include <QDialog>

class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace coracle::gui {

class TextLabel;

/// What an image of the files of a tar is called, and what it says of them: a tar has no command, no
/// variables and no ports, so lines of a Dockerfile give it some. Whether such a line is right is for the
/// engine to say.
class ImportDialog : public QDialog {
    Q_OBJECT
public:
    /// file: the path of the tar.
    explicit ImportDialog(const QString& file, QWidget* parent = nullptr);

    /// What was entered.
    types::ImportOptions options() const;

private:
    QString problem() const;
    void validate();

    QLineEdit* m_name;
    QPlainTextEdit* m_changes;
    QLineEdit* m_message;
    TextLabel* m_problem;
    QPushButton* m_import;
};

}  // namespace coracle::gui
