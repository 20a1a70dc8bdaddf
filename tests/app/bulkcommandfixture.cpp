// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/bulkcommandfixture.h"

#include <QFile>

namespace keyglass::test {

using namespace Qt::StringLiterals;

QString uriOf(const RedisServer& server)
{
    return u"redis+unix://"_s + server.socketPath();
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void BulkCommandFixture::init()
{
    m_server = RedisServer::start();
    m_folder = std::make_unique<QTemporaryDir>();
}

Outcome BulkCommandFixture::bulkAt(const QString& uri, const QStringList& words, const QByteArray& input) const
{
    return run(
        QStringList{u"bulk"_s} + words + QStringList{u"--uri"_s, uri}, input, {u"XDG_DATA_HOME="_s + m_folder->path()});
}

QString BulkCommandFixture::written(const QString& name, const QByteArray& content) const
{
    QFile made(file(name));
    if (!made.open(QIODevice::WriteOnly) || made.write(content) != content.size()) {
        qFatal("%s: %s", qPrintable(made.fileName()), qPrintable(made.errorString()));
    }
    return made.fileName();
}

} // namespace keyglass::test
