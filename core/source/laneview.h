// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/commandgate.h"
#include "core/source/lane.h"

#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace keyglass {

/// Another lane, unchanged: what a lane derives from that changes only some of another's ways. It must not outlive it.
class LaneView : public Lane {
public:
    explicit LaneView(Lane& lane)
        : m_lane(lane)
    {
    }
    Result<Reply> call(const Command& command, std::stop_token stop) override { return m_lane.call(command, stop); }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        return m_lane.pipeline(commands, stop);
    }
    Status check(const Command& command) const override { return m_lane.check(command); }
    Status send(const Command& command, std::stop_token stop) override { return m_lane.send(command, stop); }
    Status receive(ReplySink& sink, std::stop_token stop) override { return m_lane.receive(sink, stop); }
    Result<std::optional<Reply>> listen(Milliseconds patience, std::stop_token stop) override
    {
        return m_lane.listen(patience, std::move(stop));
    }
    std::unique_ptr<Lane> confirmed(Confirmation confirmation) override
    {
        return m_lane.confirmed(std::move(confirmation));
    }
    void setCallTimeout(Milliseconds callTimeout) override { m_lane.setCallTimeout(callTimeout); }
    void close() override { m_lane.close(); }
    [[nodiscard]] bool isOpen() const override { return m_lane.isOpen(); }
    [[nodiscard]] std::uint64_t openings() const override { return m_lane.openings(); }
    [[nodiscard]] QString nodeText() const override { return m_lane.nodeText(); }

private:
    Lane& m_lane;
};

} // namespace keyglass
