// SPDX-License-Identifier: Apache-2.0
#include "gui/models/relative_time.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace coracle::gui {
namespace {

struct RelativeTime {
    Q_DECLARE_TR_FUNCTIONS(RelativeTime)
};

}  // namespace

QString relativeTime(std::chrono::system_clock::time_point time, std::chrono::system_clock::time_point now) {
    using std::chrono::duration_cast;
    const auto minutes = static_cast<int>(duration_cast<std::chrono::minutes>(now - time).count());
    const int hours = minutes / 60;
    const int days = hours / 24;
    constexpr int kDaysOfMonth = 30;
    constexpr int kDaysOfYear = 365;
    if (minutes < 1) {
        return RelativeTime::tr("just now");
    }
    if (hours < 1) {
        return RelativeTime::tr("%1 min").arg(minutes);
    }
    if (days < 1) {
        return RelativeTime::tr("%1 h").arg(hours);
    }
    if (days < 7) {
        return days == 1 ? RelativeTime::tr("1 day") : RelativeTime::tr("%n days", nullptr, days);
    }
    if (days < kDaysOfMonth) {
        return days < 14 ? RelativeTime::tr("1 week") : RelativeTime::tr("%n weeks", nullptr, days / 7);
    }
    if (days < kDaysOfYear) {
        const int months = days / kDaysOfMonth;
        return months == 1 ? RelativeTime::tr("1 month") : RelativeTime::tr("%n months", nullptr, months);
    }
    const int years = days / kDaysOfYear;
    return years == 1 ? RelativeTime::tr("1 year") : RelativeTime::tr("%n years", nullptr, years);
}

QString exactTime(std::chrono::system_clock::time_point time) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds), QLocale::LongFormat);
}

}  // namespace coracle::gui
