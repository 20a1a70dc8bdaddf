// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/partcommands.h"

namespace keyglass {

namespace {

constexpr std::size_t rowsInCommand = 100;
constexpr std::size_t bytesInCommand = 256ULL * 1024;
/// A group that is made and taken away at once, for a stream that has no entry to begin with.
constexpr std::string_view passingGroup = "keyglass";

/// Commands that take many elements, another one after some of them.
class Gatherer {
public:
    Gatherer(std::string_view command, const std::string& name, std::vector<Command>& commands)
        : m_start{command, name}
        , m_commands(commands)
    {
    }
    void add(const std::string& one)
    {
        begin(one.size());
        m_commands.back().add(one);
    }
    void add(const std::string& one, const std::string& other)
    {
        begin(one.size() + other.size());
        m_commands.back().add(one).add(other);
    }

private:
    void begin(std::size_t bytes)
    {
        if (m_rows == 0 || m_rows == rowsInCommand || m_bytes + bytes > bytesInCommand) {
            m_commands.push_back(m_start);
            m_rows = 0;
            m_bytes = 0;
        }
        ++m_rows;
        m_bytes += bytes;
    }

    const Command m_start;
    std::vector<Command>& m_commands;
    std::size_t m_rows = 0;
    std::size_t m_bytes = 0;
};

void makeHash(const KeyPart& part, const std::string& name, std::vector<Command>& commands)
{
    Gatherer fields("HSET", name, commands);
    for (const KeyPart::Row& row : part.rows) {
        fields.add(row[0], row[1]);
    }
    for (const FieldEndPart& end : part.fieldEnds) {
        commands.push_back(Command{"HPEXPIREAT", name}.add(end.at.count()).add("FIELDS").add("1").add(end.field));
    }
}

void makeGroup(const GroupPart& group, const std::string& name, const MakingWays& ways, std::vector<Command>& commands)
{
    Command create{"XGROUP", "CREATE", name, group.name, group.lastDelivered};
    if (ways.hasStreamCounters && group.entriesRead) {
        create.add("ENTRIESREAD").add(static_cast<std::int64_t>(*group.entriesRead));
    }
    commands.push_back(std::move(create));
    for (const std::string& consumer : group.consumers) {
        if (ways.hasConsumers) {
            commands.push_back(Command{"XGROUP", "CREATECONSUMER", name, group.name, consumer});
        }
    }
    for (const PendingPart& one : group.pending) {
        commands.push_back(Command{"XCLAIM", name, group.name, one.consumer, "0", one.id, "TIME"}
                .add(one.deliveredAt.count())
                .add("RETRYCOUNT")
                .add(static_cast<std::int64_t>(one.deliveries))
                .add("FORCE")
                .add("JUSTID"));
    }
}

void makeStream(const KeyPart& part, const std::string& name, const MakingWays& ways, std::vector<Command>& commands)
{
    for (const KeyPart::Row& row : part.rows) {
        Command add{"XADD", name};
        for (const std::string& cell : row) {
            add.add(cell);
        }
        commands.push_back(std::move(add));
    }
    if (part.isWhole() && part.rows.empty()) {
        commands.push_back(Command{"XGROUP", "CREATE", name, passingGroup, "$", "MKSTREAM"});
        commands.push_back(Command{"XGROUP", "DESTROY", name, passingGroup});
    }
    if (!part.stream) {
        return;
    }
    if (!part.stream->lastId.empty()) {
        Command last{"XSETID", name, part.stream->lastId};
        if (ways.hasStreamCounters && part.stream->entriesAdded && !part.stream->maxDeletedId.empty()) {
            last.add("ENTRIESADDED").add(static_cast<std::int64_t>(*part.stream->entriesAdded));
            last.add("MAXDELETEDID").add(part.stream->maxDeletedId);
        }
        commands.push_back(std::move(last));
    }
    for (const GroupPart& group : part.stream->groups) {
        makeGroup(group, name, ways, commands);
    }
}

void makeString(const KeyPart& part, const std::string& name, std::vector<Command>& commands)
{
    bool isBegun = !part.isFirst;
    for (const KeyPart::Row& row : part.rows) {
        commands.push_back(Command{isBegun ? "APPEND" : "SET", name, row[0]});
        isBegun = true;
    }
    if (!isBegun) {
        commands.push_back(Command{"SET", name, ""});
    }
}

void makeElements(
    const KeyPart& part, std::string_view command, const std::string& name, std::vector<Command>& commands)
{
    Gatherer elements(command, name, commands);
    for (const KeyPart::Row& row : part.rows) {
        elements.add(row[0]);
    }
}

} // namespace

std::vector<Command> makingCommands(const KeyPart& part, const std::string& name, const MakingWays& ways)
{
    std::vector<Command> commands;
    if (!part.dump.empty()) {
        commands.push_back(Command{"RESTORE", name, "0", part.dump});
        return commands;
    }
    switch (part.type) {
    case KeyType::String:
        makeString(part, name, commands);
        break;
    case KeyType::Hash:
        makeHash(part, name, commands);
        break;
    case KeyType::List:
        makeElements(part, "RPUSH", name, commands);
        break;
    case KeyType::Set:
        makeElements(part, "SADD", name, commands);
        break;
    case KeyType::SortedSet: {
        Gatherer members("ZADD", name, commands);
        for (const KeyPart::Row& row : part.rows) {
            members.add(row[1], row[0]);
        }
        break;
    }
    case KeyType::Stream:
        makeStream(part, name, ways, commands);
        break;
    case KeyType::None:
    case KeyType::Json:
    case KeyType::Table:
    case KeyType::Other:
        break;
    }
    return commands;
}

Command endCommand(const std::string& name, Milliseconds at)
{
    return Command{"PEXPIREAT", name}.add(at.count());
}

} // namespace keyglass
