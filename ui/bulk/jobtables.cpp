// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/jobtables.h"

#include "core/base/bytes.h"
#include "core/session/tablekeys.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass::ui {

QString jobTablesText(const Session& session, const KeyChoice& keys)
{
    constexpr std::size_t named = 3;
    constexpr std::size_t most = 100;
    if (!keys.keys) {
        return {};
    }
    const TableKeyNames names(session.shownKeys(), session.hasSeveralDatabases());
    const auto tables = names.tablesOf(keys, session.listName({{}, session.database()}), most);
    if (tables.empty()) {
        return {};
    }
    QStringList some;
    for (std::size_t n = 0; n < std::min(named, tables.size()); ++n) {
        some << displayText(tables[n]);
    }
    const QString list = some.join(QStringLiteral(", "));
    return tables.size() > named
        ? QCoreApplication::translate("keyglass::ui::JobDialog",
              "There are keys of tables among them (%1 and others): a job knows nothing of their rows and indexes.")
              .arg(list)
        : QCoreApplication::translate("keyglass::ui::JobDialog",
              "There are keys of tables among them (%1): a job knows nothing of their rows and indexes.")
              .arg(list);
}

} // namespace keyglass::ui
