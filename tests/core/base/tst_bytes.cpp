// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.h"

#include <QLocale>
#include <QObject>
#include <QSet>
#include <QTest>

using namespace keyglass;
using namespace std::string_literals;

class TestBytes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsBytesUnambiguously_data();
    void showsBytesUnambiguously();
    void differentBytesNeverLookTheSame();
    void linesComeBackAsTheyWere_data();
    void linesComeBackAsTheyWere();
    void refusesBadEscapes_data();
    void refusesBadEscapes();
    void escapesGlobs();
    void sizesReadAsPeopleWriteThem();
};

void TestBytes::showsBytesUnambiguously_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addRow("plain") << QByteArray("user:42") << QStringLiteral("user:42");
    QTest::addRow("backslash") << QByteArray("a\\b") << QStringLiteral("a\\\\b");
    QTest::addRow("newline and tab") << QByteArray("a\n\t") << QStringLiteral("a\\n\\t");
    QTest::addRow("zero byte") << QByteArray("a\0b", 3) << QStringLiteral("a\\x00b");
    QTest::addRow("no UTF-8") << QByteArray("\xff\xfe") << QStringLiteral("\\xFF\\xFE");
    QTest::addRow("overlong slash") << QByteArray("\xc0\xaf") << QStringLiteral("\\xC0\\xAF");
    QTest::addRow("surrogate") << QByteArray("\xed\xa0\x80") << QStringLiteral("\\xED\\xA0\\x80");
    QTest::addRow("cut sequence") << QByteArray("\xe2\x82") << QStringLiteral("\\xE2\\x82");
    QTest::addRow("emoji") << QByteArray("\xf0\x9f\x94\x91") << QString::fromUtf8("\xf0\x9f\x94\x91");
    QTest::addRow("Hebrew") << QByteArray("\xd7\xa9") << QString::fromUtf8("\xd7\xa9");
    QTest::addRow("right-to-left override") << QByteArray("\xe2\x80\xae") << QStringLiteral("\\xE2\\x80\\xAE");
    QTest::addRow("zero-width space") << QByteArray("a\xe2\x80\x8b") << QStringLiteral("a\\xE2\\x80\\x8B");
    QTest::addRow("no-break space") << QByteArray("\xc2\xa0") << QStringLiteral("\\xC2\\xA0");
}

void TestBytes::showsBytesUnambiguously()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(displayText(bytes.toStdString()), text);
}

void TestBytes::differentBytesNeverLookTheSame()
{
    QSet<QString> seen;
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            seen.insert(displayText(std::string{static_cast<char>(first), static_cast<char>(second)}));
        }
    }
    QCOMPARE(seen.size(), 65536);
    QVERIFY(displayText("\\xFF") != displayText("\xff"));
}

void TestBytes::linesComeBackAsTheyWere_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addRow("empty") << QByteArray("");
    QTest::addRow("escape of another") << QByteArray("\\xFF");
    QTest::addRow("zero-width stays") << QByteArray("a\xe2\x80\x8b");
    QTest::addRow("next line control") << QByteArray("a\xc2\x85 b");
    QByteArray all;
    for (int byte = 0; byte < 256; ++byte) {
        all.append(static_cast<char>(byte));
    }
    QTest::addRow("every byte") << all;
}

void TestBytes::linesComeBackAsTheyWere()
{
    QFETCH(QByteArray, bytes);
    const std::string line = escapeLine(bytes.toStdString());
    QVERIFY(line.find('\n') == std::string::npos);
    QVERIFY(isUtf8(line));
    const auto back = unescapeLine(line);
    QVERIFY(back.has_value());
    QCOMPARE(*back, bytes.toStdString());
}

void TestBytes::refusesBadEscapes_data()
{
    QTest::addColumn<QString>("line");
    QTest::addRow("cut") << QStringLiteral("a\\");
    QTest::addRow("unknown letter") << QStringLiteral("\\q");
    QTest::addRow("one digit") << QStringLiteral("\\x4");
    QTest::addRow("no digits") << QStringLiteral("\\xZZ");
}

void TestBytes::refusesBadEscapes()
{
    QFETCH(QString, line);
    const auto bytes = unescapeLine(line.toStdString());
    QVERIFY(!bytes.has_value());
    QCOMPARE(bytes.error().kind, ErrorKind::Input);
}

void TestBytes::escapesGlobs()
{
    QCOMPARE(escapeGlob("a[1]*?\\"), "a\\[1\\]\\*\\?\\\\"s);
    QCOMPARE(escapeGlob("plain:key"), "plain:key"s);
}

void TestBytes::sizesReadAsPeopleWriteThem()
{
    const QChar space(0x00A0);
    QCOMPARE(sizeText(ByteCount{0}), QStringLiteral("0") + space + u'B');
    QCOMPARE(sizeText(ByteCount{1229}), QStringLiteral("1.2") + space + QStringLiteral("KB"));
    QCOMPARE(sizeText(ByteCount{512ULL << 20U}), QStringLiteral("512.0") + space + QStringLiteral("MB"));
    QLocale::setDefault(QLocale(QLocale::German)); // where 1.229 would be a thousand and more
    const QString german = sizeText(ByteCount{1229});
    QLocale::setDefault(QLocale::c());
    QCOMPARE(german, QStringLiteral("1,2") + space + QStringLiteral("KB"));
}

QTEST_APPLESS_MAIN(TestBytes)
#include "tst_bytes.moc"
