// SPDX-License-Identifier: Apache-2.0
#include "gui/models/deletion.h"

#include "core/engine/trash.h"
#include "gui/dialogs/prompt.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/widgets/toast_host.h"

#include <QCoreApplication>
#include <QPointer>

#include <memory>
#include <utility>

namespace coracle::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Deletion)
};

QString joined(const QString& first, const QString& second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + QStringLiteral(" · ") + second;
}

/// "container web, deleted today 20:30"
QString removalWords(const types::Removal& removal) {
    const QString name = removal.name.empty() ? format::shortId(removal.id) : format::text(removal.name);
    const QString when = format::moment(removal.removedAt);
    switch (removal.kind) {
    case types::ObjectKind::Container:
        return Words::tr("container %1, deleted %2").arg(name, when);
    case types::ObjectKind::Image:
        return Words::tr("image %1, deleted %2").arg(name, when);
    case types::ObjectKind::ImageName:
        return Words::tr("name %1 of an image, deleted %2").arg(name, when);
    case types::ObjectKind::Volume:
        return removal.contentOnly ? Words::tr("what was in volume %1, emptied %2").arg(name, when)
                                   : Words::tr("volume %1, deleted %2").arg(name, when);
    default:
        return Words::tr("%1, deleted %2").arg(name, when);
    }
}

}  // namespace

void askToBringBack(EngineService& engine, Prompt& prompt, ToastHost& toasts, QWidget* parent) {
    engine.listTrash(parent, [&engine, &prompt, toasts = QPointer(&toasts),
                              parent](const Result<std::vector<types::Removal>>& removals) {
        if (toasts.isNull()) {
            return;
        }
        if (!removals) {
            toasts->showError(format::sentence(removals.error().message()),
                              format::sentence(removals.error().hint()));
            return;
        }
        if (removals->empty()) {
            ToastSpec nothing;
            nothing.iconName = QStringLiteral("info");
            nothing.title = Words::tr("There is nothing to bring back");
            nothing.text = Words::tr("The trash is empty.");
            toasts->show(nothing);
            return;
        }
        Question question;
        question.title = Words::tr("Bring back what was deleted last?");
        const std::string batch = removals->front().batch;
        for (const types::Removal& removal : *removals) {
            if (removal.batch == batch) {
                question.notes << removalWords(removal);
            }
        }
        question.confirm = Words::tr("Bring back");
        prompt.ask(parent, question, [&engine, toasts, batch](const Reply& reply) {
            if (reply.accepted) {
                bringBack(engine, toasts, batch, {});
            }
        });
    });
}

void bringBack(EngineService& engine, const QPointer<ToastHost>& toasts, const std::string& batch,
               const std::function<void()>& restored) {
    types::UndoOptions options;
    options.batch = batch;
    engine.undo(&engine, options, [toasts, restored](const Result<std::vector<types::Restored>>& outcome) {
        if (restored) {
            restored();
        }
        if (toasts.isNull()) {
            return;
        }
        if (!outcome) {
            toasts->showError(format::sentence(outcome.error().message()),
                              format::sentence(outcome.error().hint()));
            return;
        }
        for (const types::Restored& one : *outcome) {
            if (!one.error.empty()) {
                toasts->showError(Words::tr("%1 is still in the trash").arg(format::text(one.removal.name)),
                                  joined(format::sentence(one.error), format::sentence(one.hint)));
                return;
            }
        }
    });
}

namespace {

void removeNow(EngineService& engine, const QPointer<ToastHost>& toasts, const Deletion& deletion,
               const std::optional<std::int64_t>& days) {
    const std::string batch = engine::newRemovalBatch();
    deletion.remove(batch, [&engine, toasts, deletion, days, batch](Deletion::Ended ended) {
        if (toasts.isNull() || ended.kept == 0) {
            return;
        }
        toasts->showUndo(deletion.title, joined(deletion.text, days ? keptWords(*days) : QString()), {},
                         [&engine, toasts, batch, restored = deletion.restored] {
                             bringBack(engine, toasts, batch, restored);
                         });
    });
}

}  // namespace

std::function<void(bool removed, bool kept)> gatherRemovals(std::size_t count,
                                                            std::function<void(Deletion::Ended)> ended) {
    auto left = std::make_shared<std::size_t>(count);  // shared by the answers, as `sum` is
    auto sum = std::make_shared<Deletion::Ended>();
    return [left, sum, ended = std::move(ended)](bool removed, bool kept) {
        sum->removed += removed ? 1 : 0;
        sum->kept += removed && kept ? 1 : 0;
        if (--*left == 0) {
            ended(*sum);
        }
    };
}

std::int64_t keptDays(const types::StoreSettings& settings) {
    return settings.trashPercent > 0 ? settings.trashDays : 0;
}

QString keptWords(std::int64_t days) {
    return Words::tr("in the trash for %n days", nullptr, int(days));
}

void deleteWithUndo(EngineService& engine, ToastHost& toasts, const Deletion& deletion) {
    const int promise = toasts.promise([deletion] { deletion.remove({}, [](Deletion::Ended) {}); });
    // Settings that cannot be read are told by the removal itself.
    engine.storeSettings(&engine, [&engine, toasts = QPointer(&toasts), deletion,
                                   promise](const Result<types::StoreSettings>& settings) {
        if (toasts.isNull() || !toasts->redeem(promise)) {
            return;  // the window was closed, and it is done
        }
        const auto days = settings ? std::optional(keptDays(*settings)) : std::nullopt;
        if (days != std::int64_t{0} || deletion.asked) {
            removeNow(engine, toasts, deletion, days);
            return;
        }
        toasts->showUndo(
            deletion.title, joined(deletion.text, Words::tr("kept for 10 s")),
            [deletion] { deletion.remove({}, [](Deletion::Ended) {}); }, deletion.spared);
    });
}

}  // namespace coracle::gui
