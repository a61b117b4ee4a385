// SPDX-License-Identifier: Apache-2.0
#include "gui/views/process_card.h"

#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toast_host.h"

#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr const char* kAskToEnd = "SIGTERM";
constexpr const char* kKill = "SIGKILL";
constexpr int kDenseRow = 28;
constexpr int kHeight = 150;

/// Commands in the fixed font, as people type them.
class ProcessDelegate : public ListDelegate {
public:
    using ListDelegate::ListDelegate;

protected:
    void paintCell(QPainter& painter, const QRect& area, const QModelIndex& index,
                   const QStyleOptionViewItem& option) const override {
        switch (index.column()) {
        case ProcessModel::Command:
            paintText(painter, area, index.data().toString(), TextRole::Code, Token::Text);
            break;
        case ProcessModel::Cpu:
        case ProcessModel::Memory:
            paintText(painter, area, index.data().toString(), TextRole::Body, Token::Text, Qt::AlignRight);
            break;
        default:
            paintText(painter, area, index.data().toString(), TextRole::Body, Token::Muted);
            break;
        }
        Q_UNUSED(option)
    }
};

}  // namespace

ProcessCard::ProcessCard(const PageContext& context, QWidget* parent)
    : Card(tr("Processes"), parent), m_context(context) {
    setObjectName(QStringLiteral("stats.processCard"));
    setFullWidth();
    buildHead();
    buildTable();
    updateButtons();
}

void ProcessCard::buildHead() {
    m_count = new TextLabel({}, TextRole::Body, Token::Muted, this);
    m_count->setObjectName(QStringLiteral("stats.processCount"));
    addToHead(m_count);
    m_end = makeButton(QStringLiteral("stats.endProcess"), tr("Ask to end…"), {}, ButtonKind::Normal,
                       ButtonSize::Small);
    m_end->setToolTip(tr("Send TERM, which a program may handle"));
    connect(m_end, &QPushButton::clicked, this, [this] { ask(kAskToEnd); });
    addToHead(m_end);
    m_kill = makeButton(QStringLiteral("stats.killProcess"), tr("Kill…"), QStringLiteral("bolt"),
                        ButtonKind::Normal, ButtonSize::Small);
    m_kill->setToolTip(tr("Send KILL, which ends it at once"));
    connect(m_kill, &QPushButton::clicked, this, [this] { ask(kKill); });
    addToHead(m_kill);
    auto* again =
        makeIconButton(QStringLiteral("stats.lookAgain"), tr("Look again"), QStringLiteral("restart"));
    connect(again, &QToolButton::clicked, this, &ProcessCard::look);
    addToHead(again);
}

void ProcessCard::buildTable() {
    m_table = new ListTable(QStringLiteral("stats.processes"), tr("Processes"), this);
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new ProcessDelegate(m_table));
    m_table->setRowHeight(kDenseRow);
    m_table->setMinimumHeight(scaled(kHeight));
    auto* head = m_table->horizontalHeader();
    const std::pair<int, int> widths[] = {{ProcessModel::Inside, 76}, {ProcessModel::Pid, 90},
                                          {ProcessModel::User, 120},  {ProcessModel::Cpu, 76},
                                          {ProcessModel::Memory, 90}, {ProcessModel::State, 110}};
    for (const auto& [column, width] : widths) {
        sizeColumn(*head, column, width);
    }
    head->setSectionResizeMode(ProcessModel::Command, QHeaderView::Stretch);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ProcessCard::updateButtons);
    connect(m_table, &ListTable::deleteWanted, this, [this] { ask(kAskToEnd); });
    connect(m_table, &ListTable::copyWanted, this, [this](const QModelIndex& index) {
        m_context.prompt.copyText(index.siblingAtColumn(ProcessModel::Command).data().toString());
    });
    connect(m_table, &ListTable::menuWanted, this,
            [this](const QModelIndex&, const QPoint& position) { showMenu(position); });
    body()->addWidget(m_table);
}

void ProcessCard::setContainer(const std::string& id) {
    m_looking.cancel();
    m_looking = {};
    m_id = id;
    m_model.clear();
    m_count->setText({});
    m_table->setPlaceholder({});
    updateButtons();
}

void ProcessCard::look() {
    if (m_id.empty() || !m_looking.finished()) {
        return;
    }
    m_looking = m_context.engine.listProcesses(
        this, m_id, [this, id = m_id](const Result<std::vector<types::ProcessInfo>>& processes) {
            if (id == m_id) {
                take(processes);
            }
        });
}

void ProcessCard::take(const Result<std::vector<types::ProcessInfo>>& processes) {
    if (!processes) {
        m_model.clear();
        m_count->setText({});
        m_table->setPlaceholder(format::error(processes.error()));
        updateButtons();
        return;
    }
    m_model.update(*processes, std::chrono::steady_clock::now());
    m_count->setText(QLocale().toString(qulonglong(processes->size())));
    updateButtons();
}

const ProcessRow* ProcessCard::selected() const {
    const QModelIndex index = m_table->selectedIndex();
    return index.isValid() && index.row() < m_model.rowCount() ? &m_model.rows()[std::size_t(index.row())]
                                                               : nullptr;
}

void ProcessCard::updateButtons() {
    const bool any = selected() != nullptr;
    m_end->setEnabled(any);
    m_kill->setEnabled(any);
}

void ProcessCard::ask(const char* signal) {
    const ProcessRow* row = selected();
    if (row == nullptr) {
        return;
    }
    const bool kill = signal == kKill;
    const QString words =
        m_model.index(m_table->selectedIndex().row(), ProcessModel::Command).data().toString();
    Question question;
    question.title =
        kill ? tr("Kill process %1?").arg(row->info.pid) : tr("Ask process %1 to end?").arg(row->info.pid);
    question.text = kill ? tr("It ends at once, without a chance to save its work.")
                         : tr("It gets the signal TERM. What it does then is up to the program.");
    question.points.append(words);
    if (row->info.insidePid == 1) {
        question.points.append(tr("It is the first process: the container ends with it"));
    }
    question.confirm = kill ? tr("Kill") : tr("Ask to end");
    question.losesData = kill;
    m_context.prompt.ask(this, question, [this, info = row->info, words, signal](const Reply& reply) {
        if (reply.accepted) {
            send(info, words, signal);
        }
    });
}

void ProcessCard::send(const types::ProcessInfo& process, const QString& words, const std::string& signal) {
    m_context.engine.signalProcess(this, m_id, process, signal, [this, words](const Result<>& sent) {
        if (!sent) {
            m_context.toasts.showError(tr("The signal did not reach “%1”").arg(words.left(60)),
                                       format::error(sent.error()));
        }
        look();
    });
}

void ProcessCard::showMenu(const QPoint& position) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("stats.processMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const char* name, const char* icon, const QString& text, auto handler) {
        QAction* action = menu->addAction(themeIcon(QLatin1String(icon), Token::Muted), text);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, handler);
    };
    add("process.end", "stop", tr("Ask to end…"), [this] { ask(kAskToEnd); });
    add("process.kill", "bolt", tr("Kill…"), [this] { ask(kKill); });
    menu->addSeparator();
    add("process.copy", "copy", tr("Copy the command"), [this] {
        if (m_table->selectedIndex().isValid()) {
            m_context.prompt.copyText(
                m_table->selectedIndex().siblingAtColumn(ProcessModel::Command).data().toString());
        }
    });
    menu->popup(position);
}

}  // namespace coracle::gui
