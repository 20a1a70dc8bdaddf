// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/guardededit.h"

#include "core/edit/casscript.h"

#include <QCoreApplication>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <tuple>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr int mostRetries = 5;
constexpr int mostScripts = 3;
constexpr Milliseconds clusterPatience = 5s;
constexpr Milliseconds askAgainAfter = 100ms;
/// How long a lost connection's last words are waited for.
constexpr Milliseconds lossPatience = 3s;
constexpr Milliseconds lookAgainAfter = 50ms;

QString tr(const char* text)
{
    return QCoreApplication::translate("KeyEdit", text);
}

bool isTemporary(std::string_view errorReply)
{
    return errorReply.starts_with("TRYAGAIN") || errorReply.starts_with("CLUSTERDOWN");
}

/// EVAL itself is not to be had: its commands were taken in a transaction before.
bool isWithoutScripts(const Error& error)
{
    return error.kind == ErrorKind::Confirm || error.kind == ErrorKind::Permission
        || error.detail.contains(QLatin1String("unknown command"));
}

} // namespace

GuardedEdit::GuardedEdit(EditLanes& lanes, const KeyEdit& edit, const EditSteps& steps,
    const Confirmation& confirmation, std::stop_token stop)
    : m_lanes(lanes)
    , m_edit(edit)
    , m_steps(steps)
    , m_confirmation(confirmation)
    , m_stop(std::move(stop))
    , m_patience(clusterPatience)
{
    goTo(m_lanes.placeOf(edit.key));
}

void GuardedEdit::goTo(const EditPlace& place)
{
    m_connection = std::make_unique<EditConnection>(place, m_confirmation);
}

Result<EditOutcome> GuardedEdit::run()
{
    if (Status allowed = m_connection->check(m_steps.writes({})); !allowed) {
        return std::move(allowed).error();
    }
    for (;;) {
        if (m_stop.stop_requested()) {
            return unchanged({ErrorKind::Cancelled, m_connection->nodeText(), {}});
        }
        if (Ended ended = tryOnce()) {
            return *std::move(ended);
        }
    }
}

GuardedEdit::Ended GuardedEdit::tryOnce()
{
    const auto look = m_connection->begin(m_steps, m_stop);
    if (!look) {
        return unchanged(look.error());
    }
    if (Ended ended = judge(*look)) {
        return ended;
    }
    if (look->refusal || look->readError) {
        return std::nullopt; // a redirect, which judge() has followed
    }
    if (m_retries > mostRetries) {
        m_connection->leave(m_stop);
        return writeByScript(*look);
    }
    return write(*look);
}

/// Whether what is there is as seen; nothing if so, or if the edit has to begin anew elsewhere.
GuardedEdit::Ended GuardedEdit::judge(const Look& look)
{
    if (look.refusal) {
        return refused(*look.refusal);
    }
    const std::string wanted = m_steps.typeName();
    const std::string& type = look.seen.typeName;
    const auto end = [&](EditOutcome::Status status) {
        m_connection->leave(m_stop);
        return ended(status, look.seen);
    };
    if (type == "none" && wanted != "none") {
        return end(EditOutcome::Status::Gone);
    }
    if (wanted == "none" && type != "none") {
        return end(EditOutcome::Status::Conflict);
    }
    if (!wanted.empty() && type != wanted) {
        return end(EditOutcome::Status::WrongType);
    }
    if (look.readError) {
        m_connection->leave(m_stop);
        return refused(*look.readError);
    }
    if (!m_steps.isAsSeen(look.seen)) {
        return end(EditOutcome::Status::Conflict);
    }
    if (Status possible = m_steps.judge(look.seen); !possible) {
        m_connection->leave(m_stop);
        return unchanged(std::move(possible).error());
    }
    return std::nullopt;
}

/// What comes with the writing: the key as it is right after it. TYPE and PTTL have been answered before. What is read
/// back comes last.
std::vector<Command> GuardedEdit::questionsAfterwards(const Look& before) const
{
    std::vector<Command> all{Command{"TYPE", m_steps.resultKey()}};
    if (before.seen.isExpiryKnown && m_steps.resultKey() == m_steps.key()) {
        all.push_back(Command{"PTTL", m_steps.key()});
    }
    if (auto back = m_steps.readBack()) {
        all.push_back(*std::move(back));
    }
    return all;
}

GuardedEdit::Ended GuardedEdit::write(const Look& look)
{
    const auto writes = m_steps.writes(look.seen);
    if (Status allowed = m_connection->check(writes); !allowed) {
        m_connection->leave(m_stop);
        return unchanged(std::move(allowed).error());
    }
    const auto committed = m_connection->commit(writes, questionsAfterwards(look), m_stop);
    if (!committed) {
        return findOut(look, committed.error());
    }
    switch (committed->kind) {
    case Committed::Kind::Done:
        return done(look, committed->replies);
    case Committed::Kind::CalledOff:
        ++m_retries;
        return std::nullopt;
    case Committed::Kind::Refused:
        return refused(committed->error);
    case Committed::Kind::HalfDone:
        break;
    }
    return refused(committed->error, !m_steps.hasChangedNothing(committed->replies));
}

GuardedEdit::Ended GuardedEdit::writeByScript(const Look& look)
{
    const Command script = casScript(m_steps, look.seen, questionsAfterwards(look));
    if (Status allowed = m_connection->check({script}); !allowed) {
        return scriptRefused(look, std::move(allowed).error());
    }
    auto reply = m_connection->call(script, m_stop);
    if (!reply) {
        return findOut(look, reply.error());
    }
    if (reply->isError()) {
        if (follows(reply->text)) {
            return std::nullopt;
        }
        return scriptRefused(look, replyError(reply->text));
    }
    const auto replies = takeScriptReply(*std::move(reply));
    if (!replies) { // changed since: the next look tells, unless it is the time to live that never stands still
        return ++m_scripts < mostScripts ? Ended() : scriptRefused(look, {ErrorKind::Conflict, {}, {}});
    }
    EditOutcome outcome = done(look, *replies);
    outcome.usedScript = true;
    return outcome;
}

GuardedEdit::Ended GuardedEdit::scriptRefused(const Look& look, Error why)
{
    if (!isWithoutScripts(why) && why.kind != ErrorKind::Conflict) {
        return unchanged(std::move(why));
    }
    EditOutcome outcome = ended(EditOutcome::Status::TooBusy, look.seen);
    if (why.kind != ErrorKind::Conflict) {
        outcome.why = std::move(why);
    }
    return outcome;
}

/// Follows a redirect, waits out a cluster that is changing; anything else is the end.
GuardedEdit::Ended GuardedEdit::refused(const std::string& errorReply, bool isHalfDone)
{
    if (isHalfDone) {
        Error error = replyError(errorReply);
        error.detail += u' ' + tr("A part of the change was made: reload the value to see which.");
        return error;
    }
    return follows(errorReply) ? Ended() : Ended(unchanged(replyError(errorReply)));
}

bool GuardedEdit::follows(const std::string& errorReply)
{
    if (m_patience.hasPassed() || m_stop.stop_requested()) {
        return false;
    }
    if (const auto redirect = parseRedirect(errorReply)) {
        goTo(m_lanes.redirected(*redirect, m_stop));
        pauseFor(1ms, m_stop); // two nodes that send us to and fro get no more of us than this
        return true;
    }
    if (isTemporary(errorReply)) {
        pauseFor(askAgainAfter, m_stop);
        m_lanes.lookAround(m_stop);
        goTo(m_lanes.placeOf(m_edit.key));
        return true;
    }
    return false;
}

// --- after a lost line

/// The transaction may have been carried out, may yet be, or will never be: the server still reads what has reached it.
/// What stands there is believed once the lost connection is gone there too.
EditOutcome GuardedEdit::findOut(const Look& before, Error lost)
{
    const Deadline patience(lossPatience);
    EditOutcome soFar = ended(EditOutcome::Status::Unknown, {});
    soFar.lineWasLost = true;
    soFar.why = std::move(lost);
    while (!m_stop.stop_requested()) {
        if (auto told = lookAfterLoss(before, soFar)) {
            return *std::move(told);
        }
        if (patience.hasPassed()) {
            break;
        }
        pauseFor(lookAgainAfter, m_stop);
    }
    return soFar;
}

std::optional<EditOutcome> GuardedEdit::lookAfterLoss(const Look& before, EditOutcome& soFar)
{
    std::optional<bool> hasEnded;
    if (m_connection->nodeText() != before.node) {
        hasEnded = true; // the key is another node's by now, which will not take the lost one's words
    } else if (before.client) {
        hasEnded = m_connection->hasEnded(*before.client, m_stop);
    }
    const auto look = m_connection->look(m_steps, m_steps.readsAfterLoss(before.seen), m_stop);
    if (!look) {
        m_lanes.lookAround(m_stop);
        goTo(m_lanes.placeOf(m_edit.key));
        return std::nullopt;
    }
    for (const auto& error : {look->refusal, look->readError}) {
        if (error && parseRedirect(*error)) {
            goTo(m_lanes.redirected(*parseRedirect(*error), m_stop));
            return std::nullopt;
        }
    }
    soFar.now = keyNow(m_steps, look->seen);
    EditOutcome told = soFar;
    if (m_steps.isDone(before.seen, look->seen)) {
        told.status = EditOutcome::Status::Done;
        told.expiryChanged = isExpiryChanged(m_edit.seenExpiry, before.seen);
        told.fieldExpiryChanged = m_steps.isFieldEndChanged(before.seen);
        told.keyVanished = look->seen.typeName == "none" && m_steps.resultKey() == m_steps.key();
        return told;
    }
    if (!m_steps.isUntouched(before.seen, look->seen)) {
        return hasEnded.value_or(true) ? std::optional(told) : std::nullopt; // others were there since
    }
    told.status = EditOutcome::Status::NotDone;
    return hasEnded.value_or(false) ? std::optional(told) : std::nullopt;
}

// --- outcomes

EditOutcome GuardedEdit::done(const Look& before, std::span<const Reply> replies)
{
    EditOutcome outcome;
    const std::size_t writes = m_steps.writes(before.seen).size();
    Observation after;
    if (replies.size() > writes) {
        after.typeName = replies[writes].text;
    }
    if (replies.size() > writes + 1 && replies[writes + 1].isInteger()) {
        after.isExpiryKnown = true;
        after.ttl =
            replies[writes + 1].integer >= 0 ? std::optional(Milliseconds{replies[writes + 1].integer}) : std::nullopt;
    } else {
        after.isExpiryKnown = before.seen.isExpiryKnown;
        after.ttl = before.seen.ttl;
    }
    after.asOf = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
    outcome.now = keyNow(m_steps, after);
    outcome.now.element.reset();
    outcome.now.before = outcome.now.after = SeenBytes::notLooked();
    outcome.now.length.reset();
    outcome.now.fieldSize.reset();
    outcome.now.isOtherContent = false;
    outcome.now.index.reset();
    outcome.expiryChanged = isExpiryChanged(m_edit.seenExpiry, before.seen);
    outcome.fieldExpiryChanged = m_steps.isFieldEndChanged(before.seen);
    outcome.keyVanished = after.typeName == "none";
    outcome.retries = m_retries;
    m_steps.takeReplies(before.seen, replies.first(std::min(writes, replies.size())), outcome);
    if (m_steps.readBack() && replies.size() == writes + questionsAfterwards(before).size()) {
        m_steps.takeReadBack(replies.back(), outcome);
    }
    return outcome;
}

EditOutcome GuardedEdit::ended(EditOutcome::Status status, const Observation& now) const
{
    EditOutcome outcome;
    outcome.status = status;
    outcome.now = keyNow(m_steps, now);
    outcome.expiryChanged = isExpiryChanged(m_edit.seenExpiry, now);
    outcome.fieldEnded = m_steps.hasFieldEnded(now);
    outcome.fieldExpiryChanged = m_steps.isFieldEndChanged(now);
    outcome.retries = m_retries;
    return outcome;
}

KeyNow keyNow(const EditSteps& steps, const Observation& seen)
{
    KeyNow now;
    now.typeName = seen.typeName;
    now.type = seen.typeName.empty() ? KeyType::None : keyTypeFromName(seen.typeName);
    now.isExpiryKnown = seen.isExpiryKnown;
    now.ttl = seen.ttl;
    now.expiresAt = seen.expiresAt();
    now.element = steps.element(seen);
    now.fieldEnd = steps.fieldEnd(seen);
    now.fieldSize = steps.fieldSize(seen);
    std::tie(now.before, now.after) = steps.neighbours(seen);
    now.length = steps.keyLength(seen);
    now.isOtherContent = steps.isOtherContent(seen);
    now.index = steps.unlikeIndex(seen);
    return now;
}

void pauseFor(Milliseconds time, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, time, [] { return false; });
}

Error unchanged(Error error)
{
    const QString nothing = tr("Nothing was changed.");
    if (error.kind != ErrorKind::ReadOnly && !error.detail.contains(nothing)) { // that one's text says so already
        error.detail += (error.detail.isEmpty() || error.detail.endsWith(u'.') ? QString() : QStringLiteral("."))
            + (error.detail.isEmpty() ? QString() : QStringLiteral(" ")) + nothing;
    }
    return error;
}

} // namespace keyglass
