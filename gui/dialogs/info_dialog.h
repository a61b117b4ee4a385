// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QList>

#include <utility>

namespace coracle::gui {

/// A title, a sentence, and pairs of words: keyboard shortcuts, about.
class InfoDialog : public QDialog {
    Q_OBJECT
public:
    InfoDialog(const QString& title, const QString& text, const QList<std::pair<QString, QString>>& rows,
               QWidget* parent = nullptr);
};

}  // namespace coracle::gui
