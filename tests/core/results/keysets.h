// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/indexbuilder.h"
#include "core/results/keychoice.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace keyglass::test {

/// An index of these keys, made of several runs.
inline std::shared_ptr<const Snapshot> snapshotOf(const std::set<std::string>& keys)
{
    constexpr std::size_t keysOfARun = 1000;
    IndexBuilder builder;
    KeyBatch batch;
    for (const std::string& key : keys) {
        batch.append(key);
        if (batch.size() >= keysOfARun) {
            builder.add(SmallRun::sorted(std::exchange(batch, KeyBatch())));
        }
    }
    builder.add(SmallRun::sorted(std::move(batch)));
    return builder.publish();
}

inline std::vector<std::string> keysOf(const KeyChoice& choice, KeyOrder order = KeyOrder::Ascending)
{
    std::vector<std::string> keys;
    choice.forEachKey(order, {}, [&](std::string_view key) {
        keys.emplace_back(key);
        return true;
    });
    return keys;
}

/// Keys as they come: folders, numbers, bytes that are no text.
inline std::set<std::string> someKeys(std::size_t count)
{
    std::set<std::string> keys;
    for (std::size_t n = 0; n < count; ++n) {
        keys.insert("user:" + std::to_string(n % 97) + (n % 5 == 0 ? ":\xFF\x01" : ":item:") + std::to_string(n));
    }
    return keys;
}

inline bool goOn(std::uint64_t /*keys*/)
{
    return true;
}

} // namespace keyglass::test
