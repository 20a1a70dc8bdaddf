// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/netfixture.h"
#include "tests/servers/faultproxy.h"

#include <QFile>
#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::optional<CertificateFiles>)

class TestTls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void verifiesByName();
    void verifiesByAddress();
    void trustsNobodyUnknown();
    void refusesBadCertificates_data();
    void refusesBadCertificates();
    void givesAClientCertificate();
    void namesBadFiles_data();
    void namesBadFiles();
    void saysThatThePeerHasNoTls_data();
    void saysThatThePeerHasNoTls();
    void waitsNoLongerThanToldForAPeerWithoutTls();
    void saysThatThePeerWantsTls();
    void survivesCutsAndDamage();

private:
    [[nodiscard]] QString file(const QString& name, const QByteArray& content) const;

    std::unique_ptr<RedisServer> m_server;
    QTemporaryDir m_folder;
};

void TestTls::initTestCase()
{
    m_server = RedisServer::start(ServerOptions{.tls = true});
}

void TestTls::cleanupTestCase()
{
    m_server.reset();
}

QString TestTls::file(const QString& name, const QByteArray& content) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
        qFatal("can't write %s", qPrintable(file.fileName()));
    }
    return file.fileName();
}

void TestTls::verifiesByName()
{
    const auto connection = Connection::open(viaTls(m_server->tlsPort()), {});
    VERIFY_GOOD(connection);
    const auto reply = ask(**connection, {"PING"});
    VERIFY_GOOD(reply);
    QCOMPARE(reply->text, std::string("PONG"));
}

void TestTls::verifiesByAddress()
{
    VERIFY_GOOD(Connection::open(viaTls(m_server->tlsPort(), u"127.0.0.1"_s), {}));
}

/// The test's authority is none of the system's.
void TestTls::trustsNobodyUnknown()
{
    ConnectionOptions options = viaTls(m_server->tlsPort());
    options.endpoint.tls->caFile.clear();
    const auto connection = Connection::open(options, {});
    QVERIFY(!connection);
    QCOMPARE(connection.error().kind, ErrorKind::Tls);
    QVERIFY2(connection.error().detail.contains(u"authority"), qPrintable(connection.error().detail));
    options.endpoint.tls->verify = false;
    VERIFY_GOOD(Connection::open(options, {}));
}

void TestTls::refusesBadCertificates_data()
{
    QTest::addColumn<QString>("which");
    QTest::addColumn<QString>("says");
    QTest::addRow("expired") << u"expired"_s << u"has expired"_s;
    QTest::addRow("self-signed") << u"self-signed"_s << u"signed only by itself"_s;
    QTest::addRow("another name") << u"another name"_s << u"is for shop.example, not for localhost"_s;
    QTest::addRow("another authority") << u"another authority"_s << u"authority"_s;
}

void TestTls::refusesBadCertificates()
{
    QFETCH(QString, which);
    QFETCH(QString, says);
    Certificates other;
    Certificates& shared = Certificates::shared();
    const CertificateFiles files = which == u"expired" ? shared.issueExpired()
        : which == u"self-signed"                      ? shared.issueSelfSigned()
        : which == u"another name"                     ? shared.issue({u"DNS:shop.example"_s})
                                                       : other.issue();
    const auto server = RedisServer::start(ServerOptions{.tls = true, .certificate = files});
    ConnectionOptions options = viaTls(server->tlsPort());
    const auto connection = Connection::open(options, {});
    QVERIFY(!connection);
    QCOMPARE(connection.error().kind, ErrorKind::Tls);
    QVERIFY2(connection.error().detail.contains(says), qPrintable(connection.error().detail));
    if (which == u"another name") {
        options.endpoint.tls->serverName = u"shop.example"_s;
        VERIFY_GOOD(Connection::open(options, {}));
    }
    options.endpoint.tls->verify = false; // the user's choice: any of them will do
    VERIFY_GOOD(Connection::open(options, {}));
}

void TestTls::givesAClientCertificate()
{
    const auto server =
        RedisServer::start(ServerOptions{.arguments = {u"--tls-auth-clients"_s, u"yes"_s}, .tls = true});
    ConnectionOptions options = viaTls(server->tlsPort());
    const auto without = Connection::open(options, {});
    QVERIFY(!without);
    QCOMPARE(without.error().kind, ErrorKind::Tls);
    QVERIFY2(without.error().detail.contains(u"certificate"), qPrintable(without.error().detail));
    const CertificateFiles own = Certificates::shared().issue({u"DNS:client"_s});
    options.endpoint.tls->certificateFile = own.certificate;
    options.endpoint.tls->keyFile = own.key;
    VERIFY_GOOD(Connection::open(options, {}));
}

void TestTls::namesBadFiles_data()
{
    QTest::addColumn<TlsOptions>("tls");
    QTest::addColumn<QString>("says");
    const CertificateFiles own = Certificates::shared().issue();
    const QString noise = file(u"noise"_s, "noise");
    const QString locked =
        file(u"locked"_s, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    const QString nowhere = u"/nowhere/file.pem"_s;
    QTest::addRow("no CA file") << TlsOptions{.caFile = nowhere} << nowhere;
    QTest::addRow("CA file without certificate") << TlsOptions{.caFile = noise} << u"no certificate"_s;
    QTest::addRow("no certificate file") << TlsOptions{.certificateFile = nowhere, .keyFile = own.key} << nowhere;
    QTest::addRow("certificate without certificate")
        << TlsOptions{.certificateFile = noise, .keyFile = own.key} << u"no certificate"_s;
    QTest::addRow("no key file") << TlsOptions{.certificateFile = own.certificate, .keyFile = nowhere} << nowhere;
    QTest::addRow("key file without key")
        << TlsOptions{.certificateFile = own.certificate, .keyFile = noise} << u"no private key"_s;
    QTest::addRow("locked key") << TlsOptions{.certificateFile = own.certificate, .keyFile = locked} << u"passphrase"_s;
}

void TestTls::namesBadFiles()
{
    QFETCH(TlsOptions, tls);
    QFETCH(QString, says);
    ConnectionOptions options = viaTls(m_server->tlsPort());
    options.endpoint.tls = tls;
    const auto connection = Connection::open(options, {});
    QVERIFY(!connection);
    QCOMPARE(connection.error().kind, ErrorKind::File);
    QVERIFY2(connection.error().detail.contains(says), qPrintable(connection.error().detail));
}

void TestTls::saysThatThePeerHasNoTls_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addRow("Redis") << "-ERR Protocol error: unauthenticated multibulk length\r\n"_ba;
    QTest::addRow("web server") << "HTTP/1.1 400 Bad Request\r\n\r\n"_ba;
}

void TestTls::saysThatThePeerHasNoTls()
{
    QFETCH(QByteArray, answer);
    const FaultProxy plain({}, {.replaceReplies = answer.toStdString()});
    const auto connection = Connection::open(viaTls(plain.port()), {});
    QVERIFY(!connection);
    QCOMPARE(connection.error().kind, ErrorKind::Tls);
    QVERIFY2(connection.error().detail.contains(u"does not speak TLS"), qPrintable(connection.error().detail));
}

/// A real server without TLS takes the greeting for the start of a command, and waits for its end.
void TestTls::waitsNoLongerThanToldForAPeerWithoutTls()
{
    const auto server = RedisServer::start(ServerOptions{.tcp = true});
    ConnectionOptions options = viaTls(server->port());
    options.connectTimeout = Milliseconds{300};
    const auto connection = Connection::open(options, {});
    QVERIFY(!connection);
    QVERIFY(connection.error().kind == ErrorKind::Timeout || connection.error().kind == ErrorKind::Tls);
    QVERIFY2(connection.error().detail.contains(u"TLS on this port"), qPrintable(connection.error().detail));
}

void TestTls::saysThatThePeerWantsTls()
{
    const auto connection = Connection::open(viaTcp(m_server->tlsPort()), {});
    QVERIFY(!connection);
    QVERIFY(connection.error().kind == ErrorKind::Protocol || connection.error().kind == ErrorKind::Network);
    QVERIFY2(connection.error().detail.contains(u"expect"), qPrintable(connection.error().detail));
    QVERIFY2(connection.error().detail.contains(u"TLS"), qPrintable(connection.error().detail));
}

/// Cut or damaged anywhere, in the handshake or later: a typed error, soon. Damage can't pass unseen: nothing but the
/// truth is read.
void TestTls::survivesCutsAndDamage()
{
    FaultProxy proxy({.port = m_server->tlsPort()});
    ConnectionOptions options = viaTls(proxy.port());
    options.callTimeout = options.connectTimeout = Milliseconds{2000};
    for (std::size_t i = 0; i < 60; ++i) {
        proxy.setFaults(i % 2 == 0 ? Faults{.cutAfter = i * 50} : Faults{.corruptEvery = 500, .seed = i});
        const auto connection = Connection::open(options, {});
        Error error = connection ? Error() : connection.error();
        if (connection) {
            const auto reply = ask(**connection, {"ECHO", std::string(1000, 'e')});
            QVERIFY(!reply || reply->text == std::string(1000, 'e'));
            error = reply ? Error{ErrorKind::Tls, u"-"_s, u"-"_s} : reply.error();
        }
        QVERIFY2(error.kind == ErrorKind::Tls || error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout,
            qPrintable(u"%1: %2"_s.arg(i).arg(error.detail)));
        QVERIFY(!error.subject.isEmpty() && !error.detail.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
