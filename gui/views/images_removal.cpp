// SPDX-License-Identifier: Apache-2.0
// Deleting images: one at once with a toast that takes it back, several after a question that names them.
#include "gui/dialogs/prompt.h"
#include "gui/dialogs/run_basics.h"
#include "gui/engine_service.h"
#include "gui/format.h"
#include "gui/models/app_settings.h"
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
    askToRemove(removal);
}

void ImagesPage::removeOne(const ImageRow& row) {
    if (m_actions->refuseLocked(row)) {
        return;
    }
    const auto removal = planImageRemoval({row});
    context().settings.askBeforeDelete() ? askToRemove(removal) : removeAll(removal, Asked::No);
}

void ImagesPage::askToRemove(const ImageRemoval& removal) {
    const bool known = m_details.size() == context().state.images().rows.size();
    m_actions->ask(
        removal,
        known && !removal.images.empty()
            ? tr("%1 of it no other image shares").arg(format::bytes(ownBytes(m_details, removal.images)))
            : QString(),
        [this, removal] { removeAll(removal, Asked::Yes); });
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
        context().toasts.showError(format::sentence(error->message()), format::sentence(error->hint()));
        m_model->setHidden({key}, false);
    }
    refresh();
}

}  // namespace coracle::gui
