// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/bulk/archiveformat.h"
#include "core/bulk/guardedwrite.h"
#include "core/bulk/undorecord.h"

#include <QByteArray>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace keyglass {

/// What was written to an archive so far.
struct ArchiveTotals {
    std::uint64_t records = 0;
    ByteCount raw;     ///< Before compressing.
    ByteCount written; ///< The file's length.
    std::uint64_t syncs = 0;
    std::chrono::nanoseconds syncTime{0}; ///< In fsync, which nobody need have waited for.
};

/// Writes an undo archive, and says when what it was given is on the disk. Until finish() the file is locked (flock),
/// so that nobody takes it for one that nobody needs.
///
/// A thread of its own compresses, writes and syncs; one fsync covers all that was given while the last one ran. After
/// the first failure nothing more is written, and every wait fails: nothing may be deleted any more. Takes some 40 MB
/// of memory at most, beside one batch. All members may be called from any thread.
class UndoArchiveWriter {
public:
    /// Counts the records given so far; what has a smaller one is on the disk when it is.
    using Ticket = std::uint64_t;

    /// Makes the file, for its user alone, and syncs its header and its folder. File where it exists already (it is
    /// left alone), or where the disk refuses. With a passphrase it is sealed (ArchiveSeal::make()).
    [[nodiscard]] static Result<std::unique_ptr<UndoArchiveWriter>> create(
        const QString& path, ArchiveInfo info, const QByteArray& passphrase = {});
    UndoArchiveWriter(const UndoArchiveWriter&) = delete;
    UndoArchiveWriter& operator=(const UndoArchiveWriter&) = delete;
    /// What was given is written, but without the frame of the end: finish() tells whether that worked.
    ~UndoArchiveWriter();

    /// Gives records to be written. Waits only while the disk is far behind, or until `stop`. Parts of a key have no
    /// ticket before their last one.
    [[nodiscard]] Ticket append(std::span<const UndoRecordView> records, const std::stop_token& stop = {});
    /// For the parts of one reading of a key.
    [[nodiscard]] std::uint64_t newSet();
    /// The key may be given once more, although it stands in the archive: its next record supersedes the one before.
    /// It is left out where it is `archived` still, which is what the newest says, down to the key's end.
    void expectAgain(int database, std::string_view key, const std::optional<SeenState>& archived = {});
    /// What was given of the key counts: it may have been changed by us on a line that was lost, and would be archived
    /// as what we made of it. Later records of it are left out where they are one of `known` (what was given, and what
    /// we made of it); others are somebody else's, or can't be told from ours, and stand aside (UndoRecord::isAside).
    /// Where nothing is known, all are left out. Called again, it adds what is known.
    void keepFirst(int database, std::string_view key, std::span<const SeenState> known = {});
    /// Whether keepFirst() was called for the key.
    [[nodiscard]] bool keepsFirst(int database, std::string_view key) const;
    /// Whether a record of the key would stand aside.
    [[nodiscard]] bool isStrange(const UndoRecordView& record) const;
    /// Whether the records of `ticket` are on the disk, without waiting. False after a failure.
    [[nodiscard]] bool isDurable(Ticket ticket) const;
    /// Waits until the records of `ticket` are on the disk. File after any failure to write, this ticket's or
    /// another's; Cancelled.
    [[nodiscard]] Status waitDurable(Ticket ticket, const std::stop_token& stop);
    /// Writes all that was given and the frame of the end. Nothing may be appended after it. File.
    [[nodiscard]] Status finish();

    [[nodiscard]] ArchiveTotals totals() const;
    [[nodiscard]] const QString& path() const { return m_path; }

private:
    class Disk;
    /// What is to be one frame.
    struct Pending {
        std::string bytes;
        std::uint32_t records = 0;
        std::uint32_t total = 0; ///< Of the end: records of all frames.
        bool hasParts = false;
    };

    UndoArchiveWriter(QString path, std::unique_ptr<Disk> disk);
    void run(const std::stop_token& stop);
    /// Records as they stand in a frame.
    struct Encoded {
        std::string bytes;
        std::uint32_t records = 0;
        std::uint32_t keys = 0; ///< Records but for the parts of a key before its last one.
        std::uint32_t superseding = 0;
        bool hasParts = false;
    };
    [[nodiscard]] Encoded encoded(std::span<const UndoRecordView> records);
    [[nodiscard]] static bool isAmong(const std::vector<SeenState>& known, const UndoRecordView& record);
    [[nodiscard]] bool hasWork() const;
    void wrote(Ticket ticket, std::uint64_t raw, Status status);

    const QString m_path;
    const std::unique_ptr<Disk> m_disk; ///< The writing thread's, until it has ended.
    /// Guards what follows: many threads append and wait, one writes.
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    Pending m_pending;
    using Keys = std::set<std::pair<int, std::string>>; ///< With their databases.
    std::map<Keys::value_type, std::optional<SeenState>>
        m_expected; ///< Few: lines broke, or slots moved, while these were under way; what is known of each.
    std::map<Keys::value_type, std::vector<SeenState>> m_kept; ///< Few, for the same reason; what is known of each.
    std::uint64_t m_sets = 0;
    Ticket m_given = 0;
    std::uint32_t m_superseding = 0; ///< Of those given.
    Ticket m_wanted = 0;             ///< Somebody waits for this one.
    Ticket m_durable = 0;
    bool m_isFinishing = false;
    std::optional<Error> m_failure;
    ArchiveTotals m_totals;
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass
