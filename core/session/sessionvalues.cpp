// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session_p.h"
#include "core/value/bitcount.h"

namespace keyglass {

QFuture<Result<std::uint64_t>> Session::countBits(std::string key)
{
    return m_d->ask<std::uint64_t>(
        key, [name = m_d->plain(key)](Lane& lane, std::stop_token stop) { return fetchBitCount(lane, name, stop); });
}

QFuture<Result<std::vector<ServerModule>>> Session::loadModules(std::string key)
{
    return m_d->ask<std::vector<ServerModule>>(
        key, [](Lane& lane, std::stop_token stop) { return fetchServerModules(lane, stop); });
}

} // namespace keyglass
