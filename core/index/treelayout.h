// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/treerows_p.h"

#include <stop_token>

namespace keyglass {

/// Lays open folders out over one snapshot: which of them have rows, and how many.
class TreeLayout {
public:
    TreeLayout(TreeRows::Private& rows, const ChildCounts& known, const TreeRows::Effort& effort, std::stop_token stop)
        : m_rows(rows)
        , m_known(known)
        , m_effort(effort)
        , m_stop(std::move(stop))
    {
    }
    /// False when stopped or given up.
    bool run(const ExpandedFolders& expanded);

private:
    void addNodes(const ExpandedFolders& expanded);
    void addNode(std::string_view prefix);
    bool countNode(TreeNode& node);
    std::shared_ptr<const ChildCount> list(const TreeNode& node, const ChildCount* known);
    bool looksTooLarge(const TreeNode& node);
    void joinNodes();
    void sumUp(TreeNode& node);

    TreeRows::Private& m_rows;
    const ChildCounts& m_known;
    const TreeRows::Effort& m_effort;
    std::stop_token m_stop;
    std::uint64_t m_steps = 0;
    bool m_tooMuch = false;
};

} // namespace keyglass
