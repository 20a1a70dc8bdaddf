// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivewriter.h"
#include "core/bulk/jobexecutor.h"
#include "core/bulk/jobplan.h"
#include "core/bulk/keyreading.h"
#include "core/session/sourceaccess.h"
#include "core/transfer/exportfile.h"

#include <memory>

namespace keyglass {

/// The file of an export while it is written: it has its name only once it is whole.
class ExportTarget {
public:
    /// `info`: for an archive. File.
    [[nodiscard]] static Result<std::unique_ptr<ExportTarget>> create(const ExportKeys& what, const ArchiveInfo& info);
    ExportTarget(const ExportTarget&) = delete;
    ExportTarget& operator=(const ExportTarget&) = delete;
    ~ExportTarget(); ///< Without finish(), nothing is left of it.

    /// What writes keys of `database` to it, for each node; it must outlive them.
    [[nodiscard]] JobExecutor::MakeStep steps(const SourceAccess& source, const ArchivingWays& ways, int database);
    /// File.
    [[nodiscard]] Status finish();

private:
    explicit ExportTarget(ExportKeys what);
    [[nodiscard]] QString passingName() const;

    const ExportKeys m_what;
    std::unique_ptr<ExportFile> m_text; ///< One of the two.
    std::unique_ptr<UndoArchiveWriter> m_archive;
};

} // namespace keyglass
