// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/globmatch.h"
#include "core/value/pagereading.h"

#include <QCoreApplication>

#include <algorithm>
#include <span>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t sizesPerPipeline = 1000;
constexpr std::uint64_t bytesPerReply = 8ULL * 1024 * 1024;
constexpr std::uint64_t mostByNames = 10'000; ///< Fields up to which HKEYS may stand in for HSCAN.

const ScanWalk namesOnly{"HSCAN", {RowShape::Kind::Scan, 1, true}, true, 64};
const ScanWalk namesAndValues{"HSCAN", {RowShape::Kind::Scan, 2, true}, false, 8};

/// Asks for the sizes of the rows' values; a row gets its value's cell as a placeholder.
Status addSizes(PageReading& reading, std::span<ValueRow> rows)
{
    std::vector<Command> commands;
    commands.reserve(rows.size());
    for (const ValueRow& row : rows) {
        commands.push_back(Command{"HSTRLEN", reading.request.key, row.front().bytes});
    }
    auto replies = reading.lane.pipeline(commands, reading.stop);
    if (!replies) {
        return std::move(replies).error();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Reply& reply = (*replies)[i];
        if (reply.isError()) {
            return replyError(reply.text);
        }
        rows[i].push_back(ValueCell::placeholder(static_cast<std::uint64_t>(reply.integer)));
    }
    return ok();
}

/// Reads the values of `chosen` with one HMGET. A field that went meanwhile loses its row's cells, which marks it.
Status takeValues(PageReading& reading, const std::vector<ValueRow*>& chosen)
{
    Command command{"HMGET", reading.request.key};
    for (const ValueRow* row : chosen) {
        command.add(row->front().bytes);
    }
    auto reply = callFor(reading.lane, command, reading.stop);
    if (!reply) {
        return std::move(reply).error();
    }
    if (reply->elements.size() != chosen.size()) {
        return Error{ErrorKind::Protocol, {},
            QCoreApplication::translate("ValuePage", "HMGET gave another number of values than asked for")};
    }
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        Reply& value = reply->elements[i];
        reading.budget.received += value.text.size();
        if (value.isNil()) {
            chosen[i]->clear();
        } else {
            chosen[i]->back() = ValueCell(std::move(value.text));
        }
    }
    return ok();
}

/// Reads the values that are small enough, as far as the page's budget goes.
Status addValues(PageReading& reading)
{
    std::vector<ValueRow*> chosen;
    std::uint64_t bytes = 0;
    for (ValueRow& row : reading.page.rows) {
        const std::uint64_t size = row.back().size.value_or(0);
        if (size > largestCellInPage.value || size > reading.budget.keepLeft) {
            continue;
        }
        reading.budget.keepLeft -= size;
        chosen.push_back(&row);
        bytes += size;
        if (bytes >= bytesPerReply) {
            if (Status taken = takeValues(reading, chosen); !taken) {
                return taken;
            }
            chosen.clear();
            bytes = 0;
        }
    }
    if (Status taken = chosen.empty() ? ok() : takeValues(reading, chosen); !taken) {
        return taken;
    }
    std::erase_if(reading.page.rows, [](const ValueRow& row) { return row.empty(); });
    return ok();
}

Status fillIn(PageReading& reading)
{
    const std::span<ValueRow> rows(reading.page.rows);
    for (std::size_t at = 0; at < rows.size(); at += sizesPerPipeline) {
        if (Status sized = addSizes(reading, rows.subspan(at, std::min(sizesPerPipeline, rows.size() - at))); !sized) {
            return sized;
        }
    }
    return addValues(reading);
}

/// All names that match, at once. False: not this way.
Result<bool> readAllNames(PageReading& reading)
{
    const PageBudget before = reading.budget;
    RowSink sink({RowShape::Kind::Flat, 1, true}, reading.budget, reading.page.rows);
    if (Status read = streamInto(reading, Command{"HKEYS", reading.request.key}, sink); !read) {
        if (read.error().kind != ErrorKind::Limit && !isCommandRefused(read.error())) {
            return std::move(read).error();
        }
        sink.dropRows();
        reading.budget = before;
        return false;
    }
    if (const std::string& match = reading.request.match; !match.empty()) {
        std::erase_if(reading.page.rows, [&](const ValueRow& row) { return !matchesGlob(match, row.front().bytes); });
    }
    reading.page.complete = true;
    return true;
}

/// Some of the names by HSCAN … NOVALUES (Redis 7.4, Valkey 8). False: this server does not know it.
Result<bool> readSomeNames(PageReading& reading)
{
    Status read = readByScan(reading, namesOnly);
    if (!read && read.error().kind == ErrorKind::Server && !reading.request.from.namesAlone) {
        return false;
    }
    if (!read) {
        return std::move(read).error();
    }
    return true;
}

Result<bool> readNames(PageReading& reading)
{
    const ValuePageRequest& request = reading.request;
    const bool fitsOnePage = reading.page.total && *reading.page.total <= request.maxRows;
    if (fitsOnePage && request.from.offset == 0 && request.match.empty()) {
        auto read = readAllNames(reading);
        if (!read || *read) {
            return read;
        }
    }
    if (!request.from.namesAlone.value_or(true)) {
        return false;
    }
    auto read = readSomeNames(reading);
    if (read) {
        reading.page.next.namesAlone = *read;
    }
    return read;
}

/// Back to where the page begins.
void startAgain(PageReading& reading, const PageBudget& budget, bool namesAlone)
{
    reading.page.rows.clear();
    reading.page.next = reading.request.from;
    reading.page.next.namesAlone = namesAlone;
    reading.page.complete = false;
    reading.budget = budget;
}

/// Names by HKEYS and what of their values is short: of a hash whose names HSCAN can't bring alone. False: not this
/// way.
Result<bool> readByAllNames(PageReading& reading)
{
    auto names = readAllNames(reading);
    if (!names || !*names) {
        return names;
    }
    Status filled = fillIn(reading);
    if (!filled && !isCommandRefused(filled.error())) {
        return std::move(filled).error();
    }
    return filled.has_value();
}

bool isCapOrRefusal(const Error& error)
{
    return isCommandRefused(error) || error.kind == ErrorKind::Limit;
}

} // namespace

/// HSCAN has no byte limit: ten fields may hold five gigabytes. So names come first, then sizes, then the values that
/// are small: by HSCAN NOVALUES, and where that is not known or forbidden and there are not too many fields, by HKEYS.
/// Only a hash of more of them, or one whose names pass the lane's cap or whose sizes may not be asked for, is read
/// with its values, by calls that begin small.
Status readHash(PageReading& reading)
{
    const PageBudget budget = reading.budget;
    const bool isFew = reading.page.total && *reading.page.total <= mostByNames;
    const bool isStart = reading.request.from.offset == 0;
    auto names = readNames(reading);
    if (!names && !(isFew && isCapOrRefusal(names.error()))) {
        return std::move(names).error();
    }
    if (names && *names) {
        Status read = fillIn(reading);
        if (read || !isCommandRefused(read.error())) {
            return read;
        }
        // HSTRLEN or HMGET can't be had: HSCAN with values is the way that is left.
    } else if (isFew && (isStart || !names)) {
        startAgain(reading, budget, false);
        if (auto byNames = readByAllNames(reading); !byNames || *byNames) {
            return byNames ? ok() : Status(std::move(byNames).error());
        }
        if (!names && isCommandRefused(names.error())) {
            return std::move(names).error();
        }
    }
    startAgain(reading, budget, false);
    return readByScan(reading, namesAndValues);
}

} // namespace keyglass
