// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/index/snapshot.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace keyglass {

/// What a saved set of keys says of itself. Plain values, no secret.
struct ResultSetInfo {
    QString file{}; ///< Its name in the folder of the sets; empty until it is saved.
    QString name{}; ///< The user's own.

    QString profileId{};   ///< Empty: taken over a connection that was not saved.
    QString profileName{}; ///< The profile's title as it was then.
    /// Where the keys stand; several: each key stands behind its database's root (core/index/keyroot.h).
    std::vector<int> databases{0};

    QString pattern{};        ///< What the server was asked for, escaped as lines are; empty: every key.
    QString patternKind{};    ///< "prefix", "glob", "exact"; empty: every key.
    QString type{};           ///< "hash" …; empty: every type.
    QString conditions{};     ///< Further conditions, in the words of the window; empty: none.
    QString find{};           ///< What was looked for in the loaded keys; empty: nothing, or not only these were taken.
    bool isSelection = false; ///< The keys were selected one by one or by folders.
    bool isTruncated =
        false; ///< The scan had not come to its end: a limit, a stop, slots that could not be read, or it still ran.
    QStringList partialNodes{}; ///< Nodes that could not be read.

    QDateTime taken{};
    std::uint64_t keys = 0;
    ByteCount size{}; ///< Of the file.

    friend bool operator==(const ResultSetInfo&, const ResultSetInfo&) = default;
};

/// A file in the folder of the sets: what it says, or why it can't be used.
struct ResultSetEntry {
    QString file;
    Result<ResultSetInfo> info;
};

/// A saved set with its keys.
struct OpenedResult {
    ResultSetInfo info;
    std::shared_ptr<const Snapshot> keys;
};

/// A way for long work to tell how many keys are done; called on its own thread every few thousand keys. False ends it.
using KeysDone = std::function<bool(std::uint64_t keys)>;

} // namespace keyglass
