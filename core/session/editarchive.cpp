// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/editarchive.h"

#include "core/bulk/keysizes.h"
#include "core/edit/editlanes.h"
#include "core/source/lane.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <condition_variable>
#include <mutex>
#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr int mostTries = 5;
/// A single key that the user edits is read by one DUMP all the same, by which the edit compares it; larger ones are
/// not archived.
constexpr ByteCount largestEdited{32U * 1024 * 1024};

QString tr(const char* text)
{
    return QCoreApplication::translate("EditArchive", text);
}

Error keyError(ErrorKind kind, const std::string& key, const QString& detail)
{
    return {kind, tr("The key %1").arg(displayText(key)), detail};
}

void waitALittle(const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, 100ms, [] { return false; });
}

} // namespace

EditArchive::EditArchive(Setting setting)
    : m_setting(std::move(setting))
{
}

EditArchive::~EditArchive()
{
    if (m_writer) {
        static_cast<void>(m_writer->finish()); // what counts was on the disk before
    }
}

Result<EditArchive::Kept> EditArchive::keep(EditLanes& lanes, const std::string& key, int database, UndoReason reason,
    const QByteArray& passphrase, const std::stop_token& stop)
{
    if (Status opened = openFile(passphrase); !opened) {
        return std::move(opened).error();
    }
    ArchivingOptions options;
    options.database = database;
    options.reason = reason;
    options.ways = m_setting.ways;
    options.givesDumps = true;
    options.largest = largestEdited;
    auto kept = archive(lanes, key, options, stop);
    m_setting.ways = options.ways;
    if (!kept) {
        return std::move(kept).error();
    }
    switch (kept->kind) {
    case ArchivedKey::Kind::Archived:
        m_writer->expectAgain(database, key); // should it be deleted once more
        return Kept{true, std::move(kept->dump), m_writer->path()};
    case ArchivedKey::Kind::Missing:
        return Kept{};
    case ArchivedKey::Kind::TooLarge:
        if (isUntoldSize(kept->text)) {
            return keyError(ErrorKind::Limit, key,
                tr("How large it is can't be told, as this user may not ask for MEMORY USAGE. Without the undo archive "
                   "it can be deleted all the same"));
        }
        return keyError(ErrorKind::Limit, key,
            tr("It takes %1, more than can be archived. Without the undo archive it can be deleted all the same")
                .arg(QString::fromStdString(kept->text)));
    case ArchivedKey::Kind::Elsewhere:
        return keyError(ErrorKind::Server, key, tr("It is on its way to another node. Try again in a moment"));
    case ArchivedKey::Kind::Refused:
        break;
    }
    return keyError(ErrorKind::Server, key, QString::fromStdString(kept->text));
}

/// Goes to whom the cluster names, for as long as it changes its mind.
Result<ArchivedKey> EditArchive::archive(
    EditLanes& lanes, const std::string& key, ArchivingOptions& options, const std::stop_token& stop)
{
    KeyBatch one;
    one.append(key);
    for (int attempt = 1;; ++attempt) {
        auto archived = archiveBefore(*lanes.placeOf(key).lane, one, options, *m_writer, stop);
        if (!archived) {
            if (archived.error().kind == ErrorKind::File) {
                m_writer.reset(); // nothing more can be written to it: another one, next time
            }
            return std::move(archived).error();
        }
        if (archived->front().kind != ArchivedKey::Kind::Elsewhere || attempt == mostTries) {
            return std::move(archived->front());
        }
        waitALittle(stop);
        lanes.lookAround(stop);
    }
}

Status EditArchive::openFile(const QByteArray& passphrase)
{
    const bool isLarge = m_writer && m_writer->totals().written >= m_setting.largest;
    if (m_writer && !isLarge && passphrase == m_passphrase) {
        return ok();
    }
    if (m_writer) {
        static_cast<void>(m_writer->finish());
        m_writer.reset();
    }
    const QFileInfo first(m_setting.file);
    if (!QDir().mkpath(first.absolutePath())) {
        return Error{ErrorKind::File, first.absolutePath(), tr("The folder can't be made")};
    }
    const QString number = m_files == 0 ? QString() : u'-' + QString::number(m_files + 1);
    ++m_files;
    auto writer = UndoArchiveWriter::create(
        first.absolutePath() + u'/' + first.completeBaseName() + number + QStringLiteral(".kga"), m_setting.info,
        passphrase);
    if (!writer) {
        return std::move(writer).error();
    }
    m_passphrase = passphrase;
    m_writer = *std::move(writer);
    return ok();
}

} // namespace keyglass
