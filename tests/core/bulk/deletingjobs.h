// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/bulk/deletestep.h"
#include "core/bulk/guardedremoval.h"
#include "core/bulk/jobexecutor.h"
#include "tests/core/bulk/bulkfixture.h"
#include "tests/core/bulk/jobfixture.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace keyglass::test {

/// A job's step that deletes without an archive.
inline JobExecutor::MakeStep deleting(bool inGroups)
{
    return [inGroups] { return std::make_unique<DeleteStep>(DeleteWays{inGroups, true}); };
}

/// Hands a job `keys`, so many at a time.
inline void takeAll(JobExecutor& job, const std::vector<std::string>& keys, std::size_t each = 1000)
{
    for (std::size_t at = 0; at < keys.size(); at += each) {
        KeyBatch batch;
        for (std::size_t i = at; i < std::min(keys.size(), at + each); ++i) {
            batch.append(keys[i]);
        }
        static_cast<void>(job.take(std::move(batch)));
    }
}

/// An undo archive, and what deletes with it in a cluster.
struct RemovalArchive : TestArchive {
    [[nodiscard]] JobExecutor::MakeStep removing(bool refuseChanged = false) const
    {
        RemovalOptions options;
        options.ways.bySlot = true;
        options.refuseChanged = refuseChanged;
        return [this, options] { return std::make_unique<GuardedRemoval>(*writer, options); };
    }
    /// Those that stand in it.
    [[nodiscard]] std::set<std::string> keys() const { return keysIn(path); }
};

inline std::string sizeOf(RedisServer& server)
{
    return server.command({"DBSIZE"});
}

} // namespace keyglass::test
