// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/keypattern.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using Kind = KeyPattern::Kind;

class TestKeyPattern : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesTextForWhatItLooksLike_data();
    void takesTextForWhatItLooksLike();
    void refusesWhatCannotBeMeant_data();
    void refusesWhatCannotBeMeant();
    void sendsALiteralPrefixEscaped_data();
    void sendsALiteralPrefixEscaped();
    void looksAtThePrefixAgainByteForByte();
};

void TestKeyPattern::takesTextForWhatItLooksLike_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addRow("nothing") << QByteArray("") << int(Kind::All) << QByteArray("");
    QTest::addRow("plain") << QByteArray("user:") << int(Kind::Prefix) << QByteArray("user:");
    QTest::addRow("star") << QByteArray("user:*") << int(Kind::Glob) << QByteArray("user:*");
    QTest::addRow("question mark") << QByteArray("user:?") << int(Kind::Glob) << QByteArray("user:?");
    QTest::addRow("bracket") << QByteArray("user:[ab]") << int(Kind::Glob) << QByteArray("user:[ab]");
    QTest::addRow("escaped star") << QByteArray("user:\\*") << int(Kind::Prefix) << QByteArray("user:*");
    QTest::addRow("escaped bracket") << QByteArray("a\\[1") << int(Kind::Prefix) << QByteArray("a[1");
    QTest::addRow("hex escape") << QByteArray("a\\xff") << int(Kind::Prefix) << QByteArray("a\xff");
    QTest::addRow("backslash") << QByteArray("a\\\\*") << int(Kind::Glob) << QByteArray("a\\\\*");
    QTest::addRow("lone closing bracket") << QByteArray("a]") << int(Kind::Prefix) << QByteArray("a]");
    QTest::addRow("bracket in bracket") << QByteArray("[[]") << int(Kind::Glob) << QByteArray("[[]");
}

void TestKeyPattern::takesTextForWhatItLooksLike()
{
    QFETCH(QByteArray, text);
    QFETCH(int, kind);
    QFETCH(QByteArray, bytes);
    const auto pattern = KeyPattern::fromText(text.toStdString());
    QVERIFY(pattern.has_value());
    QCOMPARE(int(pattern->kind()), kind);
    QCOMPARE(QByteArray::fromStdString(pattern->bytes()), bytes);
}

void TestKeyPattern::refusesWhatCannotBeMeant_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("unclosed bracket") << QByteArray("user:[ab");
    QTest::addRow("bracket closed by an escape only") << QByteArray("user:[ab\\]");
    QTest::addRow("second bracket unclosed") << QByteArray("[a]*[b");
    QTest::addRow("unknown escape in a prefix") << QByteArray("user\\q");
    QTest::addRow("cut escape in a prefix") << QByteArray("user\\");
}

void TestKeyPattern::refusesWhatCannotBeMeant()
{
    QFETCH(QByteArray, text);
    const auto pattern = KeyPattern::fromText(text.toStdString());
    QVERIFY(!pattern.has_value());
    QCOMPARE(pattern.error().kind, ErrorKind::Input);
    QVERIFY(!pattern.error().detail.isEmpty());
}

void TestKeyPattern::sendsALiteralPrefixEscaped_data()
{
    QTest::addColumn<QByteArray>("prefix");
    QTest::addColumn<QByteArray>("match");
    QTest::addRow("plain") << QByteArray("user:") << QByteArray("user:*");
    QTest::addRow("folder named a[1]") << QByteArray("a[1]:") << QByteArray("a\\[1\\]:*");
    QTest::addRow("folder named *") << QByteArray("*:") << QByteArray("\\*:*");
    QTest::addRow("backslash") << QByteArray("a\\:") << QByteArray("a\\\\:*");
}

void TestKeyPattern::sendsALiteralPrefixEscaped()
{
    QFETCH(QByteArray, prefix);
    QFETCH(QByteArray, match);
    const auto argument = KeyPattern::prefix(prefix.toStdString()).matchArgument();
    QVERIFY(argument.has_value());
    QCOMPARE(QByteArray::fromStdString(*argument), match);
}

void TestKeyPattern::looksAtThePrefixAgainByteForByte()
{
    const KeyPattern pattern = KeyPattern::prefix("a[1]:");
    QVERIFY(pattern.accepts("a[1]:x"));
    QVERIFY(!pattern.accepts("a1:x"));
    QVERIFY(!KeyPattern::exact("a").accepts("ab"));
    QVERIFY(KeyPattern().accepts("anything"));
}

QTEST_APPLESS_MAIN(TestKeyPattern)
#include "tst_keypattern.moc"
