// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/streamrange.h"

#include "core/value/pagereading.h"
#include "core/value/streamid.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t firstWindow = 8;
constexpr std::size_t growth = 8;

/// What bounds a page's reading.
ValuePageRequest pageRequest(const StreamRangeRequest& request)
{
    ValuePageRequest page;
    page.key = request.key;
    page.type = KeyType::Stream;
    page.maxRows = request.maxRows;
    page.maxBytes = request.maxBytes;
    return page;
}

/// Reads window by window from the near end on.
class RangeReader {
public:
    RangeReader(Lane& lane, const StreamRangeRequest& request, std::stop_token stop)
        : m_request(request)
        , m_page(pageRequest(request))
        , m_reading{lane, m_page, std::move(stop), {}, {request.maxBytes.value, 0}}
    {
        m_range.next = request.newestFirst ? request.to : request.from;
    }

    Result<StreamRange> run()
    {
        std::size_t window = firstWindow;
        while (!m_range.complete && !m_reading.isFull()) {
            window = std::min(window, m_request.maxRows - m_reading.page.rows.size());
            const std::uint64_t before = m_reading.budget.received;
            auto taken = readWindow(window);
            if (!taken) {
                return std::move(taken).error();
            }
            m_range.complete = m_range.complete || *taken < window;
            window = *taken > 0 ? std::min(window * growth, affordable((m_reading.budget.received - before) / *taken))
                                : window;
        }
        m_range.rows = std::move(m_reading.page.rows);
        return std::move(m_range);
    }

private:
    [[nodiscard]] std::size_t affordable(std::uint64_t rowBytes) const
    {
        const std::uint64_t most = m_request.maxBytes.value;
        const std::uint64_t left = most - std::min(m_reading.budget.received, most);
        return std::max<std::uint64_t>(left / std::max<std::uint64_t>(rowBytes, 1), 1);
    }

    [[nodiscard]] Command command(std::size_t rows) const
    {
        const auto orElse = [](const std::string& id, const char* open) { return id.empty() ? open : id.c_str(); };
        const bool isBack = m_request.newestFirst;
        Command range{isBack ? "XREVRANGE" : "XRANGE", m_request.key};
        if (isBack) {
            range.add(orElse(m_range.next, "+")).add(orElse(m_request.from, "-"));
        } else {
            range.add(orElse(m_range.next, "-")).add(orElse(m_request.to, "+"));
        }
        return range.add("COUNT").add(static_cast<std::int64_t>(rows));
    }

    /// How many entries came. Those that came before a reply passed the lane's cap are good.
    Result<std::size_t> readWindow(std::size_t rows)
    {
        RowSink sink({RowShape::Kind::Entries, 1, true}, m_reading.budget, m_reading.page.rows);
        Status read = streamInto(m_reading, command(rows), sink);
        const bool isAlone = !read && sink.rowsTaken() == 1;
        if (sink.isCut() && !(isAlone && sink.closeCutEntry())) { // one that passes the cap is a row by its ID
            m_reading.page.rows.pop_back();
        }
        const std::size_t taken = sink.rowsTaken();
        if (!read && (read.error().kind != ErrorKind::Limit || taken == 0)) {
            return std::move(read).error();
        }
        if (taken > 0) {
            goBehind(m_reading.page.rows.back().front().bytes);
        }
        return read ? taken : rows; // what was cut off is still to come
    }

    void goBehind(const std::string& id)
    {
        const auto last = StreamId::parse(id);
        const auto next = !last ? std::nullopt : m_request.newestFirst ? last->previous() : std::optional(last->next());
        m_range.complete = !next || next == last;
        m_range.next = next ? next->text() : id;
    }

    const StreamRangeRequest& m_request;
    const ValuePageRequest m_page;
    PageReading m_reading;
    StreamRange m_range;
};

} // namespace

Result<StreamRange> fetchStreamRange(Lane& lane, const StreamRangeRequest& request, std::stop_token stop)
{
    auto range = RangeReader(lane, request, stop).run();
    if (!range) {
        return std::move(range).error().about(keySubject(request.key));
    }
    if (range->rows.empty()) {
        auto type = callFor(lane, Command{"TYPE", request.key}, std::move(stop));
        if (type && keyTypeFromName(type->text) == KeyType::None) {
            return Error{ErrorKind::Gone, keySubject(request.key), {}};
        }
    }
    return range;
}

} // namespace keyglass
