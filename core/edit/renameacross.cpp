// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/renameacross.h"

#include "core/base/valuedigest.h"
#include "core/edit/copysteps.h"
#include "core/edit/guardededit.h"
#include "core/edit/keycontent.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

using namespace std::chrono_literals;
using Status_ = EditOutcome::Status;

constexpr int mostRetries = 5;
constexpr Milliseconds clusterPatience = 5s;

QString tr(const char* text)
{
    return QCoreApplication::translate("KeyEdit", text);
}

class RenameAcross {
public:
    RenameAcross(EditLanes& lanes, const KeyEdit& edit, const EditOptions& options, std::stop_token stop)
        : m_lanes(lanes)
        , m_edit(edit)
        , m_action(std::get<RenameKey>(edit.action))
        , m_options(options)
        , m_stop(std::move(stop))
        , m_patience(clusterPatience)
    {
    }
    Result<EditOutcome> run();

private:
    /// Nothing: begin anew.
    using Ended = std::optional<Result<EditOutcome>>;
    struct Side {
        std::string key;
        std::unique_ptr<EditConnection> connection;
    };

    [[nodiscard]] Status checkGate();
    [[nodiscard]] Ended tryOnce();
    [[nodiscard]] Ended copy(const CopySteps& source, const Look& look);
    [[nodiscard]] Ended replace(const CopySteps& source, const Look& look);
    [[nodiscard]] Ended replaced(const CopySteps& source, const Look& look);
    [[nodiscard]] Ended verify(const CopySteps& source, const Look& look, const Look& lastThere);
    [[nodiscard]] bool isCopy(const CopySteps& source, const Look& look, const Look& target);
    [[nodiscard]] Ended again(const Look& look);
    [[nodiscard]] Ended remove(const CopySteps& source, const Look& look);
    [[nodiscard]] EditOutcome afterLoss(Side& at, const Look& lastThere, const Look& look, Error lost);
    [[nodiscard]] bool isThere(const std::string& typeName);
    [[nodiscard]] bool takeBack(const Look& look);
    [[nodiscard]] Ended refused(Side& side, const std::string& errorReply);
    [[nodiscard]] EditOutcome outcome(EditOutcome::Status status, const Observation& seen) const;
    [[nodiscard]] Error bothThere(Error error) const;
    void goTo(Side& side, const EditPlace& place)
    {
        side.connection = std::make_unique<EditConnection>(place, m_options.confirmation);
    }

    EditLanes& m_lanes;
    const KeyEdit& m_edit;
    const RenameKey& m_action;
    const EditOptions& m_options;
    const std::stop_token m_stop;
    const Deadline m_patience;
    Side m_source;
    Side m_target;
    std::optional<Look> m_old;  ///< What was overwritten.
    std::optional<Look> m_made; ///< The copy as the target has it, once it was found to be like the key.
    int m_retries = 0;
};

Result<EditOutcome> RenameAcross::run()
{
    m_source.key = m_edit.key;
    m_target.key = m_action.to;
    goTo(m_source, m_lanes.placeOf(m_source.key));
    goTo(m_target, m_lanes.placeOf(m_target.key));
    if (Status allowed = checkGate(); !allowed) {
        return std::move(allowed).error();
    }
    while (!m_stop.stop_requested()) {
        if (Ended ended = tryOnce()) {
            return *std::move(ended);
        }
    }
    return unchanged({ErrorKind::Cancelled, m_source.connection->nodeText(), {}});
}

Status RenameAcross::checkGate()
{
    const CopySteps source(m_source.key, {}, m_options.abilities);
    std::vector<Command> all = source.writes({});
    all.push_back(source.restore({}, m_target.key, m_action.overwrite));
    return m_source.connection->check(all);
}

RenameAcross::Ended RenameAcross::tryOnce()
{
    const CopySteps any(m_source.key, {}, m_options.abilities);
    const auto first = m_source.connection->look(any, {}, m_stop);
    if (!first) {
        return unchanged(first.error());
    }
    if (first->refusal) {
        return refused(m_source, *first->refusal);
    }
    const std::string type = first->seen.typeName;
    if (type == "none") {
        return outcome(Status_::Gone, first->seen);
    }
    if (!m_edit.seenType.empty() && m_edit.seenType != type) {
        return outcome(Status_::WrongType, first->seen);
    }
    const CopySteps source(m_source.key, type, m_options.abilities);
    const auto look = m_source.connection->watch(source, m_stop); // both keys may be on one connection
    if (!look) {
        return unchanged(look.error());
    }
    if (look->refusal) {
        return refused(m_source, *look->refusal);
    }
    Ended ended;
    if (look->seen.typeName == type) { // else the next look tells
        ended = look->readError ? refused(m_source, *look->readError) : copy(source, *look);
    }
    m_source.connection->leave(m_stop);
    return ended;
}

/// What is at the new name before anything is written there.
RenameAcross::Ended RenameAcross::copy(const CopySteps& source, const Look& look)
{
    m_old.reset();
    m_made.reset();
    const CopySteps any(m_target.key, {}, m_options.abilities);
    const auto there = m_target.connection->look(any, {}, m_stop);
    if (!there) {
        return unchanged(there.error());
    }
    if (there->refusal) {
        return refused(m_target, *there->refusal);
    }
    if (there->seen.typeName != "none") {
        if (m_action.overwrite) {
            return replace(source, look);
        }
        EditOutcome conflict = outcome(Status_::Conflict, look.seen);
        conflict.now.element = std::vector{there->seen.typeName};
        return conflict;
    }
    auto reply = m_target.connection->call(source.restore(look.seen, m_target.key, false), m_stop);
    if (!reply) {
        return afterLoss(m_target, *there, look, reply.error());
    }
    if (reply->isError()) {
        return reply->text.starts_with("BUSYKEY") ? Ended() : refused(m_target, reply->text);
    }
    return verify(source, look, *there);
}

/// What is overwritten is what was looked at: its transaction is called off where another has changed it since. On the
/// node that has both, that transaction ends the watch over the key too, which is looked at anew then.
RenameAcross::Ended RenameAcross::replace(const CopySteps& source, const Look& look)
{
    const CopySteps any(m_target.key, {}, m_options.abilities);
    const auto there = m_target.connection->begin(any, m_stop);
    if (!there) {
        return unchanged(there.error());
    }
    if (const auto& error = there->refusal ? there->refusal : there->readError) {
        m_target.connection->leave(m_stop);
        return refused(m_target, *error);
    }
    const bool isAsSeen =
        !m_edit.seenDump || there->seen.typeName == "none" || isSameValue(there->seen.reply(0).text, *m_edit.seenDump);
    if (!isAsSeen) {
        m_target.connection->leave(m_stop);
        EditOutcome conflict = outcome(Status_::Conflict, look.seen);
        conflict.now.element = std::vector{there->seen.typeName};
        return conflict;
    }
    m_old = there->seen.typeName == "none" ? std::nullopt : std::optional(*there);
    const auto committed =
        m_target.connection->commit({source.restore(look.seen, m_target.key, m_old.has_value())}, {}, m_stop);
    if (!committed) {
        return afterLoss(m_target, *there, look, committed.error());
    }
    switch (committed->kind) {
    case Committed::Kind::Done:
        return verify(source, look, *there);
    case Committed::Kind::CalledOff:
        return again(look);
    default:
        return refused(m_target, committed->error);
    }
}

RenameAcross::Ended RenameAcross::verify(const CopySteps& source, const Look& look, const Look& lastThere)
{
    const CopySteps copied(m_target.key, look.seen.typeName, m_options.abilities);
    const auto target = m_target.connection->look(copied, copied.reads(), m_stop);
    if (!target) {
        return afterLoss(m_target, lastThere, look, target.error());
    }
    if (!isCopy(source, look, *target)) {
        const Error error{ErrorKind::Server, m_target.connection->nodeText(), tr("The copy is not like the key.")};
        return takeBack(look) ? unchanged(error) : bothThere(error);
    }
    m_made = *target;
    return m_action.overwrite ? replaced(source, look) : remove(source, look);
}

/// Of the same type, length and end, and with the same content. Where the nodes keep equal values in different ways,
/// their dumps differ, and the elements are compared; what can't be told is not the same.
bool RenameAcross::isCopy(const CopySteps& source, const Look& look, const Look& target)
{
    if (target.refusal || target.readError || !source.isOfSameShape(look.seen, target.seen)) {
        return false;
    }
    if (CopySteps::isSameDump(look.seen, target.seen)) {
        return true;
    }
    if (std::max(look.seen.reply(0).text.size(), target.seen.reply(0).text.size()) > largestCompared) {
        return false;
    }
    const auto one = contentDigest(*m_source.connection, m_source.key, look.seen.typeName, m_stop);
    return one && one == contentDigest(*m_target.connection, m_target.key, look.seen.typeName, m_stop);
}

/// Begins anew because another was faster, unless that was so too often.
RenameAcross::Ended RenameAcross::again(const Look& look)
{
    return ++m_retries > mostRetries ? Ended(outcome(Status_::TooBusy, look.seen)) : std::nullopt;
}

RenameAcross::Ended RenameAcross::replaced(const CopySteps& source, const Look& look)
{
    const auto now = m_source.connection->watch(source, m_stop);
    if (now && !now->refusal && !now->readError && source.isStill(look.seen, now->seen)) {
        return remove(source, look);
    }
    const bool isBack = takeBack(look);
    if (!now || now->refusal || now->readError) {
        const Error error = !now ? now.error() : replyError(now->refusal ? *now->refusal : *now->readError);
        return isBack ? unchanged(error) : bothThere(error);
    }
    return isBack ? again(look) : Ended(bothThere({ErrorKind::Conflict, {}, {}}));
}

/// The copy stands: the key goes, unless somebody has changed it since it was read.
RenameAcross::Ended RenameAcross::remove(const CopySteps& source, const Look& look)
{
    const auto opened = m_source.connection->openTransaction(m_stop);
    if (!opened || opened->isError()) {
        const Error error = opened ? replyError(opened->text) : opened.error();
        return takeBack(look) ? unchanged(error) : bothThere(error);
    }
    const auto committed = m_source.connection->commit(source.writes(look.seen), {}, m_stop);
    if (!committed) {
        return afterLoss(m_source, look, look, committed.error());
    }
    if (committed->kind == Committed::Kind::Done) {
        EditOutcome done = outcome(Status_::Done, look.seen);
        done.expiryChanged = isExpiryChanged(m_edit.seenExpiry, look.seen);
        return done;
    }
    const bool isBack = takeBack(look);
    if (committed->kind != Committed::Kind::CalledOff) {
        const Error error = replyError(committed->error);
        return isBack ? refused(m_source, committed->error) : Ended(bothThere(error));
    }
    if (!isBack) {
        return bothThere({ErrorKind::Conflict, {}, {}});
    }
    return again(look);
}

/// Until the lost connection is gone at the server as well, what stands there may still change. Then the key is either
/// gone at the old place, which was the last step, or the copy is taken back.
EditOutcome RenameAcross::afterLoss(Side& at, const Look& lastThere, const Look& look, Error lost)
{
    const Deadline patience(3s);
    const CopySteps source(m_source.key, look.seen.typeName, m_options.abilities);
    EditOutcome soFar = outcome(Status_::Unknown, {});
    soFar.lineWasLost = true;
    soFar.why = std::move(lost);
    while (!m_stop.stop_requested() && !patience.hasPassed()) {
        m_lanes.lookAround(m_stop);
        goTo(m_source, m_lanes.placeOf(m_source.key));
        goTo(m_target, m_lanes.placeOf(m_target.key));
        const bool isSameNode = at.connection->nodeText() == lastThere.node;
        const auto hasEnded = !isSameNode ? std::optional(true)
            : lastThere.client            ? at.connection->hasEnded(*lastThere.client, m_stop)
                                          : std::nullopt;
        const auto now = m_source.connection->look(source, {}, m_stop);
        if (now && !now->refusal && hasEnded.value_or(false)) {
            soFar.now = keyNow(source, now->seen);
            if (source.isDone(look.seen, now->seen)) {
                soFar.status = isThere(look.seen.typeName) ? Status_::Done : Status_::Unknown;
            } else if (takeBack(look)) {
                soFar.status = Status_::NotDone;
            }
            return soFar;
        }
        pauseFor(50ms, m_stop);
    }
    return soFar;
}

/// Whether the target has a value of that type: where the key is gone and this is not so, it was another who deleted
/// it, or its end.
bool RenameAcross::isThere(const std::string& typeName)
{
    const CopySteps any(m_target.key, typeName, m_options.abilities);
    const auto there = m_target.connection->watch(any, m_stop); // which opens a line that died anew
    m_target.connection->leave(m_stop);
    return there && !there->refusal && there->seen.typeName == typeName;
}

/// The copy goes and what it has overwritten comes back, if what is there is the copy: another's newer content stays,
/// and so does what can't be told from that. True also where there is no copy; false: something stands there.
bool RenameAcross::takeBack(const Look& look)
{
    const CopySteps copied(m_target.key, look.seen.typeName, m_options.abilities);
    const auto there = m_target.connection->begin(copied, m_stop);
    if (!there || there->refusal) {
        return false;
    }
    const bool isGone = there->seen.typeName == "none" && !m_old;
    const bool isOld = m_old && copied.isStill(m_old->seen, there->seen);
    const Observation& made = m_made ? m_made->seen : look.seen;
    const bool isCopy = copied.isOfSameShape(made, there->seen) && CopySteps::isSameDump(made, there->seen);
    if (isGone || isOld || there->readError || !isCopy) {
        m_target.connection->leave(m_stop);
        return isGone || isOld;
    }
    const Command undo = m_old ? copied.restore(m_old->seen, m_target.key, true) : copied.writes(there->seen).front();
    const auto undone = m_target.connection->commit({undo}, {}, m_stop);
    return undone && undone->kind == Committed::Kind::Done;
}

RenameAcross::Ended RenameAcross::refused(Side& side, const std::string& errorReply)
{
    const bool isTemporary = errorReply.starts_with("TRYAGAIN") || errorReply.starts_with("CLUSTERDOWN");
    const auto redirect = parseRedirect(errorReply);
    if ((!redirect && !isTemporary) || m_patience.hasPassed()) {
        return unchanged(replyError(errorReply));
    }
    pauseFor(isTemporary ? 100ms : 1ms, m_stop);
    if (redirect) {
        goTo(side, m_lanes.redirected(*redirect, m_stop));
    } else {
        m_lanes.lookAround(m_stop);
        goTo(side, m_lanes.placeOf(side.key));
    }
    return std::nullopt;
}

EditOutcome RenameAcross::outcome(EditOutcome::Status status, const Observation& seen) const
{
    EditOutcome made;
    made.status = status;
    made.isAtomic = false;
    made.retries = m_retries;
    made.now.typeName = seen.typeName;
    made.now.type = seen.typeName.empty() ? KeyType::None : keyTypeFromName(seen.typeName);
    made.now.isExpiryKnown = seen.isExpiryKnown;
    made.now.ttl = seen.ttl;
    made.now.expiresAt = seen.expiresAt();
    return made;
}

Error RenameAcross::bothThere(Error error) const
{
    const QString target = displayText(m_target.key);
    error.detail += (error.detail.isEmpty() ? QString() : QStringLiteral(" "))
        + tr("The key is still there. %1 was left as it is: it is a copy of it, or what another client has made of "
             "that.")
              .arg(target);
    if (m_old) {
        error.detail += u' '
            + (m_edit.archivedIn.isEmpty()
                    ? tr("What %1 held before was overwritten.").arg(target)
                    : tr("What %1 held before was overwritten; it can be restored from the undo archive %2.")
                          .arg(target, m_edit.archivedIn));
    }
    return error;
}

} // namespace

Result<EditOutcome> renameAcross(
    EditLanes& lanes, const KeyEdit& edit, const EditOptions& options, std::stop_token stop)
{
    return RenameAcross(lanes, edit, options, std::move(stop)).run();
}

} // namespace keyglass
