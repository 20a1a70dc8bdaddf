// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/undorun.h"

#include "core/base/errortext.h"
#include "core/base/stopwait.h"
#include "core/bulk/jobpace.h"
#include "core/bulk/stepreplies.h"
#include "core/bulk/undobatch.h"
#include "core/bulk/undoreading.h"
#include "core/source/lane.h"

#include <QCoreApplication>

#include <algorithm>
#include <exception>
#include <mutex>
#include <new>
#include <thread>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds longestPause = 2s;
/// Records between two looks at whether to stop where nothing is sent.
constexpr std::uint64_t recordsAtOnce = 1000;

Error cancelled(const UndoArchiveReader& reader)
{
    return {ErrorKind::Cancelled, reader.info().connection, {}};
}

} // namespace

UndoRun::UndoRun(MakeLane makeLane, UndoOptions options, JobReport& report)
    : m_makeLane(std::move(makeLane))
    , m_options(std::move(options))
    , m_report(report)
    , m_notFound(m_options.keys)
{
}

UndoRun::~UndoRun() = default;

Status UndoRun::run(UndoArchiveReader& reader, std::stop_token stop, const OnProgress& progress)
{
    m_reader = &reader;
    reader.rewind();
    if (reader.superseding() != 0) { // also where that is not known
        if (Status found = findSuperseded(reader, stop); !found) {
            return found;
        }
    }
    UndoReading reading(
        reader, [this](const UndoRecord& record, std::uint64_t number) { return isWanted(record, number); });
    Status done = restoreAll(reading, std::move(stop), progress);
    if (done) {
        tellMissing();
    }
    return done;
}

/// Two workers, each with lanes of its own, take turns: while one looks at its answers, the server works for the other.
Status UndoRun::restoreAll(UndoReading& reading, std::stop_token stop, const OnProgress& progress)
{
    std::stop_source ending;
    const std::stop_callback ended(std::move(stop), [&ending] { ending.request_stop(); });
    Status second = ok();
    Status first = ok();
    {
        const std::jthread beside([&] {
            second = guarded(m_second, reading, ending.get_token(), progress);
            if (!second) {
                ending.request_stop();
            }
        });
        first = guarded(m_first, reading, ending.get_token(), progress);
        if (!first) {
            ending.request_stop();
        }
    }
    const bool isFirstsOwn = !first && first.error().kind != ErrorKind::Cancelled;
    return isFirstsOwn || second ? first : second; // being stopped because of the other is no failure of one's own
}

/// Nothing is thrown across a thread.
Status UndoRun::guarded(Lanes& lanes, UndoReading& reading, const std::stop_token& stop, const OnProgress& progress)
{
    try {
        return restoreBatches(lanes, reading, stop, progress);
    } catch (const std::bad_alloc&) {
        return Error{ErrorKind::Limit, QCoreApplication::translate("Undo", "The undo"),
            QCoreApplication::translate("Undo", "There is not enough memory")};
    } catch (const std::exception& problem) {
        return Error{
            ErrorKind::Server, QCoreApplication::translate("Undo", "The undo"), QString::fromUtf8(problem.what())};
    }
}

Status UndoRun::restoreBatches(
    Lanes& lanes, UndoReading& reading, const std::stop_token& stop, const OnProgress& progress)
{
    while (true) {
        auto batch = reading.next(stop);
        if (!batch) {
            return std::move(batch).error();
        }
        if (!*batch) {
            return ok();
        }
        for (std::span<const UndoRecord> open = (*batch)->records; !open.empty();) {
            const std::size_t count = m_pace ? std::min(m_pace->atOnce(open.size()), open.size()) : open.size();
            if (Status restored = restoreInTurn(lanes, open.first(count), stop); !restored) {
                return restored;
            }
            open = open.subspan(count);
            const std::lock_guard lock(m_mutex);
            m_progress.read = open.empty() ? std::max(m_progress.read, (*batch)->read) : m_progress.read;
            if (progress) {
                progress(m_progress);
            }
        }
    }
}

/// The pace's yes, then no earlier job on the servers.
Status UndoRun::restoreInTurn(Lanes& lanes, std::span<const UndoRecord> records, const std::stop_token& stop)
{
    const bool isPaced = !m_pace || m_pace->take(records.size(), stop);
    const std::shared_ptr<void> turn = isPaced && m_enter ? m_enter(stop) : nullptr;
    if (!isPaced || (m_enter && !turn)) {
        return Error{ErrorKind::Cancelled, {}, {}};
    }
    return restore(lanes, records, stop);
}

/// Which record of a key counts, where a later one supersedes it.
Status UndoRun::findSuperseded(UndoArchiveReader& reader, const std::stop_token& stop)
{
    UndoRecord record;
    for (std::uint64_t number = 1;; ++number) {
        const auto got = reader.next(record);
        if (!got) {
            return got.error();
        }
        if (!*got) {
            break;
        }
        if (record.supersedes) {
            m_lastRecord[{record.database, std::move(record.key)}] = number;
        }
        if (number % recordsAtOnce == 0 && stop.stop_requested()) {
            return cancelled(reader);
        }
    }
    reader.rewind();
    return ok();
}

bool UndoRun::isWanted(const UndoRecord& record, std::uint64_t number)
{
    if (record.isAside != m_options.takesAside) {
        return false;
    }
    if (!m_options.keys.empty()) {
        if (!m_options.keys.contains(record.key)) {
            return false;
        }
        m_notFound.erase(record.key);
    }
    if (record.isAside || m_lastRecord.empty()) {
        return true;
    }
    const auto last = m_lastRecord.find({record.database, record.key});
    return last == m_lastRecord.end() || number >= last->second;
}

/// A lost line is opened again, and a server that refuses for now asked again, for as long as the patience lasts.
Status UndoRun::restore(Lanes& lanes, std::span<const UndoRecord> records, const std::stop_token& stop)
{
    Place& place = placeOf(lanes, records.front().database);
    const auto confirmed = place.lane->confirmed(m_options.confirmation);
    Lane& lane = *confirmed;
    std::optional<Deadline> patience; // from the first failure on
    Milliseconds pause = 50ms;
    while (true) {
        Status restored = tryOnce(place, lane, records, stop);
        if (restored) {
            return ok();
        }
        if (stop.stop_requested()) {
            return restored;
        }
        if (restored.error().kind == ErrorKind::Limit) { // what is in a key's way is more than a reply may have
            return restoreSingly(lanes, records, restored.error(), stop);
        }
        if (!patience) {
            patience.emplace(m_options.patience);
        }
        if (!isLostLine(restored.error().kind) || patience->hasPassed()) {
            giveUp(lane, records, restored.error());
            return restored;
        }
        m_report.retried(lane.nodeText());
        waitOrStop(pause, stop);
        pause = std::min(pause * 2, longestPause);
    }
}

/// So that one key ends no more than itself. What was restored already is found to be there unchanged.
Status UndoRun::restoreSingly(
    Lanes& lanes, std::span<const UndoRecord> records, const Error& why, const std::stop_token& stop)
{
    if (records.size() > 1) {
        for (std::size_t at = 0; at < records.size(); ++at) {
            if (Status restored = restore(lanes, records.subspan(at, 1), stop); !restored) {
                return restored;
            }
        }
        return ok();
    }
    const QString name = placeOf(lanes, records.front().database).lane->nodeText();
    OutcomeCounts counts;
    ++counts[Outcome::Failed];
    m_report.add(name, counts, {{records.front().key, Outcome::Failed, errorText(why).toStdString(), name}});
    return ok();
}

Status UndoRun::tryOnce(Place& place, Lane& lane, std::span<const UndoRecord> records, const std::stop_token& stop)
{
    if (records.front().isInParts()) {
        return makeLarge(place, lane, records.front(), stop);
    }
    UndoBatch batch(records, m_options);
    if (Status restored = batch.run(lane, stop); !restored) {
        return restored;
    }
    tell(lane, records, batch.outcomes());
    return ok();
}

/// The one record of its batch.
Status UndoRun::makeLarge(Place& place, Lane& lane, const UndoRecord& record, const std::stop_token& stop)
{
    if (!place.maker && m_options.largeMaker) {
        place.maker = m_options.largeMaker(record.database);
    }
    LargeMaker::Told told{
        Outcome::Failed, QCoreApplication::translate("Undo", "It can't be made of its parts here").toStdString()};
    if (place.maker) {
        const LargeMaker::How how{
            m_options.conflict, m_options.keepsExpired, m_options.hasExpireTime, m_options.overwritten};
        auto made = place.maker->make(lane, record, [this, &record] { return m_reader->parts(record); }, how, stop);
        if (!made) {
            return std::move(made).error();
        }
        told = *std::move(made);
    }
    tell(lane, std::span(&record, 1), std::span(&told, 1));
    return ok();
}

void UndoRun::tell(Lane& lane, std::span<const UndoRecord> records, std::span<const LargeMaker::Told> outcomes)
{
    OutcomeCounts counts;
    std::vector<KeyOutcome> rows;
    for (std::size_t at = 0; at < records.size(); ++at) {
        const LargeMaker::Told& settled = outcomes[at];
        ++counts[settled.outcome];
        if (m_report.wantsAllRows() || hasTrouble(settled.outcome)) {
            rows.push_back({records[at].key, settled.outcome, settled.detail, lane.nodeText()});
        }
    }
    m_report.add(lane.nodeText(), counts, std::move(rows));
    const std::lock_guard lock(m_mutex);
    m_progress.settled += records.size();
}

void UndoRun::giveUp(Lane& lane, std::span<const UndoRecord> records, const Error& why)
{
    OutcomeCounts counts;
    std::vector<KeyOutcome> rows;
    for (const UndoRecord& record : records) {
        ++counts[Outcome::NotDone];
        rows.push_back({record.key, Outcome::NotDone, errorText(why).toStdString(), lane.nodeText()});
    }
    m_report.add(lane.nodeText(), counts, std::move(rows));
    m_report.giveUp(lane.nodeText(), why);
}

/// Keys that were asked for and are not in the archive.
void UndoRun::tellMissing()
{
    OutcomeCounts counts;
    std::vector<KeyOutcome> rows;
    for (const std::string& key : m_notFound) {
        ++counts[Outcome::NotDone];
        rows.push_back(
            {key, Outcome::NotDone, QCoreApplication::translate("Undo", "It is not in the archive").toStdString(), {}});
    }
    if (!rows.empty()) {
        m_report.add({}, counts, std::move(rows));
    }
}

UndoRun::Place& UndoRun::placeOf(Lanes& lanes, int database)
{
    Place& place = lanes[database];
    if (!place.lane) {
        const std::lock_guard lock(m_mutex);
        place.lane = m_makeLane(database);
    }
    return place;
}

} // namespace keyglass
