// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/environment_editor.h"

#include "gui/dialogs/editor_rows.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/text_label.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStringList>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {

EnvironmentEditor::EnvironmentEditor(QWidget* parent)
    : QWidget(parent)
    , m_add(nullptr)
    , m_box(new EditorBox({{tr("Name"), 220, 20}, {tr("Value"), 0, 20}, {{}, 28, 0}}, this)) {
    setObjectName(QStringLiteral("env"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(metrics::kSpace));
    auto* head = new QHBoxLayout;
    head->addWidget(new TextLabel(tr("Environment"), TextRole::Section, Token::Text, this));
    head->addStretch();
    auto* add = makeButton(QStringLiteral("env.add"), tr("Add variable"), QStringLiteral("plus"),
                           ButtonKind::Normal, ButtonSize::Small);
    head->addWidget(add);
    m_add = add;
    column->addLayout(head);
    m_box->setEmptyText(tr("Only what the image sets itself."));
    column->addWidget(m_box);
    auto* note = new TextLabel(
        tr("Values are part of the command and of what Inspect shows: keep passwords in files."),
        TextRole::Secondary, Token::Muted, this);
    note->setWordWrap(true);
    column->addWidget(note);
    column->addStretch();
    connect(add, &QPushButton::clicked, this, [this] {
        addRow({}, {});
        m_rows.back().name->setFocus();
    });
}

std::size_t EnvironmentEditor::indexOf(const QWidget* row) const {
    const auto at =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& one) { return one.row == row; });
    return static_cast<std::size_t>(at - m_rows.begin());
}

void EnvironmentEditor::addRow(const QString& name, const QString& value) {
    Row row{};
    row.name = makeRowEdit(tr("Name of the variable"), true);
    row.name->setText(name);
    row.name->setPlaceholderText(QStringLiteral("NAME"));
    QStringList known;
    for (const auto& line : m_imageLines) {
        known.append(line.section(QLatin1Char('='), 0, 0));
    }
    auto* completer = new QCompleter(known, row.name);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    row.name->setCompleter(completer);
    row.value = makeRowEdit(tr("Value of the variable"), true);
    row.value->setText(value);
    row.remove = makeIconButton({}, tr("Remove this variable"), QStringLiteral("trash"));
    row.row = m_box->addRow({row.name, row.value, row.remove});
    chainTabOrder(m_rows.empty() ? m_add : m_rows.back().remove, {row.name, row.value, row.remove});
    m_rows.push_back(row);
    m_pairs.emplace_back(name, value);
    const auto edited = [this, widget = row.row] {
        const auto index = indexOf(widget);
        m_pairs[index] = {m_rows[index].name->text(), m_rows[index].value->text()};
        refresh();
    };
    connect(row.name, &QLineEdit::textChanged, this, edited);
    connect(row.value, &QLineEdit::textChanged, this, edited);
    connect(row.remove, &QToolButton::clicked, this,
            [this, widget = row.row] { removeRow(indexOf(widget)); });
    refresh();
}

void EnvironmentEditor::setPairs(const Pairs& pairs) {
    if (pairs == m_pairs) {
        return;
    }
    for (const auto& row : m_rows) {
        m_box->removeRow(row.row);
    }
    m_rows.clear();
    m_pairs.clear();
    for (const auto& [name, value] : pairs) {
        addRow(name, value);
    }
    refresh();
}

void EnvironmentEditor::setImageEnvironment(const std::vector<QString>& lines) {
    m_imageLines = lines;
}

void EnvironmentEditor::removeRow(std::size_t index) {
    const auto offset = static_cast<std::ptrdiff_t>(index);
    m_box->removeRow(m_rows[index].row);
    m_rows.erase(m_rows.begin() + offset);
    m_pairs.erase(m_pairs.begin() + offset);
    refresh();
}

QString EnvironmentEditor::fault(std::size_t index) const {
    const auto& name = m_pairs[index].first;
    if (name.isEmpty()) {
        return tr("The variable needs a name");
    }
    if (name.contains(QLatin1Char('='))) {
        return tr("A name has no = in it");
    }
    return {};
}

void EnvironmentEditor::refresh() {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto name = [&](const char* part) {
            return QStringLiteral("env.%1.%2").arg(i).arg(QLatin1String(part));
        };
        const auto wrong = fault(i);
        const bool untouched = m_pairs[i].first.isEmpty() && m_pairs[i].second.isEmpty();
        m_rows[i].name->setObjectName(name("name"));
        m_rows[i].value->setObjectName(name("value"));
        m_rows[i].remove->setObjectName(name("remove"));
        m_rows[i].row->setRemark(untouched ? QString() : wrong, true, false);
        setInputMark(*m_rows[i].name, wrong.isEmpty() || untouched ? InputMark::None : InputMark::Error);
    }
    emit changed();
}

int EnvironmentEditor::problems() const {
    int count = 0;
    for (std::size_t i = 0; i < m_pairs.size(); ++i) {
        count += fault(i).isEmpty() ? 0 : 1;
    }
    return count;
}

QString EnvironmentEditor::summary() const {
    for (std::size_t i = 0; i < m_pairs.size(); ++i) {
        if (auto wrong = fault(i); !wrong.isEmpty()) {
            return wrong;
        }
    }
    return {};
}

}  // namespace coracle::gui
