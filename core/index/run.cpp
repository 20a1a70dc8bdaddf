// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/run.h"

#include "core/index/batchsort.h"
#include "core/index/keyhash.h"
#include "core/index/runcursor.h"
#include "core/index/runwriter.h"

#include <utility>

namespace keyglass {

class SmallRun::Reader {
public:
    explicit Reader(const SortedRun* run)
        : m_cursor(run)
    {
    }
    std::string_view key(std::size_t at)
    {
        if (!m_cursor.isValid() || at != m_at) {
            if (m_cursor.isValid() && at == m_at + 1) {
                m_cursor.next();
            } else {
                m_cursor.moveTo(m_cursor.run().placeOf(at));
            }
            m_at = at;
        }
        return m_cursor.key();
    }

private:
    RunCursor m_cursor;
    std::size_t m_at = 0;
};

SmallRun::SmallRun() = default;
SmallRun::SmallRun(SmallRun&&) noexcept = default;
SmallRun& SmallRun::operator=(SmallRun&&) noexcept = default;
SmallRun::~SmallRun() = default;

SmallRun SmallRun::sorted(KeyBatch&& keys)
{
    const KeyBatch batch = std::move(keys);
    SmallRun small;
    small.m_hashes.reserve(batch.size());
    RunWriter writer;
    std::string_view before;
    const std::vector<SortEntry> entries = sortedEntries(batch);
    const char* const bytes = batch.isEmpty() ? nullptr : batch[0].data();
    for (std::size_t at = 0; at < entries.size(); ++at) {
        if (at + keysAhead < entries.size()) {
            __builtin_prefetch(bytes + entries[at + keysAhead].offset);
        }
        const std::string_view key(bytes + entries[at].offset, entries[at].length);
        const std::size_t shared = sharedPrefix(before, key);
        if (!small.m_hashes.empty() && shared == key.size() && shared == before.size()) {
            ++small.m_duplicates;
            continue;
        }
        writer.append(key, shared);
        small.m_hashes.push_back(keyHash(key));
        before = key;
    }
    small.m_run = writer.finish();
    return small;
}

std::string_view SmallRun::operator[](std::size_t at) const
{
    if (!m_reader) {
        m_reader = std::make_unique<Reader>(m_run.get());
    }
    return m_reader->key(at);
}

} // namespace keyglass
