// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/sortedwriter.h"

#include "core/index/runwriter.h"
#include "core/index/snapshot_p.h"

#include <algorithm>
#include <utility>

namespace keyglass {

class SortedSnapshotWriter::Private {
public:
    RunWriter writer;
    KeyBuffer last;
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
    const std::size_t shared = sharedPrefix(m_d->last.key(), key);
    if (shared == key.size() && shared == m_d->last.size() && keyCount() > 0) {
        return;
    }
    m_d->writer.append(key, shared);
    m_d->last.assign(key);
}

void SortedSnapshotWriter::appendBlock(const RunPiece& piece, std::size_t block, std::string_view last)
{
    m_d->writer.appendBlock(piece, block);
    m_d->last.assign(last);
}

std::uint64_t SortedSnapshotWriter::keyCount() const
{
    return m_d->writer.keyCount();
}

std::shared_ptr<const Snapshot> SortedSnapshotWriter::publish()
{
    return Snapshot::Private::make({{m_d->writer.publish(), RunKind::Keys}}, ++m_d->generation);
}

std::shared_ptr<const Snapshot> joinedSnapshot(std::span<const std::shared_ptr<const Snapshot>> parts)
{
    std::vector<RunPiece> pieces;
    std::uint64_t generation = 0;
    for (const auto& part : parts) {
        if (!part) {
            continue;
        }
        generation = std::max(generation, part->generation());
        for (const KindOfRun& run : part->internals().runs) {
            pieces.insert(pieces.end(), run.run->pieces().begin(), run.run->pieces().end());
        }
    }
    return Snapshot::Private::make({{std::make_shared<const SortedRun>(std::move(pieces)), RunKind::Keys}}, generation);
}

} // namespace keyglass
