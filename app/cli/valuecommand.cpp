// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "app/cli/valuewriter.h"
#include "core/base/errortext.h"

#include <QCoreApplication>

#include <cstdio>
#include <utility>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

Error outputClosed()
{
    return Error{ErrorKind::File, QStringLiteral("stdout"), tr("It was closed")};
}

/// Which cell of a row is a value, and no name, score or ID.
bool isValue(KeyType type, std::size_t cell)
{
    switch (type) {
    case KeyType::Hash:
        return cell == 1;
    case KeyType::Stream:
        return cell >= 2 && cell % 2 == 0;
    default:
        return cell == 0;
    }
}

/// Decodes rows on their way to the writer, and counts those that could not be.
class RowDecoding {
public:
    RowDecoding(const ValueRequest& request, const ValueHead& head, ValueWriter& writer)
        : m_request(request)
        , m_head(head)
        , m_writer(writer)
    {
    }

    Status take(ValueRow&& row, std::uint64_t number, std::optional<Milliseconds> left)
    {
        ShownRow shown;
        shown.number = number;
        shown.left = left;
        for (std::size_t at = 0; at < row.size(); ++at) {
            shown.cells.push_back({{DecodedValue::Kind::Bytes, std::move(row[at].bytes)}, std::nullopt});
            if (m_request.decoding == ValueRequest::Decoding::None || !isValue(m_head.type, at)) {
                continue;
            }
            if (Status decoded = decode(shown.cells.back()); !decoded) {
                shown.failure = decoded.error().subject + QStringLiteral(": ") + decoded.error().detail;
                ++m_failed;
                m_firstFailure = m_firstFailure ? m_firstFailure : decoded.error();
            }
        }
        return m_writer.row(shown) ? ok() : Status(outputClosed());
    }

    /// The first value that could not be decoded.
    [[nodiscard]] const std::optional<Error>& firstFailure() const { return m_firstFailure; }
    [[nodiscard]] std::uint64_t failed() const { return m_failed; }

    [[nodiscard]] Status decode(ShownCell& cell) const
    {
        const bool guess = m_request.decoding == ValueRequest::Decoding::Auto;
        const DecoderStack stack = guess ? detectStack(cell.value.content) : m_request.stack;
        auto decoded = stack.decode(cell.value.content);
        if (!decoded) {
            return std::move(decoded).error();
        }
        cell.value = *std::move(decoded);
        cell.decoders = stack.isEmpty() ? "plain" : stack.names();
        return ok();
    }

private:
    const ValueRequest& m_request;
    const ValueHead& m_head;
    ValueWriter& m_writer;
    std::uint64_t m_failed = 0;
    std::optional<Error> m_firstFailure;
};

/// A string or a field that is decoded is read as a whole first: nothing is written where it can't be decoded.
Status writeDecoded(
    Lane& lane, const ValueRequest& request, const ValueHead& head, ValueWriter& writer, const std::stop_token& stop)
{
    ShownCell cell;
    const auto gather = [&](ValueRow&& row, std::uint64_t, const auto&) -> Status {
        cell.value.content += row.back().bytes;
        if (cell.value.content.size() <= largestWholeValue.value) {
            return ok();
        }
        return Error{ErrorKind::Limit, displayText(request.key),
            tr("Values of more than %1 are not decoded").arg(sizeText(largestWholeValue))};
    };
    if (Status read = readRows(lane, request, head, gather, stop); !read) {
        return read;
    }
    if (Status decoded = RowDecoding(request, head, writer).decode(cell); !decoded) {
        return std::move(decoded).error().about(displayText(request.key));
    }
    const bool written = writer.begin(head) && writer.row({{std::move(cell)}, 0, {}, {}}) && writer.end();
    return written ? ok() : Status(outputClosed());
}

/// What a run gives back.
struct Outcome {
    Status status;
    std::optional<QString> left; ///< What could not be decoded, in words.
};

Outcome writeRows(
    Lane& lane, const ValueRequest& request, const ValueHead& head, ValueWriter& writer, const std::stop_token& stop)
{
    RowDecoding decoding(request, head, writer);
    bool hasBegun = false;
    const auto begin = [&] { return std::exchange(hasBegun, true) || writer.begin(head); };
    const auto take = [&](ValueRow&& row, std::uint64_t number, std::optional<Milliseconds> left) -> Status {
        return begin() ? decoding.take(std::move(row), number, left) : Status(outputClosed());
    };
    Status read = readRows(lane, request, head, take, stop);
    if (!read && (read.error().kind != ErrorKind::Limit || !hasBegun)) {
        return {std::move(read), {}};
    }
    if (!begin() || !writer.end()) {
        return {outputClosed(), {}};
    }
    Outcome outcome{std::move(read), {}};
    if (decoding.firstFailure()) {
        outcome.left = tr("%1: values that could not be decoded: %2; the first one: %3: %4")
                           .arg(displayText(head.key), QString::number(decoding.failed()),
                               decoding.firstFailure()->subject, decoding.firstFailure()->detail);
    }
    return outcome;
}

Outcome writeValue(Lane& lane, const ValueRequest& request, ValueWriter& writer, const std::stop_token& stop)
{
    const auto head = fetchValueHead(lane, request.key, stop);
    if (!head) {
        return {head.error(), {}};
    }
    if (Status fits = fitsType(request, *head); !fits) {
        return {std::move(fits), {}};
    }
    const bool isSingle = head->type == KeyType::String || request.field;
    if (isSingle && request.decoding != ValueRequest::Decoding::None) {
        return {writeDecoded(lane, request, *head, writer, stop), {}};
    }
    return writeRows(lane, request, *head, writer, stop);
}

} // namespace

int runValue(std::span<char* const> words)
{
    std::vector<OptionSpec> known = targetOptions();
    for (const OptionSpec& option : valueOptions()) {
        known.push_back(option);
    }
    const auto options = Options::parse(words, known);
    if (!options) {
        return tell(options.error());
    }
    auto request = valueRequestFrom(*options);
    if (!request) {
        return tell(request.error());
    }
    const Interruption interruption;
    const auto target = openTarget(*options, interruption.token());
    if (!target) {
        return tell(target.error());
    }
    request->fieldEnds =
        request->format == ValueRequest::Format::Json && target->access.facts.mayUse(ServerFeature::HashFieldExpiry);
    const auto writer = valueWriter(*request);
    const Outcome outcome = writeValue(*target->lane(), *request, *writer, interruption.token());
    if (outcome.left) {
        std::fprintf(stderr, "keyglass: %s\n", outcome.left->toUtf8().constData());
    }
    if (outcome.status) {
        return outcome.left ? DoneInPart : Done;
    }
    const ExitStatus status = tell(outcome.status.error());
    return outcome.status.error().kind == ErrorKind::Limit ? DoneInPart : status;
}

} // namespace keyglass::cli
