// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/bulkexport.h"

#include "core/session/largekeys.h"
#include "core/transfer/exportstep.h"
#include "core/transfer/parttext.h"

#include <QCoreApplication>
#include <QFile>

#include <filesystem>
#include <system_error>
#include <utility>

namespace keyglass {

ExportTarget::ExportTarget(ExportKeys what)
    : m_what(std::move(what))
{
}

ExportTarget::~ExportTarget()
{
    if (m_archive) {
        m_archive.reset();
        QFile::remove(passingName());
    }
}

/// An archive has no other way to come into being than under a name.
QString ExportTarget::passingName() const
{
    return m_what.file + QStringLiteral(".part%1").arg(QCoreApplication::applicationPid());
}

Result<std::unique_ptr<ExportTarget>> ExportTarget::create(const ExportKeys& what, const ArchiveInfo& info)
{
    std::unique_ptr<ExportTarget> target(new ExportTarget(what));
    if (what.format == TransferFormat::Archive) {
        auto archive = UndoArchiveWriter::create(target->passingName(), info);
        if (!archive) {
            return std::move(archive).error();
        }
        target->m_archive = *std::move(archive);
        return target;
    }
    auto file = ExportFile::create(what.file, headText(what.format));
    if (!file) {
        return std::move(file).error();
    }
    target->m_text = *std::move(file);
    return target;
}

JobExecutor::MakeStep ExportTarget::steps(const SourceAccess& source, const ArchivingWays& ways, int database)
{
    if (m_archive) {
        ArchivingOptions options{database, UndoReason::Deleted, ways};
        options.largeReader = largeReadersOf(source);
        return [archive = m_archive.get(), options] { return std::make_unique<ArchiveStep>(*archive, options); };
    }
    ReadingWays reading;
    reading.hasExpireTime = ways.hasExpireTime;
    reading.asksSizes = ways.asksSizes;
    reading.hasFieldEnds = source.facts.mayUse(ServerFeature::HashFieldExpiry);
    return [file = m_text.get(), format = m_what.format, reading] {
        return std::make_unique<ExportStep>(*file, format, reading);
    };
}

Status ExportTarget::finish()
{
    if (m_text) {
        return m_text->finish();
    }
    if (Status whole = m_archive->finish(); !whole) {
        return whole;
    }
    std::error_code failure;
    std::filesystem::rename(
        QFile::encodeName(passingName()).toStdString(), QFile::encodeName(m_what.file).toStdString(), failure);
    return failure ? Status(Error{ErrorKind::File, m_what.file, QString::fromStdString(failure.message())}) : ok();
}

} // namespace keyglass
