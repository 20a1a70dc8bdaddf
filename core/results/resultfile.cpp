// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/resultfile.h"

#include "core/base/filewriting.h"
#include "core/index/indexbuilder.h"
#include "core/results/frontcoding.h"
#include "core/results/resultheader.h"

#include <zstd.h>

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace keyglass {

namespace {

constexpr int compressionLevel = 3;
/// What level 3 needs; a file that asks for more is not ours.
constexpr int largestWindow = 23;
constexpr std::size_t blockBytes = 256U * 1024;
/// Keys between two words to whoever waits, and two looks at whether to stop: some milliseconds.
constexpr std::uint64_t keysAtOnce = 16'384;
/// A small run for the index.
constexpr std::size_t batchKeys = 65'536;
/// What a file promises must not size anything beyond what its length lets expect.
constexpr std::uint64_t mostKeysPerByte = 64;
constexpr std::size_t batchBytes = 8U * 1024 * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("ResultFile", text);
}

Error cancelled(const QString& path)
{
    return {ErrorKind::Cancelled, path, {}};
}

/// Compresses into an open file and keeps the books about it.
class BodyWriter {
public:
    explicit BodyWriter(QSaveFile& file)
        : m_file(file)
        , m_context(ZSTD_createCCtx(), ZSTD_freeCCtx)
        , m_out(ZSTD_CStreamOutSize(), '\0')
    {
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_compressionLevel, compressionLevel);
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_checksumFlag, 1);
    }

    /// Writes `bytes`; with `isLast`, ends the frame. False where the disk refuses.
    bool write(std::string_view bytes, bool isLast = false)
    {
        ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
        for (std::size_t left = 1; left != 0 || in.pos < in.size;) {
            ZSTD_outBuffer out{m_out.data(), m_out.size(), 0};
            left = ZSTD_compressStream2(m_context.get(), &out, &in, isLast ? ZSTD_e_end : ZSTD_e_continue);
            if (ZSTD_isError(left) != 0U || !put({m_out.data(), out.pos})) {
                return false;
            }
            if (!isLast && in.pos == in.size) {
                return true;
            }
        }
        return true;
    }

    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }
    [[nodiscard]] std::uint64_t checksum() const { return m_checksum.value(); }

private:
    bool put(std::string_view compressed)
    {
        m_bytes += compressed.size();
        m_checksum.add(compressed);
        return writeWhole(m_file, compressed).has_value();
    }

    QSaveFile& m_file;
    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> m_context;
    std::string m_out;
    std::uint64_t m_bytes = 0;
    Checksum m_checksum;
};

/// Compresses all keys of `keys` and counts them. An Error where that did not come to its end.
Result<std::uint64_t> writeKeys(
    BodyWriter& body, const QSaveFile& file, const KeyChoice& keys, const std::stop_token& stop, const KeysDone& done)
{
    FrontEncoder encoder;
    std::string block;
    std::uint64_t count = 0;
    bool isWritten = true;
    const bool all = keys.forEachKey(KeyOrder::Ascending, stop, [&](std::string_view key) {
        encoder.add(key, block);
        if (block.size() >= blockBytes) {
            isWritten = body.write(block);
            block.clear();
        }
        ++count;
        return isWritten && (count % keysAtOnce != 0 || done(count));
    });
    if (!isWritten || (all && !body.write(block, true))) {
        return resultFileError(file.fileName(), file.errorString());
    }
    return all ? Result<std::uint64_t>(count) : Result<std::uint64_t>(cancelled(file.fileName()));
}

Status openForUser(QSaveFile& file)
{
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        return resultFileError(file.fileName(), file.errorString());
    }
    return ok();
}

Status writeHeader(QSaveFile& file, const ResultHeader& header)
{
    const QByteArray bytes = headerBytes(header);
    if (!file.seek(0) || file.write(bytes) != bytes.size()) {
        return resultFileError(file.fileName(), file.errorString());
    }
    return ok();
}

/// Decompresses the body of an open file, block by block.
class BodyReader {
public:
    BodyReader(QFile& file, const ResultHeader& header)
        : m_file(file)
        , m_header(header)
        , m_context(ZSTD_createDCtx(), ZSTD_freeDCtx)
        , m_in(ZSTD_DStreamInSize(), '\0')
        , m_out(ZSTD_DStreamOutSize(), '\0')
    {
        ZSTD_DCtx_setParameter(m_context.get(), ZSTD_d_windowLogMax, largestWindow);
    }

    /// Gives the next bytes to `use`, as many as one read brings. False at the end, or where something is wrong: then
    /// isWhole() is false. What `use` refuses ends it too.
    template <typename Use> bool read(Use&& use)
    {
        const qint64 got = m_file.read(m_in.data(), static_cast<qint64>(m_in.size()));
        if (got <= 0) {
            return false;
        }
        const std::string_view bytes{m_in.data(), static_cast<std::size_t>(got)};
        m_checksum.add(bytes);
        ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
        bool mayHoldMore = true;
        while (in.pos < in.size || mayHoldMore) {
            if (m_isAtEnd && in.pos < in.size) {
                m_isAtEnd = false; // something stands behind the end
                return false;
            }
            ZSTD_outBuffer out{m_out.data(), m_out.size(), 0};
            const std::size_t left = ZSTD_decompressStream(m_context.get(), &out, &in);
            if (ZSTD_isError(left) != 0U) {
                m_isAtEnd = false;
                return false;
            }
            m_isAtEnd = left == 0;
            mayHoldMore = out.pos == out.size && !m_isAtEnd;
            if (out.pos > 0 && !use(std::string_view(m_out.data(), out.pos))) {
                return false;
            }
        }
        return true;
    }

    /// After the last read: the frame has come to its end, and every byte is as it was written.
    [[nodiscard]] bool isWhole() const { return m_isAtEnd && m_checksum.value() == m_header.bodyChecksum; }

private:
    QFile& m_file;
    const ResultHeader& m_header;
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> m_context;
    std::string m_in;
    std::string m_out;
    Checksum m_checksum;
    bool m_isAtEnd = false;
};

/// Fills an index with keys, and says when to stop.
class IndexFiller {
public:
    IndexFiller(const ResultHeader& header, ByteCount most, const std::stop_token& stop, const KeysDone& done)
        : m_expected(header.info.keys)
        , m_most(most)
        , m_stop(stop)
        , m_done(done)
        , m_builder(std::min(header.info.keys, header.bodyBytes * mostKeysPerByte))
    {
    }

    bool add(std::string_view key)
    {
        m_batch.append(key);
        ++m_count;
        if (m_batch.size() >= batchKeys || m_batch.byteCount() >= batchBytes) {
            flush();
            m_isTooLarge = m_isTooLarge || m_builder.publish()->residentBytes() > m_most.value;
        }
        m_isStopped = m_isStopped || m_stop.stop_requested() || (m_count % keysAtOnce == 0 && !m_done(m_count));
        return !m_isStopped && !m_isTooLarge && m_count <= m_expected;
    }

    std::shared_ptr<const Snapshot> finish()
    {
        flush();
        m_isStopped = !m_builder.compact(m_stop, {}) || m_isStopped;
        return m_builder.publish();
    }

    [[nodiscard]] bool isWhole() const { return m_count == m_expected; }
    [[nodiscard]] bool isStopped() const { return m_isStopped; }
    [[nodiscard]] bool isTooLarge() const { return m_isTooLarge; }

private:
    void flush() { m_builder.add(SmallRun::sorted(std::exchange(m_batch, KeyBatch()))); }

    const std::uint64_t m_expected;
    const ByteCount m_most;
    const std::stop_token& m_stop;
    const KeysDone& m_done;
    IndexBuilder m_builder;
    KeyBatch m_batch;
    std::uint64_t m_count = 0;
    bool m_isStopped = false;
    bool m_isTooLarge = false;
};

} // namespace

Result<ResultSetInfo> writeResultFile(
    const QString& path, ResultSetInfo info, const KeyChoice& keys, const std::stop_token& stop, const KeysDone& done)
{
    QSaveFile file(path);
    if (Status opened = openForUser(file); !opened) {
        return std::move(opened).error();
    }
    ResultHeader header;
    header.info = std::move(info);
    if (Status written = writeHeader(file, header); !written) { // its place; the numbers follow
        return std::move(written).error();
    }
    BodyWriter body(file);
    const auto count = writeKeys(body, file, keys, stop, done);
    if (!count) {
        return count.error();
    }
    header.info.keys = *count;
    header.bodyBytes = body.bytes();
    header.bodyChecksum = body.checksum();
    if (Status written = writeHeader(file, header); !written) {
        return std::move(written).error();
    }
    if (Status saved = commitWhole(file); !saved) {
        return std::move(saved).error();
    }
    return readResultInfo(path);
}

Result<ResultSetInfo> readResultInfo(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return resultFileError(path, file.errorString());
    }
    auto header = readHeader(file);
    return header ? Result<ResultSetInfo>(std::move(header->info)) : Result<ResultSetInfo>(header.error());
}

Result<std::shared_ptr<const Snapshot>> readResultKeys(
    const QString& path, ByteCount most, const std::stop_token& stop, const KeysDone& done)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return resultFileError(path, file.errorString());
    }
    const auto header = readHeader(file);
    if (!header) {
        return header.error();
    }
    BodyReader body(file, *header);
    FrontDecoder decoder;
    IndexFiller filler(*header, most, stop, done);
    bool isGood = true;
    const auto take = [&](std::string_view bytes) {
        return isGood = decoder.add(bytes, [&](std::string_view key) { return filler.add(key); });
    };
    while (isGood && body.read(take)) { }
    if (filler.isStopped()) {
        return cancelled(header->info.name);
    }
    if (filler.isTooLarge()) {
        return Error{ErrorKind::Limit, tr("The set “%1”").arg(header->info.name),
            tr("Its keys take more than the %1 of memory that a list may take (settings).").arg(sizeText(most))};
    }
    if (!isGood || !body.isWhole() || !decoder.isAtEndOfKey() || !filler.isWhole()) {
        return resultFileError(path, tr("The set “%1” is damaged.").arg(header->info.name));
    }
    auto keys = filler.finish();
    return filler.isStopped() ? Result<std::shared_ptr<const Snapshot>>(cancelled(header->info.name)) : std::move(keys);
}

Result<ResultSetInfo> renameResultFile(const QString& path, const QString& name, const std::stop_token& stop)
{
    QFile old(path);
    if (!old.open(QIODevice::ReadOnly)) {
        return resultFileError(path, old.errorString());
    }
    auto header = readHeader(old);
    if (!header) {
        return std::move(header).error();
    }
    header->info.name = name;
    QSaveFile file(path);
    if (Status opened = openForUser(file); !opened) {
        return std::move(opened).error();
    }
    if (Status written = writeHeader(file, *header); !written) {
        return std::move(written).error();
    }
    while (!old.atEnd()) {
        const QByteArray block = old.read(static_cast<qint64>(blockBytes));
        if (block.isEmpty() || file.write(block) != block.size()) {
            return resultFileError(path, block.isEmpty() ? old.errorString() : file.errorString());
        }
        if (stop.stop_requested()) {
            return cancelled(path);
        }
    }
    if (Status saved = commitWhole(file); !saved) {
        return std::move(saved).error();
    }
    return readResultInfo(path);
}

} // namespace keyglass
