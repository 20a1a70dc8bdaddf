// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session_p.h"

#include <utility>

namespace keyglass {

QFuture<Result<std::vector<StreamGroup>>> Session::loadStreamGroups(std::string key)
{
    using Groups = std::vector<StreamGroup>;
    return m_d->ask<Groups>(key, [name = m_d->plain(key)](Lane& lane, std::stop_token stop) {
        return fetchStreamGroups(lane, name, std::move(stop));
    });
}

QFuture<Result<std::vector<StreamConsumer>>> Session::loadStreamConsumers(std::string key, std::string group)
{
    using Consumers = std::vector<StreamConsumer>;
    return m_d->ask<Consumers>(
        key, [name = m_d->plain(key), group = std::move(group)](Lane& lane, std::stop_token stop) {
            return fetchStreamConsumers(lane, name, group, std::move(stop));
        });
}

QFuture<Result<PendingPage>> Session::loadPendingEntries(PendingRequest request)
{
    const std::string key = std::exchange(request.key, m_d->plain(request.key));
    return m_d->ask<PendingPage>(key, [request = std::move(request)](Lane& lane, std::stop_token stop) {
        return fetchPendingEntries(lane, request, std::move(stop));
    });
}

QFuture<Result<StreamRange>> Session::loadStreamRange(StreamRangeRequest request)
{
    const std::string key = std::exchange(request.key, m_d->plain(request.key));
    return m_d->ask<StreamRange>(key, [request = std::move(request)](Lane& lane, std::stop_token stop) {
        return fetchStreamRange(lane, request, std::move(stop));
    });
}

} // namespace keyglass
