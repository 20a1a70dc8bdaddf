// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyrange.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace std::string_literals;

class TestKeyRange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void boundsAllKeysWithThePrefix_data();
    void boundsAllKeysWithThePrefix();
    void rangeTakesInThePrefixItself();
};

void TestKeyRange::boundsAllKeysWithThePrefix_data()
{
    QTest::addColumn<QByteArray>("prefix");
    QTest::addColumn<QByteArray>("bound");
    QTest::addRow("a letter") << QByteArray("user:") << QByteArray("user;");
    QTest::addRow("carry over 0xFF") << QByteArray("a\xFF\xFF") << QByteArray("b");
    QTest::addRow("0x7F is not signed") << QByteArray("a\x7F") << QByteArray("a\x80");
    QTest::addRow("below 0xFF") << QByteArray("a\xFE") << QByteArray("a\xFF");
    QTest::addRow("a zero byte") << QByteArray("a\0", 2) << QByteArray("a\1");
    QTest::addRow("nothing") << QByteArray() << QByteArray();
    QTest::addRow("only 0xFF") << QByteArray("\xFF\xFF") << QByteArray();
}

void TestKeyRange::boundsAllKeysWithThePrefix()
{
    QFETCH(QByteArray, prefix);
    QFETCH(QByteArray, bound);
    const auto found = upperBound(prefix.toStdString());
    QCOMPARE(found.has_value(), !bound.isEmpty());
    QCOMPARE(QByteArray::fromStdString(found.value_or(std::string())), bound);
}

void TestKeyRange::rangeTakesInThePrefixItself()
{
    const KeyRange range = prefixRange("a:");
    QCOMPARE(range.first, "a:"s);
    QCOMPARE(range.end.value(), "a;"s);
    QVERIFY(!prefixRange("").end);
}

QTEST_APPLESS_MAIN(TestKeyRange)
#include "tst_keyrange.moc"
