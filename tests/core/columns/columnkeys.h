// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/columns/columnorder.h"
#include "core/index/sortedwriter.h"

#include <set>
#include <string>
#include <vector>

namespace keyglass::test {

/// A snapshot of these keys, in whatever order they come.
inline std::shared_ptr<const Snapshot> keysOf(const std::set<std::string>& keys)
{
    SortedSnapshotWriter writer;
    for (const std::string& key : keys) {
        writer.append(key);
    }
    return writer.publish();
}

inline std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts) {
        all += (all.empty() ? "" : " ") + text;
    }
    return all;
}

} // namespace keyglass::test
