// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/folderrange.h"

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// All children of one folder of up to mostListedChildren, in the order in which they stand on screen. Immutable.
///
/// Keeps their names (the first 256 bytes of each) in one block: about 32 bytes per child beside the names.
class ChildList {
public:
    [[nodiscard]] std::uint64_t size() const { return m_entries.size(); }
    /// The child on row `row` of the folder. `snapshot` must be the one it was counted in: long names are read from it.
    [[nodiscard]] Child childAt(std::uint64_t row, const Snapshot& snapshot) const;
    /// The row of the child that holds the key at `rank`, which must lie in the folder.
    [[nodiscard]] std::uint64_t rowOf(std::uint64_t rank) const;
    /// The row where a child named `label` stands or would stand.
    [[nodiscard]] std::uint64_t rowNear(std::string_view label, bool isFolder) const;
    /// The first row >= `from` whose name starts with `text`, upper or lower case of ASCII letters alike. O(size).
    [[nodiscard]] std::optional<std::uint64_t> find(std::string_view text, std::uint64_t from) const;
    /// Position among the children in byte order, for joining neighbours.
    [[nodiscard]] std::uint64_t bytePosition(std::uint64_t row) const { return m_order.empty() ? row : m_order[row]; }
    [[nodiscard]] std::uint64_t rowAtBytePosition(std::uint64_t at) const { return m_rows.empty() ? at : m_rows[at]; }

private:
    friend class ChildCounter;
    struct Entry {
        std::uint64_t first = 0; // rank
        std::uint32_t label = 0; // where it starts in m_labels
        std::uint32_t length = 0;
        bool isFolder = false;
        bool isCut = false;
    };
    [[nodiscard]] std::string_view label(std::size_t at) const
    {
        return std::string_view(m_labels).substr(m_entries[at].label, m_entries[at].length);
    }
    void sort(const TreeOptions& options);

    FolderRange m_range;
    TreeOptions m_options;
    bool m_foldersFirst = false;
    bool m_natural = false;
    std::vector<Entry> m_entries; // in byte order
    std::string m_labels;
    std::vector<std::uint32_t> m_order; // row -> entry; empty: the same
    std::vector<std::uint32_t> m_rows;  // entry -> row
};

/// How many rows a folder has in one snapshot, and where they are.
class ChildCount {
public:
    /// The first rank of each child of this multiple, less the folder's first, is kept.
    static constexpr std::uint64_t sampleStep = 64;

    FolderRange range;
    std::uint64_t rows = 0;
    std::shared_ptr<const ChildList> list; ///< Null above mostListedChildren: byte order, by samples.
    std::vector<std::uint64_t> samples;    ///< Empty where there is a list.

    /// True if it was counted in this very snapshot, with options that give the same children.
    [[nodiscard]] bool isOf(const std::shared_ptr<const Snapshot>& snapshot, const TreeOptions& options) const;

private:
    friend class ChildCounter;
    std::weak_ptr<const Snapshot> m_snapshot; // only to know it again: keeps none of its memory
    TreeOptions m_options;
};

/// Counts of several folders, by prefix.
using ChildCounts = std::map<std::string, std::shared_ptr<const ChildCount>, std::less<>>;

/// What counting may cost.
struct CountLimits {
    /// Keys stepped over; a jump over a subfolder counts as `jumpSteps`.
    std::uint64_t steps = std::numeric_limits<std::uint64_t>::max();
    /// Give up at more children than can be listed, instead of counting on.
    bool listOnly = false;

    static constexpr std::uint64_t jumpSteps = 200;
};

/// Counts the children of one folder; lists them where they are few enough. About 10 to 100 ns a key, a search per
/// large subfolder. Null when stopped (looks every 4096 steps), or beyond the limits. `stepsTaken`, if given, grows by
/// the cost.
[[nodiscard]] std::shared_ptr<const ChildCount> countChildren(const std::shared_ptr<const Snapshot>& snapshot,
    const FolderRange& range, const TreeOptions& options, const std::stop_token& stop, const CountLimits& limits = {},
    std::uint64_t* stepsTaken = nullptr);

} // namespace keyglass
