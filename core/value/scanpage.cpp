// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/pagereading.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

constexpr std::uint64_t growth = 8;
constexpr std::uint64_t largestCount = 1000; ///< Above it a call only stalls the server's other clients longer.
constexpr int mostCalls =
    50; ///< Of one page: a MATCH that hits nothing comes back with what there is, to be gone on from.

/// How much of a table lies before a cursor, 0 to 1: servers count in reversed bits, so that the bits read backwards
/// grow from call to call, whatever the table's size (dictScan in Redis and Valkey).
double shareBefore(std::uint64_t cursor)
{
    double share = 0;
    for (double bit = 0.5; cursor != 0; cursor >>= 1U, bit /= 2) {
        share += (cursor & 1U) != 0 ? bit : 0;
    }
    return share;
}

/// Walks a collection by a cursor, with a COUNT that grows as far as the elements' sizes allow.
///
/// A reply can't be cut: a call that passes the lane's cap is made again with a smaller COUNT. Where even COUNT 1
/// passes it, one element is longer than a reply may be; what stands beside it in the same bucket is lost, which the
/// page says.
class ScanReader {
public:
    ScanReader(PageReading& reading, const ScanWalk& walk)
        : m_reading(reading)
        , m_walk(walk)
        , m_count(walk.firstCount)
    {
        if (reading.page.next.rowBytes > 0) {
            m_count = affordable();
        }
    }

    Status run()
    {
        for (int calls = 0; calls < mostCalls && !m_reading.isFull() && !m_reading.page.complete; ++calls) {
            if (Status read = readOnce(); !read) {
                return read;
            }
        }
        return ok();
    }

private:
    std::uint64_t affordable() const
    {
        const std::uint64_t most = m_reading.request.maxBytes.value;
        const std::uint64_t left = most - std::min(m_reading.budget.received, most);
        const std::uint64_t rowBytes = std::max<std::uint64_t>(m_reading.page.next.rowBytes, 1);
        return std::clamp<std::uint64_t>(left / rowBytes, 1, largestCount);
    }

    Command command() const
    {
        Command scan{m_walk.command, m_reading.request.key, std::to_string(m_reading.page.next.offset)};
        if (!m_reading.request.match.empty()) {
            scan.add("MATCH").add(m_reading.request.match);
        }
        scan.add("COUNT").add(static_cast<std::int64_t>(m_count));
        if (m_walk.namesAlone) {
            scan.add("NOVALUES");
        }
        return scan;
    }

    Status readOnce()
    {
        const PageBudget before = m_reading.budget;
        RowSink sink(m_walk.shape, m_reading.budget, m_reading.page.rows);
        if (Status read = streamInto(m_reading, command(), sink); !read) {
            return read.error().kind == ErrorKind::Limit ? afterCap(sink, before, std::move(read)) : std::move(read);
        }
        const auto cursor = sink.cursor();
        if (!cursor) {
            return Error{ErrorKind::Protocol, {}, QCoreApplication::translate("ValuePage", "The answer has no cursor")};
        }
        goTo(*cursor);
        const std::uint64_t taken = sink.rowsTaken();
        if (taken > 0) {
            m_reading.page.next.rowBytes = (m_reading.budget.received - before.received) / taken + 1;
        }
        m_count = std::min(taken > 0 ? affordable() : largestCount, m_count * growth);
        if (m_reading.request.match.empty()) {
            m_count = std::clamp<std::uint64_t>(rowsLeft(), 1, m_count);
        }
        return ok();
    }

    Status afterCap(RowSink& sink, const PageBudget& before, Status&& failed)
    {
        if (m_count > 1) {
            sink.dropRows();
            m_reading.budget = before;
            m_count = std::max<std::uint64_t>(m_count / growth, 1);
            return ok();
        }
        const auto cursor = sink.cursor();
        if (!cursor) {
            return std::move(failed);
        }
        if (sink.isCut()) {
            m_reading.page.rows.back().push_back(ValueCell::placeholder(std::nullopt));
        }
        m_reading.page.hasGaps = true;
        goTo(*cursor);
        return ok();
    }

    void goTo(std::uint64_t cursor)
    {
        m_reading.page.next.offset = cursor;
        m_reading.page.complete = cursor == 0;
        const auto total = m_reading.page.total;
        m_reading.page.next.lookedThrough = cursor == 0
            ? total.value_or(0)
            : static_cast<std::uint64_t>(shareBefore(cursor) * static_cast<double>(total.value_or(0)));
    }

    std::uint64_t rowsLeft() const
    {
        const std::size_t have = m_reading.page.rows.size();
        return m_reading.request.maxRows > have ? m_reading.request.maxRows - have : 0;
    }

    PageReading& m_reading;
    const ScanWalk m_walk;
    std::uint64_t m_count;
};

} // namespace

Status readByScan(PageReading& reading, const ScanWalk& walk)
{
    return ScanReader(reading, walk).run();
}

} // namespace keyglass
