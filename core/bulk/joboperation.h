// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace keyglass {

struct DeleteKeys {
    friend bool operator==(const DeleteKeys&, const DeleteKeys&) = default;
};

/// A new time to live.
struct ExpireKeys {
    enum class Mode {
        At,  ///< `time` since 1970: then it ends.
        In,  ///< `time` from now.
        Add, ///< `time` more, or less, than it has; keys without a time to live are skipped.
        Cap, ///< `time` from now where it has more than that, or none.
    };
    Mode mode = Mode::In;
    Milliseconds time{0};
    Milliseconds jitter{0}; ///< Each key gets up to so much more, at random, so that not all end at once.

    friend bool operator==(const ExpireKeys&, const ExpireKeys&) = default;
};

/// No time to live any more.
struct PersistKeys {
    friend bool operator==(const PersistKeys&, const PersistKeys&) = default;
};

/// What is done where the new name is taken.
enum class Collision {
    Skip,
    Overwrite,
    Number, ///< The first of name:2, name:3 … that is free.
};

/// New names, made of the old ones.
struct RenameKeys {
    bool isRegex = false; ///< `from` is a regular expression and `to` may hold \1 …; else a prefix and what it becomes.
    std::string from;
    std::string to;
    Collision collision = Collision::Skip;

    friend bool operator==(const RenameKeys&, const RenameKeys&) = default;
};

/// The same keys elsewhere: in another database, on another server.
struct CopyKeys {
    std::string target; ///< Where to, as the user may see it: no secrets.
    bool replaces = false;
    bool moves = false; ///< Deleted here once it is there.

    friend bool operator==(const CopyKeys&, const CopyKeys&) = default;
};

/// How keys stand in a file.
enum class TransferFormat {
    JsonLines, ///< A key a line, a large one over several.
    Csv,       ///< An element a line.
    Commands,  ///< Lines for redis-cli.
    Resp,      ///< The same as the protocol has them, for redis-cli --pipe.
    Archive,   ///< What DUMP gives of each, compressed, with checksums: the format of undo archives.
};
inline constexpr std::size_t transferFormatCount = 5;
/// "jsonl", "csv", "commands", "resp", "archive".
[[nodiscard]] std::string_view formatName(TransferFormat format);
/// What a file's name says that it is, by its end: .jsonl, .csv, .txt or .redis, .resp, .kga.
[[nodiscard]] std::optional<TransferFormat> formatOfFile(const QString& file);

/// The keys with their values in a file.
struct ExportKeys {
    QString file;
    TransferFormat format = TransferFormat::JsonLines;

    friend bool operator==(const ExportKeys&, const ExportKeys&) = default;
};

/// What an import does with a key that is there already.
enum class ImportConflict {
    Skip,
    Replace,
    Fail, ///< Nothing at all is imported then.
};

/// The keys of a file; which keys the plan names does not matter.
struct ImportKeys {
    QString file;
    TransferFormat format = TransferFormat::JsonLines;
    ImportConflict conflict = ImportConflict::Skip;

    friend bool operator==(const ImportKeys&, const ImportKeys&) = default;
};

/// One field of hashes gets this value. Other types, and keys that are missing, are left alone.
struct SetField {
    std::string field;
    std::string value;

    friend bool operator==(const SetField&, const SetField&) = default;
};

/// A command for each key, with places for it (OperationTemplate): "HINCRBY * visits 1".
struct RunTemplate {
    std::string operation;

    friend bool operator==(const RunTemplate&, const RunTemplate&) = default;
};

/// What a job does to each of its keys.
using JobOperation = std::variant<DeleteKeys, ExpireKeys, PersistKeys, RenameKeys, CopyKeys, ExportKeys, ImportKeys,
    SetField, RunTemplate>;

/// "delete", "expire", "persist", "rename", "copy", "export", "import", "set-field", "template".
[[nodiscard]] std::string_view operationName(const JobOperation& operation);

/// Whether it can take from a key what an archive would hold: not renaming or copying to names that are free, nor
/// exporting. A copy takes it from keys of its target.
[[nodiscard]] bool destroys(const JobOperation& operation);
/// Whether it archives not the keys that it is given but those whose names they take: a look at its keys does not tell
/// how large these are.
[[nodiscard]] bool archivesOthers(const JobOperation& operation);
/// Whether the keys that it archives are there afterwards with another value, which its undo has to write over. Not of
/// a rename or a move: that value is nowhere else any more.
[[nodiscard]] bool changesInPlace(const JobOperation& operation);
/// Whether keys that are nowhere else any more stand under the names of those that it archives: to bring these back is
/// to write over them, which nobody does unasked.
[[nodiscard]] bool movesOver(const JobOperation& operation);

/// The write commands it may send, for the gate and for people.
[[nodiscard]] std::vector<std::string> commandsOf(const JobOperation& operation);

/// The write commands that a copy may send to its target, also where that refuses what DUMP gives here.
[[nodiscard]] std::vector<std::string> commandsAtTarget(const CopyKeys& copy);

/// The write commands that it may send anywhere, each once: of a copy also those that only its target gets.
[[nodiscard]] std::vector<std::string> commandsAnywhere(const JobOperation& operation);

} // namespace keyglass
