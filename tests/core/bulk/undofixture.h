// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/guardedremoval.h"
#include "core/bulk/jobreport.h"
#include "core/bulk/undorun.h"
#include "tests/core/bulk/serverfixture.h"

#include <QTest>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keyglass::test {

/// What tests of an undo stand on: keys go into an archive and come back out of it.
class UndoFixture : public ArchiveFixture {
protected:
    /// Archives and deletes.
    void remove(const std::vector<std::string>& keys, RemovalOptions options = {}, Lane* lane = nullptr)
    {
        GuardedRemoval removal(*m_archive->writer, options);
        OutcomeList outcomes;
        const StepLanes lanes{lane ? *lane : *m_lane, lane ? *lane : *m_lane};
        QVERIFY(removal.apply(lanes, batchOf(keys), outcomes, {}));
        QVERIFY(removal.finish(lanes, outcomes, {}));
        QCOMPARE(outcomes.count("done") + outcomes.count("done_though_changed"), keys.size());
    }
    void archive(const UndoRecord& record)
    {
        const std::vector<UndoRecordView> views{record.view()};
        const auto ticket = m_archive->writer->append(views);
        QVERIFY(m_archive->writer->waitDurable(ticket, {}));
    }
    UndoRecord recordOf(const std::string& key)
    {
        UndoRecord record;
        record.key = key;
        record.dump = m_server->command({"DUMP", key});
        const std::int64_t end = std::stoll(m_server->command({"PEXPIRETIME", key}));
        record.expireAt = end >= 0 ? std::optional(Milliseconds{end}) : std::nullopt;
        return record;
    }
    Status undo(UndoOptions options = {}, UndoRun::MakeLane makeLane = {}, std::stop_token stop = {})
    {
        m_report = std::make_unique<JobReport>();
        auto reader = UndoArchiveReader::open(m_archive->path);
        if (!reader) {
            return std::move(reader).error();
        }
        if (!makeLane) {
            makeLane = [this](int database) { return laneTo(*m_server, database); };
        }
        return UndoRun(std::move(makeLane), std::move(options), *m_report).run(**reader, std::move(stop));
    }
    [[nodiscard]] std::uint64_t count(Outcome outcome) const { return m_report->counts()[outcome]; }

    std::unique_ptr<JobReport> m_report;
};

} // namespace keyglass::test
