// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/jobplan.h"
#include "core/bulk/jobreport.h"

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace keyglass {

struct BulkReport;

/// A job that was run, with its plan and how it ended. Holds no secrets.
struct PastJob {
    QDateTime ended;
    QString connection; ///< The profile's name, else the server's address.
    JobPlan plan;
    QString undone;         ///< The archive whose keys it brought back: then there is no plan. Empty: it is no undo.
    bool hadChoice = false; ///< It was for keys chosen by hand, which are not listed.
    std::uint64_t keys = 0;
    std::uint64_t done = 0;
    std::uint64_t troubled = 0;
    std::chrono::milliseconds elapsed{0};
    QString failure;    ///< What ended it before its end, in a sentence; empty: nothing.
    QString archive;    ///< Its undo archive (an undo's: of what it wrote over); empty: none.
    QString reportFile; ///< Where each key's outcome stands; empty: nowhere.
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
    /// Newest first; lines that can't be read are left out. None where there is no such file yet; File.
    [[nodiscard]] Result<std::vector<PastJob>> load() const;

private:
    void dropOldest() const;

    const QString m_path;
};

/// What there is to keep of a job that has ended.
[[nodiscard]] PastJob pastJob(const QString& connection, const JobPlan& plan, bool hadChoice, const QString& reportFile,
    const BulkReport& report);
/// The same of an undo; `archive`: the one it read.
[[nodiscard]] PastJob pastUndo(const QString& connection, const QString& archive, const BulkReport& report);

} // namespace keyglass
