// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that are made get their ends and their own names.
#include "core/base/stopwait.h"
#include "core/bulk/keytransfer.h"
#include "core/source/lane.h"
#include "core/transfer/importbatch.h"
#include "core/transfer/importbatch_p.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace keyglass {

namespace {

constexpr std::string_view cameMeanwhile = "a key of this name came while it was made: it was left alone";
constexpr std::string_view changedMeanwhile = "the key of this name changed after it was archived: it was left alone";

Command ending(const ImportedKey& key, const std::string& name)
{
    return key.part.expireAt ? endCommand(name, *key.part.expireAt) : Command{"PERSIST", name};
}

} // namespace

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

} // namespace keyglass
