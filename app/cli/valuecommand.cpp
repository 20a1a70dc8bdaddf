// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/target.h"
#include "app/cli/valuegroups.h"
#include "app/cli/valuewriter.h"
#include "app/cli/wholecharacters.h"
#include "core/base/errortext.h"
#include "core/profile/settings.h"
#include "core/value/formatters/externaldecoder.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

/// A longer string is not kept in memory as a whole.
constexpr ByteCount largestGathered{16ULL * 1024 * 1024};

/// Whether the rest was read.
bool isGap(const Error& error)
{
    return error.kind == ErrorKind::Limit || error.kind == ErrorKind::Conflict;
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
    RowDecoding(
        const ValueRequest& request, const std::vector<DecoderRule>& rules, const ValueHead& head, ValueWriter& writer)
        : m_request(request)
        , m_rules(rules)
        , m_head(head)
        , m_writer(writer)
    {
    }

    Status take(ValueRow&& row, std::uint64_t number, std::optional<Milliseconds> left)
    {
        ShownRow shown;
        shown.number = number;
        shown.left = left;
        noteMissing(row, shown);
        for (std::size_t at = 0; at < row.size(); ++at) {
            const auto kind = m_head.type == KeyType::Json ? DecodedValue::Kind::Json : DecodedValue::Kind::Bytes;
            shown.cells.push_back({{kind, std::move(row[at].bytes)}, std::nullopt});
            const bool isDecoded = m_request.decoding != ValueRequest::Decoding::None && isValue(m_head.type, at);
            if (!isDecoded || shown.isPlaceholder) {
                continue;
            }
            if (Status decoded = decode(shown.cells.back(), fieldOf(shown)); !decoded) {
                shown.failure = decoded.error().subject + QStringLiteral(": ") + decoded.error().detail;
                ++m_failed;
                m_firstFailure = m_firstFailure ? m_firstFailure : decoded.error();
            }
        }
        return m_writer.row(shown) ? ok() : Status(outputFailure());
    }

    /// The first value that could not be decoded.
    [[nodiscard]] const std::optional<Error>& firstFailure() const { return m_firstFailure; }
    [[nodiscard]] std::uint64_t failed() const { return m_failed; }

    /// `field`: the one that the value is in, where there is one.
    [[nodiscard]] Status decode(ShownCell& cell, const std::optional<std::string>& field) const
    {
        const auto stack = stackFor(cell, field);
        if (!stack) {
            return stack.error();
        }
        auto decoded = stack->decode(cell.value.content);
        if (!decoded) {
            return std::move(decoded).error();
        }
        cell.value = *std::move(decoded);
        cell.decoders = stack->isEmpty() ? "plain" : stack->names();
        return ok();
    }

private:
    static void noteMissing(const ValueRow& row, ShownRow& shown)
    {
        const auto missing = std::ranges::find_if_not(row, &ValueCell::isWhole);
        if (missing != row.end()) {
            shown.isPlaceholder = true;
            shown.size = missing->size;
            shown.failure = tr("longer than the %1 that are read in one piece").arg(sizeText(largestWholeValue));
        }
    }
    /// What is asked for; where that is a guess, a rule of the profile comes before it.
    [[nodiscard]] Result<DecoderStack> stackFor(const ShownCell& cell, const std::optional<std::string>& field) const
    {
        if (m_request.decoding != ValueRequest::Decoding::Auto) {
            return m_request.stack;
        }
        if (const auto fitting = fittingRule(m_rules, m_request.key, field)) {
            auto stack = DecoderStack::fromNames(m_rules[*fitting].decoders.toStdString());
            return stack ? stack : std::move(stack).error().about(tr("the rule for %1").arg(m_rules[*fitting].keys));
        }
        return detectStack(cell.value.content);
    }
    [[nodiscard]] std::optional<std::string> fieldOf(const ShownRow& row) const
    {
        const bool hasFields = m_head.type == KeyType::Hash || m_head.type == KeyType::Stream;
        return hasFields ? std::optional(row.cells[row.cells.size() - 2].value.content) : std::nullopt;
    }

    const ValueRequest& m_request;
    const std::vector<DecoderRule>& m_rules;
    const ValueHead& m_head;
    ValueWriter& m_writer;
    std::uint64_t m_failed = 0;
    std::optional<Error> m_firstFailure;
};

/// What a run gives back.
struct Outcome {
    Status status;
    std::optional<QString> left = {}; ///< What could not be decoded, in words.
    bool isPart = true;               ///< In spite of what is missing: something was written.
};

QString undecodedText(const std::string& key, std::uint64_t count, const Error& first)
{
    return tr("%1: values that could not be decoded: %2; the first one: %3: %4")
        .arg(displayText(key), QString::number(count), first.subject, first.detail);
}

/// A string or a field that is decoded is read as a whole first: nothing is written where it can't be decoded.
Outcome writeDecoded(Lane& lane, const ValueRequest& request, const std::vector<DecoderRule>& rules,
    const ValueHead& head, ValueWriter& writer, const std::stop_token& stop)
{
    ShownCell cell;
    std::optional<Milliseconds> fieldLeft;
    const auto gather = [&](ValueRow&& row, std::uint64_t, const auto& left) -> Status {
        fieldLeft = left;
        cell.value.content += row.back().bytes;
        if (cell.value.content.size() <= largestWholeValue.value) {
            return ok();
        }
        return Error{ErrorKind::Limit, displayText(request.key),
            tr("Values of more than %1 are not decoded").arg(sizeText(largestWholeValue))};
    };
    if (Status read = readRows(lane, request, head, gather, stop); !read) {
        return {std::move(read), {}, false};
    }
    if (Status decoded = RowDecoding(request, rules, head, writer).decode(cell, request.field); !decoded) {
        if (decoded.error().kind == ErrorKind::Input || decoded.error().kind == ErrorKind::File) { // a rule is wrong
            return {std::move(decoded).error().about(displayText(request.key)), {}, false};
        }
        return {ok(), undecodedText(request.key, 1, decoded.error()), false};
    }
    const bool written =
        writer.begin(head) && writer.row({{std::move(cell)}, 0, {}, false, {}, fieldLeft}) && writer.end({});
    return {written ? ok() : Status(outputFailure())};
}

/// Programs as decoders, where the settings of the window allow them.
void allowPrograms(const Options& options)
{
    const auto folder = options.value("--config-dir");
    const Settings settings(folder ? QString::fromStdString(*folder) : configFolder());
    allowExternalDecoders(
        settings.allowsExternalDecoders() ? settings.externalDecoders() : std::vector<ExternalCommand>());
}

Outcome writeRows(Lane& lane, const ValueRequest& request, const std::vector<DecoderRule>& rules, const ValueHead& head,
    ValueWriter& writer, const std::stop_token& stop)
{
    RowDecoding decoding(request, rules, head, writer);
    bool hasBegun = false;
    const auto begin = [&] { return std::exchange(hasBegun, true) || writer.begin(head); };
    const auto take = [&](ValueRow&& row, std::uint64_t number, std::optional<Milliseconds> left) -> Status {
        return begin() ? decoding.take(std::move(row), number, left) : Status(outputFailure());
    };
    Status read = readRows(lane, request, head, take, stop);
    const bool isSingle = request.field || head.type == KeyType::Json || head.type == KeyType::Other;
    if (!read && !hasBegun && (isSingle || !isGap(read.error()))) {
        return {std::move(read), {}, false};
    }
    const bool isClosed = !read && read.error().subject == outputFailure().subject;
    if (isClosed || !begin() || !writer.end(read ? QString() : errorText(read.error()))) {
        return {outputFailure(), {}};
    }
    Outcome outcome{std::move(read), {}};
    if (decoding.firstFailure()) {
        outcome.left = undecodedText(head.key, decoding.failed(), *decoding.firstFailure());
    }
    return outcome;
}

/// JSON says by its form whether a string is text, and CSV whether it is escaped; both before its first byte. A short
/// one is gathered to find out, a long one is read twice: that costs time, but no memory.
bool isReadTwice(const ValueRequest& request, const ValueHead& head)
{
    const bool isSaidFirst =
        request.format == ValueRequest::Format::Json || request.format == ValueRequest::Format::Csv;
    return head.type == KeyType::String && isSaidFirst
        && head.length.value_or(largestGathered.value + 1) > largestGathered.value;
}

/// Whether what is asked for of a string is UTF-8; no more of it is read than what tells that.
Result<bool> isText(Lane& lane, const ValueRequest& request, const ValueHead& head, const std::stop_token& stop)
{
    WholeCharacters characters;
    const auto look = [&characters](ValueRow&& row, std::uint64_t, const auto&) -> Status {
        static_cast<void>(characters.take(row.back().bytes));
        return characters.isText() ? ok() : Status(Error{ErrorKind::Cancelled, {}, {}});
    };
    if (Status read = readRows(lane, request, head, look, stop); !read && characters.isText()) {
        return std::move(read).error();
    }
    return characters.isText() && !characters.isBrokenOff();
}

Outcome writeLongString(
    Lane& lane, const ValueRequest& request, const ValueHead& head, ValueWriter& writer, const std::stop_token& stop)
{
    const auto text = isText(lane, request, head, stop);
    if (!text) {
        return {text.error(), {}, false};
    }
    const Error changed{
        ErrorKind::Conflict, displayText(request.key), tr("It was text at first, and is none any more")};
    writer.expectLong(*text ? ValueWriter::LongString::Text : ValueWriter::LongString::Bytes);
    bool isOpen = writer.begin(head);
    WholeCharacters characters;
    const auto write = [&](ValueRow&& row, std::uint64_t, const auto&) -> Status {
        ShownRow shown;
        shown.cells.push_back({{DecodedValue::Kind::Bytes, std::move(row.back().bytes)}, std::nullopt});
        if (*text) {
            static_cast<void>(characters.take(shown.cells.back().value.content));
        }
        isOpen = isOpen && characters.isText() && writer.row(shown);
        return isOpen ? ok() : Status(characters.isText() ? outputFailure() : changed);
    };
    Status read = readRows(lane, request, head, write, stop);
    if (read && characters.isBrokenOff()) {
        read = changed;
    }
    const bool isWritten = (isOpen || !characters.isText()) && writer.end(read ? QString() : errorText(read.error()));
    return {isWritten ? std::move(read) : Status(outputFailure()), {}};
}

Outcome writeValue(Lane& lane, const ValueRequest& request, const std::vector<DecoderRule>& rules, ValueWriter& writer,
    const std::stop_token& stop)
{
    const auto head = fetchValueHead(lane, request.key, stop);
    if (!head) {
        return {head.error(), {}, false};
    }
    if (Status fits = fitsType(request, *head); !fits) {
        return {std::move(fits), {}, false};
    }
    if (request.groups) {
        return {writeGroups(lane, request.key, stop), {}};
    }
    const bool isSingle = head->type == KeyType::String || request.field;
    if (isSingle && request.decoding != ValueRequest::Decoding::None) {
        return writeDecoded(lane, request, rules, *head, writer, stop);
    }
    if (isReadTwice(request, *head)) {
        return writeLongString(lane, request, *head, writer, stop);
    }
    return writeRows(lane, request, rules, *head, writer, stop);
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
    allowPrograms(*options);
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
    request->resetsIdle = !target->access.canSpare();
    const auto writer = valueWriter(*request);
    const Outcome outcome =
        writeValue(*target->sparingLane(), *request, target->profile.decoderRules, *writer, interruption.token());
    if (outcome.left) {
        std::fprintf(stderr, "keyglass: %s\n", outcome.left->toUtf8().constData());
    }
    if (outcome.status) {
        return !outcome.left ? Done : outcome.isPart ? DoneInPart : Failed;
    }
    const ExitStatus status = tell(outcome.status.error());
    return outcome.isPart && isGap(outcome.status.error()) ? DoneInPart : status;
}

} // namespace keyglass::cli
