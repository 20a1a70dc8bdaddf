// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/pagejump.h"

#include <QCoreApplication>

#include <charconv>
#include <limits>
#include <optional>

namespace keyglass {

namespace {

constexpr std::uint64_t greatest = std::numeric_limits<std::uint64_t>::max();

struct EntryId {
    std::uint64_t time = 0;
    std::uint64_t sequence = 0;

    [[nodiscard]] std::string text() const { return std::to_string(time) + "-" + std::to_string(sequence); }
};

bool readNumber(std::string_view text, std::uint64_t& number)
{
    const char* const end = text.data() + text.size();
    const auto [at, failed] = std::from_chars(text.data(), end, number);
    return failed == std::errc() && at == end;
}

std::optional<EntryId> parsedId(std::string_view text)
{
    EntryId id;
    const std::size_t dash = text.find('-');
    const bool isThere = readNumber(text.substr(0, dash), id.time)
        && (dash == std::string_view::npos || readNumber(text.substr(dash + 1), id.sequence));
    return isThere ? std::optional(id) : std::nullopt;
}

} // namespace

bool canJump(KeyType type)
{
    return type == KeyType::List || type == KeyType::SortedSet || type == KeyType::Stream;
}

ValuePosition startOf(bool descending)
{
    ValuePosition position;
    position.offset = descending ? ValuePosition::end : 0;
    return position;
}

ValuePosition positionAt(std::uint64_t number, bool descending)
{
    ValuePosition position;
    position.offset = descending && number != ValuePosition::end ? number + 1 : number;
    return position;
}

Result<ValuePosition> positionAtEntry(std::string_view id, bool descending)
{
    const auto parsed = parsedId(id);
    if (!parsed) {
        return Error{ErrorKind::Input, {},
            QCoreApplication::translate(
                "ValuePage", "An ID is a time in milliseconds, or such a time, - and a number")};
    }
    ValuePosition position = startOf(descending);
    const bool isTime = id.find('-') == std::string_view::npos;
    const EntryId border{parsed->time, isTime && descending ? greatest : parsed->sequence};
    position.id = descending ? entryAfter(border.text()) : entryBefore(border.text());
    return position;
}

ValuePosition otherSide(KeyType type, const ValuePosition& position, bool descending)
{
    ValuePosition other = position;
    if (type == KeyType::Stream) {
        other.offset = startOf(!descending).offset;
        other.id = position.id.empty() ? std::string()
            : descending               ? entryBefore(position.id)
                                       : entryAfter(position.id);
    }
    return other;
}

std::string entryAfter(const std::string& id)
{
    const EntryId from = parsedId(id).value_or(EntryId{});
    if (from.sequence < greatest) {
        return EntryId{from.time, from.sequence + 1}.text();
    }
    return from.time < greatest ? EntryId{from.time + 1, 0}.text() : std::string();
}

std::string entryBefore(const std::string& id)
{
    const EntryId from = parsedId(id).value_or(EntryId{});
    if (from.sequence > 0) {
        return EntryId{from.time, from.sequence - 1}.text();
    }
    return from.time > 0 ? EntryId{from.time - 1, greatest}.text() : std::string();
}

} // namespace keyglass
