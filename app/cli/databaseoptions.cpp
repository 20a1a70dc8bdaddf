// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/databaseoptions.h"

#include <QCoreApplication>

#include <algorithm>
#include <string>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

Error unusable(const QString& why)
{
    return Error{ErrorKind::Input, QStringLiteral("--databases"), why};
}

} // namespace

Result<std::vector<int>> databasesOf(const Options& options, const SourceAccess& access)
{
    if (access.cluster) {
        return unusable(tr("A cluster has one database"));
    }
    const std::string text = options.value("--databases").value_or(std::string());
    std::vector<int> databases;
    if (text == "all") {
        if (!access.facts.hasInfo) {
            return unusable(tr("The server does not tell its databases; name them, as 0,2-4"));
        }
        for (const DatabaseKeys& database : access.facts.keyspace) {
            databases.push_back(database.number);
        }
        return databases;
    }
    for (QString part : QString::fromStdString(text).split(u',')) {
        const QStringList ends = part.replace(QStringLiteral(".."), QStringLiteral("-")).split(u'-');
        bool isFirst = false;
        bool isLast = false;
        const int first = ends.front().toInt(&isFirst);
        const int last = ends.back().toInt(&isLast);
        constexpr int most = 100'000; // more than servers are configured for
        if (!isFirst || !isLast || ends.size() > 2 || first < 0 || last < first || last > most) {
            return unusable(tr("It takes numbers of databases, as 0,2-4, or all"));
        }
        for (int database = first; database <= last; ++database) {
            if (std::ranges::find(databases, database) == databases.end()) {
                databases.push_back(database);
            }
        }
    }
    return databases;
}

} // namespace keyglass::cli
