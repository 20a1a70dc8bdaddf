// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/renameacross.h"

#include "core/edit/guardededit.h"
#include "core/value/pagereading.h"

#include <QCoreApplication>

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

std::string lengthCommand(const std::string& typeName)
{
    return std::string(lengthCommandName(keyTypeFromName(typeName)));
}

/// A key of a known type and length: read with all that makes up a copy of it, and deleted.
class CopySteps final : public EditSteps {
public:
    CopySteps(const std::string& key, std::string typeName, const EditAbilities& can)
        : EditSteps(key)
        , m_typeName(std::move(typeName))
        , m_can(can)
    {
    }
    std::string typeName() const override { return m_typeName; }
    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked{{Command{"DUMP", key()}},
            {m_can.hasExpireTime ? Command{"PEXPIRETIME", key()} : Command{"PTTL", key()}}, {Command{"TIME"}}};
        if (const std::string length = lengthCommand(m_typeName); !length.empty()) {
            asked.push_back({Command{length, key()}});
        }
        return asked;
    }
    std::vector<Command> writes(const Observation&) const override
    {
        return {Command{m_can.hasUnlink ? "UNLINK" : "DEL", key()}};
    }
    bool isDone(const Observation&, const Observation& now) const override { return now.typeName == "none"; }
    bool isUntouched(const Observation&, const Observation& now) const override { return now.typeName == m_typeName; }

    /// RESTORE of what was read, under another name.
    [[nodiscard]] Command restore(const Observation& seen, const std::string& to, bool replace) const
    {
        const Reply& end = seen.reply(1);
        const bool hasEnd = end.isInteger() && end.integer >= 0;
        std::int64_t ttl = hasEnd ? end.integer : 0;
        if (hasEnd && m_can.hasExpireTime != m_can.hasRestoreAbs) {
            const auto now = serverTime(seen.reply(2)).value_or(seen.asOf).time_since_epoch().count();
            ttl += m_can.hasRestoreAbs ? now : -now;
        }
        Command command{"RESTORE", to};
        command.add(std::max<std::int64_t>(ttl, hasEnd ? 1 : 0)).add(seen.reply(0).text);
        if (replace) {
            command.add("REPLACE");
        }
        if (hasEnd && m_can.hasRestoreAbs) {
            command.add("ABSTTL");
        }
        return command;
    }

    /// Whether `copy`, read in the same way, is of the same type and length and ends at the same time.
    [[nodiscard]] bool isCopy(const Observation& seen, const Observation& copy) const
    {
        return seen.typeName == copy.typeName && endsAlike(seen, copy) && isSame(seen.reply(3), copy.reply(3));
    }
    /// Whether nobody has touched a key between two looks: the same object gives the same bytes.
    [[nodiscard]] bool isStill(const Observation& seen, const Observation& now) const
    {
        return seen.typeName == now.typeName && endsAlike(seen, now) && isSame(seen.reply(0), now.reply(0));
    }

private:
    [[nodiscard]] bool endsAlike(const Observation& a, const Observation& b) const
    {
        const std::int64_t one = a.reply(1).integer;
        const std::int64_t other = b.reply(1).integer;
        const std::int64_t apart = one > other ? one - other : other - one;
        const bool isExact = m_can.hasExpireTime && m_can.hasRestoreAbs;
        return (one < 0) == (other < 0) && apart <= (isExact ? 0 : expiryTolerance.count());
    }

    const std::string m_typeName;
    const EditAbilities m_can;
};

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
    [[nodiscard]] Ended restored(const CopySteps& source, const Look& look, const Look& target);
    [[nodiscard]] Ended remove(const CopySteps& source, const Look& look);
    [[nodiscard]] EditOutcome afterLoss(Side& at, const Look& lastThere, const Look& look, Error lost);
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
    std::optional<Look> m_old; ///< What was overwritten.
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
    const CopySteps any(m_target.key, {}, m_options.abilities);
    const auto there =
        m_target.connection->look(any, m_action.overwrite ? any.reads() : std::vector<EditRead>{}, m_stop);
    if (!there) {
        return unchanged(there.error());
    }
    if (const auto& error = there->refusal ? there->refusal : there->readError) {
        return refused(m_target, *error);
    }
    const bool isThere = there->seen.typeName != "none";
    if (isThere && !m_action.overwrite) {
        EditOutcome conflict = outcome(Status_::Conflict, look.seen);
        conflict.now.element = std::vector{there->seen.typeName};
        return conflict;
    }
    m_old = isThere ? std::optional(*there) : std::nullopt;
    auto reply = m_target.connection->call(source.restore(look.seen, m_target.key, isThere), m_stop);
    if (!reply) {
        return afterLoss(m_target, *there, look, reply.error());
    }
    if (reply->isError()) {
        return reply->text.starts_with("BUSYKEY") ? Ended() : refused(m_target, reply->text);
    }
    const CopySteps copied(m_target.key, look.seen.typeName, m_options.abilities);
    std::vector<EditRead> reads = copied.reads();
    reads[0] = {Command{"TYPE", m_target.key}}; // not all of it again: DUMP's bytes prove nothing
    const auto target = m_target.connection->look(copied, reads, m_stop);
    return target ? restored(source, look, *target) : Ended(afterLoss(m_target, *there, look, target.error()));
}

RenameAcross::Ended RenameAcross::restored(const CopySteps& source, const Look& look, const Look& target)
{
    if (!source.isCopy(look.seen, target.seen)) {
        const Error error{ErrorKind::Server, m_target.connection->nodeText(), tr("The copy is not like the key.")};
        return takeBack(look) ? unchanged(error) : bothThere(error);
    }
    return remove(source, look);
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
    if (++m_retries > mostRetries) {
        return outcome(Status_::TooBusy, look.seen);
    }
    return std::nullopt;
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
                soFar.status = Status_::Done;
            } else if (takeBack(look)) {
                soFar.status = Status_::NotDone;
            }
            return soFar;
        }
        pauseFor(50ms, m_stop);
    }
    return soFar;
}

/// The copy goes and what it has overwritten comes back, if the copy is as it was made. True also where there is no
/// copy; false: it still stands, or nobody knows.
bool RenameAcross::takeBack(const Look& look)
{
    const CopySteps copied(m_target.key, look.seen.typeName, m_options.abilities);
    const auto there = m_target.connection->begin(copied, m_stop);
    if (!there || there->refusal) {
        return false;
    }
    const bool isGone = there->seen.typeName == "none" && !m_old;
    const bool isOld = m_old && copied.isStill(m_old->seen, there->seen);
    if (isGone || isOld || there->readError || !copied.isCopy(look.seen, there->seen)) {
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
    error.detail += (error.detail.isEmpty() ? QString() : QStringLiteral(" "))
        + tr("Nothing is lost: the key is still there, and a copy of it as %1.").arg(displayText(m_target.key));
    return error;
}

} // namespace

Result<EditOutcome> renameAcross(
    EditLanes& lanes, const KeyEdit& edit, const EditOptions& options, std::stop_token stop)
{
    return RenameAcross(lanes, edit, options, std::move(stop)).run();
}

} // namespace keyglass
