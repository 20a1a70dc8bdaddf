// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/command.h"
#include "core/table/tablename.h"

#include <QString>

#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;

/// What a user may not do with one table, each with the permission that is missing. Empty: nothing known to be missing.
struct TablePermissions {
    /// A command that the server would refuse.
    struct Refused {
        std::string command;     ///< "HSET"
        bool isOfSchema = false; ///< On the schema's key; else on the others.
        QString permission;
    };
    std::vector<QString> missing;
    std::vector<Refused> refused;
    bool mayRead = true;           ///< The table's keys.
    bool mayWrite = true;          ///< The table's keys, to edit and delete rows.
    bool mayInsert = true;         ///< The table's keys, to insert and import rows, with mayWrite.
    bool mayAlter = true;          ///< The table's keys, to change its schema.
    bool mayModule = true;         ///< TABLE.SELECT and TABLE.SCHEMA.ALTER.
    bool isLogged = false;         ///< The server has refused what was sent to it.
    bool isWritingUnknown = false; ///< There was no way to ask for writes that could not have written.

    /// The permissions missing for these commands, each once.
    [[nodiscard]] std::vector<QString> missingFor(const std::vector<Command>& commands, const TableKeys& keys) const;
};

/// What the user of one connection may do, by table: asking takes some forty commands, and each that is refused makes a
/// line in the server's ACL LOG, so that it is asked once. Forgotten where the server turns out to think otherwise, and
/// where the user wants to have it read again. Thread-safe.
class KnownRights {
public:
    [[nodiscard]] std::optional<TablePermissions> find(const std::string& node, const TableKeys& keys) const;
    void keep(const std::string& node, const TableKeys& keys, const TablePermissions& permissions);
    /// On all nodes.
    void forget(const TableKeys& keys);
    void forgetAll();

private:
    mutable std::mutex m_mutex;
    std::map<std::string, TablePermissions> m_known; ///< By node and schema key.
};

/// Asks the server for every command that viewing, editing and changing the table sends, and changes nothing: reads are
/// sent, TABLE.SELECT of no rows too; of writes ACL DRYRUN is asked. Where that may not be used, and `lane` is one to
/// one server (`isOneServer`: else a redirect would take a command out of its transaction), they are queued after a
/// MULTI, where the server says whether the user may send them, and discarded. Fails only where the line does.
///
/// Writes that the gate does not let pass count as not allowed; a yes that it would ask for is taken as given.
[[nodiscard]] Result<TablePermissions> probeTable(
    Lane& lane, const TableKeys& keys, bool isOneServer, std::stop_token stop);

} // namespace keyglass
