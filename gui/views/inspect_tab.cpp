// SPDX-License-Identifier: Apache-2.0
#include "gui/views/inspect_tab.h"

#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/views/json_view.h"
#include "gui/views/page_header.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace coracle::gui {

InspectTab::InspectTab(const PageContext& context) : m_context(context) {
    setObjectName(QStringLiteral("inspect"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_view = new JsonView;
    column->addWidget(buildBar());
    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("inspect.error"));
    connect(m_banner->addButton(QStringLiteral("inspect.retry"), tr("Try again")), &QAbstractButton::clicked,
            this, [this] { ask(m_documents->current()); });
    m_banner->hide();
    column->addWidget(m_banner);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_view);
    m_waiting = new EmptyState(QStringLiteral("file"), tr("Nothing to show"), {});
    m_waiting->setObjectName(QStringLiteral("inspect.empty"));
    m_stack->addWidget(m_waiting);
    column->addWidget(m_stack, 1);
    connect(m_view, &JsonView::pathChanged, this, &InspectTab::updatePath);
    connect(m_view, &JsonView::copyWanted, this,
            [this](const QString& text) { m_context.prompt.copyText(text); });
    updateCount();
    updatePath();
}

QWidget* InspectTab::buildBar() {
    auto* bar = new Panel(Token::Window, Qt::BottomEdge);
    bar->setFixedHeight(scaled(metrics::kFilterBar + 1));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 1);
    row->setSpacing(metrics::kSpaceSmall);
    m_documents = new Segments;
    m_documents->setSmall();
    m_documents->setObjectName(QStringLiteral("inspect.document"));
    m_documents->add(QStringLiteral("container"), tr("Container"));
    m_documents->add(QStringLiteral("oci"), tr("OCI config"));
    m_documents->add(QStringLiteral("image"), tr("Image"));
    m_documents->add(QStringLiteral("state"), tr("State"));
    m_documents->setCurrent(Container);
    row->addWidget(m_documents);
    connect(m_documents, &Segments::currentChanged, this, &InspectTab::choose);
    m_search = new FilterEdit(QStringLiteral("inspect.search"), tr("Search keys and values"));
    m_search->setMinimumWidth(scaled(88));
    m_search->setMaximumWidth(scaled(240));
    row->addWidget(m_search, 3);
    auto* within = new QHBoxLayout(m_search);
    within->setContentsMargins(0, 0, scaled(34), 0);
    within->addStretch(1);
    m_count = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_count->setObjectName(QStringLiteral("inspect.count"));
    m_count->setAttribute(Qt::WA_TransparentForMouseEvents);
    within->addWidget(m_count);
    m_previous =
        makeIconButton(QStringLiteral("inspect.prev"), tr("Previous match (Shift+F3)"), QStringLiteral("up"));
    m_next = makeIconButton(QStringLiteral("inspect.next"), tr("Next match (F3)"), QStringLiteral("down"));
    row->addWidget(m_previous);
    row->addWidget(m_next);
    m_path = new TextLabel({}, TextRole::CodeSmall, Token::Muted);
    m_path->setObjectName(QStringLiteral("inspect.path"));
    m_path->setAccessibleName(tr("Path of the selected part"));
    m_path->setElided(Qt::ElideMiddle);
    m_path->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    row->addWidget(m_path, 2);
    m_copyPath = makeButton(QStringLiteral("inspect.copyPath"), tr("Copy path"), QStringLiteral("copy"),
                            ButtonKind::Normal, ButtonSize::Small);
    row->addWidget(m_copyPath);
    m_copyJson = makeButton(QStringLiteral("inspect.copyJson"), tr("Copy JSON"), QStringLiteral("copy"),
                            ButtonKind::Normal, ButtonSize::Small);
    row->addWidget(m_copyJson);
    connect(m_copyPath, &QPushButton::clicked, this,
            [this] { m_context.prompt.copyText(m_view->currentPath()); });
    connect(m_copyJson, &QPushButton::clicked, this,
            [this] { m_context.prompt.copyText(QString::fromUtf8(m_copy)); });
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

void InspectTab::setContainer(const std::string& id) {
    if (id == m_id) {
        return;
    }
    m_id = id;
    m_imageId.clear();
    m_container.clear();
    m_texts.clear();
    m_shown.clear();
    m_shownDocument = -1;
    m_request.cancel();
    m_banner->hide();
    m_view->setDocument({});
    updateCount();
}

void InspectTab::setActive(bool active) {
    m_active = active;
    if (active) {
        choose();
    }
}

void InspectTab::showSummary(const types::ContainerSummary& row) {
    m_imageId = row.imageId;
}

void InspectTab::showDetails(const types::ContainerDetails& details) {
    m_container = QByteArray::fromStdString(details.inspectJson);
    m_texts.erase(Runtime);  // a start or an update writes it anew
    if (m_active) {
        choose();
    }
}

void InspectTab::choose() {
    const int document = m_documents->current();
    m_banner->hide();
    if (document == Container || document == State) {
        if (!m_container.isEmpty()) {
            show(m_container, document == State ? QStringLiteral("State") : QString());
        }
        return;
    }
    const auto known = m_texts.find(document);
    if (known != m_texts.end()) {
        show(known->second, {});
        return;
    }
    ask(document);
}

void InspectTab::ask(int document) {
    m_request.cancel();
    if (document == Runtime) {
        m_request = m_context.engine.runtimeConfig(
            this, m_id, [this, document, id = m_id](const Result<std::string>& result) {
                if (id == m_id) {
                    take(document, result ? Result<QByteArray>(QByteArray::fromStdString(*result))
                                          : Result<QByteArray>(result.error()));
                }
            });
    } else if (document == Image) {
        m_request = m_context.engine.inspectImage(
            this, m_imageId, [this, document, id = m_id](const Result<types::ImageDetails>& result) {
                if (id == m_id) {
                    take(document, result ? Result<QByteArray>(QByteArray::fromStdString(result->inspectJson))
                                          : Result<QByteArray>(result.error()));
                }
            });
    }
}

void InspectTab::take(int document, const Result<QByteArray>& result) {
    if (result) {
        m_texts[document] = *result;
    }
    if (document != m_documents->current()) {
        return;
    }
    if (result) {
        show(*result, {});
    } else if (result.error().kind() != ErrorKind::Cancelled) {
        showProblem(result.error());
    }
}

void InspectTab::show(const QByteArray& text, const QString& member) {
    const int document = m_documents->current();
    m_banner->hide();
    if (document == m_shownDocument && m_shown == text) {
        return;  // the person keeps the place in it
    }
    auto parsed = JsonDocument::parse(text);
    if (!parsed) {
        showProblem(parsed.error());
        return;
    }
    const int root = member.isEmpty() || !parsed->isContainer(0) ? 0 : parsed->member(0, member);
    m_shownDocument = document;
    // The part alone can be copied; the whole is what decides whether it has changed.
    m_shown = text;
    m_copy = root > 0 ? parsed->source(root) : text;
    m_stack->setCurrentWidget(m_view);
    m_view->setDocument(*std::move(parsed), std::max(root, 0));
    updateCount();
    updatePath();
}

void InspectTab::showProblem(const Error& error) {
    m_shown.clear();
    m_shownDocument = m_documents->current();
    m_view->setDocument({});
    m_waiting->setText(tr("Nothing to show"), tr("The document could not be read."));
    m_stack->setCurrentWidget(m_waiting);
    m_banner->show(Banner::Kind::Error, format::sentence(error.message()), format::sentence(error.hint()));
    updateCount();
    updatePath();
}

void InspectTab::updateCount() {
    const int total = m_view->matchCount();
    m_previous->setEnabled(total > 0);
    m_next->setEnabled(total > 0);
    m_count->setText(m_search->text().isEmpty() ? QString()
                     : total == 0               ? tr("none")
                                  : tr("%L1 of %L2").arg(m_view->currentMatch() + 1).arg(total));
    m_search->setTextMargins(0, 0, m_count->text().isEmpty() ? 0 : m_count->sizeHint().width() + 6, 0);
}

void InspectTab::updatePath() {
    const QString path = m_view->currentPath();
    m_path->setText(path);
    m_path->setToolTip(path);
    m_copyPath->setEnabled(!path.isEmpty());
    m_copyJson->setEnabled(!m_view->json().document().isEmpty());
}

QWidget* InspectTab::mainWidget() {
    return m_view;
}

bool InspectTab::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
    return true;
}

}  // namespace coracle::gui
