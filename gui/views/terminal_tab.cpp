// SPDX-License-Identifier: Apache-2.0
#include "gui/views/terminal_tab.h"

#include "gui/dialogs/prompt.h"
#include "gui/engine_terminal.h"
#include "gui/format.h"
#include "gui/models/app_settings.h"
#include "gui/models/container_actions.h"
#include "gui/models/engine_state.h"
#include "gui/shortcuts.h"
#include "gui/theme/icons.h"
#include "gui/views/terminal_widget.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toast_host.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kBar = 40;
constexpr int kFooter = 28;
constexpr int kLabelsFrom = 900;
constexpr int kPasteLines = 6;
constexpr int kTitleLength = 24;

/// The first shell that the image has, which is told as a title; sh is there in every image with one.
constexpr const char* kFindShell =
    "for s in bash zsh ash sh; do command -v \"$s\" >/dev/null 2>&1 && printf '\\033]2;%s\\007' \"$s\" && "
    "exec \"$s\"; done; exec sh";
constexpr const char* kFound[] = {"bash", "zsh", "ash", "sh"};

TextLabel* hint(const QString& text) {
    return new TextLabel(text, TextRole::Secondary, Token::Muted);
}

}  // namespace

TerminalTab::TerminalTab(const PageContext& context) : m_context(context) {
    setObjectName(QStringLiteral("terminal"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBar());
    column->addWidget(buildFind());
    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("terminal.note"));
    connect(m_banner->addButton(QStringLiteral("terminal.reopen"), tr("Open again")),
            &QAbstractButton::clicked, this, [this] {
                if (Session* session = current()) {
                    start(*session);
                    session->view->setFocus();
                }
            });
    m_banner->hide();
    column->addWidget(m_banner);
    m_stack = new QStackedWidget;
    m_empty = new EmptyState(QStringLiteral("term"), {}, {});
    m_empty->setObjectName(QStringLiteral("terminal.empty"));
    m_emptyAction = m_empty->addButton(QStringLiteral("terminal.emptyAction"), tr("Start"));
    connect(m_emptyAction, &QAbstractButton::clicked, this, [this] {
        if (m_runs) {
            openNew();
        } else {
            m_context.containers.start({m_id});
        }
    });
    connect(&m_context.settings, &AppSettings::changed, this, [this] {
        for (const auto& session : m_sessions) {
            session->view->setLetters(m_context.settings.terminalFont(), m_context.settings.terminalSize());
        }
    });
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);
    column->addWidget(buildFooter());
    const auto key = [this](const QKeySequence& keys, auto handler) {
        auto* shortcut = new QShortcut(keys, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, handler);
    };
    bindKey(this, KeyId::TerminalFind, [this] { (void)focusSearch(); });
    bindKey(this, KeyId::TerminalNew, [this] { openNew(); });
    bindKey(this, KeyId::TerminalShell, [this] {
        window()->setAttribute(Qt::WA_KeyboardFocusChange);
        m_shell->setFocus(Qt::ShortcutFocusReason);
        m_shell->lineEdit()->selectAll();
    });
    bindKey(this, KeyId::TerminalClose, [this] { close(m_tabs->currentIndex()); });
    key(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_PageUp),
        [this] { m_tabs->setCurrentIndex(std::max(0, m_tabs->currentIndex() - 1)); });
    key(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_PageDown),
        [this] { m_tabs->setCurrentIndex(std::min(m_tabs->count() - 1, m_tabs->currentIndex() + 1)); });
}

TerminalTab::~TerminalTab() = default;

QWidget* TerminalTab::buildBar() {
    auto* bar = new Panel(Token::Window, Qt::BottomEdge);
    bar->setFixedHeight(scaled(kBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kSpace, 0, metrics::kPageMargin, 1);
    row->setSpacing(metrics::kSpaceSmall);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(QStringLiteral("terminal.tabs"));
    m_tabs->setAccessibleName(tr("Terminals"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->setProperty("tabPills", true);
    connect(m_tabs, &QTabBar::currentChanged, this, &TerminalTab::showCurrent);
    row->addWidget(m_tabs);
    m_new = makeIconButton(QStringLiteral("terminal.new"), tr("New terminal (Ctrl+Shift+T)"),
                           QStringLiteral("plus"));
    connect(m_new, &QToolButton::clicked, this, &TerminalTab::openNew);
    row->addWidget(m_new);
    row->addStretch(1);
    const auto choice = [&](const char* name, const QString& label, const QStringList& words) {
        auto* caption = hint(label);
        row->addWidget(caption);
        auto* box = new QComboBox;
        box->setObjectName(QLatin1String(name));
        box->setAccessibleName(label);
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->addItems(words);
        box->setFixedHeight(scaled(metrics::kControlSmall));
        box->setMinimumWidth(scaled(100));
        box->setMaximumWidth(scaled(130));
        row->addWidget(box);
        connect(box->lineEdit(), &QLineEdit::editingFinished, box->lineEdit(), [edit = box->lineEdit()] {
            edit->setCursorPosition(0);
        });  // names are told by their beginning
        // Not returnPressed: the box sends a key that its field left to the field again.
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
            auto* open =
                new QShortcut(QKeySequence(key), box, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
            connect(open, &QShortcut::activated, this, &TerminalTab::openNew);
        }
        return box;
    };
    m_shell = choice("terminal.shell", tr("Shell"),
                     {tr("automatic"), QStringLiteral("bash"), QStringLiteral("sh"), QStringLiteral("zsh"),
                      QStringLiteral("fish")});
    m_shell->setToolTip(tr("For the next terminal; any program of the container can be typed"));
    m_userChoice = choice("terminal.user", tr("User"), {QStringLiteral("root")});
    m_userChoice->setToolTip(tr("For the next terminal: a name or a number inside"));
    auto* find = makeIconButton(QStringLiteral("terminal.findButton"), tr("Find (Ctrl+Shift+F)"),
                                QStringLiteral("search"));
    connect(find, &QToolButton::clicked, this, [this] { (void)focusSearch(); });
    row->addWidget(find);
    auto* copy = makeIconButton(QStringLiteral("terminal.copyCommand"),
                                tr("Copy the command that opens this in a terminal of your desktop"),
                                QStringLiteral("copy"));
    connect(copy, &QToolButton::clicked, this, &TerminalTab::copyCommand);
    row->addWidget(copy);
    return bar;
}

QWidget* TerminalTab::buildFind() {
    m_findBar = new Panel(Token::Window, Qt::BottomEdge);
    m_findBar->setFixedHeight(scaled(kBar));
    auto* row = new QHBoxLayout(m_findBar);
    row->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 1);
    row->setSpacing(metrics::kSpaceSmall);
    m_find = new FilterEdit(QStringLiteral("terminal.find"), tr("Find in this terminal"));
    m_find->setMaximumWidth(scaled(300));
    m_find->setKeyHint(keyOf(KeyId::TerminalFind).toString(QKeySequence::NativeText));
    row->addWidget(m_find, 1);
    m_previous = makeIconButton(QStringLiteral("terminal.prev"), tr("Previous match (Shift+F3)"),
                                QStringLiteral("up"));
    m_next = makeIconButton(QStringLiteral("terminal.next"), tr("Next match (F3)"), QStringLiteral("down"));
    row->addWidget(m_previous);
    row->addWidget(m_next);
    m_count = hint({});
    m_count->setObjectName(QStringLiteral("terminal.count"));
    row->addWidget(m_count);
    row->addStretch(1);
    auto* done = makeIconButton(QStringLiteral("terminal.findClose"), tr("Close"), QStringLiteral("x"));
    connect(done, &QToolButton::clicked, this, [this] { showFind(false); });
    row->addWidget(done);
    connect(m_find, &QLineEdit::textChanged, this, [this](const QString& words) {
        if (Session* session = current()) {
            session->view->search(words);
        }
    });
    connect(m_find, &FilterEdit::left, this, [this] { showFind(false); });
    const auto step = [this](int by) {
        if (Session* session = current()) {
            session->view->step(by);
        }
    };
    // The newest output is at the bottom: Enter goes up from there.
    connect(m_find, &QLineEdit::returnPressed, this, [step] { step(-1); });
    connect(m_previous, &QToolButton::clicked, this, [step] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [step] { step(1); });
    const auto key = [this, step](const QKeySequence& keys, int by) {
        auto* shortcut = new QShortcut(keys, m_findBar, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [step, by] { step(by); });
    };
    key(QKeySequence(Qt::Key_F3), 1);
    key(QKeySequence(Qt::SHIFT | Qt::Key_F3), -1);
    m_findBar->hide();
    return m_findBar;
}

QWidget* TerminalTab::buildFooter() {
    auto* footer = new Panel(Token::Window, Qt::TopEdge);
    footer->setProperty(kPageFoot, true);
    footer->setFixedHeight(scaled(kFooter));
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(metrics::kPageMargin, 1, metrics::kPageMargin, 0);
    row->setSpacing(metrics::kSpaceLarge);
    m_size = hint({});
    m_size->setObjectName(QStringLiteral("terminal.size"));
    row->addWidget(m_size);
    for (const QString& text : {tr("Ctrl+Shift+C copy"), tr("Ctrl+Shift+V paste"), tr("Ctrl+Shift+F find")}) {
        auto* words = hint(text);
        words->setElided();
        words->setMaximumWidth(words->sizeHint().width());
        row->addWidget(words, 1);
    }
    row->addStretch(1);
    m_who = hint({});
    m_who->setObjectName(QStringLiteral("terminal.who"));
    m_who->setElided();
    row->addWidget(m_who, 4);
    m_who->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    return footer;
}

std::vector<TerminalTab::Session*> TerminalTab::shownSessions() const {
    std::vector<Session*> shown;
    for (const auto& session : m_sessions) {
        if (session->container == m_id) {
            shown.push_back(session.get());
        }
    }
    return shown;
}

TerminalTab::Session* TerminalTab::current() const {
    const auto shown = shownSessions();
    const int index = m_tabs->currentIndex();
    return index >= 0 && std::size_t(index) < shown.size() ? shown[std::size_t(index)] : nullptr;
}

TerminalTab::Session* TerminalTab::sessionOf(const TerminalWidget* view) {
    const auto found = std::find_if(m_sessions.begin(), m_sessions.end(),
                                    [view](const auto& session) { return session->view == view; });
    return found == m_sessions.end() ? nullptr : found->get();
}

engine::ExecSpec TerminalTab::chosenProgram() const {
    engine::ExecSpec spec;
    spec.interactive = true;
    spec.tty = true;
    spec.env = {{"TERM", "xterm-256color"}};
    const QString shell = m_shell->currentText().trimmed();
    if (m_shell->currentIndex() == 0 && shell == m_shell->itemText(0)) {
        spec.command = {"sh", "-c", kFindShell};
    } else {
        // Words as they stand: who needs quotes types them in the terminal.
        for (const QString& word : shell.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            spec.command.push_back(word.toStdString());
        }
        if (spec.command.empty()) {
            spec.command = {"sh"};
        }
    }
    const std::string user = m_userChoice->currentText().trimmed().toStdString();
    // Before the container's own is known, the first choice stands for it.
    const bool own = m_user.empty() ? m_userChoice->currentIndex() == 0 &&
                                          m_userChoice->currentText() == m_userChoice->itemText(0)
                                    : user == m_user;
    if (!user.empty() && !own) {
        spec.user = user;
    }
    return spec;
}

void TerminalTab::openNew() {
    if (!m_runs || m_sessions.size() >= std::size_t(kMaxSessions)) {
        return;
    }
    m_openFirst = false;
    auto session = std::make_unique<Session>();
    session->container = m_id;
    session->spec = chosenProgram();
    session->number = freeNumber();
    session->program = session->spec.command.size() == 3 && session->spec.command[2] == kFindShell
                           ? tr("shell")
                           : format::text(session->spec.command.front());
    session->view = new TerminalWidget;
    session->view->setLetters(m_context.settings.terminalFont(), m_context.settings.terminalSize());
    m_stack->addWidget(session->view);
    connectView(*session);
    Session* added = session.get();
    m_sessions.push_back(std::move(session));
    showTabs();
    m_tabs->setCurrentIndex(m_tabs->count() - 1);
    showCurrent();
    start(*added);
    if (m_active) {
        added->view->setFocus();
    }
}

/// What the program calls itself, or "sh 2"; with a number where two call themselves the same.
QString TerminalTab::label(const Session& session) const {
    const auto numbered = [&](const QString& words) {
        //: A terminal's program and its number: "sh 2"
        return tr("%1 %2").arg(words).arg(session.number);
    };
    if (session.title.isEmpty()) {
        const QString words = numbered(session.program.left(kTitleLength));
        return session.spec.user ? tr("%1 (%2)").arg(words, format::text(*session.spec.user)) : words;
    }
    const auto shown = shownSessions();
    const auto same = std::count_if(shown.begin(), shown.end(),
                                    [&](const Session* other) { return other->title == session.title; });
    const QString words = session.title.left(kTitleLength);
    return same > 1 ? numbered(words) : words;
}

int TerminalTab::freeNumber() const {
    const auto shown = shownSessions();
    int number = 1;
    while (std::any_of(shown.begin(), shown.end(),
                       [number](const Session* session) { return session->number == number; })) {
        ++number;
    }
    return number;
}

void TerminalTab::openFirst() {
    if (m_active && m_runs && m_openFirst && !m_waits && shownSessions().empty()) {
        openNew();
    }
}

void TerminalTab::connectView(Session& session) {
    TerminalWidget* view = session.view;
    connect(view, &TerminalWidget::input, this, [this, view](const QByteArray& bytes) {
        if (Session* own = sessionOf(view); own != nullptr && own->terminal != nullptr) {
            own->terminal->send(bytes);
        }
    });
    connect(view, &TerminalWidget::sizeChanged, this, [this, view](int columns, int rows) {
        if (Session* own = sessionOf(view); own != nullptr && own->terminal != nullptr) {
            own->terminal->resize(columns, rows);
        }
        updateFooter();
    });
    connect(view, &TerminalWidget::titleChanged, this, [this, view](const QString& title) {
        if (Session* own = sessionOf(view); own != nullptr && !title.isEmpty()) {
            const bool found = std::any_of(std::begin(kFound), std::end(kFound),
                                           [&](const char* shell) { return title == QLatin1String(shell); });
            (found ? own->program : own->title) = title;
            showTabs();
        }
    });
    connect(view, &TerminalWidget::copied, this,
            [this](const QString& text) { m_context.prompt.copyText(text); });
    connect(view, &TerminalWidget::pasteWanted, this,
            [this, view](const QString& text) { askPaste(*view, text); });
    connect(view, &TerminalWidget::menuWanted, this,
            [this, view](const QPoint& position) { showMenu(*view, position); });
    connect(view, &TerminalWidget::matchesChanged, this, &TerminalTab::updateCount);
    connect(view, &TerminalWidget::reopenWanted, this, [this, view] {
        if (Session* own = sessionOf(view); own != nullptr && m_runs) {
            start(*own);
        }
    });
}

void TerminalTab::showMenu(TerminalWidget& view, const QPoint& position) {
    auto* menu = new QMenu(&view);
    menu->setObjectName(QStringLiteral("terminal.menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const char* name, const char* icon, const QString& text, const QKeySequence& key,
                         const std::function<void()>& handler) {
        QAction* action = menu->addAction(text);
        if (*icon != '\0') {
            action->setIcon(themeIcon(QLatin1String(icon), Token::Muted));
        }
        action->setObjectName(QStringLiteral("terminal.menu.%1").arg(QLatin1String(name)));
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);  // said here, done by the terminal
        action->setShortcutVisibleInContextMenu(true);
        connect(action, &QAction::triggered, &view, handler);
        return action;
    };
    add("copy", "copy", tr("Copy"), keyOf(KeyId::TerminalCopy), [&view] {
        view.copySelection();
    })->setEnabled(!view.selectedText().isEmpty());
    add("paste", "", tr("Paste"), keyOf(KeyId::TerminalPaste), [&view] {
        view.paste(QApplication::clipboard()->text());
    })->setEnabled(!view.isEnded() && !QApplication::clipboard()->text().isEmpty());
    menu->addSeparator();
    add("selectAll", "", tr("Select all"), {}, [&view] { view.selectAll(); });
    add("find", "search", tr("Find"), keyOf(KeyId::TerminalFind), [this] { (void)focusSearch(); });
    menu->popup(position);
}

void TerminalTab::start(Session& session) {
    TerminalWidget* view = session.view;
    session.problem.reset();
    view->clear();
    view->setEnded(false);
    session.terminal = std::make_unique<EngineTerminal>(m_context.engine, session.container, session.spec,
                                                        view->screen().columns(), view->screen().rows());
    connect(session.terminal.get(), &EngineTerminal::output, view,
            [view](const QByteArray& bytes) { view->feed(bytes); });
    const auto end = [this, view](const QString& why) {
        if (Session* own = sessionOf(view)) {
            own->problem = why;
            view->setEnded(true);
            showCurrent();
        }
    };
    connect(session.terminal.get(), &EngineTerminal::ended, this, [end](int code) {
        end(code == 0 ? tr("The program has ended")
                      : tr("The program has ended with exit code %1").arg(code));
    });
    connect(session.terminal.get(), &EngineTerminal::failed, this, [this, end](const Error& error) {
        const bool noProgram = error.kind() == ErrorKind::NotFound && m_runs;
        end(noProgram ? tr("The image has no such program: %1. Choose another shell.")
                            .arg(format::text(error.message()))
                      : format::error(error));
    });
    showCurrent();
}

void TerminalTab::close(int tab) {
    const auto shown = shownSessions();
    if (tab < 0 || std::size_t(tab) >= shown.size()) {
        return;
    }
    Session* closing = shown[std::size_t(tab)];
    m_stack->removeWidget(closing->view);
    closing->view->deleteLater();
    std::erase_if(m_sessions, [closing](const auto& session) { return session.get() == closing; });
    showTabs();
    m_tabs->setCurrentIndex(std::min(tab, m_tabs->count() - 1));
    showCurrent();
}

/// Tabs move when one before them goes, so the button looks for its own.
void TerminalTab::addClose(int tab) {
    auto* button =
        makeIconButton(QStringLiteral("terminal.close"), tr("Close terminal"), QStringLiteral("x"));
    button->setToolTip(tr("Close terminal (Ctrl+Shift+W)"));
    connect(button, &QToolButton::clicked, this, [this, button] {
        for (int i = 0; i < m_tabs->count(); ++i) {
            if (m_tabs->tabButton(i, QTabBar::RightSide) == button) {
                close(i);
                return;
            }
        }
    });
    m_tabs->setTabButton(tab, QTabBar::RightSide, button);
}

void TerminalTab::showTabs() {
    const auto shown = shownSessions();
    {
        const QSignalBlocker quiet(m_tabs);
        while (m_tabs->count() > int(shown.size())) {
            m_tabs->removeTab(m_tabs->count() - 1);
        }
        while (m_tabs->count() < int(shown.size())) {
            addClose(m_tabs->addTab(themeIcon(QStringLiteral("term"), Token::Text), {}));
        }
        int index = 0;
        for (const Session* session : shown) {
            QString title = label(*session);
            m_tabs->setTabToolTip(index, session->title.isEmpty() ? title : session->title);
            m_tabs->setTabText(index++, title.replace(QLatin1Char('&'), QStringLiteral("&&")));
        }
    }
    m_tabs->setVisible(!shown.empty());
    m_new->setEnabled(m_runs && m_sessions.size() < std::size_t(kMaxSessions));
}

void TerminalTab::showCurrent() {
    const Session* session = current();
    if (session == nullptr) {
        m_banner->hide();
        m_empty->setText(m_runs ? tr("No terminal open") : tr("Not running"),
                         m_runs ? tr("Open one to type commands inside of the container.")
                                : tr("A terminal needs a container that runs."));
        m_emptyAction->setText(m_runs ? tr("Open a terminal") : tr("Start"));
        m_emptyAction->setAccessibleName(m_emptyAction->text());
        m_stack->setCurrentWidget(m_empty);
    } else {
        m_stack->setCurrentWidget(session->view);
        if (session->problem) {
            m_banner->show(Banner::Kind::Info, *session->problem,
                           m_runs ? tr("Enter opens it again.") : tr("The container is not running."));
        } else {
            m_banner->hide();
        }
        if (m_findBar->isVisible()) {
            session->view->search(m_find->text());
        }
    }
    updateCount();
    updateFooter();
}

void TerminalTab::updateFooter() {
    const Session* session = current();
    m_size->setText(
        session == nullptr
            ? QString()
            : tr("%1 × %2").arg(session->view->screen().columns()).arg(session->view->screen().rows()));
    const auto& host = m_context.state.host();
    const bool root = m_userChoice->currentText().trimmed() == QLatin1String("root") ||
                      m_userChoice->currentText().trimmed() == QLatin1String("0");
    m_who->setText(root && host ? tr("Root in here is your own user (uid %1) outside").arg(host->uid)
                                : QString());
}

void TerminalTab::setContainer(const std::string& id) {
    if (id == m_id) {
        return;
    }
    m_id = id;
    m_openFirst = true;
    m_user.clear();
    showTabs();
    m_tabs->setCurrentIndex(m_tabs->count() - 1);
    showCurrent();
}

void TerminalTab::setActive(bool active) {
    m_active = active;
    openFirst();
}

void TerminalTab::showSummary(const types::ContainerSummary& row) {
    const bool ran = std::exchange(m_runs, row.pid > 0 && row.status != types::ContainerStatus::Paused);
    if (ran != m_runs) {
        showTabs();
        showCurrent();
    }
    // Those of a container that is gone for ever have nobody to look at them.
    if (m_context.state.containers().loaded) {
        std::erase_if(m_sessions, [this](const auto& session) {
            const bool gone =
                session->container != m_id && m_context.state.container(session->container) == nullptr;
            if (gone) {
                m_stack->removeWidget(session->view);
                session->view->deleteLater();
            }
            return gone;
        });
    }
    openFirst();
}

void TerminalTab::showDetails(const types::ContainerDetails& details) {
    const std::string user = details.user.empty() ? "root" : details.user;
    if (user == m_user) {
        return;
    }
    m_user = user;
    // What the person typed meanwhile stays.
    const QString typed = m_userChoice->currentText();
    const bool own = !typed.isEmpty() && typed != m_userChoice->itemText(0);
    m_userChoice->clear();
    m_userChoice->addItem(format::text(user));
    if (user != "root" && user != "0") {
        m_userChoice->addItem(QStringLiteral("root"));
    }
    if (own) {
        m_userChoice->setEditText(typed);
    }
    updateFooter();
}

void TerminalTab::showFind(bool shown) {
    m_findBar->setVisible(shown);
    Session* session = current();
    if (session != nullptr) {
        session->view->search(shown ? m_find->text() : QString());
        if (!shown) {
            session->view->setFocus();
        }
    }
}

bool TerminalTab::focusSearch() {
    showFind(true);
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
    return true;
}

void TerminalTab::updateCount() {
    const Session* session = current();
    const int total = session == nullptr ? 0 : session->view->matchCount();
    m_previous->setEnabled(total > 0);
    m_next->setEnabled(total > 0);
    m_count->setText(m_find->text().isEmpty() ? QString()
                     : total == 0             ? tr("none")
                                  : tr("%L1 of %L2").arg(session->view->currentMatch() + 1).arg(total));
}

void TerminalTab::askPaste(TerminalWidget& view, const QString& text) {
    const QStringList lines = text.trimmed().split(QLatin1Char('\n'));
    QStringList shown = lines.mid(0, kPasteLines);
    if (lines.size() > kPasteLines) {
        shown.append(QStringLiteral("…"));
    }
    Question question;
    question.title = tr("Paste %Ln lines?", nullptr, int(lines.size()));
    question.text = tr("A shell runs each line as soon as it arrives.");
    question.points = shown;
    question.confirm = tr("Paste");
    m_context.prompt.ask(&view, question, [view = QPointer(&view), text](const Reply& reply) {
        if (reply.accepted && !view.isNull()) {
            view->sendText(text);
            view->setFocus();
        }
    });
}

void TerminalTab::copyCommand() {
    const types::ContainerSummary* row = m_context.state.container(m_id);
    const engine::ExecSpec spec = chosenProgram();
    std::vector<std::string> words = {"coracle", "exec", "-it"};
    if (spec.user) {
        words.insert(words.end(), {"--user", *spec.user});
    }
    words.push_back(row == nullptr ? m_id : row->name);
    words.insert(words.end(), spec.command.begin(), spec.command.end());
    m_context.prompt.copyText(format::commandLine(words));
}

QWidget* TerminalTab::mainWidget() {
    if (const Session* session = current()) {
        return session->view;
    }
    return m_runs ? m_emptyAction : nullptr;
}

}  // namespace coracle::gui
