// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/undorun.h"

#include "core/base/errortext.h"
#include "core/bulk/undobatch.h"
#include "core/source/lane.h"

#include <QCoreApplication>

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t batchRecords = 500;
constexpr std::uint64_t batchBytes = 4U * 1024 * 1024;
constexpr Milliseconds longestPause = 2s;
/// Records between two looks at whether to stop where nothing is sent.
constexpr std::uint64_t recordsAtOnce = 1000;

bool isLost(const Error& error)
{
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Loading;
}

void pauseFor(Milliseconds time, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, time, [] { return false; });
}

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
    reader.rewind();
    if (reader.superseding() != 0) { // also where that is not known
        if (Status found = findSuperseded(reader, stop); !found) {
            return found;
        }
    }
    while (true) {
        if (m_batch.size() == m_batchSize) {
            m_batch.emplace_back();
        }
        UndoRecord& record = m_batch[m_batchSize];
        const auto got = reader.next(record);
        if (!got) {
            return got.error();
        }
        if (!*got) {
            break;
        }
        if (++m_progress.read % recordsAtOnce == 0 && stop.stop_requested()) {
            return cancelled(reader);
        }
        if (!isWanted(record, m_progress.read)) {
            continue;
        }
        if (m_batchSize > 0 && record.database != m_batch.front().database) {
            UndoRecord first = std::move(record);
            if (Status flushed = flush(stop); !flushed) {
                return flushed;
            }
            m_batch.front() = std::move(first);
        }
        m_batchBytes += m_batch[m_batchSize].dump.size() + m_batch[m_batchSize].key.size();
        ++m_batchSize;
        if (m_batchSize >= batchRecords || m_batchBytes >= batchBytes) {
            if (Status flushed = flush(stop); !flushed) {
                return flushed;
            }
            if (progress) {
                progress(m_progress);
            }
        }
    }
    Status flushed = flush(stop);
    if (flushed) {
        tellMissing();
    }
    if (progress) {
        progress(m_progress);
    }
    return flushed;
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
    if (!m_options.keys.empty()) {
        if (!m_options.keys.contains(record.key)) {
            return false;
        }
        m_notFound.erase(record.key);
    }
    if (m_lastRecord.empty()) {
        return true;
    }
    const auto last = m_lastRecord.find({record.database, record.key});
    return last == m_lastRecord.end() || number >= last->second;
}

/// Restores the batch; a lost line is opened again for as long as the patience lasts.
Status UndoRun::flush(std::stop_token stop)
{
    if (m_batchSize == 0) {
        return ok();
    }
    const auto confirmed = laneOf(m_batch.front().database).confirmed(m_options.confirmation);
    Lane& lane = *confirmed;
    const Deadline patience(m_options.patience);
    Milliseconds pause = 50ms;
    while (true) {
        Status restored = restore(lane, stop);
        if (restored) {
            return ok();
        }
        if (stop.stop_requested()) {
            return restored;
        }
        if (!isLost(restored.error()) || patience.hasPassed()) {
            giveUp(lane, restored.error());
            return restored;
        }
        m_report.retried(lane.nodeText());
        pauseFor(pause, stop);
        pause = std::min(pause * 2, longestPause);
    }
}

Status UndoRun::restore(Lane& lane, std::stop_token stop)
{
    const std::span<const UndoRecord> records = std::span(m_batch).first(m_batchSize);
    UndoBatch batch(records, m_options);
    if (Status restored = batch.run(lane, std::move(stop)); !restored) {
        return restored;
    }
    OutcomeCounts counts;
    std::vector<KeyOutcome> rows;
    for (std::size_t at = 0; at < records.size(); ++at) {
        const UndoBatch::Settled& settled = batch.outcomes()[at];
        ++counts[settled.outcome];
        if (m_report.wantsAllRows() || hasTrouble(settled.outcome)) {
            rows.push_back({records[at].key, settled.outcome, settled.detail, lane.nodeText()});
        }
    }
    m_report.add(lane.nodeText(), counts, std::move(rows));
    m_progress.settled += records.size();
    m_batchSize = 0;
    m_batchBytes = 0;
    return ok();
}

void UndoRun::giveUp(Lane& lane, const Error& why)
{
    OutcomeCounts counts;
    std::vector<KeyOutcome> rows;
    for (const UndoRecord& record : std::span(m_batch).first(m_batchSize)) {
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

Lane& UndoRun::laneOf(int database)
{
    auto& lane = m_lanes[database];
    if (!lane) {
        lane = m_makeLane(database);
    }
    return *lane;
}

} // namespace keyglass
