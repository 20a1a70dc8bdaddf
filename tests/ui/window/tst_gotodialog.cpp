// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/commandpalette.h"
#include "ui/window/gotodialog.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestGoToDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsRowsAndShares_data();
    void readsRowsAndShares();
    void readsNamesAsTheyAreShown();
    void findsCommandsByTheBeginningsOfTheirWords();
};

void TestGoToDialog::readsRowsAndShares_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("row");   ///< -1: not a row
    QTest::addColumn<double>("share"); ///< -1: not a share
    QTest::addRow("a number") << u"17"_s << qint64(17) << -1.0;
    QTest::addRow("grouped") << u"1,204,332"_s << qint64(1'204'332) << -1.0;
    QTest::addRow("with a mark") << u"# 5"_s << qint64(5) << -1.0;
    QTest::addRow("a share") << u"62 %"_s << qint64(-1) << 0.62;
    QTest::addRow("all") << u"100%"_s << qint64(-1) << 1.0;
    QTest::addRow("row zero") << u"0"_s << qint64(-1) << -1.0;
    QTest::addRow("too much") << u"101%"_s << qint64(-1) << -1.0;
    QTest::addRow("negative") << u"-3"_s << qint64(-1) << -1.0;
    QTest::addRow("words") << u"user"_s << qint64(-1) << -1.0;
    QTest::addRow("nothing") << u""_s << qint64(-1) << -1.0;
}

void TestGoToDialog::readsRowsAndShares()
{
    QFETCH(QString, text);
    QFETCH(qint64, row);
    QFETCH(double, share);
    const auto place = rowFromText(text);
    QCOMPARE(place.has_value(), row >= 0 || share >= 0);
    if (row >= 0) {
        QCOMPARE(std::get<std::uint64_t>(*place), static_cast<std::uint64_t>(row));
    } else if (share >= 0) {
        QCOMPARE(std::get<double>(*place), share);
    }
}

void TestGoToDialog::readsNamesAsTheyAreShown()
{
    const auto name = [](const QString& text) { return std::get<std::string>(*keyFromText(text)); };
    QCOMPARE(name(u"user:42"_s), "user:42");
    QCOMPARE(name(u"a*b"_s), "a*b");
    QCOMPARE(name(u"line\\nend\\\\"_s), "line\nend\\");
    QCOMPARE(name(u"\\x00\\xff"_s), std::string("\0\xff", 2));
    QVERIFY(!keyFromText(u"bad\\q"_s));
}

void TestGoToDialog::findsCommandsByTheBeginningsOfTheirWords()
{
    QVERIFY(matchesWords(u"Go to key"_s, u"key go"_s));
    QVERIFY(matchesWords(u"Go to key"_s, u""_s));
    QVERIFY(matchesWords(u"Scan this folder again"_s, u"FOL sc"_s));
    QVERIFY(!matchesWords(u"Go to key"_s, u"row"_s));
    QVERIFY(!matchesWords(u"Go to key"_s, u"ey"_s));
}

QTEST_GUILESS_MAIN(TestGoToDialog)
#include "tst_gotodialog.moc"
