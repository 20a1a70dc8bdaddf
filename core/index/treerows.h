// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/childcount.h"
#include "core/index/folderrange.h"
#include "core/index/keyrange.h"
#include "core/index/snapshot.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// What a row stands for, by bytes: survives every snapshot. The key "a:" and the folder "a:" are two rows.
struct RowId {
    std::string bytes; ///< The key, or the folder's prefix with its separator.
    bool isFolder = false;

    friend bool operator==(const RowId&, const RowId&) = default;
    friend auto operator<=>(const RowId&, const RowId&) = default;
};

/// One row of the tree.
struct TreeRow {
    std::string bytes;           ///< As in RowId.
    std::size_t labelFrom = 0;   ///< Where the part that stands on this row starts in `bytes`.
    std::size_t labelLength = 0; ///< A folder's name is without its separator. 0: the name is empty.
    int depth = 0;               ///< 0 at the top.
    bool isFolder = false;
    bool isExpanded = false;
    bool isLast = false;        ///< The last one of its folder.
    std::uint64_t keyCount = 1; ///< Exact. 1 for a key.

    [[nodiscard]] std::string_view label() const { return std::string_view(bytes).substr(labelFrom, labelLength); }
    [[nodiscard]] RowId id() const { return {bytes, isFolder}; }
    friend bool operator==(const TreeRow&, const TreeRow&) = default;
};

/// Rows that follow each other.
struct TreeWindow {
    std::uint64_t first = 0; ///< Row number of the first; an estimate where TreeRows::isExact() is false.
    std::size_t anchor = 0;  ///< Where the row asked for stands in `rows`.
    std::vector<TreeRow> rows;
};

/// Prefixes of folders that are open; those under a closed one are kept, but have no rows.
using ExpandedFolders = std::set<std::string, std::less<>>;

/// The rows of the key tree over one snapshot: which there are, where each is, and any window of them. Immutable; any
/// number of threads may read it.
///
/// Holds no rows, only a few numbers per open folder: a window is read from the index when it is asked for. Folders of
/// up to mostListedChildren children are in the order of TreeOptions, larger ones in byte order. Until the children of
/// a large folder are counted (countChildren(), on a worker: `uncounted()` says which), its row numbers are estimates
/// by key rank and isExact() is false. Row ids, windows around a row and key counts are exact all the same.
class TreeRows {
public:
    /// What building may do on its own.
    struct Effort {
        /// Steps (see CountLimits) to list a folder that was not listed before; beyond, it waits for countChildren().
        /// Folders that were listed in `known` are listed again at any cost, so that their order stays.
        std::uint64_t steps = 500'000;
        bool giveUp = false; ///< `steps` is for all folders together, and there is no result beyond them.
    };

    /// `known`: counts of other snapshots make estimates better, those of this one make them exact. Null when stopped
    /// or given up. Costs a few ranks per open folder, and listing the small ones.
    [[nodiscard]] static std::shared_ptr<const TreeRows> build(std::shared_ptr<const Snapshot> snapshot,
        TreeOptions options, const ExpandedFolders& expanded, const ChildCounts& known, const Effort& effort,
        const std::stop_token& stop = {});
    /// All at once, however long it takes: exact.
    [[nodiscard]] static std::shared_ptr<const TreeRows> exact(
        std::shared_ptr<const Snapshot> snapshot, TreeOptions options, const ExpandedFolders& expanded);
    TreeRows(const TreeRows&) = delete;
    TreeRows& operator=(const TreeRows&) = delete;
    ~TreeRows();

    [[nodiscard]] const std::shared_ptr<const Snapshot>& snapshot() const;
    [[nodiscard]] const TreeOptions& options() const;
    [[nodiscard]] std::uint64_t rowCount() const;
    [[nodiscard]] bool isExact() const;
    /// Open folders whose children are not counted in this snapshot.
    [[nodiscard]] std::vector<std::string> uncounted() const;
    /// The counts of all open folders, for the next build.
    [[nodiscard]] const ChildCounts& counts() const;

    /// Rows from number `from` on. Where numbers are estimates, those around the place.
    [[nodiscard]] TreeWindow rows(std::uint64_t from, std::size_t count) const;
    /// `count` rows, of which up to `before` stand before row `id`; the anchor is `id`. Empty where `id` has no row.
    [[nodiscard]] TreeWindow rowsAround(const RowId& id, std::size_t before, std::size_t count) const;
    /// Row `number`; rows that are not there (only when there are none) give nothing.
    [[nodiscard]] std::optional<TreeRow> rowAt(std::uint64_t number) const;
    /// The row at that share (0 to 1) of all rows.
    [[nodiscard]] std::optional<TreeRow> rowAtShare(double share) const;

    /// The number of a row; nothing where it is not there or lies in a closed folder.
    [[nodiscard]] std::optional<std::uint64_t> rowOf(const RowId& id) const;
    /// The folder a row stands in; nothing for rows at the top, and for those that are not there.
    [[nodiscard]] std::optional<RowId> parentOf(const RowId& id) const;
    /// The row itself, the closed folder that hides it, or the row next to where it was. Nothing where there are no
    /// rows.
    [[nodiscard]] std::optional<RowId> nearest(const RowId& id) const;
    /// The folders that must be open for `key` to have a row of its own, outermost first. Empty if it is not there.
    [[nodiscard]] std::vector<std::string> foldersTo(std::string_view key) const;
    /// Subfolders of a folder, open or not, in byte order: at most `most`, among its first 2000 children.
    [[nodiscard]] std::vector<std::string> subfolders(std::string_view prefix, std::size_t most) const;

    /// The next row whose name starts with `text` (upper and lower case of ASCII letters alike), from `from` on, around
    /// the end if need be; `from` itself only if `including`. By search, not by walking rows.
    [[nodiscard]] std::optional<RowId> findLabel(
        std::string_view text, const std::optional<RowId>& from, bool including) const;
    /// The keys on the rows between two rows, both included: a closed folder's row stands for all its keys, an open
    /// one's for none by itself. O(log n) where rows are in byte order.
    [[nodiscard]] std::vector<KeyRange> keysBetween(const RowId& one, const RowId& other) const;

    class Private;
    explicit TreeRows(std::unique_ptr<const Private> d); ///< For core/index itself.

private:
    std::unique_ptr<const Private> m_d;
};

} // namespace keyglass
