// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/connection.h"
#include "tests/core/net/recordingsink.h"
#include "tests/servers/faultproxy.h"
#include "tests/servers/redisserver.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void speaks();
};

void TestConnection::speaks()
{
    const auto server = RedisServer::start(ServerOptions{.tcp = true, .tls = true});
    for (int way = 0; way < 3; ++way) {
        ConnectionOptions options;
        if (way == 0) {
            options.endpoint.socketPath = server->socketPath();
        } else if (way == 1) {
            options.endpoint.host = u"localhost"_s;
            options.endpoint.port = server->port();
        } else {
            options.endpoint.host = u"localhost"_s;
            options.endpoint.port = server->tlsPort();
            options.endpoint.tls = TlsOptions{};
            options.endpoint.tls->caFile = Certificates::shared().authority();
        }
        auto connection = Connection::open(options, {});
        QVERIFY2(connection, qPrintable(connection ? QString() : connection.error().detail));
        QVERIFY((*connection)->send({"PING"}));
        const auto reply = (*connection)->receive(std::stop_token());
        QVERIFY(reply);
        QCOMPARE(reply->text, std::string("PONG"));
    }
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
