// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/undorun.h"
#include "core/session/bulkrun.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace keyglass {

/// One job of a session, from its plan to its report: a plan that is looked through, carried out, or undone.
///
/// Lives on the session's thread and works on one of its own. Nothing here blocks but the destructor, which ends what
/// runs (within 100 ms: what was not sent is not done).
class BulkJob : public QObject {
    Q_OBJECT

public:
    enum class State {
        Planned,    ///< Nothing was asked of the server yet.
        Previewing, ///< The keys are being looked at; nothing is changed.
        Running,
        Paused,
        Ended, ///< report() tells how.
    };
    using Previewed = BulkRun::Previewed;

    /// A plan; `expected`: how many keys it is for, where that is known.
    BulkJob(BulkSetting setting, JobPlan plan, std::optional<std::uint64_t> expected, QObject* parent = nullptr);
    /// Brings back what an archive has of keys that were deleted or changed.
    /// `passphrase`: of one that is sealed. `newArchive`: the file for what is overwritten, sealed by the same; empty:
    /// that is not archived.
    BulkJob(SourceAccess source, QString archiveFile, UndoOptions options, QByteArray passphrase = {},
        std::shared_ptr<NodeTurns> turns = {}, QString newArchive = {}, QObject* parent = nullptr);
    ~BulkJob() override;

    [[nodiscard]] const JobPlan& plan() const { return m_plan; }
    /// It is for keys that were chosen, not for the plan's.
    [[nodiscard]] bool hasChoice() const { return m_setting.choice.has_value(); }
    [[nodiscard]] bool isUndo() const { return m_isUndo; }
    /// What the history calls the connection of an undo; of a plan, BulkSetting::connection.
    void setConnection(const QString& name) { m_setting.connection = name; }
    /// The archive that an undo reads, or that the job has written; empty where it has none.
    [[nodiscard]] QString archiveFile() const;
    /// That archive is of another server than the session's: of what a copy wrote over there.
    [[nodiscard]] bool isArchiveElsewhere() const;
    [[nodiscard]] State state() const { return m_state; }
    /// Looking through, running or paused.
    [[nodiscard]] bool isWorking() const;
    /// How many keys it is for, as far as that is known: by the choice, by a preview, by the archive.
    [[nodiscard]] std::optional<std::uint64_t> expectedKeys() const { return m_expected; }

    /// Good: run() may begin. ReadOnly; Confirm names in its subject what the user has to confirm.
    [[nodiscard]] Status check() const;
    /// Looks through the keys; changed() tells when previewed() is there. Ends an earlier look that still runs.
    void preview(PreviewWays ways);
    [[nodiscard]] const std::optional<Result<Previewed>>& previewed() const { return m_previewed; }

    /// Keys that are not what this preview saw are left alone, instead of what this job's own has seen.
    void compareWith(std::shared_ptr<const PreviewMarks> marks) { m_setting.marks = std::move(marks); }
    /// How many keys it is for, as a plan that was looked through before has found; for the progress only.
    void expect(std::optional<std::uint64_t> keys) { m_expected = keys ? keys : m_expected; }
    /// Where what becomes of each key is written (ReportFile); empty: nowhere.
    void setReportFile(const QString& file) { m_setting.reportFile = file; }
    /// That file; after the end the one that was written, also where nobody named one; empty: there is none.
    [[nodiscard]] QString reportFile() const;
    /// Begins. `confirmed`: the commands that the user said yes to.
    void run(const std::vector<std::string>& confirmed);
    void pause();
    void resume();
    /// Ends a preview or the job at a key boundary. What is done stays done.
    void cancel();
    void setRate(std::optional<std::uint64_t> keysPerSecond);

    [[nodiscard]] JobProgress progress() const;
    [[nodiscard]] std::chrono::milliseconds elapsed() const;
    /// How it went, or why it could not begin; nothing before the end.
    [[nodiscard]] const std::optional<Result<BulkReport>>& report() const { return m_report; }

Q_SIGNALS:
    /// Another state, or a preview.
    void changed();
    /// Four times a second while it works.
    void progressed();

private:
    class Work;
    class PlanWork;
    class UndoWork;

    void begin(State state, std::shared_ptr<Work> work);
    void tookPreview(Result<Previewed>&& previewed);
    void ended(Result<BulkReport>&& report);
    void setState(State state);

    BulkSetting m_setting;
    const JobPlan m_plan;
    const bool m_isUndo = false;
    const QString m_archive; ///< Of an undo.
    const UndoOptions m_undo;
    const QByteArray m_passphrase; ///< Of a sealed archive.
    const QString m_newArchive;    ///< Of an undo, for what it overwrites.
    State m_state = State::Planned;
    std::optional<std::uint64_t> m_expected;
    std::optional<Result<Previewed>> m_previewed;
    std::optional<Result<BulkReport>> m_report;
    std::optional<std::uint64_t> m_rate;
    Clock::time_point m_begun;
    std::chrono::milliseconds m_elapsed{0};
    QTimer m_tick;
    std::shared_ptr<Work> m_work; ///< Of the last run or preview; shared with its thread.
    std::jthread m_thread;        // last: joined first
};

} // namespace keyglass
