// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session_p.h"
#include "core/session/tableways.h"

namespace keyglass {

TableSession& Session::tables()
{
    if (!m_d->tables) {
        auto ways = std::make_unique<TableWays>();
        ways->source = [this]() -> Result<SourceAccess> {
            return m_d->workers ? Result<SourceAccess>(*m_d->source) : Result<SourceAccess>(m_d->whyNotConnected());
        };
        ways->database = [this] { return database(); };
        ways->worker = [this](const std::string& key) -> LaneWorker* {
            return m_d->workers ? &m_d->workers->forKey(listName({key, database()})) : nullptr;
        };
        ways->rights = [this] { return m_d->workers ? m_d->tableRights : nullptr; };
        m_d->tables = std::make_unique<TableSession>(std::move(ways));
    }
    return *m_d->tables;
}

} // namespace keyglass
