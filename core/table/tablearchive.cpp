// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tablearchive.h"

#include "core/base/bytes.h"
#include "core/base/dumpdigest.h"
#include "core/bulk/keyreading.h"
#include "core/net/command.h"
#include "core/source/lane.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <optional>
#include <utility>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TableArchive", text);
}

} // namespace

TableArchive::TableArchive(Setting setting)
    : m_setting(std::move(setting))
{
}

TableArchive::~TableArchive()
{
    if (m_writer) {
        static_cast<void>(m_writer->finish()); // what counts was on the disk before
    }
}

Status TableArchive::open()
{
    if (m_writer) {
        return ok();
    }
    const QString folder = QFileInfo(m_setting.file).absolutePath();
    if (!QDir().mkpath(folder)) {
        return Error{ErrorKind::File, folder, tr("The folder can't be made")};
    }
    auto writer = UndoArchiveWriter::create(m_setting.file, m_setting.info, m_setting.passphrase);
    if (!writer) {
        return std::move(writer).error();
    }
    m_writer = *std::move(writer);
    return ok();
}

Status TableArchive::keep(Lane& lane, const std::vector<std::string>& keys, const std::stop_token& stop)
{
    m_last.clear();
    if (keys.empty()) {
        return ok();
    }
    if (Status opened = open(); !opened) {
        return opened;
    }
    std::vector<Command> asked{Command{"TIME"}};
    for (const std::string& key : keys) {
        asked.push_back(Command{"DUMP", key});
        asked.push_back(Command{"PTTL", key});
    }
    const auto replies = lane.pipeline(asked, stop);
    if (!replies) {
        return replies.error();
    }
    const auto now = serverTimeIn(replies->front());
    std::vector<UndoRecordView> records;
    for (std::size_t n = 0; n < keys.size(); ++n) {
        const Reply& dump = (*replies)[1 + 2 * n];
        const Reply& left = (*replies)[2 + 2 * n];
        if (dump.isNil()) {
            continue;
        }
        if (!dump.isText() || !left.isInteger() || (left.integer > 0 && !now)) {
            const Reply* error = firstError(*replies);
            return Error{error ? replyError(error->text).kind : ErrorKind::Server,
                tr("The key %1").arg(displayText(keys[n])),
                tr("It can't be archived, so nothing was done to it: %1")
                    .arg(QString::fromStdString(error ? error->text : dump.text))};
        }
        std::optional<Milliseconds> end;
        if (left.integer > 0) {
            end = *now + Milliseconds(left.integer);
        }
        m_last.push_back(keys[n]);
        records.push_back({keys[n], dump.text, typeOfDump(dump.text), end, m_setting.database, UndoReason::Deleted});
    }
    if (records.empty()) {
        return ok();
    }
    const auto ticket = m_writer->append(records, stop);
    m_keys += records.size();
    return m_writer->waitDurable(ticket, stop);
}

void TableArchive::calledOff()
{
    for (const std::string& key : m_last) {
        m_writer->expectAgain(m_setting.database, key);
    }
    m_keys -= m_last.size();
    m_last.clear();
}

} // namespace keyglass
