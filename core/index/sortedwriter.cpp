// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/sortedwriter.h"

#include "core/index/indexbuilder.h"
#include "core/index/snapshot_p.h"

#include <utility>

namespace keyglass {

class SortedSnapshotWriter::Private {
public:
    std::vector<std::string> keys;
    std::uint64_t generation = 0;
};

SortedSnapshotWriter::SortedSnapshotWriter()
    : m_d(std::make_unique<Private>())
{
}

SortedSnapshotWriter::SortedSnapshotWriter(SortedSnapshotWriter&&) noexcept = default;
SortedSnapshotWriter& SortedSnapshotWriter::operator=(SortedSnapshotWriter&&) noexcept = default;
SortedSnapshotWriter::~SortedSnapshotWriter() = default;

void SortedSnapshotWriter::append(std::string_view key)
{
    if (m_d->keys.empty() || m_d->keys.back() != key) {
        m_d->keys.emplace_back(key);
    }
}

std::uint64_t SortedSnapshotWriter::keyCount() const
{
    return m_d->keys.size();
}

std::shared_ptr<const Snapshot> SortedSnapshotWriter::publish()
{
    auto state = std::make_shared<Snapshot::Private>();
    state->keys = m_d->keys;
    state->generation = ++m_d->generation;
    return std::make_shared<const Snapshot>(std::move(state));
}

std::shared_ptr<const Snapshot> joinedSnapshot(std::span<const std::shared_ptr<const Snapshot>> parts)
{
    auto state = std::make_shared<Snapshot::Private>();
    for (const auto& part : parts) {
        if (part) {
            const auto& keys = part->internals().keys;
            state->keys.insert(state->keys.end(), keys.begin(), keys.end());
            state->generation = std::max(state->generation, part->generation());
        }
    }
    return std::make_shared<const Snapshot>(std::move(state));
}

} // namespace keyglass
