// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivereader.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

namespace keyglass {

/// Records of one database that are restored together.
struct UndoRecords {
    std::vector<UndoRecord> records;
    std::uint64_t read = 0; ///< Records of the archive looked at until here.
};

/// Reads an archive ahead on a thread of its own, while the server works on what was read before. A few batches are
/// held.
class UndoReading {
public:
    /// Called on the reading thread: whether a record, with its number from 1, is to be restored.
    using IsWanted = std::function<bool(const UndoRecord& record, std::uint64_t number)>;

    /// `reader` must outlive it and is its own until then.
    UndoReading(UndoArchiveReader& reader, IsWanted isWanted);
    UndoReading(const UndoReading&) = delete;
    UndoReading& operator=(const UndoReading&) = delete;

    /// The next batch; nothing at the end. File, Cancelled.
    [[nodiscard]] Result<std::optional<UndoRecords>> next(const std::stop_token& stop);

private:
    void run(const std::stop_token& stop);
    [[nodiscard]] Status read(const std::stop_token& stop);
    /// False where the reading is to end.
    [[nodiscard]] bool push(std::vector<UndoRecord>&& records, std::uint64_t read, const std::stop_token& stop);

    UndoArchiveReader& m_reader;
    const IsWanted m_isWanted;
    std::mutex m_mutex; ///< Guards the members below: one thread reads, another restores.
    std::condition_variable_any m_changed;
    std::deque<UndoRecords> m_batches;
    bool m_isAtEnd = false;
    std::optional<Error> m_failure;
    std::jthread m_thread; // last: joined first
};

} // namespace keyglass
