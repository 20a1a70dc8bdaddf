// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/seencontent.h"

#include "core/edit/editsteps.h"
#include "core/edit/liststretches.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

using Part = SeenContent::Part;
using State = SeenBytes::State;

std::int64_t signedOf(std::uint64_t number)
{
    return static_cast<std::int64_t>(number);
}

/// An entry's fields and values as one text.
std::string entryText(const std::vector<std::string>& cells)
{
    std::string text;
    for (const std::string& cell : cells) {
        text += std::to_string(cell.size()) + ':' + cell;
    }
    return text;
}

SeenBytes contentOf(KeyType type, const ValueRow& row)
{
    const bool isPair = type == KeyType::Hash || type == KeyType::SortedSet;
    if (type != KeyType::Stream) {
        const ValueCell& cell = row[isPair ? 1 : 0];
        return cell.isWhole() ? SeenBytes::like(cell.bytes) : SeenBytes::notLooked();
    }
    std::vector<std::string> cells;
    for (std::size_t at = 1; at < row.size(); ++at) {
        if (!row[at].isWhole()) {
            return SeenBytes::notLooked();
        }
        cells.push_back(row[at].bytes);
    }
    return SeenBytes::like(entryText(cells));
}

/// Of a row that can be asked for again.
std::optional<Part> partOf(KeyType type, const ValueRow& row, std::uint64_t number)
{
    const bool isPair = type == KeyType::Hash || type == KeyType::SortedSet;
    const bool isNamed = isPair || type == KeyType::Set || type == KeyType::Stream;
    if (row.empty() || (isPair && row.size() != 2) || (isNamed && !row.front().isWhole())) {
        return std::nullopt;
    }
    Part part;
    part.name = isNamed ? row.front().bytes : std::string();
    part.number = number;
    part.content = contentOf(type, row);
    part.size = row[isPair ? 1 : 0].size;
    const bool isComparable =
        part.content.state != State::NotLooked || type == KeyType::Hash || type == KeyType::Stream;
    return isComparable ? std::optional(std::move(part)) : std::nullopt;
}

Command questionFor(KeyType type, const std::string& key, const Part& part)
{
    switch (type) {
    case KeyType::String:
        return Command{"GETRANGE", key, "0"}.add(signedOf(std::max<std::uint64_t>(part.size.value_or(0), 1)) - 1);
    case KeyType::Hash:
        return Command{part.content.state == State::NotLooked ? "HSTRLEN" : "HGET", key, part.name};
    case KeyType::Set:
        return Command{"SISMEMBER", key, part.name};
    case KeyType::SortedSet:
        return Command{"ZSCORE", key, part.name};
    default:
        return Command{"XRANGE", key, part.name, part.name};
    }
}

bool isEntryStill(const Part& part, const Reply& range)
{
    const bool isThere = range.elements.size() == 1 && range.elements.front().elements.size() == 2;
    if (!isThere || part.content.state == State::NotLooked) {
        return isThere;
    }
    std::vector<std::string> cells;
    for (const Reply& cell : range.elements.front().elements[1].elements) {
        cells.push_back(cell.text);
    }
    return part.content.fits(entryText(cells));
}

/// Servers write one score in more than one way.
bool isScoreStill(const Part& part, const Reply& reply)
{
    const auto was = parseScore(part.content.bytes);
    const auto now = reply.isText() ? parseScore(reply.text) : Result<double>(Error{});
    return part.content.fits(bytesOf(reply)) || (was && now && *was == *now);
}

/// Nobody can tell: this user may not ask.
bool isHidden(const Reply& error)
{
    return replyError(error.text).kind == ErrorKind::Permission;
}

/// Of a list's elements.
std::vector<ListStretch> stretchesOf(const std::vector<Part>& parts)
{
    std::vector<ListStretch> all;
    for (const Part& part : parts) {
        all.push_back({part.number, part.number});
    }
    std::ranges::sort(all, {}, &ListStretch::first);
    return joined(all);
}

bool areElementsStill(const std::vector<Part>& parts, std::span<const Reply> replies)
{
    const auto stretches = stretchesOf(parts);
    if (replies.size() < stretches.size()) {
        return true;
    }
    if (const auto error = std::ranges::find_if(replies, &Reply::isError); error != replies.end()) {
        return isHidden(*error);
    }
    return std::ranges::all_of(
        parts, [&](const Part& part) { return part.content.fits(elementAt(stretches, replies, part.number)); });
}

bool isStill(KeyType type, const Part& part, const Reply& reply)
{
    if (reply.isError()) {
        return isHidden(reply);
    }
    switch (type) {
    case KeyType::Set:
        return reply.isInteger() && reply.integer == 1;
    case KeyType::SortedSet:
        return isScoreStill(part, reply);
    case KeyType::Stream:
        return isEntryStill(part, reply);
    default:
        break;
    }
    if (part.content.state == State::NotLooked) {
        return reply.isInteger() && part.size && static_cast<std::uint64_t>(reply.integer) == *part.size;
    }
    return part.content.fits(bytesOf(reply));
}

} // namespace

SeenContent seenContent(KeyType type, const std::vector<ValueRow>& rows, const std::vector<std::uint64_t>& numbers)
{
    SeenContent seen{type, {}, {}};
    std::size_t bytes = 0;
    for (std::size_t at = 0; at < rows.size() && seen.parts.size() < SeenContent::mostParts; ++at) {
        for (const ValueCell& cell : rows[at]) {
            bytes += cell.bytes.size();
        }
        if (bytes > SeenContent::mostBytes) {
            break;
        }
        if (auto part = partOf(type, rows[at], at < numbers.size() ? numbers[at] : 0)) {
            seen.parts.push_back(*std::move(part));
        }
    }
    return seen;
}

SeenContent seenDocument(std::shared_ptr<const std::string> text)
{
    return {KeyType::Json, {}, std::move(text)};
}

std::vector<EditRead> contentReads(const std::string& key, const SeenContent& seen)
{
    if (seen.document) {
        return {{Command{"JSON.GET", key}, EditRead::Weight::Exact, true}};
    }
    std::vector<EditRead> asked;
    if (seen.type == KeyType::List) {
        for (const ListStretch& stretch : stretchesOf(seen.parts)) {
            asked.push_back({stretchQuestion(key, stretch), EditRead::Weight::Exact, true});
        }
        return asked;
    }
    for (const Part& part : seen.parts) {
        asked.push_back({questionFor(seen.type, key, part), EditRead::Weight::Exact, true});
    }
    return asked;
}

bool isContentStill(const SeenContent& seen, std::span<const Reply> replies)
{
    if (seen.document && !replies.empty()) {
        const Reply& now = replies.front();
        return now.isError() ? isHidden(now) : bytesOf(now) == *seen.document;
    }
    if (seen.type == KeyType::List) {
        return areElementsStill(seen.parts, replies);
    }
    for (std::size_t at = 0; at < std::min(seen.parts.size(), replies.size()); ++at) {
        if (!isStill(seen.type, seen.parts[at], replies[at])) {
            return false;
        }
    }
    return true;
}

} // namespace keyglass
