// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/jobreport.h"

#include <QString>

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace keyglass {

/// Writes the report `from` to `to`, as CSV where its name ends so, else as JSON; `to` has its name once it is whole,
/// and the rights of the file that was there before, which may be `from`. `change` sees each row first; may be empty.
/// `summary`: see ReportFile; nothing: that of the rows. File; Input where `from` is none, or not whole;
/// Cancelled.
[[nodiscard]] Status copyReport(const QString& from, const QString& to, const std::function<void(KeyOutcome&)>& change,
    const std::optional<std::string>& summary, const std::stop_token& stop);

/// Of a report that is closed: keys that were done are not, for `why`. Where no room can be had for the new rows there
/// are none left rather than rows that are not true, and where the file is none that can be written anew they stand:
/// both is told by an error.
[[nodiscard]] Status withdrawDone(const QString& path, const std::string& why, const std::string& summary);

} // namespace keyglass
