// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connectiontest.h"
#include "core/base/errortext.h"
#include "core/profile/secrets.h"
#include "tests/servers/redisserver.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

/// What the connection dialog's Test button says of real servers.
class TestConnectionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatItFinds_data();
    void saysWhatItFinds();
    void aNewTestEndsTheOneBefore();
};

void TestConnectionTest::saysWhatItFinds_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<bool>("good");
    QTest::addColumn<QString>("says");
    QTest::addRow("all is well") << u"boss"_s << u"pw"_s << true << u"Database 0 holds 3 keys."_s;
    QTest::addRow("no password") << QString() << QString() << false << u"wants a password"_s;
    QTest::addRow("wrong password") << u"boss"_s << u"wrong"_s << false << u"refuses the login"_s;
    QTest::addRow("may only read") << u"reader"_s << u"pw"_s << true << u"may not be asked"_s;
}

void TestConnectionTest::saysWhatItFinds()
{
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(bool, good);
    QFETCH(QString, says);
    const auto server =
        RedisServer::start(ServerOptions{.aclLines = {u"user default off"_s, u"user boss on >pw ~* +@all"_s,
                                             u"user reader on >pw ~* -@all +scan +type +get"_s}});
    for (const std::string key : {"a", "b", "c"}) {
        server->command({"SET", key, "v"});
    }
    Profile profile;
    profile.socketPath = server->socketPath();
    profile.user = user;
    SecretStore secrets;
    ConnectionTest test(secrets);
    const auto answer = test.run(profile, KnownCredentials(password));
    QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), 20'000);
    const Result<QString> found = answer.result();
    const QString text = found ? *found : errorText(found.error());
    QVERIFY2(text.contains(says), qPrintable(text));
    QCOMPARE(found.has_value(), good);
}

void TestConnectionTest::aNewTestEndsTheOneBefore()
{
    const auto server = RedisServer::start();
    server->freeze();
    Profile profile;
    profile.socketPath = server->socketPath();
    SecretStore secrets;
    ConnectionTest test(secrets);
    const auto first = test.run(profile, KnownCredentials(QString()));
    const auto second = test.run(profile, KnownCredentials(QString()));
    QTRY_VERIFY_WITH_TIMEOUT(first.isFinished(), 20'000);
    QCOMPARE(first.result().error().kind, ErrorKind::Cancelled);
    server->thaw();
    QTRY_VERIFY_WITH_TIMEOUT(second.isFinished(), 20'000);
    QVERIFY(second.result().has_value());
}

QTEST_GUILESS_MAIN(TestConnectionTest)
#include "tst_connectiontest.moc"
