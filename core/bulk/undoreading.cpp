// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/undoreading.h"

#include <exception>
#include <new>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t batchRecords = 500;
constexpr std::uint64_t batchBytes = 4U * 1024 * 1024;
constexpr std::size_t batchesAhead = 3;

} // namespace

UndoReading::UndoReading(UndoArchiveReader& reader, IsWanted isWanted)
    : m_reader(reader)
    , m_isWanted(std::move(isWanted))
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

Result<std::optional<UndoRecords>> UndoReading::next(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, stop, [this] { return !m_batches.empty() || m_isAtEnd; });
    if (stop.stop_requested()) {
        return Error{ErrorKind::Cancelled, m_reader.info().connection, {}};
    }
    if (m_batches.empty()) {
        return m_failure ? Result<std::optional<UndoRecords>>(*m_failure) : std::optional<UndoRecords>();
    }
    std::optional<UndoRecords> batch = std::move(m_batches.front());
    m_batches.pop_front();
    m_changed.notify_all();
    return batch;
}

void UndoReading::run(const std::stop_token& stop)
{
    Status status = ok();
    try {
        status = read(stop);
    } catch (const std::bad_alloc&) {
        status = Error{ErrorKind::Limit, m_reader.info().connection, {}};
    } catch (const std::exception& problem) {
        status = Error{ErrorKind::File, m_reader.info().connection, QString::fromUtf8(problem.what())};
    }
    const std::lock_guard lock(m_mutex);
    m_isAtEnd = true;
    if (!status) {
        m_failure = std::move(status).error();
    }
    m_changed.notify_all();
}

Status UndoReading::read(const std::stop_token& stop)
{
    std::vector<UndoRecord> records;
    std::uint64_t bytes = 0;
    UndoRecord record;
    for (std::uint64_t number = 1;; ++number) {
        const auto got = m_reader.next(record);
        if (!got) {
            return got.error();
        }
        if (!*got) {
            static_cast<void>(push(std::move(records), number - 1, stop)); // else nobody waits for them
            return ok();
        }
        if (stop.stop_requested()) {
            return ok(); // nobody waits for more
        }
        if (!m_isWanted(record, number)) {
            continue;
        }
        // What is in parts goes by itself.
        const bool isOther = !records.empty()
            && (record.database != records.back().database || record.isInParts() || records.back().isInParts());
        if (isOther || records.size() >= batchRecords || bytes >= batchBytes) {
            if (!push(std::exchange(records, {}), number - 1, stop)) {
                return ok();
            }
            bytes = 0;
        }
        bytes += record.dump.size() + record.key.size();
        records.push_back(std::exchange(record, {}));
    }
}

bool UndoReading::push(std::vector<UndoRecord>&& records, std::uint64_t read, const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    if (records.empty() || !m_changed.wait(lock, stop, [this] { return m_batches.size() < batchesAhead; })) {
        return false;
    }
    m_batches.push_back({std::move(records), read});
    m_changed.notify_all();
    return true;
}

} // namespace keyglass
