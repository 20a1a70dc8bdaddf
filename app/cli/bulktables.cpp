// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bulktables.h"

#include "core/base/bytes.h"
#include "core/source/lane.h"
#include "core/table/tablename.h"

#include <QCoreApplication>
#include <QStringList>

#include <cstdio>

namespace keyglass::cli {

Result<std::vector<std::string>> touchedTables(
    const Target& target, const JobPlan& plan, const JobPreview& preview, const std::stop_token& stop)
{
    std::vector<std::string> names;
    std::vector<Command> asked;
    for (const std::string& tag : preview.tags) {
        if (TableName::parse(tag)) {
            names.push_back(tag);
            asked.push_back(Command{"TYPE", TableKeys(tag).schema()});
        }
    }
    if (names.empty()) {
        return names;
    }
    std::vector<bool> areTables(names.size());
    for (const int database : plan.databases.empty() ? std::vector<int>{plan.database} : plan.databases) {
        const auto types = target.access.lane(database)->pipeline(asked, stop);
        if (!types) {
            return types.error();
        }
        for (std::size_t n = 0; n < names.size(); ++n) {
            areTables[n] = areTables[n] || (*types)[n].text == "hash";
        }
    }
    std::vector<std::string> tables;
    for (std::size_t n = 0; n < names.size(); ++n) {
        if (areTables[n]) {
            tables.push_back(std::move(names[n]));
        }
    }
    return tables;
}

void warnOfTables(const std::vector<std::string>& tables)
{
    if (tables.empty()) {
        return;
    }
    QStringList names;
    for (const std::string& table : tables) {
        names << displayText(table);
    }
    std::fprintf(stderr, "keyglass: %s\n",
        qUtf8Printable(QCoreApplication::translate("cli",
            "there are keys of tables among them (%1): a job knows nothing of their rows and indexes; keyglass "
            "table edits and drops them as a whole")
                .arg(names.join(QStringLiteral(", ")))));
}

} // namespace keyglass::cli
