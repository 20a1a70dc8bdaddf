// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>
#include <cstdint>

namespace keyglass::ui {

/// "12,408,113": grouped as the user's locale does it, also where that is the C locale.
[[nodiscard]] QString numberText(std::uint64_t number);

/// "98 /s", "98 k/s", "1.1 M/s": how fast something goes, for a glance.
[[nodiscard]] QString rateText(double perSecond);

/// "62 %", never "100 %" before `share` is 1, never "0 %" once it is above 0.
[[nodiscard]] QString percentText(double share);

/// A length of time as its two largest units: "3 d 4 h", "4 h", "12 s", "350 ms". Rounded down, so that what is left is
/// never promised longer than it is. Negative counts as 0.
[[nodiscard]] QString durationText(std::chrono::milliseconds duration);

/// The same to the millisecond, for tooltips: "3 d 4 h 0 min 12.345 s (273,612,345 ms)".
[[nodiscard]] QString exactDurationText(std::chrono::milliseconds duration);

/// A point in time in the user's local time, to the second: "2024-05-01 14:03:09".
[[nodiscard]] QString timeText(const QDateTime& time);

/// The same as ISO 8601 with offset, for tooltips: "2024-05-01T14:03:09+02:00".
[[nodiscard]] QString isoTimeText(const QDateTime& time);

/// How long ago, in words: "just now", "5 min ago", "3 h ago", "yesterday", else the date.
[[nodiscard]] QString agoText(const QDateTime& time, const QDateTime& now);

} // namespace keyglass::ui
