// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/columns/sortcolumn.h"

namespace keyglass {

std::string_view columnName(SortColumn column)
{
    constexpr std::array<std::string_view, tableColumnCount> names{
        "key", "type", "ttl_ms", "memory_bytes", "length", "encoding", "idle_s", "frequency"};
    return names.at(static_cast<std::size_t>(column));
}

DetailColumns detailsOf(const TableColumns& columns)
{
    DetailColumns details;
    details.type = columns.contains(SortColumn::Type);
    details.ttl = columns.contains(SortColumn::Ttl);
    details.memory = columns.contains(SortColumn::Memory);
    details.length = columns.contains(SortColumn::Length);
    details.encoding = columns.contains(SortColumn::Encoding);
    details.idle = columns.contains(SortColumn::Idle);
    details.frequency = columns.contains(SortColumn::Frequency);
    return details;
}

int commandsFor(SortColumn column)
{
    switch (column) {
    case SortColumn::Name:
        return 0;
    case SortColumn::Length:
        return 2; // its type says which command tells it
    default:
        return 1;
    }
}

} // namespace keyglass
