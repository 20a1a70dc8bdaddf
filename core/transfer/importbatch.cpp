// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/importbatch.h"

#include "core/base/clock.h"
#include "core/base/stopwait.h"
#include "core/bulk/keytransfer.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <algorithm>
#include <map>
#include <numeric>
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

/// Before a server that refuses for now is asked again; each time twice as long.
constexpr Milliseconds firstPause{50};
constexpr Milliseconds longestPause{1000};

bool isForNow(const Reply& reply)
{
    return reply.isError() && isRefusedForNow(reasonOf(reply.text));
}

Command ending(const ImportedKey& key, const std::string& name)
{
    return key.part.expireAt ? endCommand(name, *key.part.expireAt) : Command{"PERSIST", name};
}

/// What the user can do about it.
constexpr std::string_view newerDump =
    " (an archive of DUMPs goes to servers that are no older than its own: export these keys as JSON lines instead)";
constexpr std::string_view noFieldEnds =
    "some of its fields end by themselves, which this server does not know (Redis 7.4 and Valkey 9 do)";
constexpr std::string_view cameMeanwhile = "a key of this name came while it was made: it was left alone";
constexpr std::string_view changedMeanwhile = "the key of this name changed after it was archived: it was left alone";

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

Status ImportSteps::name(std::vector<ImportedKey>& keys, const std::stop_token& stop)
{
    m_isNaming = false;
    if (Status archived = archive(keys, stop); !archived) {
        return archived;
    }
    std::vector<Command> commands;
    std::vector<ImportedKey*> owners;
    std::vector<ImportedKey*> watched;
    for (ImportedKey& key : keys) {
        if (key.outcome) {
            continue;
        }
        if (isWatched(key)) {
            watched.push_back(&key);
            continue;
        }
        commands.push_back(ending(key, key.name));
        commands.push_back(naming(key));
        owners.push_back(&key);
    }
    if (!commands.empty()) {
        m_isNaming = true;
        auto replies = sendPatiently(m_lanes.routed, commands, stop);
        if (!replies) {
            return replies.error();
        }
        std::vector<ImportedKey*> ready;
        std::vector<Reply> answers;
        for (std::size_t at = 0; at < owners.size(); ++at) {
            if (owners[at]->archived && isWithoutScripts((*replies)[2 * at + 1])) {
                m_hasScripts = false;
                watched.push_back(owners[at]);
                continue;
            }
            ready.push_back(owners[at]);
            answers.push_back(std::move((*replies)[2 * at]));
            answers.push_back(std::move((*replies)[2 * at + 1]));
        }
        if (Status settled = settleNames(ready, std::move(answers), stop); !settled) {
            return settled;
        }
    }
    return nameWatched(watched, stop);
}

/// It takes the place of what no script may compare.
bool ImportSteps::isWatched(const ImportedKey& key) const
{
    return key.archived && (!m_hasScripts || !key.archived->isForScript());
}

/// One after the other.
Status ImportSteps::nameWatched(const std::vector<ImportedKey*>& keys, const std::stop_token& stop)
{
    const Deadline patience(m_options.patience);
    for (ImportedKey* const key : keys) {
        Lane& owner = m_lanes.ownerOf(key->part.key);
        const std::vector<Command> ends{ending(*key, key->name)};
        const Command renaming{"RENAME", key->name, key->part.key};
        for (Milliseconds pause = firstPause;; pause = std::min(pause * 2, longestPause)) {
            const auto ended = sendPatiently(owner, ends, stop);
            if (!ended) {
                return ended.error();
            }
            const auto answer = writeIfUnchanged(owner, key->part.key, *key->archived, renaming, m_isNaming, stop);
            if (!answer) {
                return answer.error();
            }
            if (!answer->isChanged && isForNow(answer->reply) && !patience.hasPassed() && !stop.stop_requested()) {
                waitOrStop(std::min(pause, patience.left()), stop);
                continue;
            }
            if (answer->isChanged) {
                key->settle(Outcome::Changed, changedMeanwhile);
            } else {
                named(*key, ended->front(), answer->reply);
            }
            break;
        }
    }
    return ok();
}

/// `replies`: two for each. While a slot is on its way to another node no command may take two of its names, and while
/// a server runs a script it takes none: those are named a little later.
Status ImportSteps::settleNames(
    const std::vector<ImportedKey*>& keys, std::vector<Reply>&& replies, const std::stop_token& stop)
{
    const Deadline patience(m_options.patience);
    Milliseconds pause = firstPause;
    std::vector<std::size_t> waiting(keys.size());
    std::iota(waiting.begin(), waiting.end(), std::size_t{0});
    for (;;) {
        const bool isLast = patience.hasPassed() || stop.stop_requested();
        std::vector<std::size_t> open;
        bool isRefused = false;
        for (const std::size_t at : waiting) {
            const Reply& renamed = replies[2 * at + 1];
            if (!isLast && (isForNow(renamed) || (m_options.isCluster && isElsewhere(renamed)))) {
                open.push_back(at);
                isRefused = isRefused || isForNow(renamed);
                continue;
            }
            if (Status ended = endAgain(*keys[at], replies[2 * at], renamed, stop); !ended) {
                return ended;
            }
            named(*keys[at], replies[2 * at], renamed);
        }
        waiting = std::move(open);
        if (waiting.empty()) {
            m_isNaming = false;
            return ok();
        }
        if (isRefused) {
            waitOrStop(std::min(pause, patience.left()), stop);
            pause = std::min(pause * 2, longestPause);
        }
        std::vector<Command> commands;
        commands.reserve(2 * waiting.size());
        for (const std::size_t at : waiting) {
            commands.push_back(ending(*keys[at], keys[at]->name));
            commands.push_back(naming(*keys[at]));
        }
        auto again = m_lanes.routed.pipeline(commands, stop); // which waits some seconds by itself
        if (!again) {
            return std::move(again).error();
        }
        for (std::size_t n = 0; n < waiting.size(); ++n) {
            replies[2 * waiting[n]] = std::move((*again)[2 * n]);
            replies[2 * waiting[n] + 1] = std::move((*again)[2 * n + 1]);
        }
    }
}

/// A key that has its name, and whose end was refused for now a moment before, would end with its passing name.
Status ImportSteps::endAgain(const ImportedKey& key, Reply& ended, const Reply& renamed, const std::stop_token& stop)
{
    if (!isForNow(ended) || renamed.isError()) {
        return ok();
    }
    const std::vector<Command> ends{ending(key, key.part.key)};
    auto replies = sendPatiently(m_lanes.routed, ends, stop);
    if (replies) {
        ended = std::move(replies->front());
    }
    return replies ? ok() : Status(std::move(replies).error());
}

/// What came after the look, or changed after it was archived, is not written over: there would be no way back.
Command ImportSteps::naming(const ImportedKey& key) const
{
    if (key.archived) {
        return renamingOntoArchived(key.name, key.part.key, *key.archived);
    }
    const bool replaces = m_options.conflict == ImportConflict::Replace && key.isThere;
    return Command{replaces ? "RENAME" : "RENAMENX", key.name, key.part.key};
}

void ImportSteps::named(ImportedKey& key, const Reply& ended, const Reply& renamed) const
{
    const bool isDone = renamed.isInteger() ? renamed.integer == 1 : renamed.isText();
    if (isDone && !ended.isError()) {
        key.isBegun = false;
        key.outcome = Outcome::Done;
    } else if (isDone) {
        key.isBegun = false;
        key.settle(Outcome::Failed, "made, but its time to live was refused: " + ended.text);
    } else if (renamed.isInteger() && m_options.conflict == ImportConflict::Replace) {
        key.settle(Outcome::Changed, !key.archived ? cameMeanwhile : changedMeanwhile);
    } else if (renamed.isInteger()) {
        key.settle(m_options.conflict == ImportConflict::Skip ? Outcome::Skipped : Outcome::Failed, isInTheWay);
    } else if (key.part.expireAt && renamed.text.find("no such key") != std::string::npos) {
        key.isBegun = false;
        key.settle(Outcome::ExpiredMeanwhile, {});
    } else {
        key.settle(Outcome::Failed, renamed.text);
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
