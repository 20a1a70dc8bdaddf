// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/indexbuilder.h"

#include "core/index/snapshot_p.h"

#include <set>
#include <utility>

namespace keyglass {

class IndexBuilder::Private {
public:
    std::set<std::string, std::less<>> keys;
    std::uint64_t duplicates = 0;
    std::uint64_t generation = 0;
};

IndexBuilder::IndexBuilder(std::uint64_t)
    : m_d(std::make_unique<Private>())
{
}

IndexBuilder::~IndexBuilder() = default;

void IndexBuilder::add(SmallRun&& keys)
{
    for (std::size_t at = 0; at < keys.size(); ++at) {
        m_d->duplicates += m_d->keys.emplace(keys[at]).second ? 0 : 1;
    }
}

void IndexBuilder::remove(SmallRun&& keys)
{
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const auto found = m_d->keys.find(keys[at]);
        if (found != m_d->keys.end()) {
            m_d->keys.erase(found);
        }
    }
}

std::shared_ptr<const Snapshot> IndexBuilder::publish()
{
    auto state = std::make_shared<Snapshot::Private>();
    state->keys.assign(m_d->keys.begin(), m_d->keys.end());
    state->generation = ++m_d->generation;
    return std::make_shared<const Snapshot>(std::move(state));
}

bool IndexBuilder::compact(std::stop_token stop, const std::function<void()>& between)
{
    if (between) {
        between();
    }
    return !stop.stop_requested();
}

std::uint64_t IndexBuilder::duplicates() const
{
    return m_d->duplicates;
}

std::uint64_t IndexBuilder::keyCount() const
{
    return m_d->keys.size();
}

bool IndexBuilder::isConsistent() const
{
    return true;
}

std::shared_ptr<const Snapshot> emptySnapshot()
{
    return std::make_shared<const Snapshot>(std::make_shared<Snapshot::Private>());
}

} // namespace keyglass
