// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/lane.h"
#include "core/value/rowsink.h"
#include "core/value/valuepage.h"

#include <stop_token>
#include <string_view>

namespace keyglass {

/// One page while it is being read: what was asked, what there is so far, what may still be kept.
struct PageReading {
    Lane& lane;
    const ValuePageRequest& request;
    std::stop_token stop;
    ValuePage page;
    PageBudget budget;

    [[nodiscard]] bool isFull() const
    {
        return page.rows.size() >= request.maxRows || budget.received >= request.maxBytes.value;
    }
};

/// "key user:7", for an Error's subject; a long name is cut.
[[nodiscard]] QString keySubject(std::string_view key);

/// The command that tells a value's length; empty for types that have none.
[[nodiscard]] std::string_view lengthCommandName(KeyType type);

/// Sends `command` and takes its reply apart into `sink`; an error reply is a failed Status.
[[nodiscard]] Status streamInto(PageReading& reading, const Command& command, RowSink& sink);

/// One call, an error reply being a typed Error that names the command where it was refused.
[[nodiscard]] Result<Reply> callFor(Lane& lane, const Command& command, const std::stop_token& stop);

/// Whether it is the command that can't be had: by ACL, because it was renamed or switched off, or because this server
/// never knew it. Another one may do instead.
[[nodiscard]] bool isCommandRefused(const Error& error);

[[nodiscard]] Status readStringSlice(PageReading& reading);
/// Lists by index, sorted sets by rank, streams by ID: windows that grow as far as their elements' sizes allow.
[[nodiscard]] Status readWindows(PageReading& reading);
/// What is known of the indexes right beside the rows of a list's page, see ValuePage::borders. `edges`: of a search,
/// those at the edges of what was looked through, beside rows that were found there.
void tellBorders(PageReading& reading, std::vector<std::uint64_t> edges);
/// What stands at ValuePageRequest::at.
[[nodiscard]] Status readBeside(PageReading& reading);
/// How a collection is walked by a cursor.
struct ScanWalk {
    std::string_view command; ///< HSCAN, SSCAN, ZSCAN.
    RowShape shape;
    bool namesAlone = false;      ///< HSCAN … NOVALUES.
    std::uint64_t firstCount = 8; ///< COUNT of the first call, before anything is known of the elements' size.
};
[[nodiscard]] Status readByScan(PageReading& reading, const ScanWalk& walk);
/// Hashes: names first, then sizes, then the values that are small.
[[nodiscard]] Status readHash(PageReading& reading);
/// When the fields of the page's rows end. Rows whose field has ended meanwhile go.
[[nodiscard]] Status readFieldEnds(PageReading& reading);

/// The server's clock in its answer to TIME; nothing for any other answer.
[[nodiscard]] std::optional<std::chrono::sys_time<Milliseconds>> serverTime(const Reply& timeReply);

} // namespace keyglass
