// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/largewrite.h"

#include "core/bulk/guardedremoval.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <QCoreApplication>

#include <utility>

namespace keyglass {

namespace {

constexpr int mostTries = 3;

std::string tr(const char* text)
{
    return QCoreApplication::translate("GuardedRemoval", text).toStdString();
}

/// A connection that watched goes: it would end a transaction that has nothing to do with this key.
class Watch {
public:
    explicit Watch(Lane& lane)
        : m_lane(lane)
    {
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch()
    {
        if (m_isOn) {
            m_lane.close();
        }
    }
    /// EXEC has ended it.
    void ended() { m_isOn = false; }
    [[nodiscard]] Status end(const std::stop_token& stop)
    {
        const std::vector<Command> leaving{Command{"UNWATCH"}};
        const auto left = m_lane.pipeline(leaving, stop);
        m_isOn = !left || left->front().isError();
        return left ? ok() : Status(left.error());
    }

private:
    Lane& m_lane;
    bool m_isOn = true;
};

} // namespace

bool isReadInParts(std::string_view type)
{
    return type == "string" || type == "hash" || type == "list" || type == "set" || type == "zset" || type == "stream";
}

LargeWrite::LargeWrite(UndoArchiveWriter& archive, std::unique_ptr<LargeReader> reader, int database, UndoReason reason,
    WhyChanged whyChanged)
    : m_archive(archive)
    , m_reader(std::move(reader))
    , m_database(database)
    , m_reason(reason)
    , m_whyChanged(std::move(whyChanged))
{
}

Result<LargeWrite::Told> LargeWrite::run(Lane& lane, const std::string& key, std::uint64_t size,
    std::span<const Command> writes, bool& isUnderWay, const std::stop_token& stop)
{
    for (int tries = 0; tries < mostTries; ++tries) {
        auto settled = tryOnce(lane, key, size, writes, isUnderWay, stop);
        if (!settled) {
            return std::move(settled).error();
        }
        if (*settled) {
            return **std::move(settled);
        }
    }
    return Told{{Outcome::Changed, tr("it was written to each time that it was read for the archive")}};
}

Result<LargeWrite::Settled> LargeWrite::tryOnce(Lane& lane, const std::string& key, std::uint64_t size,
    std::span<const Command> writes, bool& isUnderWay, const std::stop_token& stop)
{
    const std::vector<Command> commands{Command{"WATCH", key}, Command{"TYPE", key}};
    const auto begun = lane.pipeline(commands, stop);
    if (!begun) {
        return begun.error();
    }
    Watch watch(lane);
    const std::uint64_t opening = lane.openings();
    const auto settle = [&](Told told) -> Result<Settled> {
        Status left = watch.end(stop);
        return left ? Result<Settled>(Settled(std::move(told))) : std::move(left).error();
    };
    if (const Reply* const error = firstError(*begun)) {
        return settle({{Outcome::Failed, error->text}, isElsewhere(*error)});
    }
    const std::string& type = begun->back().text;
    if (type == "none") {
        return settle({{Outcome::Missing, {}}});
    }
    if (auto why = m_whyChanged ? m_whyChanged(key, type) : std::nullopt) {
        return settle({{Outcome::Changed, *std::move(why)}});
    }
    auto read = archive(lane, key, type, size, stop);
    if (!read) {
        return std::move(read).error();
    }
    if (read->outcome == Outcome::Done) {
        const auto isStill = m_reader->isStill(lane, key, stop);
        if (!isStill || !*isStill) {
            m_archive.expectAgain(m_database, key); // it stands there whole
        }
        if (!isStill) {
            return isStill.error();
        }
        read->outcome = *isStill ? Outcome::Done : Outcome::Changed;
    }
    if (read->outcome == Outcome::Changed) {
        Status left = watch.end(stop);
        return left ? Result<Settled>(Settled()) : std::move(left).error();
    }
    if (read->outcome != Outcome::Done) {
        const bool isMoving = read->outcome == Outcome::Failed && isElsewhere(read->detail);
        return settle({*std::move(read), isMoving});
    }
    auto committed = commit(lane, opening, key, writes, isUnderWay, stop);
    if (committed) {
        watch.ended();
    }
    return committed;
}

Result<LargeWrite::Told> LargeWrite::keep(
    Lane& lane, const std::string& key, std::uint64_t size, const std::stop_token& stop)
{
    const std::vector<Command> asking{Command{"TYPE", key}};
    const auto type = lane.pipeline(asking, stop);
    if (!type) {
        return type.error();
    }
    if (type->front().isError()) {
        return Told{{Outcome::Failed, type->front().text}, isElsewhere(type->front())};
    }
    if (type->front().text == "none") {
        return Told{{Outcome::Missing, {}}};
    }
    for (int tries = 0; tries < mostTries; ++tries) {
        auto read = archive(lane, key, type->front().text, size, stop);
        if (!read) {
            return std::move(read).error();
        }
        if (read->outcome != Outcome::Changed) {
            const bool isMoving = read->outcome == Outcome::Failed && isElsewhere(read->detail);
            return Told{*std::move(read), isMoving};
        }
    }
    return Told{{Outcome::Changed, tr("it was written to each time that it was read for the archive")}};
}

/// When it is Done, it is on the disk.
Result<LargeReader::Told> LargeWrite::archive(
    Lane& lane, const std::string& key, std::string_view type, std::uint64_t size, const std::stop_token& stop)
{
    RecordPart place{m_archive.newSet()};
    UndoArchiveWriter::Ticket ticket = 0;
    UndoRecordView record{key, {}, type, std::nullopt, m_database, m_reason};
    const auto take = [&](LargeReader::Part&& part) {
        place.isLast = part.isLast;
        record.dump = part.bytes;
        record.expireAt = part.expireAt;
        record.part = place;
        ticket = m_archive.append(std::span(&record, 1), stop);
        ++place.number;
    };
    auto read = m_reader->read(lane, key, type, size, take, stop);
    const bool isWhole = read && read->outcome == Outcome::Done && place.isLast;
    if (!isWhole && place.number > 0) {
        place.isAbandoned = true;
        record.dump = {};
        record.part = place;
        static_cast<void>(m_archive.append(std::span(&record, 1), stop));
    }
    if (isWhole) {
        if (Status durable = m_archive.waitDurable(ticket, stop); !durable) {
            return std::move(durable).error();
        }
    }
    return read;
}

Result<LargeWrite::Settled> LargeWrite::commit(Lane& lane, std::uint64_t opening, const std::string& key,
    std::span<const Command> writes, bool& isUnderWay, const std::stop_token& stop) const
{
    if (!lane.isOpen() || lane.openings() != opening) { // a page was too large for the line, and ended it
        m_archive.expectAgain(m_database, key);
        return Settled(); // once more, in smaller pages (LargeReader)
    }
    std::vector<Command> commands{Command{"MULTI"}};
    commands.insert(commands.end(), writes.begin(), writes.end());
    commands.push_back(Command{"EXEC"});
    isUnderWay = true;
    auto replies = lane.pipeline(commands, stop);
    if (!replies) {
        m_archive.expectAgain(m_database, key);
        return std::move(replies).error();
    }
    isUnderWay = false;
    Reply& executed = replies->back();
    if (executed.isNil()) {
        m_archive.expectAgain(m_database, key);
        return Settled();
    }
    const Reply* const error = firstError(executed.isArray() ? std::span<const Reply>(executed.elements) : *replies);
    if (error || !executed.isArray() || executed.elements.size() != writes.size()) {
        const Reply& why = error ? *error : executed;
        m_archive.expectAgain(m_database, key);
        return Settled(Told{{Outcome::Failed, why.text}, isElsewhere(why)});
    }
    return Settled(Told{{}, false, std::move(executed.elements.back())});
}

/// One after the other: each takes as many round trips as it has megabytes.
Status GuardedRemoval::removeLarge(Lane& lane, OutcomeSink& outcomes, const std::stop_token& stop)
{
    while (!m_large.empty()) {
        const Large& next = m_large.front();
        const std::vector<Command> removing{Command{unlink(), next.key}};
        const auto done = m_largeWrite->run(lane, next.key, next.size, removing, m_isLargeUnderWay, stop);
        if (!done) {
            return done.error();
        }
        const LargeReader::Told& what = done->what;
        if (what.outcome == Outcome::Failed && m_options.ways.hasUnlink && what.detail.starts_with("ERR unknown")) {
            m_options.ways.hasUnlink = false; // once more, by DEL
            continue;
        }
        const Large key = std::move(m_large.front());
        m_large.pop_front();
        const bool isGone = what.outcome == Outcome::Done && done->answer.integer == 0; // it ended meanwhile
        if (done->isElsewhere) {
            toldElsewhere(key.key, what.detail, outcomes);
        } else if (what.outcome == Outcome::Missing || isGone) {
            toldMissing(key.key, outcomes);
        } else if (what.outcome == Outcome::NotUndoable) {
            tellTooLarge(key.key, static_cast<std::int64_t>(key.size), outcomes);
        } else {
            told(key.key, what.outcome, outcomes, what.detail);
        }
    }
    return ok();
}

} // namespace keyglass
