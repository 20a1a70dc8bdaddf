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

/// Lets somebody else act between our look at a key and our writing, each time anew; and before a script.
class MeddledLane : public LaneView {
public:
    using Meddle = std::function<void()>;

    MeddledLane(Lane& lane, Meddle meddle, Meddle beforeScript = {})
        : LaneView(lane)
        , m_meddle(std::move(meddle))
        , m_beforeScript(std::move(beforeScript))
    {
    }
    MeddledLane(std::unique_ptr<Lane> lane, Meddle meddle, Meddle beforeScript)
        : LaneView(*lane)
        , m_owned(std::move(lane))
        , m_meddle(std::move(meddle))
        , m_beforeScript(std::move(beforeScript))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        if (!commands.empty() && commands.back().name() == "EXEC") {
            m_meddle();
        }
        if (!commands.empty() && commands.back().name() == "EVAL" && m_beforeScript) {
            m_beforeScript();
        }
        return LaneView::pipeline(commands, std::move(stop));
    }
    std::unique_ptr<Lane> confirmed(Confirmation confirmation) override
    {
        return std::make_unique<MeddledLane>(LaneView::confirmed(std::move(confirmation)), m_meddle, m_beforeScript);
    }

private:
    std::unique_ptr<Lane> m_owned;
    Meddle m_meddle;
    Meddle m_beforeScript;
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
