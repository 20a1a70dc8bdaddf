// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/undowrites.h"

#include "core/base/bytes.h"

#include <QCoreApplication>

#include <utility>

namespace keyglass {

namespace {

constexpr int mostTries = 20;

QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaUndo", text);
}

} // namespace

UndoWrites::UndoWrites(SchemaPlace& place, const TableKeys& keys, std::stop_token stop)
    : m_keys(keys)
    , m_transaction(place.lanes, m_keys, place.confirmation)
    , m_stop(std::move(stop))
{
}

Status UndoWrites::guarded(
    const std::vector<std::string>& watched, const std::vector<Command>& reads, const Writes& writes)
{
    for (int n = 0; n < mostTries; ++n) {
        const auto seen = m_transaction.look(watched, reads, m_stop);
        if (!seen) {
            return seen.error();
        }
        auto wanted = writes(*seen);
        if (!wanted || wanted->empty()) {
            m_transaction.leave(m_stop);
            return wanted ? ok() : Status(std::move(wanted).error());
        }
        const auto end = commit(*std::move(wanted));
        if (!end) {
            return end.error();
        }
        m_isUncertain = end->kind == TableTransaction::End::Kind::HalfDone;
        if (end->kind == TableTransaction::End::Kind::Done) {
            m_isChanged = true;
            return ok();
        }
        if (end->kind != TableTransaction::End::Kind::CalledOff) {
            return aboutTable(replyError(end->error), m_keys);
        }
    }
    return conflict(tr("Others write to it all the time."));
}

Result<std::vector<Reply>> UndoWrites::inOneGo(const std::string& watched, std::vector<Command> commands)
{
    if (const auto seen = m_transaction.look({watched}, {}, m_stop); !seen) {
        return seen.error();
    }
    auto end = commit(std::move(commands));
    if (!end) {
        return std::move(end).error();
    }
    if (end->kind != TableTransaction::End::Kind::Done) {
        return end->error.empty() ? conflict(tr("Others write to it all the time."))
                                  : aboutTable(replyError(end->error), m_keys);
    }
    return std::move(end->replies);
}

Result<TableTransaction::End> UndoWrites::commit(std::vector<Command> commands)
{
    auto end = m_transaction.commit(std::move(commands), m_stop);
    if (!end) {
        m_isUncertain = TableTransaction::mayBeDone(end.error());
    }
    return end;
}

Error UndoWrites::conflict(const QString& why) const
{
    return {ErrorKind::Refused, tr("Table %1").arg(displayText(m_keys.table())), why};
}

} // namespace keyglass
