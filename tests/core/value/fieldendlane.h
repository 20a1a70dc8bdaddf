// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/laneview.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace keyglass::test {

/// When fields end, by key and field: milliseconds since 1970.
using Ends = std::map<std::pair<std::string, std::string>, std::int64_t>;

/// Any server, seen as one whose fields can end as those of Redis 7.4 do, so that what goes over the wire can be tested
/// where there is none. Ends are kept here; nothing ends by itself (a test deletes the field). HSET takes an end away,
/// as it does there. Scripts are not looked into.
class FieldEndLane : public LaneView {
public:
    enum class Manner {
        Has,       ///< As 7.4.
        Unknown,   ///< As 7.0: it does not know the commands.
        Forbidden, ///< The user may not ask.
    };
    struct State {
        Ends ends;
        Manner manner = Manner::Has;
        int asked = 0;                   ///< How often HPEXPIRETIME came.
        std::function<void()> beforeAsk; ///< Lets a test act just before it.
    };

    FieldEndLane(Lane& lane, std::shared_ptr<State> state)
        : LaneView(lane)
        , m_state(std::move(state))
    {
    }
    FieldEndLane(std::unique_ptr<Lane> lane, std::shared_ptr<State> state)
        : LaneView(*lane)
        , m_owned(std::move(lane))
        , m_state(std::move(state))
    {
    }

    Result<Reply> call(const Command& command, std::stop_token stop) override
    {
        auto replies = pipeline(std::vector{command}, std::move(stop));
        if (!replies) {
            return std::move(replies).error();
        }
        Reply& reply = replies->front();
        return reply.isError() ? Result<Reply>(replyError(reply.text)) : Result<Reply>(std::move(reply));
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        std::vector<Command> sent;
        for (const Command& command : commands) {
            if (command.name() == "HPEXPIRETIME") {
                ++m_state->asked;
                if (m_state->beforeAsk) {
                    std::exchange(m_state->beforeAsk, nullptr)();
                }
            }
            sent.push_back(translated(command));
        }
        auto replies = LaneView::pipeline(sent, std::move(stop));
        for (std::size_t at = 0; replies && at < commands.size(); ++at) {
            take(commands[at], (*replies)[at]);
        }
        return replies;
    }
    std::unique_ptr<Lane> confirmed(Confirmation confirmation) override
    {
        return std::make_unique<FieldEndLane>(LaneView::confirmed(std::move(confirmation)), m_state);
    }

private:
    static bool isAboutEnds(const Command& command)
    {
        const std::string_view name = command.name();
        return name == "HPEXPIRETIME" || name == "HPEXPIRE" || name == "HPEXPIREAT" || name == "HPERSIST";
    }
    static std::vector<std::string> fieldsOf(const Command& command)
    {
        const auto& words = command.arguments();
        const auto at = std::ranges::find(words, "FIELDS") + 2;
        return {at, words.end()};
    }
    /// A command that every server has and whose answer tells which of the fields are there.
    [[nodiscard]] Command translated(const Command& command) const
    {
        if (!isAboutEnds(command)) {
            return command;
        }
        if (m_state->manner != Manner::Has) {
            return Command{"ECHO", "refused"};
        }
        Command question{"HMGET", command.arguments()[1]};
        for (const std::string& field : fieldsOf(command)) {
            question.add(field);
        }
        return question;
    }
    void take(const Command& command, Reply& reply)
    {
        if (command.name() == "MULTI") {
            m_isOpen = true;
            m_queued.clear();
        } else if (command.name() == "EXEC") {
            m_isOpen = false;
            for (std::size_t at = 0; at < reply.elements.size(); ++at) {
                answer(m_queued[at], reply.elements[at]);
            }
        } else if (command.name() == "DISCARD") {
            m_isOpen = false;
        } else if (m_isOpen) {
            m_queued.push_back(command);
        } else {
            answer(command, reply);
        }
    }
    void answer(const Command& command, Reply& reply)
    {
        const auto& words = command.arguments();
        if (command.name() == "HSET" && !reply.isError()) {
            for (std::size_t at = 2; at + 1 < words.size(); at += 2) {
                m_state->ends.erase({words[1], words[at]});
            }
        }
        if (!isAboutEnds(command) || reply.isError()) {
            return;
        }
        if (m_state->manner != Manner::Has) {
            reply = {};
            reply.type = Reply::Type::Error;
            reply.text = m_state->manner == Manner::Unknown
                ? "ERR unknown command '" + words[0] + "', with args beginning with: "
                : "NOPERM User bob has no permissions to run the 'hpexpiretime' command";
            return;
        }
        const auto fields = fieldsOf(command);
        for (std::size_t at = 0; at < fields.size(); ++at) {
            const bool isThere = !reply.elements[at].isNil();
            reply.elements[at] = {};
            reply.elements[at].type = Reply::Type::Integer;
            reply.elements[at].integer = isThere ? done(command, {words[1], fields[at]}) : -2;
        }
    }
    std::int64_t done(const Command& command, const Ends::key_type& place)
    {
        Ends& ends = m_state->ends;
        const auto known = ends.find(place);
        if (command.name() == "HPEXPIRETIME") {
            return known == ends.end() ? -1 : known->second;
        }
        if (command.name() == "HPERSIST") {
            return ends.erase(place) > 0 ? 1 : -1;
        }
        const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        const std::int64_t from = command.name() == "HPEXPIRE" ? now.time_since_epoch().count() : 0;
        ends[place] = from + std::stoll(command.arguments()[2]);
        constexpr std::int64_t deletedAtOnce = 2;
        return ends[place] <= now.time_since_epoch().count() ? deletedAtOnce : 1;
    }

    std::unique_ptr<Lane> m_owned;
    const std::shared_ptr<State> m_state;
    std::vector<Command> m_queued; ///< Since MULTI.
    bool m_isOpen = false;
};

} // namespace keyglass::test
