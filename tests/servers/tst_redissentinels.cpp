// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/redissentinels.h"

#include <QObject>
#include <QTest>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestRedisSentinels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nameTheMaster();
    void failOver();
    void promoteWhenTheMasterDies();
    void letUsersIn();
    void listenWithTls_data();
    void listenWithTls();
};

void TestRedisSentinels::nameTheMaster()
{
    const auto all = RedisSentinels::start({.replicas = 2});
    QCOMPARE(all->servers(), 3);
    QCOMPARE(all->sentinels(), 3);
    QCOMPARE(all->master(), 0);
    QCOMPARE(all->server(0).list({"ROLE"}).front(), std::string("master"));
    QCOMPARE(all->server(2).list({"ROLE"}).front(), std::string("slave"));
    for (int i = 0; i < 3; ++i) {
        QVERIFY(all->sentinelPort(i) != 0);
        QCOMPARE(all->sentinel(i).command({"SENTINEL", "GET-MASTER-ADDR-BY-NAME", "main"}),
            "127.0.0.1\n" + std::to_string(all->port(0)));
    }
}

void TestRedisSentinels::failOver()
{
    const auto all = RedisSentinels::start();
    all->server(0).command({"SET", "kept", "1"});
    QCOMPARE(all->failover(), 1);
    QCOMPARE(all->master(), 1);
    QCOMPARE(all->server(1).list({"ROLE"}).front(), std::string("master"));
    all->waitUntilAgreed();
    QCOMPARE(all->server(0).list({"ROLE"}).front(), std::string("slave"));
    QCOMPARE(all->server(1).command({"GET", "kept"}), std::string("1"));
}

void TestRedisSentinels::promoteWhenTheMasterDies()
{
    const auto all = RedisSentinels::start();
    all->killSentinel(2);
    QCOMPARE(all->killMaster(), 1);
    QCOMPARE(all->server(1).list({"ROLE"}).front(), std::string("master"));
    all->restart(0);
    QCOMPARE(all->master(), 1);
    QCOMPARE(all->server(0).list({"ROLE"}).front(), std::string("slave"));
}

void TestRedisSentinels::letUsersIn()
{
    const auto all = RedisSentinels::start({.masterName = u"shop"_s,
        .password = u"pw"_s,
        .sentinelUsers = {u"user default off"_s, u"user watcher on >other ~* &* +@all"_s}});
    QCOMPARE(all->server(0).command({"AUTH", "pw"}), std::string("OK"));
    QCOMPARE(all->sentinel(0).command({"AUTH", "watcher", "other"}), std::string("OK"));
    QVERIFY(all->sentinel(0).command({"AUTH", "pw"}).starts_with("-WRONGPASS"));
    QCOMPARE(all->failover(), 1);
}

void TestRedisSentinels::listenWithTls_data()
{
    QTest::addColumn<bool>("tls");
    QTest::addColumn<bool>("sentinelTls");
    QTest::addRow("servers") << true << false;
    QTest::addRow("Sentinels") << false << true;
    QTest::addRow("both") << true << true;
}

void TestRedisSentinels::listenWithTls()
{
    QFETCH(bool, tls);
    QFETCH(bool, sentinelTls);
    const auto all = RedisSentinels::start({.tls = tls, .sentinelTls = sentinelTls});
    QCOMPARE(all->port(0), tls ? all->server(0).tlsPort() : all->server(0).port());
    QCOMPARE(all->sentinelPort(0), sentinelTls ? all->sentinel(0).tlsPort() : all->sentinel(0).port());
    QCOMPARE(all->failover(), 1);
}

QTEST_GUILESS_MAIN(TestRedisSentinels)
#include "tst_redissentinels.moc"
