// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/table/tableschema.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;

/// One table as a list shows it.
struct TableEntry {
    TableSchema schema;
    std::uint64_t rows = 0;
    std::optional<ByteCount> bytes; ///< Estimated from some of its rows; nothing where MEMORY USAGE is not answered.
    QString node;                   ///< Where its keys are.
    std::uint16_t slot = 0;
    bool hasNamespace = true;     ///< The marker of its namespace was found, without which SCHEMA.CREATE fails.
    std::optional<Error> trouble; ///< Why rows or bytes are not known, or the schema is not.
};

/// All tables of a server or cluster.
struct TableList {
    std::vector<std::string> namespaces; ///< Those with a marker, in order.
    std::vector<TableEntry> tables;      ///< In order of their names.
    std::vector<Error> gaps;             ///< Nodes that were not or not wholly read: what they hold is missing.
    std::vector<std::string> clashes;    ///< Markers of namespaces whose name is that of a table.
};

/// A node whose keys are looked through: each master of a cluster, or the one server.
struct TableNode {
    Lane* lane = nullptr;
    QString name;
};

/// How a list is made.
struct TableListing {
    std::string space{};    ///< Only tables of this namespace; empty: all.
    bool asksBytes = true;  ///< Costs some round trips a table.
    int sampledRows = 20;   ///< For the estimate.
    int keysPerScan = 1000; ///< COUNT
};

/// Finds all tables by SCAN on each node in turn, never by NAMESPACE.VIEW, which stops the server. A table that comes
/// twice (SCAN may repeat; a slot that moves is on two nodes) is listed once. What a node fails with is a gap; only a
/// stop fails the whole. `progress`: keys looked at so far are not known, so it is told the tables found.
[[nodiscard]] Result<TableList> listTables(const std::vector<TableNode>& nodes, const TableListing& how,
    std::stop_token stop, const std::function<void(std::size_t)>& progress = {});

/// Fills in rows and bytes of one table.
void measureTable(Lane& lane, TableEntry& entry, const TableListing& how, std::stop_token stop);

} // namespace keyglass
