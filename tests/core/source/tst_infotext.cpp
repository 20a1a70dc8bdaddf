// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/infotext.h"

#include <QTest>

using namespace keyglass;

class TestInfoText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsValues();
    void readsNumbers();
    void readsParts();
};

void TestInfoText::findsValues()
{
    const InfoText info("# Server\r\nredis_version:7.0.15\r\nexecutable:/a:b\n\r\nempty:\r\nno colon\r\nlast:1");
    QVERIFY(info.value("redis_version") == "7.0.15");
    QVERIFY(info.value("executable") == "/a:b");
    QVERIFY(info.value("empty") == "");
    QVERIFY(info.value("last") == "1");
    QVERIFY(!info.value("no colon"));
    QVERIFY(!info.value("# Server"));
    QCOMPARE(info.lines().size(), std::size_t{4});
    QVERIFY(InfoText("").lines().empty());
    QVERIFY(InfoText("\n\r\n:\n").lines().size() == 1);
}

void TestInfoText::readsNumbers()
{
    const InfoText info("a:12\nb:-1\nc:12x\nd:\ne:18446744073709551616\nf:18446744073709551615");
    QVERIFY(info.number("a") == 12U);
    QVERIFY(!info.number("b"));
    QVERIFY(!info.number("c"));
    QVERIFY(!info.number("d"));
    QVERIFY(!info.number("e"));
    QVERIFY(info.number("f") == UINT64_MAX);
    QVERIFY(!info.number("g"));
}

void TestInfoText::readsParts()
{
    QVERIFY(InfoText::part("keys=5,expires=1,avg_ttl=0", "keys") == 5U);
    QVERIFY(InfoText::part("keys=5,expires=1,avg_ttl=0", "expires") == 1U);
    QVERIFY(!InfoText::part("keys=5,expires=1", "ttl"));
    QVERIFY(!InfoText::part("keys", "keys"));
    QVERIFY(!InfoText::part("usec_per_call=1.5", "usec_per_call"));
    QVERIFY(!InfoText::part("", "keys"));
}

QTEST_APPLESS_MAIN(TestInfoText)
#include "tst_infotext.moc"
