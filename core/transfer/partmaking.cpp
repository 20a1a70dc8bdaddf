// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/partmaking.h"

#include "core/base/stopwait.h"
#include "core/bulk/archivereader.h"
#include "core/bulk/largewrite.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"
#include "core/transfer/importbatch_p.h"
#include "core/transfer/pagecommands.h"
#include "core/transfer/partarchiving.h"
#include "core/transfer/partcomparing.h"

#include <QCoreApplication>

#include <algorithm>
#include <span>
#include <utility>

namespace keyglass {

namespace {

constexpr Milliseconds inexactEnd{20};
constexpr std::int64_t isMissing = -2;
/// For taking away what was made, of an undo that is stopped: longer it does not wait, and the key ends by itself.
constexpr Milliseconds lastWord{50};

std::string tr(const char* text)
{
    return QCoreApplication::translate("Undo", text).toStdString();
}

const Reply* refusalIn(const std::vector<Reply>& replies)
{
    const auto found = std::ranges::find_if(replies, isForNow);
    return found == replies.end() ? nullptr : &*found;
}

} // namespace

/// The key as it is before.
struct PartMaking::Found {
    std::string type; ///< "none": it is not there.
    std::optional<Milliseconds> end;
    std::uint64_t size = 0; ///< In memory.
    std::optional<Milliseconds> now;

    [[nodiscard]] bool isThere() const { return type != "none"; }
};

/// One key on its way.
class PartMaking::Turn {
public:
    Turn(PartMaking& making, Lane& lane, const UndoRecord& record, const Open& open, const How& how,
        const std::stop_token& stop)
        : m_setting(making.m_setting)
        , m_left(making.m_left)
        , m_lane(lane)
        , m_record(record)
        , m_open(open)
        , m_how(how)
        , m_stop(stop)
        , m_lanes{lane, making.m_setting.ownerOf ? making.m_setting.ownerOf : [&lane](const std::string&) -> Lane& {
                      return lane;
                  }}
    {
        m_options.conflict = ImportConflict::Replace;
        m_options.archiving = m_setting.archiving;
        m_options.making = m_setting.making;
        m_options.hasUnlink = m_setting.archiving.ways.hasUnlink;
        m_options.isCluster = m_setting.isCluster;
        m_options.node = lane.nodeText();
    }

    [[nodiscard]] Result<Told> run()
    {
        if (Status cleaned = clean(m_stop); !cleaned) {
            return std::move(cleaned).error();
        }
        const auto found = look();
        if (!found) {
            return found.error();
        }
        if (found->isThere()) {
            auto same = isSame(*found);
            if (!same) {
                return std::move(same).error();
            }
            const bool endsAlike = isEnd(found->end);
            if (*same && endsAlike) {
                return Told{Outcome::Done};
            }
            const bool isEndOnly = *same && m_record.reason == UndoReason::ExpiryChanged;
            if (isEndOnly && (!isOver(found->now) || m_how.keepsExpired)) {
                m_isForever = isOver(found->now);
                return setEnd(*found);
            }
            if (m_how.conflict == UndoConflict::Skip && !isEndOnly) {
                return Told{Outcome::Changed,
                    *same ? tr("It is there with another time to live") : tr("It is there with another value")};
            }
        }
        if (isOver(found->now) && !m_how.keepsExpired) {
            return Told{Outcome::ExpiredMeanwhile};
        }
        m_isForever = isOver(found->now);
        auto told = makeAndName(*found);
        const bool isStopped = !told && m_stop.stop_requested();
        const StopAfter soon(lastWord);
        if (told || isStopped) { // else the line is lost, and the next one begins with that
            Status cleaned = clean(isStopped ? soon.token() : m_stop);
            if (told && !cleaned) {
                return std::move(cleaned).error();
            }
        }
        return told;
    }

private:
    [[nodiscard]] Result<Found> look();
    [[nodiscard]] Result<bool> isSame(const Found& found);
    [[nodiscard]] Result<Told> makeAndName(const Found& found);
    [[nodiscard]] Status makeParts(const Found& found);
    [[nodiscard]] Result<Told> name(const Found& found);
    [[nodiscard]] Result<Told> rename(const Found& found);
    [[nodiscard]] Result<Told> replace(const Found& found, UndoArchiveWriter& archive);
    [[nodiscard]] Result<Told> setEnd(const Found& found);
    [[nodiscard]] Result<Told> writtenOver(
        const Found& found, std::span<const Command> writes, UndoReason reason, UndoArchiveWriter& archive);
    [[nodiscard]] Result<Told> endAgain();
    [[nodiscard]] Result<Told> verify();
    [[nodiscard]] Result<std::vector<Reply>> sendPatiently(std::span<const Command> commands);
    [[nodiscard]] Command ending(const std::string& name) const
    {
        return hasEnd() ? endCommand(name, *m_record.expireAt) : Command{"PERSIST", name};
    }
    [[nodiscard]] Status clean(const std::stop_token& stop);
    [[nodiscard]] bool hasEnd() const { return m_record.expireAt && !m_isForever; }
    [[nodiscard]] bool isEnd(std::optional<Milliseconds> end) const;
    [[nodiscard]] bool isOver(std::optional<Milliseconds> now) const
    {
        return m_record.expireAt && now && *m_record.expireAt <= *now;
    }

    Setting& m_setting;
    std::vector<std::string>& m_left;
    Lane& m_lane;
    const UndoRecord& m_record;
    const Open& m_open;
    const How& m_how;
    const std::stop_token& m_stop;
    ImportLanes m_lanes;
    ImportOptions m_options;
    std::vector<ImportedKey> m_key; ///< One, once there is a part.
    bool m_isForever = false;
    std::uint64_t m_length = 0;   ///< Of the whole key.
    bool m_areFieldsOver = false; ///< The times of some.
};

Result<PartMaking::Found> PartMaking::Turn::look()
{
    const std::string& key = m_record.key;
    const char* const asking = m_how.hasExpireTime ? "PEXPIRETIME" : "PTTL";
    const std::vector<Command> commands{
        Command{"TYPE", key}, Command{asking, key}, Command{"MEMORY", "USAGE", key}, Command{"TIME"}};
    const auto replies = m_lane.pipeline(commands, m_stop);
    if (!replies) {
        return replies.error();
    }
    if (const Reply* const refused = refusalIn(*replies)) {
        return refusalForNow(m_lane, refused->text);
    }
    for (const Reply& reply : std::span(*replies).first(2)) {
        if (reply.isError()) {
            return replyError(reply.text).about(m_lane.nodeText());
        }
    }
    Found found;
    found.type = (*replies)[0].text;
    found.now = serverTimeIn((*replies)[3]);
    if ((*replies)[1].integer >= 0) {
        found.end = Milliseconds{(*replies)[1].integer}
            + (m_how.hasExpireTime ? Milliseconds{0} : found.now.value_or(Milliseconds{0}));
    }
    found.size =
        (*replies)[2].isInteger() ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, (*replies)[2].integer)) : 0;
    return found;
}

bool PartMaking::Turn::isEnd(std::optional<Milliseconds> end) const
{
    const auto wanted = hasEnd() ? m_record.expireAt : std::nullopt;
    if (!end || !wanted) {
        return end.has_value() == wanted.has_value();
    }
    return std::chrono::abs(*end - *wanted) <= (m_how.hasExpireTime ? Milliseconds{0} : inexactEnd);
}

Result<bool> PartMaking::Turn::isSame(const Found& found)
{
    if (found.type != m_record.type) {
        return false;
    }
    auto parts = m_open();
    if (!parts) {
        return std::move(parts).error();
    }
    PartComparing comparing(m_lane, m_record.key, m_setting.reading);
    for (;;) {
        const auto bytes = (*parts)->next();
        if (!bytes) {
            return bytes.error();
        }
        if (!*bytes) {
            return true;
        }
        const auto stored = partOfBytes(**bytes);
        if (!stored) {
            return false;
        }
        m_length = stored->keyLength;
        auto holds = comparing.holds(*stored, m_stop);
        if (!holds || !*holds) {
            return holds;
        }
    }
}

Result<LargeMaker::Told> PartMaking::Turn::makeAndName(const Found& found)
{
    Status made = makeParts(found);
    if (!m_key.empty() && m_key.front().isBegun) {
        m_left.push_back(m_key.front().name);
    }
    if (!made) {
        return std::move(made).error();
    }
    if (m_key.empty()) {
        return Told{Outcome::Failed, tr("Its parts can't be read: a newer version of Keyglass wrote them")};
    }
    if (m_key.front().outcome) {
        return Told{*m_key.front().outcome, m_key.front().detail};
    }
    return name(found);
}

/// Under a passing name. What the server refuses settles the key.
Status PartMaking::Turn::makeParts(const Found& found)
{
    auto parts = m_open();
    if (!parts) {
        return std::move(parts).error();
    }
    ImportSteps steps(m_lanes, m_options, nullptr);
    while (m_key.empty() || !m_key.front().outcome) {
        const auto bytes = (*parts)->next();
        if (!bytes) {
            return bytes.error();
        }
        if (!*bytes) {
            return ok();
        }
        auto stored = partOfBytes(**bytes);
        if (!stored) {
            m_key.resize(1);
            m_key.front().settle(
                Outcome::Failed, tr("Its parts can't be read: a newer version of Keyglass wrote them"));
            return ok();
        }
        KeyPart& part = stored->part;
        part.key = m_record.key;
        m_length = stored->keyLength;
        for (const FieldEndPart& end : part.fieldEnds) {
            m_areFieldsOver = m_areFieldsOver || (found.now && end.at <= *found.now);
        }
        m_key.resize(1);
        m_key.front().part = std::move(part);
        if (Status made = steps.make(m_key, m_stop); !made) {
            return made;
        }
    }
    return ok();
}

/// Under its own name, with its end: until then it ends by itself, should nobody come back to it.
Result<LargeMaker::Told> PartMaking::Turn::name(const Found& found)
{
    if (!found.isThere() || !m_how.overwritten) {
        return rename(found);
    }
    const auto archive = m_how.overwritten();
    if (!archive) {
        return archive.error();
    }
    return replace(found, **archive);
}

/// What came since it was looked at is left alone.
Result<LargeMaker::Told> PartMaking::Turn::rename(const Found& found)
{
    const std::string& passing = m_key.front().name;
    const std::vector<Command> naming{
        ending(passing), Command{found.isThere() ? "RENAME" : "RENAMENX", passing, m_record.key}};
    const auto replies = m_lane.pipeline(naming, m_stop);
    if (!replies) {
        return replies.error();
    }
    const Reply& ended = replies->front();
    const Reply& renamed = replies->back();
    if (isForNow(renamed) || (m_setting.isCluster && isElsewhere(renamed))) {
        return refusalForNow(m_lane, renamed.text);
    }
    if (renamed.isInteger() && renamed.integer == 0) {
        return Told{Outcome::Changed, tr("It is there with another value")};
    }
    if (renamed.isError() && renamed.text.find("no such key") == std::string::npos) {
        return Told{Outcome::Failed, renamed.text};
    }
    return ended.isError() && !renamed.isError() ? endAgain() : verify();
}

/// It has its own name, but would end with its passing one.
Result<LargeMaker::Told> PartMaking::Turn::endAgain()
{
    std::erase(m_left, m_key.front().name);
    const std::vector<Command> commands{ending(m_record.key)};
    const auto ended = sendPatiently(commands);
    if (!ended) {
        return ended.error();
    }
    if (ended->front().isError()) {
        return Told{Outcome::Failed, tr("It was restored, but its time to live was refused: ") + ended->front().text};
    }
    return verify();
}

/// What may be sent twice. The server may refuse it for now, or still after a while.
Result<std::vector<Reply>> PartMaking::Turn::sendPatiently(std::span<const Command> commands)
{
    const Deadline patience(m_options.patience);
    for (Milliseconds pause = firstPause;; pause = std::min(pause * 2, longestPause)) {
        auto replies = m_lane.pipeline(commands, m_stop);
        const Reply* const refused = replies ? refusalIn(*replies) : nullptr;
        if (refused == nullptr) {
            return replies;
        }
        if (patience.hasPassed() || m_stop.stop_requested()) {
            return refusalForNow(m_lane, refused->text);
        }
        waitOrStop(std::min(pause, patience.left()), m_stop);
    }
}

/// What is there is archived, in parts under WATCH; of a type that has none by DUMP.
Result<LargeMaker::Told> PartMaking::Turn::replace(const Found& found, UndoArchiveWriter& archive)
{
    const std::string& key = m_record.key;
    if (!isReadInParts(found.type)) {
        m_options.conflict = ImportConflict::Replace;
        ImportSteps steps(m_lanes, m_options, &archive);
        m_key.front().part.expireAt = hasEnd() ? m_record.expireAt : std::nullopt;
        m_key.front().isThere = true;
        if (Status named = steps.name(m_key, m_stop); !named) {
            return std::move(named).error();
        }
        const Outcome outcome = m_key.front().outcome.value_or(Outcome::NotDone);
        return outcome == Outcome::Done ? verify() : Result<Told>(Told{outcome, m_key.front().detail});
    }
    const std::string& passing = m_key.front().name;
    const std::vector<Command> naming{ending(passing), Command{"RENAME", passing, key}};
    return writtenOver(found, naming, UndoReason::Overwritten, archive);
}

/// The value is there; only when it ends is another.
Result<LargeMaker::Told> PartMaking::Turn::setEnd(const Found& found)
{
    const std::vector<Command> write{ending(m_record.key)};
    if (m_how.overwritten) {
        const auto archive = m_how.overwritten();
        return archive ? writtenOver(found, write, UndoReason::ExpiryChanged, **archive)
                       : Result<Told>(archive.error());
    }
    const auto written = m_lane.pipeline(write, m_stop);
    if (!written) {
        return written.error();
    }
    if (isForNow(written->front())) {
        return refusalForNow(m_lane, written->front().text);
    }
    return written->front().isError() ? Result<Told>(Told{Outcome::Failed, written->front().text}) : verify();
}

/// What is written to is archived in parts, and watched meanwhile.
Result<LargeMaker::Told> PartMaking::Turn::writtenOver(
    const Found& found, std::span<const Command> writes, UndoReason reason, UndoArchiveWriter& archive)
{
    const std::string& key = m_record.key;
    Lane& owner = m_lanes.ownerOf(key);
    const std::vector<Command> probe{Command{"MULTI"}, Command{"EXEC"}}; // without it the watch would be in vain
    const auto probed = owner.pipeline(probe, m_stop);
    if (!probed) {
        return probed.error();
    }
    if (const Reply* const refused = refusalIn(*probed)) {
        return refusalForNow(owner, refused->text);
    }
    if (const Reply* const error = firstError(*probed)) {
        return Told{Outcome::Failed, error->text};
    }
    LargeWrite guarded(archive, std::make_unique<PartArchiving>(m_setting.reading), m_record.database, reason);
    bool isUnderWay = false;
    const auto done = guarded.run(owner, key, found.size, writes, isUnderWay, m_stop);
    if (!done) {
        return done.error();
    }
    if (done->isElsewhere) {
        return Error{ErrorKind::Network, owner.nodeText(), QString::fromStdString(done->what.detail)};
    }
    if (done->what.outcome == Outcome::Missing && !m_key.empty()) { // gone meanwhile: nothing is written over
        Found gone = found;
        gone.type = "none";
        return rename(gone);
    }
    return done->what.outcome == Outcome::Done ? verify() : Result<Told>(Told{done->what.outcome, done->what.detail});
}

/// It is there, as long as it was, and ends when it should.
Result<LargeMaker::Told> PartMaking::Turn::verify()
{
    if (!m_key.empty()) {
        std::erase(m_left, m_key.front().name);
    }
    const KeyType type = keyTypeFromName(m_record.type);
    const char* const asking = m_how.hasExpireTime ? "PEXPIRETIME" : "PTTL";
    const std::vector<Command> commands{
        Command{asking, m_record.key}, lengthCommand(type, m_record.key), Command{"TIME"}};
    const auto replies = sendPatiently(commands);
    if (!replies) {
        return replies.error();
    }
    const Reply& ends = (*replies)[0];
    const auto now = serverTimeIn((*replies)[2]);
    if (!ends.isInteger()) {
        return Told{Outcome::Failed, ends.text};
    }
    if (ends.integer == isMissing) {
        const bool isOfFields = m_areFieldsOver && !(hasEnd() && isOver(now));
        return hasEnd() && isOver(now) ? Told{Outcome::ExpiredMeanwhile}
            : isOfFields               ? Told{Outcome::ExpiredMeanwhile, tr("The times of all its fields are over")}
                                       : Told{Outcome::Failed, tr("It was restored and is gone again")};
    }
    const auto end = ends.integer < 0 ? std::nullopt
                                      : std::optional(Milliseconds{ends.integer}
                                            + (m_how.hasExpireTime ? Milliseconds{0} : now.value_or(Milliseconds{0})));
    if (!isEnd(end)) {
        return Told{Outcome::Failed, tr("It was restored, but somebody has changed its time to live")};
    }
    if (m_areFieldsOver) {
        return Told{Outcome::Done, tr("Fields whose time is over did not come back")};
    }
    const Reply& length = (*replies)[1];
    if (!length.isInteger() || length.integer != static_cast<std::int64_t>(m_length)) {
        return Told{
            Outcome::Failed, tr("It was restored, but is not as long as it was: somebody may have written to it")};
    }
    return Told{Outcome::Done, m_key.empty() ? std::string() : m_key.front().detail};
}

/// What came to nothing, also before.
Status PartMaking::Turn::clean(const std::stop_token& stop)
{
    if (m_left.empty()) {
        return ok();
    }
    std::vector<Command> commands;
    for (const std::string& name : m_left) {
        commands.push_back(Command{m_options.hasUnlink ? "UNLINK" : "DEL", name});
    }
    const auto replies = m_lane.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    if (const Reply* const refused = refusalIn(*replies)) {
        return refusalForNow(m_lane, refused->text);
    }
    m_left.clear();
    return ok();
}

PartMaking::PartMaking(Setting setting)
    : m_setting(std::move(setting))
{
}

PartMaking::~PartMaking() = default;

Result<LargeMaker::Told> PartMaking::make(
    Lane& lane, const UndoRecord& record, const Open& open, const How& how, const std::stop_token& stop)
{
    return Turn(*this, lane, record, open, how, stop).run();
}

} // namespace keyglass
