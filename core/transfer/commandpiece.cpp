// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/commandpiece.h"

#include "core/base/bytes.h"
#include "core/transfer/partreaders.h"
#include "core/value/streamid.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

namespace keyglass {

namespace {

using Words = std::vector<std::string>;

std::string upper(std::string_view word)
{
    std::string text(word);
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

std::optional<std::int64_t> numberIn(const std::string& text)
{
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = failure == std::errc() && end == text.data() + text.size() && number >= 0;
    return isWhole ? std::optional(number) : std::nullopt;
}

/// False where the words are not as an export writes them.
using Take = bool (*)(Words& words, KeyPart& part);

bool takeSet(Words& words, KeyPart& part)
{
    part.isFirst = true;
    part.type = KeyType::String;
    part.rows.push_back({std::move(words[2])});
    return words.size() == 3;
}

bool takeAppend(Words& words, KeyPart& part)
{
    part.type = KeyType::String;
    part.rows.push_back({std::move(words[2])});
    return words.size() == 3;
}

template <KeyType type> bool takeSingles(Words& words, KeyPart& part)
{
    part.type = type;
    for (std::size_t at = 2; at < words.size(); ++at) {
        part.rows.push_back({std::move(words[at])});
    }
    return true;
}

template <KeyType type> bool takePairs(Words& words, KeyPart& part)
{
    part.type = type;
    for (std::size_t at = 2; at + 1 < words.size(); at += 2) {
        KeyPart::Row row{std::move(words[at]), std::move(words[at + 1])};
        if (type == KeyType::SortedSet) {
            std::swap(row[0], row[1]);
        }
        part.rows.push_back(std::move(row));
    }
    return words.size() % 2 == 0;
}

bool takeEntry(Words& words, KeyPart& part)
{
    part.type = KeyType::Stream;
    const bool isGood = words.size() >= 5 && words.size() % 2 == 1 && StreamId::parse(words[2]);
    part.rows.emplace_back(std::make_move_iterator(words.begin() + 2), std::make_move_iterator(words.end()));
    return isGood;
}

bool takeLastId(Words& words, KeyPart& part)
{
    part.type = KeyType::Stream;
    StreamPart stream;
    stream.lastId = words[2];
    if (words.size() == 7) {
        const auto added = numberIn(words[4]);
        stream.entriesAdded = added ? std::optional(static_cast<std::uint64_t>(*added)) : std::nullopt;
        stream.maxDeletedId = words[6];
        part.stream = std::move(stream);
        return added && upper(words[3]) == "ENTRIESADDED" && upper(words[5]) == "MAXDELETEDID";
    }
    part.stream = std::move(stream);
    return words.size() == 3;
}

/// XGROUP CREATE key group id [MKSTREAM] [ENTRIESREAD n], XGROUP CREATECONSUMER key group consumer, XGROUP DESTROY key
/// group: the last only of the group that was made to have a stream without entries.
bool takeGroup(Words& words, KeyPart& part)
{
    const std::string what = upper(words[1]);
    part.key = words[2];
    part.type = KeyType::Stream;
    if (words.size() < 4) {
        return false;
    }
    GroupPart group;
    group.name = words[3];
    if (what == "DESTROY") {
        return words.size() == 4 && group.name == "keyglass";
    }
    if (what == "CREATECONSUMER" && words.size() == 5) {
        group.consumers.push_back(words[4]);
    } else if (what == "CREATE" && words.size() == 6 && upper(words[5]) == "MKSTREAM" && group.name == "keyglass") {
        return true;
    } else if (what == "CREATE" && (words.size() == 5 || words.size() == 7)) {
        group.lastDelivered = words[4];
        const auto read = words.size() == 7 ? numberIn(words[6]) : std::nullopt;
        if (words.size() == 7 && (!read || upper(words[5]) != "ENTRIESREAD")) {
            return false;
        }
        group.entriesRead = read ? std::optional(static_cast<std::uint64_t>(*read)) : std::nullopt;
    } else {
        return false;
    }
    part.stream = StreamPart{{}, {}, {}, {std::move(group)}};
    return true;
}

/// XCLAIM key group consumer 0 id TIME ms RETRYCOUNT n FORCE JUSTID
bool takePending(Words& words, KeyPart& part)
{
    constexpr std::size_t wordCount = 12;
    part.type = KeyType::Stream;
    if (words.size() != wordCount) {
        return false;
    }
    const auto time = numberIn(words[7]);
    const auto deliveries = numberIn(words[9]);
    if (!time || !deliveries || upper(words[6]) != "TIME" || upper(words[8]) != "RETRYCOUNT") {
        return false;
    }
    GroupPart group;
    group.name = words[2];
    group.pending.push_back({words[5], words[3], Milliseconds{*time}, static_cast<std::uint64_t>(*deliveries)});
    part.stream = StreamPart{{}, {}, {}, {std::move(group)}};
    return true;
}

bool takeEnd(Words& words, KeyPart& part)
{
    const auto at = numberIn(words[2]);
    part.expireAt = Milliseconds{at.value_or(0)};
    return at && words.size() == 3;
}

/// HPEXPIREAT key ms FIELDS 1 field
bool takeFieldEnd(Words& words, KeyPart& part)
{
    const auto at = numberIn(words[2]);
    part.type = KeyType::Hash;
    if (!at || words.size() != 6 || upper(words[3]) != "FIELDS" || words[4] != "1") {
        return false;
    }
    part.fieldEnds.push_back({words[5], Milliseconds{*at}});
    return true;
}

struct Known {
    std::string_view name;
    Take take;
};
constexpr std::array knownCommands{Known{"SET", takeSet}, Known{"APPEND", takeAppend},
    Known{"HSET", takePairs<KeyType::Hash>}, Known{"HMSET", takePairs<KeyType::Hash>},
    Known{"RPUSH", takeSingles<KeyType::List>}, Known{"SADD", takeSingles<KeyType::Set>},
    Known{"ZADD", takePairs<KeyType::SortedSet>}, Known{"XADD", takeEntry}, Known{"XSETID", takeLastId},
    Known{"XGROUP", takeGroup}, Known{"XCLAIM", takePending}, Known{"PEXPIREAT", takeEnd},
    Known{"HPEXPIREAT", takeFieldEnd}};

Error bad(const QString& why)
{
    return {ErrorKind::Input, {}, why};
}

} // namespace

std::optional<std::string> keyOfCommand(const std::vector<std::string>& words)
{
    const std::size_t place = !words.empty() && upper(words.front()) == "XGROUP" ? 2 : 1;
    return words.size() > place ? std::optional(words[place]) : std::nullopt;
}

Result<KeyPart> pieceOfCommand(std::vector<std::string>&& words)
{
    const std::string name = words.empty() ? std::string() : upper(words.front());
    const auto known = std::ranges::find(knownCommands, name, &Known::name);
    if (known == knownCommands.end()) {
        return bad(TransferText::tr("%1 is no command that an export writes").arg(displayText(name)));
    }
    if (words.size() < 3) {
        return bad(TransferText::tr("Words are missing"));
    }
    KeyPart part;
    part.isFirst = false;
    part.key = words[1];
    if (!known->take(words, part)) {
        return bad(TransferText::tr("It is not as an export writes %1").arg(displayText(name)));
    }
    return part;
}

} // namespace keyglass
