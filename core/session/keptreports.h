// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/reportfile.h"
#include "core/session/worktasks.h"

#include <QFuture>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace keyglass {

/// Of a report that nobody asked for, keys without trouble beyond these are not kept.
inline constexpr std::uint64_t rowsKept = 1'000'000;

/// A report that is kept although nobody named a file for it, so that it can be saved after the job.
struct KeptReport {
    QString path;
    std::unique_ptr<ReportFile> file;
};

/// A new one, in ~/.local/share/keyglass/reports, for the user alone; the oldest there go where there are more than a
/// hundred, or more than 500 MB. Nothing where it can't be made: a job is not worse for that. Blocks for a moment.
[[nodiscard]] std::optional<KeptReport> keepReport(std::string_view operation);

/// Saves reports of jobs under other names. Lives on one thread.
class ReportSaver {
public:
    /// Writes the report `kept` to `file`, as CSV where its name ends so, else as JSON; it has its name once it is
    /// whole. File; Input where `kept` is none, or not whole.
    [[nodiscard]] QFuture<Status> save(const QString& kept, const QString& file);

private:
    WorkTasks m_tasks;
};

/// The same, on this thread.
[[nodiscard]] Status saveReport(const QString& kept, const QString& file, const std::stop_token& stop);

} // namespace keyglass
