// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/valuepage.h"

#include "core/value/pagereading.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t longestNameInErrors = 200;

/// What is asked before any content: is the key still there, is it still of this type, how much is there now.
/// A user who may not ask is not kept from reading: then the total stays unknown.
Result<std::optional<std::uint64_t>> checkGround(PageReading& reading)
{
    const std::string& key = reading.request.key;
    const std::array commands{Command{"TYPE", key}, Command{lengthCommandName(reading.request.type), key}};
    auto replies = reading.lane.pipeline(commands, reading.stop);
    if (!replies) {
        return std::move(replies).error();
    }
    const Reply& type = (*replies)[0];
    const Reply& length = (*replies)[1];
    if (type.isText() && keyTypeFromName(type.text) == KeyType::None) {
        return Error{ErrorKind::Gone, {}, {}};
    }
    if (type.isText() && keyTypeFromName(type.text) != reading.request.type) {
        return Error{ErrorKind::WrongType, {},
            QCoreApplication::translate("ValuePage", "It is a %1 now").arg(QString::fromStdString(type.text))};
    }
    if (length.isError() && replyError(length.text).kind == ErrorKind::WrongType) {
        return replyError(length.text);
    }
    return length.isInteger() ? std::optional(static_cast<std::uint64_t>(length.integer)) : std::nullopt;
}

Status readContent(PageReading& reading)
{
    switch (reading.request.type) {
    case KeyType::String:
        return readStringSlice(reading);
    case KeyType::Hash: {
        Status read = readHash(reading);
        const bool hasEnds = reading.request.fieldEnds && reading.request.from.fieldEnds.value_or(true);
        return read && hasEnds && !reading.page.rows.empty() ? readFieldEnds(reading) : std::move(read);
    }
    case KeyType::Set:
        return readByScan(reading, {"SSCAN", {RowShape::Kind::Scan, 1, true}});
    case KeyType::SortedSet:
        return reading.request.match.empty() ? readWindows(reading)
                                             : readByScan(reading, {"ZSCAN", {RowShape::Kind::Scan, 2, true}});
    default:
        return readWindows(reading);
    }
}

bool isOfAll(const ValuePageRequest& request)
{
    return request.match.empty() && !request.descending && !request.scores && !request.numbers;
}

/// The page after its ground was found good: nothing read where something should have been means that it changed since.
Status readAndCheck(PageReading& reading)
{
    auto total = checkGround(reading);
    if (!total) {
        return std::move(total).error();
    }
    reading.page.total = *total;
    if (Status read = readContent(reading); !read) {
        return read;
    }
    const ValuePosition start;
    const bool expected =
        reading.request.from == start && reading.page.total.value_or(0) > 0 && isOfAll(reading.request);
    if (expected && reading.page.rows.empty() && !reading.page.hasGaps) {
        total = checkGround(reading);
        if (!total) {
            return std::move(total).error();
        }
        reading.page.total = *total;
    }
    return ok();
}

} // namespace

ValueCell ValueCell::placeholder(std::optional<std::uint64_t> fullSize)
{
    ValueCell cell;
    cell.size = fullSize;
    return cell;
}

std::uint64_t ValuePage::numberOf(std::size_t row) const
{
    if (!numbers.empty()) {
        return numbers[row];
    }
    return descending ? firstIndex - std::min<std::uint64_t>(row, firstIndex) : firstIndex + row;
}

QString keySubject(std::string_view key)
{
    const QString name = displayText(key.substr(0, longestNameInErrors));
    return QStringLiteral("key ") + name + (key.size() > longestNameInErrors ? QStringLiteral("…") : QString());
}

std::string_view lengthCommandName(KeyType type)
{
    switch (type) {
    case KeyType::String:
        return "STRLEN";
    case KeyType::Hash:
        return "HLEN";
    case KeyType::List:
        return "LLEN";
    case KeyType::Set:
        return "SCARD";
    case KeyType::SortedSet:
        return "ZCARD";
    case KeyType::Stream:
        return "XLEN";
    default:
        return {};
    }
}

Result<Reply> callFor(Lane& lane, const Command& command, const std::stop_token& stop)
{
    auto reply = lane.call(command, stop);
    if (!reply && reply.error().kind == ErrorKind::Permission) {
        return std::move(reply).error().about(QString::fromUtf8(command.name()));
    }
    return reply;
}

bool isCommandRefused(const Error& error)
{
    const bool isUnknown =
        error.kind == ErrorKind::Server && error.detail.contains(QLatin1String("unknown command"), Qt::CaseInsensitive);
    // The gate refuses what the server's COMMAND does not list.
    return error.kind == ErrorKind::Permission || error.kind == ErrorKind::ReadOnly || isUnknown;
}

Status streamInto(PageReading& reading, const Command& command, RowSink& sink)
{
    if (Status sent = reading.lane.send(command, reading.stop); !sent) {
        return sent;
    }
    if (Status received = reading.lane.receive(sink, reading.stop); !received) {
        return received;
    }
    const std::optional<Error>& failure = sink.failure();
    if (!failure) {
        return ok();
    }
    Error error = *failure;
    if (error.kind == ErrorKind::Permission) {
        return std::move(error).about(QString::fromUtf8(command.name()));
    }
    return error;
}

Status readStringSlice(PageReading& reading)
{
    const std::uint64_t from = reading.request.from.offset;
    const std::uint64_t length = std::max<std::uint64_t>(reading.request.maxBytes.value, 1);
    Command command{"GETRANGE", reading.request.key};
    command.add(static_cast<std::int64_t>(from)).add(static_cast<std::int64_t>(from + length - 1));
    auto reply = callFor(reading.lane, command, reading.stop);
    if (!reply) {
        return std::move(reply).error();
    }
    std::string bytes = std::move(reply->text);
    reading.budget.received += bytes.size();
    reading.page.firstIndex = from;
    reading.page.next.offset = from + bytes.size();
    const std::uint64_t total = reading.page.total.value_or(0);
    reading.page.complete = reading.page.total ? reading.page.next.offset >= total : bytes.size() < length;
    if (!bytes.empty()) {
        reading.page.rows.push_back({ValueCell(std::move(bytes))});
    }
    return ok();
}

Result<ValuePage> fetchValuePage(Lane& lane, const ValuePageRequest& request, std::stop_token stop)
{
    if (lengthCommandName(request.type).empty()) {
        return Error{ErrorKind::Unsupported, keySubject(request.key), {}};
    }
    PageReading reading{lane, request, std::move(stop), {}, {request.maxBytes.value, 0}};
    reading.page.type = request.type;
    reading.page.next = request.from;
    const bool isBesideAlone = request.type == KeyType::List && !request.at.empty();
    if (Status read = isBesideAlone ? readBeside(reading) : readAndCheck(reading); !read) {
        return std::move(read).error().about(keySubject(request.key));
    }
    reading.page.received = ByteCount{reading.budget.received};
    return std::move(reading.page);
}

} // namespace keyglass
