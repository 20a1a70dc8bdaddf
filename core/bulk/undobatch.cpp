// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/undobatch.h"

#include "core/base/dumpdigest.h"
#include "core/base/valuedigest.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

/// More changes of a key under our hands than this are somebody else's business.
constexpr int mostSteps = 8;
constexpr std::size_t existsAtOnce = 100;
constexpr Milliseconds inexactEnd{20};
/// Should we be killed, the scratch key goes by itself.
constexpr std::string_view scratchLife = "10000";

std::string tr(const char* text)
{
    return QCoreApplication::translate("Undo", text).toStdString();
}

} // namespace

UndoBatch::UndoBatch(std::span<const UndoRecord> records, const UndoOptions& options)
    : m_records(records)
    , m_options(options)
    , m_scratch("keyglass:undo:" + std::to_string(QRandomGenerator::system()->generate64()))
    , m_settled(records.size())
{
}

Status UndoBatch::begin(Lane& lane, const std::stop_token& stop)
{
    m_states.assign(m_records.size(), State{});
    m_open = m_records.size();
    m_overwritten.clear();
    m_refusal.clear();
    for (std::size_t at = 0; at < m_records.size(); ++at) {
        if (m_records[at].reason == UndoReason::ExpiryChanged) {
            m_states[at].next = Next::Look; // it is still there, as far as we know
        }
    }
    return m_options.hasRestoreAbs ? ok() : learnTime(lane, stop);
}

Status UndoBatch::run(Lane& lane, std::stop_token stop)
{
    if (Status begun = begin(lane, stop); !begun) {
        return begun;
    }
    while (m_open > 0) {
        std::vector<Command> commands{Command{"TIME"}};
        commands.reserve(2 * m_records.size() + 1);
        std::vector<std::size_t> begins;
        begins.reserve(m_records.size() + 1);
        for (std::size_t at = 0; at < m_records.size(); ++at) {
            begins.push_back(commands.size());
            addCommands(at, commands);
        }
        begins.push_back(commands.size());
        addExists(commands);
        auto replies = lane.pipeline(commands, stop);
        if (!replies) {
            return std::move(replies).error();
        }
        tookTime(replies->front());
        for (std::size_t at = 0; at < m_records.size(); ++at) {
            if (begins[at + 1] > begins[at]) {
                took(at, std::span(*replies).subspan(begins[at], begins[at + 1] - begins[at]));
            }
        }
        tookExists(std::span(*replies).subspan(begins.back()));
        Status kept = archiveChanged(stop);
        if (kept && !m_refusal.empty()) {
            return refusalForNow(lane, m_refusal);
        }
        kept = kept ? archiveOverwritten(stop) : std::move(kept);
        if (!kept) {
            return kept;
        }
    }
    return ok();
}

/// What the next round overwrites is on the disk before.
Status UndoBatch::archiveOverwritten(const std::stop_token& stop)
{
    const std::vector<std::size_t> places = std::exchange(m_overwritten, {});
    if (places.empty() || !m_options.overwritten) {
        return ok();
    }
    const auto archive = m_options.overwritten();
    if (!archive) {
        return archive.error();
    }
    std::vector<UndoRecordView> records;
    for (const std::size_t at : places) {
        const UndoRecord& record = m_records[at];
        const State& state = m_states[at];
        const auto reason = state.next == Next::SetEnd ? UndoReason::ExpiryChanged : UndoReason::Overwritten;
        records.push_back({record.key, state.dump, typeOfDump(state.dump), state.end, record.database, reason, false});
    }
    const auto ticket = (*archive)->append(records, stop);
    for (const std::size_t at : places) {
        (*archive)->expectAgain(m_records[at].database, m_records[at].key); // should it have to be looked at again
    }
    return (*archive)->waitDurable(ticket, stop);
}

/// Without ABSTTL what is left of a key's time has to be known before it is restored.
Status UndoBatch::learnTime(Lane& lane, const std::stop_token& stop)
{
    const std::vector<Command> asking{Command{"TIME"}};
    const auto replies = lane.pipeline(asking, stop);
    if (!replies) {
        return replies.error();
    }
    tookTime(replies->front());
    if (!m_refusal.empty()) {
        return refusalForNow(lane, m_refusal);
    }
    for (std::size_t at = 0; at < m_records.size(); ++at) {
        if (m_states[at].next != Next::Restore || !isOver(at)) {
            continue;
        }
        if (m_options.keepsExpired) {
            m_states[at].isForever = true;
            m_states[at].next = Next::RestoreForever;
        } else {
            settle(at, Outcome::ExpiredMeanwhile);
        }
    }
    return ok();
}

void UndoBatch::addCommands(std::size_t at, std::vector<Command>& commands) const
{
    const UndoRecord& record = m_records[at];
    switch (m_states[at].next) {
    case Next::Restore:
    case Next::RestoreForever:
        commands.push_back(restoring(at, false));
        if (!isVerifiedTogether(at)) {
            commands.push_back(asking(at));
        }
        break;
    case Next::Replace:
        addReplacing(at, commands);
        commands.push_back(asking(at));
        break;
    case Next::Verify:
        commands.push_back(asking(at));
        break;
    case Next::LookAtFields:
        commands.push_back(Command{"HRANDFIELD", record.key});
        break;
    case Next::Look:
        commands.push_back(Command{"DUMP", record.key});
        commands.push_back(asking(at));
        break;
    case Next::Normalize:
        commands.push_back(Command{"RESTORE", m_scratch, scratchLife, record.dump, "REPLACE"});
        commands.push_back(Command{"DUMP", m_scratch});
        commands.push_back(Command{"DEL", m_scratch});
        break;
    case Next::SetEnd:
        commands.push_back(record.expireAt && !m_states[at].isForever
                ? Command{"PEXPIREAT", record.key, std::to_string(record.expireAt->count())}
                : Command{"PERSIST", record.key});
        commands.push_back(asking(at));
        break;
    case Next::Nothing:
        break;
    }
}

Command UndoBatch::restoring(std::size_t at, bool replaces) const
{
    const UndoRecord& record = m_records[at];
    Command command{"RESTORE", record.key};
    const bool hasEnd = record.expireAt && !m_states[at].isForever;
    const bool isAbsolute = hasEnd && m_options.hasRestoreAbs;
    const auto end = hasEnd ? record.expireAt->count() : 0;
    // Without ABSTTL what is left is counted from the server's last word on its time, and 1 is over at once.
    command.add(isAbsolute || !hasEnd ? end : std::max<std::int64_t>(end - m_now.value_or(Milliseconds{0}).count(), 1));
    command.add(record.dump);
    if (replaces) {
        command.add("REPLACE");
    }
    if (isAbsolute) {
        command.add("ABSTTL");
    }
    return command;
}

/// Answers -2 for a key that is not there, -1 for one without an end.
Command UndoBatch::asking(std::size_t at) const
{
    return Command{m_options.hasExpireTime ? "PEXPIRETIME" : "PTTL", m_records[at].key};
}

/// A past end is what +OK does not tell of, and then the key is not there: one EXISTS for many proves it. Without
/// ABSTTL its end is looked at, too.
bool UndoBatch::isVerifiedTogether(std::size_t at) const
{
    return !m_options.isCluster && (m_options.hasRestoreAbs || !m_records[at].expireAt || m_states[at].isForever);
}

void UndoBatch::addExists(std::vector<Command>& commands)
{
    m_together.clear();
    for (std::size_t at = 0; at < m_records.size(); ++at) {
        const Next next = m_states[at].next;
        if ((next != Next::Restore && next != Next::RestoreForever) || !isVerifiedTogether(at)) {
            continue;
        }
        if (m_together.empty() || m_together.back().size() >= existsAtOnce) {
            m_together.emplace_back();
            commands.push_back(Command{"EXISTS"});
        }
        m_together.back().push_back(at);
        commands.back().add(m_records[at].key);
    }
}

/// Where it is refused, the one before stays.
void UndoBatch::tookTime(const Reply& time)
{
    if (!tookRefusal(time)) {
        m_now = serverTimeIn(time);
    }
}

void UndoBatch::took(std::size_t at, std::span<Reply> replies)
{
    State& state = m_states[at];
    if (++state.steps > mostSteps) {
        settle(at, Outcome::Failed, tr("It is changed by somebody else all the time"));
        return;
    }
    switch (state.next) {
    case Next::Restore:
    case Next::RestoreForever:
        tookRestored(at, replies.front(), replies.size() > 1 ? &replies[1] : nullptr);
        break;
    case Next::Replace:
        tookReplaced(at, replies);
        break;
    case Next::SetEnd:
        if (replies.front().isError()) {
            settle(at, replies.front());
        } else {
            tookEnding(at, replies.back());
        }
        break;
    case Next::Verify:
        tookEnding(at, replies.front());
        break;
    case Next::LookAtFields:
        tookField(at, replies.front());
        break;
    case Next::Look:
        tookLook(at, replies);
        break;
    case Next::Normalize:
        tookNormalized(at, replies);
        break;
    case Next::Nothing:
        break;
    }
}

/// `ending`: null where many are asked for together.
void UndoBatch::tookRestored(std::size_t at, const Reply& restored, const Reply* ending)
{
    if (restored.isError() && restored.text.starts_with("BUSYKEY")) {
        m_states[at].next = Next::Look;
    } else if (restored.isError()) {
        settle(at, restored);
    } else if (ending) {
        tookEnding(at, *ending);
    } else {
        m_states[at].next = Next::Verify; // EXISTS may settle it
    }
}

void UndoBatch::tookLook(std::size_t at, std::span<Reply> replies)
{
    State& state = m_states[at];
    if (replies.front().isError() || !replies.back().isInteger()) {
        settle(at, replies.front().isError() ? replies.front() : replies.back());
        return;
    }
    if (replies.front().isNil() || replies.back().integer == -2) {
        state.next = Next::Restore; // gone in between, or deleted after its end was changed
        return;
    }
    state.digest = valueDigest(replies.front().text);
    const bool mayOverwrite =
        m_options.conflict == UndoConflict::Replace || m_records[at].reason == UndoReason::ExpiryChanged;
    if (m_options.overwritten && mayOverwrite) {
        state.dump = replies.front().text;
    }
    state.end = endIn(replies.back());
    if (state.digest == valueDigest(m_records[at].dump)) {
        judge(at, true);
    } else {
        state.next = Next::Normalize;
    }
}

void UndoBatch::tookNormalized(std::size_t at, std::span<const Reply> replies)
{
    if (!std::ranges::any_of(replies, [this](const Reply& reply) { return tookRefusal(reply); })) {
        judge(at, replies[1].isText() && valueDigest(replies[1].text) == m_states[at].digest);
    }
}

/// There is a key: whether its value is the archived one is known.
void UndoBatch::judge(std::size_t at, bool isSame)
{
    State& state = m_states[at];
    const UndoRecord& record = m_records[at];
    if (isSame && endsAlike(record.expireAt, state.end)) {
        settle(at, Outcome::Done);
        return;
    }
    const bool isEndOnly = isSame && record.reason == UndoReason::ExpiryChanged;
    if (!isEndOnly && m_options.conflict == UndoConflict::Skip) {
        settle(at, Outcome::Changed,
            isSame ? tr("It is there with another time to live") : tr("It is there with another value"));
        return;
    }
    if (isOver(at)) { // an end that is over would delete what is there
        if (!m_options.keepsExpired) {
            settle(at, Outcome::ExpiredMeanwhile);
            return;
        }
        state.isForever = true;
    }
    state.next = isEndOnly ? Next::SetEnd : Next::Replace;
    m_overwritten.push_back(at);
}

bool UndoBatch::isOver(std::size_t at) const
{
    const Milliseconds now =
        m_now.value_or(std::chrono::duration_cast<Milliseconds>(std::chrono::system_clock::now().time_since_epoch()));
    return m_records[at].expireAt && *m_records[at].expireAt <= now;
}

bool UndoBatch::endsAlike(std::optional<Milliseconds> one, std::optional<Milliseconds> other) const
{
    if (!one || !other) {
        return one.has_value() == other.has_value();
    }
    return std::chrono::abs(*one - *other) <= (m_options.hasExpireTime ? Milliseconds{0} : inexactEnd);
}

void UndoBatch::settle(std::size_t at, Outcome outcome, std::string_view detail)
{
    if (outcome == Outcome::Done && m_states[at].isOfAnother) {
        outcome = Outcome::DoneThoughChanged;
    }
    m_states[at].next = Next::Nothing;
    m_settled[at] = {outcome, std::string(detail)};
    --m_open;
}

void UndoBatch::settle(std::size_t at, const Reply& error)
{
    if (tookRefusal(error)) { // this round is the last, and all of it begins anew
        return;
    }
    std::string why = error.isError() ? error.text : tr("The server gave an unexpected answer");
    if (isOfAnotherVersion(why)) {
        why += ' ' + tr("(its value goes to servers that are no older than the one it was archived from)");
    }
    settle(at, Outcome::Failed, why);
}

/// Whether the server takes no such command for now; it has not been done then.
bool UndoBatch::tookRefusal(const Reply& reply)
{
    if (!reply.isError() || !isRefusedForNow(reasonOf(reply.text))) {
        return false;
    }
    m_refusal = reply.text;
    return true;
}

} // namespace keyglass
