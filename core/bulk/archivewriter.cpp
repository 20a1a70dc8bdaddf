// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/archivewriter.h"

#include "core/base/dumpdigest.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

namespace keyglass {

namespace {

using archiveformat::FileMark;
using archiveformat::FrameHeader;
using archiveformat::FrameKind;

constexpr int compressionLevel = 1;
/// So much is worth an fsync that nobody waits for yet.
constexpr std::size_t worthSyncing = 1024U * 1024;
/// So much may wait for the disk before those who give more have to.
constexpr std::size_t mostPending = 16U * 1024 * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("UndoArchive", text);
}

Error systemError(const QString& path, int code)
{
    return archiveformat::fileError(path, qt_error_string(code));
}

/// A folder has to be synced for a new file's name to survive a loss of power; some file systems can't, and need not.
void syncFolderOf(const QString& path)
{
    const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
    const int descriptor = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        static_cast<void>(::fsync(descriptor));
        static_cast<void>(::close(descriptor));
    }
}

} // namespace

/// The open file: compresses frames into it and syncs it. Belongs to one thread at a time.
class UndoArchiveWriter::Disk {
public:
    Disk(int descriptor, QString path, FileMark mark, std::unique_ptr<ArchiveSeal> seal, const QByteArray& header)
        : m_descriptor(descriptor)
        , m_path(std::move(path))
        , m_mark(mark)
        , m_fixed(header.first(static_cast<qsizetype>(archiveformat::fixedBytes)))
        , m_seal(std::move(seal))
        , m_context(ZSTD_createCCtx(), ZSTD_freeCCtx)
    {
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_compressionLevel, compressionLevel);
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_checksumFlag, 1);
    }
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;
    ~Disk() { static_cast<void>(::close(m_descriptor)); }

    Status writeFrame(FrameKind kind, const Pending& content)
    {
        m_out.clear();
        FrameHeader header{kind, m_frames++, 0, static_cast<std::uint32_t>(content.bytes.size()), content.records};
        if (!content.bytes.empty()) {
            m_compressed.resize(ZSTD_compressBound(content.bytes.size()));
            const std::size_t size = ZSTD_compress2(
                m_context.get(), m_compressed.data(), m_compressed.size(), content.bytes.data(), content.bytes.size());
            if (ZSTD_isError(size) != 0U) {
                return archiveformat::fileError(m_path, QString::fromUtf8(ZSTD_getErrorName(size)));
            }
            m_compressed.resize(size);
            header.compressed = static_cast<std::uint32_t>(m_seal ? ArchiveSeal::sealedSize(size) : size);
        } else {
            m_compressed.clear();
            header.raw = content.total;
        }
        archiveformat::appendFrameHeader(header, m_mark, m_out);
        m_out += m_seal && !m_compressed.empty() ? m_seal->sealed(m_compressed, m_out) : m_compressed;
        return write(m_out);
    }

    /// From now on the file may hold keys in parts, and says so where it begins; that is on the disk first.
    Status allowParts()
    {
        if (std::exchange(m_hasParts, true)) {
            return ok();
        }
        const QByteArray fixed = archiveformat::fixedBytesWithParts(m_fixed);
        const auto bytes = static_cast<std::size_t>(fixed.size());
        if (::pwrite(m_descriptor, fixed.constData(), bytes, 0) != static_cast<ssize_t>(bytes)) {
            return systemError(m_path, errno);
        }
        return sync();
    }

    Status write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t done = ::write(m_descriptor, bytes.data(), bytes.size());
            if (done < 0 && errno == EINTR) {
                continue;
            }
            if (done <= 0) {
                return systemError(m_path, done < 0 ? errno : EIO);
            }
            bytes.remove_prefix(static_cast<std::size_t>(done));
            m_totals.written.value += static_cast<std::uint64_t>(done);
        }
        return ok();
    }

    Status sync()
    {
        const auto begin = Clock::now();
        const bool isGood = ::fdatasync(m_descriptor) == 0;
        const int code = errno;
        m_totals.syncTime += Clock::now() - begin;
        ++m_totals.syncs;
        return isGood ? ok() : Status(systemError(m_path, code));
    }

    /// From now on others may take it for one that is not in use.
    void unlock() { static_cast<void>(::flock(m_descriptor, LOCK_UN)); }

    [[nodiscard]] const ArchiveTotals& totals() const { return m_totals; }

private:
    const int m_descriptor;
    const QString m_path;
    const FileMark m_mark;
    const QByteArray m_fixed; ///< What the file begins with.
    bool m_hasParts = false;
    const std::unique_ptr<ArchiveSeal> m_seal; ///< Null: not sealed.
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> m_context;
    std::uint32_t m_frames = 0;
    std::string m_compressed;
    std::string m_out;
    ArchiveTotals m_totals; ///< Of what is written and synced; the records are counted elsewhere.
};

Result<std::unique_ptr<UndoArchiveWriter>> UndoArchiveWriter::create(
    const QString& path, ArchiveInfo info, const QByteArray& passphrase)
{
    std::unique_ptr<ArchiveSeal> seal;
    if (!passphrase.isEmpty()) {
        auto made = ArchiveSeal::make(passphrase);
        if (!made) {
            return std::move(made).error();
        }
        seal = *std::move(made);
    }
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        return errno == EEXIST
            ? archiveformat::fileError(path, tr("There is a file of this name; an archive never replaces one."))
            : systemError(path, errno);
    }
    static_cast<void>(::fchmod(descriptor, S_IRUSR | S_IWUSR)); // a umask may have taken its user's own rights
    static_cast<void>(::flock(descriptor, LOCK_EX | LOCK_NB));  // some file systems can't
    if (!info.created.isValid()) {
        info.created = QDateTime::currentDateTimeUtc();
    }
    const FileMark mark = QRandomGenerator::system()->generate64();
    const auto terms = seal ? std::optional(seal->terms()) : std::nullopt;
    const QByteArray header = archiveformat::fileHeaderBytes(info, mark, terms);
    auto disk = std::make_unique<Disk>(descriptor, path, mark, std::move(seal), header);
    Status written = disk->write({header.constData(), static_cast<std::size_t>(header.size())});
    if (written) {
        written = disk->sync();
    }
    if (!written) {
        disk.reset();
        QFile::remove(path); // there is nothing in it
        return std::move(written).error();
    }
    syncFolderOf(path);
    return std::unique_ptr<UndoArchiveWriter>(new UndoArchiveWriter(path, std::move(disk)));
}

UndoArchiveWriter::UndoArchiveWriter(QString path, std::unique_ptr<Disk> disk)
    : m_path(std::move(path))
    , m_disk(std::move(disk))
    , m_totals(m_disk->totals())
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

UndoArchiveWriter::~UndoArchiveWriter() = default;

UndoArchiveWriter::Ticket UndoArchiveWriter::append(
    std::span<const UndoRecordView> records, const std::stop_token& stop)
{
    Encoded more = encoded(records);
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, stop, [this] { return m_failure || m_pending.bytes.size() < mostPending; });
    if (m_pending.bytes.empty()) {
        m_pending.bytes = std::move(more.bytes);
    } else {
        m_pending.bytes += more.bytes;
    }
    m_pending.records += more.records;
    m_pending.hasParts = m_pending.hasParts || more.hasParts;
    m_given += more.keys;
    m_superseding += more.superseding;
    if (m_failure) {
        m_pending = {};
    }
    if (hasWork()) {
        m_changed.notify_all();
    }
    return m_given;
}

/// What is known of a kept key, and its record there is told by.
bool UndoArchiveWriter::isAmong(const std::vector<SeenState>& known, const UndoRecordView& record)
{
    const std::uint64_t content = dumpDigest(record.dump);
    const std::string end = std::to_string(record.expireAt.value_or(Milliseconds{-1}).count());
    return known.empty() || std::ranges::any_of(known, [&](const SeenState& state) {
        return state.content == content && (state.end.empty() || state.end == end);
    });
}

bool UndoArchiveWriter::keepsFirst(int database, std::string_view key) const
{
    const std::lock_guard lock(m_mutex);
    return !m_kept.empty() && m_kept.contains({database, std::string(key)});
}

bool UndoArchiveWriter::isStrange(const UndoRecordView& record) const
{
    const std::lock_guard lock(m_mutex);
    const auto kept = m_kept.empty() ? m_kept.end() : m_kept.find({record.database, std::string(record.key)});
    return kept != m_kept.end() && !isAmong(kept->second, record);
}

UndoArchiveWriter::Encoded UndoArchiveWriter::encoded(std::span<const UndoRecordView> records)
{
    struct Known {
        bool isExpected = false;
        bool isKept = false;
        bool isAside = false;
    };
    std::vector<Known> known(records.size());
    {
        const std::lock_guard lock(m_mutex);
        const bool isAnyKnown = !m_expected.empty() || !m_kept.empty(); // hardly ever
        for (std::size_t at = 0; isAnyKnown && at < records.size(); ++at) {
            const Keys::value_type key(records[at].database, records[at].key);
            const auto kept = m_kept.find(key);
            const bool isKept = kept != m_kept.end();
            const auto expected = m_expected.find(key);
            const bool isExpected = expected != m_expected.end();
            const bool isThere = isExpected && !records[at].part && expected->second && !expected->second->end.empty()
                && isAmong({*expected->second}, records[at]);
            if (isExpected && !isThere) {
                expected->second.reset(); // the newest is another from now on
            }
            const bool isOther = isKept && !records[at].part && !isAmong(kept->second, records[at]);
            known[at] = {isExpected, isKept || isThere, isOther};
            if (known[at].isAside) { // once
                kept->second.push_back(seenState(std::string(records[at].dump),
                    std::to_string(records[at].expireAt.value_or(Milliseconds{-1}).count())));
            }
        }
    }
    std::size_t size = 0;
    for (const UndoRecordView& record : records) {
        size += archiveformat::recordBytesAtMost(record);
    }
    Encoded all;
    all.bytes.reserve(size);
    for (std::size_t at = 0; at < records.size(); ++at) {
        if (known[at].isKept && !known[at].isAside) {
            continue;
        }
        UndoRecordView record = records[at];
        const bool isKey = !record.part || record.part->isLast;
        record.isAside = known[at].isAside;
        record.supersedes = isKey && !record.isAside && (record.supersedes || known[at].isExpected);
        all.superseding += record.supersedes || record.isAside ? 1 : 0;
        all.keys += isKey ? 1 : 0;
        all.hasParts = all.hasParts || record.part;
        ++all.records;
        archiveformat::appendRecord(record, all.bytes);
    }
    return all;
}

std::uint64_t UndoArchiveWriter::newSet()
{
    const std::lock_guard lock(m_mutex);
    return ++m_sets;
}

void UndoArchiveWriter::keepFirst(int database, std::string_view key, std::span<const SeenState> known)
{
    const std::lock_guard lock(m_mutex);
    std::vector<SeenState>& states = m_kept[{database, std::string(key)}];
    states.insert(states.end(), known.begin(), known.end());
}

void UndoArchiveWriter::expectAgain(int database, std::string_view key, const std::optional<SeenState>& archived)
{
    const std::lock_guard lock(m_mutex);
    m_expected.insert_or_assign({database, std::string(key)}, archived);
}

bool UndoArchiveWriter::isDurable(Ticket ticket) const
{
    const std::lock_guard lock(m_mutex);
    return !m_failure && m_durable >= ticket;
}

Status UndoArchiveWriter::waitDurable(Ticket ticket, const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    m_wanted = std::max(m_wanted, ticket);
    m_changed.notify_all();
    m_changed.wait(lock, stop, [&] { return m_failure || m_durable >= ticket; });
    if (m_failure) {
        return *m_failure;
    }
    return m_durable >= ticket ? ok() : Status(Error{ErrorKind::Cancelled, m_path, {}});
}

Status UndoArchiveWriter::finish()
{
    {
        std::unique_lock lock(m_mutex);
        m_isFinishing = true;
        m_changed.notify_all();
    }
    if (m_thread.joinable()) {
        m_thread.join();
        m_disk->unlock();
    }
    const std::lock_guard lock(m_mutex);
    return m_failure ? Status(*m_failure) : ok();
}

ArchiveTotals UndoArchiveWriter::totals() const
{
    const std::lock_guard lock(m_mutex);
    return m_totals;
}

bool UndoArchiveWriter::hasWork() const
{
    return m_pending.bytes.size() >= worthSyncing || (!m_pending.bytes.empty() && m_wanted > m_durable);
}

/// The writing thread: one frame and one fsync a turn, of all that was given during the turn before.
void UndoArchiveWriter::run(const std::stop_token& stop)
{
    bool isLast = false;
    while (!isLast) {
        Pending now;
        Ticket ticket = 0;
        bool isFinishing = false;
        std::uint32_t superseding = 0;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, stop, [this] { return m_failure || m_isFinishing || hasWork(); });
            isLast = m_failure || m_isFinishing || stop.stop_requested();
            isFinishing = m_isFinishing;
            superseding = m_superseding;
            now = std::exchange(m_pending, {});
            ticket = m_given;
            m_changed.notify_all(); // there is room again
        }
        Status status = ok();
        const std::uint64_t raw = now.bytes.size();
        try {
            if (now.hasParts) {
                status = m_disk->allowParts();
            }
            if (status && !now.bytes.empty()) {
                status = m_disk->writeFrame(FrameKind::Records, now);
            }
            if (status && isFinishing) {
                status = m_disk->writeFrame(FrameKind::End,
                    {{}, superseding, static_cast<std::uint32_t>(std::min<Ticket>(ticket, UINT32_MAX))});
            }
            if (status && (raw > 0 || isFinishing)) {
                status = m_disk->sync();
            }
        } catch (const std::exception& problem) {
            status = archiveformat::fileError(m_path, QString::fromUtf8(problem.what()));
        }
        wrote(ticket, raw, std::move(status));
    }
}

void UndoArchiveWriter::wrote(Ticket ticket, std::uint64_t raw, Status status)
{
    const std::lock_guard lock(m_mutex);
    const ArchiveTotals& disk = m_disk->totals();
    m_totals.written = disk.written;
    m_totals.syncs = disk.syncs;
    m_totals.syncTime = disk.syncTime;
    if (!status && !m_failure) {
        m_failure = std::move(status).error();
    }
    if (!m_failure) {
        m_totals.raw.value += raw;
        m_totals.records = m_durable = ticket;
    }
    m_changed.notify_all();
}

} // namespace keyglass
