// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/lane.h"
#include "core/source/redis/serverfacts.h"
#include "core/source/redis/serverprobes.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

constexpr int mostDatabases =
    16384;                      ///< More are not listed: nobody could look at them, and the server's word is no limit.
constexpr int mostCounted = 64; ///< Of so many the keys are counted one by one where INFO may not be asked.

/// Goes through other databases on a lane; when done the lane is closed, so that it comes back in its own.
class DatabaseVisit {
public:
    DatabaseVisit(Lane& lane, std::stop_token stop)
        : m_lane(lane)
        , m_stop(std::move(stop))
    {
    }
    DatabaseVisit(const DatabaseVisit&) = delete;
    DatabaseVisit& operator=(const DatabaseVisit&) = delete;
    ~DatabaseVisit() { m_lane.close(); }

    /// Whether SELECT takes the database.
    [[nodiscard]] Result<bool> exists(int database)
    {
        const Command select{"SELECT", std::to_string(database)};
        auto replies = m_lane.pipeline({&select, 1}, m_stop);
        if (!replies) {
            return std::move(replies).error();
        }
        return !replies->front().isError();
    }

    /// How many databases there are, up to mostDatabases; 0 where SELECT is refused altogether.
    [[nodiscard]] Result<int> count()
    {
        int there = 0; // this many are known to be there
        int notThere = mostDatabases + 1;
        for (int probe = 1; there + 1 < notThere; probe = nextProbe(there, notThere)) {
            auto found = exists(probe - 1);
            if (!found) {
                return std::move(found).error();
            }
            (*found ? there : notThere) = probe;
        }
        return there;
    }

    /// The keys of the first databases of `rows`, as far as SELECT and DBSIZE are allowed.
    [[nodiscard]] Status countKeys(std::span<DatabaseKeys> rows)
    {
        rows = rows.first(std::min<std::size_t>(rows.size(), mostCounted));
        std::vector<Command> commands;
        for (const DatabaseKeys& row : rows) {
            commands.push_back({"SELECT", std::to_string(row.number)});
            commands.push_back({"DBSIZE"});
        }
        auto replies = m_lane.pipeline(commands, m_stop);
        if (!replies) {
            return std::move(replies).error();
        }
        for (std::size_t at = 0; at < rows.size(); ++at) {
            const Reply& size = (*replies)[2 * at + 1];
            if (!(*replies)[2 * at].isError() && size.isInteger() && size.integer >= 0) {
                rows[at].keys = static_cast<std::uint64_t>(size.integer);
            }
        }
        return ok();
    }

private:
    /// Doubling until one is not there (16 is the usual number), then halving what is between.
    [[nodiscard]] static int nextProbe(int there, int notThere)
    {
        return notThere > mostDatabases ? std::min(2 * there, mostDatabases) : there + (notThere - there) / 2;
    }

    Lane& m_lane;
    std::stop_token m_stop;
};

/// Rows for databases 0 to count - 1, and whatever else INFO names.
std::vector<DatabaseKeys> listed(const ServerFacts& facts, int count)
{
    const auto none = facts.hasInfo ? std::optional<std::uint64_t>(0) : std::nullopt;
    std::vector<DatabaseKeys> rows;
    for (int number = 0; number < std::clamp(count, 1, mostDatabases); ++number) {
        rows.push_back({number, none, none});
    }
    for (const DatabaseKeys& each : facts.keyspace) {
        const auto number = static_cast<std::size_t>(each.number);
        if (number < rows.size()) {
            rows[number] = each;
        } else if (rows.size() < 2 * std::size_t{mostDatabases}) {
            rows.push_back(each);
        }
    }
    std::ranges::stable_sort(rows, {}, &DatabaseKeys::number);
    return rows;
}

} // namespace

Result<std::vector<DatabaseKeys>> fetchDatabases(Lane& lane, std::stop_token stop)
{
    ServerFacts facts;
    if (auto asked = ask(lane, basicProbes(), facts, stop); !asked) {
        return std::move(asked).error();
    }
    if (facts.databaseCount && facts.hasInfo) {
        return listed(facts, *facts.databaseCount);
    }
    DatabaseVisit visit(lane, stop);
    auto count = facts.databaseCount ? Result<int>(*facts.databaseCount) : visit.count();
    if (!count) {
        return std::move(count).error();
    }
    auto rows = listed(facts, *count);
    if (!facts.hasInfo) {
        if (auto counted = visit.countKeys(rows); !counted) {
            return std::move(counted).error();
        }
    }
    return rows;
}

} // namespace keyglass
