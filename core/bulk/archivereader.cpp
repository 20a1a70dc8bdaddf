// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/archivereader.h"

#include "core/base/filereading.h"
#include "core/bulk/archiveformat.h"

#include <sys/file.h>
#include <zstd.h>

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

namespace keyglass {

namespace {

using archiveformat::FileHeader;
using archiveformat::FrameHeader;
using archiveformat::FrameKind;

/// What our compression levels need; a file that asks for more is not ours.
constexpr int largestWindow = 23;
constexpr std::uint64_t searchBytes = 1024 * 1024;

} // namespace

class UndoArchiveReader::Private {
public:
    Private(std::unique_ptr<QFile> file, FileHeader header, std::unique_ptr<ArchiveSeal> seal)
        : m_file(std::move(file))
        , m_header(std::move(header))
        , m_seal(std::move(seal))
        , m_context(ZSTD_createDCtx(), ZSTD_freeDCtx)
        , m_unpacked(ZSTD_DStreamOutSize(), '\0')
    {
        ZSTD_DCtx_setParameter(m_context.get(), ZSTD_d_windowLogMax, largestWindow);
        startOver();
    }

    void startOver()
    {
        m_condition = {};
        m_next = m_header.bytes;
        m_expected = 0;
        m_isInFrame = false;
        m_sets.clear();
    }
    /// Only what stands from this frame on.
    void startAt(const ArchivedPlace& place)
    {
        startOver();
        m_next = place.frame;
        m_expected = place.frameNumber;
    }

    Result<bool> next(UndoRecord& record);
    /// Also parts of keys, each as a record.
    Result<bool> nextRecord(UndoRecord& record, std::optional<RecordPart>& part);
    [[nodiscard]] std::optional<FrameHeader> end();

    const std::unique_ptr<QFile> m_file;
    const FileHeader m_header;
    const std::unique_ptr<ArchiveSeal> m_seal; ///< Null: not sealed, or without its passphrase.
    ArchiveCondition m_condition;

private:
    [[nodiscard]] Result<bool> openFrame();
    [[nodiscard]] Result<bool> findNext();
    [[nodiscard]] Result<bool> nextInFrame(UndoRecord& record, std::optional<RecordPart>& part);
    [[nodiscard]] bool took(const RecordPart& part, UndoRecord& record);
    [[nodiscard]] Result<bool> need(std::size_t bytes);
    [[nodiscard]] Status readInput();
    [[nodiscard]] Result<std::string> readAt(std::uint64_t at, std::uint64_t bytes);
    [[nodiscard]] bool unpack();
    void leaveFrame(bool isDamaged);

    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> m_context;
    std::string m_in;             ///< Compressed, as read.
    std::string m_unpacked;       ///< What one call gives.
    std::uint64_t m_next = 0;     ///< Where the next frame stands.
    std::uint32_t m_expected = 0; ///< Its number.
    bool m_isInFrame = false;
    FrameHeader m_frame;
    std::uint64_t m_frameAt = 0;                   ///< Where it stands.
    std::map<std::uint64_t, ArchivedPlace> m_sets; ///< Keys of which some parts came and the last one did not.
    std::uint64_t m_readAt = 0;                    ///< Within the open frame, of what is compressed.
    std::uint64_t m_readEnd = 0;
    std::size_t m_inUsed = 0;
    bool m_isWhole = false;   ///< All of the frame is unpacked and its checksum right.
    bool m_holdsMore = false; ///< There is more to be had without more input.
    bool m_isBroken = false;  ///< It can't be unpacked further.
    std::string m_raw;        ///< Unpacked and not yet given.
    std::size_t m_rawUsed = 0;
    std::uint64_t m_rawTotal = 0;
};

Result<bool> UndoArchiveReader::Private::next(UndoRecord& record)
{
    std::optional<RecordPart> part;
    while (true) {
        auto got = nextRecord(record, part);
        if (!got || !*got) {
            m_condition.unfinished = m_sets.size();
            return got;
        }
        if (!part || took(*part, record)) {
            ++m_condition.records;
            return true;
        }
    }
}

/// Whether it is a key's last one, and all before it came.
bool UndoArchiveReader::Private::took(const RecordPart& part, UndoRecord& record)
{
    if (part.isAbandoned) {
        m_sets.erase(part.set);
        return false;
    }
    if (part.number == 0) {
        m_sets[part.set] = {0, 0, part.set, m_frameAt, m_frame.number};
    }
    const auto set = m_sets.find(part.set);
    if (set == m_sets.end()) {
        return false;
    }
    if (set->second.parts != part.number) { // what is missing was damaged, which is told
        m_sets.erase(set);
        return false;
    }
    ++set->second.parts;
    set->second.bytes += record.dump.size();
    if (!part.isLast) {
        return false;
    }
    record.dump.clear();
    record.place = set->second;
    m_sets.erase(set);
    return true;
}

Result<bool> UndoArchiveReader::Private::nextRecord(UndoRecord& record, std::optional<RecordPart>& part)
{
    if (m_header.seal && !m_seal) {
        return Error{ErrorKind::Input, m_file->fileName(),
            QCoreApplication::translate("UndoArchive", "It is sealed: its passphrase is needed.")};
    }
    while (true) {
        if (!m_isInFrame) {
            auto opened = openFrame();
            if (!opened || !*opened) {
                return opened;
            }
        }
        auto got = nextInFrame(record, part);
        if (!got || *got) {
            return got;
        }
    }
}

/// The frame of the end, where the file has one.
std::optional<FrameHeader> UndoArchiveReader::Private::end()
{
    const auto size = static_cast<std::uint64_t>(m_file->size());
    if (size < m_header.bytes + archiveformat::frameHeaderBytes) {
        return std::nullopt;
    }
    const auto bytes = readAt(size - archiveformat::frameHeaderBytes, archiveformat::frameHeaderBytes);
    const auto end = bytes ? archiveformat::parseFrameHeader(*bytes, m_header.mark) : std::nullopt;
    return end && end->kind == FrameKind::End ? end : std::nullopt;
}

/// False at the end of the file.
Result<bool> UndoArchiveReader::Private::openFrame()
{
    while (true) {
        auto bytes = readAt(m_next, archiveformat::frameHeaderBytes);
        if (!bytes) {
            return std::move(bytes).error();
        }
        if (bytes->empty()) {
            return false;
        }
        const auto header = archiveformat::parseFrameHeader(*bytes, m_header.mark);
        if (!header) {
            auto found = findNext();
            if (!found || !*found) {
                return found;
            }
            continue;
        }
        if (header->number != m_expected) {
            ++m_condition.damagedFrames; // one is missing
        }
        m_expected = header->number + 1;
        m_frameAt = m_next;
        m_next += archiveformat::frameHeaderBytes;
        if (header->kind == FrameKind::End) {
            m_condition.isFinished = true;
            m_next += header->compressed;
            continue;
        }
        m_frame = *header;
        m_readAt = m_next;
        m_readEnd = m_next + header->compressed;
        m_next = m_readEnd;
        if (m_seal) {
            m_seal->beginOpening(*bytes);
        }
        m_in.clear();
        m_inUsed = m_rawUsed = 0;
        m_rawTotal = 0;
        m_raw.clear();
        m_isWhole = m_isBroken = m_holdsMore = false;
        ZSTD_DCtx_reset(m_context.get(), ZSTD_reset_session_only);
        m_isInFrame = true;
        return true;
    }
}

/// What stands at m_next is no frame: goes on to the next place where one begins. False where there is none.
Result<bool> UndoArchiveReader::Private::findNext()
{
    constexpr std::uint64_t beginning = 12; // what findFrame() looks for, so that one across two pieces is seen
    for (std::uint64_t at = m_next + 1;;) {
        const auto piece = readAt(at, searchBytes);
        if (!piece) {
            return piece.error();
        }
        if (const std::size_t found = archiveformat::findFrame(*piece, m_header.mark); found != std::string::npos) {
            const auto header = readAt(at + found, archiveformat::frameHeaderBytes);
            if (header && archiveformat::parseFrameHeader(*header, m_header.mark)) {
                m_next = at + found; // the gap in the numbers tells of the damage
                return true;
            }
            at += found + 1;
            continue;
        }
        if (piece->size() < searchBytes) {
            m_condition.isCut = true;
            m_next = static_cast<std::uint64_t>(m_file->size());
            return false;
        }
        at += searchBytes - beginning;
    }
}

/// The next record of the open frame; false, and the frame is left, where it has no more.
Result<bool> UndoArchiveReader::Private::nextInFrame(UndoRecord& record, std::optional<RecordPart>& part)
{
    auto has = need(archiveformat::recordHeaderBytes);
    if (!has || !*has) {
        if (has) {
            leaveFrame(!m_isWhole || m_rawUsed < m_raw.size());
        }
        return has;
    }
    const auto header = archiveformat::parseRecordHeader(std::string_view(m_raw).substr(m_rawUsed));
    const std::size_t length = archiveformat::recordHeaderBytes + header.length;
    if (header.length > archiveformat::longestRecord || header.length > m_frame.raw) {
        leaveFrame(true);
        return false;
    }
    has = need(length);
    if (!has) {
        return has;
    }
    const auto body = std::string_view(m_raw).substr(m_rawUsed + archiveformat::recordHeaderBytes, header.length);
    if (!*has || !archiveformat::parseRecord(header, body, record, part)) {
        leaveFrame(true);
        return false;
    }
    m_rawUsed += length;
    return true;
}

void UndoArchiveReader::Private::leaveFrame(bool isDamaged)
{
    const bool isCut = m_readEnd > static_cast<std::uint64_t>(m_file->size());
    m_condition.isCut = m_condition.isCut || isCut;
    m_condition.damagedFrames += isDamaged && !isCut ? 1 : 0;
    m_isInFrame = false;
}

/// Unpacks until so many bytes can be given; false where the frame has not so many.
Result<bool> UndoArchiveReader::Private::need(std::size_t bytes)
{
    while (m_raw.size() - m_rawUsed < bytes) {
        if (m_isWhole || m_isBroken) {
            return false;
        }
        if (m_inUsed == m_in.size() && !m_holdsMore) {
            if (Status read = readInput(); !read) {
                return std::move(read).error();
            }
        }
        m_raw.erase(0, std::exchange(m_rawUsed, 0));
        m_isBroken = m_isBroken || !unpack();
    }
    return true;
}

/// More of the frame to be unpacked; it is broken where there is none.
Status UndoArchiveReader::Private::readInput()
{
    auto got = readAt(m_readAt, std::min<std::uint64_t>(ZSTD_DStreamInSize(), m_readEnd - m_readAt));
    if (!got) {
        return std::move(got).error();
    }
    m_readAt += got->size();
    m_inUsed = 0;
    const bool isAtEnd = got->empty();
    if (!m_seal) {
        m_in = *std::move(got);
        m_isBroken = isAtEnd;
        return ok();
    }
    auto opened = m_seal->opened(*got);
    m_isBroken = !opened || (isAtEnd && opened->empty());
    m_in = std::move(opened).value_or(std::string());
    return ok();
}

/// One step of unpacking. False where there is something wrong.
bool UndoArchiveReader::Private::unpack()
{
    ZSTD_inBuffer in{m_in.data(), m_in.size(), m_inUsed};
    ZSTD_outBuffer out{m_unpacked.data(), m_unpacked.size(), 0};
    const std::size_t left = ZSTD_decompressStream(m_context.get(), &out, &in);
    m_inUsed = in.pos;
    m_holdsMore = out.pos == out.size;
    if (ZSTD_isError(left) != 0U) {
        return false;
    }
    m_isWhole = left == 0;
    m_rawTotal += out.pos;
    m_raw.append(m_unpacked, 0, out.pos);
    return m_rawTotal <= m_frame.raw;
}

/// As many of the bytes as the file has.
Result<std::string> UndoArchiveReader::Private::readAt(std::uint64_t at, std::uint64_t bytes)
{
    if (at >= static_cast<std::uint64_t>(m_file->size())) {
        return std::string();
    }
    std::string content(static_cast<std::size_t>(bytes), '\0');
    if (!m_file->seek(static_cast<qint64>(at))) {
        return archiveformat::fileError(m_file->fileName(), m_file->errorString());
    }
    const qint64 got = m_file->read(content.data(), static_cast<qint64>(bytes));
    if (got < 0) {
        return archiveformat::fileError(m_file->fileName(), m_file->errorString());
    }
    content.resize(static_cast<std::size_t>(got));
    return content;
}

/// Reads the file from where the first part stands, and gives the parts of one set.
class UndoArchiveReader::Parts final : public ArchivedParts {
public:
    Parts(std::unique_ptr<Private> file, const ArchivedPlace& place)
        : m_file(std::move(file))
        , m_place(place)
    {
        m_file->startAt(place);
    }
    [[nodiscard]] Result<std::optional<std::string>> next() override
    {
        if (m_given == m_place.parts) {
            return std::optional<std::string>();
        }
        std::optional<RecordPart> part;
        while (true) {
            auto got = m_file->nextRecord(m_record, part);
            if (!got) {
                return std::move(got).error();
            }
            if (!*got || (part && part->set == m_place.set && part->number != m_given)) {
                return archiveformat::fileError(m_file->m_file->fileName(),
                    QCoreApplication::translate("UndoArchive", "Part of a large key can't be read any more."));
            }
            if (part && part->set == m_place.set) {
                ++m_given;
                return std::optional(std::move(m_record.dump));
            }
        }
    }

private:
    const std::unique_ptr<Private> m_file;
    const ArchivedPlace m_place;
    UndoRecord m_record;
    std::uint32_t m_given = 0;
};

Result<std::unique_ptr<ArchivedParts>> UndoArchiveReader::parts(const UndoRecord& record) const
{
    auto file = std::make_unique<QFile>(m_d->m_file->fileName());
    if (Status opened = openToRead(*file); !opened) {
        return std::move(opened).error();
    }
    static_cast<void>(::flock(file->handle(), LOCK_SH | LOCK_NB));
    auto seal = m_d->m_seal ? m_d->m_seal->another() : nullptr;
    auto d = std::make_unique<Private>(std::move(file), m_d->m_header, std::move(seal));
    return std::unique_ptr<ArchivedParts>(std::make_unique<Parts>(std::move(d), record.place));
}

Result<std::unique_ptr<UndoArchiveReader>> UndoArchiveReader::open(const QString& path, const QByteArray& passphrase)
{
    auto file = std::make_unique<QFile>(path);
    if (Status opened = openToRead(*file); !opened) {
        return std::move(opened).error();
    }
    const auto fixed = archiveformat::parseFixed(file->read(archiveformat::fixedBytes), path);
    if (!fixed) {
        return fixed.error();
    }
    auto header = archiveformat::parseFileHeader(*fixed, file->read(fixed->textLength), path);
    if (!header) {
        return std::move(header).error();
    }
    std::unique_ptr<ArchiveSeal> seal;
    if (header->seal && !passphrase.isEmpty()) {
        auto opened = ArchiveSeal::open(*header->seal, passphrase);
        if (!opened) {
            return std::move(opened).error();
        }
        seal = *std::move(opened);
    }
    static_cast<void>(::flock(file->handle(), LOCK_SH | LOCK_NB)); // also one that is being written may be read
    auto d = std::make_unique<Private>(std::move(file), *std::move(header), std::move(seal));
    return std::unique_ptr<UndoArchiveReader>(new UndoArchiveReader(std::move(d)));
}

UndoArchiveReader::UndoArchiveReader(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

UndoArchiveReader::~UndoArchiveReader() = default;

const ArchiveInfo& UndoArchiveReader::info() const
{
    return m_d->m_header.info;
}

Result<bool> UndoArchiveReader::next(UndoRecord& record)
{
    return m_d->next(record);
}

const ArchiveCondition& UndoArchiveReader::condition() const
{
    return m_d->m_condition;
}

std::optional<std::uint64_t> UndoArchiveReader::superseding() const
{
    const auto end = m_d->end();
    return end ? std::optional<std::uint64_t>(end->records) : std::nullopt;
}

std::optional<std::uint64_t> UndoArchiveReader::total() const
{
    const auto end = m_d->end();
    return end ? std::optional<std::uint64_t>(end->raw) : std::nullopt;
}

bool UndoArchiveReader::isSealed() const
{
    return m_d->m_header.seal.has_value();
}

void UndoArchiveReader::rewind()
{
    m_d->startOver();
}

Result<ArchiveSummary> summarize(UndoArchiveReader& reader, const std::stop_token& stop)
{
    reader.rewind();
    ArchiveSummary summary;
    UndoRecord record;
    while (true) {
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, reader.info().connection, {}};
        }
        const auto got = reader.next(record);
        if (!got) {
            return got.error();
        }
        if (!*got) {
            break;
        }
        const bool isFurther = record.supersedes || record.isAside;
        summary.superseding += isFurther ? 1 : 0;
        summary.aside += record.isAside ? 1 : 0;
        summary.keys += isFurther ? 0 : 1;
        summary.expiring += !isFurther && record.expireAt ? 1 : 0;
        summary.byType[record.type] += isFurther ? 0 : 1;
        summary.bytes += record.valueBytes();
    }
    summary.condition = reader.condition();
    reader.rewind();
    return summary;
}

} // namespace keyglass
