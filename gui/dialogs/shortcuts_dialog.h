// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QList>
#include <QString>

#include <utility>

namespace coracle::gui {

/// All keys of the window, by where they work. Keys of the window itself come from its table of actions, so
/// that they cannot differ; the others are those of lists, logs and terminals. sections: how many pages the
/// sidebar has a number for.
class ShortcutsDialog : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutsDialog(const QList<std::pair<QString, QString>>& windowRows, int sections,
                             QWidget* parent = nullptr);
};

}  // namespace coracle::gui
