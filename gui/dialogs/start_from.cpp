// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/start_from.h"

#include "gui/theme/metrics.h"
#include "gui/widgets/text_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QWheelEvent>

#include <algorithm>
#include <utility>

namespace coracle::gui {
namespace {

constexpr int kWidth = 170;
/// What the data of the last row says; no container has such an id.
const QString& pasteKey() {
    static const auto kKey = QStringLiteral("paste");
    return kKey;
}

/// A choice replaces what the form holds, so that moving to it is not choosing it: the arrows open the list.
class Choices : public QComboBox {
public:
    using QComboBox::QComboBox;

protected:
    void keyPressEvent(QKeyEvent* event) override {
        const int key = event->key();
        const bool moves = key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp ||
                           key == Qt::Key_PageDown || key == Qt::Key_Home || key == Qt::Key_End;
        if (moves || !event->text().trimmed().isEmpty()) {
            showPopup();
            return;
        }
        QComboBox::keyPressEvent(event);
    }
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

}  // namespace

StartFrom::StartFrom(QWidget* parent) : QWidget(parent), m_combo(new Choices(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(metrics::kSpaceSmall));
    auto* label = new TextLabel(tr("Start from"), TextRole::Body, Token::Muted, this);
    label->setBuddy(m_combo);
    row->addWidget(label);
    m_combo->setObjectName(QStringLiteral("runDialog.startFrom"));
    m_combo->setAccessibleName(tr("Start from"));
    m_combo->setFixedWidth(scaled(kWidth));
    m_combo->setFixedHeight(scaled(metrics::kControlSmall));
    row->addWidget(m_combo);
    setFocusProxy(m_combo);
    fill();
    connect(m_combo, &QComboBox::activated, this, [this](int index) {
        const auto key = m_combo->itemData(index).toString();
        if (key == pasteKey()) {
            showChosen();  // nothing was pasted yet
            emit pasteChosen();
        } else if (key.isEmpty()) {
            m_before = std::exchange(m_chosen, {});
            emit imageDefaultsChosen();
        } else {
            m_before = std::exchange(m_chosen, key);
            emit containerChosen(key, m_combo->itemText(index));
        }
    });
}

void StartFrom::setContainers(const std::vector<std::pair<QString, QString>>& containers) {
    if (containers != m_containers) {
        m_containers = containers;
        fill();
    }
}

void StartFrom::restore() {
    m_chosen = m_before;
    showChosen();
}

void StartFrom::showPasted() {
    m_before = std::exchange(m_chosen, pasteKey());
    showChosen();
}

void StartFrom::showChosen() {
    m_combo->setCurrentIndex(std::max(0, m_combo->findData(m_chosen)));
}

void StartFrom::fill() {
    m_combo->clear();
    m_combo->addItem(tr("Image defaults"), QString());
    m_combo->addItem(tr("A pasted command…"), pasteKey());
    if (!m_containers.empty()) {
        m_combo->insertSeparator(m_combo->count());
    }
    for (const auto& [id, name] : m_containers) {
        m_combo->addItem(name, id);
    }
    showChosen();
}

}  // namespace coracle::gui
