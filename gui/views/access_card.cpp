// SPDX-License-Identifier: Apache-2.0
#include "gui/views/access_card.h"

#include "core/types/image_view.h"
#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/clear_layout.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace coracle::gui {

namespace {

constexpr std::chrono::milliseconds kSayNothingBelow{400};

QString modeOf(const types::AccessStep& step) {
    types::ImageFile file;
    file.kind = step.folder ? types::ImageFileKind::Folder : types::ImageFileKind::File;
    file.mode = step.mode;
    return format::text(types::modeText(file)) + (step.hasAcl ? QStringLiteral("+") : QString());
}

QString ownerOf(const types::AccessStep& step) {
    return QStringLiteral("%1:%2").arg(step.uid).arg(step.gid);
}

QString rightsOf(const types::AccessStep& step) {
    QStringList words;
    if (step.rights.read) {
        words << AccessCard::tr("read", "what a program may do with a file");
    }
    if (step.rights.write) {
        words << AccessCard::tr("write", "what a program may do with a file");
    }
    if (step.rights.pass) {
        words << (step.folder ? AccessCard::tr("enter", "what a program may do with a folder")
                              : AccessCard::tr("execute", "what a program may do with a file"));
    }
    return words.isEmpty() ? AccessCard::tr("nothing", "what a program may do with a file")
                           : words.join(QStringLiteral(", "));
}

QString reasonOf(const types::AccessReport& report) {
    const types::AccessStep& step = report.steps[std::size_t(report.blocked)];
    const bool last = std::size_t(report.blocked) + 1 == report.steps.size();
    const QString place = format::homePath(step.path);
    return !last         ? AccessCard::tr("“%1” cannot be passed").arg(place)
           : step.folder ? AccessCard::tr("“%1” cannot be listed or entered").arg(place)
                         : AccessCard::tr("“%1” cannot be read").arg(place);
}

QString noteOf(const types::AccessFix& fix) {
    using Kind = types::AccessFix::Kind;
    switch (fix.kind) {
    case Kind::Map:
        return AccessCard::tr("For a new container: its user is then you.");
    case Kind::Root:
        return AccessCard::tr("For a new container: root inside is you, and nobody more.");
    case Kind::Mode:
        return AccessCard::tr("In a terminal. Everybody on this computer may then, too.");
    case Kind::Owner:
        break;
    }
    return AccessCard::tr("“%1” is not yours: its owner has to allow it.").arg(format::homePath(fix.path));
}

}  // namespace

AccessCard::AccessCard(const PageContext& context)
    : Card(tr("Can it get to a file?")), m_context(context), m_late(new QTimer(this)) {
    setObjectName(QStringLiteral("permissions.access"));
    m_copy = makeButton(QStringLiteral("permissions.access.copy"), tr("Copy"), QStringLiteral("copy"),
                        ButtonKind::Flat, ButtonSize::Small);
    m_copy->setAccessibleName(tr("Copy the answer"));
    m_copy->setToolTip(m_copy->accessibleName());
    connect(m_copy, &QPushButton::clicked, this, [this] { m_context.prompt.copyText(answerText()); });
    addToHead(m_copy);
    buildQuestion();
    buildAnswer();
    m_late->setSingleShot(true);
    connect(m_late, &QTimer::timeout, this, [this] {
        m_note->setText(tr("Looking at the way to it…"));
        m_note->show();
    });
    clearAnswer();
}

void AccessCard::buildQuestion() {
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kSpaceSmall);
    m_path = new QComboBox;
    m_path->setObjectName(QStringLiteral("permissions.access.path"));
    m_path->setAccessibleName(tr("Path inside the container"));
    m_path->setEditable(true);
    m_path->setInsertPolicy(QComboBox::NoInsert);
    m_path->setMinimumContentsLength(8);
    m_path->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_path->setFixedHeight(scaled(metrics::kControl));
    m_path->lineEdit()->setFont(themeFont(TextRole::Code));
    m_path->lineEdit()->setPlaceholderText(tr("Path inside, in a mount"));
    m_path->lineEdit()->setAccessibleName(m_path->accessibleName());
    row->addWidget(m_path, 1);
    m_check = makeButton(QStringLiteral("permissions.access.check"), tr("Check"));
    m_check->setFixedHeight(scaled(metrics::kControl));
    row->addWidget(m_check);
    body()->addLayout(row);
    connect(m_path->lineEdit(), &QLineEdit::returnPressed, this, [this] { ask(m_path->currentText()); });
    connect(m_path, &QComboBox::textActivated, this, &AccessCard::ask);
    connect(m_path, &QComboBox::editTextChanged, this, [this](const QString& text) {
        m_check->setEnabled(!m_request.finished() || !text.trimmed().isEmpty());
    });
    connect(m_check, &QPushButton::clicked, this, [this] {
        if (m_request.finished()) {
            ask(m_path->currentText());
        } else {
            m_request.cancel();
        }
    });
}

void AccessCard::buildAnswer() {
    m_note = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_note->setObjectName(QStringLiteral("permissions.access.note"));
    m_note->setWordWrap(true);
    body()->addWidget(m_note);
    m_answer = new QWidget;
    m_answer->setObjectName(QStringLiteral("permissions.access.answer"));
    auto* column = new QVBoxLayout(m_answer);
    column->setContentsMargins(0, metrics::kSpaceTiny, 0, 0);
    column->setSpacing(metrics::kSpaceSmall);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::kSpaceSmall);
    m_icon = new IconLabel(QStringLiteral("okc"), Token::Ok);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    m_verdict = new TextLabel({}, TextRole::Strong);
    m_verdict->setObjectName(QStringLiteral("permissions.access.verdict"));
    m_detail = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_detail->setObjectName(QStringLiteral("permissions.access.detail"));
    for (TextLabel* label : {m_verdict, m_detail}) {
        label->setWordWrap(true);
        label->setSelectable();
        words->addWidget(label);
    }
    head->addLayout(words, 1);
    column->addLayout(head);
    m_steps = new QVBoxLayout;
    m_steps->setSpacing(metrics::kSpaceTiny);
    column->addLayout(m_steps);
    m_fixes = new QVBoxLayout;
    m_fixes->setSpacing(metrics::kSpaceTiny);
    column->addLayout(m_fixes);
    body()->addWidget(m_answer);
}

void AccessCard::setContainer(const std::string& id) {
    if (id == m_id) {
        return;
    }
    m_id = id;
    m_mounts.clear();
    m_known = false;
    m_path->clear();
    clearAnswer();
}

void AccessCard::setMounts(const std::vector<types::MountSpec>& mounts) {
    std::vector<types::MountSpec> shown;
    std::copy_if(mounts.begin(), mounts.end(), std::back_inserter(shown),
                 [](const auto& mount) { return mount.kind != types::MountSpec::Kind::Tmpfs; });
    if (std::exchange(m_known, true) && shown == m_mounts && m_path->count() == int(shown.size())) {
        return;
    }
    m_mounts = std::move(shown);
    const QString typed = m_path->currentText();
    m_path->clear();
    for (const types::MountSpec& mount : m_mounts) {
        m_path->addItem(format::text(mount.target));
    }
    m_path->setCurrentIndex(-1);
    m_path->setEditText(typed);
    clearAnswer();
}

void AccessCard::clearAnswer() {
    m_request.cancel();
    m_request = {};
    setBusy(false);
    m_lines.clear();
    m_answer->hide();
    m_copy->hide();
    m_note->setText(
        m_known && m_mounts.empty()
            ? tr("Nothing of this computer is mounted here, so all its files come with the image.")
            : tr("Says which folder on the way its user cannot pass, and what helps."));
    m_note->show();
}

void AccessCard::setBusy(bool busy) {
    m_check->setText(busy ? tr("Cancel") : tr("Check"));
    m_check->setAccessibleName(busy ? tr("Cancel the look at the path") : tr("Check the path"));
    m_check->setEnabled(busy || !m_path->currentText().trimmed().isEmpty());
    if (busy) {
        m_late->start(kSayNothingBelow);
    } else {
        m_late->stop();
    }
}

void AccessCard::ask(const QString& path) {
    const QString wanted = path.trimmed();
    if (wanted.isEmpty() || m_id.empty()) {
        return;
    }
    clearAnswer();
    m_note->hide();
    m_path->setEditText(wanted);
    m_request = m_context.engine.explainAccess(
        this, m_id, wanted.toStdString(), [this, id = m_id](const Result<types::AccessReport>& result) {
            if (id != m_id) {
                return;
            }
            if (!result && result.error().kind() == ErrorKind::Cancelled) {
                clearAnswer();
                return;
            }
            setBusy(false);
            m_note->hide();
            if (result) {
                showReport(*result);
            } else {
                showProblem(result.error());
            }
        });
    setBusy(true);
}

void AccessCard::showVerdict(const QString& icon, Token token, const QString& words, const QString& detail) {
    clearLayout(*m_steps);
    clearLayout(*m_fixes);
    m_icon->setIcon(icon, token);
    m_verdict->setText(words);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    m_answer->show();
    m_lines = {words};
    if (!detail.isEmpty()) {
        m_lines << detail;
    }
}

void AccessCard::showProblem(const Error& error) {
    const bool refused = error.kind() == ErrorKind::NotFound || error.kind() == ErrorKind::InvalidArgument;
    // The hint names a command; here the mounts are at hand.
    QStringList mounts;
    for (const types::MountSpec& mount : m_mounts) {
        mounts << format::text(mount.target);
    }
    const bool elsewhere = error.kind() == ErrorKind::NotFound && !mounts.isEmpty();
    showVerdict(refused ? QStringLiteral("info") : QStringLiteral("errc"), refused ? Token::Info : Token::Err,
                format::sentence(error.message()),
                elsewhere ? tr("Its mounts: %1").arg(mounts.join(QStringLiteral(", ")))
                          : format::sentence(error.hint()));
}

void AccessCard::showReport(const types::AccessReport& report) {
    const bool open = report.blocked < 0 || std::size_t(report.blocked) >= report.steps.size();
    //: %1: "user 999 of the container, who is user 100998 of this computer"; %2: folder inside; %3: folder of
    //: this computer
    const QString detail = (report.readOnlyMount ? tr("Asked for %1. %2 is %3 of this computer, read only.")
                                                 : tr("Asked for %1. %2 is %3 of this computer."))
                               .arg(format::text(report.user), format::text(report.mountTarget),
                                    format::homePath(report.mountSource));
    if (open) {
        showVerdict(QStringLiteral("okc"), Token::Ok, tr("Nothing keeps its user out"), detail);
    } else {
        showVerdict(QStringLiteral("errc"), Token::Err, reasonOf(report), detail);
    }
    m_copy->show();
    showSteps(report);
    if (!open) {
        showFixes(report);
    }
    const bool acl =
        std::any_of(report.steps.begin(), report.steps.end(), [](const auto& step) { return step.hasAcl; });
    if (acl) {
        auto* note = new TextLabel(
            tr("A “+” is an access control list, which may allow more or less; it was not looked at."),
            TextRole::Secondary, Token::Muted);
        note->setWordWrap(true);
        m_fixes->addWidget(note);
        m_lines << note->text();
    }
}

void AccessCard::showSteps(const types::AccessReport& report) {
    m_lines << QString();
    for (std::size_t i = 0; i < report.steps.size(); ++i) {
        const types::AccessStep& step = report.steps[i];
        const bool blocks = int(i) == report.blocked;
        const bool behind = report.blocked >= 0 && int(i) > report.blocked;
        auto* line = new QWidget;
        line->setObjectName(QStringLiteral("permissions.access.step.%1").arg(i));
        const QString may = tr("may: %1").arg(rightsOf(step));
        line->setToolTip(format::text(step.inside) + QLatin1Char('\n') + may);
        line->setAccessibleName(format::text(step.path));
        line->setAccessibleDescription(modeOf(step) + QLatin1Char(' ') + ownerOf(step) +
                                       QStringLiteral(", ") + may);
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(metrics::kSpaceSmall);
        layout->addWidget(new IconLabel(blocks   ? QStringLiteral("x")
                                        : behind ? QStringLiteral("more")
                                                 : QStringLiteral("check"),
                                        blocks   ? Token::Err
                                        : behind ? Token::Faint
                                                 : Token::Ok,
                                        metrics::kIconSmall));
        auto* place = new TextLabel(format::homePath(step.path), TextRole::CodeSmall,
                                    blocks   ? Token::Err
                                    : behind ? Token::Faint
                                             : Token::Text);
        place->setElided(Qt::ElideMiddle);
        place->setSelectable();
        layout->addWidget(place, 1);
        layout->addWidget(new TextLabel(modeOf(step), TextRole::CodeSmall, Token::Muted));
        layout->addWidget(new TextLabel(ownerOf(step), TextRole::CodeSmall, Token::Muted));
        m_steps->addWidget(line);
        m_lines << QStringLiteral("%1 %2  %3  %4  %5")
                       .arg(blocks ? QStringLiteral("!") : QStringLiteral(" "), modeOf(step), ownerOf(step),
                            format::text(step.path), rightsOf(step));
    }
}

void AccessCard::showFixes(const types::AccessReport& report) {
    if (report.fixes.empty()) {
        return;
    }
    auto* head = new TextLabel(report.fixes.size() > 1 ? tr("What helps, one of:") : tr("What helps:"),
                               TextRole::SecondaryStrong);
    m_fixes->addWidget(head);
    m_lines << QString() << head->text();
    int number = 0;
    for (const types::AccessFix& fix : report.fixes) {
        const QString text = format::text(fix.text);
        auto* note = new TextLabel(noteOf(fix), TextRole::Secondary, Token::Muted);
        note->setWordWrap(true);
        if (fix.kind == types::AccessFix::Kind::Owner) {
            m_fixes->addWidget(note);
            m_lines << QStringLiteral("  ") + note->text();
            continue;
        }
        auto* line = new QWidget;
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(metrics::kSpaceSmall);
        auto* box = new CodeBox(text);
        box->setObjectName(QStringLiteral("permissions.access.fix.%1").arg(number));
        row->addWidget(box, 1);
        auto* copy = makeIconButton(QStringLiteral("permissions.access.copyFix.%1").arg(number++),
                                    tr("Copy: %1").arg(text), QStringLiteral("copy"));
        connect(copy, &QToolButton::clicked, this, [this, text] { m_context.prompt.copyText(text); });
        row->addWidget(copy);
        m_fixes->addWidget(line);
        m_fixes->addWidget(note);
        m_lines << QStringLiteral("  %1  (%2)").arg(text, note->text());
    }
}

QString AccessCard::answerText() const {
    return m_lines.join(QLatin1Char('\n'));
}

}  // namespace coracle::gui
