// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/target.h"
#include "core/edit/editlanes.h"
#include "core/table/condition.h"
#include "core/table/tablelist.h"

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass::cli {

/// The server that `keyglass table` is about, and the table.
class TableTarget {
public:
    /// As openTarget().
    [[nodiscard]] static Result<std::unique_ptr<TableTarget>> open(
        const Options& options, bool writes, std::stop_token stop);

    /// Reads the schema; as fetchTableSchema().
    [[nodiscard]] Status useTable(const std::string& name, std::stop_token stop);
    [[nodiscard]] const TableSchema& schema() const { return m_schema; }
    /// The conditions in `words`, checked against the table. Input.
    [[nodiscard]] Result<RowFilter> filter(const std::vector<std::string>& words) const;

    /// For the keys of the table, wherever they are.
    [[nodiscard]] Lane& lane() { return *m_lane; }
    /// To the node that has the table.
    [[nodiscard]] Result<Lane*> ownerLane(std::stop_token stop);
    /// All masters, or the one server.
    [[nodiscard]] std::vector<TableNode> nodes();
    [[nodiscard]] EditLanes& editLanes() { return *m_editLanes; }
    [[nodiscard]] const CommandGate& gate() const { return *m_target.access.gate; }
    [[nodiscard]] const SourceAccess& source() const { return m_target.access; }
    [[nodiscard]] int database() const { return m_target.profile.database; }

private:
    explicit TableTarget(Target target);

    Target m_target;
    std::unique_ptr<Lane> m_lane;
    std::unique_ptr<EditLanes> m_editLanes;
    std::vector<std::unique_ptr<Lane>> m_nodeLanes;
    TableSchema m_schema;
};

/// `keyglass table insert|update|delete`; `options`' rest begins with the table.
[[nodiscard]] int runTableInsert(const Options& options, TableTarget& target, const std::stop_token& stop);
[[nodiscard]] int runTableUpdate(const Options& options, TableTarget& target, const std::stop_token& stop);
[[nodiscard]] int runTableDelete(const Options& options, TableTarget& target, const std::stop_token& stop);

/// `keyglass table alter`: the rest says what; needs no table.
[[nodiscard]] int runTableAlter(const Options& options, TableTarget& target, const std::stop_token& stop);
[[nodiscard]] int runTableImport(const Options& options, TableTarget& target, const std::stop_token& stop);
[[nodiscard]] int runTableCheck(const Options& options, TableTarget& target, const std::stop_token& stop);

} // namespace keyglass::cli
