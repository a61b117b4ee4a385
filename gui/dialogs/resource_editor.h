// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/health.h"
#include "core/types/resource_spec.h"

#include <QWidget>

#include <functional>
#include <optional>

namespace coracle::gui {

class Banner;
class IconLabel;
class LimitRow;
class Segments;
class TextLabel;

/// The Resources section of the run dialog: what the container may take. Limits that the session cannot set
/// say why, and what would change that.
class ResourceEditor : public QWidget {
    Q_OBJECT
public:
    /// `copy` puts a command on the clipboard.
    explicit ResourceEditor(std::function<void(const QString&)> copy, QWidget* parent = nullptr);

    /// Fill the form; what it does not show is kept and named.
    void setResources(const types::ResourceSpec& resources);
    types::ResourceSpec resources() const;
    /// What this computer has and what the session may set; none: not known yet, nothing is refused.
    void setHost(const std::optional<types::HostInfo>& host);
    /// Memory that running containers take now; none: not known.
    void setTaken(std::optional<std::uint64_t> bytes);
    /// How many limits are set.
    int count() const;
    int problems() const;
    /// One line about them; empty when there is none.
    QString summary() const;

signals:
    /// After each change by the person.
    void changed();

private:
    QWidget* makeHead();
    QWidget* makePriority();
    void setScales();
    void showHost();
    void showPriority(std::optional<std::int64_t> shares);
    void showRest();
    void edited();

    std::function<void(const QString&)> m_copy;
    types::ResourceSpec m_resources;
    std::optional<types::HostInfo> m_host;
    std::optional<std::uint64_t> m_taken;
    QString m_command;  ///< that would let more be set; empty: none is known
    bool m_filling = false;

    Banner* m_banner;
    IconLabel* m_sessionIcon;
    TextLabel* m_session;
    LimitRow* m_memory;
    LimitRow* m_swap;
    LimitRow* m_cpu;
    LimitRow* m_processes;
    Segments* m_priority;
    std::optional<std::int64_t> m_ownShares;  ///< what the fourth part of m_priority means
    TextLabel* m_priorityNote;
    TextLabel* m_takenNote;
    TextLabel* m_rest;
};

}  // namespace coracle::gui
