// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivewriter.h"
#include "core/session/bulkrun.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <mutex>

namespace keyglass::cli {

/// What an undo overwrites goes to an archive of its own, as of every job that overwrites; made when it is needed.
class OverwrittenArchive {
public:
    /// `file`: empty for one in the user's folder. `about`: of the archive that is undone.
    OverwrittenArchive(bool isWanted, const QString& file, ArchiveInfo about, QByteArray passphrase);

    /// For UndoOptions; not set where it is not wanted. It must outlive the undo.
    [[nodiscard]] std::function<Result<UndoArchiveWriter*>()> maker();
    /// Where it will be; empty: it is not wanted.
    [[nodiscard]] QString path() const { return m_isWanted ? m_file : QString(); }
    [[nodiscard]] Status finish() { return m_writer ? m_writer->finish() : ok(); }
    /// Its file and its totals, where there is one.
    void tell(BulkReport& report) const;

private:
    [[nodiscard]] Result<UndoArchiveWriter*> writer();
    [[nodiscard]] Result<std::unique_ptr<UndoArchiveWriter>> make() const;

    const bool m_isWanted;
    const QString m_file;
    ArchiveInfo m_about;
    const QByteArray m_passphrase;
    std::mutex m_mutex; ///< Guards the writer: an undo has two workers.
    std::unique_ptr<UndoArchiveWriter> m_writer;
};

} // namespace keyglass::cli
