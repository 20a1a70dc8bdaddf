// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/columns/tablecolumn.h"

namespace keyglass {

std::string_view columnName(TableColumn column)
{
    constexpr std::array<std::string_view, tableColumnCount> names{
        "key", "type", "ttl_ms", "memory_bytes", "length", "encoding", "idle_s", "frequency"};
    return names.at(static_cast<std::size_t>(column));
}

DetailColumns detailsOf(const TableColumns& columns)
{
    DetailColumns details;
    details.type = columns.contains(TableColumn::Type);
    details.ttl = columns.contains(TableColumn::Ttl);
    details.memory = columns.contains(TableColumn::Memory);
    details.length = columns.contains(TableColumn::Length);
    details.encoding = columns.contains(TableColumn::Encoding);
    details.idle = columns.contains(TableColumn::Idle);
    details.frequency = columns.contains(TableColumn::Frequency);
    return details;
}

int commandsFor(TableColumn column)
{
    switch (column) {
    case TableColumn::Name:
        return 0;
    case TableColumn::Length:
        return 2; // its type says which command tells it
    default:
        return 1;
    }
}

} // namespace keyglass
