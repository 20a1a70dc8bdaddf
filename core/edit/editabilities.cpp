// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editabilities.h"

#include "core/source/commandtable.h"
#include "core/source/redis/serverfacts.h"

namespace keyglass {

EditAbilities editAbilities(const ServerFacts& facts, const CommandTable& table)
{
    const bool tells = table.isFromServer();
    const auto has = [&](const char* command) { return tells && table.find(command) != nullptr; };
    const auto isSince = [&](int major) { return facts.redisVersion >= ServerVersion{major, 0, 0}; };
    EditAbilities abilities;
    abilities.setKeepsTtl = isSince(6) || has("getex"); // GETEX is a little younger
    abilities.hasExpireTime = has("pexpiretime") || (!tells && isSince(7));
    abilities.hasUnlink = has("unlink") || (!tells && isSince(4));
    abilities.hasFieldExpiry = has("hpexpiretime") || (!tells && facts.mayUse(ServerFeature::HashFieldExpiry));
    abilities.hasHsetex = has("hsetex");
    abilities.hasRestoreAbs = isSince(5) || has("getex");
    return abilities;
}

} // namespace keyglass
