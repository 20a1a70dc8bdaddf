// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editconnection.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

/// Where the answers of a look stand.
enum At : std::size_t { AtClient, AtType, AtTtl, AtReads };

Look lookIn(const std::vector<EditRead>& reads, std::span<Reply> replies)
{
    Look look;
    if (replies[AtClient].isInteger()) {
        look.client = replies[AtClient].integer;
    }
    if (replies[AtType].isError()) {
        look.refusal = replies[AtType].text;
    }
    look.seen.typeName = replies[AtType].text;
    look.seen.isExpiryKnown = replies[AtTtl].isInteger();
    if (look.seen.isExpiryKnown && replies[AtTtl].integer >= 0) {
        look.seen.ttl = Milliseconds{replies[AtTtl].integer};
    }
    look.seen.asOf = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
    for (std::size_t at = 0; at < reads.size(); ++at) {
        Reply& reply = replies[AtReads + at];
        if (reply.isError() && !reads[at].mayFail && !look.readError) {
            look.readError = reply.text;
        }
        look.seen.replies.push_back(std::move(reply));
    }
    return look;
}

/// A command may fail in the midst of a transaction, and the others stand.
void noteFailures(Committed& committed, std::size_t writes)
{
    std::size_t done = 0;
    for (std::size_t at = 0; at < std::min(writes, committed.replies.size()); ++at) {
        const Reply& reply = committed.replies[at];
        done += reply.isError() ? 0 : 1;
        if (reply.isError() && committed.error.empty()) {
            committed.error = reply.text;
        }
    }
    if (!committed.error.empty()) {
        committed.kind = done > 0 ? Committed::Kind::HalfDone : Committed::Kind::Refused;
    }
}

std::vector<Command> questions(const EditSteps& steps, const std::vector<EditRead>& reads)
{
    std::vector<Command> all{Command{"CLIENT", "ID"}, Command{"TYPE", steps.key()}, Command{"PTTL", steps.key()}};
    for (const EditRead& read : reads) {
        all.push_back(read.command);
    }
    return all;
}

} // namespace

EditConnection::EditConnection(const EditPlace& place, const Confirmation& confirmation)
    : m_lane(place.lane->confirmed(confirmation))
    , m_asking(place.asking)
{
}

Status EditConnection::check(const std::vector<Command>& commands) const
{
    for (const Command& command : commands) {
        if (Status allowed = m_lane->check(command); !allowed) {
            return allowed;
        }
    }
    return ok();
}

/// In a slot that is on its way here, every command is announced; MULTI's announcement lasts until EXEC.
Result<std::vector<Reply>> EditConnection::ask(const std::vector<Command>& commands, std::stop_token stop)
{
    if (!m_asking) {
        return m_lane->pipeline(commands, std::move(stop));
    }
    std::vector<Command> announced;
    for (const Command& command : commands) {
        announced.push_back(Command{"ASKING"});
        announced.push_back(command);
    }
    auto replies = m_lane->pipeline(announced, std::move(stop));
    if (!replies) {
        return replies;
    }
    std::vector<Reply> own;
    for (std::size_t at = 1; at < replies->size(); at += 2) {
        own.push_back(std::move((*replies)[at]));
    }
    return own;
}

Result<Look> EditConnection::begin(const EditSteps& steps, std::stop_token stop)
{
    return start(steps, true, std::move(stop));
}

Result<Look> EditConnection::watch(const EditSteps& steps, std::stop_token stop)
{
    return start(steps, false, std::move(stop));
}

Result<Look> EditConnection::start(const EditSteps& steps, bool withMulti, std::stop_token stop)
{
    const std::vector<EditRead> reads = steps.reads();
    const std::vector<std::string> watched = steps.watched();
    Command watch{watched.empty() ? "UNWATCH" : "WATCH"};
    for (const std::string& key : watched) {
        watch.add(key);
    }
    std::vector<Command> commands{std::move(watch)};
    const std::vector<Command> asked = questions(steps, reads);
    commands.insert(commands.end(), asked.begin(), asked.end());
    if (withMulti) {
        commands.push_back(Command{"MULTI"});
    }
    const bool wasOpen = m_lane->isOpen();
    auto replies = ask(commands, stop);
    if (!replies && wasOpen && replies.error().kind == ErrorKind::Network) {
        replies = ask(commands, std::move(stop)); // it had died of idleness; nothing but looking was on its way
    }
    if (!replies) {
        return std::move(replies).error();
    }
    m_opening = m_lane->openings();
    m_isOpen = withMulti;
    Look look = lookIn(reads, std::span(*replies).subspan(1));
    look.node = nodeText();
    if (replies->front().isError()) {
        look.refusal = replies->front().text;
    } else if (withMulti && replies->back().isError() && !look.refusal) {
        look.refusal = replies->back().text;
    }
    if (look.refusal) {
        m_lane->close(); // WATCH or MULTI may stand
    }
    return look;
}

Result<Look> EditConnection::look(const EditSteps& steps, const std::vector<EditRead>& reads, std::stop_token stop)
{
    auto replies = ask(questions(steps, reads), std::move(stop));
    if (!replies) {
        return std::move(replies).error();
    }
    Look look = lookIn(reads, *replies);
    look.node = nodeText();
    return look;
}

/// A new connection would watch nothing and be in no transaction.
bool EditConnection::hasStood() const
{
    return m_lane->isOpen() && m_lane->openings() == m_opening;
}

Error EditConnection::lost() const
{
    return {ErrorKind::Network, nodeText(), QCoreApplication::translate("KeyEdit", "The connection was lost.")};
}

Result<Reply> EditConnection::openTransaction(std::stop_token stop)
{
    if (!hasStood()) {
        return lost();
    }
    auto reply = call(Command{"MULTI"}, std::move(stop));
    m_isOpen = reply && !reply->isError();
    return reply;
}

Result<Committed> EditConnection::commit(
    const std::vector<Command>& writes, const std::vector<Command>& more, std::stop_token stop)
{
    if (!hasStood() || !m_isOpen) {
        return lost();
    }
    m_isOpen = false;
    std::vector<Command> all = writes;
    all.insert(all.end(), more.begin(), more.end());
    all.push_back(Command{"EXEC"});
    auto replies = m_lane->pipeline(all, std::move(stop));
    if (!replies) {
        m_lane->close();
        return std::move(replies).error();
    }
    Committed committed;
    Reply& executed = replies->back();
    for (const Reply& reply : *replies) {
        if (reply.isError() && committed.error.empty()) {
            committed.error =
                reasonOf(reply.text); // why a command was not taken says more than that there was no EXEC then
        }
    }
    if (!committed.error.empty() || (!executed.isNil() && !executed.isArray())) {
        m_lane->close(); // whatever state it is in
        committed.kind = Committed::Kind::Refused;
        return committed;
    }
    committed.kind = executed.isNil() ? Committed::Kind::CalledOff : Committed::Kind::Done;
    committed.replies = std::move(executed.elements);
    noteFailures(committed, writes.size());
    return committed;
}

void EditConnection::leave(std::stop_token stop)
{
    if (!hasStood()) {
        return;
    }
    const auto left = m_lane->call(Command{std::exchange(m_isOpen, false) ? "DISCARD" : "UNWATCH"}, std::move(stop));
    if (!left) {
        m_lane->close();
    }
}

Result<Reply> EditConnection::call(const Command& command, std::stop_token stop)
{
    auto replies = ask({command}, std::move(stop));
    if (!replies) {
        return std::move(replies).error();
    }
    return std::move(replies->front());
}

std::optional<bool> EditConnection::hasEnded(std::int64_t client, std::stop_token stop)
{
    const std::string number = std::to_string(client);
    auto replies = ask({Command{"CLIENT", "ID"}, Command{"CLIENT", "LIST", "ID", number}}, std::move(stop));
    if (!replies || !replies->front().isInteger()) {
        return std::nullopt;
    }
    if (replies->front().integer <= client) {
        return true; // numbers only grow: it is another process
    }
    const Reply& list = replies->back();
    if (!list.isText()) {
        return std::nullopt; // forbidden, or older than 6.2
    }
    return ("\n" + list.text).find("\nid=" + number + " ") == std::string::npos;
}

} // namespace keyglass
