// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tableprobe.h"

#include "core/base/bytes.h"
#include "core/net/command.h"
#include "core/source/commandgate.h"
#include "core/source/lane.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <ranges>
#include <string>

namespace keyglass {

namespace {

using Flag = bool TablePermissions::*;

QString tr(const char* text)
{
    return QCoreApplication::translate("TableModule", text);
}

bool isForbidden(const Reply& reply)
{
    return reply.isError() && replyError(reply.text).kind == ErrorKind::Permission;
}

struct Probe {
    Command command;
    Flag what; ///< Null: one can do without it.
    QString permission;
    bool isOfSchema = false;
};

bool isOfSchema(const Command& command, const TableKeys& keys)
{
    return command.arguments().size() > 1 && command.arguments()[1] == keys.schema();
}

/// "+hset with ~{T}:* (to edit rows)"
QString permission(const Command& command, const QString& pattern, const QString& purpose)
{
    const QString name = u'+' + displayText(command.name()).toLower();
    return pattern.isEmpty() ? tr("%1 (%2)").arg(name, purpose) : tr("%1 with ~%2 (%3)").arg(name, pattern, purpose);
}

/// What changes nothing, whoever sends it.
std::vector<Probe> readsOf(const TableKeys& keys)
{
    const QString ofSchema = displayText(keys.schema());
    const QString ofKeys = displayText(keys.prefix()) + u'*';
    const QString name = displayText(keys.table());
    const QString toRead = tr("to read the table");
    const QString toEdit = tr("to edit rows");
    const QString toInsert = tr("to insert rows");
    const QString toUse = tr("to use RedisTABLE's own command");
    using P = TablePermissions;
    std::vector<Probe> probes;
    const auto add = [&](Command command, Flag what, const QString& pattern, const QString& purpose) {
        QString missing = permission(command, pattern, purpose);
        const bool ofItsSchema = isOfSchema(command, keys);
        probes.push_back({std::move(command), what, std::move(missing), ofItsSchema});
    };
    add(Command{"HGETALL", keys.schema()}, &P::mayRead, ofSchema, toRead);
    add(Command{"SMEMBERS", keys.indexed()}, &P::mayRead, ofKeys, toRead);
    add(Command{"SSCAN", keys.rows(), "0", "COUNT", "1"}, &P::mayRead, ofKeys, toRead);
    add(Command{"SCARD", keys.rows()}, &P::mayRead, ofKeys, toRead);
    add(Command{"HGETALL", keys.row("0")}, &P::mayRead, ofKeys, toRead);
    add(Command{"HMGET", keys.row("0"), "x"}, &P::mayRead, ofKeys, toRead);
    add(Command{"GET", keys.lastId()}, &P::mayInsert, ofKeys, toInsert);
    add(Command{"SMISMEMBER", keys.rows(), "0"}, nullptr, ofKeys, toRead);
    add(Command{"EXISTS", keys.row("0")}, &P::mayInsert, ofKeys, toInsert);
    add(Command{"WATCH", keys.row("0")}, &P::mayWrite, ofKeys, toEdit);
    add(Command{"SISMEMBER", keys.rows(), "0"}, &P::mayWrite, ofKeys, toEdit);
    add(Command{"UNWATCH"}, &P::mayWrite, {}, toEdit);
    add(Command{"EXEC"}, &P::mayWrite, {}, toEdit); // without a MULTI it is an error, and nothing else
    add(Command{"SCAN", "0", "COUNT", "1"}, &P::mayAlter, {}, tr("to change the schema"));
    for (const char* one : {"DUMP", "PTTL"}) {
        add(Command{one, keys.row("0")}, nullptr, ofKeys, tr("to archive what is dropped"));
    }
    add(Command{"TABLE.SELECT", keys.table(), "WHERE"}, &P::mayModule, name, toUse);
    add(Command{"TABLE.SCHEMA.ALTER", keys.table()}, &P::mayModule, name, toUse); // too few words to do anything
    return probes;
}

/// What would change the table, and is never carried out.
std::vector<Probe> writesOf(const TableKeys& keys)
{
    const QString ofSchema = displayText(keys.schema());
    const QString ofKeys = displayText(keys.prefix()) + u'*';
    const std::string row = keys.row("0");
    using P = TablePermissions;
    std::vector<Probe> probes;
    const auto add = [&](Command command, Flag what, const QString& pattern, const QString& purpose) {
        QString missing = permission(command, pattern, purpose);
        const bool ofItsSchema = isOfSchema(command, keys);
        probes.push_back({std::move(command), what, std::move(missing), ofItsSchema});
    };
    const QString toEdit = tr("to edit rows");
    add(Command{"HSET", row, "x", "x"}, &P::mayWrite, ofKeys, toEdit);
    add(Command{"HDEL", row, "x"}, &P::mayWrite, ofKeys, toEdit);
    add(Command{"SADD", keys.rows(), "0"}, &P::mayWrite, ofKeys, toEdit);
    add(Command{"SREM", keys.rows(), "0"}, &P::mayWrite, ofKeys, toEdit);
    add(Command{"SET", keys.lastId(), "0"}, &P::mayInsert, ofKeys, tr("to insert rows"));
    add(Command{"DEL", row}, nullptr, ofKeys, tr("to delete rows"));
    const QString toChange = tr("to change the schema");
    add(Command{"HSET", keys.schema(), "x", "x"}, &P::mayAlter, ofSchema, toChange);
    add(Command{"HDEL", keys.schema(), "x"}, &P::mayAlter, ofSchema, toChange);
    add(Command{"DEL", keys.schema()}, &P::mayAlter, ofSchema, toChange);
    add(Command{"SADD", keys.indexed(), "x"}, &P::mayAlter, ofKeys, toChange);
    add(Command{"SREM", keys.indexed(), "x"}, &P::mayAlter, ofKeys, toChange);
    add(Command{"UNLINK", row}, &P::mayAlter, ofKeys, toChange);
    add(Command{"RESTORE", row, "0", "x"}, nullptr, ofKeys, tr("to undo a drop"));
    return probes;
}

void judge(const Probe& probe, bool isAllowed, TablePermissions& permissions)
{
    if (isAllowed) {
        return;
    }
    permissions.refused.push_back({std::string(probe.command.name()), probe.isOfSchema, probe.permission});
    if (probe.what != nullptr) {
        permissions.*probe.what = false;
    }
    const bool isKnown = std::ranges::find(permissions.missing, probe.permission) != permissions.missing.end();
    if (!isKnown) {
        permissions.missing.push_back(probe.permission);
    }
}

/// Those that the gate lets pass; of the others nothing is asked. What it would ask for is allowed by a yes.
std::vector<Probe> passing(const Lane& lane, std::vector<Probe> probes, TablePermissions& permissions)
{
    std::erase_if(probes, [&](const Probe& probe) {
        const Status allowed = lane.check(probe.command);
        if (!allowed && allowed.error().kind != ErrorKind::Confirm && probe.what != nullptr) {
            permissions.*probe.what = false;
        }
        return !allowed;
    });
    return probes;
}

/// False: it may not be asked here.
Result<bool> probeByDryRun(
    Lane& lane, const std::vector<Probe>& probes, const std::stop_token& stop, TablePermissions& found)
{
    const std::array whoAmI{Command{"ACL", "WHOAMI"}};
    if (!lane.check(whoAmI.front())) {
        return false;
    }
    const auto user = lane.pipeline(whoAmI, stop);
    if (!user || !user->front().isText()) {
        return user ? Result(false) : Result<bool>(user.error());
    }
    std::vector<Command> asked;
    for (const Probe& probe : probes) {
        Command& one = asked.emplace_back(Command{"ACL", "DRYRUN", user->front().text});
        for (const std::string& word : probe.command.arguments()) {
            one.add(word);
        }
    }
    if (!lane.check(asked.front())) {
        return false;
    }
    const auto replies = lane.pipeline(asked, stop);
    if (!replies) {
        return replies.error();
    }
    if (!std::ranges::all_of(*replies, &Reply::isText)) { // NOPERM, or a server that does not know it
        return false;
    }
    for (std::size_t n = 0; n < probes.size(); ++n) {
        judge(probes[n], (*replies)[n].text == "OK", found);
    }
    return true;
}

Status probeByTransaction(
    Lane& lane, const std::vector<Probe>& probes, const std::stop_token& stop, TablePermissions& found)
{
    if (!lane.check(Command{"MULTI"}) || !lane.check(Command{"DISCARD"})) {
        found.isWritingUnknown = true;
        return ok();
    }
    const auto begun = lane.pipeline(std::array{Command{"MULTI"}}, stop);
    if (!begun) {
        return begun.error();
    }
    if (begun->front().isError()) { // what follows would be carried out
        judge({Command{"MULTI"}, &TablePermissions::mayWrite, permission(Command{"MULTI"}, {}, tr("to edit rows")),
                  false},
            !isForbidden(begun->front()), found);
        found.mayWrite = false;
        found.mayInsert = false;
        found.mayAlter = false;
        return ok();
    }
    const std::uint64_t opening = lane.openings();
    std::vector<Command> queued;
    for (const Probe& probe : probes) {
        queued.push_back(probe.command);
    }
    queued.push_back(Command{"DISCARD"});
    if (!lane.isOpen() || lane.openings() != opening) {
        return Error{ErrorKind::Network, lane.nodeText(), {}};
    }
    const auto replies = lane.pipeline(queued, stop);
    if (!replies || replies->back().isError()) {
        lane.close(); // with it goes what was queued
    }
    if (!replies) {
        return replies.error();
    }
    for (std::size_t n = 0; n < probes.size(); ++n) {
        judge(probes[n], !isForbidden((*replies)[n]), found);
    }
    return ok();
}

} // namespace

std::vector<QString> TablePermissions::missingFor(const std::vector<Command>& commands, const TableKeys& keys) const
{
    std::vector<QString> all;
    for (const Command& command : commands) {
        const auto isMeant = [&](const Refused& one) {
            return one.command == command.name() && one.isOfSchema == isOfSchema(command, keys);
        };
        const auto latest = refused | std::views::reverse; // what is probed last is for the schema
        const auto found = std::ranges::find_if(latest, isMeant);
        if (found != latest.end() && std::ranges::find(all, found->permission) == all.end()) {
            all.push_back(found->permission);
        }
    }
    return all;
}

std::optional<TablePermissions> KnownRights::find(const std::string& node, const TableKeys& keys) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_known.find(node + ' ' + keys.schema());
    return found == m_known.end() ? std::nullopt : std::optional(found->second);
}

void KnownRights::keep(const std::string& node, const TableKeys& keys, const TablePermissions& permissions)
{
    const std::scoped_lock lock(m_mutex);
    m_known.insert_or_assign(node + ' ' + keys.schema(), permissions);
}

void KnownRights::forget(const TableKeys& keys)
{
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_known, [end = ' ' + keys.schema()](const auto& one) { return one.first.ends_with(end); });
}

void KnownRights::forgetAll()
{
    const std::scoped_lock lock(m_mutex);
    m_known.clear();
}

Result<TablePermissions> probeTable(Lane& lane, const TableKeys& keys, bool isOneServer, std::stop_token stop)
{
    TablePermissions permissions;
    const auto reads = passing(lane, readsOf(keys), permissions);
    std::vector<Command> asked;
    std::ranges::transform(reads, std::back_inserter(asked), &Probe::command);
    const auto replies = lane.pipeline(asked, stop);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t n = 0; n < reads.size(); ++n) {
        judge(reads[n], !isForbidden((*replies)[n]), permissions);
    }
    permissions.isLogged = !permissions.refused.empty();
    std::vector<Probe> all = writesOf(keys);
    std::vector<std::string> names{"ACL DRYRUN", "MULTI", "DISCARD"};
    std::ranges::transform(
        all, std::back_inserter(names), [](const Probe& probe) { return std::string(probe.command.name()); });
    const std::unique_ptr<Lane> asking = lane.confirmed(Confirmation(names)); // a yes to asking; nothing is done
    const auto writes = passing(*asking, std::move(all), permissions);
    const auto isAsked = writes.empty() ? Result(true) : probeByDryRun(*asking, writes, stop, permissions);
    if (!isAsked) {
        return isAsked.error();
    }
    permissions.isWritingUnknown = !*isAsked && !isOneServer;
    const bool queues = !*isAsked && isOneServer;
    if (Status probed = queues ? probeByTransaction(*asking, writes, stop, permissions) : ok(); !probed) {
        return std::move(probed).error();
    }
    permissions.isLogged = permissions.isLogged || (queues && !permissions.refused.empty());
    return permissions;
}

} // namespace keyglass
