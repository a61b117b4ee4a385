// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

class QLineEdit;

namespace coracle::gui {

class LimitSlider;
class TextLabel;
class Toggle;

/// How a limit is counted, and what its slider offers.
struct LimitScale {
    static constexpr std::int64_t kNoLimit = -1;

    QString unit;                     ///< behind the number: "MiB"; may be empty
    std::int64_t perUnit = 1;         ///< how much one of them is
    bool isBytes = false;             ///< the field takes "1.5g", too
    std::vector<std::int64_t> stops;  ///< ascending; kNoLimit may be the last
    /// Words below the slider, by stop.
    std::vector<std::pair<int, QString>> marks;
    std::int64_t first = 0;  ///< what a limit is when it is switched on
};

/// One limit: name, switch, slider and field, which say the same. A value that no stop has stays exact.
class LimitRow : public QWidget {
    Q_OBJECT
public:
    /// Object names of the parts are `<objectName>.on`, `.slider` and `.value`; the row is `<objectName>`.
    LimitRow(const QString& objectName, const QString& iconName, const QString& title,
             const QString& explanation, QWidget* parent = nullptr);
    /// Also when it is there already: the value stays.
    void setScale(const LimitScale& scale);
    /// none: not limited, switched off.
    void setValue(std::optional<std::int64_t> value);
    /// none while it is off, or while the field has no number.
    std::optional<std::int64_t> value() const;
    bool isOn() const;
    /// Why the field cannot be used; empty: it can, or it is off.
    QString problem() const;
    /// Say that it would not hold, and do not let it be switched on; an empty text takes that back.
    void setUnusable(const QString& why);
    /// Another line below the title; for what the row depends on.
    void setExplanation(const QString& text);

signals:
    /// Another value, or none any more, by the person.
    void changed();

private:
    std::optional<std::int64_t> parse(const QString& text) const;
    QString textOf(std::int64_t value) const;
    void showValue(bool inField);
    void refresh();

    QString m_name;
    QString m_explanation;
    QString m_unusable;
    LimitScale m_scale;
    std::optional<std::int64_t> m_value;
    bool m_showing = false;
    Toggle* m_on;
    LimitSlider* m_slider;
    QLineEdit* m_field;
    TextLabel* m_unit;
    TextLabel* m_note;
};

}  // namespace coracle::gui
