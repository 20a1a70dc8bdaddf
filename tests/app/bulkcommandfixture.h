// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/program.h"
#include "tests/servers/redisserver.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace keyglass::test {

using Args = RedisServer::Args;

QString uriOf(const RedisServer& server);

/// Empty where there is no such file.
QByteArray contentOf(const QString& path);

/// What tests of `keyglass bulk` stand on: each function has a server and a folder of its own.
class BulkCommandFixture : public QObject {
    Q_OBJECT

protected Q_SLOTS:
    void init();

protected:
    /// `keyglass bulk …` on the server, without touching the user's own folders.
    [[nodiscard]] Outcome bulk(const QStringList& words, const QByteArray& input = {}) const
    {
        return bulkAt(uriOf(*m_server), words, input);
    }
    /// The same with another URI.
    [[nodiscard]] Outcome bulkAt(const QString& uri, const QStringList& words, const QByteArray& input = {}) const;
    /// A file of the folder.
    [[nodiscard]] QString file(const QString& name) const { return m_folder->filePath(name); }
    /// The same with this content.
    [[nodiscard]] QString written(const QString& name, const QByteArray& content) const;

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
};

} // namespace keyglass::test
