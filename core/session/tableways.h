// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/session/laneworker.h"
#include "core/session/sourceaccess.h"
#include "core/table/tableprobe.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace keyglass {

/// How work on tables gets its lanes from a session; used on the session's thread only.
struct TableWays {
    /// A copy of what the session talks to, or why there is no connection.
    std::function<Result<SourceAccess>()> source;
    std::function<int()> database;
    /// The interactive lane of a key as the server has it; null where there is no connection.
    std::function<LaneWorker*(const std::string& key)> worker;
    /// What is known of the user's rights on this connection; null where there is none.
    std::function<std::shared_ptr<KnownRights>()> rights;
};

/// Where one piece of such work goes; copied into its thread.
struct TablePlace {
    SourceAccess source;
    int database = 0;
    std::shared_ptr<KnownRights> rights{};

    /// For the keys of a table, wherever they are.
    [[nodiscard]] std::unique_ptr<Lane> lane() const { return source.lane(database); }
};

/// Or why there is no connection.
[[nodiscard]] inline Result<TablePlace> tablePlace(const TableWays& ways)
{
    auto source = ways.source();
    if (!source) {
        return std::move(source).error();
    }
    return TablePlace{*std::move(source), ways.database(), ways.rights()};
}

} // namespace keyglass
