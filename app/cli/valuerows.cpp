// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of a value, page by page.
#include "app/cli/readinggaps.h"
#include "app/cli/valuerequest.h"
#include "core/source/lane.h"
#include "core/value/jsonparts.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <unordered_set>
#include <utility>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

Error badRange(const QString& why)
{
    return Error{ErrorKind::Input, QStringLiteral("--range"), why};
}

constexpr std::uint64_t openEnd = std::numeric_limits<std::uint64_t>::max();

template <typename T> std::optional<T> wholeNumber(std::string_view text)
{
    T number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = failed == std::errc() && end == text.data() + text.size();
    return isNumber ? std::optional(number) : std::nullopt;
}

/// First and last, both of them meant.
struct Window {
    std::uint64_t first = 0;
    std::uint64_t last = openEnd;
};

/// An offset as the server's own commands take it: negative ones count from the end.
Result<std::uint64_t> offset(std::string_view text, const ValueHead& head)
{
    const auto number = wholeNumber<std::int64_t>(text);
    if (!number) {
        return badRange(tr("\"%1\" is no whole number").arg(displayText(text)));
    }
    if (*number >= 0) {
        return static_cast<std::uint64_t>(*number);
    }
    if (!head.length) {
        return badRange(tr("The length is not known, so that nothing can be counted from the end"));
    }
    const std::uint64_t back = ~static_cast<std::uint64_t>(*number) + 1;
    return back > *head.length ? 0 : *head.length - back;
}

/// Nothing where the range ends before the value begins.
Result<std::optional<Window>> windowOf(const RangeText& range, const ValueHead& head)
{
    Window window;
    if (!range.from.empty()) {
        const auto first = offset(range.from, head);
        if (!first) {
            return first.error();
        }
        window.first = *first;
    }
    if (!range.to.empty()) {
        const auto last = offset(range.to, head);
        if (!last) {
            return last.error();
        }
        const auto typed = wholeNumber<std::int64_t>(range.to);
        if (*typed < 0 && ~static_cast<std::uint64_t>(*typed) + 1 > head.length.value_or(0)) {
            return std::optional<Window>();
        }
        window.last = *last;
    }
    return window.first > window.last ? std::optional<Window>() : std::optional(window);
}

struct StreamId {
    std::uint64_t time = 0;
    std::uint64_t sequence = 0;
    auto operator<=>(const StreamId&) const = default;
};

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

/// "1700000000000" or "1700000000000-3"; `sequence` where none is given.
Result<StreamId> streamId(std::string_view text, std::uint64_t sequence)
{
    const std::size_t dash = std::min(text.find('-'), text.size());
    const auto time = wholeNumber<std::uint64_t>(text.substr(0, dash));
    const auto given = dash < text.size() ? wholeNumber<std::uint64_t>(text.substr(dash + 1)) : std::optional(sequence);
    if (!time || !given) {
        return badRange(tr("\"%1\" is no ID of a stream's entry").arg(displayText(text)));
    }
    return StreamId{*time, *given};
}

/// The entry just before: pages begin behind the one that was read last. Empty for the very first.
std::string idBefore(const StreamId& id)
{
    if (id == StreamId{}) {
        return {};
    }
    return id.sequence > 0 ? std::to_string(id.time) + '-' + std::to_string(id.sequence - 1)
                           : std::to_string(id.time - 1) + '-' + std::to_string(largest);
}

/// Reads pages from a place on and hands on their rows until there is reason to stop.
class RowReading {
public:
    RowReading(
        Lane& lane, const ValueRequest& request, const ValueHead& head, const TakeRow& take, std::stop_token stop)
        : m_lane(lane)
        , m_take(take)
        , m_stop(std::move(stop))
        , m_mayRepeat(head.type == KeyType::Hash || head.type == KeyType::Set || !request.match.empty())
    {
        m_page.key = request.key;
        m_page.type = head.type;
        m_page.match = request.match;
        m_page.fieldEnds = request.fieldEnds && head.type == KeyType::Hash;
    }

    Status runAll() { return run(Window{}, std::nullopt); }
    Status runWindow(const Window& window)
    {
        m_page.from.offset = window.first;
        return run(window, std::nullopt);
    }
    Status runIds(const StreamId& first, const StreamId& last)
    {
        m_page.from.id = idBefore(first);
        return run(Window{}, last);
    }

private:
    Status run(const Window& window, const std::optional<StreamId>& lastId)
    {
        bool hasGaps = false;
        while (true) {
            narrow(window);
            auto page = fetchValuePage(m_lane, m_page, m_stop);
            if (!page) {
                return std::move(page).error();
            }
            hasGaps = hasGaps || page->hasGaps;
            auto goOn = takeRows(*page, window, lastId);
            if (!goOn) {
                return std::move(goOn).error();
            }
            if (!*goOn || page->complete || page->next.offset > window.last) {
                return m_gaps.status(m_page.key, hasGaps);
            }
            m_page.from = page->next;
        }
    }

    /// No more is asked for than the window has left.
    void narrow(const Window& window)
    {
        const ValuePageRequest usual;
        const std::uint64_t left = window.last == openEnd ? openEnd : window.last - m_page.from.offset + 1;
        if (m_page.type == KeyType::String) {
            m_page.maxBytes = ByteCount{std::min(usual.maxBytes.value, left)};
        } else {
            m_page.maxRows = static_cast<std::size_t>(std::min<std::uint64_t>(usual.maxRows, left));
        }
    }

    Result<bool> takeRows(ValuePage& page, const Window& window, const std::optional<StreamId>& lastId)
    {
        const bool numbered = page.type == KeyType::List || page.type == KeyType::SortedSet;
        for (std::size_t at = 0; at < page.rows.size(); ++at) {
            ValueRow& row = page.rows[at];
            const std::uint64_t number = page.firstIndex + at;
            const auto id = lastId ? streamId(row.front().bytes, 0) : Result<StreamId>(StreamId{});
            if ((numbered && number > window.last) || (lastId && (!id || *id > *lastId))) {
                return false;
            }
            if (m_mayRepeat && !m_seen.insert(row.front().bytes).second) {
                continue;
            }
            auto isThere = fillIn(page, number, row);
            if (!isThere) {
                return std::move(isThere).error();
            }
            if (!*isThere) {
                continue;
            }
            if (Status taken = m_take(std::move(row), number, leftOf(page, at)); !taken) {
                return std::move(taken).error();
            }
        }
        return true;
    }

    static std::optional<Milliseconds> leftOf(const ValuePage& page, std::size_t at)
    {
        const bool isKnown = page.fieldEnds && at < page.fieldEnds->ofRows.size();
        const auto end = isKnown ? page.fieldEnds->ofRows[at] : std::nullopt;
        return end ? std::optional(end->left) : std::nullopt;
    }

    /// Reads what the page left out because of its size. What no reply can bring stays a placeholder; false where the
    /// row has gone meanwhile. Either is noted.
    Result<bool> fillIn(const ValuePage& page, std::uint64_t number, ValueRow& row)
    {
        for (std::size_t at = 0; at < row.size(); ++at) {
            if (row[at].isWhole()) {
                continue;
            }
            auto bytes = missingBytes(page.type, number, row, at);
            if (bytes) {
                row[at] = ValueCell(*std::move(bytes));
                continue;
            }
            if (bytes.error().kind == ErrorKind::Gone) {
                m_gaps.noteGone(rowName(page.type, row, number));
                return false;
            }
            if (bytes.error().kind != ErrorKind::Limit) {
                return std::move(bytes).error();
            }
            m_gaps.noteTooLong(rowName(page.type, row, number), row[at].size);
            return true; // what else of this row is missing would come in the same reply
        }
        return true;
    }

    Result<std::string> missingBytes(KeyType type, std::uint64_t number, const ValueRow& row, std::size_t at)
    {
        if (type == KeyType::SortedSet && at == 1) { // what came behind its member passed the lane's cap
            auto score = m_lane.call(Command{"ZSCORE", m_page.key, row.front().bytes}, m_stop);
            if (!score) {
                return std::move(score).error();
            }
            return score->isText() ? Result<std::string>(std::move(score->text)) : Error{ErrorKind::Gone, {}, {}};
        }
        ValueSliceRequest slice;
        slice.key = m_page.key;
        slice.type = type;
        slice.name = row.front().bytes;
        slice.index = type == KeyType::Stream ? at : number;
        return fetchValueSlice(m_lane, slice, m_stop);
    }

    Lane& m_lane;
    const TakeRow& m_take;
    const std::stop_token m_stop;
    const bool m_mayRepeat; ///< HSCAN, SSCAN and ZSCAN may bring one twice.
    ValuePageRequest m_page;
    std::unordered_set<std::string> m_seen;
    ReadingGaps m_gaps;
};

/// The time that a field has left; nothing where it does not end, or where the server does not tell.
Result<std::optional<Milliseconds>> fieldLeft(Lane& lane, const ValueRequest& request, const std::stop_token& stop)
{
    const std::array commands{Command{"HPTTL", request.key, "FIELDS", "1", *request.field}};
    const auto replies = lane.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    const Reply& reply = replies->front();
    const bool ends = reply.elements.size() == 1 && reply.elements[0].isInteger() && reply.elements[0].integer >= 0;
    return ends ? std::optional(Milliseconds{reply.elements[0].integer}) : std::nullopt;
}

Status readField(Lane& lane, const ValueRequest& request, const TakeRow& take, const std::stop_token& stop)
{
    ValueSliceRequest slice;
    slice.key = request.key;
    slice.type = KeyType::Hash;
    slice.name = *request.field;
    auto bytes = fetchValueSlice(lane, slice, stop);
    if (!bytes && bytes.error().kind == ErrorKind::Gone) {
        return Error{
            ErrorKind::Gone, tr("Field %1 of key %2").arg(displayText(*request.field), displayText(request.key)), {}};
    }
    if (!bytes) {
        return std::move(bytes).error().about(tr("Field %1").arg(displayText(*request.field)));
    }
    auto left = request.fieldEnds ? fieldLeft(lane, request, stop) : Result(std::optional<Milliseconds>());
    if (!left) {
        return std::move(left).error();
    }
    ValueRow row;
    row.emplace_back(*request.field);
    row.emplace_back(*std::move(bytes));
    return take(std::move(row), 0, *left);
}

/// A document as its text, what belongs to another module as its dump.
Status readModuleValue(Lane& lane, const ValueRequest& request, KeyType type, const TakeRow& take, std::stop_token stop)
{
    const bool hasPath = type == KeyType::Json && request.path;
    auto bytes = fetchValueSlice(
        lane, {request.key, type, hasPath ? fullJsonPath(*request.path) : std::string()}, std::move(stop));
    if (!bytes) {
        return std::move(bytes).error();
    }
    ValueRow row;
    row.emplace_back(*std::move(bytes));
    return take(std::move(row), 0, std::nullopt);
}

Status readIds(RowReading& reading, const RangeText& range)
{
    const auto first = range.from.empty() || range.from == "-" ? Result<StreamId>(StreamId{}) : streamId(range.from, 0);
    const auto last = range.to.empty() || range.to == "+" ? Result<StreamId>(StreamId{largest, largest})
                                                          : streamId(range.to, largest);
    if (!first || !last) {
        return first ? last.error() : first.error();
    }
    return reading.runIds(*first, *last);
}

} // namespace

Status readRows(
    Lane& lane, const ValueRequest& request, const ValueHead& head, const TakeRow& take, std::stop_token stop)
{
    if (request.field) {
        return readField(lane, request, take, stop);
    }
    if (head.type == KeyType::Json || head.type == KeyType::Other) {
        return readModuleValue(lane, request, head.type, take, std::move(stop));
    }
    RowReading reading(lane, request, head, take, std::move(stop));
    if (!request.range) {
        return reading.runAll();
    }
    if (head.type == KeyType::Stream) {
        return readIds(reading, *request.range);
    }
    const auto window = windowOf(*request.range, head);
    if (!window) {
        return window.error();
    }
    return *window ? reading.runWindow(**window) : ok();
}

} // namespace keyglass::cli
