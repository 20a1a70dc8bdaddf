// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/run.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace keyglass {

SmallRun SmallRun::sorted(KeyBatch&& keys)
{
    SmallRun run;
    run.m_keys = std::move(keys);
    run.m_order.resize(run.m_keys.size());
    std::iota(run.m_order.begin(), run.m_order.end(), 0U);
    const KeyBatch& all = run.m_keys;
    std::sort(run.m_order.begin(), run.m_order.end(), [&](auto a, auto b) { return all[a] < all[b]; });
    const auto end =
        std::unique(run.m_order.begin(), run.m_order.end(), [&](auto a, auto b) { return all[a] == all[b]; });
    run.m_order.erase(end, run.m_order.end());
    return run;
}

} // namespace keyglass
