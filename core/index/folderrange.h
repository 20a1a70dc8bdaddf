// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// How keys become a tree.
struct TreeOptions {
    std::string separator = ":"; ///< Any bytes, one or several; empty: a flat list.
    bool foldSingle = true;      ///< A folder of one key is shown as that key ("42:profile").
    bool foldersFirst = false;   ///< In folders of up to mostListedChildren children.
    bool naturalOrder = true;    ///< "user:2" before "user:10", in the same folders.
    bool hasRoots = false;       ///< Keys stand behind the roots of their databases (keyroot.h), each a folder at the
                                 ///< top; separators count behind them.

    friend bool operator==(const TreeOptions&, const TreeOptions&) = default;
};

/// Folders with more children than this stand in byte order, whatever the options say.
inline constexpr std::uint64_t mostListedChildren = 100'000;

/// Where the first segment of `key` behind `from` ends, its separator included; npos where no separator follows.
[[nodiscard]] std::size_t segmentEnd(std::string_view key, std::size_t from, const TreeOptions& options);

/// The ends of all segments of `bytes` from the left: `bytes.substr(0, end)` are the folders that hold it, outermost
/// first. The last equals bytes.size() where `bytes` itself ends with a separator: it is a folder's prefix then.
[[nodiscard]] std::vector<std::size_t> segmentEnds(std::string_view bytes, const TreeOptions& options);

/// Whether a folder that holds so many keys, and whose parent's prefix has `from` bytes, is shown as its only key.
[[nodiscard]] bool isFolded(std::uint64_t keys, std::size_t from, const TreeOptions& options);

/// Bytes that end the name of a folder whose parent's prefix has `from` bytes.
[[nodiscard]] std::size_t separatorLength(std::size_t from, const TreeOptions& options);

/// All keys that start with `prefix`, as ranks in one snapshot.
struct FolderRange {
    std::string prefix; ///< Empty: the root.
    std::uint64_t first = 0;
    std::uint64_t end = 0;

    [[nodiscard]] std::uint64_t keys() const { return end - first; }
};

/// Two ranks: O(runs x log keys).
[[nodiscard]] FolderRange folderRange(const Snapshot& snapshot, std::string prefix);

/// One child of a folder: a subfolder, or a key. Within one folder of one snapshot its first rank names it.
struct Child {
    std::string bytes;       ///< The key, or the subfolder's prefix with its separator.
    std::uint64_t first = 0; ///< Rank of its first key.
    std::uint64_t keys = 1;
    bool isFolder = false;

    [[nodiscard]] std::uint64_t end() const { return first + keys; }
};

/// Walks the children of one folder in byte order, galloping over large ones. Belongs to one thread.
class ChildWalk {
public:
    ChildWalk(std::shared_ptr<const Snapshot> snapshot, FolderRange range, TreeOptions options);

    /// Goes to the first child. False, and not valid, where the folder is empty.
    bool toFirst();
    /// Goes to the child that holds the key at `rank`. False outside of the folder.
    bool toRank(std::uint64_t rank);
    /// Goes to the child behind `before`. Cheaper than toRank() on many runs: it seeks by bytes.
    bool toAfter(const Child& before);
    bool next();
    [[nodiscard]] bool isValid() const { return m_valid; }
    [[nodiscard]] const Child& child() const { return m_child; }

private:
    bool take();
    void skipRest(std::string_view prefix);

    std::shared_ptr<const Snapshot> m_snapshot;
    FolderRange m_range;
    TreeOptions m_options;
    SnapshotCursor m_cursor;  // at the key behind m_child
    std::uint64_t m_rank = 0; // of the cursor's key
    Child m_child;
    bool m_valid = false;
};

/// Up to `most` children from the one behind `after` on (from the first, where there is none), in byte order.
[[nodiscard]] std::vector<Child> childrenFrom(const std::shared_ptr<const Snapshot>& snapshot, const FolderRange& range,
    const TreeOptions& options, const Child* after, std::size_t most);

/// Up to `most` children before rank `before`, which must be the folder's end or the first rank of a child; byte order.
[[nodiscard]] std::vector<Child> childrenBefore(const std::shared_ptr<const Snapshot>& snapshot,
    const FolderRange& range, const TreeOptions& options, std::uint64_t before, std::size_t most);

/// The range of bytes of a child: of all keys with its prefix, or of the one key.
[[nodiscard]] KeyRange childKeys(std::string_view bytes, bool isFolder);

} // namespace keyglass
