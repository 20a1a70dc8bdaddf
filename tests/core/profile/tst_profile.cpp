// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/profile.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

class TestProfile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesAddressesApart_data();
    void takesAddressesApart();
    void saysWhereItGoes_data();
    void saysWhereItGoes();
    void keepsTheSecretsApart();
};

void TestProfile::takesAddressesApart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host"); // empty: it is none
    QTest::addColumn<int>("port");
    QTest::addRow("host") << u"h"_s << u"h"_s << 0;
    QTest::addRow("host and port") << u"h:7"_s << u"h"_s << 7;
    QTest::addRow("IPv6") << u"::1"_s << u"::1"_s << 0;
    QTest::addRow("IPv6 in brackets") << u"[::1]"_s << u"::1"_s << 0;
    QTest::addRow("IPv6 and port") << u"[::1]:65535"_s << u"::1"_s << 65535;
    QTest::addRow("nothing") << u""_s << u""_s << 0;
    QTest::addRow("port alone") << u":7"_s << u""_s << 0;
    QTest::addRow("no port behind the colon") << u"h:"_s << u""_s << 0;
    QTest::addRow("port 0") << u"h:0"_s << u""_s << 0;
    QTest::addRow("port too large") << u"h:65536"_s << u""_s << 0;
    QTest::addRow("port with a sign") << u"h:+7"_s << u""_s << 0;
    QTest::addRow("spaces") << u"h :7"_s << u""_s << 0;
    QTest::addRow("user") << u"u@h:7"_s << u""_s << 0;
    QTest::addRow("bracket not closed") << u"[::1"_s << u""_s << 0;
    QTest::addRow("empty brackets") << u"[]:7"_s << u""_s << 0;
    QTest::addRow("text behind the bracket") << u"[::1]7"_s << u""_s << 0;
}

void TestProfile::takesAddressesApart()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(int, port);
    const auto place = hostPortFromText(text);
    QCOMPARE(place.has_value(), !host.isEmpty());
    if (place) {
        QCOMPARE(place->host, host);
        QCOMPARE(place->port, port);
        QVERIFY(hostPortFromText(place->text()) == place);
    }
}

void TestProfile::saysWhereItGoes_data()
{
    QTest::addColumn<Profile>("profile");
    QTest::addColumn<QString>("address");
    Profile profile;
    profile.seeds = {{u"unused"_s, 1}};
    QTest::addRow("standalone") << profile << u"127.0.0.1:6379"_s;
    profile.host = u"::1"_s;
    QTest::addRow("IPv6") << profile << u"[::1]:6379"_s;
    profile.kind = ProfileKind::Cluster;
    QTest::addRow("cluster") << profile << u"cluster at [::1]:6379"_s;
    profile = {};
    profile.kind = ProfileKind::Sentinel;
    profile.host = u"a"_s;
    profile.sentinelMaster = u"main"_s;
    QTest::addRow("one Sentinel") << profile << u"main at sentinel a:6379"_s;
    profile.seeds = {{u"b"_s, 2}, {u"c"_s, 3}};
    QTest::addRow("Sentinels") << profile << u"main at sentinels a:6379, b:2, c:3"_s;
    profile.seeds.push_back({u"d"_s, 4});
    QTest::addRow("many Sentinels") << profile << u"main at sentinels a:6379, b:2, c:3, …"_s;
}

void TestProfile::saysWhereItGoes()
{
    QFETCH(Profile, profile);
    QTEST(profile.address(), "address");
    QTEST(profile.title(), "address");
    profile.name = u"shop"_s;
    QCOMPARE(profile.title(), u"shop"_s);
}

void TestProfile::keepsTheSecretsApart()
{
    QVERIFY(sentinelSecretId(u"a"_s) != u"a"_s);
    QVERIFY(sentinelSecretId(u"a"_s) != sentinelSecretId(u"b"_s));
    QVERIFY(sentinelSecretId(newProfileId()) != sentinelSecretId(newProfileId()));
}

QTEST_APPLESS_MAIN(TestProfile)
#include "tst_profile.moc"
