// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/serverprobes.h"

#include "core/source/commandtable.h"
#include "core/source/lane.h"
#include "core/source/redis/infotext.h"

#include <algorithm>
#include <limits>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

/// A key for questions about a command and not about a key: it should not exist, and nothing is changed if it does.
constexpr std::string_view nobodysKey = "keyglass:nobody";

constexpr std::string_view commandsAskedFor[] = {
    "unlink", "hexpire", "copy", "getex", "function", "ssubscribe", "json.set"};
constexpr ServerFeature featuresAskedFor[] = {ServerFeature::Unlink, ServerFeature::HashFieldExpiry,
    ServerFeature::Copy, ServerFeature::GetEx, ServerFeature::Functions, ServerFeature::ShardedPubSub,
    ServerFeature::JsonDocuments};
static_assert(std::size(commandsAskedFor) == std::size(featuresAskedFor));

/// Since when a feature of the server itself is there. {}: since ever.
struct FeatureSince {
    ServerFeature feature;
    ServerVersion redis;
    ServerVersion valkey;
};
constexpr ServerVersion never{std::numeric_limits<int>::max(), 0, 0};
constexpr FeatureSince featuresSince[] = {
    {ServerFeature::ScanType, {6, 0, 0}, {}},
    {ServerFeature::HscanNoValues, {7, 4, 0}, {8, 0, 0}},
    {ServerFeature::Unlink, {4, 0, 0}, {}},
    {ServerFeature::MemoryUsage, {4, 0, 0}, {}},
    {ServerFeature::ObjectFreq, {4, 0, 0}, {}},
    {ServerFeature::ClientNoTouch, {7, 2, 0}, {}},
    {ServerFeature::ClientTracking, {6, 0, 0}, {}},
    {ServerFeature::HashFieldExpiry, {7, 4, 0}, {9, 0, 0}},
    {ServerFeature::Copy, {6, 2, 0}, {}},
    {ServerFeature::GetEx, {6, 2, 0}, {}},
    {ServerFeature::Functions, {7, 0, 0}, {}},
    {ServerFeature::ShardedPubSub, {7, 0, 0}, {}},
};
static_assert(std::size(featuresSince) + 1 == serverFeatureCount); // but what modules bring

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

QString latin(std::string_view text)
{
    return displayText(text.substr(0, 200));
}

void setFeature(ServerFacts& facts, ServerFeature feature, FeatureState state)
{
    facts.features[static_cast<std::size_t>(feature)] = state;
}

/// Why a command can't be had, by its error reply. Nothing: it is there and had something else to say (no such key,
/// MOVED).
std::optional<ErrorKind> whyMissing(std::string_view errorReply)
{
    if (errorReply.starts_with("NOPERM") && has(errorReply, "to run")) { // else it is the key that is forbidden
        return ErrorKind::Permission;
    }
    const std::string lower = lowerAscii(errorReply.substr(0, 200));
    const bool isUnknown = has(lower, "unknown command") || has(lower, "unknown subcommand");
    return isUnknown ? std::optional(ErrorKind::Unsupported) : std::nullopt;
}

ServerProduct productOf(const InfoText& info)
{
    if (info.value("valkey_version") || info.value("server_name") == "valkey") {
        return ServerProduct::Valkey;
    }
    if (has(info.value("executable").value_or(""), "keydb") || info.value("server_threads")) {
        return ServerProduct::KeyDb;
    }
    const bool isOther = info.value("dragonfly_version") || info.value("kvrocks_version");
    return info.value("redis_version") && !isOther ? ServerProduct::Redis : ServerProduct::Unknown;
}

ServerMode modeOf(std::string_view text)
{
    return text == "cluster"   ? ServerMode::Cluster
        : text == "sentinel"   ? ServerMode::Sentinel
        : text == "standalone" ? ServerMode::Standalone
                               : ServerMode::Unknown;
}

ServerRole roleOf(std::string_view text)
{
    return text == "master"  ? ServerRole::Master
        : text == "slave"    ? ServerRole::Replica
        : text == "sentinel" ? ServerRole::Sentinel
                             : ServerRole::Unknown;
}

/// "db3" with "keys=5,expires=1,avg_ttl=0".
std::optional<DatabaseKeys> databaseOf(std::string_view name, std::string_view value)
{
    if (!name.starts_with("db")) {
        return {};
    }
    constexpr std::uint64_t largest = std::numeric_limits<int>::max();
    const std::uint64_t number = wholeNumber(name.substr(2)).value_or(largest + 1);
    const auto keys = InfoText::part(value, "keys");
    if (number > largest || !keys) {
        return {};
    }
    return DatabaseKeys{static_cast<int>(number), keys, InfoText::part(value, "expires")};
}

void learnInfoReply(const Reply& reply, ServerFacts& facts)
{
    if (reply.isText()) {
        learnInfo(reply.text, facts);
    }
}

/// In cluster mode there is one database, unless the server has cluster-databases (Valkey 9).
void learnDatabaseCount(const Reply& reply, ServerFacts& facts)
{
    std::optional<std::uint64_t> standalone;
    std::optional<std::uint64_t> cluster;
    for (std::size_t at = 0; at + 1 < reply.elements.size(); at += 2) {
        const std::string& name = reply.elements[at].text;
        auto& place = name == "cluster-databases" ? cluster : standalone;
        if (name == "databases" || name == "cluster-databases") {
            place = wholeNumber(reply.elements[at + 1].text);
        }
    }
    if (facts.mode == ServerMode::Cluster) {
        standalone = cluster.value_or(1);
    }
    if (standalone && *standalone > 0) {
        constexpr std::uint64_t largest = std::numeric_limits<int>::max();
        facts.databaseCount = static_cast<int>(std::min(*standalone, largest));
    }
}

void learnCluster(const Reply& reply, ServerFacts& facts)
{
    if (facts.mode == ServerMode::Unknown) {
        const bool isOff = reply.isError() && has(reply.text, "cluster support disabled");
        facts.mode = isOff                     ? ServerMode::Standalone
            : has(reply.text, "cluster_state") ? ServerMode::Cluster
                                               : ServerMode::Unknown;
    }
}

void learnRole(const Reply& reply, ServerFacts& facts)
{
    if (facts.role == ServerRole::Unknown && !reply.elements.empty()) {
        facts.role = roleOf(reply.elements.front().text);
    }
}

/// Before 6.0 TYPE is a syntax error of SCAN; after, nothing is.
void learnScanType(const Reply& reply, ServerFacts& facts)
{
    if (reply.isArray()) {
        setFeature(facts, ServerFeature::ScanType, FeatureState::Present);
    } else if (reply.isError() && has(lowerAscii(reply.text), "syntax")) {
        setFeature(facts, ServerFeature::ScanType, FeatureState::Missing);
    }
}

void learnCommands(const Reply& reply, ServerFacts& facts)
{
    if (reply.elements.size() != std::size(featuresAskedFor)) {
        return;
    }
    for (std::size_t at = 0; at < reply.elements.size(); ++at) {
        const bool isThere = reply.elements[at].isArray() && !reply.elements[at].elements.empty();
        setFeature(facts, featuresAskedFor[at], isThere ? FeatureState::Present : FeatureState::Missing);
    }
}

Command commandInfo()
{
    Command command{"COMMAND", "INFO"};
    for (const std::string_view name : commandsAskedFor) {
        command.add(name);
    }
    return command;
}

/// What one answer says, whoever gave it: whether its command is to be had, then what is learnt from it.
void take(const ServerProbe& probe, const Reply& reply, ServerFacts& facts)
{
    facts.isLoading = facts.isLoading || (reply.isError() && reply.text.starts_with("LOADING"));
    const auto reason = reply.isError() ? whyMissing(reply.text) : std::nullopt;
    if (reason) {
        facts.missing.push_back({probe.name, *reason});
    } else if (probe.learn) {
        probe.learn(reply, facts);
    }
    if (probe.feature && (reason || !reply.text.starts_with("LOADING"))) {
        setFeature(facts, *probe.feature,
            !reason                                ? FeatureState::Present
                : *reason == ErrorKind::Permission ? FeatureState::Refused
                                                   : FeatureState::Missing);
    }
}

} // namespace

std::span<const ServerProbe> basicProbes()
{
    // INFO first: what follows is read in its light.
    static const ServerProbe probes[] = {
        {u"INFO"_s, {"INFO"}, learnInfoReply, {}},
        {u"CLUSTER INFO"_s, {"CLUSTER", "INFO"}, learnCluster, {}},
        {u"CONFIG GET"_s, {"CONFIG", "GET", "*databases"}, learnDatabaseCount, {}},
    };
    return probes;
}

std::span<const ServerProbe> furtherProbes()
{
    // CLIENT NO-TOUCH and TRACKING with an argument that they refuse: whether they are there shows, and nothing is
    // switched.
    static const ServerProbe probes[] = {
        {u"COMMAND INFO"_s, commandInfo(), learnCommands, {}},
        {u"ROLE"_s, {"ROLE"}, learnRole, {}},
        {u"DBSIZE"_s, {"DBSIZE"}, nullptr, {}},
        {u"SCAN"_s, {"SCAN", "0", "COUNT", "1", "TYPE", "string"}, learnScanType, {}},
        {u"TYPE"_s, {"TYPE", nobodysKey}, nullptr, {}},
        {u"TTL"_s, {"PTTL", nobodysKey}, nullptr, {}},
        {u"MEMORY USAGE"_s, {"MEMORY", "USAGE", nobodysKey}, nullptr, ServerFeature::MemoryUsage},
        {u"OBJECT FREQ"_s, {"OBJECT", "FREQ", nobodysKey}, nullptr, ServerFeature::ObjectFreq},
        {u"CLIENT NO-TOUCH"_s, {"CLIENT", "NO-TOUCH", "?"}, nullptr, ServerFeature::ClientNoTouch},
        {u"CLIENT TRACKING"_s, {"CLIENT", "TRACKING", "?"}, nullptr, ServerFeature::ClientTracking},
    };
    return probes;
}

Status ask(Lane& lane, std::span<const ServerProbe> probes, ServerFacts& facts, std::stop_token stop)
{
    std::vector<Command> commands;
    for (const ServerProbe& probe : probes) {
        commands.push_back(probe.command);
    }
    auto replies = lane.pipeline(commands, stop);
    if (!replies) {
        return std::move(replies).error();
    }
    for (std::size_t at = 0; at < probes.size(); ++at) {
        const Reply& reply = (*replies)[at];
        if (reply.isError() && reply.text.starts_with("NOAUTH")) {
            return replyError(reply.text).about(lane.nodeText());
        }
        take(probes[at], reply, facts);
    }
    return ok();
}

void learnInfo(std::string_view text, ServerFacts& facts)
{
    const InfoText info{std::string(text)};
    const std::string_view redisVersion = info.value("redis_version").value_or("");
    facts.hasInfo = true;
    facts.product = productOf(info);
    facts.redisVersion = ServerVersion::parse(redisVersion).value_or(ServerVersion{});
    const std::string_view own = info.value("valkey_version").value_or(redisVersion);
    facts.version = ServerVersion::parse(own).value_or(ServerVersion{});
    facts.mode = modeOf(info.value("redis_mode").value_or(info.value("server_mode").value_or("")));
    facts.role = roleOf(info.value("role").value_or(""));
    facts.runId = info.value("run_id").value_or("");
    facts.os = latin(info.value("os").value_or(""));
    facts.isLoading = info.number("loading").value_or(0) != 0;
    if (const auto used = info.number("used_memory")) {
        facts.usedMemory = ByteCount{*used};
    }
    facts.maxmemoryPolicy = info.value("maxmemory_policy").value_or("");
    for (const auto& [name, value] : info.lines()) {
        if (const auto database = databaseOf(name, value)) {
            facts.keyspace.push_back(*database);
        }
    }
}

void judgeByVersion(ServerFacts& facts)
{
    for (const FeatureSince& each : featuresSince) {
        const bool isValkey = facts.product == ServerProduct::Valkey;
        if (!facts.version.isKnown() || facts.feature(each.feature) != FeatureState::Unknown) {
            continue;
        }
        const bool isThere = isValkey ? facts.version >= each.valkey : facts.redisVersion >= each.redis;
        setFeature(facts, each.feature, isThere ? FeatureState::Present : FeatureState::Missing);
    }
}

} // namespace keyglass
