// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/undorecord.h"

#include <QByteArray>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>

namespace keyglass {

/// How far an archive could be read.
struct ArchiveCondition {
    std::uint64_t records = 0;
    std::uint64_t damagedFrames = 0; ///< Of these, what stands behind the damage was not read.
    bool isFinished = false;         ///< Its writer had come to the end: else it was killed, or is still at it.
    bool isCut = false;              ///< The file ends in the middle of something.
    /// Keys of which only some parts are there, the last one not: where nothing is damaged, their writer was killed
    /// meanwhile, and they were not deleted.
    std::uint64_t unfinished = 0;

    friend bool operator==(const ArchiveCondition&, const ArchiveCondition&) = default;
};

/// The parts of one key, in order. Belongs to one thread at a time.
class ArchivedParts {
public:
    ArchivedParts() = default;
    ArchivedParts(const ArchivedParts&) = delete;
    ArchivedParts& operator=(const ArchivedParts&) = delete;
    virtual ~ArchivedParts() = default;

    /// The next one, as it was given; nothing behind the last one. File where it can't be read any more.
    [[nodiscard]] virtual Result<std::optional<std::string>> next() = 0;
};

/// Reads an undo archive from its beginning to its end, also one whose writer was killed, or is still writing.
///
/// Holds one record and some hundred KB. Belongs to one thread at a time.
class UndoArchiveReader {
public:
    /// File where it can't be read, is no archive or its beginning is damaged; Unsupported where a newer version wrote
    /// it. A sealed one opens without its passphrase, too, but next() gives Input then; with another one, Input at once
    /// (ArchiveSeal::open()). As long as it is open, the file is locked for those who would delete it.
    [[nodiscard]] static Result<std::unique_ptr<UndoArchiveReader>> open(
        const QString& path, const QByteArray& passphrase = {});
    UndoArchiveReader(const UndoArchiveReader&) = delete;
    UndoArchiveReader& operator=(const UndoArchiveReader&) = delete;
    ~UndoArchiveReader();

    [[nodiscard]] const ArchiveInfo& info() const;
    [[nodiscard]] bool isSealed() const;
    /// The next record; false at the end. A key in parts is one record, where its last part stands. What is damaged or
    /// cut is left out and told by condition(), which is complete at the end. File where the disk fails.
    [[nodiscard]] Result<bool> next(UndoRecord& record);
    [[nodiscard]] const ArchiveCondition& condition() const;
    /// How many records supersede others or stand aside, where the file ends as its writer has finished it; nothing:
    /// not known without reading it.
    [[nodiscard]] std::optional<std::uint64_t> superseding() const;
    /// How many records there are, on the same terms; at most 2^32 - 1.
    [[nodiscard]] std::optional<std::uint64_t> total() const;
    /// The parts of a record that isInParts(), read from the file once more. On any thread, also while another calls
    /// next(). Errors as open().
    [[nodiscard]] Result<std::unique_ptr<ArchivedParts>> parts(const UndoRecord& record) const;
    /// Back to the first record.
    void rewind();

private:
    class Private;
    class Parts;
    explicit UndoArchiveReader(std::unique_ptr<Private> d);
    const std::unique_ptr<Private> m_d;
};

/// What stands in a whole archive.
struct ArchiveSummary {
    ArchiveCondition condition;
    std::uint64_t keys = 0;        ///< Records without further ones of the same keys.
    std::uint64_t superseding = 0; ///< Those.
    std::uint64_t aside = 0;       ///< Of those: others' states, which do not count (UndoRecord::isAside).
    std::uint64_t expiring = 0;    ///< Keys with an end.
    std::uint64_t bytes = 0;       ///< Of the values as they stand there.
    std::map<std::string, std::uint64_t> byType;
};

/// Reads all of `reader`, and leaves it at its beginning. Errors as next(); Cancelled.
[[nodiscard]] Result<ArchiveSummary> summarize(UndoArchiveReader& reader, const std::stop_token& stop);

} // namespace keyglass
