// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/profile.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace Qt::StringLiterals;

class TestProfile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhereItGoes_data();
    void saysWhereItGoes();
    void keepsTheSecretsApart();
};

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
