// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/bulkjob.h"

#include "core/bulk/archivereader.h"
#include "core/bulk/jobpace.h"
#include "core/bulk/reportfile.h"
#include "core/session/jobhistory.h"
#include "core/session/keptreports.h"
#include "core/session/largekeys.h"
#include "core/session/sourceturns.h"

#include <QCoreApplication>
#include <QScopeGuard>

#include <atomic>
#include <mutex>
#include <new>
#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr auto tickEvery = 250ms;

template <typename T> Result<T> guarded(const QString& what, const std::function<Result<T>()>& work)
{
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return Error{ErrorKind::Limit, what, QCoreApplication::translate("Session", "Out of memory")};
    } catch (const std::exception& problem) {
        return Error{ErrorKind::Server, what, QString::fromUtf8(problem.what())};
    }
}

} // namespace

/// What a job's thread does; asked of by the session's thread meanwhile.
class BulkJob::Work {
public:
    Work() = default;
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;
    virtual ~Work() = default;

    [[nodiscard]] virtual Result<BulkReport> run(std::stop_token stop) = 0;
    [[nodiscard]] virtual JobProgress progress() const = 0;
    virtual void pause() { }
    virtual void resume() { }
    virtual void setRate(std::optional<std::uint64_t>) { }
};

class BulkJob::PlanWork : public Work {
public:
    PlanWork(BulkSetting setting, JobPlan plan)
        : m_connection(setting.connection)
        , m_hasChoice(setting.choice.has_value())
        , m_plan(plan)
        , m_run(listing(std::move(setting)), std::move(plan))
    {
    }
    Result<BulkReport> run(std::stop_token stop) override
    {
        const auto leave = qScopeGuard([this] { m_listed.leave(); }); // an exception: nobody knows what it did
        auto report = m_run.run(std::move(stop));
        if (!report) {
            static_cast<void>(m_listed.drop());
        } else {
            // A job is not worse for not being listed; where the disk is full its own files tell so.
            static_cast<void>(m_listed.end(pastJob(m_connection, m_plan, m_hasChoice, report->reportFile, *report)));
        }
        return report;
    }
    [[nodiscard]] Result<Previewed> preview(PreviewWays ways, std::stop_token stop)
    {
        return m_run.preview(std::move(ways), std::move(stop));
    }
    [[nodiscard]] JobProgress progress() const override { return m_run.progress(); }
    void pause() override { m_run.pause(); }
    void resume() override { m_run.resume(); }
    void setRate(std::optional<std::uint64_t> keysPerSecond) override { m_run.setRate(keysPerSecond); }

private:
    BulkSetting listing(BulkSetting&& setting)
    {
        setting.begins = [this](const QString& archive, const QString& report) {
            m_listed.begin(beginningJob(m_connection, m_plan, m_hasChoice, archive, report));
        };
        return std::move(setting);
    }

    const QString m_connection;
    const bool m_hasChoice;
    const JobPlan m_plan;
    ListedJob m_listed;
    BulkRun m_run;
};

class BulkJob::UndoWork : public Work {
public:
    UndoWork(BulkSetting setting, QString archiveFile, UndoOptions options, QByteArray passphrase, QString newArchive)
        : m_connection(std::move(setting.connection))
        , m_source(std::move(setting.source))
        , m_archive(std::move(archiveFile))
        , m_options(std::move(options))
        , m_passphrase(std::move(passphrase))
        , m_turns(std::move(setting.turns), m_source)
        , m_newArchive(std::move(newArchive))
    {
    }
    Result<BulkReport> run(std::stop_token stop) override
    {
        const auto begun = Clock::now();
        auto reader = UndoArchiveReader::open(m_archive, m_passphrase);
        if (!reader) {
            return std::move(reader).error();
        }
        auto kept = keepReport("undo");
        ListedJob listed; // as of a plan's job
        listed.begin(beginningUndo(m_connection, m_archive, m_newArchive, kept ? kept->path : QString()));
        JobReport told(kept ? std::move(kept->file) : nullptr);
        UndoOptions options = m_options;
        if (!m_newArchive.isEmpty()) {
            options.overwritten = [this, &about = (*reader)->info()] { return overwritten(about); };
        }
        options.largeMaker = largeMakersOf(m_source, options.confirmation);
        UndoRun undo([this](int database) { return m_source.lane(database); }, std::move(options), told);
        undo.setPace(m_pace);
        undo.setEnter([this](const std::stop_token& token) { return m_turns.enter(token); });
        const Status done = undo.run(**reader, std::move(stop), [this, &told](const UndoProgress& progress) {
            m_read = progress.read;
            m_settled = progress.settled;
            const std::lock_guard lock(m_countsMutex);
            m_counts = told.counts();
        });
        BulkReport report;
        report.counts = told.counts();
        report.nodes = told.nodes();
        report.troubles = told.troubles();
        report.archiveFile = m_archive;
        if (m_overwritten) {
            if (Status whole = m_overwritten->finish(); !whole && done) {
                report.failure = std::move(whole).error();
            }
            report.archiveFile = m_overwritten->path();
            report.archive = m_overwritten->totals();
        }
        report.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
        if (!done) {
            report.failure = done.error();
        }
        report.reportFile = kept ? kept->path : QString();
        if (Status whole = told.closeFile(countsJson(report.counts)); !whole) {
            report.reportFailure = std::move(whole).error();
        }
        static_cast<void>(listed.end(pastUndo(m_connection, m_archive, report)));
        return report;
    }
    [[nodiscard]] JobProgress progress() const override
    {
        JobProgress progress;
        {
            const std::lock_guard lock(m_countsMutex);
            progress.counts = m_counts;
        }
        progress.taken = m_read;
        progress.settled = m_settled;
        progress.waitingNodes = m_turns.isWaiting() ? 1 : 0;
        progress.isPaused = m_pace.isPaused();
        return progress;
    }
    void pause() override { m_pace.pause(); } // between two batches
    void resume() override { m_pace.resume(); }
    void setRate(std::optional<std::uint64_t> keysPerSecond) override { m_pace.setRate(keysPerSecond); }

private:
    /// The archive for what is overwritten.
    [[nodiscard]] Result<UndoArchiveWriter*> overwritten(const ArchiveInfo& about)
    {
        const std::lock_guard lock(m_archiveMutex);
        if (!m_overwritten) {
            ArchiveInfo info = about;
            info.job = QStringLiteral("undo");
            info.created = {};
            auto made = UndoArchiveWriter::create(m_newArchive, std::move(info), m_passphrase);
            if (!made) {
                return std::move(made).error();
            }
            m_overwritten = *std::move(made);
        }
        return m_overwritten.get();
    }

    const QString m_connection;
    const SourceAccess m_source;
    const QString m_archive;
    const UndoOptions m_options;
    const QByteArray m_passphrase;
    SourceTurns m_turns;
    JobPace m_pace;
    const QString m_newArchive; ///< For what is overwritten; empty: that is not archived.
    /// Guards m_overwritten: an undo has two workers. Held while the archive is made, which takes a while.
    std::mutex m_archiveMutex;
    mutable std::mutex m_countsMutex; ///< Guards m_counts: the session's thread asks meanwhile.
    OutcomeCounts m_counts;
    std::unique_ptr<UndoArchiveWriter> m_overwritten;
    std::atomic<std::uint64_t> m_read{0};
    std::atomic<std::uint64_t> m_settled{0};
};

BulkJob::BulkJob(BulkSetting setting, JobPlan plan, std::optional<std::uint64_t> expected, QObject* parent)
    : QObject(parent)
    , m_setting(std::move(setting))
    , m_plan(std::move(plan))
    , m_expected(expected)
    , m_rate(m_plan.keysPerSecond)
{
    m_tick.setInterval(tickEvery);
    connect(&m_tick, &QTimer::timeout, this, &BulkJob::progressed);
}

BulkJob::BulkJob(SourceAccess source, QString archiveFile, UndoOptions options, QByteArray passphrase,
    std::shared_ptr<NodeTurns> turns, QString newArchive, QObject* parent)
    : QObject(parent)
    , m_isUndo(true)
    , m_archive(std::move(archiveFile))
    , m_undo(std::move(options))
    , m_passphrase(std::move(passphrase))
    , m_newArchive(std::move(newArchive))
{
    m_setting.source = std::move(source);
    m_setting.turns = std::move(turns);
    m_tick.setInterval(tickEvery);
    connect(&m_tick, &QTimer::timeout, this, &BulkJob::progressed);
}

BulkJob::~BulkJob() = default;

QString BulkJob::archiveFile() const
{
    if (m_isUndo) {
        return m_archive;
    }
    return m_report && *m_report && (*m_report)->archive ? (*m_report)->archiveFile : QString();
}

bool BulkJob::isArchiveElsewhere() const
{
    const bool isCopy = !m_isUndo && std::holds_alternative<CopyKeys>(m_plan.operation);
    return isCopy && (m_setting.target || m_setting.openTarget);
}

QString BulkJob::reportFile() const
{
    return m_report && *m_report ? (*m_report)->reportFile : m_setting.reportFile;
}

bool BulkJob::isWorking() const
{
    return m_state == State::Previewing || m_state == State::Running || m_state == State::Paused;
}

Status BulkJob::check() const
{
    if (m_isUndo) {
        return m_setting.source.gate->check(Command{"RESTORE", "key", "0", "bytes"}, m_setting.confirmation);
    }
    return BulkRun(m_setting, m_plan).check();
}

void BulkJob::preview(PreviewWays ways)
{
    Q_ASSERT(!m_isUndo && m_state != State::Running && m_state != State::Paused);
    m_thread = {}; // an earlier look
    m_previewed.reset();
    const auto work = std::make_shared<PlanWork>(m_setting, m_plan);
    m_work = work;
    m_begun = Clock::now();
    m_thread = std::jthread([this, work, ways, subject = m_setting.connection](std::stop_token stop) {
        auto found = guarded<Previewed>(subject, [&] { return work->preview(ways, stop); });
        QMetaObject::invokeMethod(
            this,
            [this, work, found = std::move(found)]() mutable {
                if (work == m_work) {
                    tookPreview(std::move(found));
                }
            },
            Qt::QueuedConnection);
    });
    m_tick.start();
    setState(State::Previewing);
}

void BulkJob::tookPreview(Result<Previewed>&& previewed)
{
    m_tick.stop();
    if (previewed) {
        m_expected = previewed->preview.keys;
        m_setting.marks = previewed->marks;
    }
    m_previewed = std::move(previewed);
    setState(State::Planned);
}

void BulkJob::run(const std::vector<std::string>& confirmed)
{
    Q_ASSERT(m_state != State::Running && m_state != State::Paused);
    m_thread = {};
    m_setting.confirmation = Confirmation(confirmed);
    std::shared_ptr<Work> work;
    if (m_isUndo) {
        UndoOptions options = m_undo;
        options.confirmation = m_setting.confirmation;
        work = std::make_shared<UndoWork>(m_setting, m_archive, std::move(options), m_passphrase, m_newArchive);
        work->setRate(m_rate);
    } else {
        JobPlan plan = m_plan;
        plan.keysPerSecond = m_rate;
        work = std::make_shared<PlanWork>(m_setting, std::move(plan));
    }
    begin(State::Running, std::move(work));
}

void BulkJob::begin(State state, std::shared_ptr<Work> work)
{
    m_work = std::move(work);
    m_begun = Clock::now();
    m_thread = std::jthread([this, work = m_work, subject = m_setting.connection](std::stop_token stop) {
        auto report = guarded<BulkReport>(subject, [&] { return work->run(stop); });
        QMetaObject::invokeMethod(
            this,
            [this, work, report = std::move(report)]() mutable {
                if (work == m_work) {
                    ended(std::move(report));
                }
            },
            Qt::QueuedConnection);
    });
    m_tick.start();
    setState(state);
}

void BulkJob::ended(Result<BulkReport>&& report)
{
    m_tick.stop();
    m_elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_begun);
    m_report = std::move(report);
    setState(State::Ended);
}

void BulkJob::pause()
{
    if (m_state == State::Running) {
        m_work->pause();
        setState(State::Paused);
    }
}

void BulkJob::resume()
{
    if (m_state == State::Paused) {
        m_work->resume();
        setState(State::Running);
    }
}

void BulkJob::cancel()
{
    m_thread.request_stop();
}

void BulkJob::setRate(std::optional<std::uint64_t> keysPerSecond)
{
    m_rate = keysPerSecond;
    if (m_work) {
        m_work->setRate(keysPerSecond);
    }
}

JobProgress BulkJob::progress() const
{
    return m_work ? m_work->progress() : JobProgress{};
}

std::chrono::milliseconds BulkJob::elapsed() const
{
    return isWorking() ? std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_begun) : m_elapsed;
}

void BulkJob::setState(State state)
{
    m_state = state;
    Q_EMIT changed();
}

} // namespace keyglass
