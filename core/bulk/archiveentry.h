// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/bulk/undorecord.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace keyglass {

/// One undo archive of a folder.
struct ArchiveEntry {
    QString file; ///< With its folder.
    ByteCount size;
    QDateTime created; ///< As it says itself; of one that can't be read, when it was written last.
    ArchiveInfo info;
    /// How many keys' states it holds; nothing: not known without reading it, as its writer has not ended it.
    std::optional<std::uint64_t> records;
    bool isSealed = false;
    bool isInUse = false;         ///< Somebody writes or reads it now.
    std::optional<Error> trouble; ///< Why it can't be read; then only the first three are known.
};

/// For how long undo archives are kept. The newest is always kept, and those in use.
struct ArchiveKeeping {
    std::optional<int> days;       ///< Nothing: however old they are.
    std::optional<ByteCount> most; ///< Of all together; the oldest go first. Nothing: however much they take.

    friend bool operator==(const ArchiveKeeping&, const ArchiveKeeping&) = default;
};

/// What was deleted because it need not be kept any more.
struct PrunedArchives {
    std::vector<QString> removed;
    ByteCount freed;
    std::vector<Error> troubles; ///< What could not be deleted.
};

/// Which keys of an archive are wanted.
struct ArchiveSearch {
    std::string text;          ///< Bytes that stand in their names; empty: all keys.
    bool isWhole = false;      ///< It is the whole name.
    std::size_t most = 10'000; ///< Rows given; more are only counted.
};

/// A key as an archive has it, without its value.
struct ArchivedRow {
    std::string key;
    std::string type;
    int database = 0;
    std::optional<Milliseconds> expireAt; ///< Unix time.
    ByteCount size;                       ///< Of its value, as it stands there.
    UndoReason reason = UndoReason::Deleted;

    friend bool operator==(const ArchivedRow&, const ArchivedRow&) = default;
};

/// What was looked for in an archive.
struct ArchivedKeys {
    std::vector<ArchivedRow> rows; ///< In the archive's order, each key once.
    std::uint64_t found = 0;       ///< Also those beyond the rows.
    std::uint64_t damaged = 0;     ///< Places where the file is damaged; keys may be missing.
    bool isCut = false;            ///< The file ends in the middle of something.
    std::uint64_t unfinished = 0;  ///< Large keys whose last part is not there.
};

/// What happens to a key that is there again, and not as it was archived.
enum class UndoConflict {
    Skip,    ///< It is left alone and told as Outcome::Changed.
    Replace, ///< It is overwritten by what was archived.
};

/// What of an archive is brought back, and how.
struct UndoChoice {
    std::set<std::string, std::less<>> keys{}; ///< Empty: all.
    UndoConflict conflict = UndoConflict::Skip;
    bool keepsExpired = false; ///< Keys whose time is over by now come back without an end.
    QByteArray passphrase{};   ///< Of one that is sealed.
};

} // namespace keyglass
