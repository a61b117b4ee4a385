// SPDX-License-Identifier: Apache-2.0
#include "gui/views/json_panel.h"

#include "gui/format.h"
#include "gui/views/json_view.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace coracle::gui {

JsonPanel::JsonPanel(const QString& name, Prompt& prompt, QWidget* leading, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_prompt(prompt)
    , m_banner(new Banner)
    , m_stack(new QStackedWidget)
    , m_waiting(new EmptyState(QStringLiteral("file"), tr("Nothing to show"), {}))
    , m_view(new JsonView) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBar(leading));
    m_banner->setObjectName(name + QStringLiteral(".error"));
    connect(m_banner->addButton(name + QStringLiteral(".retry"), tr("Try again")), &QAbstractButton::clicked,
            this, &JsonPanel::retryWanted);
    m_banner->hide();
    column->addWidget(m_banner);
    m_stack->addWidget(m_view);
    m_waiting->setObjectName(name + QStringLiteral(".empty"));
    m_stack->addWidget(m_waiting);
    column->addWidget(m_stack, 1);
    connect(m_view, &JsonView::pathChanged, this, &JsonPanel::updatePath);
    connect(m_view, &JsonView::copyWanted, this, [this](const QString& text) { m_prompt.copyText(text); });
    updateCount();
    updatePath();
}

QWidget* JsonPanel::buildBar(QWidget* leading) {
    const auto name = [this](const char* part) { return m_name + QLatin1Char('.') + QLatin1String(part); };
    auto* bar = new Panel(Token::Window, Qt::BottomEdge);
    bar->setFixedHeight(scaled(metrics::kFilterBar + 1));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 1);
    row->setSpacing(metrics::kSpaceSmall);
    if (leading != nullptr) {
        row->addWidget(leading);
    }
    m_search = new FilterEdit(name("search"), tr("Search keys and values"));
    m_search->setMinimumWidth(scaled(88));
    m_search->setMaximumWidth(scaled(240));
    row->addWidget(m_search, 3);
    auto* within = new QHBoxLayout(m_search);
    const int clear = scaled(34);
    m_search->isRightToLeft() ? within->setContentsMargins(clear, 0, 0, 0)
                              : within->setContentsMargins(0, 0, clear, 0);
    within->addStretch(1);
    m_count = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_count->setObjectName(name("count"));
    m_count->setAttribute(Qt::WA_TransparentForMouseEvents);
    within->addWidget(m_count);
    m_previous = makeIconButton(name("prev"), tr("Previous match (Shift+F3)"), QStringLiteral("up"));
    m_next = makeIconButton(name("next"), tr("Next match (F3)"), QStringLiteral("down"));
    row->addWidget(m_previous);
    row->addWidget(m_next);
    m_path = new TextLabel({}, TextRole::CodeSmall, Token::Muted);
    m_path->setObjectName(name("path"));
    m_path->setAccessibleName(tr("Path of the selected part"));
    m_path->setElided(Qt::ElideMiddle);
    m_path->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    row->addWidget(m_path, 2);
    m_copyPath = makeButton(name("copyPath"), tr("Copy path"), QStringLiteral("copy"), ButtonKind::Normal,
                            ButtonSize::Small);
    row->addWidget(m_copyPath);
    m_copyJson = makeButton(name("copyJson"), tr("Copy JSON"), QStringLiteral("copy"), ButtonKind::Normal,
                            ButtonSize::Small);
    row->addWidget(m_copyJson);
    connect(m_copyPath, &QPushButton::clicked, this, [this] { m_prompt.copyText(m_view->currentPath()); });
    connect(m_copyJson, &QPushButton::clicked, this,
            [this] { m_prompt.copyText(QString::fromUtf8(m_copy)); });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_view->search(words);
        updateCount();
    });
    connect(m_search, &FilterEdit::left, this, [this] { m_view->setFocus(); });
    const auto step = [this](int by) {
        m_view->step(by);
        updateCount();
    };
    connect(m_search, &QLineEdit::returnPressed, this, [step] { step(1); });
    connect(m_next, &QToolButton::clicked, this, [step] { step(1); });
    connect(m_previous, &QToolButton::clicked, this, [step] { step(-1); });
    const auto key = [this, step](const QKeySequence& keys, int by) {
        auto* shortcut = new QShortcut(keys, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [step, by] { step(by); });
    };
    key(QKeySequence(Qt::Key_F3), 1);
    key(QKeySequence(Qt::SHIFT | Qt::Key_F3), -1);
    key(QKeySequence(Qt::SHIFT | Qt::Key_Return), -1);
    return bar;
}

void JsonPanel::clear() {
    m_shown.clear();
    m_copy.clear();
    m_document = -1;
    m_banner->hide();
    m_view->setDocument({});
    m_stack->setCurrentWidget(m_view);
    updateCount();
    updatePath();
}

void JsonPanel::show(const QByteArray& text, const QString& member, int document) {
    m_banner->hide();
    if (document == m_document && m_shown == text) {
        return;
    }
    auto parsed = JsonDocument::parse(text);
    if (!parsed) {
        showProblem(parsed.error(), document);
        return;
    }
    const int root = member.isEmpty() || !parsed->isContainer(0) ? 0 : parsed->member(0, member);
    m_document = document;
    // The part alone can be copied; the whole is what decides whether it has changed.
    m_shown = text;
    m_copy = root > 0 ? parsed->source(root) : text;
    m_stack->setCurrentWidget(m_view);
    m_view->setDocument(*std::move(parsed), std::max(root, 0));
    updateCount();
    updatePath();
}

void JsonPanel::showProblem(const Error& error, int document) {
    showNothing(document);
    m_banner->show(Banner::Kind::Error, format::sentence(error.message()), format::sentence(error.hint()));
}

void JsonPanel::showNothing(int document) {
    m_shown.clear();
    m_document = document;
    m_view->setDocument({});
    m_waiting->setText(tr("Nothing to show"), tr("The document could not be read."));
    m_stack->setCurrentWidget(m_waiting);
    updateCount();
    updatePath();
}

void JsonPanel::hideProblem() {
    m_banner->hide();
}

void JsonPanel::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void JsonPanel::updateCount() {
    const int total = m_view->matchCount();
    m_previous->setEnabled(total > 0);
    m_next->setEnabled(total > 0);
    m_count->setText(m_search->text().isEmpty() ? QString()
                     : total == 0               ? tr("none")
                                  : tr("%L1 of %L2").arg(m_view->currentMatch() + 1).arg(total));
    m_search->setEndRoom(m_count->text().isEmpty() ? 0 : m_count->sizeHint().width() + 6);
}

void JsonPanel::updatePath() {
    const QString path = m_view->currentPath();
    m_path->setText(path);
    m_path->setToolTip(path);
    m_copyPath->setEnabled(!path.isEmpty());
    m_copyJson->setEnabled(!m_view->json().document().isEmpty());
}

}  // namespace coracle::gui
