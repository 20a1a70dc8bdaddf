// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/mergejob.h"
#include "core/index/mergetree.h"
#include "core/index/snapshot.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace keyglass {

class Snapshot::Private {
public:
    Private(std::vector<KindOfRun> of, std::uint64_t number);

    [[nodiscard]] static std::shared_ptr<const Snapshot> make(std::vector<KindOfRun> runs, std::uint64_t generation)
    {
        return std::make_shared<const Snapshot>(std::make_shared<const Private>(std::move(runs), generation));
    }
    [[nodiscard]] std::uint64_t rank(std::string_view key) const;

    std::vector<KindOfRun> runs;
    std::uint64_t generation = 0;
    std::uint64_t keys = 0;
    bool hasTombstones = false;
};

/// A place in all runs at once.
struct SnapshotPlace {
    std::vector<std::uint64_t> ranks; ///< Per run: of the first entry that is not before the place.
    std::uint64_t rank = 0;           ///< Live keys before it.
};

/// A place at most some hundred keys before the key at `rank`. O(runs x log^2 keys).
[[nodiscard]] SnapshotPlace placeBefore(const Snapshot::Private& in, std::uint64_t rank);

/// The live keys of a snapshot from some place on.
class LiveKeys {
public:
    explicit LiveKeys(const Snapshot::Private& in)
        : m_in(in)
    {
    }
    void start(std::string_view key); ///< At the first key >= `key`.
    void start(const SnapshotPlace& place);
    [[nodiscard]] bool isValid() const { return m_isValid; }
    [[nodiscard]] std::string_view key() const { return m_in.hasTombstones ? m_current.key() : m_tree->key(); }
    [[nodiscard]] std::size_t shared() const { return m_shared; }
    void forgetShared() { m_shared = 0; }
    void next()
    {
        if (m_in.hasTombstones) {
            nextAlive();
            return;
        }
        m_tree->next();
        m_shared = m_tree->shared();
        m_isValid = m_tree->isValid();
    }

private:
    void begin();
    void nextAlive();

    const Snapshot::Private& m_in;
    std::optional<MergeTree> m_tree;
    bool m_isValid = false;
    std::size_t m_shared = 0;
    KeyBuffer m_current; // where there are tombstones: the tree is one key ahead
};

} // namespace keyglass
