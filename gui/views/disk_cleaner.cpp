// SPDX-License-Identifier: Apache-2.0
#include "gui/views/disk_cleaner.h"

#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/deletion.h"
#include "gui/models/engine_state.h"
#include "gui/theme/metrics.h"
#include "gui/theme/theme.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toast_host.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <set>
#include <string>

namespace coracle::gui {
namespace {

constexpr int kRow = 52;
constexpr int kMostNames = 12;

QString nameOf(const types::PruneItem& item) {
    if (item.kind == types::ObjectKind::Image || item.kind == types::ObjectKind::ImageName) {
        return item.name.empty() ? format::shortId(item.id) : format::shortReference(item.name);
    }
    return format::text(item.name);
}

/// "image alpine", "volume data"
QString kindAndName(const types::PruneItem& item) {
    switch (item.kind) {
    case types::ObjectKind::Container:
        return DiskCleaner::tr("container %1").arg(nameOf(item));
    case types::ObjectKind::Image:
        return DiskCleaner::tr("image %1").arg(nameOf(item));
    case types::ObjectKind::ImageName:
        return DiskCleaner::tr("name %1 of an image").arg(nameOf(item));
    case types::ObjectKind::Volume:
        return DiskCleaner::tr("volume %1").arg(nameOf(item));
    default:
        return nameOf(item);
    }
}

/// An image goes with all of its names, and the plan has the first one.
QString allNames(const types::PruneItem& item, const std::vector<types::ImageSummary>& images) {
    QStringList others;
    for (const types::ImageSummary& image : images) {
        if (item.kind != types::ObjectKind::Image || image.id != item.id) {
            continue;
        }
        for (const std::string& reference : image.references) {
            if (reference != item.name) {
                others << format::shortReference(reference);
            }
        }
    }
    return others.isEmpty()
               ? kindAndName(item)
               : DiskCleaner::tr("%1, also %2").arg(kindAndName(item), others.join(QStringLiteral(", ")));
}

/// Several names of one are one.
int imagesOf(const types::PrunePlan& plan) {
    std::set<std::string> ids;
    for (const types::PruneItem& item : plan.items) {
        ids.insert(item.id);
    }
    return static_cast<int>(ids.size());
}

}  // namespace

DiskCleaner::DiskCleaner(const PageContext& context, QWidget* parent)
    : Card(tr("Free up space"), parent), m_context(context) {
    setFullWidth();
    body()->setSpacing(0);
    addLine(Images, QStringLiteral("images"), tr("Unused images"), true);
    addLine(Containers, QStringLiteral("containers"), tr("Stopped containers"), true);
    addLine(Volumes, QStringLiteral("volumes"), tr("Unused volumes"), false);
    addLine(Trash, QStringLiteral("trash"), tr("Trash"), false);
    addFoot();
    showSum();
}

void DiskCleaner::addLine(Kind kind, const QString& name, const QString& title, bool on) {
    Line& line = m_lines.at(kind);
    auto* row = new QWidget(this);
    row->setMinimumHeight(scaled(kRow));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(scaled(metrics::kCardPadding), scaled(6), scaled(metrics::kCardPadding),
                               scaled(6));
    layout->setSpacing(scaled(metrics::kSpace));
    line.box = new QCheckBox(row);
    line.box->setObjectName(QStringLiteral("disk.%1").arg(name));
    line.box->setAccessibleName(title);
    line.box->setChecked(on);
    layout->addWidget(line.box);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new TextLabel(title, TextRole::Strong, Token::Text, row));
    line.words = new TextLabel({}, TextRole::Secondary, Token::Muted, row);
    line.words->setObjectName(QStringLiteral("disk.%1.words").arg(name));
    line.words->setWordWrap(true);
    words->addWidget(line.words);
    layout->addLayout(words, 1);
    line.bytes = new TextLabel({}, TextRole::Body, Token::Text, row);
    line.bytes->setObjectName(QStringLiteral("disk.%1.bytes").arg(name));
    layout->addWidget(line.bytes);
    body()->addWidget(row);
    body()->addWidget(new gui::Line(Qt::Horizontal, this));
    connect(line.box, &QCheckBox::toggled, this, &DiskCleaner::planAll);
}

void DiskCleaner::addFoot() {
    auto* foot = new QWidget(this);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(scaled(metrics::kCardPadding), scaled(metrics::kSpace),
                               scaled(metrics::kCardPadding), scaled(metrics::kSpace));
    layout->setSpacing(scaled(metrics::kSpace));
    auto* words = new QVBoxLayout;
    words->setSpacing(scaled(2));
    m_sum = new TextLabel({}, TextRole::Strong, Token::Text, foot);
    m_sum->setObjectName(QStringLiteral("disk.sum"));
    m_note = new TextLabel({}, TextRole::Secondary, Token::Muted, foot);
    m_note->setWordWrap(true);
    words->addWidget(m_sum);
    words->addWidget(m_note);
    layout->addLayout(words, 1);
    m_clean = makeButton(QStringLiteral("disk.clean"), tr("Clean up…"), {}, ButtonKind::Primary);
    layout->addWidget(m_clean, 0, Qt::AlignTop);
    body()->addWidget(foot);
    connect(m_clean, &QPushButton::clicked, this, &DiskCleaner::ask);
}

types::PruneOptions DiskCleaner::optionsOf(Kind kind) {
    types::PruneOptions options;
    options.images = options.allImages = kind == Images;
    options.containers = kind == Containers;
    options.volumes = options.allVolumes = kind == Volumes;
    return options;
}

bool DiskCleaner::isOn(Kind kind) const {
    return m_lines.at(kind).box->isChecked();
}

types::PruneOptions DiskCleaner::options() const {
    types::PruneOptions options;
    options.images = options.allImages = isOn(Images);
    options.containers = isOn(Containers);
    options.volumes = options.allVolumes = isOn(Volumes);
    return options;
}

void DiskCleaner::readSettings() {
    m_context.engine.storeSettings(this, [this](const Result<types::StoreSettings>& settings) {
        m_days = settings ? keptDays(*settings) : 0;
        showSum();
    });
}

void DiskCleaner::plan() {
    readSettings();
    for (const Kind kind : {Images, Containers, Volumes}) {
        planLine(kind);
    }
    planAll();
}

void DiskCleaner::setTrash(const types::UsageRow& trash, std::size_t removals) {
    m_trashBytes = trash.bytes;
    m_trashCount = removals;
    showLine(Trash);
    showSum();
}

void DiskCleaner::planLine(Kind kind) {
    m_context.engine.planPrune(this, optionsOf(kind), [this, kind](Result<types::PrunePlan> plan) {
        Line& line = m_lines.at(kind);
        if (plan) {
            line.plan = *std::move(plan);
        } else {
            line.plan.reset();
            line.words->setText(format::sentence(plan.error().message()));
        }
        showLine(kind);
    });
}

QString DiskCleaner::countOf(Kind kind, int count) {
    switch (kind) {
    case Images:
        return tr("%Ln images", nullptr, count);
    case Containers:
        return tr("%Ln containers", nullptr, count);
    case Volumes:
        return tr("%Ln volumes", nullptr, count);
    default:
        return tr("%Ln things", nullptr, count);
    }
}

void DiskCleaner::showLine(Kind kind) {
    Line& line = m_lines.at(kind);
    const bool known = kind == Trash || line.plan.has_value();
    const int count = kind == Trash ? static_cast<int>(m_trashCount)
                                    : static_cast<int>(line.plan ? line.plan->items.size() : 0);
    line.box->setEnabled(count > 0);
    line.bytes->setText(known ? format::bytes(kind == Trash ? m_trashBytes : line.plan->bytes) : QString());
    if (!known) {
        return;
    }
    QString words = count == 0 ? tr("none") : countOf(kind, kind == Images ? imagesOf(*line.plan) : count);
    if (kind == Volumes && count == 1) {
        words = nameOf(line.plan->items.front());
    }
    if (kind == Volumes && count > 0) {
        words = tr("%1. Data of yours.").arg(words);
    }
    if (kind == Trash && count > 0) {
        words = tr("%1. Cannot be brought back.").arg(words);
    }
    if (line.plan && !line.plan->protectedItems.empty()) {
        words += QStringLiteral(" · ") +
                 tr("%Ln protected", nullptr, static_cast<int>(line.plan->protectedItems.size()));
    }
    line.words->setText(words);
    line.words->setToken(kind >= Volumes && count > 0 ? Token::Warn : Token::Muted);
}

/// One plan for all: a stopped container may be what keeps an image or a volume.
void DiskCleaner::planAll() {
    m_planning.cancel();
    m_plan.reset();
    m_notCounted.clear();
    showSum();
    m_planning = m_context.engine.planPrune(this, options(), [this](Result<types::PrunePlan> plan) {
        if (!plan) {
            if (plan.error().kind() != ErrorKind::Cancelled) {
                m_notCounted = format::sentence(plan.error().message());
                showSum();
            }
            return;
        }
        m_plan = *std::move(plan);
        showSum();
    });
}

void DiskCleaner::showSum() {
    const bool trash = isOn(Trash) && m_trashCount > 0;
    const bool some = trash || (m_plan && !m_plan->items.empty());
    m_clean->setEnabled(m_plan && m_days && some);  // what is asked promises what the trash does
    if (!m_notCounted.isEmpty()) {
        m_sum->setText(tr("Not counted"));
        m_note->setText(m_notCounted);
        return;
    }
    m_sum->setText(m_plan ? tr("Frees %1").arg(format::bytes(m_plan->bytes + (trash ? m_trashBytes : 0)))
                          : tr("Counting…"));
    m_note->setText(!m_days       ? QString()
                    : *m_days > 0 ? tr("Goes to the trash first, where it can be brought back for %n days.",
                                       nullptr, int(*m_days))
                                  : tr("It is gone for good: the trash is turned off in Settings."));
}

void DiskCleaner::ask() {
    const bool trash = isOn(Trash) && m_trashCount > 0;
    Question question;
    question.title = tr("Clean up?");
    question.text =
        *m_days <= 0 ? tr("It is gone for good: the trash is turned off in Settings.")
        : trash      ? tr("The trash is emptied for good. All else goes to the trash.")
                     : tr("It goes to the trash and can be brought back for %n days.", nullptr, int(*m_days));
    int left = kMostNames;
    for (const types::PruneItem& item : m_plan->items) {
        if (left-- == 0) {
            question.points << tr("and %Ln more", nullptr,
                                  static_cast<int>(m_plan->items.size()) - kMostNames);
            break;
        }
        question.points << allNames(item, m_context.state.images().rows);
    }
    for (const types::PruneItem& item : m_plan->protectedItems) {
        question.notes << tr("%1 is protected and stays").arg(nameOf(item));
    }
    question.confirm = tr("Clean up");
    question.losesData = trash || *m_days <= 0;
    m_context.prompt.ask(this, question, [this, trash, plan = *m_plan](const Reply& reply) {
        if (reply.accepted) {
            clean(trash, plan);
        }
    });
}

/// What the question named, and not what has been planned since.
void DiskCleaner::clean(bool trash, const types::PrunePlan& plan) {
    m_clean->setEnabled(false);
    if (trash) {
        emptyTrash(plan);
    } else {
        prune(plan);
    }
}

void DiskCleaner::prune(const types::PrunePlan& plan) {
    if (plan.items.empty()) {
        emit cleaned();
        return;
    }
    m_context.engine.prune(this, plan, [this](const Result<types::Pruned>& pruned) {
        if (!pruned) {
            m_context.toasts.showError(format::sentence(pruned.error().message()),
                                       format::sentence(pruned.error().hint()));
        } else {
            tell(*pruned);
        }
        emit cleaned();
    });
}

/// The clean-up begins when it is empty, so that what goes to the trash now stays there.
void DiskCleaner::emptyTrash(const types::PrunePlan& next) {
    m_context.engine.emptyTrash(this, [this, next](const Result<types::EmptiedTrash>& emptied) {
        if (!emptied) {
            m_context.toasts.showError(format::sentence(emptied.error().message()),
                                       format::sentence(emptied.error().hint()));
        } else {
            ToastSpec toast;
            toast.iconName = QStringLiteral("okc");
            toast.iconToken = Token::Ok;
            toast.title = tr("The trash is empty");
            toast.text = tr("%1 are free again").arg(format::bytes(emptied->bytes));
            m_context.toasts.show(toast);
        }
        prune(next);
    });
}

void DiskCleaner::tell(const types::Pruned& pruned) {
    const int count =
        static_cast<int>(pruned.containers.size() + pruned.volumes.size() + pruned.untagged.size());
    ToastSpec toast;
    toast.iconName = pruned.failures.empty() ? QStringLiteral("okc") : QStringLiteral("warn");
    toast.iconToken = pruned.failures.empty() ? Token::Ok : Token::Warn;
    toast.title = tr("%Ln things removed", nullptr, count);
    toast.text = pruned.failures.empty() ? (pruned.kept ? tr("%1 are in the trash") : tr("%1 are free again"))
                                               .arg(format::bytes(pruned.bytes))
                                         : format::text(pruned.failures.front());
    toast.undo = pruned.kept;
    toast.timeoutMs = pruned.kept ? ToastHost::kUndoMs : toast.timeoutMs;
    if (pruned.kept) {
        toast.actions = {
            {tr("Undo"), QStringLiteral("undo"), [this, self = QPointer(this), batch = pruned.batch] {
                 // Exactly this one: others may have removed something since.
                 bringBack(m_context.engine, &m_context.toasts, batch, [self] {
                     if (self) {
                         emit self->cleaned();
                     }
                 });
             }}};
    }
    m_context.toasts.show(toast);
}

}  // namespace coracle::gui
