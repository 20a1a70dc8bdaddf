// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/jobarchiving.h"

#include "core/bulk/archivelibrary.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

namespace keyglass {

std::optional<ArchiveSpace> spaceForArchive(const QString& file)
{
    QString folder = file.isEmpty() ? archiveFolder() : QFileInfo(file).absolutePath();
    ArchiveSpace space{folder, {}};
    while (!QFileInfo::exists(folder) && QFileInfo(folder).path() != folder) {
        folder = QFileInfo(folder).path(); // it will be made there
    }
    const QStorageInfo disk(folder);
    if (!disk.isValid() || disk.bytesAvailable() < 0) {
        return std::nullopt;
    }
    space.free = ByteCount{static_cast<std::uint64_t>(disk.bytesAvailable())};
    return space;
}

ArchivingWays waysOf(const SourceAccess& source)
{
    ArchivingWays ways;
    constexpr ServerVersion withExpireTime{7, 0, 0};
    const ServerVersion& version = source.facts.redisVersion;
    ways.hasExpireTime = !version.isKnown() || version >= withExpireTime;
    ways.hasUnlink = source.facts.mayUse(ServerFeature::Unlink);
    ways.asksSizes = source.facts.mayUse(ServerFeature::MemoryUsage);
    ways.bySlot = source.cluster != nullptr;
    return ways;
}

MakingWays makingWaysOf(const ServerVersion& version)
{
    MakingWays ways;
    ways.hasStreamCounters = !version.isKnown() || version >= ServerVersion{7, 0, 0};
    ways.hasConsumers = !version.isKnown() || version >= ServerVersion{6, 2, 0};
    return ways;
}

} // namespace keyglass
