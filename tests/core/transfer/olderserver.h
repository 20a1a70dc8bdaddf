// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/laneview.h"

#include <algorithm>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keyglass::test {

/// Answers each RESTORE as a server that does not know the version of what was dumped: also one in a script or in a
/// transaction.
class OlderServer final : public LaneView {
public:
    explicit OlderServer(std::unique_ptr<Lane> lane)
        : LaneView(*lane)
        , m_own(std::move(lane))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(withoutRestore(commands), std::move(stop));
        const bool hasRestore = std::ranges::any_of(commands, isRestore);
        for (std::size_t at = 0; replies && at < commands.size(); ++at) {
            if (isRestore(commands[at])) {
                refuse((*replies)[at]);
            } else if (hasRestore && commands[at].name() == "EXEC" && (*replies)[at].isArray()) {
                std::ranges::for_each((*replies)[at].elements, refuse);
            }
        }
        return replies;
    }
    std::unique_ptr<Lane> confirmed(Confirmation) override
    {
        return std::make_unique<LaneView>(static_cast<Lane&>(*this));
    }

private:
    static bool isScript(const Command& command)
    {
        return command.name() == "EVAL" && command.arguments()[1].find("'RESTORE'") != std::string_view::npos;
    }
    static bool isRestore(const Command& command) { return command.name() == "RESTORE" || isScript(command); }
    static void refuse(Reply& reply)
    {
        reply = {};
        reply.type = Reply::Type::Error;
        reply.text = "ERR DUMP payload version or checksum are wrong";
    }
    static std::vector<Command> withoutRestore(std::span<const Command> commands)
    {
        std::vector<Command> left;
        for (const Command& command : commands) {
            const std::size_t key = isScript(command) ? 3 : 1;
            left.push_back(isRestore(command) ? Command{"EXISTS", command.arguments()[key]} : command);
        }
        return left;
    }
    std::unique_ptr<Lane> m_own;
};

} // namespace keyglass::test
