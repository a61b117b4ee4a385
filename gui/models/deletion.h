// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/store_settings.h"

#include <QPointer>
#include <QString>

#include <cstddef>
#include <functional>
#include <string>

namespace coracle::gui {

class EngineService;
class Prompt;
class ToastHost;

/// Things that a person deletes together, and how that is done.
struct Deletion {
    /// How it ended: how many things are gone, and how many of them the trash has.
    struct Ended {
        int removed = 0;
        int kept = 0;
    };

    QString title;  ///< of the toast: "api deleted"
    QString text;   ///< more about it; may be empty
    /// A question was answered already: nothing waits for Undo where the trash keeps nothing.
    bool asked = false;
    /// Remove them as one removal of this name and call back; errors are told there. Called at most once.
    std::function<void(const std::string& batch, std::function<void(Ended)> ended)> remove;
    /// Undo came before anything was removed: show them again.
    std::function<void()> spared;
    /// Undo brought back what it could: look again.
    std::function<void()> restored;
};

/// Adds up the answers of `count` removals that run side by side and calls `ended` after the last. What comes
/// back is called once for each, with whether it was removed and whether the trash has it.
std::function<void(bool removed, bool kept)> gatherRemovals(std::size_t count,
                                                            std::function<void(Deletion::Ended)> ended);

/// How many days a removal can be undone; 0: it is gone at once.
std::int64_t keptDays(const types::StoreSettings& settings);

/// "in the trash for 7 days"
QString keptWords(std::int64_t days);

/// Bring a removal back by its name; what could not be is told with the reason of the first. restored: called
/// after it, whether it went well or not; may be empty.
void bringBack(EngineService& engine, const QPointer<ToastHost>& toasts, const std::string& batch,
               const std::function<void()>& restored);

/// Ask whether to bring back the last removal that the trash has, whoever removed it. parent: of the
/// question.
void askToBringBack(EngineService& engine, Prompt& prompt, ToastHost& toasts, QWidget* parent);

/// Delete with a toast that takes it back. Where a trash is kept, it is removed at once and Undo brings it
/// back; where none is, it is removed when the toast goes, and Undo forgets it. Both outlive the call.
void deleteWithUndo(EngineService& engine, ToastHost& toasts, const Deletion& deletion);

}  // namespace coracle::gui
