// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace keyglass::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("texts", text);
}

/// The user's locale, grouping digits even where it is the C locale, which leaves that out by default.
QLocale groupingLocale()
{
    QLocale locale;
    locale.setNumberOptions(QLocale::DefaultNumberOptions);
    return locale;
}

struct Unit {
    milliseconds length;
    const char* text;
};

constexpr std::array units{
    Unit{24h, QT_TRANSLATE_NOOP("texts", "%1 d")},
    Unit{1h, QT_TRANSLATE_NOOP("texts", "%1 h")},
    Unit{1min, QT_TRANSLATE_NOOP("texts", "%1 min")},
    Unit{1s, QT_TRANSLATE_NOOP("texts", "%1 s")},
    Unit{1ms, QT_TRANSLATE_NOOP("texts", "%1 ms")},
};

QString inUnit(const Unit& unit, std::int64_t count)
{
    return tr(unit.text).arg(groupingLocale().toString(static_cast<qlonglong>(count)));
}

QString oneDecimal(double number)
{
    return groupingLocale().toString(std::floor(number * 10) / 10, 'f', 1);
}

} // namespace

QString numberText(std::uint64_t number)
{
    return groupingLocale().toString(static_cast<qulonglong>(number));
}

QString rateText(double perSecond)
{
    constexpr double thousand = 1000;
    constexpr double million = thousand * thousand;
    const double rate = std::max(perSecond, 0.0);
    if (rate >= million) {
        return tr("%1 M/s").arg(oneDecimal(rate / million));
    }
    if (rate >= 10 * thousand) {
        return tr("%1 k/s").arg(numberText(static_cast<std::uint64_t>(rate / thousand)));
    }
    return tr("%1 /s").arg(numberText(static_cast<std::uint64_t>(rate)));
}

QString percentText(double share)
{
    const double bounded = std::clamp(share, 0.0, 1.0);
    int percent = static_cast<int>(std::floor(bounded * 100));
    if (bounded > 0 && percent == 0) {
        percent = 1;
    }
    return tr("%1 %").arg(percent);
}

QString durationText(milliseconds duration)
{
    const milliseconds left = std::max(duration, 0ms);
    const auto* largest = std::ranges::find_if(units, [left](const Unit& unit) { return left >= unit.length; });
    if (largest == units.end()) {
        return inUnit(units.back(), 0);
    }
    const QString first = inUnit(*largest, left / largest->length);
    const auto* next = largest + 1;
    const bool tooFine = next == units.end() || next->length == 1ms;
    const std::int64_t rest = tooFine ? 0 : (left % largest->length) / next->length;
    return rest == 0 ? first : first + u' ' + inUnit(*next, rest);
}

QString exactDurationText(milliseconds duration)
{
    const milliseconds whole = std::max(duration, 0ms);
    milliseconds left = whole;
    QStringList parts;
    for (const Unit& unit : units) {
        if (unit.length <= 1s) {
            break;
        }
        if (left >= unit.length || !parts.isEmpty()) {
            parts.append(inUnit(unit, left / unit.length));
        }
        left %= unit.length;
    }
    parts.append(tr("%1 s").arg(groupingLocale().toString(static_cast<double>(left.count()) / 1000, 'f', 3)));
    return tr("%1 (%2 ms)").arg(parts.join(u' '), numberText(static_cast<std::uint64_t>(whole.count())));
}

QString timeText(const QDateTime& time)
{
    return time.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString isoTimeText(const QDateTime& time)
{
    const QDateTime local = time.toLocalTime();
    return local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODate);
}

QString agoText(const QDateTime& time, const QDateTime& now)
{
    const milliseconds ago(time.msecsTo(now));
    if (ago < 1min) {
        return tr("just now");
    }
    if (ago < 1h) {
        return tr("%1 min ago").arg(ago / 1min);
    }
    const qint64 days = time.toLocalTime().date().daysTo(now.toLocalTime().date());
    if (days == 0) {
        return tr("%1 h ago").arg(ago / 1h);
    }
    return days == 1 ? tr("yesterday") : time.toLocalTime().date().toString(Qt::ISODate);
}

} // namespace keyglass::ui
