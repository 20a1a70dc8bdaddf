// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/askinglane.h"

#include "core/base/error.h"
#include "core/net/command.h"
#include "core/net/reply.h"
#include "core/source/commandtable.h"
#include "core/source/laneview.h"

#include <string>
#include <utility>
#include <vector>

namespace keyglass {

namespace {

class AskingLane final : public LaneView {
public:
    explicit AskingLane(std::unique_ptr<Lane> node)
        : LaneView(*node)
        , m_node(std::move(node))
    {
    }

    Result<Reply> call(const Command& command, std::stop_token stop) override
    {
        auto replies = pipeline({&command, 1}, std::move(stop));
        if (!replies) {
            return std::move(replies).error();
        }
        if (replies->front().isError()) {
            return replyError(replies->front().text).about(nodeText());
        }
        return std::move(replies->front());
    }

    /// The node remembers an ASKING until the next command is done, and from a MULTI to its EXEC.
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        std::vector<Command> sent;
        std::vector<std::size_t> wanted;
        sent.reserve(commands.size() * 2);
        bool isWithin = false;
        for (const Command& command : commands) {
            if (!isWithin) {
                sent.push_back(Command{"ASKING"});
            }
            wanted.push_back(sent.size());
            sent.push_back(command);
            const std::string name = lowerAscii(command.name());
            isWithin = name == "multi" || (isWithin && name != "exec" && name != "discard");
        }
        auto replies = m_node->pipeline(sent, std::move(stop));
        if (!replies) {
            return replies;
        }
        std::vector<Reply> own;
        own.reserve(wanted.size());
        for (const std::size_t at : wanted) {
            own.push_back(std::move((*replies)[at]));
        }
        return own;
    }

    std::unique_ptr<Lane> confirmed(Confirmation confirmation) override
    {
        return makeAskingLane(m_node->confirmed(std::move(confirmation)));
    }

private:
    const std::unique_ptr<Lane> m_node;
};

} // namespace

std::unique_ptr<Lane> makeAskingLane(std::unique_ptr<Lane> node)
{
    return std::make_unique<AskingLane>(std::move(node));
}

} // namespace keyglass
