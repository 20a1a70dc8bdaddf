// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/laneview.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

namespace keyglass::test {

/// Somebody else writes to a key once the first values have been read, which is for the archive.
class MeddledLane final : public LaneView {
public:
    MeddledLane(Lane& lane, std::function<void()> meddle)
        : LaneView(lane)
        , m_meddle(std::move(meddle))
    {
    }
    MeddledLane(std::unique_ptr<Lane> lane, std::function<void()> meddle)
        : MeddledLane(*lane, std::move(meddle))
    {
        m_own = std::move(lane);
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(commands, std::move(stop));
        const auto isLook = [](const Command& command) { return command.name() == "DUMP"; };
        if (m_meddle && std::ranges::any_of(commands, isLook)) {
            std::exchange(m_meddle, {})();
        }
        return replies;
    }
    /// The same server.
    std::unique_ptr<Lane> confirmed(Confirmation /*confirmation*/) override
    {
        return std::make_unique<LaneView>(static_cast<Lane&>(*this));
    }

private:
    std::unique_ptr<Lane> m_own;
    std::function<void()> m_meddle;
};

} // namespace keyglass::test
