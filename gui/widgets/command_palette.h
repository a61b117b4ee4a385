// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/palette_model.h"

#include <QPointer>
#include <QWidget>

class QLineEdit;
class QListView;

namespace coracle::gui {

class TextLabel;

/// Everything that can be done or opened, by typing a few letters of it: Enter does it, Tab shows what can be
/// done with the thing of the row, Escape goes back. A child that lies over the window, not a window of its
/// own, so that it has the focus on Wayland, too.
class CommandPalette : public QWidget {
    Q_OBJECT
public:
    explicit CommandPalette(QWidget* window);

    /// Show it with these items; the focus comes into the field and returns to where it was.
    void open(std::vector<PaletteItem> items, const QString& words = {});
    /// What is offered when nothing fits; called with the words.
    void setFallback(std::function<std::vector<PaletteItem>(const QString&)> fallback);
    void close();
    const PaletteModel& model() const { return *m_model; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void filter();
    void move(int by);
    void activate(const QModelIndex& index);
    void showObject(const QModelIndex& index);
    bool takeKey(int key);

    QWidget* m_box;
    QLineEdit* m_edit;
    QListView* m_list;
    TextLabel* m_count;
    PaletteModel* m_model;
    std::vector<PaletteItem> m_items;
    std::function<std::vector<PaletteItem>(const QString&)> m_fallback;
    bool m_fallen = false;  ///< the model has what is offered when nothing fits
    QString m_object;       ///< only what can be done with it
    QString m_wordsUp;      ///< what was typed before Tab
    QPointer<QWidget> m_before;
};

}  // namespace coracle::gui
