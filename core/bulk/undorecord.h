// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QDateTime>
#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// Why a key was archived.
enum class UndoReason : std::uint8_t {
    Deleted,
    Overwritten,   ///< Another value was put in its place.
    ExpiryChanged, ///< Its value was left as it was.
};

/// "deleted", "overwritten", "expiry_changed": how reports name it.
[[nodiscard]] std::string_view undoReasonName(UndoReason reason);

/// What production asks about before an archive is undone: one action to the user, whatever it finds and does.
[[nodiscard]] const std::vector<std::string>& undoCommands();

/// Which part of a key a record is, where the key was too large to be read by one DUMP.
struct RecordPart {
    std::uint64_t set = 0;    ///< One reading of the key; no other in the archive has the same.
    std::uint32_t number = 0; ///< From 0.
    bool isLast = false;
    bool isAbandoned = false; ///< What was given of this reading comes to nothing.
};

/// One key as it was, looking at bytes of somebody else.
struct UndoRecordView {
    std::string_view key;
    std::string_view dump; ///< What DUMP answered: the value with the server's own checksum.
    std::string_view type; ///< "hash", "stream"; empty: not asked.
    /// When the key ends, in milliseconds of Unix time; nothing: never.
    std::optional<Milliseconds> expireAt;
    int database = 0;
    UndoReason reason = UndoReason::Deleted;
    /// There is an earlier record of this key, and this one counts: it was changed after that was written, or had to be
    /// archived once more.
    bool supersedes = false;
    /// Somebody else's state of a key between two tries of ours: it is kept, and another record of the key counts.
    bool isAside = false;
    std::optional<RecordPart> part{}; ///< Then `dump` is that part, as who reads and makes keys by parts wrote it.
};

/// Where the parts of a key stand in an archive.
struct ArchivedPlace {
    std::uint32_t parts = 0; ///< 0: it is in one, a DUMP.
    std::uint64_t bytes = 0; ///< Of all of them.
    std::uint64_t set = 0;
    std::uint64_t frame = 0; ///< Of the file, in which the first one stands.
    std::uint32_t frameNumber = 0;

    friend bool operator==(const ArchivedPlace&, const ArchivedPlace&) = default;
};

/// The same with bytes of its own.
struct UndoRecord {
    std::string key;
    std::string dump;
    std::string type;
    std::optional<Milliseconds> expireAt;
    int database = 0;
    UndoReason reason = UndoReason::Deleted;
    bool supersedes = false;
    bool isAside = false;
    ArchivedPlace place{}; ///< Of a key in parts, which UndoArchiveReader::parts() gives; `dump` is empty then.

    [[nodiscard]] bool isInParts() const { return place.parts > 0; }
    [[nodiscard]] std::uint64_t valueBytes() const { return isInParts() ? place.bytes : dump.size(); }
    /// Not of a key in parts.
    [[nodiscard]] UndoRecordView view() const
    {
        return {key, dump, type, expireAt, database, reason, supersedes, isAside};
    }
    friend bool operator==(const UndoRecord&, const UndoRecord&) = default;
};

/// What an archive says of itself. Holds no secrets.
struct ArchiveInfo {
    QString connection; ///< The profile's name, else the server's address.
    QString server;     ///< "Redis 7.0.15"
    QString runId;      ///< Of the server process; empty in a cluster, and where it was not told.
    QString job;        ///< What was going to be done, in words.
    std::vector<int> databases{0};
    QDateTime created{};
    QString plan{}; ///< Of a change of a table's schema, the plan (planToJson()); else empty.

    friend bool operator==(const ArchiveInfo&, const ArchiveInfo&) = default;
};

} // namespace keyglass
