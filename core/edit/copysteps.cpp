// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/copysteps.h"

#include "core/base/valuedigest.h"
#include "core/value/pagereading.h"

#include <algorithm>

namespace keyglass {

namespace {

/// Where the answers to CopySteps::reads() stand.
enum At : std::size_t { AtDump, AtEnd, AtTime, AtLength };

} // namespace

CopySteps::CopySteps(const std::string& key, std::string typeName, const EditAbilities& abilities)
    : EditSteps(key)
    , m_typeName(std::move(typeName))
    , m_can(abilities)
{
}

std::vector<EditRead> CopySteps::reads() const
{
    std::vector<EditRead> asked{{Command{"DUMP", key()}},
        {m_can.hasExpireTime ? Command{"PEXPIRETIME", key()} : Command{"PTTL", key()}}, {Command{"TIME"}}};
    if (const auto length = lengthCommandName(keyTypeFromName(m_typeName)); !length.empty()) {
        asked.push_back({Command{length, key()}});
    }
    return asked;
}

std::vector<Command> CopySteps::writes(const Observation&) const
{
    return {Command{m_can.hasUnlink ? "UNLINK" : "DEL", key()}};
}

Command CopySteps::restore(const Observation& seen, const std::string& to, bool replace) const
{
    const Reply& end = seen.reply(AtEnd);
    const bool hasEnd = end.isInteger() && end.integer >= 0;
    std::int64_t ttl = hasEnd ? end.integer : 0;
    if (hasEnd && m_can.hasExpireTime != m_can.hasRestoreAbs) {
        const auto now = serverTime(seen.reply(AtTime)).value_or(seen.asOf).time_since_epoch().count();
        ttl += m_can.hasRestoreAbs ? now : -now;
    }
    Command command{"RESTORE", to};
    command.add(std::max<std::int64_t>(ttl, hasEnd ? 1 : 0)).add(seen.reply(AtDump).text);
    if (replace) {
        command.add("REPLACE");
    }
    if (hasEnd && m_can.hasRestoreAbs) {
        command.add("ABSTTL");
    }
    return command;
}

bool CopySteps::isOfSameShape(const Observation& seen, const Observation& copy) const
{
    return seen.typeName == copy.typeName && endsAlike(seen, copy)
        && isSame(seen.reply(AtLength), copy.reply(AtLength));
}

bool CopySteps::isSameDump(const Observation& seen, const Observation& copy)
{
    const Reply& one = seen.reply(AtDump);
    const Reply& other = copy.reply(AtDump);
    return one.isText() && other.isText() && isSameValue(one.text, other.text);
}

bool CopySteps::isStill(const Observation& seen, const Observation& now) const
{
    return seen.typeName == now.typeName && endsAlike(seen, now) && isSameDump(seen, now);
}

bool CopySteps::endsAlike(const Observation& a, const Observation& b) const
{
    const std::int64_t one = a.reply(AtEnd).integer;
    const std::int64_t other = b.reply(AtEnd).integer;
    const std::int64_t apart = one > other ? one - other : other - one;
    const bool isExact = m_can.hasExpireTime && m_can.hasRestoreAbs;
    return (one < 0) == (other < 0) && apart <= (isExact ? 0 : expiryTolerance.count());
}

} // namespace keyglass
