// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/importbatch.h"

#include "core/base/stopwait.h"
#include "core/source/lane.h"
#include "core/transfer/importbatch_p.h"

#include <algorithm>
#include <map>
#include <utility>

namespace keyglass {

namespace {

/// A passing name ends by itself, should nobody take it away.
constexpr std::string_view longestPassing = "3600000";

/// Good where the server, or a node of the cluster, has taken every command; else none would for as long as a lane
/// waits.
Status takenByNodes(const std::vector<Reply>& replies, const ImportOptions& options)
{
    const auto refused = std::ranges::find_if(replies, [&options](const Reply& reply) {
        return reply.isError() && (options.isCluster ? isElsewhere(reply) : isRefusedForNow(reply.text));
    });
    if (refused == replies.end()) {
        return ok();
    }
    return Error{ErrorKind::Network, options.node, QString::fromStdString(refused->text)};
}

/// What the user can do about it.
constexpr std::string_view newerDump =
    " (an archive of DUMPs goes to servers that are no older than its own: export these keys as JSON lines instead)";
constexpr std::string_view noFieldEnds =
    "some of its fields end by themselves, which this server does not know (Redis 7.4 and Valkey 9 do)";

} // namespace

ImportSteps::ImportSteps(ImportLanes& lanes, ImportOptions& options, UndoArchiveWriter* archive)
    : m_lanes(lanes)
    , m_options(options)
    , m_archive(archive)
    , m_names(options.isCluster)
{
    m_options.archiving.givesStates = archive != nullptr;
}

/// What the server refuses for now (it runs a script, loads, …) is asked again while the patience lasts: from the first
/// refused command on, where all behind it are, so that they are done in their order.
Result<std::vector<Reply>> ImportSteps::sendPatiently(
    Lane& lane, std::span<const Command> commands, const std::stop_token& stop) const
{
    const Deadline patience(m_options.patience);
    Milliseconds pause = firstPause;
    auto replies = lane.pipeline(commands, stop);
    while (replies) {
        const auto refused = std::ranges::find_if(*replies, isForNow);
        if (refused == replies->end() || !std::all_of(refused, replies->end(), isForNow) || patience.hasPassed()
            || stop.stop_requested()) {
            break;
        }
        waitOrStop(std::min(pause, patience.left()), stop);
        pause = std::min(pause * 2, longestPause);
        const auto first = static_cast<std::size_t>(refused - replies->begin());
        auto again = lane.pipeline(commands.subspan(first), stop);
        if (!again) {
            return std::move(again).error();
        }
        std::ranges::move(*again, refused);
    }
    return replies;
}

Status ImportSteps::look(std::vector<ImportedKey>& keys, const std::stop_token& stop)
{
    m_isNaming = false;
    std::vector<Command> commands;
    commands.reserve(keys.size());
    for (const ImportedKey& key : keys) {
        commands.push_back(Command{"EXISTS", key.part.key});
    }
    const auto replies = m_lanes.routed.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    if (Status taken = takenByNodes(*replies, m_options); !taken) {
        return taken;
    }
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const Reply& reply = (*replies)[at];
        keys[at].isThere = reply.isInteger() && reply.integer == 1;
        if (!reply.isInteger()) {
            keys[at].settle(Outcome::Failed, reply.text);
        } else if (keys[at].isThere && m_options.conflict == ImportConflict::Skip) {
            keys[at].settle(Outcome::Skipped, isInTheWay);
        } else if (keys[at].isThere && m_options.conflict == ImportConflict::Fail) {
            keys[at].settle(Outcome::Failed, isInTheWay);
        }
    }
    return ok();
}

Status ImportSteps::make(std::vector<ImportedKey>& keys, const std::stop_token& stop)
{
    m_isNaming = false;
    std::vector<Command> commands;
    std::vector<ImportedKey*> owners; // of each command
    for (ImportedKey& key : keys) {
        if (key.outcome) {
            continue;
        }
        if (key.name.empty()) {
            key.name = m_names.nameFor(key.part.key);
        }
        std::vector<Command> own = makingCommands(key.part, key.name, m_options.making);
        if (own.empty() && key.part.isFirst) {
            key.settle(Outcome::Failed, "nothing of it stands in the file");
            continue;
        }
        if (!own.empty()) {
            own.insert(own.begin() + 1, Command{"PEXPIRE", key.name, longestPassing});
        }
        key.isBegun = true;
        for (Command& command : own) {
            commands.push_back(std::move(command));
            owners.push_back(&key);
        }
    }
    if (commands.empty()) {
        return ok();
    }
    const auto replies = sendPatiently(m_lanes.routed, commands, stop);
    if (!replies) {
        return replies.error();
    }
    if (Status taken = takenByNodes(*replies, m_options); !taken) {
        return taken;
    }
    for (std::size_t at = 0; at < owners.size(); ++at) {
        const Reply& reply = (*replies)[at];
        if (reply.isError() && !owners[at]->outcome) {
            const bool isNewer = commands[at].name() == "RESTORE" && isOfAnotherVersion(reply.text);
            const bool hasNoEnds = commands[at].name() == "HPEXPIREAT" && isUnknownCommand(reply);
            owners[at]->settle(Outcome::Failed,
                hasNoEnds     ? std::string(noFieldEnds)
                    : isNewer ? reply.text + std::string(newerDump)
                              : reply.text);
        } else if (reply.isArray() && reply.elements.empty() && commands[at].name() == "XCLAIM") {
            owners[at]->detail = "what was pending of deleted entries can't be made again";
        }
    }
    return ok();
}

Status ImportSteps::archive(std::vector<ImportedKey>& keys, const std::stop_token& stop)
{
    if (m_archive == nullptr) {
        return ok();
    }
    std::map<Lane*, std::vector<ImportedKey*>> byOwner;
    for (ImportedKey& key : keys) {
        if (!key.outcome && key.isThere) {
            byOwner[&m_lanes.ownerOf(key.part.key)].push_back(&key);
        }
    }
    for (const auto& [lane, own] : byOwner) {
        if (Status archived = archiveOf(*lane, own, stop); !archived) {
            return archived;
        }
    }
    return ok();
}

Status ImportSteps::archiveOf(Lane& lane, std::vector<ImportedKey*> keys, const std::stop_token& stop)
{
    const Deadline patience(m_options.patience);
    for (Milliseconds pause = firstPause; !keys.empty(); pause = std::min(pause * 2, longestPause)) {
        KeyBatch batch;
        for (const ImportedKey* key : keys) {
            batch.append(key->part.key);
            if (key->isAgain) {
                m_archive->expectAgain(m_options.archiving.database, key->part.key);
            }
        }
        auto archived = archiveBefore(lane, batch, m_options.archiving, *m_archive, stop);
        if (!archived) {
            return archived.error();
        }
        const bool isLast = patience.hasPassed() || stop.stop_requested();
        std::vector<ImportedKey*> refused;
        for (std::size_t at = 0; at < keys.size(); ++at) {
            ArchivedKey& key = (*archived)[at];
            if (key.kind == ArchivedKey::Kind::Elsewhere && isRefusedForNow(reasonOf(key.text)) && !isLast) {
                refused.push_back(keys[at]);
            } else {
                take(*keys[at], std::move(key));
            }
        }
        keys = std::move(refused);
        if (!keys.empty()) {
            waitOrStop(std::min(pause, patience.left()), stop);
        }
    }
    return ok();
}

/// Whether what is replaced stands in the archive.
void ImportSteps::take(ImportedKey& key, ArchivedKey&& archived) const
{
    switch (archived.kind) {
    case ArchivedKey::Kind::Archived:
        key.archived = std::move(archived.seen);
        break;
    case ArchivedKey::Kind::Missing:
        key.isThere = false; // RENAMENX, should one come again
        break;
    case ArchivedKey::Kind::TooLarge:
        if (!m_options.evenUnarchived) {
            key.settle(Outcome::NotUndoable, archived.text);
        }
        break;
    case ArchivedKey::Kind::Elsewhere:
    case ArchivedKey::Kind::Refused:
        key.settle(Outcome::Failed, "it could not be archived: " + archived.text);
        break;
    }
}

Status ImportSteps::clean(std::vector<ImportedKey>& keys, const std::stop_token& stop)
{
    m_isNaming = false;
    std::vector<Command> commands;
    for (const ImportedKey& key : keys) {
        if (key.isBegun) {
            commands.push_back(Command{m_options.hasUnlink ? "UNLINK" : "DEL", key.name});
        }
    }
    if (commands.empty()) {
        return ok();
    }
    const auto replies = sendPatiently(m_lanes.routed, commands, stop);
    return replies ? ok() : Status(replies.error());
}

} // namespace keyglass
