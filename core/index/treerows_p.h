// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/treerows.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// An open folder, all of whose outer folders are open.
struct TreeNode {
    FolderRange range;
    int depth = 0; ///< Of the rows in it.
    std::size_t parent = 0;
    std::uint64_t place = 0;                 ///< Which child of its parent it is.
    std::shared_ptr<const ChildCount> count; ///< Of this snapshot; null: `children` is an estimate.
    std::uint64_t children = 0;
    std::uint64_t rows = 0; ///< Its children and all rows in open subfolders.

    struct OpenChild {
        std::uint64_t place = 0;
        std::size_t node = 0;
        std::uint64_t rowsBefore = 0; ///< In the open subfolders before it.
        std::uint64_t keysBefore = 0; ///< The same for keys, less one each; in byte order.
    };
    std::vector<OpenChild> open; ///< By place.
    std::uint64_t openKeys = 0;  ///< Keys in open subfolders, less one each: what estimates leave out.

    [[nodiscard]] const ChildList* list() const { return count ? count->list.get() : nullptr; }
};

/// The way from the top to a row: one step per folder on it.
struct RowPath {
    struct Step {
        std::size_t node = 0;
        Child child;
    };
    std::vector<Step> steps;
    bool reachesRow = false;  ///< False: the row is not there, or the last step is a closed folder that hides it.
    std::size_t lastNode = 0; ///< Where the search ended.

    [[nodiscard]] bool isHidden() const { return !reachesRow && !steps.empty() && steps.back().node == lastNode; }
};

class TreeRows::Private {
public:
    std::shared_ptr<const Snapshot> snapshot;
    TreeOptions options;
    std::vector<TreeNode> nodes; // parents before children; the root is the first
    std::map<std::string, std::size_t, std::less<>> byPrefix;
    ChildCounts counts;
    bool exact = true;

    [[nodiscard]] std::optional<std::size_t> openNode(const Child& child) const;
    [[nodiscard]] std::optional<std::size_t> openNode(std::string_view prefix) const;

    // Which child of a folder holds a rank, and back.
    [[nodiscard]] std::uint64_t placeOf(const TreeNode& node, const Child& child) const;
    [[nodiscard]] std::uint64_t placeOfRank(const TreeNode& node, std::uint64_t rank) const;
    [[nodiscard]] Child childAtPlace(const TreeNode& node, std::uint64_t place) const;
    [[nodiscard]] Child childAtRank(const TreeNode& node, std::uint64_t rank) const;

    // The same without a count: a child's place is guessed from the share of keys before it, open subfolders left out.
    [[nodiscard]] std::uint64_t guessedPlace(const TreeNode& node, std::uint64_t rank) const;
    [[nodiscard]] std::uint64_t guessedRank(const TreeNode& node, std::uint64_t place) const;

    // Children in row order; without a child: from the start, or before the end.
    [[nodiscard]] std::vector<Child> childrenAfter(const TreeNode& node, const Child* child, std::size_t most) const;
    [[nodiscard]] std::vector<Child> childrenBefore(const TreeNode& node, const Child* child, std::size_t most) const;

    [[nodiscard]] RowPath pathTo(const RowId& id) const;
    [[nodiscard]] RowPath pathToRow(std::uint64_t number) const;
    [[nodiscard]] std::uint64_t numberOf(const RowPath& path) const;
    /// Number of the first row in `node`.
    [[nodiscard]] std::uint64_t startOf(const TreeNode& node) const;
    /// Rows in `node` before its child at `place`.
    [[nodiscard]] std::uint64_t rowsBefore(const TreeNode& node, std::uint64_t place) const;

    [[nodiscard]] TreeRow rowOf(const TreeNode& node, const Child& child) const;
    [[nodiscard]] static RowId idOf(const Child& child) { return {child.bytes, child.isFolder}; }
};

/// Goes from row to row. Reads the children of each open folder on the way some at a time.
class RowWalk {
public:
    explicit RowWalk(const TreeRows::Private& rows)
        : m_rows(rows)
    {
    }
    bool toFirst();
    bool toLast();
    void toPath(const RowPath& path);
    bool next();
    bool previous();
    [[nodiscard]] TreeRow row() const;

private:
    struct Level {
        std::size_t node = 0;
        std::vector<Child> children;
        std::size_t at = 0;
    };
    [[nodiscard]] const Child& child() const { return m_levels.back().children[m_levels.back().at]; }
    bool enter(std::size_t node, bool atEnd);
    void descendToLast();
    bool advance(Level& level);
    bool retreat(Level& level);

    const TreeRows::Private& m_rows;
    std::vector<Level> m_levels;
};

} // namespace keyglass
