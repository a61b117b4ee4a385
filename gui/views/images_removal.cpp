// SPDX-License-Identifier: Apache-2.0
// Deleting images: one at once with a toast that takes it back, several after a question that names them.
#include "gui/dialogs/prompt.h"
#include "gui/dialogs/run_basics.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/deletion.h"
#include "gui/models/engine_state.h"
#include "gui/views/choice_bar.h"
#include "gui/views/image_actions.h"
#include "gui/views/images_page.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/toast_host.h"

#include <QPointer>
#include <QStackedWidget>

#include <algorithm>

namespace coracle::gui {
std::vector<ImageRow> ImagesPage::chosen() const {
    std::vector<ImageRow> rows;
    for (const auto& index : m_table->chosenRows()) {
        if (const auto* row = rowAt(index)) {
            rows.push_back(*row);
        }
    }
    return rows;
}

void ImagesPage::showChosen(int count) {
    if (count >= 2) {
        const auto rows = chosen();
        const auto used =
            int(std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.inUse(); }));
        const auto unused = int(rows.size()) - used;
        m_choice->setChosen(int(rows.size()), used == 0 ? tr("all unused")
                                              : unused == 0
                                                  ? tr("all in use")
                                                  //: "1 in use, 2 unused"
                                                  : tr("%1 in use, %2 unused").arg(used).arg(unused));
        m_choiceDelete->setEnabled(!planImageRemoval(rows).going.empty());
        m_choiceDelete->setToolTip(m_choiceDelete->isEnabled() ? QString()
                                                               : tr("Containers use all of them"));
    }
    showChoice(*m_bars, count >= 2, *m_table);
}

void ImagesPage::removeChosen() {
    const auto rows = chosen();
    if (rows.size() == 1) {
        removeOne(rows.front());
        return;
    }
    const auto removal = planImageRemoval(rows);
    if (removal.going.empty()) {
        if (!rows.empty()) {
            context().toasts.showError(tr("They are in use"),
                                       tr("Delete the containers that use them first"));
        }
        return;
    }
    context().engine.storeSettings(this, [this, removal](const Result<types::StoreSettings>& settings) {
        askToRemove(removal, settings ? keptDays(*settings) : 0);
    });
}

void ImagesPage::removeOne(const ImageRow& row) {
    if (!m_actions->refuseLocked(row)) {
        removeAll(planImageRemoval({row}), Asked::No);
    }
}

void ImagesPage::askToRemove(const ImageRemoval& removal, std::int64_t days) {
    Question question;
    const bool one = removal.going.size() == 1;
    question.title = one ? tr("Delete %1?").arg(ImageActions::titleOf(removal.going.front()))
                     : removal.going.size() == removal.images.size()
                         ? tr("Delete %n images?", nullptr, int(removal.going.size()))
                         : tr("Delete %n names of images?", nullptr, int(removal.going.size()));
    question.text = days > 0 && one
                        ? tr("It goes to the trash, from where Undo brings it back for %n days. A full disk "
                             "may shorten that.",
                             nullptr, int(days))
                    : days > 0 ? tr("They go to the trash, from where Undo brings them back for %n days. A "
                                    "full disk may shorten that.",
                                    nullptr, int(days))
                    : one      ? tr("It is deleted for good, and has to be pulled or built again.")
                               : tr("They are deleted for good, and have to be pulled or built again.");
    for (const auto& row : removal.going) {
        const bool stays = removal.images.count(row.image.id) == 0;
        question.points.append(
            stays ? tr("%1, of an image that keeps other names").arg(ImageActions::titleOf(row))
                  //: "nginx:1.27, 187 MB"
                  : tr("%1, %2").arg(ImageActions::titleOf(row), format::bytes(row.image.sizeBytes)));
    }
    if (m_details.size() == context().state.images().rows.size() && !removal.images.empty()) {
        question.notes.append(
            tr("%1 of it no other image shares").arg(format::bytes(ownBytes(m_details, removal.images))));
    }
    for (const auto& row : removal.staying) {
        question.notes.append(tr("%1 stays: used by %2").arg(ImageActions::titleOf(row), imageUsers(row)));
    }
    question.confirm = one ? tr("Delete image") : tr("Delete images");
    question.losesData = days <= 0;
    context().prompt.ask(this, question, [this, removal](const Reply& reply) {
        if (reply.accepted) {
            removeAll(removal, Asked::Yes);
        }
    });
}

void ImagesPage::removeAll(const ImageRemoval& removal, Asked asked) {
    std::set<QString> keys;
    for (const auto& row : removal.going) {
        keys.insert(row.key);
    }
    ImageActions::Removal order;
    order.what = removal;
    order.asked = asked == Asked::Yes;
    order.hide = [self = QPointer(this), keys](bool hidden) {
        if (self) {
            self->m_model->setHidden(keys, hidden);
            self->showCounts();
            self->showState();
        }
    };
    order.ended = [self = QPointer(this)](const QString& key, const std::optional<Error>& error) {
        if (self) {
            self->removalEnded(key, error);
        }
    };
    m_actions->remove(order);
}

void ImagesPage::removalEnded(const QString& key, const std::optional<Error>& error) {
    if (error) {
        context().toasts.showError(format::sentence(error->message()), QString::fromStdString(error->hint()));
        m_model->setHidden({key}, false);
    }
    refresh();
}

}  // namespace coracle::gui
