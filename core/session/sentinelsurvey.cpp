// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sentinelsurvey.h"

#include "core/source/commandgate.h"
#include "core/source/redis/infotext.h"
#include "core/source/redis/serverfacts.h"

#include <QCoreApplication>

#include <algorithm>
#include <atomic>
#include <map>
#include <new>
#include <thread>

namespace keyglass {

namespace {

constexpr Milliseconds patience{1500};
constexpr std::size_t mostThreads = 16;

std::optional<std::int64_t> offsetIn(const InfoText& info, std::string_view name)
{
    const auto offset = info.number(name);
    return offset ? std::optional(static_cast<std::int64_t>(*offset)) : std::nullopt;
}

/// What a server says of its replication. `lags`: what a master knows of its replicas, by their addresses as it sees
/// them.
void readReplication(const InfoText& info, WatchedServer& server, std::map<std::string, std::uint64_t>& lags)
{
    if (!server.isMaster) {
        const auto link = info.value("master_link_status");
        server.isLinkUp = link ? std::optional(*link == "up") : server.isLinkUp;
        const auto last = info.number("master_last_io_seconds_ago"); // -1 where the link is down
        server.lag = last ? last : server.lag;
        const auto offset = offsetIn(info, "slave_repl_offset");
        server.offset = offset ? offset : server.offset;
        return;
    }
    server.offset = offsetIn(info, "master_repl_offset");
    for (const auto& [name, value] : info.lines()) {
        const std::size_t ip = value.find("ip=");
        const std::size_t port = value.find(",port=");
        const auto lag = InfoText::part(value, "lag");
        if (name.starts_with("slave") && ip == 0 && port != std::string_view::npos && lag) {
            const auto number = static_cast<std::uint16_t>(InfoText::part(value, "port").value_or(0));
            const QString host = QString::fromUtf8(value.data() + 3, static_cast<qsizetype>(port - 3));
            lags.emplace(Endpoint{host, number, {}, {}}.text().toStdString(), *lag);
        }
    }
}

void ask(WatchedServer& server, std::map<std::string, std::uint64_t>& lags,
    const std::shared_ptr<const CommandGate>& gate, const std::stop_token& stop)
{
    ConnectionOptions options = server.known.options;
    options.connectTimeout = std::min(options.connectTimeout, patience);
    options.callTimeout = std::min(options.callTimeout, patience);
    const auto lane = makeLane(std::move(options), gate);
    const auto keys = fetchKeyCount(*lane, stop);
    if (!keys) {
        server.trouble = keys.error();
        return;
    }
    server.keys = *keys;
    const auto replication = lane->call(Command{"INFO", "replication"}, stop);
    if (replication) { // else an ACL forbids it, and the Sentinels' word has to do
        readReplication(InfoText(replication->text), server, lags);
    }
}

} // namespace

Result<SentinelSurvey> surveySentinels(const SentinelGroup& group, const std::shared_ptr<const CommandGate>& gate,
    int database, const std::stop_token& stop)
{
    const auto sentinelGate = std::make_shared<CommandGate>(GateRules{true, {}});
    auto view = fetchSentinelView(group, sentinelGate, stop);
    if (!view) {
        return std::move(view).error();
    }
    SentinelSurvey survey;
    survey.quorum = view->quorum;
    survey.sentinels = std::move(view->sentinels);
    survey.servers.emplace_back().known = std::move(view->master);
    survey.servers.front().isMaster = true;
    for (WatchedNode& replica : view->replicas) {
        WatchedServer& server = survey.servers.emplace_back();
        server.known = std::move(replica);
        server.isLinkUp = server.known.isLinkUp;
        server.offset = server.known.offset;
    }
    for (WatchedServer& server : survey.servers) {
        server.known.options.database = database;
    }
    std::map<std::string, std::uint64_t> lags; // filled by the thread that asks the master
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (std::size_t each = 0; each < std::min(mostThreads, survey.servers.size()); ++each) {
        threads.emplace_back([&] {
            std::map<std::string, std::uint64_t> none;
            for (std::size_t at = next++; at < survey.servers.size(); at = next++) {
                try {
                    ask(survey.servers[at], at == 0 ? lags : none, gate, stop);
                } catch (const std::bad_alloc&) {
                    survey.servers[at].trouble =
                        Error{ErrorKind::Limit, survey.servers[at].known.options.endpoint.text(),
                            QCoreApplication::translate("Session", "There is not enough memory.")};
                }
            }
        });
    }
    threads.clear(); // joins
    const auto written = survey.servers.front().offset;
    for (WatchedServer& server : survey.servers) {
        if (server.isMaster) {
            continue;
        }
        const QString& announced = server.known.announced;
        const QString address = announced.isEmpty() ? server.known.options.endpoint.text() : announced;
        if (const auto lag = lags.find(address.toStdString()); lag != lags.end()) {
            server.lag = lag->second; // what was acknowledged is more than what was heard
        }
        if (written && server.offset) {
            server.behind = static_cast<std::uint64_t>(std::max<std::int64_t>(0, *written - *server.offset));
        }
    }
    return survey;
}

} // namespace keyglass
