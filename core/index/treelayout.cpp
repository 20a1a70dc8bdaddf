// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/treelayout.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace keyglass {

namespace {

/// A folder of so few keys is listed whatever was known of it.
constexpr std::uint64_t alwaysListedKeys = 4096;

/// How many children so many keys have, going by what another snapshot's count found.
std::uint64_t estimatedChildren(std::uint64_t keys, const ChildCount* known)
{
    if (known == nullptr || known->rows == 0) {
        return keys;
    }
    const double perKey = static_cast<double>(known->rows) / static_cast<double>(known->range.keys());
    return std::clamp<std::uint64_t>(static_cast<std::uint64_t>(static_cast<double>(keys) * perKey), 1, keys);
}

} // namespace

bool TreeLayout::run(const ExpandedFolders& expanded)
{
    addNodes(expanded);
    for (TreeNode& node : m_rows.nodes) {
        if (!countNode(node)) {
            return false;
        }
    }
    joinNodes();
    return true;
}

void TreeLayout::addNodes(const ExpandedFolders& expanded)
{
    m_rows.nodes.push_back({});
    m_rows.nodes.front().range = folderRange(*m_rows.snapshot, {});
    m_rows.byPrefix.emplace(std::string(), 0);
    for (const std::string& prefix : expanded) { // in byte order: a folder comes before its subfolders
        addNode(prefix);
    }
}

void TreeLayout::addNode(std::string_view prefix)
{
    const auto ends = segmentEnds(prefix, m_rows.options);
    if (ends.empty() || ends.back() != prefix.size()) {
        return; // no folder by this separator
    }
    const auto parent = m_rows.openNode(prefix.substr(0, ends.size() > 1 ? ends[ends.size() - 2] : 0));
    if (!parent) {
        return;
    }
    FolderRange range = folderRange(*m_rows.snapshot, std::string(prefix));
    const std::size_t from = m_rows.nodes[*parent].range.prefix.size();
    if (range.keys() == 0 || isFolded(range.keys(), from, m_rows.options)) {
        return;
    }
    TreeNode node;
    node.range = std::move(range);
    node.parent = *parent;
    node.depth = m_rows.nodes[*parent].depth + 1;
    m_rows.byPrefix.emplace(std::string(prefix), m_rows.nodes.size());
    m_rows.nodes.push_back(std::move(node));
}

bool TreeLayout::countNode(TreeNode& node)
{
    const auto found = m_known.find(node.range.prefix);
    const auto known = found == m_known.end() ? nullptr : found->second;
    if (known && known->isOf(m_rows.snapshot, m_rows.options)) {
        node.count = known;
    } else {
        node.count = list(node, known.get());
        if (m_tooMuch || m_stop.stop_requested()) {
            return false;
        }
    }
    node.children = node.count ? node.count->rows : 0;
    m_rows.exact = m_rows.exact && node.count;
    if (node.count || known) {
        m_rows.counts.emplace(node.range.prefix, node.count ? node.count : known);
    }
    return true;
}

/// Guesses the number of children from a few keys: each stands for as many children as its own holds keys, inversely.
bool TreeLayout::looksTooLarge(const TreeNode& node)
{
    constexpr std::uint64_t samples = 8;
    constexpr double clearly = 2; // times too large
    const std::uint64_t keys = node.range.keys();
    if (keys <= mostListedChildren) {
        return false;
    }
    ChildWalk walk(m_rows.snapshot, node.range, m_rows.options);
    double children = 0;
    for (std::uint64_t i = 0; i < samples; ++i) {
        walk.toRank(node.range.first + keys / (2 * samples) * (2 * i + 1));
        children += static_cast<double>(keys) / static_cast<double>(samples * walk.child().keys);
    }
    m_steps += samples * CountLimits::jumpSteps;
    return children > clearly * static_cast<double>(mostListedChildren);
}

/// Lists the children where that is quick, or where they were listed before; else nothing.
std::shared_ptr<const ChildCount> TreeLayout::list(const TreeNode& node, const ChildCount* known)
{
    if (known != nullptr && !known->list && node.range.keys() > alwaysListedKeys) {
        return nullptr; // too large to list: only countChildren() tells whether it still is
    }
    if (known == nullptr && looksTooLarge(node)) {
        return nullptr;
    }
    CountLimits limits;
    limits.listOnly = true;
    if (m_effort.giveUp) {
        limits.steps = m_effort.steps - std::min(m_steps, m_effort.steps);
    } else if (known == nullptr) {
        limits.steps = m_effort.steps;
    }
    auto count = countChildren(m_rows.snapshot, node.range, m_rows.options, m_stop, limits, &m_steps);
    m_tooMuch = m_effort.giveUp && !count;
    return count;
}

void TreeLayout::joinNodes()
{
    for (std::size_t at = 1; at < m_rows.nodes.size(); ++at) {
        TreeNode& parent = m_rows.nodes[m_rows.nodes[at].parent];
        parent.open.push_back({0, at, 0, parent.openKeys});
        parent.openKeys += m_rows.nodes[at].range.keys() - 1;
    }
    for (TreeNode& node : m_rows.nodes) {
        if (!node.count) {
            const auto known = m_rows.counts.find(node.range.prefix);
            const ChildCount* hint = known == m_rows.counts.end() ? nullptr : known->second.get();
            node.children = estimatedChildren(node.range.keys() - node.openKeys, hint);
        }
    }
    // Children come after their parents: from the back, every folder's rows are known before its parent's are summed
    // up.
    for (std::size_t at = m_rows.nodes.size(); at-- > 0;) {
        sumUp(m_rows.nodes[at]);
    }
}

void TreeLayout::sumUp(TreeNode& node)
{
    for (TreeNode::OpenChild& child : node.open) {
        child.place = m_rows.placeOfRank(node, m_rows.nodes[child.node].range.first);
    }
    std::stable_sort(
        node.open.begin(), node.open.end(), [](const auto& a, const auto& b) { return a.place < b.place; });
    std::uint64_t rows = 0;
    std::uint64_t free = 0; // estimates may put two subfolders in one place
    for (TreeNode::OpenChild& child : node.open) {
        child.place = std::max(child.place, free);
        child.rowsBefore = rows;
        rows += m_rows.nodes[child.node].rows;
        m_rows.nodes[child.node].place = child.place;
        free = child.place + 1;
    }
    node.children = std::max(node.children, free);
    node.rows = node.children + rows;
}

} // namespace keyglass
