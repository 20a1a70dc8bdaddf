// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/tableschema.h"

#include <QByteArray>

class QHeaderView;

namespace keyglass::ui {

/// In which order the heads of a table's rows stand (a RowModel's), for the settings. By names: the server gives the
/// columns of a schema in any order.
[[nodiscard]] QByteArray columnOrder(const QHeaderView& header, const TableSchema& schema);

/// Puts them into an order that columnOrder() gave. Columns that it does not know follow in the schema's order, as all
/// do where it is empty; what is wrong with a row always stands last.
void setColumnOrder(QHeaderView& header, const TableSchema& schema, const QByteArray& order);

} // namespace keyglass::ui
