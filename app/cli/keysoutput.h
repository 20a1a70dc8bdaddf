// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/keysrequest.h"
#include "core/index/snapshot.h"
#include "core/scan/scanreport.h"

#include <memory>
#include <optional>
#include <vector>

namespace keyglass::cli {

/// What a run gave: the index and how the scan ended.
struct KeysResult {
    /// Of which databases, in the order asked; each key stands behind its database's root then (keyroot.h). Empty: of
    /// the connection's one, and keys have no roots.
    std::vector<int> databases{};
    std::shared_ptr<const Snapshot> keys{};
    ScanReport report{};
    std::optional<ByteCount> tooMuch{}; ///< What the keys took when the scan was ended for it.
};

/// Writes the keys and what is told of the scan to stdout in the request's format (a table of columns is written
/// elsewhere), and the ledger to stderr where that format has no place for it. With databases each key comes with its
/// own: a number and a tab before it in lines, an object in JSON. False once stdout takes no more.
[[nodiscard]] bool writeKeys(const KeysRequest& request, const KeysResult& result);

} // namespace keyglass::cli
