// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/jobplan.h"
#include "core/bulk/jobreport.h"

#include <QDateTime>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

class QJsonObject;

namespace keyglass {

struct BulkReport;

/// A job that was run, with its plan and how it ended. Holds no secrets.
struct PastJob {
    enum class State {
        Ended,
        Running, ///< By a program that lives: nothing is known of how it goes.
        CutOff,  ///< Its program was killed, or the power was lost.
    };
    State state = State::Ended;
    QDateTime begun;    ///< Not valid where it was not kept.
    QDateTime ended;    ///< Not valid unless it is Ended.
    QString connection; ///< The profile's name, else the server's address.
    JobPlan plan;
    QString undone;         ///< The archive whose keys it brought back: then there is no plan. Empty: it is no undo.
    bool hadChoice = false; ///< It was for keys chosen by hand, which are not listed.
    std::uint64_t keys = 0;
    std::uint64_t done = 0;
    std::uint64_t troubled = 0;
    std::chrono::milliseconds elapsed{0};
    QString failure;    ///< What ended it before its end, in a sentence; empty: nothing.
    QString archive;    ///< Its undo archive (an undo's: of what it wrote over); empty: none, or none any more.
    QString reportFile; ///< Where each key's outcome stands; empty: nowhere.
};

/// A job that is listed while it runs, so that it is there should it be cut off. For one thread at a time.
class RunningJob {
public:
    RunningJob(QString historyFile, QString id, QDateTime begun, int descriptor);
    RunningJob(const RunningJob&) = delete;
    RunningJob& operator=(const RunningJob&) = delete;
    /// Without end() or drop() it is told as cut off: nobody knows what it did.
    ~RunningJob();

    /// How it ended. File.
    [[nodiscard]] Status end(PastJob job);
    /// It did nothing: it is not listed any more. File.
    [[nodiscard]] Status drop();

private:
    [[nodiscard]] Status close(const QJsonObject& line);
    void unmark();

    const QString m_historyFile;
    const QString m_id;
    const QDateTime m_begun;
    int m_descriptor; ///< Of a file that is locked while the program lives; -1: there is none.
};

/// The jobs of all connections, in a file of the user's: a line each, the newest last. The oldest go when there are
/// more than a thousand.
class JobHistory {
public:
    explicit JobHistory(QString path = defaultPath());
    /// ~/.local/share/keyglass/jobs.jsonl
    [[nodiscard]] static QString defaultPath();

    /// File. Several programs may add at once. Blocks for a small write.
    [[nodiscard]] Status add(const PastJob& job) const;
    /// A job that begins, with its plan and the names of its files; on the disk when it returns. Errors as add().
    [[nodiscard]] Result<std::unique_ptr<RunningJob>> begin(PastJob job) const;
    /// Newest first; lines that can't be read are left out. None where there is no such file yet; File.
    [[nodiscard]] Result<std::vector<PastJob>> load() const;

private:
    const QString m_path;
};

/// One job's entry in the user's history: also where it could not be listed when it began, or never was.
class ListedJob {
public:
    void begin(PastJob job);
    /// File.
    [[nodiscard]] Status end(PastJob job);
    /// As RunningJob::drop(); nothing where it is not listed. File.
    [[nodiscard]] Status drop();
    /// It is told as cut off, unless it has ended.
    void leave() { m_running.reset(); }

private:
    std::unique_ptr<RunningJob> m_running;
};

/// What there is to keep of a job that begins; `archive` and `reportFile` empty: none.
[[nodiscard]] PastJob beginningJob(
    const QString& connection, const JobPlan& plan, bool hadChoice, const QString& archive, const QString& reportFile);
/// The same of an undo; `undone`: the archive that it reads.
[[nodiscard]] PastJob beginningUndo(
    const QString& connection, const QString& undone, const QString& archive, const QString& reportFile);
/// What there is to keep of a job that has ended.
[[nodiscard]] PastJob pastJob(const QString& connection, const JobPlan& plan, bool hadChoice, const QString& reportFile,
    const BulkReport& report);
/// The same of an undo; `archive`: the one it read.
[[nodiscard]] PastJob pastUndo(const QString& connection, const QString& archive, const BulkReport& report);

} // namespace keyglass
