// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/treerows.h"

#include "core/index/treelayout.h"
#include "core/index/treerows_p.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace keyglass {

TreeRows::TreeRows(std::unique_ptr<const Private> d)
    : m_d(std::move(d))
{
}

TreeRows::~TreeRows() = default;

std::shared_ptr<const TreeRows> TreeRows::build(std::shared_ptr<const Snapshot> snapshot, TreeOptions options,
    const ExpandedFolders& expanded, const ChildCounts& known, const Effort& effort, const std::stop_token& stop)
{
    auto d = std::make_unique<Private>();
    d->snapshot = std::move(snapshot);
    d->options = std::move(options);
    if (!TreeLayout(*d, known, effort, stop).run(expanded)) {
        return nullptr;
    }
    return std::make_shared<const TreeRows>(std::move(d));
}

std::shared_ptr<const TreeRows> TreeRows::exact(
    std::shared_ptr<const Snapshot> snapshot, TreeOptions options, const ExpandedFolders& expanded)
{
    constexpr Effort whatever{std::numeric_limits<std::uint64_t>::max(), false};
    auto rough = build(snapshot, options, expanded, {}, whatever);
    if (rough->isExact()) {
        return rough;
    }
    ChildCounts counts = rough->counts();
    for (const std::string& prefix : rough->uncounted()) {
        counts.insert_or_assign(prefix, countChildren(snapshot, folderRange(*snapshot, prefix), options, {}));
    }
    return build(std::move(snapshot), std::move(options), expanded, counts, whatever);
}

const std::shared_ptr<const Snapshot>& TreeRows::snapshot() const
{
    return m_d->snapshot;
}

const TreeOptions& TreeRows::options() const
{
    return m_d->options;
}

std::uint64_t TreeRows::rowCount() const
{
    return m_d->nodes.front().rows;
}

bool TreeRows::isExact() const
{
    return m_d->exact;
}

std::vector<std::string> TreeRows::uncounted() const
{
    std::vector<std::string> prefixes;
    for (const TreeNode& node : m_d->nodes) {
        if (!node.count) {
            prefixes.push_back(node.range.prefix);
        }
    }
    return prefixes;
}

const ChildCounts& TreeRows::counts() const
{
    return m_d->counts;
}

TreeWindow TreeRows::rows(std::uint64_t from, std::size_t count) const
{
    const std::uint64_t all = rowCount();
    if (all == 0 || count == 0) {
        return {};
    }
    const std::uint64_t last = all - 1;
    if (from + count > last) { // from the end: an estimate may lie anywhere
        RowWalk walk(*m_d);
        walk.toLast();
        auto window = rowsAround(walk.row().id(), static_cast<std::size_t>(last - std::min(from, last)), count);
        window.anchor = 0;
        return window;
    }
    const RowPath path = m_d->pathToRow(from);
    auto window = rowsAround(m_d->idOf(path.steps.back().child), 0, count);
    window.first = from;
    return window;
}

TreeWindow TreeRows::rowsAround(const RowId& id, std::size_t before, std::size_t count) const
{
    TreeWindow window;
    const RowPath path = m_d->pathTo(id);
    if (!path.reachesRow || count == 0) {
        return window;
    }
    RowWalk walk(*m_d);
    walk.toPath(path);
    bool hasPrevious = true;
    while (window.anchor < std::min(before, count - 1) && (hasPrevious = walk.previous())) {
        window.rows.push_back(walk.row());
        ++window.anchor;
    }
    std::reverse(window.rows.begin(), window.rows.end());
    walk.toPath(path);
    bool more = true;
    for (; more && window.rows.size() < count; more = walk.next()) {
        window.rows.push_back(walk.row());
    }
    const std::uint64_t number = m_d->numberOf(path);
    window.first = number - std::min<std::uint64_t>(number, window.anchor);
    if (!m_d->exact && !hasPrevious) {
        window.first = 0;
    } else if (!m_d->exact && !more) {
        window.first = rowCount() - std::min<std::uint64_t>(rowCount(), window.rows.size());
    }
    return window;
}

std::optional<TreeRow> TreeRows::rowAt(std::uint64_t number) const
{
    const std::uint64_t all = rowCount();
    if (all == 0) {
        return std::nullopt;
    }
    const RowPath path = m_d->pathToRow(std::min(number, all - 1));
    const auto& step = path.steps.back();
    return m_d->rowOf(m_d->nodes[step.node], step.child);
}

std::optional<TreeRow> TreeRows::rowAtShare(double share) const
{
    const double number = std::clamp(share, 0.0, 1.0) * static_cast<double>(rowCount());
    return rowAt(static_cast<std::uint64_t>(number));
}

std::optional<std::uint64_t> TreeRows::rowOf(const RowId& id) const
{
    const RowPath path = m_d->pathTo(id);
    return path.reachesRow ? std::optional(m_d->numberOf(path)) : std::nullopt;
}

std::optional<RowId> TreeRows::parentOf(const RowId& id) const
{
    const RowPath path = m_d->pathTo(id);
    if (!path.reachesRow || path.steps.size() < 2) {
        return std::nullopt;
    }
    return m_d->idOf(path.steps[path.steps.size() - 2].child);
}

std::optional<RowId> TreeRows::nearest(const RowId& id) const
{
    const RowPath path = m_d->pathTo(id);
    if (path.reachesRow || path.isHidden()) {
        return m_d->idOf(path.steps.back().child);
    }
    const TreeNode& node = m_d->nodes[path.lastNode];
    if (node.range.keys() == 0) {
        return std::nullopt;
    }
    if (const ChildList* list = node.list()) {
        const auto label = std::string_view(id.bytes).substr(node.range.prefix.size());
        const std::uint64_t row = std::min(list->rowNear(label, id.isFolder), list->size() - 1);
        return m_d->idOf(list->childAt(row, *m_d->snapshot));
    }
    const std::uint64_t rank = m_d->snapshot->rank(id.bytes);
    return m_d->idOf(m_d->childAtRank(node, std::clamp(rank, node.range.first, node.range.end - 1)));
}

std::vector<std::string> TreeRows::foldersTo(std::string_view key) const
{
    std::vector<std::string> folders;
    if (!m_d->snapshot->contains(key)) {
        return folders;
    }
    std::size_t parent = 0;
    for (const std::size_t end : segmentEnds(key, m_d->options)) {
        const auto prefix = key.substr(0, end);
        if (isFolded(m_d->snapshot->count(prefixRange(prefix)), parent, m_d->options)) {
            break;
        }
        parent = end;
        folders.emplace_back(prefix);
    }
    return folders;
}

std::vector<std::string> TreeRows::subfolders(std::string_view prefix, std::size_t most) const
{
    constexpr int lookedAt = 2000; // keys beside the folders can't be galloped over
    std::vector<std::string> folders;
    ChildWalk walk(m_d->snapshot, folderRange(*m_d->snapshot, std::string(prefix)), m_d->options);
    int looked = 0;
    for (bool more = walk.toFirst(); more && folders.size() < most && looked < lookedAt; more = walk.next(), ++looked) {
        if (walk.child().isFolder) {
            folders.push_back(walk.child().bytes);
        }
    }
    return folders;
}

} // namespace keyglass
