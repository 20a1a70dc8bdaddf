// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/partreader.h"

#include "core/base/dumpdigest.h"
#include "core/bulk/archivereader.h"
#include "core/transfer/partbytes.h"
#include "core/transfer/partreaders.h"

#include <map>
#include <utility>

namespace keyglass {

namespace {

/// An archive's records, each a whole key; of a key with several the one that counts.
class ArchiveParts final : public PartReader {
public:
    explicit ArchiveParts(std::unique_ptr<UndoArchiveReader> archive, QString path)
        : m_archive(std::move(archive))
        , m_path(std::move(path))
    {
    }

    /// Which records count, where some were archived once more.
    [[nodiscard]] Status begin()
    {
        if (m_archive->superseding() == 0U) {
            return ok();
        }
        UndoRecord record;
        std::uint64_t number = 0;
        auto got = m_archive->next(record);
        for (; got && *got; got = m_archive->next(record)) {
            ++number;
            if (record.supersedes) {
                m_lastRecord[{record.database, record.key}] = number;
            }
        }
        m_archive->rewind();
        return got ? ok() : Status(got.error());
    }

    [[nodiscard]] Result<std::optional<KeyPart>> next() override
    {
        m_damaged.reset();
        if (m_parts) {
            auto part = nextPart();
            if (!part || *part) {
                return part;
            }
        }
        UndoRecord record;
        bool counts = false;
        while (!counts) {
            auto got = m_archive->next(record);
            if (!got) {
                return std::move(got).error();
            }
            if (!*got) {
                return end();
            }
            ++m_number;
            const auto last = m_lastRecord.find({record.database, record.key});
            counts = !record.isAside && (last == m_lastRecord.end() || last->second <= m_number);
        }
        if (record.isInParts()) {
            return beginParts(std::move(record));
        }
        KeyPart part;
        part.key = std::move(record.key);
        part.type = keyTypeFromName(typeOfDump(record.dump));
        part.expireAt = record.expireAt;
        part.dump = std::move(record.dump);
        return std::optional(std::move(part));
    }
    [[nodiscard]] std::uint64_t line() const override { return m_number; }
    [[nodiscard]] std::optional<std::string> damagedKey() const override { return m_damaged; }

private:
    /// A large key: its parts are read where they stand.
    [[nodiscard]] Result<std::optional<KeyPart>> beginParts(UndoRecord&& record)
    {
        auto parts = m_archive->parts(record);
        if (!parts) {
            return std::move(parts).error();
        }
        m_parts = *std::move(parts);
        m_large = std::move(record);
        return next();
    }
    /// Nothing behind the last one.
    [[nodiscard]] Result<std::optional<KeyPart>> nextPart()
    {
        auto bytes = m_parts->next();
        if (!bytes) {
            return std::move(bytes).error();
        }
        if (!*bytes) {
            m_parts.reset();
            return std::optional<KeyPart>();
        }
        auto stored = partOfBytes(**bytes);
        if (!stored) {
            m_parts.reset();
            m_damaged = m_large.key;
            return Error{ErrorKind::Input, m_path,
                TransferText::tr("A large key can't be read: a newer version of Keyglass wrote it")};
        }
        stored->part.key = m_large.key;
        stored->part.expireAt = m_large.expireAt;
        return std::optional(std::move(stored->part));
    }
    /// What is damaged is left out by the reader: told once, at the end.
    [[nodiscard]] Result<std::optional<KeyPart>> end()
    {
        const ArchiveCondition& condition = m_archive->condition();
        if ((condition.damagedFrames > 0 || condition.isCut) && !std::exchange(m_hasTold, true)) {
            return Error{ErrorKind::Input, m_path,
                TransferText::tr("Part of it is damaged: keys that stood there are left out")};
        }
        return std::optional<KeyPart>();
    }

    const std::unique_ptr<UndoArchiveReader> m_archive;
    const QString m_path;
    std::map<std::pair<int, std::string>, std::uint64_t> m_lastRecord;
    std::unique_ptr<ArchivedParts> m_parts; ///< Of the key that is being read.
    UndoRecord m_large;
    std::optional<std::string> m_damaged;
    std::uint64_t m_number = 0;
    bool m_hasTold = false;
};

} // namespace

Result<std::unique_ptr<PartReader>> openArchiveParts(const QString& path)
{
    auto archive = UndoArchiveReader::open(path);
    if (!archive) {
        return std::move(archive).error();
    }
    auto parts = std::make_unique<ArchiveParts>(*std::move(archive), path);
    if (Status begun = parts->begin(); !begun) {
        return std::move(begun).error();
    }
    return std::unique_ptr<PartReader>(std::move(parts));
}

Result<std::unique_ptr<PartReader>> PartReader::open(const QString& path, TransferFormat format)
{
    switch (format) {
    case TransferFormat::JsonLines:
        return openJsonParts(path);
    case TransferFormat::Csv:
        return openCsvParts(path);
    case TransferFormat::Commands:
        return openCommandParts(path);
    case TransferFormat::Resp:
        return openRespParts(path);
    case TransferFormat::Archive:
        break;
    }
    return openArchiveParts(path);
}

} // namespace keyglass
