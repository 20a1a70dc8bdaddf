// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/leftout.h"

#include "core/index/runwriter.h"
#include "core/index/snapshot_p.h"

#include <algorithm>

namespace keyglass {

std::shared_ptr<const Snapshot> leavingOut(
    const std::shared_ptr<const Snapshot>& of, const std::vector<std::string>& keys)
{
    RunWriter writer;
    std::string_view before;
    for (const std::string& key : keys) {
        if (of->contains(key)) { // a tombstone stands for a key that is there, else ranks would be wrong
            const auto differs = std::ranges::mismatch(before, key);
            writer.append(key, static_cast<std::size_t>(differs.in1 - before.begin()));
            before = key;
        }
    }
    if (writer.keyCount() == 0) {
        return of;
    }
    std::vector<KindOfRun> runs = of->internals().runs;
    runs.push_back({writer.finish(), RunKind::Tombstones});
    return Snapshot::Private::make(std::move(runs), of->generation());
}

} // namespace keyglass
