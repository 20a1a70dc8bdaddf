// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session_p.h"
#include "core/value/bitcount.h"
#include "core/value/stringfile.h"

#include <utility>

namespace keyglass {

ResultWork<std::uint64_t> Session::saveString(const std::string& key, QString path, std::uint64_t size)
{
    if (!m_d->workers) {
        return m_d->tableTasks.run<std::uint64_t>(
            0, [why = m_d->whyNotConnected()](const auto&, const auto&) { return Result<std::uint64_t>(why); });
    }
    StringFile what{m_d->plain(key), std::move(path), m_d->source->cluster == nullptr};
    return m_d->tableTasks.run<std::uint64_t>(size,
        [what = std::move(what), source = *m_d->source, database = nameOf(key).database](
            const std::stop_token& stop, const WorkTasks::Progress& progress) {
            const auto lane = source.lane(database, source.sparing());
            return keyglass::saveString(*lane, what, stop, progress);
        });
}

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
