// SPDX-License-Identifier: Apache-2.0
// Choosing several volumes, and deleting what is chosen. That loses data, so something has to be typed: the
// name of one, or how many they are.
#include "gui/dialogs/prompt.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/container_actions.h"
#include "gui/models/deletion.h"
#include "gui/models/engine_state.h"
#include "gui/views/choice_bar.h"
#include "gui/views/volumes_page.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/toast_host.h"

#include <QPointer>
#include <QStackedWidget>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kShownDigits = 12;

QString usersOf(const types::VolumeSummary& volume) {
    QStringList users;
    for (const auto& user : volume.usedBy) {
        users.append(QString::fromStdString(user));
    }
    return users.join(QStringLiteral(", "));
}

}  // namespace

std::vector<types::VolumeSummary> VolumesPage::chosen() const {
    std::vector<types::VolumeSummary> volumes;
    for (const auto& index : m_table->chosenRows()) {
        if (const auto* volume = m_model->volume(m_proxy->mapToSource(index).row())) {
            volumes.push_back(*volume);
        }
    }
    return volumes;
}

void VolumesPage::showChosen() {
    if (m_table->hasChecks()) {
        const auto volumes = chosen();
        const auto count = int(volumes.size());
        const auto used = int(std::count_if(volumes.begin(), volumes.end(),
                                            [](const auto& volume) { return !volume.usedBy.empty(); }));
        std::uint64_t sum = 0;
        bool known = true;
        for (const auto& volume : volumes) {
            const auto bytes = m_model->size(QString::fromStdString(volume.name));
            known = known && bytes.has_value();
            sum += bytes.value_or(0);
        }
        const QString use = used == 0       ? tr("all unused")
                            : used == count ? tr("all in use")
                                            //: "1 in use, 2 unused"
                                            : tr("%1 in use, %2 unused").arg(used).arg(count - used);
        m_choice->setChosen(count, use);
        m_choiceDelete->setEnabled(used < count);
        m_choiceDelete->setToolTip(used < count ? QString() : tr("Containers use all of them"));
        m_several->setText(
            tr("%n volumes chosen", nullptr, count),
            known ? tr("%1 in all").arg(format::bytes(sum)) + QStringLiteral(" · ") + use : use);
    }
    showChoice(*m_bars, m_table->hasChecks(), *m_table);
    showDetail();
}

void VolumesPage::remove() {
    QStringList names;
    QStringList staying;
    for (const auto& volume : chosen()) {
        if (volume.usedBy.empty()) {
            names.append(QString::fromStdString(volume.name));
        } else {
            staying.append(tr("%1 stays: used by %2").arg(volumeTitle(volume), usersOf(volume)));
        }
    }
    if (names.isEmpty()) {
        if (const auto* volume = current(); volume != nullptr && staying.size() == 1) {
            context().toasts.showError(
                tr("%1 is in use").arg(volumeTitle(*volume)),
                tr("It cannot be deleted while containers use it: %1").arg(usersOf(*volume)));
        } else if (!staying.isEmpty()) {
            context().toasts.showError(tr("They are in use"),
                                       tr("Delete the containers that use them first"));
        }
        return;
    }
    context().engine.storeSettings(this,
                                   [this, names, staying](const Result<types::StoreSettings>& settings) {
                                       askToRemove(names, staying, settings ? keptDays(*settings) : 0);
                                   });
}

void VolumesPage::askToRemove(const QStringList& names, const QStringList& staying, std::int64_t days) {
    std::vector<const types::VolumeSummary*> volumes;
    for (const QString& name : names) {
        if (const auto* volume = m_model->volume(m_model->find(name))) {
            volumes.push_back(volume);
        }
    }
    if (volumes.empty()) {
        return;  // they went meanwhile
    }
    const auto& first = *volumes.front();
    const int count = int(volumes.size());
    Question question;
    question.confirm = count == 1 ? tr("Delete volume") : tr("Delete volumes");
    question.losesData = true;
    if (count == 1) {
        const auto bytes = m_model->size(QString::fromStdString(first.name));
        question.title = tr("Delete volume %1?").arg(volumeTitle(first));
        question.text = days > 0
                            ? tr("It goes to the trash with all its data, from where Undo brings it back "
                                 "for %n days. A full disk may shorten that.",
                                 nullptr, int(days))
                            : tr("All data in this volume is lost. There is no copy and no undo.");
        question.points.append(!bytes     ? tr("Its size is not known yet")
                               : days > 0 ? tr("%1 go to the trash").arg(format::bytes(*bytes))
                                          : tr("%1 are deleted for good").arg(format::bytes(*bytes)));
        question.notes.append(
            tr("made %1, %2").arg(format::moment(first.createdAt), format::ago(first.createdAt)));
        question.notes.append(tr("no container uses it"));
        question.instead = tr("Export first…");
        question.typed = first.anonymous ? QString::fromStdString(first.name).left(kShownDigits)
                                         : QString::fromStdString(first.name);
    } else {
        question.title = tr("Delete %n volumes?", nullptr, count);
        question.text = days > 0 ? tr("They go to the trash with all their data, from where Undo brings them "
                                      "back for %n days. A full disk may shorten that.",
                                      nullptr, int(days))
                                 : tr("All data in these volumes is lost. There is no copy and no undo.");
        for (const auto* volume : volumes) {
            const auto bytes = m_model->size(QString::fromStdString(volume->name));
            question.points.append(
                //: name, size, and when it was made
                tr("%1, %2, made %3")
                    .arg(volumeTitle(*volume), bytes ? format::bytes(*bytes) : tr("size not known yet"),
                         format::ago(volume->createdAt)));
        }
        //: what has to be typed to confirm
        question.typed = tr("delete %n volumes", nullptr, count);
    }
    question.notes.append(staying);
    context().prompt.ask(this, question, [this, names](const Reply& reply) {
        if (reply.accepted) {
            removeAll(names);
        } else if (reply.instead) {
            exportArchive();
        }
    });
}

void VolumesPage::removeAll(const QStringList& names) {
    const int row = m_model->find(names.front());
    Deletion deletion;
    deletion.title = names.size() == 1 && row >= 0 ? tr("%1 deleted").arg(volumeTitle(*m_model->volume(row)))
                                                   : tr("%n volumes deleted", nullptr, int(names.size()));
    deletion.text = names.size() == 1 ? QString() : names.join(QStringLiteral(", "));
    deletion.asked = true;
    deletion.restored = [&state = context().state] { state.refreshVolumes(); };
    deletion.remove = [self = QPointer(this), &service = context().engine, &toasts = context().toasts, names](
                          const std::string& batch, const std::function<void(Deletion::Ended)>& ended) {
        const auto counted = gatherRemovals(std::size_t(names.size()), ended);
        for (const QString& name : names) {
            service.removeVolume(&service, name.toStdString(), {.force = engine::Force::No, .batch = batch},
                                 [self, &toasts, counted](const Result<>& done) {
                                     if (!done) {
                                         toasts.showError(format::sentence(done.error().message()),
                                                          format::sentence(done.error().hint()));
                                     }
                                     if (self) {
                                         self->refresh();
                                     }
                                     counted(done.has_value(), true);
                                 });
        }
    };
    deleteWithUndo(context().engine, context().toasts, deletion);
}

QStringList VolumesPage::runningUsers(const types::VolumeSummary& volume) const {
    QStringList running;
    for (const auto& row : context().state.containers().rows) {
        const bool uses =
            std::find(volume.usedBy.begin(), volume.usedBy.end(), row.name) != volume.usedBy.end();
        if (uses && context().containers.isRunning(row.id)) {
            running.append(format::text(row.name));
        }
    }
    return running;
}

void VolumesPage::empty() {
    const auto* volume = current();
    if (volume == nullptr) {
        return;
    }
    if (const QStringList running = runningUsers(*volume); !running.isEmpty()) {
        context().toasts.showError(
            tr("%1 is in use").arg(volumeTitle(*volume)),
            tr("It cannot be emptied while these run: %1").arg(running.join(QStringLiteral(", "))));
        return;
    }
    const auto name = format::text(volume->name);
    context().engine.storeSettings(this, [this, name](const Result<types::StoreSettings>& settings) {
        askToEmpty(name, settings ? keptDays(*settings) : 0);
    });
}

void VolumesPage::askToEmpty(const QString& name, std::int64_t days) {
    const auto* volume = m_model->volume(m_model->find(name));
    if (volume == nullptr) {
        return;  // it went meanwhile
    }
    const auto bytes = m_model->size(name);
    Question question;
    question.title = tr("Empty volume %1?").arg(volumeTitle(*volume));
    question.text = days > 0
                        ? tr("What is in it goes to the trash, from where Undo brings it back for %n days. A "
                             "full disk may shorten that.",
                             nullptr, int(days))
                        : tr("All data in this volume is lost. There is no copy and no undo.");
    question.points.append(!bytes     ? tr("Its size is not known yet")
                           : days > 0 ? tr("%1 go to the trash").arg(format::bytes(*bytes))
                                      : tr("%1 are deleted for good").arg(format::bytes(*bytes)));
    question.notes.append(volume->usedBy.empty() ? tr("no container uses it")
                                                 : tr("used by %1, which do not run").arg(usersOf(*volume)));
    question.notes.append(tr("the next container may fill it from its image again"));
    question.confirm = tr("Empty volume");
    question.losesData = true;
    question.instead = tr("Export first…");
    question.typed = volume->anonymous ? name.left(kShownDigits) : name;
    context().prompt.ask(this, question, [this, name, title = volumeTitle(*volume)](const Reply& reply) {
        if (reply.accepted) {
            emptyNow(name, title);
        } else if (reply.instead) {
            exportArchive();
        }
    });
}

void VolumesPage::emptyNow(const QString& name, const QString& title) {
    const auto look = [self = QPointer(this)] {
        if (self) {
            self->refresh();  // it is measured again
        }
    };
    Deletion deletion;
    deletion.title = tr("%1 emptied").arg(title);
    deletion.asked = true;
    deletion.restored = look;
    deletion.remove = [&service = context().engine, &toasts = context().toasts, look, name](
                          const std::string& batch, const std::function<void(Deletion::Ended)>& ended) {
        service.emptyVolume(&service, name.toStdString(), batch,
                            [&toasts, look, ended](const Result<types::EmptiedVolume>& done) {
                                if (!done) {
                                    toasts.showError(format::sentence(done.error().message()),
                                                     format::sentence(done.error().hint()));
                                }
                                look();
                                ended({.removed = done ? 1 : 0, .kept = done && done->kept ? 1 : 0});
                            });
    };
    deleteWithUndo(context().engine, context().toasts, deletion);
}

}  // namespace coracle::gui
