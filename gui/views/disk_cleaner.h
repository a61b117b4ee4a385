// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/upkeep.h"
#include "gui/engine_service.h"
#include "gui/views/page.h"
#include "gui/widgets/card.h"

#include <array>
#include <optional>

class QCheckBox;
class QPushButton;

namespace coracle::gui {

/// "Free up space": what a clean-up would take, by kind, each with its exact bytes, and the button that asks
/// once more with every name. What it takes goes to the trash; the trash is a kind of its own, and the only
/// one that cannot be brought back.
class DiskCleaner : public Card {
    Q_OBJECT
public:
    DiskCleaner(const PageContext& context, QWidget* parent = nullptr);

    /// Ask again what there is to take. Volumes and the trash are never chosen by themselves.
    void plan();
    /// How long the trash keeps things, which the settings may say anew.
    void readSettings();
    /// What the trash holds, from the usage that was measured.
    void setTrash(const types::UsageRow& trash, std::size_t removals);

signals:
    /// Something went: measure again.
    void cleaned();

private:
    enum Kind : std::uint8_t { Images, Containers, Volumes, Trash, KindCount };
    struct Line {
        QCheckBox* box = nullptr;
        TextLabel* words = nullptr;
        TextLabel* bytes = nullptr;
        std::optional<types::PrunePlan> plan;
    };

    /// "5 images"
    static QString countOf(Kind kind, int count);
    void addLine(Kind kind, const QString& name, const QString& title, bool on);
    void addFoot();
    void planLine(Kind kind);
    void showLine(Kind kind);
    void planAll();
    void showSum();
    void ask();
    void clean(bool emptyTrash, const types::PrunePlan& plan);
    void prune(const types::PrunePlan& plan);
    void emptyTrash(const types::PrunePlan& next);
    void tell(const types::Pruned& pruned);
    bool isOn(Kind kind) const;
    types::PruneOptions options() const;
    static types::PruneOptions optionsOf(Kind kind);

    PageContext m_context;
    std::array<Line, KindCount> m_lines;
    QString m_notCounted;                    ///< why the last plan could not be made
    std::optional<types::PrunePlan> m_plan;  ///< of all that is chosen together, without the trash
    Request m_planning;
    std::optional<std::int64_t> m_days;  ///< that the trash keeps; 0: what goes is gone; none: not known yet
    std::uint64_t m_trashBytes = 0;
    std::size_t m_trashCount = 0;
    TextLabel* m_sum = nullptr;
    TextLabel* m_note = nullptr;
    QPushButton* m_clean = nullptr;
};

}  // namespace coracle::gui
