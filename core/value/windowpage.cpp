// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/globmatch.h"
#include "core/value/pagejump.h"
#include "core/value/pagereading.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <utility>

namespace keyglass {

namespace {

constexpr std::uint64_t firstWindow = 8; ///< Rows asked for before anything is known of their size.
constexpr std::uint64_t growth = 8;
constexpr std::uint64_t mostSearched = 5000; ///< Elements of one call that looks for some of them.

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
    WindowReader(PageReading& reading, const NumberRange& range)
        : m_reading(reading)
        , m_range(range)
        , m_shape(windowShape(reading.request.type))
    {
        if (m_shape.kind == RowShape::Kind::Flat) {
            next().offset = std::clamp(next().offset, m_range.first, std::max(m_range.first, m_range.end));
            m_reading.page.complete = left() == 0;
        }
        if (m_shape.kind == RowShape::Kind::Entries) {
            m_reading.page.complete = isBehindAll();
        }
        m_reading.page.began = next();
        m_reading.page.firstIndex =
            m_shape.kind == RowShape::Kind::Flat ? next().offset - (isDescending() && next().offset > 0 ? 1 : 0) : 0;
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
        if (m_reading.request.type == KeyType::List) {
            tellBorders(m_reading, std::move(m_edges));
        }
        return ok();
    }

private:
    ValuePosition& next() { return m_reading.page.next; }
    [[nodiscard]] bool isDescending() const { return m_reading.request.descending; }
    /// Servers give windows of lists and sorted sets by ascending numbers only.
    [[nodiscard]] bool isReversed() const { return isDescending() && m_shape.kind == RowShape::Kind::Flat; }
    [[nodiscard]] bool isSearch() const { return !m_reading.request.match.empty(); }

    /// At the border of the greatest ID, or the least: no ID leads on from there.
    [[nodiscard]] bool isBehindAll()
    {
        const std::string& id = next().id;
        return !id.empty() && (isDescending() ? entryBefore(id) : entryAfter(id)).empty();
    }

    /// Elements that are left of the range, by what is known of it.
    std::uint64_t left() { return isDescending() ? next().offset - m_range.first : m_range.end - next().offset; }

    /// Rows that should fit into what the page may still receive.
    std::uint64_t affordable()
    {
        const std::uint64_t room =
            m_reading.request.maxBytes.value - std::min(m_reading.budget.received, m_reading.request.maxBytes.value);
        return std::max<std::uint64_t>(room / std::max<std::uint64_t>(next().rowBytes, 1), 1);
    }

    std::uint64_t nextWindow()
    {
        const std::uint64_t most = isSearch() ? mostSearched : m_reading.request.maxRows - m_reading.page.rows.size();
        const std::uint64_t rows = std::min(m_window, most);
        return m_shape.kind == RowShape::Kind::Flat ? std::min(rows, left()) : rows;
    }

    Command command(std::uint64_t rows)
    {
        const std::string& key = m_reading.request.key;
        if (m_shape.kind == RowShape::Kind::Entries) {
            const std::string& id = next().id;
            Command entries = isDescending()
                ? Command{"XREVRANGE", key, id.empty() ? "+" : entryBefore(id), "-", "COUNT"}
                : Command{"XRANGE", key, id.empty() ? "-" : entryAfter(id), "+", "COUNT"};
            return entries.add(static_cast<std::int64_t>(rows));
        }
        const std::uint64_t first = isDescending() ? next().offset - rows : next().offset;
        Command window{m_reading.request.type == KeyType::List ? "LRANGE" : "ZRANGE", key};
        window.add(static_cast<std::int64_t>(first)).add(static_cast<std::int64_t>(first + rows - 1));
        return m_reading.request.type == KeyType::List ? window : window.add("WITHSCORES");
    }

    Status readWindow()
    {
        const std::uint64_t rows = nextWindow();
        const std::uint64_t before = m_reading.budget.received;
        const std::size_t firstRow = m_reading.page.rows.size();
        RowSink sink(m_shape, m_reading.budget, m_reading.page.rows);
        if (isSearch()) {
            sink.lookFor([this](std::string_view bytes) { return matchesGlob(m_reading.request.match, bytes); });
        }
        Status read = streamInto(m_reading, command(rows), sink);
        if (!read && read.error().kind != ErrorKind::Limit) {
            return read;
        }
        if (sink.isCut()) {
            dropCutRow(sink, !read);
        }
        if (!read) {
            return goOnAfterCap(sink, rows, std::move(read));
        }
        const std::uint64_t taken = sink.rowsTaken();
        if (isReversed()) {
            next().offset -= rows - taken; // it has become shorter meanwhile
        }
        settle(sink, firstRow);
        m_reading.page.complete = m_reading.page.complete || (taken < rows && !isReversed());
        if (taken > 0) {
            next().rowBytes = (m_reading.budget.received - before) / taken + 1;
            m_window = std::min(affordable(), rows * growth);
        }
        return ok();
    }

    /// An entry that alone passes the cap is a row by its ID, so that there is a way on behind it.
    void dropCutRow(RowSink& sink, bool isOverCap)
    {
        if (isOverCap && sink.rowsTaken() == 1 && sink.closeCutEntry()) {
            m_reading.page.hasGaps = true;
        } else {
            m_reading.page.rows.pop_back();
        }
    }

    /// A descending window of a list or a sorted set came in ascending order: what came before the cut does not follow
    /// on the rows that are there.
    Status goOnAfterCap(RowSink& sink, std::uint64_t rows, Status&& failed)
    {
        if (isReversed() && rows > 1) {
            sink.dropRows();
        }
        const std::size_t firstRow = m_reading.page.rows.size() - sink.rowsTaken();
        const bool isAlone = sink.rowsTaken() == 0 && (rows == 1 || !isReversed());
        m_window = 1;
        next().rowBytes = largestWholeValue.value;
        if (isAlone) {
            if (m_shape.kind == RowShape::Kind::Entries) {
                return std::move(failed); // not even its ID came: there is no way around it
            }
            m_reading.page.rows.emplace_back(m_shape.columns, ValueCell::placeholder(std::nullopt));
            m_reading.page.hasGaps = m_reading.page.hasGaps || isSearch(); // nobody can tell what is in it
        }
        settle(sink, firstRow);
        return ok();
    }

    /// Takes the rows of one window into the page: in its order, and only those that were looked for.
    void settle(const RowSink& sink, std::size_t firstRow)
    {
        std::vector<ValueRow>& rows = m_reading.page.rows;
        const std::uint64_t taken = rows.size() - firstRow;
        const auto begin = std::next(rows.begin(), static_cast<std::ptrdiff_t>(firstRow));
        const std::uint64_t from = isReversed() ? next().offset - std::min(taken, next().offset) : next().offset;
        const std::string lastId = taken > 0 ? rows.back().front().bytes : std::string();
        if (firstRow == 0 && m_shape.kind == RowShape::Kind::Flat) {
            m_reading.page.firstIndex = isReversed() ? next().offset - (next().offset > 0 ? 1 : 0) : next().offset;
        }
        if (isSearch()) {
            keepBeside(sink, firstRow, from);
            keepFound(sink, firstRow, from);
        } else if (isReversed()) {
            std::reverse(begin, rows.end());
        }
        advance(taken, lastId);
    }

    /// What stands beside the rows that were found is among those that were not.
    void keepBeside(const RowSink& sink, std::size_t firstRow, std::uint64_t from)
    {
        const std::vector<ValueRow>& rows = m_reading.page.rows;
        if (!m_reading.request.beside || m_reading.request.type != KeyType::List) {
            return;
        }
        const std::size_t count = rows.size() - firstRow;
        const auto keep = [&](std::size_t place) {
            const ValueRow& row = rows[firstRow + place];
            if (!sink.isFound(place) && row.front().isWhole()) {
                m_reading.page.beside.emplace(from + place, row);
            }
        };
        for (std::size_t place = 0; place < count; ++place) {
            if (!sink.isFound(place)) {
                continue;
            }
            if (place > 0) {
                keep(place - 1);
            } else if (from > 0) {
                m_edges.push_back(from - 1);
            }
            if (place + 1 < count) {
                keep(place + 1);
            } else {
                m_edges.push_back(from + place + 1);
            }
        }
    }

    void keepFound(const RowSink& sink, std::size_t firstRow, std::uint64_t from)
    {
        std::vector<ValueRow>& rows = m_reading.page.rows;
        std::vector<std::uint64_t>& numbers = m_reading.page.numbers;
        std::size_t kept = firstRow;
        for (std::size_t at = firstRow; at < rows.size(); ++at) {
            if (sink.isFound(at - firstRow)) {
                rows[kept] = std::exchange(rows[at], {});
                numbers.push_back(m_shape.kind == RowShape::Kind::Flat ? from + (at - firstRow) : 0);
                ++kept;
            }
        }
        rows.resize(kept);
        if (isReversed()) {
            std::reverse(std::next(rows.begin(), static_cast<std::ptrdiff_t>(firstRow)), rows.end());
            std::reverse(std::next(numbers.begin(), static_cast<std::ptrdiff_t>(firstRow)), numbers.end());
        }
    }

    void advance(std::uint64_t taken, const std::string& lastId)
    {
        next().lookedThrough += taken;
        if (m_shape.kind == RowShape::Kind::Entries) {
            next().id = taken > 0 ? lastId : next().id;
            m_reading.page.complete = isBehindAll();
            return;
        }
        next().offset = isDescending() ? next().offset - std::min(taken, next().offset) : next().offset + taken;
        m_reading.page.complete = left() == 0;
    }

    PageReading& m_reading;
    const NumberRange m_range; ///< What there is of indexes or ranks; to ValuePosition::end where that is not known.
    const RowShape m_shape;
    std::uint64_t m_window = firstWindow;
    std::vector<std::uint64_t> m_edges; ///< Indexes at the edges of windows, beside elements that were found there.
};

/// A score as the bound of what lies below it: without it where it is itself the first.
std::string below(const std::string& min)
{
    return min.starts_with('(') ? min.substr(1) : "(" + min;
}

Result<std::vector<std::uint64_t>> countScores(PageReading& reading, std::span<const Command> commands)
{
    auto replies = reading.lane.pipeline(commands, reading.stop);
    if (!replies) {
        return std::move(replies).error();
    }
    std::vector<std::uint64_t> counts;
    for (const Reply& reply : *replies) {
        if (reply.isError()) {
            return replyError(reply.text).about(QStringLiteral("ZCOUNT"));
        }
        counts.push_back(static_cast<std::uint64_t>(std::max<std::int64_t>(reply.integer, 0)));
    }
    return counts;
}

/// The ranks that a range of scores is: two counts, which servers take from the skip list in O(log n). Paging then goes
/// by rank, at any place at the same cost, where LIMIT would walk from the range's beginning each time.
Result<NumberRange> ranksOf(PageReading& reading, const ScoreRange& scores)
{
    const std::string& key = reading.request.key;
    const std::array commands{
        Command{"ZCOUNT", key, "-inf", below(scores.min)}, Command{"ZCOUNT", key, scores.min, scores.max}};
    auto counts = countScores(reading, commands);
    if (!counts) {
        return std::move(counts).error();
    }
    return NumberRange{(*counts)[0], (*counts)[0] + (*counts)[1]};
}

/// A position given by its score, as a rank.
Status resolveScore(PageReading& reading)
{
    const std::string score = std::exchange(reading.page.next.score, {});
    if (score.empty()) {
        return ok();
    }
    const std::array commands{
        Command{"ZCOUNT", reading.request.key, "-inf", reading.request.descending ? score : below(score)}};
    auto counts = countScores(reading, commands);
    if (!counts) {
        return std::move(counts).error();
    }
    reading.page.next.offset = counts->front();
    return ok();
}

/// The indexes or ranks to be read.
Result<NumberRange> rangeOf(PageReading& reading)
{
    const ValuePageRequest& request = reading.request;
    NumberRange range{0, reading.page.total.value_or(ValuePosition::end)};
    if (request.scores) {
        auto ranks = ranksOf(reading, *request.scores);
        if (!ranks) {
            return ranks;
        }
        range = *ranks;
    }
    if (request.numbers) {
        range.end = std::min(range.end, request.numbers->end);
        range.first = std::min(std::max(range.first, request.numbers->first), range.end);
    }
    if (request.descending && range.end == ValuePosition::end && reading.page.next.offset == ValuePosition::end) {
        return Error{ErrorKind::Permission, QString::fromUtf8(lengthCommandName(request.type)),
            QCoreApplication::translate("ValuePage", "Without it, the end of the value is not known")};
    }
    if (request.scores || request.numbers) {
        reading.page.total = range.end == ValuePosition::end ? std::nullopt : std::optional(range.end - range.first);
    }
    return range;
}

} // namespace

Status readWindows(PageReading& reading)
{
    reading.page.descending = reading.request.descending;
    if (reading.request.type == KeyType::Stream) {
        return WindowReader(reading, {}).run();
    }
    if (Status resolved = resolveScore(reading); !resolved) {
        return resolved;
    }
    auto range = rangeOf(reading);
    if (!range) {
        return std::move(range).error();
    }
    return WindowReader(reading, *range).run();
}

} // namespace keyglass
