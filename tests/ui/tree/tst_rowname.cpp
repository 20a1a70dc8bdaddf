// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tree/treekeys.h"
#include "ui/tree/rowname.h"
#include "ui/tree/rownames.h"

#include <QFontDatabase>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestRowName : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsBytesUnambiguously_data();
    void showsBytesUnambiguously();
    void marksWhatCouldDeceive_data();
    void marksWhatCouldDeceive();
    void differentNamesLookDifferent();
    void longNamesThatDifferInTheMiddleLookDifferent();
    void cutsNoEscapeInTwo();
    void cutsToTheRoomThereIs();
    void neighboursStayApartWhenCut_data();
    void neighboursStayApartWhenCut();
    void isolatesRightToLeftRuns();
};

namespace {

std::vector<TreeRow> rowsOf(const std::vector<std::string>& names)
{
    std::vector<TreeRow> rows;
    for (const std::string& name : names) {
        TreeRow row;
        row.bytes = name;
        row.labelLength = name.size();
        rows.push_back(row);
    }
    return rows;
}

QFontMetricsF metrics()
{
    return QFontMetricsF(QFontDatabase::systemFont(QFontDatabase::FixedFont));
}

} // namespace

void TestRowName::showsBytesUnambiguously_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addRow("plain") << QByteArray("user") << u"user"_s;
    QTest::addRow("empty") << QByteArray("") << u"(empty name)"_s;
    QTest::addRow("a zero byte") << QByteArray("a\0b", 3) << u"a\\x00b"_s;
    QTest::addRow("the escape of another key") << QByteArray("a\\x00b") << u"a\\\\x00b"_s;
    QTest::addRow("newline and tab") << QByteArray("a\nb\t") << u"a\\nb\\t"_s;
    QTest::addRow("spaces at the ends") << QByteArray("  a b ") << u"··a b·"_s;
    QTest::addRow("spaces only") << QByteArray("  ") << u"··"_s;
    QTest::addRow("a dot at an end") << QByteArray("·a·b·") << u"\\xC2\\xB7a·b\\xC2\\xB7"_s;
    QTest::addRow("no UTF-8") << QByteArray("\xFF\xFE") << u"\\xFF\\xFE"_s;
    QTest::addRow("zero width") << QByteArray("a\xE2\x80\x8B") << u"a\\xE2\\x80\\x8B"_s;
    QTest::addRow("emoji") << QByteArray("😀") << u"😀"_s;
}

void TestRowName::showsBytesUnambiguously()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, text);
    QCOMPARE(rowName(bytes.toStdString()).text, text);
}

void TestRowName::marksWhatCouldDeceive_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("marked");
    QTest::addRow("Latin") << u"cop"_s << 0;
    QTest::addRow("Cyrillic that looks like Latin") << u"сор"_s << 3;
    QTest::addRow("a Cyrillic letter in a Latin word") << u"pаss"_s << 1;
    QTest::addRow("a Cyrillic word that does not look Latin") << u"ключ"_s << 0;
    QTest::addRow("an accent of its own") << u"e\u0301"_s << 1;
    QTest::addRow("an accented letter") << u"é"_s << 0;
}

void TestRowName::marksWhatCouldDeceive()
{
    QFETCH(const QString, name);
    QFETCH(const int, marked);
    qsizetype found = 0;
    for (const RowName::Span& span : rowName(name.toStdString()).spans) {
        found += span.part == RowName::Part::LookAlike ? span.length : 0;
    }
    QCOMPARE(found, marked);
}

void TestRowName::differentNamesLookDifferent()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    static const std::string pieces[]{" ", "·", "\\", "x", "2", "0", "\n", "n", "\xC2", "\xB7", "a", "…"};
    QHash<QString, std::string> seen;
    for (int i = 0; i < 50'000; ++i) {
        std::string bytes;
        for (int n = random.bounded(5); n > 0; --n) {
            bytes += pieces[random.bounded(12)];
        }
        const QString text = rowName(bytes).text;
        const auto before = seen.constFind(text);
        QVERIFY2(before == seen.cend() || *before == bytes, qPrintable(text));
        seen.insert(text, bytes);
    }
}

void TestRowName::longNamesThatDifferInTheMiddleLookDifferent()
{
    std::string one(10'000'000, 'x');
    std::string other = one;
    other[5'000'000] = 'y';
    const RowName name = rowName(one);
    QVERIFY(name.text != rowName(other).text);
    QVERIFY(name.text.contains(u"9.5\u00A0MB"_s));
    QVERIFY(name.text.size() < 500);
    const double width = metrics().horizontalAdvance(QString(30, u'x'));
    const auto names = fittingNames(rowsOf({one, other}), {width, width}, metrics());
    QVERIFY(names[0].text != names[1].text);
}

void TestRowName::cutsNoEscapeInTwo()
{
    const RowName name = rowName(std::string("\0\1\2😀\3\4\5", 10));
    for (qsizetype kept = 0; kept < name.text.size(); ++kept) {
        for (qsizetype head = 0; head <= kept; ++head) {
            const RowName cut = cutInTheMiddle(name, head, kept - head);
            QString rest = cut.text;
            rest.remove(u"…"_s).remove(u"😀"_s);
            for (const QString& escape : {u"\\x00"_s, u"\\x01"_s, u"\\x02"_s, u"\\x03"_s, u"\\x04"_s, u"\\x05"_s}) {
                rest.remove(escape);
            }
            QVERIFY2(rest.isEmpty(), qPrintable(cut.text));
        }
    }
}

void TestRowName::cutsToTheRoomThereIs()
{
    const RowName name = rowName("a:rather:long:name:that:does:not:fit:into:its:column");
    const double letter = metrics().horizontalAdvance(u'x');
    for (int letters = 3; letters < 60; ++letters) {
        const RowName cut = fitted(name, letters * letter, metrics());
        QVERIFY(metrics().horizontalAdvance(cut.text) <= letters * letter + 0.5);
        QVERIFY(cut == name || cut.text.contains(u'…'));
    }
    QCOMPARE(fitted(name, 60 * letter, metrics()), name);
}

void TestRowName::neighboursStayApartWhenCut_data()
{
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("other");
    const QByteArray stem(60, 'a');
    QTest::addRow("differ in the middle") << stem + "1" + stem << stem + "2" + stem;
    QTest::addRow("differ in length") << stem + stem << stem + stem + "a";
    QTest::addRow("differ before the tail") << stem + "bcd" + stem << stem + "bbd" + stem;
    QTest::addRow("a name that looks like a cut one") << QByteArray("aaaaaaaaaaaa…aaaaaaa") << stem;
    QTest::addRow("differ in two bytes that are no text") << stem + "\xFF" + stem << stem + "\xFE" + stem;
}

void TestRowName::neighboursStayApartWhenCut()
{
    QFETCH(const QByteArray, one);
    QFETCH(const QByteArray, other);
    const double letter = metrics().horizontalAdvance(u'x');
    for (int letters = 12; letters < 40; ++letters) {
        const auto names = fittingNames(
            rowsOf({one.toStdString(), other.toStdString()}), {letters * letter, letters * letter}, metrics());
        QVERIFY2(names[0].text != names[1].text, qPrintable(names[0].text));
        QVERIFY(metrics().horizontalAdvance(names[1].text) <= letters * letter + 0.5);
    }
}

void TestRowName::isolatesRightToLeftRuns()
{
    const RowName one = isolatedRuns(rowName("אב1"));
    QCOMPARE(one.text, u"\u2068אב\u20691"_s); // the digit stays behind the letters
    QCOMPARE(isolatedRuns(rowName("1אב")).text, u"1\u2068אב\u2069"_s);
    QCOMPARE(isolatedRuns(rowName("plain")).text, u"plain"_s);
    const RowName moved = isolatedRuns(rowName("אב\n"));
    QCOMPARE(moved.spans, (std::vector<RowName::Span>{{4, 2, RowName::Part::Escape}}));
}

QTEST_MAIN(TestRowName)
#include "tst_rowname.moc"
