// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/jsonvalue.h"
#include "core/value/keydump.h"
#include "core/value/pagereading.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

Error tooLong(std::optional<std::uint64_t> size)
{
    const QString limit = sizeText(largestWholeValue);
    const QString detail = size
        ? QCoreApplication::translate(
              "ValuePage", "It is %1 long, and the server can't give a part of it; at most %2 are read in one piece")
              .arg(sizeText(ByteCount{*size}), limit)
        : QCoreApplication::translate("ValuePage",
              "It is longer than the %1 that are read in one piece, and the server can't give a part of it")
              .arg(limit);
    return Error{ErrorKind::Limit, {}, detail};
}

Error gone()
{
    return Error{ErrorKind::Gone, {}, {}};
}

/// A reply over the lane's cap, in words that fit what the user asked for.
Result<Reply> callForOne(Lane& lane, const Command& command, const std::stop_token& stop)
{
    auto reply = callFor(lane, command, stop);
    return !reply && reply.error().kind == ErrorKind::Limit ? Result<Reply>(tooLong(std::nullopt)) : std::move(reply);
}

Result<std::string> readField(Lane& lane, const ValueSliceRequest& request, const std::stop_token& stop)
{
    auto size = callFor(lane, Command{"HSTRLEN", request.key, request.name}, stop);
    if (!size && !isCommandRefused(size.error())) {
        return std::move(size).error();
    }
    const std::uint64_t bytes = size ? static_cast<std::uint64_t>(std::max<std::int64_t>(size->integer, 0)) : 0;
    if (bytes > largestWholeValue.value) {
        return tooLong(bytes);
    }
    auto value = callForOne(lane, Command{"HGET", request.key, request.name}, stop);
    if (!value) {
        return std::move(value).error();
    }
    return value->isNil() ? Result<std::string>(gone()) : Result<std::string>(std::move(value->text));
}

Result<std::string> readElement(Lane& lane, const ValueSliceRequest& request, const std::stop_token& stop)
{
    auto value = callForOne(lane, Command{"LINDEX", request.key}.add(static_cast<std::int64_t>(request.index)), stop);
    if (!value) {
        return std::move(value).error();
    }
    return value->isNil() ? Result<std::string>(gone()) : Result<std::string>(std::move(value->text));
}

Result<std::string> readRanked(Lane& lane, const ValueSliceRequest& request, const std::stop_token& stop)
{
    const auto rank = static_cast<std::int64_t>(request.index);
    auto found = callForOne(lane, Command{"ZRANGE", request.key}.add(rank).add(rank), stop);
    if (!found) {
        return std::move(found).error();
    }
    return found->elements.empty() ? Result<std::string>(gone())
                                   : Result<std::string>(std::move(found->elements[0].text));
}

/// The cell of an entry [ID, [field, value, …]].
Result<std::string> readEntryCell(Lane& lane, const ValueSliceRequest& request, const std::stop_token& stop)
{
    auto found = callForOne(lane, Command{"XRANGE", request.key, request.name, request.name, "COUNT", "1"}, stop);
    if (!found) {
        return std::move(found).error();
    }
    if (found->elements.empty() || found->elements[0].elements.size() != 2) {
        return gone();
    }
    std::vector<Reply>& cells = found->elements[0].elements[1].elements;
    if (request.index == 0) {
        return std::move(found->elements[0].elements[0].text);
    }
    return request.index > cells.size() ? Result<std::string>(gone())
                                        : Result<std::string>(std::move(cells[request.index - 1].text));
}

Result<std::string> readWhole(Lane& lane, const ValueSliceRequest& request, const std::stop_token& stop)
{
    switch (request.type) {
    case KeyType::Hash:
        return readField(lane, request, stop);
    case KeyType::List:
        return readElement(lane, request, stop);
    case KeyType::SortedSet:
        return readRanked(lane, request, stop);
    case KeyType::Stream:
        return readEntryCell(lane, request, stop);
    case KeyType::Json:
        return fetchJson(lane, request.key, request.name, stop);
    case KeyType::Other:
        return fetchKeyDump(lane, request.key, stop);
    default:
        return Error{ErrorKind::Unsupported, {}, {}};
    }
}

Result<std::string> readPart(Lane& lane, const ValueSliceRequest& request, const std::stop_token& stop)
{
    const std::uint64_t length = std::min(request.length, largestWholeValue.value);
    if (length == 0) {
        return std::string();
    }
    const auto first = static_cast<std::int64_t>(request.offset);
    Command command{"GETRANGE", request.key};
    command.add(first).add(static_cast<std::int64_t>(request.offset + length - 1));
    auto reply = callFor(lane, command, stop);
    if (!reply) {
        return std::move(reply).error();
    }
    if (reply->text.empty()) { // past the end, or no key any more: only then is it worth another round trip
        auto type = callFor(lane, Command{"TYPE", request.key}, stop);
        if (type && keyTypeFromName(type->text) == KeyType::None) {
            return gone();
        }
    }
    return std::move(reply->text);
}

} // namespace

Result<std::string> fetchValueSlice(Lane& lane, const ValueSliceRequest& request, std::stop_token stop)
{
    const std::stop_token token = std::move(stop);
    const bool inPart = request.type == KeyType::String;
    auto bytes = inPart ? readPart(lane, request, token) : readWhole(lane, request, token);
    if (!bytes) {
        return std::move(bytes).error().about(keySubject(request.key));
    }
    if (!inPart && (request.offset > 0 || request.length < bytes->size())) {
        const std::size_t from = std::min<std::uint64_t>(request.offset, bytes->size());
        return bytes->substr(from, request.length);
    }
    return bytes;
}

} // namespace keyglass
