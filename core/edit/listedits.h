// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/edit/keyedit.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace keyglass {

/// How large a list was seen to be; nothing: not known.
struct ListSize {
    std::optional<std::uint64_t> length{};
    std::optional<ByteCount> memory{};
};

// What goes into one transaction at most.
inline constexpr std::size_t mostRowsTogether = 2000;
inline constexpr ByteCount mostBytesTogether{16ULL * 1024 * 1024}; ///< Of what is read again, and of what is written.
/// For which the server serves nobody else, by ListWork: half of what it may be, as it is reckoned and not measured.
inline constexpr std::chrono::nanoseconds mostTimeTogether{25'000'000};

/// What a server takes for changes of a list, about, and rather too much: an LSET walks there from the nearer end,
/// from one node of the list to the next, and LREM looks at each element on its way.
class ListWork {
public:
    using Time = std::chrono::nanoseconds;

    explicit ListWork(const ListSize& size);
    [[nodiscard]] Time setting(std::uint64_t index) const;
    /// Of the elements that go, the first and the last.
    [[nodiscard]] Time removing(std::uint64_t first, std::uint64_t last) const;

private:
    [[nodiscard]] std::uint64_t nodesAmong(std::uint64_t elements) const;

    const std::optional<std::uint64_t> m_length;
    const std::uint64_t m_mostNodes;
};

/// Gathers the changes of a list from the last index on, as many into one edit as go together: rows far from both ends
/// of a very long list are few at a time. What one edit makes is what the next compares its neighbour with.
class ListEdits {
public:
    using Change = ChangeListElements::Change;

    explicit ListEdits(const ListSize& size)
        : m_work(size)
    {
    }
    /// By falling index.
    void add(Change change);
    /// In the order in which they have to be done.
    [[nodiscard]] std::vector<ChangeListElements> take();

private:
    [[nodiscard]] bool isFullFor(const Change& change) const;
    [[nodiscard]] std::uint64_t bytesFor(const Change& change) const;
    void finish();

    const ListWork m_work;
    std::vector<ChangeListElements> m_edits;
    std::vector<Change> m_changes; ///< Of the edit that is being made, by falling index.
    std::uint64_t m_bytes = 0;
    ListWork::Time m_setting{0};
    std::optional<std::uint64_t> m_lastIndex;
    SeenBytes m_madeAtLast = SeenBytes::notLooked(); ///< What stands at the last index once it is changed.
};

} // namespace keyglass
