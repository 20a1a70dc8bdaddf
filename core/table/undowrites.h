// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/schemapreview.h"
#include "core/table/tabletransaction.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// What an undo of a change of a schema writes to the table: each write is decided by what was seen of the keys that it
/// hangs on, and done only if nobody came in between.
class UndoWrites {
public:
    /// Of what was seen; nothing to send ends it, an Error too.
    using Writes = std::function<Result<std::vector<Command>>(const std::vector<Reply>& seen)>;

    UndoWrites(SchemaPlace& place, const TableKeys& keys, std::stop_token stop);

    /// Reads and writes in a transaction until nobody comes in between. Refused where others always do.
    [[nodiscard]] Status guarded(
        const std::vector<std::string>& watched, const std::vector<Command>& reads, const Writes& writes);
    /// All of it in one transaction, once, whatever is there: the replies.
    [[nodiscard]] Result<std::vector<Reply>> inOneGo(const std::string& watched, std::vector<Command> commands);
    /// Refused, of the table.
    [[nodiscard]] Error conflict(const QString& why) const;

    [[nodiscard]] TableTransaction& transaction() { return m_transaction; }
    [[nodiscard]] const TableKeys& keys() const { return m_keys; }
    /// Something was written by guarded().
    [[nodiscard]] bool isChanged() const { return m_isChanged; }
    /// What became of the last transaction is not known.
    [[nodiscard]] bool isUncertain() const { return m_isUncertain; }

private:
    [[nodiscard]] Result<TableTransaction::End> commit(std::vector<Command> commands);

    const TableKeys m_keys;
    TableTransaction m_transaction;
    const std::stop_token m_stop;
    bool m_isChanged = false;
    bool m_isUncertain = false;
};

} // namespace keyglass
