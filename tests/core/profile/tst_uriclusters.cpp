// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/errortext.h"
#include "core/profile/uri.h"
#include "tests/core/profile/wronguri.h"

#include <QObject>
#include <QStringList>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

QString placesOf(const Profile& profile)
{
    QStringList places;
    for (const HostPort& place : profile.allSeeds()) {
        places.append(place.text());
    }
    return places.join(u' ');
}

} // namespace

/// URIs of clusters and Sentinels; tst_uri has what is common to all.
class TestUriClusters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsClusters_data();
    void readsClusters();
    void readsSentinels_data();
    void readsSentinels();
    void readsCredentialsOfBoth();
    void readsSwitches();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void survivesWritingAndReading_data();
    void survivesWritingAndReading();
    void neverWritesAPassword();
};

void TestUriClusters::readsClusters_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("places");
    QTest::addColumn<bool>("tls");
    QTest::addRow("one node") << u"redis+cluster://a:7001"_s << u"a:7001"_s << false;
    QTest::addRow("several") << u"redis+cluster://a:1,b,[::1]:3,[::2]"_s << u"a:1 b:6379 [::1]:3 [::2]:6379"_s << false;
    QTest::addRow("TLS") << u"rediss+cluster://a:1,b:2"_s << u"a:1 b:2"_s << true;
    QTest::addRow("Valkey's own") << u"valkey+cluster://a"_s << u"a:6379"_s << false;
    QTest::addRow("Valkey's own, TLS") << u"valkeys+cluster://a"_s << u"a:6379"_s << true;
    QTest::addRow("with a dash") << u"rediss-cluster://a"_s << u"a:6379"_s << true;
    QTest::addRow("upper case") << u"REDIS+CLUSTER://a"_s << u"a:6379"_s << false;
    QTest::addRow("more nodes as options") << u"redis-cluster://a:1?node=b:2&addr=c"_s << u"a:1 b:2 c:6379"_s << false;
    QTest::addRow("slash at the end") << u"redis+cluster://a:1,b:2/"_s << u"a:1 b:2"_s << false;
    QTest::addRow("database as path") << u"redis+cluster://a/3"_s << u"a:6379"_s << false;
    QTest::addRow("database as option") << u"redis+cluster://a?db=3"_s << u"a:6379"_s << false;
}

void TestUriClusters::readsClusters()
{
    QFETCH(QString, uri);
    const auto target = parseUri(uri);
    QVERIFY2(target, target ? "" : qPrintable(errorText(target.error())));
    QCOMPARE(target->profile.kind, ProfileKind::Cluster);
    QTEST(placesOf(target->profile), "places");
    QTEST(target->profile.tls.enabled, "tls");
    QCOMPARE(target->profile.database, 0); // a cluster has no other
    QVERIFY(!target->profile.useSeedAddress);
    QVERIFY(problemsOf(target->profile).empty());
}

void TestUriClusters::readsSentinels_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("places");
    QTest::addColumn<QString>("master");
    QTest::addColumn<int>("database");
    QTest::addColumn<bool>("tls");
    QTest::addRow("one") << u"redis+sentinel://a:7/main"_s << u"a:7"_s << u"main"_s << 0 << false;
    QTest::addRow("several") << u"redis+sentinel://a,b:2,[::1]/main"_s << u"a:26379 b:2 [::1]:26379"_s << u"main"_s << 0
                             << false;
    QTest::addRow("database") << u"redis+sentinel://a/main/3"_s << u"a:26379"_s << u"main"_s << 3 << false;
    QTest::addRow("database as option") << u"redis+sentinel://a/main?db=3"_s << u"a:26379"_s << u"main"_s << 3 << false;
    QTest::addRow("TLS") << u"rediss+sentinel://a/main"_s << u"a:26379"_s << u"main"_s << 0 << true;
    QTest::addRow("Valkey's own") << u"valkeys+sentinel://a/main"_s << u"a:26379"_s << u"main"_s << 0 << true;
    QTest::addRow("percent-encoded") << u"redis+sentinel://a/my%20main%2F1/2"_s << u"a:26379"_s << u"my main/1"_s << 2
                                     << false;
    QTest::addRow("a number for a name") << u"redis+sentinel://a/6/2"_s << u"a:26379"_s << u"6"_s << 2 << false;
    QTest::addRow("as Lettuce writes it")
        << u"redis-sentinel://a,b:2/3#main"_s << u"a:26379 b:2"_s << u"main"_s << 3 << false;
    QTest::addRow("as Lettuce writes it, without database")
        << u"rediss-sentinel://a#main"_s << u"a:26379"_s << u"main"_s << 0 << true;
    QTest::addRow("as an option of Lettuce")
        << u"redis-sentinel://a/3?sentinelMasterId=main"_s << u"a:26379"_s << u"main"_s << 3 << false;
    QTest::addRow("as fred writes it") << u"redis-sentinel://a:1/3?node=b:2&sentinelServiceName=main"_s << u"a:1 b:2"_s
                                       << u"main"_s << 3 << false;
}

void TestUriClusters::readsSentinels()
{
    QFETCH(QString, uri);
    const auto target = parseUri(uri);
    QVERIFY2(target, target ? "" : qPrintable(errorText(target.error())));
    QCOMPARE(target->profile.kind, ProfileKind::Sentinel);
    QTEST(placesOf(target->profile), "places");
    QTEST(target->profile.sentinelMaster, "master");
    QTEST(target->profile.database, "database");
    QTEST(target->profile.tls.enabled, "tls");
    QTEST(target->profile.sentinelTls.enabled, "tls");
    QVERIFY(target->profile.sentinelTls.verify);
    QVERIFY(!target->password && !target->sentinelPassword);
    QVERIFY(problemsOf(target->profile).empty());
}

void TestUriClusters::readsCredentialsOfBoth()
{
    const auto target = parseUri(u"redis+sentinel://bob:pw@a,b/main?sentinel-user=w%40&sentinel-password=s%26p"_s);
    QVERIFY(target);
    QCOMPARE(target->profile.user, u"bob"_s);
    QCOMPARE(target->password, u"pw"_s);
    QCOMPARE(target->profile.passwordSource, PasswordSource::Asked);
    QCOMPARE(target->profile.sentinelUser, u"w@"_s);
    QCOMPARE(target->sentinelPassword, u"s&p"_s);
    QCOMPARE(target->profile.sentinelPasswordSource, PasswordSource::Asked);
    const auto other = parseUri(u"redis-sentinel://a?sentinelUsername=w&sentinelPassword=s&sentinelServiceName=m"_s);
    QVERIFY(other);
    QCOMPARE(other->profile.sentinelUser, u"w"_s);
    QCOMPARE(other->sentinelPassword, u"s"_s);
    QVERIFY(!other->password);
    const auto cluster = parseUri(u"redis+cluster://bob:pw@a:1,b:2"_s);
    QVERIFY(cluster);
    QCOMPARE(cluster->profile.user, u"bob"_s);
    QCOMPARE(cluster->password, u"pw"_s);
    QCOMPARE(placesOf(cluster->profile), u"a:1 b:2"_s);
}

void TestUriClusters::readsSwitches()
{
    QVERIFY(parseUri(u"redis+cluster://a?use-seed-address=yes"_s)->profile.useSeedAddress);
    QVERIFY(!parseUri(u"redis://a?use-seed-address=yes"_s)->profile.useSeedAddress);
    const Profile beside = parseUri(u"rediss+sentinel://a/main?sentinel-tls=no"_s)->profile;
    QVERIFY(beside.tls.enabled && !beside.sentinelTls.enabled);
    const Profile reverse = parseUri(u"redis+sentinel://a/main?sentinel-tls=true"_s)->profile;
    QVERIFY(!reverse.tls.enabled && reverse.sentinelTls.enabled);
}

void TestUriClusters::saysWhatIsWrong_data()
{
    addWrongUriColumns();
    QTest::addRow("cluster without a host") << u"redis+cluster://"_s << u"host is missing"_s;
    QTest::addRow("comma at the end") << u"redis+cluster://a:1,"_s << u"host is missing"_s;
    QTest::addRow("two commas") << u"redis+cluster://a:1,,b:2"_s << u"host is missing"_s;
    QTest::addRow("bad port of a seed") << u"redis+cluster://a:1,b:0"_s << u"from 1 to 65535"_s;
    QTest::addRow("bad port of an option") << u"redis+cluster://a?node=b:x"_s << u"from 1 to 65535"_s;
    QTest::addRow("space in a seed") << u"redis+cluster://a:1,b c"_s << u"without spaces"_s;
    QTest::addRow("IPv6 without brackets") << u"redis+cluster://a:1,::1"_s << u"IPv6"_s;
    QTest::addRow("commas are for clusters") << u"redis://a:1,b:2"_s << u"IPv6"_s;
    QTest::addRow("a name behind a cluster") << u"redis+cluster://a/main"_s << u"database is a number"_s;
    QTest::addRow("no master") << u"redis+sentinel://a:1"_s << u"name of the master is missing"_s;
    QTest::addRow("no master, slash") << u"redis+sentinel://a:1/"_s << u"name of the master is missing"_s;
    QTest::addRow("no master, database") << u"redis+sentinel://a:1//3"_s << u"name of the master is missing"_s;
    QTest::addRow("bad database") << u"redis+sentinel://a/main/shop"_s << u"database is a number"_s;
    QTest::addRow("something behind the database") << u"redis+sentinel://a/main/3/4"_s << u"database is a number"_s;
    QTest::addRow("master named twice") << u"redis-sentinel://a/main#main"_s << u"database is a number"_s;
    QTest::addRow("bad switch") << u"redis+sentinel://a/main?sentinel-tls=maybe"_s << u"sentinel-tls is yes or no"_s;
    QTest::addRow("bad switch of a cluster")
        << u"redis+cluster://a?use-seed-address=2"_s << u"use-seed-address is yes or no"_s;
}

void TestUriClusters::saysWhatIsWrong()
{
    checkWhatIsWrong();
}

void TestUriClusters::survivesWritingAndReading_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addRow("cluster") << u"redis+cluster://h:6379"_s;
    QTest::addRow("cluster, TLS, user, seeds") << u"rediss+cluster://b%40b@h:1,[::1]:2,c%2Cd:3"_s;
    QTest::addRow("cluster behind NAT") << u"redis+cluster://h:6379?use-seed-address=yes"_s;
    QTest::addRow("Sentinel") << u"redis+sentinel://h:26379/main"_s;
    QTest::addRow("Sentinel, all of it")
        << u"rediss+sentinel://b@h:1,i:2/my%20main%2F1/3?sentinel-user=w%26&sentinel-tls=no"_s;
    QTest::addRow("Sentinels alone with TLS") << u"redis+sentinel://h:1/main?sentinel-tls=yes"_s;
}

void TestUriClusters::survivesWritingAndReading()
{
    QFETCH(QString, uri);
    const auto target = parseUri(uri);
    QVERIFY2(target, target ? "" : qPrintable(errorText(target.error())));
    QCOMPARE(toUri(target->profile), uri);
}

void TestUriClusters::neverWritesAPassword()
{
    const auto target =
        parseUri(u"redis+sentinel://bob:S3cret@h:1/main?password=S3cret&sentinel-password=S3cret&sentinel-user=w"_s);
    QVERIFY(target);
    QCOMPARE(toUri(target->profile), u"redis+sentinel://bob@h:1/main?sentinel-user=w"_s);
}

QTEST_APPLESS_MAIN(TestUriClusters)
#include "tst_uriclusters.moc"
