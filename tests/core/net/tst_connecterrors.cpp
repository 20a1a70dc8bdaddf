// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/errortext.h"
#include "tests/core/net/netfixture.h"
#include "tests/servers/faultproxy.h"

#include <QHostAddress>
#include <QNetworkInterface>
#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::string)

namespace {

/// What opening a connection with these fails with; a Cancelled without detail if it does not.
Error openingError(const ConnectionOptions& options)
{
    const auto connection = Connection::open(options, {});
    return connection ? Error{ErrorKind::Cancelled, u"opened"_s, {}} : connection.error();
}

QString addressOfThisMachine()
{
    for (const QHostAddress& address : QNetworkInterface::allAddresses()) {
        if (!address.isLoopback() && address.protocol() == QAbstractSocket::IPv4Protocol) {
            return address.toString();
        }
    }
    return {};
}

ConnectionOptions loggedIn(ConnectionOptions options, const QString& user, const QString& password)
{
    options.user = user;
    options.password = password;
    return options;
}

} // namespace

class TestConnectErrors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void typesErrorReplies_data();
    void typesErrorReplies();
    void refused();
    void hostNotFound_data();
    void hostNotFound();
    void noSuchSocket();
    void socketPathTooLong();
    void password();
    void users();
    void passwordWhereThereIsNone();
    void nothingButReading();
    void protectedMode();
    void tooManyClients();
    void loading();
    void noServerOfOurs_data();
    void noServerOfOurs();
    void tellsNoSecret_data();
    void tellsNoSecret();
};

void TestConnectErrors::typesErrorReplies_data()
{
    QTest::addColumn<std::string>("reply");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addRow("NOAUTH") << std::string("NOAUTH Authentication required.") << ErrorKind::Auth;
    QTest::addRow("WRONGPASS") << std::string("WRONGPASS invalid username-password pair or user is disabled.")
                               << ErrorKind::Auth;
    QTest::addRow("before 6.0") << std::string("ERR invalid password") << ErrorKind::Auth;
    QTest::addRow("no password there") << std::string("ERR Client sent AUTH, but no password is set")
                                       << ErrorKind::Auth;
    QTest::addRow("no password there, 6.0")
        << std::string("ERR AUTH <password> called without any password configured for the default user.")
        << ErrorKind::Auth;
    QTest::addRow("NOPERM") << std::string("NOPERM this user has no permissions to run the 'info' command")
                            << ErrorKind::Permission;
    QTest::addRow("LOADING") << std::string("LOADING Redis is loading the dataset in memory") << ErrorKind::Loading;
    QTest::addRow("WRONGTYPE") << std::string("WRONGTYPE Operation against a key holding the wrong kind of value")
                               << ErrorKind::WrongType;
    QTest::addRow("READONLY") << std::string("READONLY You can't write against a read only replica.")
                              << ErrorKind::ReadOnly;
    QTest::addRow("MASTERDOWN") << std::string("MASTERDOWN Link with MASTER is down") << ErrorKind::Server;
    QTest::addRow("anything else") << std::string("ERR unknown command 'X'") << ErrorKind::Server;
    QTest::addRow("binary") << std::string("\xff\x00 e", 4) << ErrorKind::Server;
    QTest::addRow("empty") << std::string() << ErrorKind::Server;
}

void TestConnectErrors::typesErrorReplies()
{
    QFETCH(std::string, reply);
    QFETCH(ErrorKind, kind);
    const Error error = replyError(reply);
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.detail.isEmpty(), reply.empty());
}

void TestConnectErrors::refused()
{
    const std::uint16_t port = freePort();
    const Error error = openingError(viaTcp(port));
    QCOMPARE(error.kind, ErrorKind::Network);
    QCOMPARE(error.subject, u"127.0.0.1:%1"_s.arg(port));
    QVERIFY2(error.detail.contains(u"refused"), qPrintable(error.detail));
    QVERIFY(errorText(error).contains(u"can't be reached"));
}

void TestConnectErrors::hostNotFound_data()
{
    QTest::addColumn<QString>("host");
    QTest::addRow("no such name") << u"no-such-host.invalid"_s; // RFC 6761: never there
    QTest::addRow("no name") << QString();
    QTest::addRow("no name can be so") << u"a..b"_s;
    QTest::addRow("longer than names are") << QString(5000, u'a');
}

void TestConnectErrors::hostNotFound()
{
    QFETCH(QString, host);
    const Error error = openingError(viaTcp(6379, host));
    QCOMPARE(error.kind, ErrorKind::Network);
    QVERIFY2(error.detail.contains(u"host") || error.detail.contains(u"name"), qPrintable(error.detail));
}

void TestConnectErrors::noSuchSocket()
{
    const Error error = openingError(viaSocket(u"/nowhere/socket"_s));
    QCOMPARE(error.kind, ErrorKind::Network);
    QCOMPARE(error.detail, u"There is no such socket."_s);
    QCOMPARE(error.subject, u"/nowhere/socket"_s);
}

void TestConnectErrors::socketPathTooLong()
{
    QCOMPARE(openingError(viaSocket(u"/tmp/"_s + QString(200, u'x'))).kind, ErrorKind::Input);
}

void TestConnectErrors::password()
{
    const auto server = RedisServer::start(ServerOptions{.password = u"right"_s});
    const ConnectionOptions options = viaSocket(server->socketPath());
    VERIFY_GOOD(Connection::open(loggedIn(options, {}, u"right"_s), {}));
    QCOMPARE(openingError(loggedIn(options, {}, u"wrong"_s)).kind, ErrorKind::Auth);
    const Error missing = openingError(options);
    QCOMPARE(missing.kind, ErrorKind::Auth);
    QVERIFY2(missing.detail.contains(u"wants a password"), qPrintable(missing.detail));
    QVERIFY2(errorText(missing).contains(u"in the connection's settings"), qPrintable(errorText(missing)));
}

void TestConnectErrors::users()
{
    const auto server = RedisServer::start(ServerOptions{
        .aclLines = {u"user default off"_s, u"user bob on >b@b:/%0 ~* +@all"_s, u"user eve off >e ~* +@all"_s}});
    const ConnectionOptions options = viaSocket(server->socketPath());
    const auto connection = Connection::open(loggedIn(options, u"bob"_s, u"b@b:/%0"_s), {});
    VERIFY_GOOD(connection);
    QCOMPARE(ask(**connection, {"ACL", "WHOAMI"})->text, std::string("bob"));
    QCOMPARE(openingError(loggedIn(options, u"bob"_s, u"wrong"_s)).kind, ErrorKind::Auth);
    QCOMPARE(openingError(loggedIn(options, u"eve"_s, u"e"_s)).kind, ErrorKind::Auth);
    QCOMPARE(openingError(loggedIn(options, u"nobody"_s, u"x"_s)).kind, ErrorKind::Auth);
}

void TestConnectErrors::passwordWhereThereIsNone()
{
    const auto server = RedisServer::start();
    const Error error = openingError(loggedIn(viaSocket(server->socketPath()), {}, u"unneeded"_s));
    QCOMPARE(error.kind, ErrorKind::Auth);
    QVERIFY2(error.detail.contains(u"server has none"), qPrintable(error.detail));
}

/// A user who may do nothing but read connects all the same; only a database of another number needs SELECT.
void TestConnectErrors::nothingButReading()
{
    const auto server = RedisServer::start(ServerOptions{.aclLines = {u"user ro on >ro ~* -@all +scan +type +get"_s}});
    ConnectionOptions options = loggedIn(viaSocket(server->socketPath()), u"ro"_s, u"ro"_s);
    const auto connection = Connection::open(options, {});
    VERIFY_GOOD(connection);
    const auto scanned = ask(**connection, {"SCAN", "0"});
    VERIFY_GOOD(scanned);
    QVERIFY(scanned->isArray());
    options.database = 1;
    const Error error = openingError(options);
    QCOMPARE(error.kind, ErrorKind::Permission);
    QVERIFY2(error.detail.startsWith(u"NOPERM"), qPrintable(error.detail));
}

/// Comes from an address that is not the loopback's: the machine's own, or where it has none 127.0.0.2, which is
/// another to Redis.
void TestConnectErrors::protectedMode()
{
    const QString address = addressOfThisMachine();
    const auto server = RedisServer::start(
        ServerOptions{.arguments = QStringList{u"--protected-mode"_s, u"yes"_s, u"--bind"_s, u"127.0.0.1"_s}
                + (address.isEmpty() ? QStringList() : QStringList{address}),
            .tcp = true});
    const FaultProxy fromElsewhere({.port = server->port()}, {.connectFrom = u"127.0.0.2"_s});
    const Error error =
        openingError(address.isEmpty() ? viaTcp(fromElsewhere.port()) : viaTcp(server->port(), address));
    QCOMPARE(error.kind, ErrorKind::Permission);
    QVERIFY2(error.detail.contains(u"protected mode"), qPrintable(error.detail));
}

void TestConnectErrors::tooManyClients()
{
    const auto server = RedisServer::start({u"--maxclients"_s, u"1"_s});
    const auto only = Connection::open(viaSocket(server->socketPath()), {});
    VERIFY_GOOD(only);
    const Error error = openingError(viaSocket(server->socketPath()));
    QCOMPARE(error.kind, ErrorKind::Server);
    QVERIFY2(error.detail.contains(u"max number of clients"), qPrintable(error.detail));
}

/// A real server that is slow to load its RDB: half a millisecond for each of 20,000 keys.
void TestConnectErrors::loading()
{
    const auto server = RedisServer::start(ServerOptions{.waitUntilReady = false});
    server->fill(
        20'000, [](std::size_t i) { return RedisServer::Args{"SET", "k" + std::to_string(i), std::string(100, 'v')}; });
    server->save();
    server->restart({u"--key-load-delay"_s, u"500"_s, u"--loading-process-events-interval-bytes"_s, u"1024"_s});
    const auto connection = Connection::open(viaSocket(server->socketPath()), {});
    VERIFY_GOOD(connection); // the handshake is answered while loading
    const auto reply = ask(**connection, {"GET", "k1"});
    VERIFY_GOOD(reply);
    QVERIFY(reply->isError());
    QCOMPARE(replyError(reply->text).kind, ErrorKind::Loading);
}

void TestConnectErrors::noServerOfOurs_data()
{
    QTest::addColumn<std::string>("answer");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("says");
    QTest::addRow("web server") << std::string("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                                << ErrorKind::Protocol << u"web server"_s;
    QTest::addRow("mail server") << std::string("220 mail ESMTP\r\n") << ErrorKind::Protocol << u"reply type byte"_s;
    QTest::addRow("TLS alert") << std::string("\x15\x03\x03\x00\x02\x02\x46", 7) << ErrorKind::Protocol << u"TLS"_s;
    QTest::addRow("huge announcement") << std::string("$2000000000\r\n") << ErrorKind::Limit << u"larger"_s;
    QTest::addRow("huge array") << std::string("*2000000000\r\n") << ErrorKind::Limit << u"larger"_s;
    QTest::addRow("zeroes") << std::string(100, '\0') << ErrorKind::Protocol << u"reply type byte"_s;
}

void TestConnectErrors::noServerOfOurs()
{
    QFETCH(std::string, answer);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, says);
    const FaultProxy stranger({}, {.replaceReplies = answer});
    const Error error = openingError(viaTcp(stranger.port()));
    QCOMPARE(error.kind, kind);
    QVERIFY2(error.detail.contains(says), qPrintable(error.detail));
}

void TestConnectErrors::tellsNoSecret_data()
{
    QTest::addColumn<std::string>("answer");
    QTest::addRow("echoes it") << std::string(
        "-ERR unknown command `AUTH`, with args beginning with: `bob`, `S3cret/word`\r\n");
    QTest::addRow("echoes it in other words") << std::string("-ERR what is S3cret/word?\r\n");
    QTest::addRow("echoes a part") << std::string("-ERR what is S3cret/w...\r\n");
    QTest::addRow("echoes it as AUTH") << std::string("-ERR no: AUTH bob S3cret/word\r\n");
    QTest::addRow("as garbage") << std::string("S3cret/word\r\n");
    QTest::addRow("as a wrong password") << std::string("-WRONGPASS S3cret/word\r\n");
    QTest::addRow("as no permission") << std::string("-NOPERM S3cret/word\r\n");
}

void TestConnectErrors::tellsNoSecret()
{
    QFETCH(std::string, answer);
    const FaultProxy echo({}, {.replaceReplies = answer});
    const Error error = openingError(loggedIn(viaTcp(echo.port()), u"bob"_s, u"S3cret/word"_s));
    QVERIFY(error.kind != ErrorKind::Cancelled);
    const QString all = errorText(error) + error.subject + error.detail;
    QVERIFY2(!all.contains(u"S3cret"), qPrintable(all));
}

QTEST_GUILESS_MAIN(TestConnectErrors)
#include "tst_connecterrors.moc"
