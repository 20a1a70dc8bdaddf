// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/commandgate.h"

#include "core/base/bytes.h"
#include "core/source/tabletraps.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandGate", text);
}

/// Commands that change no data and no setting of the server, though it does not flag them `readonly`, and whose answer
/// a browser needs. Sorted. What changes the connection only (SELECT, CLIENT NO-TOUCH, SUBSCRIBE…) is among them; EXEC
/// is, because the gate has seen each command of the transaction before.
constexpr std::string_view harmless[] = {"acl|whoami", "asking", "auth", "client|caching", "client|getname",
    "client|getredir", "client|id", "client|info", "client|list", "client|no-touch", "client|setinfo", "client|setname",
    "client|tracking", "client|trackinginfo", "cluster|countkeysinslot", "cluster|getkeysinslot", "cluster|info",
    "cluster|keyslot", "cluster|links", "cluster|myid", "cluster|myshardid", "cluster|nodes", "cluster|replicas",
    "cluster|shards", "cluster|slaves", "cluster|slots", "command", "command|count", "command|docs", "command|getkeys",
    "command|getkeysandflags", "command|info", "command|list", "config|get", "discard", "echo", "exec", "hello", "info",
    "lastsave", "latency|doctor", "latency|graph", "latency|histogram", "latency|history", "latency|latest",
    "memory|doctor", "memory|stats", "module|list", "multi", "ping", "psubscribe", "pubsub|channels", "pubsub|numpat",
    "pubsub|numsub", "punsubscribe", "quit", "readonly", "role", "select", "sentinel|get-master-addr-by-name",
    "sentinel|master", "sentinel|masters", "sentinel|myid", "sentinel|replicas", "sentinel|sentinels",
    "sentinel|slaves", "slowlog|get", "slowlog|len", "ssubscribe", "subscribe", "sunsubscribe", "time", "unsubscribe",
    "unwatch", "watch"};
static_assert(std::ranges::is_sorted(harmless));

bool isHarmless(std::string_view name)
{
    return std::ranges::binary_search(harmless, name);
}

/// KEYS walks the whole keyspace in one call while everybody else waits.
bool blocksServer(std::string_view name)
{
    return name == "keys";
}

/// What no archive of ours can bring back, whatever the server is used for; null for all else.
const char* endsEverything(std::string_view name)
{
    if (name == "flushall") {
        return QT_TRANSLATE_NOOP("CommandGate", "It deletes every key of every database. There is no undo.");
    }
    if (name == "flushdb") {
        return QT_TRANSLATE_NOOP("CommandGate", "It deletes every key of this database. There is no undo.");
    }
    if (name == "shutdown") {
        return QT_TRANSLATE_NOOP("CommandGate", "It ends the server, for everyone.");
    }
    return nullptr;
}

/// The server flags TOUCH `readonly`, yet to change what it knows of a key's use is all it does.
bool changesData(std::string_view name, const CommandTraits& traits)
{
    return traits.isWrite || name == "touch";
}

/// "CONFIG SET" for config|set: as people write it, cut to what a line can show.
QString spoken(std::string_view name)
{
    constexpr std::size_t longest = 60;
    std::string text(name.substr(0, longest));
    for (char& each : text) {
        const bool isLower = each >= 'a' && each <= 'z';
        each = each == '|' ? ' ' : isLower ? static_cast<char>(each - 'a' + 'A') : each;
    }
    return displayText(text);
}

/// What is known of a command. One that a server does not list it does not have: it was renamed or switched off there,
/// or is newer. What only reads elsewhere may be asked for all the same: the answer is an error, and whoever asked goes
/// on without it, where a refusal would end the whole pipeline.
const CommandTraits* traitsOf(const CommandTable& table, std::string_view name)
{
    const CommandTraits* listed = table.find(name);
    if (listed || !table.isFromServer()) {
        return listed;
    }
    const CommandTraits* elsewhere = CommandTable::builtIn()->find(name);
    return elsewhere && elsewhere->isReadOnly ? elsewhere : nullptr;
}

/// By the server's own containers, or those that it should have.
std::string nameIn(const CommandTable& table, const Command& command)
{
    std::string name = table.nameOf(command);
    return table.find(name) || !table.isFromServer() ? name : CommandTable::builtIn()->nameOf(command);
}

std::string fullName(std::string_view name)
{
    std::string text = lowerAscii(name);
    std::replace(text.begin(), text.end(), ' ', '|');
    return text;
}

} // namespace

Confirmation::Confirmation(std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        m_names.push_back(fullName(name));
    }
}

Confirmation::Confirmation(const std::vector<std::string>& names)
{
    for (const std::string& name : names) {
        m_names.push_back(fullName(name));
    }
}

bool Confirmation::covers(std::string_view name) const
{
    return std::ranges::find(m_names, name) != m_names.end();
}

CommandGate::CommandGate(GateRules rules, std::shared_ptr<const CommandTable> table)
    : m_rules(rules)
    , m_table(std::move(table))
{
    Q_ASSERT(m_table);
}

bool CommandGate::endsMoreThanKeys(const Command& command) const
{
    return endsEverything(nameOf(command)) != nullptr;
}

std::string CommandGate::nameOf(const Command& command) const
{
    return nameIn(*m_table, command);
}

Status CommandGate::check(const Command& command, const Confirmation& confirmation) const
{
    if (command.isEmpty()) {
        return Error{ErrorKind::Input, tr("The command"), tr("It is empty.")};
    }
    if (passesUnseen(command)) {
        return ok();
    }
    const std::string name = nameOf(command);
    const auto trap = tableTrap(command, name);
    if (trap && !trap->mayBeConfirmed) {
        return Error{ErrorKind::Refused, spoken(name), trap->why};
    }
    switch (judge(command, name)) {
    case Verdict::Allow:
        if (!trap) {
            return ok();
        }
        break;
    case Verdict::Refuse:
        return Error{ErrorKind::ReadOnly, spoken(name), tr("This connection only reads.")};
    case Verdict::Ask:
        break;
    }
    if (confirmation.covers(name)) {
        return ok();
    }
    const char* const end = endsEverything(name);
    return Error{ErrorKind::Confirm, spoken(name),
        trap                     ? trap->why
            : end                ? tr(end)
            : blocksServer(name) ? tr("It stops the server for everyone while it runs.")
                                 : tr("This is a production server.")};
}

/// Where all may be done, only what asks everywhere and the commands of tables are looked at: a job asks millions of
/// times.
bool CommandGate::passesUnseen(const Command& command) const
{
    if (m_rules.readOnly || m_rules.environment == Environment::Production || command.name().empty()) {
        return false;
    }
    constexpr std::string_view lookedAt = "fFkKtT"; // FLUSH…, KEYS, TABLE.…
    constexpr std::size_t shutdown = 8;             // letters: not SET or SCAN
    const std::string_view name = command.name();
    const bool mayShutDown = name.size() == shutdown && (name.front() == 's' || name.front() == 'S');
    return !mayShutDown && lookedAt.find(name.front()) == std::string_view::npos;
}

CommandGate::Verdict CommandGate::judge(const Command& command, std::string_view name) const
{
    const bool isRefused = m_rules.readOnly && judgeReadOnly(name) == Verdict::Refuse;
    if (isRefused) {
        return Verdict::Refuse;
    }
    if (blocksServer(name) || endsEverything(name)) {
        return Verdict::Ask;
    }
    return m_rules.environment == Environment::Production ? judgeProduction(command, name) : Verdict::Allow;
}

CommandGate::Verdict CommandGate::judgeReadOnly(std::string_view name) const
{
    if (isHarmless(name)) {
        return Verdict::Allow;
    }
    const CommandTraits* traits = traitsOf(*m_table, name);
    const bool reads = traits && traits->isReadOnly && !changesData(name, *traits);
    return reads ? Verdict::Allow : Verdict::Refuse;
}

CommandGate::Verdict CommandGate::judgeProduction(const Command& command, std::string_view name) const
{
    if (isHarmless(name)) {
        return Verdict::Allow;
    }
    const CommandTraits* traits = traitsOf(*m_table, name);
    if (!traits || traits->isAdmin || traits->isDangerous) {
        return Verdict::Ask;
    }
    if (traits->isScripting && !traits->isReadOnly) { // what a script writes can't be told beforehand
        return Verdict::Ask;
    }
    const bool isLarge =
        isLargeTableCommand(name) || (changesData(name, *traits) && m_table->keyCount(command) != std::size_t{1});
    return isLarge ? Verdict::Ask : Verdict::Allow;
}

} // namespace keyglass
