// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/guardedremoval.h"
#include "core/source/laneview.h"
#include "tests/core/bulk/serverfixture.h"

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace keyglass::test {

/// Lets a test act before commands go out.
class HookedLane final : public LaneView {
public:
    using Hook = std::function<void(std::span<const Command> commands)>;
    HookedLane(Lane& lane, Hook hook)
        : LaneView(lane)
        , m_hook(std::move(hook))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        m_hook(commands);
        return LaneView::pipeline(commands, std::move(stop));
    }

private:
    Hook m_hook;
};

/// "key:0" to "key:<count - 1>".
inline std::vector<std::string> numbered(std::size_t count)
{
    std::vector<std::string> keys;
    for (std::size_t at = 0; at < count; ++at) {
        keys.push_back("key:" + std::to_string(at));
    }
    return keys;
}

/// What tests of a removal stand on: it deletes from an empty server into an archive, and every outcome is kept.
class RemovalFixture : public ArchiveFixture {
protected:
    void fill(std::size_t count)
    {
        m_server->fill(count,
            [](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), "value " + std::to_string(at)}; });
    }
    /// All of a removal, in batches.
    Status remove(GuardedRemoval& removal, Lane& lane, const std::vector<std::string>& keys, std::size_t batch = 50)
    {
        const StepLanes lanes{lane, lane};
        for (std::size_t at = 0; at < keys.size(); at += batch) {
            const auto end = std::min(at + batch, keys.size());
            KeyBatch part = batchOf(
                {keys.begin() + static_cast<std::ptrdiff_t>(at), keys.begin() + static_cast<std::ptrdiff_t>(end)});
            if (Status applied = removal.apply(lanes, std::move(part), m_outcomes, {}); !applied) {
                return applied;
            }
        }
        return removal.finish(lanes, m_outcomes, {});
    }
    Status remove(RemovalOptions options, const std::vector<std::string>& keys, Lane* lane = nullptr)
    {
        m_outcomes.all.clear();
        GuardedRemoval removal(*m_archive->writer, options);
        return remove(removal, lane ? *lane : *m_lane, keys);
    }
    static RemovalOptions oldServer()
    {
        RemovalOptions options;
        options.ways.hasExpireTime = false;
        options.ways.hasUnlink = false;
        return options;
    }

    OutcomeList m_outcomes;
};

} // namespace keyglass::test
