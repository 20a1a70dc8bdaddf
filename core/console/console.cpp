// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/console.h"

#include "core/base/bytes.h"
#include "core/console/console_p.h"
#include "core/console/consolerules.h"
#include "core/console/consoletext.h"
#include "core/console/scanrun.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

Reply text(std::string bytes)
{
    Reply reply;
    reply.type = Reply::Type::String;
    reply.text = std::move(bytes);
    return reply;
}

Command commandOf(const std::vector<std::string>& words)
{
    Command command;
    for (const std::string& word : words) {
        command.add(std::string_view(word));
    }
    return command;
}

/// Errors that are not one node's own: there is no use in going on with the others.
bool concernsAll(ErrorKind kind)
{
    return kind == ErrorKind::Cancelled || kind == ErrorKind::Limit || kind == ErrorKind::Input
        || kind == ErrorKind::Refused || kind == ErrorKind::File;
}

/// Errors by which a command is not even sent.
bool isRefusal(ErrorKind kind)
{
    return kind == ErrorKind::Input || kind == ErrorKind::ReadOnly || kind == ErrorKind::Confirm
        || kind == ErrorKind::Refused;
}

/// Stopped before it went out, as the line is still good.
bool wasNotSent(const Error& error, const Lane& lane)
{
    return error.kind == ErrorKind::Cancelled && lane.isOpen();
}

/// Of an EXEC that was not answered: it may have reached the server.
Error mayBeDone(Error error)
{
    error.detail += (error.detail.isEmpty() ? QString() : QStringLiteral(" "))
        + ConsoleText::tr("Whether the transaction was done is not known: look at its keys before it is sent again.");
    return error;
}

Error stoppedAt(Error error, const std::string& cursor)
{
    error.detail += (error.detail.isEmpty() ? QString() : QStringLiteral(" "))
        + ConsoleText::tr("The scan stopped there at cursor %1.").arg(displayText(cursor));
    return error;
}

/// The lane with the user's yes to `command`, or without.
std::unique_ptr<Lane> laneFor(Lane& lane, const ConsoleSource& source, const Command& command, bool confirmed)
{
    return lane.confirmed(confirmed ? Confirmation({source.gate->nameOf(command)}) : Confirmation());
}

} // namespace

Console::Console(ConsoleSource source)
    : m_source(std::move(source))
{
}

Result<ConsoleAnswer> Console::run(const ConsoleCommand& command, std::stop_token stop)
{
    return run(command, std::move(stop), {});
}

Result<ConsoleAnswer> Console::run(const ConsoleCommand& command, std::stop_token stop, const Listener& listener)
{
    if (command.words.empty()) {
        return consoleInput(ConsoleText::tr("The line"), ConsoleText::tr("It is empty."));
    }
    const auto scan = read(command);
    if (!scan) {
        missFromAll(command.words);
        return scan.error();
    }
    if (*scan && ((*scan)->operation || command.all)) {
        return runScan(command, **scan, std::move(stop), listener);
    }
    return runPlain(command, std::move(stop));
}

/// The scan of a line that is one. Errors for what can't be run, wherever it is sent.
Result<std::optional<ScanBound>> Console::read(const ConsoleCommand& command) const
{
    if (!command.node.isEmpty() && !m_source.cluster) {
        return consoleInput(command.node, ConsoleText::tr("A node is chosen in a cluster only."));
    }
    auto scan = ScanBound::parse(command.words, m_source.gate->table());
    if (!scan) {
        return scan;
    }
    if (*scan && ((*scan)->operation || command.all)) {
        Status free = allowScanNow(command);
        return free ? std::move(scan) : std::move(free).error();
    }
    if (command.all) {
        return consoleInput(spoken(command.words),
            ConsoleText::tr("Only SCAN, SSCAN, HSCAN and ZSCAN can be gone on with to the end."));
    }
    if (*scan) {
        if (auto place = nodesFor(command, **scan); !place) {
            return std::move(place).error();
        }
    }
    return scan;
}

/// A scan's steps and operations are done at once, each for itself, on other connections.
Status Console::allowScanNow(const ConsoleCommand& command) const
{
    for (const auto& [node, line] : m_lines) {
        if (line.inTransaction) {
            return consoleInput(spoken(command.words),
                ConsoleText::tr("MULTI has begun a transaction, and a scan with an operation or to its end can't be a "
                                "part of it: end that by EXEC or DISCARD before."));
        }
    }
    return ok();
}

Result<ConsoleAnswer> Console::runPlain(const ConsoleCommand& request, std::stop_token stop)
{
    const auto found = lineFor(request.node);
    if (!found) {
        missFromAll(request.words);
        return found.error();
    }
    Line& line = **found;
    const bool isWhole = !line.missing && line.asked.empty();
    if (line.inTransaction && !isWhole && lowerAscii(request.words.front()) == "exec") {
        return abandon(line, std::move(stop));
    }
    auto answer = runOn(line, request, std::move(stop));
    if (!line.inTransaction) {
        line.missing.reset();
        line.asked.clear();
    } else if (!answer && (isRefusal(answer.error().kind) || wasNotSent(answer.error(), *line.lane))) {
        miss(line, request.words, answer.error().kind);
    } else if (answer && request.confirmed) { // a yes is for one command: the others are still missing
        if (const auto sent = std::ranges::find(line.asked, request.words); sent != line.asked.end()) {
            line.asked.erase(sent);
        }
    }
    return answer;
}

/// Keeps in mind that a command of the transaction was not sent. What ends one is no part of it, and can be said again.
void Console::miss(Line& line, const std::vector<std::string>& words, ErrorKind why)
{
    if (!line.inTransaction || dropsState(lowerAscii(words.front()))) {
        return;
    }
    if (why == ErrorKind::Confirm) {
        line.asked.push_back(words);
    } else if (!line.missing) {
        line.missing = spoken(words);
    }
}

/// Of a command that was refused before it was known where it belongs.
void Console::missFromAll(const std::vector<std::string>& words)
{
    for (auto& [node, line] : m_lines) {
        miss(line, words, ErrorKind::Input);
    }
}

void Console::missLine()
{
    for (auto& [node, line] : m_lines) {
        if (line.inTransaction && !line.missing) {
            line.missing = ConsoleText::tr("A line that could not be read");
        }
    }
}

bool Console::holdsState() const
{
    return std::ranges::any_of(m_lines, [](const auto& line) { return line.second.holdsState; });
}

Error Console::lostState(const QString& where)
{
    return {ErrorKind::Network, where,
        ConsoleText::tr("The connection was lost, and with it what MULTI or WATCH had begun. Nothing of it was done.")};
}

/// Ends a transaction that one of its commands is missing from, with nothing of it done.
Error Console::abandon(Line& line, std::stop_token stop)
{
    const QString refused = line.missing ? *line.missing : spoken(line.asked.front());
    line.missing.reset();
    line.asked.clear();
    line.holdsState = false;
    line.inTransaction = false;
    const Command discard{"DISCARD"};
    if (const auto ended = line.lane->pipeline({&discard, 1}, std::move(stop)); !ended) {
        return ended.error();
    }
    return Error{ErrorKind::Refused, QStringLiteral("EXEC"),
        ConsoleText::tr(
            "%1 was refused or stopped before, and a transaction is done whole or not at all: it was discarded, and "
            "nothing of it was done.")
            .arg(refused)};
}

Result<ConsoleAnswer> Console::runOn(Line& line, const ConsoleCommand& request, std::stop_token stop) const
{
    const Command command = commandOf(request.words);
    const std::string name = lowerAscii(command.name());
    if (Status good = checkForConsole(command, m_source.longestWait); !good) {
        return std::move(good).error();
    }
    Lane& lane = *line.lane;
    ConsoleAnswer answer;
    if (m_source.cluster && request.node.isEmpty()) {
        if (Status good = allowPlace(command, answer.notes, lane); !good) {
            return std::move(good).error();
        }
    }
    const auto dropState = [&line] { line.holdsState = line.inTransaction = false; };
    if (line.holdsState && !lane.isOpen()) {
        dropState();
        return lostState(lane.nodeText());
    }
    const Confirmation yes = request.confirmed ? Confirmation({m_source.gate->nameOf(command)}) : Confirmation();
    Status allowed = m_source.gate->check(command, yes);
    if (!allowed && allowed.error().kind == ErrorKind::Confirm) {
        return std::move(allowed).error(); // asked for by its own name; the lane would name the node
    }
    auto replies = laneFor(lane, m_source, command, request.confirmed)->pipeline({&command, 1}, std::move(stop));
    if (!replies) {
        if (name == "exec" && line.inTransaction) {
            dropState();
            return mayBeDone(std::move(replies).error());
        }
        return std::move(replies).error();
    }
    answer.reply = std::move(replies->front());
    if (!answer.reply.isError() && takesState(name)) {
        line.holdsState = true;
        line.inTransaction = line.inTransaction || name == "multi";
    } else if (dropsState(name)) {
        dropState();
    }
    return answer;
}

/// What the gate says of the operation, before the first element is asked for.
Status Console::allowOperation(Lane& lane, const ScanBound& scan, bool confirmed) const
{
    const Command sample = scan.operation->sample();
    if (Status good = checkForOperation(sample, m_source.longestWait); !good) {
        return good;
    }
    if (Status allowed = laneFor(lane, m_source, sample, confirmed)->check(sample); !allowed) {
        return allowed;
    }
    const bool isProduction = m_source.gate->rules().environment == Environment::Production;
    if (isProduction && !confirmed && !readingGate(m_source.gate).check(sample)) {
        return Error{ErrorKind::Confirm, spoken(sample),
            ConsoleText::tr("This is a production server, and it is done to every element of the scan.")};
    }
    return ok();
}

/// Where the walk over one node ended.
struct Console::Walk {
    std::string cursor;
    bool hasBegun = false;       ///< At least one step was done.
    std::optional<Error> broken; ///< Why it did not come to its end.
};

/// One step of a node, or all to its end. A cursor means nothing to another server process: a connection that was
/// opened anew between two steps ends the walk.
Console::Walk Console::walk(
    ScanRun& run, Lane& lane, const ScanBound& scan, const ConsoleCommand& command, const std::stop_token& stop) const
{
    const auto yes =
        laneFor(lane, m_source, scan.operation ? scan.operation->sample() : scan.scanCommand("0"), command.confirmed);
    Walk walk{scan.cursor(), false, {}};
    std::uint64_t openings = 0;
    do {
        auto next = run.step(*yes, walk.cursor, stop);
        if (next && walk.hasBegun && lane.openings() != openings) {
            next = Error{ErrorKind::Conflict, lane.nodeText(),
                ConsoleText::tr("The connection was opened anew, and the cursor may be another server process's.")};
        }
        if (!next) {
            walk.broken = std::move(next).error();
            return walk;
        }
        openings = lane.openings();
        walk.hasBegun = true;
        walk.cursor = *std::move(next);
    } while (command.all && walk.cursor != "0");
    return walk;
}

Result<ConsoleAnswer> Console::runScan(
    const ConsoleCommand& command, const ScanBound& scan, std::stop_token stop, const Listener& listener)
{
    const auto nodes = nodesFor(command, scan);
    if (!nodes) {
        return nodes.error();
    }
    ConsoleAnswer answer;
    ScanRun run(m_source, scan, listener, answer);
    const auto before = m_source.cluster ? m_source.cluster->topology() : nullptr;
    std::string cursor = scan.cursor();
    bool hasBegun = false;
    for (const std::string& node : *nodes) {
        Lane& lane = scanLane(node);
        if (Status allowed = scan.operation ? allowOperation(lane, scan, command.confirmed) : ok(); !allowed) {
            return std::move(allowed).error();
        }
        Walk one = walk(run, lane, scan, command, stop);
        hasBegun = hasBegun || one.hasBegun;
        cursor = std::move(one.cursor);
        if (!one.broken) {
            continue;
        }
        const bool endsAll = concernsAll(one.broken->kind);
        if (!hasBegun && (nodes->size() == 1 || endsAll)) {
            return *std::move(one.broken);
        }
        answer.gaps.push_back(stoppedAt(*std::move(one.broken), cursor));
        if (endsAll) {
            break;
        }
    }
    const bool overAll = command.all && command.node.isEmpty() && m_source.cluster && !scan.key();
    if (overAll && m_source.cluster->topology() != before) {
        answer.notes << ConsoleText::tr(
            "The cluster changed meanwhile: keys that moved may be missing, or have come twice.");
    }
    const bool hasCursor = !overAll || answer.gaps.empty(); // that of several nodes would be none's
    answer.reply = run.reply(hasCursor ? text(std::move(cursor)) : Reply());
    return answer;
}

Lane& Console::scanLane(const std::string& node)
{
    auto& lane = m_scanLanes[node];
    if (!lane) {
        lane = m_source.makeLane(node);
    }
    return *lane;
}

} // namespace keyglass
