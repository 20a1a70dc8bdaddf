// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/overwrittenarchive.h"

#include "app/cli/archiveoptions.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <utility>

namespace keyglass::cli {

OverwrittenArchive::OverwrittenArchive(bool isWanted, const QString& file, ArchiveInfo about, QByteArray passphrase)
    : m_isWanted(isWanted)
    , m_file(isWanted && file.isEmpty() ? newArchiveFile("undo") : QFileInfo(file).absoluteFilePath())
    , m_about(std::move(about))
    , m_passphrase(std::move(passphrase))
{
    m_about.job = QStringLiteral("undo");
    m_about.created = {};
}

std::function<Result<UndoArchiveWriter*>()> OverwrittenArchive::maker()
{
    return m_isWanted ? [this] { return writer(); } : std::function<Result<UndoArchiveWriter*>()>();
}

void OverwrittenArchive::tell(BulkReport& report) const
{
    if (m_writer) {
        report.archiveFile = m_writer->path();
        report.archive = m_writer->totals();
    }
}

Result<UndoArchiveWriter*> OverwrittenArchive::writer()
{
    const std::lock_guard lock(m_mutex);
    if (!m_writer) {
        auto made = make();
        if (!made) {
            return std::move(made).error();
        }
        m_writer = *std::move(made);
    }
    return m_writer.get();
}

Result<std::unique_ptr<UndoArchiveWriter>> OverwrittenArchive::make() const
{
    const QString folder = QFileInfo(m_file).absolutePath();
    if (!QDir().mkpath(folder)) {
        return Error{ErrorKind::File, folder, QCoreApplication::translate("cli", "The folder can't be made")};
    }
    return UndoArchiveWriter::create(m_file, m_about, m_passphrase);
}

} // namespace keyglass::cli
