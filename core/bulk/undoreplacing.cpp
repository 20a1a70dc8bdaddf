// SPDX-License-Identifier: GPL-3.0-or-later
// Restoring over a key that is there: what is written over shows itself once more, as somebody may have changed it
// since it was looked at and archived.
#include "core/base/dumpdigest.h"
#include "core/base/valuedigest.h"
#include "core/bulk/guardedwrite.h"
#include "core/bulk/keyreading.h"
#include "core/bulk/undobatch.h"

#include <utility>

namespace keyglass {

namespace {

/// In a cluster, where commands find their way one by one and may be sent on.
constexpr std::string_view showAndRestore = "local d = redis.call('DUMP', KEYS[1]) "
                                            "local e = redis.call(ARGV[1], KEYS[1]) "
                                            "return {d, e, redis.call('RESTORE', KEYS[1], unpack(ARGV, 2))}";
/// What the transaction, or the script, shows: the value, its end, and how it was restored.
constexpr std::size_t shown = 3;

} // namespace

void UndoBatch::addReplacing(std::size_t at, std::vector<Command>& commands) const
{
    const Command restore = restoring(at, true);
    if (!m_options.isCluster) {
        commands.insert(commands.end(),
            {Command{"MULTI"}, Command{"DUMP", m_records[at].key}, asking(at), restore, Command{"EXEC"}});
        return;
    }
    if (!m_hasScripts) {
        commands.push_back(restore);
        return;
    }
    Command script{"EVAL", showAndRestore, "1", m_records[at].key, asking(at).name()};
    for (std::size_t word = 2; word < restore.arguments().size(); ++word) {
        script.add(restore.arguments()[word]);
    }
    commands.push_back(std::move(script));
}

/// `replies`: those to addReplacing(), then where it ends now.
void UndoBatch::tookReplaced(std::size_t at, std::span<Reply> replies)
{
    Reply& answer = replies[replies.size() - 2];
    if (m_options.isCluster && isWithoutScripts(answer)) {
        m_hasScripts = false; // next round, without a look
        return;
    }
    if (answer.isArray() && answer.elements.size() == shown) {
        Reply restored = std::move(answer.elements.back());
        lookedOnce(at, std::span(answer.elements).first(2));
        tookRestored(at, restored, &replies.back());
        return;
    }
    const bool isOutside = replies.size() > shown && replies.front().isError(); // no MULTI: they were done one by one
    if (isOutside) {
        lookedOnce(at, replies.subspan(1, 2));
        tookRestored(at, replies[shown], &replies.back());
        return;
    }
    const Reply* const error = firstError(replies.first(replies.size() - 1));
    tookRestored(at, error != nullptr ? *error : answer, &replies.back());
}

/// What was written over just now.
void UndoBatch::lookedOnce(std::size_t at, std::span<Reply> seen)
{
    State& state = m_states[at];
    if (!seen.front().isText() || !seen.back().isInteger()) {
        return;
    }
    const auto end = endIn(seen.back());
    if (valueDigest(seen.front().text) != state.digest || !endsAlike(end, state.end)) {
        state.isOfAnother = true;
        m_changed.push_back({at, std::move(seen.front().text), end});
    }
}

std::optional<Milliseconds> UndoBatch::endIn(const Reply& ending) const
{
    if (!ending.isInteger() || ending.integer < 0) {
        return std::nullopt;
    }
    return Milliseconds{ending.integer} + (m_options.hasExpireTime ? Milliseconds{0} : m_now.value_or(Milliseconds{0}));
}

/// The newer state supersedes the one that was archived before.
Status UndoBatch::archiveChanged(const std::stop_token& stop)
{
    const std::vector<Overwritten> all = std::exchange(m_changed, {});
    if (all.empty() || !m_options.overwritten) {
        return ok();
    }
    const auto archive = m_options.overwritten();
    if (!archive) {
        return archive.error();
    }
    std::vector<UndoRecordView> records;
    for (const Overwritten& one : all) {
        const UndoRecord& record = m_records[one.at];
        records.push_back(
            {record.key, one.dump, typeOfDump(one.dump), one.end, record.database, UndoReason::Overwritten, true});
    }
    return (*archive)->waitDurable((*archive)->append(records, stop), stop);
}

} // namespace keyglass
