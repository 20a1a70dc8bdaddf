// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/errortext.h"
#include "core/edit/applyedit.h"
#include "core/source/commandtable.h"
#include "core/source/laneview.h"
#include "core/source/redis/serverfacts.h"
#include "tests/servers/redisserver.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace keyglass::test {

using Args = RedisServer::Args;

inline ConnectionOptions socketOptions(const QString& path, const QString& user = {})
{
    ConnectionOptions options;
    options.endpoint.socketPath = path;
    options.user = user;
    options.password = user.isEmpty() ? QString() : QStringLiteral("pw");
    return options;
}

inline std::unique_ptr<Lane> editLane(const RedisServer& server, const QString& user = {}, const GateRules& rules = {})
{
    return makeLane(socketOptions(server.socketPath(), user), std::make_shared<CommandGate>(rules));
}

/// As a session has it: by what the server says of itself.
inline EditOptions optionsOf(Lane& lane)
{
    const auto facts = fetchServerFacts(lane, {});
    const auto table = fetchCommandTable(lane, {});
    return EditOptions{facts && table ? editAbilities(*facts, **table) : EditAbilities{}, {}};
}

inline EditOptions optionsOf(const RedisServer& server)
{
    return optionsOf(*editLane(server));
}

/// Lets a test act before commands go out; it is told the last of those that go together.
class HookedLane : public LaneView {
public:
    using Hook = std::function<void(const Command& last)>;

    HookedLane(Lane& lane, Hook hook)
        : LaneView(lane)
        , m_hook(std::move(hook))
    {
    }
    HookedLane(std::unique_ptr<Lane> lane, Hook hook)
        : LaneView(*lane)
        , m_owned(std::move(lane))
        , m_hook(std::move(hook))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        if (!commands.empty()) {
            m_hook(commands.back());
        }
        return LaneView::pipeline(commands, std::move(stop));
    }
    std::unique_ptr<Lane> confirmed(Confirmation confirmation) override
    {
        return std::make_unique<HookedLane>(LaneView::confirmed(std::move(confirmation)), m_hook);
    }

private:
    std::unique_ptr<Lane> m_owned;
    Hook m_hook;
};

/// Lets somebody else act between our look at a key and our writing, each time anew; and before a script.
class MeddledLane : public HookedLane {
public:
    using Meddle = std::function<void()>;

    MeddledLane(Lane& lane, Meddle meddle, Meddle beforeScript = {})
        : HookedLane(lane, [meddle = std::move(meddle), beforeScript = std::move(beforeScript)](const Command& last) {
            if (last.name() == "EXEC") {
                meddle();
            } else if (last.name() == "EVAL" && beforeScript) {
                beforeScript();
            }
        })
    {
    }
};

inline const char* nameOf(EditOutcome::Status status)
{
    constexpr const char* names[] = {"Done", "NotDone", "Conflict", "Gone", "WrongType", "TooBusy", "Unknown"};
    return names[static_cast<std::size_t>(status)];
}

/// "Done", "Conflict"…, or the error's text: what a QCOMPARE shows.
inline QString told(const Result<EditOutcome>& outcome)
{
    return outcome ? QString::fromLatin1(nameOf(outcome->status)) : errorText(outcome.error());
}

} // namespace keyglass::test
