// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/result.h"

#include <QString>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

class Lane;

enum class ServerProduct { Unknown, Redis, Valkey, KeyDb };
enum class ServerMode { Unknown, Standalone, Cluster, Sentinel };
enum class ServerRole { Unknown, Master, Replica, Sentinel };

/// "7.0.15", comparable. All 0: not known.
struct ServerVersion {
    int major = 0;
    int minor = 0;
    int patch = 0;

    /// The version at the start of `text` ("8.0.1-rc1" is 8.0.1); nothing where it does not begin with a number.
    [[nodiscard]] static std::optional<ServerVersion> parse(std::string_view text);
    [[nodiscard]] bool isKnown() const { return major != 0 || minor != 0 || patch != 0; }
    [[nodiscard]] QString text() const;

    friend auto operator<=>(const ServerVersion&, const ServerVersion&) = default;
};

/// What not every server has, and a browser would like to use.
enum class ServerFeature {
    ScanType,        ///< SCAN … TYPE (6.0)
    HscanNoValues,   ///< HSCAN … NOVALUES (Redis 7.4, Valkey 8.0)
    Unlink,          ///< UNLINK (4.0)
    MemoryUsage,     ///< MEMORY USAGE (4.0)
    ObjectFreq,      ///< OBJECT FREQ (4.0); answers only under an LFU policy
    ClientNoTouch,   ///< CLIENT NO-TOUCH (7.2)
    ClientTracking,  ///< CLIENT TRACKING (6.0)
    HashFieldExpiry, ///< HEXPIRE, HPTTL … (Redis 7.4, Valkey 9.0)
    Copy,            ///< COPY (6.2)
    GetEx,           ///< GETEX, GETDEL (6.2)
    Functions,       ///< FUNCTION, FCALL (7.0)
    ShardedPubSub,   ///< SSUBSCRIBE, SPUBLISH (7.0)
    JsonDocuments,   ///< JSON.SET and the like (a module; no version tells)
};
inline constexpr std::size_t serverFeatureCount = 13;

/// Unknown where neither COMMAND nor INFO may be asked; trying it is the only way then.
enum class FeatureState { Unknown, Missing, Refused, Present };

/// One database and how many keys it holds, where the server tells.
struct DatabaseKeys {
    int number = 0;
    std::optional<std::uint64_t> keys;    ///< Nothing: not known (INFO refused), not 0.
    std::optional<std::uint64_t> expires; ///< How many of them have a time to live.

    friend bool operator==(const DatabaseKeys&, const DatabaseKeys&) = default;
};

/// A command that this server or this user has not got, so that people can be told what they miss.
struct MissingCommand {
    QString name;                             ///< "CONFIG GET"
    ErrorKind reason = ErrorKind::Permission; ///< Permission (ACL) or Unsupported (unknown, renamed or disabled).

    friend bool operator==(const MissingCommand&, const MissingCommand&) = default;
};

/// What is known of one server process. Everything is optional but the object itself.
struct ServerFacts {
    bool hasInfo = false; ///< INFO was answered; else most of this is not known.
    ServerProduct product = ServerProduct::Unknown;
    ServerVersion version;      ///< The product's own: Valkey 8.0.1, not the Redis 7.2.4 it claims for compatibility.
    ServerVersion redisVersion; ///< The Redis version whose commands it has, by its own word.
    ServerMode mode = ServerMode::Unknown;
    ServerRole role = ServerRole::Unknown;
    std::string runId; ///< Changes with every start of the process. Empty: not known.
    QString os;
    std::optional<ByteCount> usedMemory;
    std::string maxmemoryPolicy;         ///< "noeviction", "allkeys-lfu" … Empty: not known.
    std::optional<int> databaseCount;    ///< As configured; 1 in cluster mode.
    std::vector<DatabaseKeys> keyspace;  ///< The databases that hold keys, by INFO; empty as well without INFO.
    std::vector<MissingCommand> missing; ///< In the order asked.
    bool isLoading = false;              ///< It is still reading its data set; only INFO and the like are answered.

    [[nodiscard]] FeatureState feature(ServerFeature which) const { return features[static_cast<std::size_t>(which)]; }
    /// Worth a try: present, or not known.
    [[nodiscard]] bool mayUse(ServerFeature which) const
    {
        return feature(which) == FeatureState::Present || feature(which) == FeatureState::Unknown;
    }
    /// Whether the server counts how often keys are used, and so can't tell for how long they were not (LFU), or the
    /// reverse; nothing where its policy is not known.
    [[nodiscard]] std::optional<bool> keepsFrequency() const
    {
        return maxmemoryPolicy.empty() ? std::nullopt : std::optional(maxmemoryPolicy.ends_with("lfu"));
    }
    /// "Valkey 8.0.1", "Redis", or "" where nothing is known.
    [[nodiscard]] QString productText() const;

    std::array<FeatureState, serverFeatureCount> features{};
};

/// Asks a server what it is, in two round trips. Every probe is optional: an ACL user who may do nothing but SCAN, TYPE
/// and reads gets facts with gaps, and `missing` says which. The probes read only and touch no key that exists. Fails
/// only where the line does (Network, Timeout, Cancelled, Protocol…) and with Auth where a login is needed first.
[[nodiscard]] Result<ServerFacts> fetchServerFacts(Lane& lane, std::stop_token stop);

/// Every database of the server in order, from 0, with its keys where INFO tells; at most 16384 of them.
///
/// How many there are says CONFIG GET databases; where that is refused, SELECT is tried, and the lane closed after
/// that, so that it comes back in its own database. Where SELECT is refused too, those that INFO names, and 0.
[[nodiscard]] Result<std::vector<DatabaseKeys>> fetchDatabases(Lane& lane, std::stop_token stop);

/// Keys in the lane's database (DBSIZE); nothing where that is refused or missing.
[[nodiscard]] Result<std::optional<std::uint64_t>> fetchKeyCount(Lane& lane, std::stop_token stop);

/// The server process's run_id, which a SCAN cursor belongs to; nothing where INFO is refused or does not tell it.
[[nodiscard]] Result<std::optional<std::string>> fetchRunId(Lane& lane, std::stop_token stop);

} // namespace keyglass
