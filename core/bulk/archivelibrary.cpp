// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/archivelibrary.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <map>
#include <utility>

namespace keyglass {

namespace {

using namespace Qt::StringLiterals;

QString tr(const char* text)
{
    return QCoreApplication::translate("UndoArchive", text);
}

/// Holds an archive so that nobody else deletes it or begins to write it.
class ArchiveLock {
public:
    explicit ArchiveLock(const QString& file)
        : m_descriptor(::open(QFile::encodeName(file).constData(), O_RDONLY | O_CLOEXEC))
        , m_isInUse(m_descriptor >= 0 && ::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    {
    }
    ArchiveLock(const ArchiveLock&) = delete;
    ArchiveLock& operator=(const ArchiveLock&) = delete;
    ~ArchiveLock()
    {
        if (m_descriptor >= 0) {
            static_cast<void>(::close(m_descriptor));
        }
    }
    [[nodiscard]] bool isInUse() const { return m_isInUse; }

private:
    const int m_descriptor;
    const bool m_isInUse;
};

ArchiveEntry entryOf(const QFileInfo& file)
{
    ArchiveEntry entry;
    entry.file = file.absoluteFilePath();
    entry.size = ByteCount{static_cast<std::uint64_t>(file.size())};
    entry.created = file.lastModified();
    entry.isInUse = ArchiveLock(entry.file).isInUse(); // before it is opened, which is a use as well
    const auto reader = UndoArchiveReader::open(entry.file);
    if (!reader) {
        entry.trouble = reader.error();
        return entry;
    }
    entry.info = (*reader)->info();
    entry.created = entry.info.created.isValid() ? entry.info.created : entry.created;
    entry.records = (*reader)->total();
    entry.isSealed = (*reader)->isSealed();
    return entry;
}

bool isWanted(const UndoRecord& record, const ArchiveSearch& wanted)
{
    return wanted.isWhole ? record.key == wanted.text : record.key.find(wanted.text) != std::string::npos;
}

ArchivedRow rowOf(UndoRecord& record)
{
    return {std::move(record.key), std::move(record.type), record.database, record.expireAt,
        ByteCount{record.valueBytes()}, record.reason};
}

/// The rows that were found, each key's newest state.
class Rows {
public:
    explicit Rows(std::size_t most)
        : m_most(most)
    {
    }
    void add(UndoRecord& record)
    {
        if (record.isAside) {
            return;
        }
        const bool isAgain = record.supersedes && replace(record);
        m_found.found += isAgain ? 0 : 1;
        if (!isAgain && m_found.rows.size() < m_most) {
            m_places.insert_or_assign({record.database, record.key}, m_found.rows.size());
            m_found.rows.push_back(rowOf(record));
        }
    }
    [[nodiscard]] ArchivedKeys take() { return std::move(m_found); }

private:
    bool replace(UndoRecord& record)
    {
        const auto place = m_places.find({record.database, record.key});
        if (place == m_places.end()) {
            return m_found.rows.size() >= m_most; // then its first record was only counted
        }
        m_found.rows[place->second] = rowOf(record);
        return true;
    }

    const std::size_t m_most;
    ArchivedKeys m_found;
    std::map<std::pair<int, std::string>, std::size_t> m_places;
};

Status removeUnlessUsed(const QString& file)
{
    const ArchiveLock lock(file);
    if (lock.isInUse()) {
        return Error{ErrorKind::File, file, tr("It is in use: a job writes it, or it is being read.")};
    }
    QFile archive(file);
    return archive.remove() ? ok() : Status(Error{ErrorKind::File, file, archive.errorString()});
}

} // namespace

QString archiveFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/keyglass/archives"_s;
}

std::vector<ArchiveEntry> listArchives(const QString& folder, const std::stop_token& stop)
{
    std::vector<ArchiveEntry> entries;
    const QFileInfoList files = QDir(folder).entryInfoList({u"*.kga"_s}, QDir::Files);
    for (const QFileInfo& file : files) {
        if (stop.stop_requested()) {
            break;
        }
        entries.push_back(entryOf(file));
    }
    std::ranges::stable_sort(entries, std::greater(), &ArchiveEntry::created);
    return entries;
}

Result<ArchivedKeys> findArchivedKeys(
    UndoArchiveReader& reader, const ArchiveSearch& wanted, const std::stop_token& stop)
{
    reader.rewind();
    Rows rows(wanted.most);
    UndoRecord record;
    for (;;) {
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
        if (isWanted(record, wanted)) {
            rows.add(record);
        }
    }
    ArchivedKeys found = rows.take();
    found.damaged = reader.condition().damagedFrames;
    found.isCut = reader.condition().isCut;
    found.unfinished = reader.condition().unfinished;
    reader.rewind();
    return found;
}

Status removeArchive(const QString& file)
{
    return removeUnlessUsed(file);
}

PrunedArchives pruneArchives(
    const QString& folder, const ArchiveKeeping& keeping, const QDateTime& now, const std::stop_token& stop)
{
    PrunedArchives pruned;
    const std::vector<ArchiveEntry> entries = listArchives(folder, stop); // newest first
    std::uint64_t kept = 0;
    bool isNewest = true;
    for (const ArchiveEntry& entry : entries) {
        if (stop.stop_requested()) {
            break;
        }
        if (entry.trouble) {
            continue; // whatever it is, it is not ours to delete
        }
        const bool isOld = keeping.days && entry.created.addDays(*keeping.days) < now;
        const bool isTooMuch = keeping.most && kept + entry.size.value > keeping.most->value;
        if (std::exchange(isNewest, false) || entry.isInUse || !(isOld || isTooMuch)) {
            kept += entry.size.value;
            continue;
        }
        if (Status removed = removeUnlessUsed(entry.file); removed) {
            pruned.removed.push_back(entry.file);
            pruned.freed.value += entry.size.value;
        } else {
            kept += entry.size.value;
            pruned.troubles.push_back(std::move(removed).error());
        }
    }
    return pruned;
}

} // namespace keyglass
