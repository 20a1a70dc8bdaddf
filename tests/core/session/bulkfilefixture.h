// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/bulkrun.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

namespace keyglass::test {

/// A folder of a test's own, with the one file that it exports to or imports from.
class KeysFile {
public:
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString path() const { return in(QStringLiteral("keys")); }
    /// Another file of the folder.
    [[nodiscard]] QString in(const QString& name) const { return m_folder.filePath(name); }
    void write(const QByteArray& text) const
    {
        QFile out(path());
        QVERIFY(out.open(QIODevice::WriteOnly));
        QCOMPARE(out.write(text), text.size());
    }

private:
    QTemporaryDir m_folder;
};

/// What a job needs of a server that it finds by its profile.
inline BulkSetting settingOf(const Profile& profile, const GateRules& rules = {})
{
    BulkSetting setting;
    if (auto source = openSource(profile, {}, rules, {})) {
        setting.source = *std::move(source);
    }
    return setting;
}

inline BulkSetting settingOf(const RedisServer& server, const GateRules& rules = {})
{
    Profile profile;
    profile.socketPath = server.socketPath();
    return settingOf(profile, rules);
}

inline BulkSetting settingOf(const RedisCluster& cluster)
{
    Profile profile;
    profile.kind = ProfileKind::Cluster;
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = cluster.seedPort(0);
    return settingOf(profile);
}

/// To and from a file, without an archive.
inline JobPlan exporting(const QString& file, TransferFormat format = TransferFormat::Commands)
{
    JobPlan plan;
    plan.operation = ExportKeys{file, format};
    return plan;
}

inline JobPlan importing(const QString& file, TransferFormat format = TransferFormat::Commands,
    ImportConflict conflict = ImportConflict::Skip)
{
    JobPlan plan;
    plan.operation = ImportKeys{file, format, conflict};
    plan.archives = false;
    return plan;
}

} // namespace keyglass::test
