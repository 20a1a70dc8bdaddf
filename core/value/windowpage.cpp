// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/pagereading.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace keyglass {

namespace {

constexpr std::uint64_t firstWindow = 8; ///< Rows asked for before anything is known of their size.
constexpr std::uint64_t growth = 8;

/// The smallest ID above `id`, so that XRANGE goes on after it on every version ("(" is known from 6.2 on only).
std::string idAfter(const std::string& id)
{
    std::uint64_t time = 0;
    std::uint64_t sequence = 0;
    const char* const end = id.data() + id.size();
    const auto [dash, failed] = std::from_chars(id.data(), end, time);
    if (failed == std::errc() && dash != end) {
        std::from_chars(dash + 1, end, sequence);
    }
    if (sequence == std::numeric_limits<std::uint64_t>::max()) {
        return std::to_string(time + 1) + "-0";
    }
    return std::to_string(time) + "-" + std::to_string(sequence + 1);
}

Command windowCommand(const ValuePageRequest& request, const ValuePosition& from, std::uint64_t rows)
{
    const std::string& key = request.key;
    const auto first = static_cast<std::int64_t>(from.offset);
    const auto last = static_cast<std::int64_t>(from.offset + rows - 1);
    switch (request.type) {
    case KeyType::List:
        return Command{"LRANGE", key}.add(first).add(last);
    case KeyType::SortedSet:
        return Command{"ZRANGE", key}.add(first).add(last).add("WITHSCORES");
    default:
        return Command{"XRANGE", key, from.id.empty() ? "-" : idAfter(from.id), "+", "COUNT"}.add(
            static_cast<std::int64_t>(rows));
    }
}

RowShape windowShape(KeyType type)
{
    switch (type) {
    case KeyType::List:
        return {RowShape::Kind::Flat, 1, false};
    case KeyType::SortedSet:
        return {RowShape::Kind::Flat, 2, true};
    default:
        return {RowShape::Kind::Entries, 1, true};
    }
}

/// Reads rows window by window, each as large as the rows before it let hope for.
///
/// The server has no command that tells an element's size, and no reply may pass the lane's cap. When one does, the
/// rows that came before it are good all the same: the next window begins behind them, and an element that alone is too
/// long becomes a placeholder.
class WindowReader {
public:
    explicit WindowReader(PageReading& reading)
        : m_reading(reading)
        , m_shape(windowShape(reading.request.type))
    {
        m_reading.page.firstIndex = reading.request.from.offset;
        if (next().rowBytes > 0) {
            m_window = affordable();
        }
    }

    Status run()
    {
        while (!m_reading.isFull() && !m_reading.page.complete) {
            if (Status read = readWindow(); !read) {
                return read;
            }
        }
        return ok();
    }

private:
    ValuePosition& next() { return m_reading.page.next; }

    /// Rows that should fit into what the page may still receive.
    std::uint64_t affordable()
    {
        const std::uint64_t left =
            m_reading.request.maxBytes.value - std::min(m_reading.budget.received, m_reading.request.maxBytes.value);
        return std::max<std::uint64_t>(left / std::max<std::uint64_t>(next().rowBytes, 1), 1);
    }

    Status readWindow()
    {
        const std::uint64_t rows =
            std::min<std::uint64_t>(m_window, m_reading.request.maxRows - m_reading.page.rows.size());
        const std::uint64_t before = m_reading.budget.received;
        RowSink sink(m_shape, m_reading.budget, m_reading.page.rows);
        Status read = streamInto(m_reading, windowCommand(m_reading.request, next(), rows), sink);
        if (!read && read.error().kind != ErrorKind::Limit) {
            return read;
        }
        if (sink.isCut()) {
            m_reading.page.rows.pop_back();
        }
        const std::uint64_t taken = sink.rowsTaken();
        if (!read) {
            return goOnAfterCap(taken, std::move(read));
        }
        advance(taken);
        m_reading.page.complete = m_reading.page.complete || taken < rows;
        if (taken > 0) {
            next().rowBytes = (m_reading.budget.received - before) / taken + 1;
            m_window = std::min(affordable(), rows * growth);
        }
        return ok();
    }

    Status goOnAfterCap(std::uint64_t taken, Status&& failed)
    {
        m_window = 1;
        next().rowBytes = largestWholeValue.value;
        if (taken == 0) {
            if (m_shape.kind == RowShape::Kind::Entries) {
                return std::move(failed); // its ID is in the reply that can't be read: there is no way around it
            }
            ValueRow row(m_shape.columns, ValueCell::placeholder(std::nullopt));
            m_reading.page.rows.push_back(std::move(row));
            taken = 1;
        }
        advance(taken);
        return ok();
    }

    void advance(std::uint64_t taken)
    {
        next().offset += taken;
        if (m_shape.kind == RowShape::Kind::Entries && taken > 0) {
            next().id = m_reading.page.rows.back().front().bytes;
        }
        const auto& total = m_reading.page.total;
        m_reading.page.complete = m_shape.kind == RowShape::Kind::Flat && total && next().offset >= *total;
    }

    PageReading& m_reading;
    const RowShape m_shape;
    std::uint64_t m_window = firstWindow;
};

} // namespace

Status readWindows(PageReading& reading)
{
    return WindowReader(reading).run();
}

} // namespace keyglass
