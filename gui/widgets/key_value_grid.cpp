// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/key_value_grid.h"

#include "gui/widgets/clear_layout.h"

#include <QGridLayout>

namespace coracle::gui {

KeyValueGrid::KeyValueGrid(int columns, int keyWidth, QWidget* parent)
    : QWidget(parent), m_grid(new QGridLayout(this)), m_columns(columns), m_keyWidth(keyWidth) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(metrics::kSpace);
    m_grid->setVerticalSpacing(metrics::kSpaceSmall);
    for (int i = 0; i < columns; ++i) {
        m_grid->setColumnMinimumWidth(2 * i, scaled(keyWidth));
        m_grid->setColumnStretch(2 * i + 1, 1);
    }
}

void KeyValueGrid::set(const QString& key, const QString& value, TextRole role, const QString& toolTip) {
    auto found = m_values.find(key);
    if (found == m_values.end()) {
        const int column = m_rows > 0 ? m_count / m_rows : m_count % m_columns;
        const int line = m_rows > 0 ? m_count % m_rows : m_count / m_columns;
        auto* name = new TextLabel(key, TextRole::Body, Token::Muted, this);
        auto* text = new TextLabel({}, role, Token::Text, this);
        text->setSelectable();
        text->setElided(Qt::ElideMiddle);
        text->setAccessibleName(key);
        name->setBuddy(text);
        m_grid->addWidget(name, line, 2 * column, Qt::AlignTop | Qt::AlignLeading);
        m_grid->addWidget(text, line, 2 * column + 1);
        name->setVisible(true);
        text->setVisible(true);
        found = m_values.emplace(key, text).first;
        ++m_count;
    }
    found->second->setRole(role);
    found->second->setToolTip(toolTip);
    found->second->setText(value);
}

QString KeyValueGrid::value(const QString& key) const {
    const TextLabel* found = label(key);
    return found == nullptr ? QString() : found->text();
}

TextLabel* KeyValueGrid::label(const QString& key) const {
    const auto found = m_values.find(key);
    return found == m_values.end() ? nullptr : found->second;
}

void KeyValueGrid::clear() {
    clearLayout(*m_grid);
    m_values.clear();
    m_count = 0;
}

}  // namespace coracle::gui
