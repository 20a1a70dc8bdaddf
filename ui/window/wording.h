// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <vector>

namespace keyglass::ui {

/// "1 key", "12,408,113 keys".
[[nodiscard]] QString keysText(std::uint64_t keys);
/// "0.4 ms", "12 ms".
[[nodiscard]] QString roundTripText(std::chrono::microseconds time);
/// What the window says below the tree about a scan that did not see everything, and what it offers.
struct ScanNotice {
    QString text;             ///< Empty: nothing to say.
    bool canLoadMore = false; ///< The same limit once more.
    bool canLoadAll = false;  ///< On without a limit.
    bool canRetryNodes = false;
    bool isGap = false; ///< Keys may be missing that nobody asked to leave out.
};

/// The words for the end of a scan. `shown` is how many keys are in the tree.
[[nodiscard]] ScanNotice scanNotice(const ScanReport& report, const ScanLimits& limits, std::uint64_t shown);

/// "partial: 10.0.0.9:7003 missing, 71 % seen", for the status bar; empty for a complete scan.
[[nodiscard]] QString partialText(const ScanReport& report);

/// One line about a scan that has ended: "12,408,113 keys in 9.2 s, 24,817 calls"; with the keys that came more than
/// once where masters and replicas were both read, as they are to be compared.
[[nodiscard]] QString scanSummary(const ScanReport& report, std::uint64_t shown);

/// What is to be known of keys that came more than once: nothing is wrong with them. Empty: there are none.
[[nodiscard]] QString duplicatesText(const ScanReport& report);

/// A key of the session's list with its database where several are open: "user:42 · db 3". Long names are cut.
[[nodiscard]] QString keyText(const Session& session, const std::string& key);
/// "db 3", or "db 0, 2 and 10", "8 databases" for several.
[[nodiscard]] QString databasesText(const std::vector<int>& databases);

} // namespace keyglass::ui
