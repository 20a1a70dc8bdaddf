// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/treerows_p.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

/// Children read at once on the way.
constexpr std::size_t readAtOnce = 64;

} // namespace

std::optional<std::size_t> TreeRows::Private::openNode(std::string_view prefix) const
{
    const auto found = byPrefix.find(prefix);
    return found == byPrefix.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> TreeRows::Private::openNode(const Child& child) const
{
    return child.isFolder ? openNode(child.bytes) : std::nullopt;
}

std::uint64_t TreeRows::Private::placeOf(const TreeNode& node, const Child& child) const
{
    const auto open = openNode(child);
    return open ? nodes[*open].place : placeOfRank(node, child.first);
}

std::uint64_t TreeRows::Private::placeOfRank(const TreeNode& node, std::uint64_t rank) const
{
    if (const ChildList* list = node.list()) {
        return list->rowOf(rank);
    }
    if (!node.count) {
        return guessedPlace(node, rank);
    }
    const std::uint64_t offset = rank - node.range.first;
    const auto& samples = node.count->samples;
    const auto sample = std::upper_bound(samples.begin(), samples.end(), offset) - 1;
    auto place = static_cast<std::uint64_t>(sample - samples.begin()) * ChildCount::sampleStep;
    ChildWalk walk(snapshot, node.range, options);
    for (walk.toRank(node.range.first + *sample); walk.isValid() && walk.child().end() <= rank; walk.next()) {
        ++place;
    }
    return place;
}

Child TreeRows::Private::childAtPlace(const TreeNode& node, std::uint64_t place) const
{
    if (const ChildList* list = node.list()) {
        return list->childAt(place, *snapshot);
    }
    if (!node.count) {
        return childAtRank(node, guessedRank(node, place));
    }
    ChildWalk walk(snapshot, node.range, options);
    walk.toRank(node.range.first + node.count->samples[place / ChildCount::sampleStep]);
    for (std::uint64_t left = place % ChildCount::sampleStep; left > 0; --left) {
        walk.next();
    }
    return walk.child();
}

std::uint64_t TreeRows::Private::guessedPlace(const TreeNode& node, std::uint64_t rank) const
{
    std::uint64_t offset = rank - node.range.first;
    const auto after = std::lower_bound(node.open.begin(), node.open.end(), rank,
        [this](const TreeNode::OpenChild& child, std::uint64_t r) { return nodes[child.node].range.first < r; });
    if (after != node.open.begin()) {
        const auto& before = *(after - 1);
        offset -= std::min(offset, before.keysBefore + nodes[before.node].range.keys() - 1);
    }
    const double share = static_cast<double>(offset) / static_cast<double>(node.range.keys() - node.openKeys);
    return std::min(static_cast<std::uint64_t>(share * static_cast<double>(node.children)), node.children - 1);
}

std::uint64_t TreeRows::Private::guessedRank(const TreeNode& node, std::uint64_t place) const
{
    const double share = static_cast<double>(place) / static_cast<double>(node.children);
    const auto offset = static_cast<std::uint64_t>(share * static_cast<double>(node.range.keys() - node.openKeys));
    const auto after = std::lower_bound(
        node.open.begin(), node.open.end(), offset, [&](const TreeNode::OpenChild& child, std::uint64_t wanted) {
            return nodes[child.node].range.first - node.range.first - child.keysBefore < wanted;
        });
    std::uint64_t rank = node.range.first + offset;
    if (after != node.open.begin()) {
        const auto& before = *(after - 1);
        rank += before.keysBefore + nodes[before.node].range.keys() - 1;
    } else if (after != node.open.end()) {
        rank = std::min(rank, nodes[after->node].range.first);
    }
    return std::min(rank, node.range.end - 1);
}

Child TreeRows::Private::childAtRank(const TreeNode& node, std::uint64_t rank) const
{
    ChildWalk walk(snapshot, node.range, options);
    walk.toRank(rank);
    return walk.child();
}

std::vector<Child> TreeRows::Private::childrenAfter(const TreeNode& node, const Child* child, std::size_t most) const
{
    const ChildList* list = node.list();
    if (list == nullptr) {
        return childrenFrom(snapshot, node.range, options, child, most);
    }
    std::vector<Child> children;
    for (std::uint64_t row = child != nullptr ? list->rowOf(child->first) + 1 : 0;
        row < list->size() && children.size() < most; ++row) {
        children.push_back(list->childAt(row, *snapshot));
    }
    return children;
}

std::vector<Child> TreeRows::Private::childrenBefore(const TreeNode& node, const Child* child, std::size_t most) const
{
    const ChildList* list = node.list();
    if (list == nullptr) {
        const std::uint64_t before = child != nullptr ? child->first : node.range.end;
        return keyglass::childrenBefore(snapshot, node.range, options, before, most);
    }
    std::vector<Child> children;
    const std::uint64_t end = child != nullptr ? list->rowOf(child->first) : list->size();
    for (std::uint64_t row = end - std::min<std::uint64_t>(most, end); row < end; ++row) {
        children.push_back(list->childAt(row, *snapshot));
    }
    return children;
}

RowPath TreeRows::Private::pathTo(const RowId& id) const
{
    RowPath path;
    const std::string_view bytes = id.bytes;
    for (std::size_t at = 0;;) {
        const TreeNode& node = nodes[at];
        path.lastNode = at;
        const std::size_t end = segmentEnd(bytes, node.range.prefix.size(), options);
        if (end == std::string_view::npos) {
            path.reachesRow = !id.isFolder && snapshot->contains(bytes);
            if (path.reachesRow) {
                path.steps.push_back({at, {id.bytes, snapshot->rank(bytes), 1, false}});
            }
            return path;
        }
        FolderRange folder = folderRange(*snapshot, std::string(bytes.substr(0, end)));
        if (folder.keys() == 0) {
            return path;
        }
        if (isFolded(folder.keys(), node.range.prefix.size(), options)) {
            path.reachesRow = !id.isFolder && snapshot->contains(bytes);
            if (path.reachesRow) {
                path.steps.push_back({at, {id.bytes, folder.first, 1, false}});
            }
            return path;
        }
        path.reachesRow = id.isFolder && end == bytes.size();
        const std::uint64_t keys = folder.keys();
        path.steps.push_back({at, {std::move(folder.prefix), folder.first, keys, true}});
        const auto open = openNode(path.steps.back().child);
        if (path.reachesRow || !open) {
            return path;
        }
        at = *open;
    }
}

RowPath TreeRows::Private::pathToRow(std::uint64_t number) const
{
    RowPath path;
    path.reachesRow = true;
    for (std::size_t at = 0;;) {
        const TreeNode& node = nodes[at];
        path.lastNode = at;
        const auto after = std::upper_bound(node.open.begin(), node.open.end(), number,
            [](std::uint64_t n, const TreeNode::OpenChild& child) { return n < child.place + child.rowsBefore; });
        if (after == node.open.begin()) {
            path.steps.push_back({at, childAtPlace(node, number)});
            return path;
        }
        const auto& before = *(after - 1); // the last open subfolder whose row is not behind `number`
        const std::uint64_t header = before.place + before.rowsBefore;
        const TreeNode& inner = nodes[before.node];
        if (number > header + inner.rows) {
            path.steps.push_back({at, childAtPlace(node, number - before.rowsBefore - inner.rows)});
            return path;
        }
        path.steps.push_back({at, {inner.range.prefix, inner.range.first, inner.range.keys(), true}});
        if (number == header) {
            return path;
        }
        number -= header + 1;
        at = before.node;
    }
}

std::uint64_t TreeRows::Private::rowsBefore(const TreeNode& node, std::uint64_t place) const
{
    const auto after = std::lower_bound(node.open.begin(), node.open.end(), place,
        [](const TreeNode::OpenChild& child, std::uint64_t wanted) { return child.place < wanted; });
    if (after == node.open.begin()) {
        return place;
    }
    const auto& before = *(after - 1);
    return place + before.rowsBefore + nodes[before.node].rows;
}

std::uint64_t TreeRows::Private::startOf(const TreeNode& node) const
{
    if (&node == &nodes.front()) {
        return 0;
    }
    const TreeNode& parent = nodes[node.parent];
    return startOf(parent) + rowsBefore(parent, node.place) + 1;
}

std::uint64_t TreeRows::Private::numberOf(const RowPath& path) const
{
    const auto& step = path.steps.back();
    const TreeNode& node = nodes[step.node];
    return startOf(node) + rowsBefore(node, placeOf(node, step.child));
}

TreeRow TreeRows::Private::rowOf(const TreeNode& node, const Child& child) const
{
    TreeRow row;
    row.bytes = child.bytes;
    row.labelFrom = node.range.prefix.size();
    row.labelLength =
        child.bytes.size() - row.labelFrom - (child.isFolder ? separatorLength(row.labelFrom, options) : 0);
    row.depth = node.depth;
    row.isFolder = child.isFolder;
    row.isExpanded = openNode(child).has_value();
    const ChildList* list = node.list();
    row.isLast = list != nullptr ? list->rowOf(child.first) + 1 == list->size() : child.end() == node.range.end;
    row.keyCount = child.keys;
    return row;
}

bool RowWalk::enter(std::size_t node, bool atEnd)
{
    const TreeNode& entered = m_rows.nodes[node];
    Level level;
    level.node = node;
    level.children = atEnd ? m_rows.childrenBefore(entered, nullptr, readAtOnce)
                           : m_rows.childrenAfter(entered, nullptr, readAtOnce);
    if (level.children.empty()) {
        return false;
    }
    level.at = atEnd ? level.children.size() - 1 : 0;
    m_levels.push_back(std::move(level));
    return true;
}

bool RowWalk::toFirst()
{
    m_levels.clear();
    return enter(0, false);
}

bool RowWalk::toLast()
{
    m_levels.clear();
    if (!enter(0, true)) {
        return false;
    }
    descendToLast();
    return true;
}

void RowWalk::toPath(const RowPath& path)
{
    m_levels.clear();
    for (const RowPath::Step& step : path.steps) {
        m_levels.push_back({step.node, {step.child}, 0});
    }
}

bool RowWalk::next()
{
    if (const auto open = m_rows.openNode(child()); open && enter(*open, false)) {
        return true;
    }
    for (; !m_levels.empty(); m_levels.pop_back()) {
        if (advance(m_levels.back())) {
            return true;
        }
    }
    return false;
}

bool RowWalk::previous()
{
    if (!retreat(m_levels.back())) {
        m_levels.pop_back();
        return !m_levels.empty();
    }
    descendToLast();
    return true;
}

void RowWalk::descendToLast()
{
    for (auto open = m_rows.openNode(child()); open && enter(*open, true); open = m_rows.openNode(child())) { }
}

bool RowWalk::advance(Level& level)
{
    if (level.at + 1 < level.children.size()) {
        ++level.at;
        return true;
    }
    auto more = m_rows.childrenAfter(m_rows.nodes[level.node], &level.children.back(), readAtOnce);
    if (more.empty()) {
        return false;
    }
    level.children = std::move(more);
    level.at = 0;
    return true;
}

bool RowWalk::retreat(Level& level)
{
    if (level.at > 0) {
        --level.at;
        return true;
    }
    auto more = m_rows.childrenBefore(m_rows.nodes[level.node], &level.children.front(), readAtOnce);
    if (more.empty()) {
        return false;
    }
    level.children = std::move(more);
    level.at = level.children.size() - 1;
    return true;
}

TreeRow RowWalk::row() const
{
    const Level& level = m_levels.back();
    return m_rows.rowOf(m_rows.nodes[level.node], level.children[level.at]);
}

} // namespace keyglass
