// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keystretch.h"

#include "core/index/snapshot_p.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

namespace keyglass {

namespace {
/// Blocks of one stretch: it should stay in the first-level cache until it is looked through.
constexpr std::size_t blocksPerStretch = 8;
constexpr std::size_t keysPerStretch = blocksPerStretch * keysPerBlock;
constexpr std::size_t bytesPerStretch = 32'768; // of long keys it takes fewer
} // namespace

class StretchReader::Private {
public:
    Private(std::shared_ptr<const Snapshot> of, const KeyRange& keys)
        : snapshot(std::move(of))
        , end(keys.end)
        , live(snapshot->internals())
    {
        const std::vector<KindOfRun>& runs = snapshot->internals().runs;
        if (runs.size() == 1) {
            run = runs[0].run.get();
            at = run->rank(keys.first);
            stop = end ? run->rank(*end) : run->keyCount();
        } else {
            live.start(keys.first);
        }
    }

    std::shared_ptr<const Snapshot> snapshot;
    std::optional<std::string> end;
    LiveKeys live;                  // over several runs
    const SortedRun* run = nullptr; // the only one, read by blocks
    std::uint64_t at = 0;           // the next key of it
    std::uint64_t stop = 0;
};

StretchReader::StretchReader(std::shared_ptr<const Snapshot> snapshot, const KeyRange& range)
    : m_d(std::make_unique<Private>(std::move(snapshot), range))
{
}

StretchReader::StretchReader(StretchReader&&) noexcept = default;
StretchReader& StretchReader::operator=(StretchReader&&) noexcept = default;
StretchReader::~StretchReader() = default;

bool StretchReader::next()
{
    m_stretch.m_ends.clear();
    m_stretch.m_wholeBlocks.clear();
    if (m_d->run) {
        readBlocks();
    } else {
        readLiveKeys();
    }
    return !m_stretch.isEmpty();
}

void StretchReader::readLiveKeys()
{
    LiveKeys& live = m_d->live;
    std::size_t used = 0;
    while (live.isValid() && m_stretch.size() < keysPerStretch && used < bytesPerStretch) {
        const std::string_view key = live.key();
        if (m_d->end && key >= *m_d->end) {
            return;
        }
        Byte* const to = m_stretch.makeRoom(used, key.size());
        std::memcpy(to, key.data(), key.size());
        used += key.size();
        m_stretch.m_ends.push_back(used);
        live.next();
    }
}

void StretchReader::readBlocks()
{
    const SortedRun& run = *m_d->run;
    SortedRun::Place place = run.placeOf(m_d->at);
    for (std::size_t blocks = 0; blocks < blocksPerStretch && m_d->at < m_d->stop; ++blocks) {
        const RunPiece& piece = run.pieces()[place.piece];
        const std::size_t count = piece.keysInBlock(place.block);
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(count, place.at + (m_d->stop - m_d->at)));
        const BlockParts parts(piece.data + piece.blockBegin(place.block));
        if (wanted - place.at == count) {
            m_stretch.m_wholeBlocks.push_back({&piece, place.block, m_stretch.size(), count, parts.common});
        }
        m_stretch.decode(parts, place.at, wanted);
        m_d->at += wanted - place.at;
        place = run.nextBlock(place);
        if (m_stretch.m_ends.back() > bytesPerStretch) {
            return;
        }
    }
}

/// Room for `length` bytes behind the first `used`, and for the slack.
unsigned char* KeyStretch::makeRoom(std::size_t used, std::size_t length)
{
    if (used + length + copySlack > m_bytes.size()) {
        m_bytes.resize(2 * (used + length + copySlack));
    }
    return reinterpret_cast<Byte*>(m_bytes.data()) + used;
}

/// Appends the keys [from, to) of a block. The ones before `from` are put together too, and the room used again.
void KeyStretch::decode(BlockParts block, std::size_t from, std::size_t to)
{
    const std::size_t start = m_ends.empty() ? 0 : m_ends.back();
    std::size_t begin = start;
    std::size_t length = block.firstLength;
    std::memcpy(makeRoom(begin, length), block.first, length);
    for (std::size_t at = 0;; ++at) {
        if (at == from && begin > start) {
            std::memmove(m_bytes.data() + start, m_bytes.data() + begin, length);
            begin = start;
        }
        if (at >= from) {
            m_ends.push_back(begin + length);
        }
        if (at + 1 >= to) {
            return;
        }
        const auto [shared, suffix] = block.nextHeader();
        Byte* const key = makeRoom(begin + length, shared + suffix);
        copyShort(key, key - length, shared);
        copyShort(key + shared, block.suffixes, suffix);
        block.suffixes += suffix;
        begin += length;
        length = shared + suffix;
    }
}

} // namespace keyglass
