// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/undolibrary.h"

#include "core/bulk/archivelibrary.h"
#include "core/profile/settings.h"

#include <QDateTime>

#include <utility>

namespace keyglass {

ArchiveKeeping archiveKeeping(const Settings& settings)
{
    constexpr std::uint64_t megabyte = 1024U * 1024;
    ArchiveKeeping keeping;
    if (const int days = settings.archiveDays(); days > 0) {
        keeping.days = days;
    }
    if (const int most = settings.archiveMegabytes(); most > 0) {
        keeping.most = ByteCount{static_cast<std::uint64_t>(most) * megabyte};
    }
    return keeping;
}

UndoLibrary::UndoLibrary(QString folder, QObject* parent)
    : QObject(parent)
    , m_folder(folder.isEmpty() ? archiveFolder() : std::move(folder))
{
}

UndoLibrary::~UndoLibrary() = default;

QFuture<Result<std::vector<ArchiveEntry>>> UndoLibrary::list()
{
    using Entries = std::vector<ArchiveEntry>;
    return m_tasks
        .run<Entries>(0,
            [folder = m_folder](const std::stop_token& stop, const auto&) -> Result<Entries> {
                Entries entries = listArchives(folder, stop);
                return stop.stop_requested() ? Result<Entries>(Error{ErrorKind::Cancelled, folder, {}})
                                             : Result<Entries>(std::move(entries));
            })
        .answer;
}

ResultWork<ArchivedKeys> UndoLibrary::find(
    const QString& file, const QByteArray& passphrase, const ArchiveSearch& wanted)
{
    return m_tasks.run<ArchivedKeys>(
        0, [file, passphrase, wanted](const std::stop_token& stop, const auto&) -> Result<ArchivedKeys> {
            const auto reader = UndoArchiveReader::open(file, passphrase);
            return reader ? findArchivedKeys(**reader, wanted, stop) : Result<ArchivedKeys>(reader.error());
        });
}

QFuture<Status> UndoLibrary::remove(const QString& file)
{
    const auto told = [this] { QMetaObject::invokeMethod(this, &UndoLibrary::changed, Qt::QueuedConnection); };
    return m_tasks
        .run<std::monostate>(
            0, [file](const std::stop_token&, const auto&) -> Status { return removeArchive(file); }, told)
        .answer;
}

QFuture<Result<PrunedArchives>> UndoLibrary::prune(const ArchiveKeeping& keeping)
{
    return m_tasks
        .run<PrunedArchives>(0,
            [this, folder = m_folder, keeping](const std::stop_token& stop, const auto&) -> Result<PrunedArchives> {
                PrunedArchives pruned = pruneArchives(folder, keeping, QDateTime::currentDateTimeUtc(), stop);
                if (!pruned.removed.empty()) {
                    QMetaObject::invokeMethod(this, &UndoLibrary::changed, Qt::QueuedConnection);
                }
                return pruned;
            })
        .answer;
}

} // namespace keyglass
