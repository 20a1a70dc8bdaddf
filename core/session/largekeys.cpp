// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/largekeys.h"

#include "core/session/jobarchiving.h"
#include "core/session/ownerlanes.h"
#include "core/transfer/partarchiving.h"
#include "core/transfer/partmaking.h"

#include <string>
#include <utility>

namespace keyglass {

ReadingWays readingWaysOf(const SourceAccess& source)
{
    ReadingWays ways;
    ways.hasExpireTime = waysOf(source).hasExpireTime;
    ways.asksSizes = waysOf(source).asksSizes;
    ways.hasFieldEnds = source.facts.mayUse(ServerFeature::HashFieldExpiry);
    return ways;
}

MakeLargeReader largeReadersOf(const SourceAccess& source)
{
    return [ways = readingWaysOf(source)] { return std::make_unique<PartArchiving>(ways); };
}

std::function<std::unique_ptr<LargeMaker>(int database)> largeMakersOf(
    const SourceAccess& source, const Confirmation& yes)
{
    return [source, yes](int database) -> std::unique_ptr<LargeMaker> {
        PartMaking::Setting setting;
        setting.archiving.database = database;
        setting.archiving.reason = UndoReason::Overwritten;
        setting.archiving.ways = waysOf(source);
        setting.reading = readingWaysOf(source);
        setting.making = makingWaysOf(source.facts.redisVersion);
        setting.isCluster = source.cluster != nullptr;
        if (setting.isCluster) {
            const auto owners = std::make_shared<OwnerLanes>(source, database, yes);
            setting.ownerOf = [owners](const std::string& key) -> Lane& { return owners->of(key); };
        }
        return std::make_unique<PartMaking>(std::move(setting));
    };
}

} // namespace keyglass
