// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/health.h"
#include "gui/theme/palette.h"

#include <QString>
#include <QWidget>

class QVBoxLayout;

namespace coracle::gui {

/// How a state of a check looks and reads.
struct CheckLook {
    QString icon;
    Token token;
    QString word;
};
CheckLook lookOf(types::CheckState state);

/// What wants attention first, notes last: 0 is the most urgent.
int rankOf(types::CheckState state);

/// One line of the doctor: its state, what was found, and the ways out, as commands to copy or to run.
class CheckRow : public QWidget {
    Q_OBJECT
public:
    /// Below: the text stands below the title, for narrow places.
    enum class Form : std::uint8_t { Beside, Below };
    CheckRow(const types::HealthCheck& check, Form form, QWidget* parent = nullptr);

signals:
    /// The person wants this command to be run; nothing was asked yet.
    void fixWanted(const coracle::types::CheckFix& fix);
    void copyWanted(const QString& command);

private:
    void addHead(QVBoxLayout& column, const types::HealthCheck& check, Form form);
    void addFixes(QVBoxLayout& column, const types::HealthCheck& check);
};

}  // namespace coracle::gui
