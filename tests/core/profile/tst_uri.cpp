// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/errortext.h"
#include "core/profile/uri.h"
#include "tests/core/profile/wronguri.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestUri : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAddresses_data();
    void readsAddresses();
    void readsCredentials_data();
    void readsCredentials();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void keepsThePasswordOutOfErrors_data();
    void keepsThePasswordOutOfErrors();
    void namesSchemesThatAreMissing_data();
    void namesSchemesThatAreMissing();
    void survivesWritingAndReading_data();
    void survivesWritingAndReading();
    void neverWritesAPassword();
    void tellsUrisFromHosts_data();
    void tellsUrisFromHosts();
};

void TestUri::readsAddresses_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("database");
    QTest::addColumn<bool>("tls");
    QTest::addRow("host alone") << u"redis://cache.example"_s << u"cache.example:6379"_s << 0 << false;
    QTest::addRow("host and port") << u"redis://10.0.0.7:7001"_s << u"10.0.0.7:7001"_s << 0 << false;
    QTest::addRow("highest port") << u"redis://h:65535"_s << u"h:65535"_s << 0 << false;
    QTest::addRow("empty port") << u"redis://h:/2"_s << u"h:6379"_s << 2 << false;
    QTest::addRow("IPv6") << u"redis://[::1]:7001/3"_s << u"[::1]:7001"_s << 3 << false;
    QTest::addRow("IPv6 without port") << u"redis://[fe80::1%25eth0]"_s << u"[fe80::1%eth0]:6379"_s << 0 << false;
    QTest::addRow("TLS") << u"rediss://h:6380/1"_s << u"h:6380"_s << 1 << true;
    QTest::addRow("Valkey's own") << u"valkey://h/1"_s << u"h:6379"_s << 1 << false;
    QTest::addRow("Valkey's own, TLS") << u"valkeys://h"_s << u"h:6379"_s << 0 << true;
    QTest::addRow("upper case") << u"REDISS://h"_s << u"h:6379"_s << 0 << true;
    QTest::addRow("pasted with spaces") << u"  redis://h:1\n"_s << u"h:1"_s << 0 << false;
    QTest::addRow("slash at the end") << u"redis://h/"_s << u"h:6379"_s << 0 << false;
    QTest::addRow("database as option") << u"redis://h?db=12"_s << u"h:6379"_s << 12 << false;
    QTest::addRow("the same database twice") << u"redis://h/4?db=4"_s << u"h:6379"_s << 4 << false;
    QTest::addRow("options of other programs")
        << u"redis://h/4?protocol=3&ssl_cert_reqs=none"_s << u"h:6379"_s << 4 << false;
    QTest::addRow("fragment") << u"redis://h/4#here"_s << u"h:6379"_s << 4 << false;
    QTest::addRow("socket") << u"redis+unix:///run/redis/r.sock"_s << u"/run/redis/r.sock"_s << 0 << false;
    QTest::addRow("socket and database") << u"redis+unix:///run/r.sock?db=5"_s << u"/run/r.sock"_s << 5 << false;
    QTest::addRow("socket, percent-encoded")
        << u"redis+unix:///run/my%20r%3F.sock"_s << u"/run/my r?.sock"_s << 0 << false;
    QTest::addRow("socket, as redis-py writes it") << u"unix:///run/r.sock"_s << u"/run/r.sock"_s << 0 << false;
    QTest::addRow("socket, as Lettuce writes it")
        << u"redis-socket:///run/r.sock?database=2"_s << u"/run/r.sock"_s << 2 << false;
}

void TestUri::readsAddresses()
{
    QFETCH(QString, uri);
    const auto target = parseUri(uri);
    QVERIFY2(target, target ? "" : qPrintable(errorText(target.error())));
    QTEST(target->profile.address(), "address");
    QTEST(target->profile.database, "database");
    QTEST(target->profile.tls.enabled, "tls");
    QVERIFY(target->profile.tls.verify);
    QVERIFY(!target->password);
}

void TestUri::readsCredentials_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addRow("user and password") << u"redis://bob:pw@h"_s << u"bob"_s << u"pw"_s;
    QTest::addRow("password alone") << u"redis://:pw@h"_s << u""_s << u"pw"_s;
    QTest::addRow("percent-encoded") << u"redis://b%40b:p%2Fw%3A%25%23@h"_s << u"b@b"_s << u"p/w:%#"_s;
    QTest::addRow("UTF-8") << u"redis://:p%C3%A4ss@h"_s << u""_s << u"päss"_s;
    QTest::addRow("not encoded, not ASCII") << u"redis://:päss@h"_s << u""_s << u"päss"_s;
    QTest::addRow("colon in the password") << u"redis://u:a:b@h"_s << u"u"_s << u"a:b"_s;
    QTest::addRow("@ in the password") << u"redis://u:a@b@h"_s << u"u"_s << u"a@b"_s;
    QTest::addRow("plus stays a plus") << u"redis://:a+b@h"_s << u""_s << u"a+b"_s;
    QTest::addRow("socket") << u"redis+unix://u:pw@/run/r.sock"_s << u"u"_s << u"pw"_s;
    QTest::addRow("as options") << u"redis://h?user=u&password=p%26w"_s << u"u"_s << u"p&w"_s;
}

void TestUri::readsCredentials()
{
    QFETCH(QString, uri);
    const auto target = parseUri(uri);
    QVERIFY2(target, target ? "" : qPrintable(errorText(target.error())));
    QTEST(target->profile.user, "user");
    QVERIFY(target->password);
    QTEST(*target->password, "password");
    QCOMPARE(target->profile.passwordSource, PasswordSource::Asked);
}

void TestUri::saysWhatIsWrong_data()
{
    addWrongUriColumns();
    QTest::addRow("nothing") << u""_s << u"begins with redis://"_s;
    QTest::addRow("a scheme of something else") << u"mysql://h"_s << u"redis+cluster:// or redis+sentinel://"_s;
    QTest::addRow("no scheme") << u"10.0.0.7:6379"_s << u"begins with redis://"_s;
    QTest::addRow("scheme alone") << u"redis://"_s << u"host is missing"_s;
    QTest::addRow("port alone") << u"redis://:6379"_s << u"host is missing"_s;
    QTest::addRow("no host behind @") << u"redis://bob:pw@"_s << u"host is missing"_s;
    QTest::addRow("space in the host") << u"redis://my host"_s << u"without spaces"_s;
    QTest::addRow("port 0") << u"redis://h:0"_s << u"from 1 to 65535"_s;
    QTest::addRow("port too large") << u"redis://h:65536"_s << u"from 1 to 65535"_s;
    QTest::addRow("port far too large") << u"redis://h:99999999999999"_s << u"from 1 to 65535"_s;
    QTest::addRow("port is a word") << u"redis://h:port"_s << u"from 1 to 65535"_s;
    QTest::addRow("port with a sign") << u"redis://h:+1"_s << u"from 1 to 65535"_s;
    QTest::addRow("negative port") << u"redis://h:-1"_s << u"from 1 to 65535"_s;
    QTest::addRow("database is a word") << u"redis://h/shop"_s << u"database is a number"_s;
    QTest::addRow("negative database") << u"redis://h/-1"_s << u"database is a number"_s;
    QTest::addRow("database too large") << u"redis://h/2147483648"_s << u"database is a number"_s;
    QTest::addRow("bad database option") << u"redis://h?db=x"_s << u"database is a number"_s;
    QTest::addRow("two databases") << u"redis://h/1?db=2"_s << u"two different databases"_s;
    QTest::addRow("unknown joint") << u"redis+hive://h"_s << u"redis+hive:// is not known"_s;
    QTest::addRow("joint without a kind") << u"redis+://h"_s << u"redis+:// is not known"_s;
    QTest::addRow("unknown scheme") << u"http://h"_s << u"http:// is not known"_s;
    QTest::addRow("IPv6 without brackets") << u"redis://::1:6379"_s << u"IPv6"_s;
    QTest::addRow("bracket not closed") << u"redis://[::1"_s << u"IPv6"_s;
    QTest::addRow("text behind the bracket") << u"redis://[::1]x"_s << u"IPv6"_s;
    QTest::addRow("stray percent sign") << u"redis://:100%@h"_s << u"In the password, a percent sign"_s;
    QTest::addRow("cut percent sign") << u"redis://u%2:x@h"_s << u"In the user"_s;
    QTest::addRow("raw slash in the password") << u"redis://u:a/b@h"_s << u"%2F"_s;
    QTest::addRow("raw question mark in the password") << u"redis://u:a?b@h"_s << u"%3F"_s;
    QTest::addRow("socket without path") << u"redis+unix://"_s << u"three slashes"_s;
    QTest::addRow("socket with two slashes") << u"redis+unix://run/r.sock"_s << u"three slashes"_s;
}

void TestUri::saysWhatIsWrong()
{
    checkWhatIsWrong();
}

void TestUri::keepsThePasswordOutOfErrors_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addRow("bad port") << u"redis://bob:S3cret@h:0"_s;
    QTest::addRow("bad database") << u"redis://bob:S3cret@h/x"_s;
    QTest::addRow("missing host") << u"redis://bob:S3cret@"_s;
    QTest::addRow("unknown scheme") << u"gopher://bob:S3cret@h"_s;
    QTest::addRow("scheme not built in") << u"redis+ssh://bob:S3cret@h"_s;
    QTest::addRow("cluster, bad port") << u"redis+cluster://bob:S3cret@h:1,h:0"_s;
    QTest::addRow("cluster, user before each host") << u"redis+cluster://bob:S3cret@a:1,bob:S3cret@b:x"_s;
    QTest::addRow("Sentinel without a master") << u"redis+sentinel://bob:S3cret@h?sentinel-password=S3cret"_s;
    QTest::addRow("Sentinel, bad database") << u"redis+sentinel://bob:S3cret@h/main/x?sentinel-password=S3cret"_s;
    QTest::addRow("Sentinel, bad switch") << u"redis+sentinel://h/main?sentinel-password=S3cret&sentinel-tls=S3cret"_s;
    QTest::addRow("bad escape") << u"redis://bob:S3cret%@h"_s;
    QTest::addRow("raw slash") << u"redis://bob:/S3cret@h"_s;
    QTest::addRow("raw slash, looks like a port") << u"redis://bob:12/S3cret@h"_s;
    QTest::addRow("raw hash") << u"redis://bob:#S3cret@h"_s;
    QTest::addRow("no scheme") << u"bob:S3cret@h"_s;
    QTest::addRow("the password alone") << u"S3cret"_s;
    QTest::addRow("the @ forgotten") << u"redis://bob:S3cret"_s;
    QTest::addRow("socket") << u"redis+unix://bob:S3cret@run/r.sock"_s;
}

void TestUri::keepsThePasswordOutOfErrors()
{
    QFETCH(QString, uri);
    const auto target = parseUri(uri);
    QVERIFY(!target);
    QVERIFY2(!errorText(target.error()).contains(u"S3cret"_s), qPrintable(errorText(target.error())));
}

void TestUri::namesSchemesThatAreMissing_data()
{
    QTest::addColumn<QString>("scheme");
    for (const char* scheme : {"redis+ssh", "rediss+ssh", "hypercache", "keydb"}) {
        QTest::addRow("%s", scheme) << QString::fromLatin1(scheme);
    }
}

void TestUri::namesSchemesThatAreMissing()
{
    QFETCH(QString, scheme);
    const auto target = parseUri(scheme + u"://a:1,b:2/main"_s);
    QVERIFY(!target);
    QCOMPARE(target.error().kind, ErrorKind::Unsupported);
    QVERIFY2(errorText(target.error()).contains(scheme + u"://"_s), qPrintable(errorText(target.error())));
}

void TestUri::survivesWritingAndReading_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addRow("plain") << u"redis://h:6379"_s;
    QTest::addRow("database") << u"redis://h:7001/15"_s;
    QTest::addRow("TLS and user") << u"rediss://b%40b%3A@h:6380/2"_s;
    QTest::addRow("IPv6") << u"redis://[::1]:6379"_s;
    QTest::addRow("socket") << u"redis+unix:///run/my%20r%3F.sock?db=3"_s;
    QTest::addRow("socket and user") << u"redis+unix://bob@/run/r.sock"_s;
}

void TestUri::survivesWritingAndReading()
{
    QFETCH(QString, uri);
    const auto target = parseUri(uri);
    QVERIFY2(target, target ? "" : qPrintable(errorText(target.error())));
    QCOMPARE(toUri(target->profile), uri);
}

void TestUri::neverWritesAPassword()
{
    const auto target = parseUri(u"redis://bob:S3cret@h:1/2?password=S3cret"_s);
    QVERIFY(target);
    QCOMPARE(toUri(target->profile), u"redis://bob@h:1/2"_s);
}

void TestUri::tellsUrisFromHosts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isUri");
    QTest::addRow("URI") << u"redis://h"_s << true;
    QTest::addRow("URI of something else") << u" http://h "_s << true;
    QTest::addRow("host") << u"cache.example"_s << false;
    QTest::addRow("host and port") << u"cache.example:6379"_s << false;
    QTest::addRow("IPv6") << u"::1"_s << false;
    QTest::addRow("nothing before the slashes") << u"://h"_s << false;
}

void TestUri::tellsUrisFromHosts()
{
    QFETCH(QString, text);
    QTEST(looksLikeUri(text), "isUri");
}

QTEST_APPLESS_MAIN(TestUri)
#include "tst_uri.moc"
