// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/textmerge.h"

#include <QTest>

#include <random>

using namespace keyglass;

class TestTextMerge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void merges_data();
    void merges();
    void losesNothing();
    void changesApartNeverMeet();
    void manyDifferencesAreOnePlace();
    void findsMarks();
};

void TestTextMerge::merges_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("mine");
    QTest::addColumn<QByteArray>("theirs");
    QTest::addColumn<QByteArray>("merged");
    QTest::addColumn<int>("conflicts");
    const auto row = [](const char* name, const char* base, const char* mine, const char* theirs, const char* merged,
                         int conflicts = 0) {
        QTest::newRow(name) << QByteArray(base) << QByteArray(mine) << QByteArray(theirs) << QByteArray(merged)
                            << conflicts;
    };
    row("nothing at all", "", "", "", "");
    row("nobody changed it", "a\nb\n", "a\nb\n", "a\nb\n", "a\nb\n");
    row("only I changed it", "a\nb\n", "a\nB\n", "a\nb\n", "a\nB\n");
    row("only they changed it", "a\nb\n", "a\nb\n", "A\nb\n", "A\nb\n");
    row("both, the same way", "a\nb\n", "a\nc\n", "a\nc\n", "a\nc\n");
    row("both, different lines", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n");
    row("I add, they delete elsewhere", "a\nb\nc\nd\n", "a\nnew\nb\nc\nd\n", "a\nb\nc\n", "a\nnew\nb\nc\n");
    row("both add at the end", "a\n", "a\nb\n", "a\nc\n", "a\n<<<<<<< mine\nb\n=======\nc\n>>>>>>> theirs\n", 1);
    row("the same line", "a\nb\nc\n", "a\nM\nc\n", "a\nT\nc\n", "a\n<<<<<<< mine\nM\n=======\nT\n>>>>>>> theirs\nc\n",
        1);
    row("only what differs is marked", "x\n", "a\nM\nz\n", "a\nT\nz\n",
        "a\n<<<<<<< mine\nM\n=======\nT\n>>>>>>> theirs\nz\n", 1);
    row("two places", "a\nb\nc\n", "1\nb\n3\n", "4\nb\n6\n",
        "<<<<<<< mine\n1\n=======\n4\n>>>>>>> theirs\nb\n<<<<<<< mine\n3\n=======\n6\n>>>>>>> theirs\n", 2);
    row("a line without an end", "a", "b", "c", "<<<<<<< mine\nb\n=======\nc\n>>>>>>> theirs\n", 1);
    row("they deleted what I changed", "a\nb\n", "a\nM\n", "a\n", "a\n<<<<<<< mine\nM\n=======\n>>>>>>> theirs\n", 1);
    row("line ends of another kind stay", "a\r\nb\r\n", "A\r\nb\r\n", "a\r\nb\r\nc\r\n", "A\r\nb\r\nc\r\n");
}

void TestTextMerge::merges()
{
    QFETCH(const QByteArray, base);
    QFETCH(const QByteArray, mine);
    QFETCH(const QByteArray, theirs);
    QFETCH(const QByteArray, merged);
    QFETCH(const int, conflicts);
    const auto text = [](const QByteArray& bytes) { return std::string_view(bytes.data(), std::size_t(bytes.size())); };
    const MergedText got = mergeLines(text(base), text(mine), text(theirs), {"mine", "theirs"});
    QCOMPARE(QByteArray::fromStdString(got.text), merged);
    QCOMPARE(got.conflicts, std::size_t(conflicts));
    QCOMPARE(hasMergeMarks(got.text), conflicts > 0);
}

/// Random edits: a line that either typed and neither deleted is in the merged text.
void TestTextMerge::losesNothing()
{
    for (unsigned seed = 0; seed < 300; ++seed) {
        std::mt19937 random(seed);
        const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
        std::vector<std::string> base;
        for (unsigned i = 0; i < below(30); ++i) {
            base.push_back("line" + std::to_string(below(8)) + "\n");
        }
        int typed = 0;
        const auto edited = [&](const std::string& by) {
            std::string out;
            for (const std::string& line : base) {
                const unsigned what = below(6);
                if (what == 0) {
                    out += by + std::to_string(++typed) + "\n";
                }
                if (what != 1) {
                    out += line;
                }
            }
            return out;
        };
        std::string whole;
        for (const std::string& line : base) {
            whole += line;
        }
        const std::string mine = edited("mine");
        const std::string theirs = edited("theirs");
        const std::string merged = mergeLines(whole, mine, theirs).text;
        for (int n = 1; n <= typed; ++n) {
            const std::string line =
                (mine.find("mine" + std::to_string(n) + "\n") != std::string::npos ? "mine" : "theirs")
                + std::to_string(n) + "\n";
            QVERIFY2(merged.find(line) != std::string::npos, qPrintable(QString::number(seed)));
        }
        QCOMPARE(mergeLines(whole, whole, theirs).text, theirs);
        QCOMPARE(mergeLines(whole, mine, whole).text, mine);
    }
}

void TestTextMerge::changesApartNeverMeet()
{
    std::string base;
    std::string mine;
    std::string theirs;
    std::string both;
    for (int n = 0; n < 5000; ++n) {
        const std::string line = "line " + std::to_string(n % 700) + "\n";
        const bool isMine = n % 100 == 10;
        const bool isTheirs = n % 100 == 60;
        base += line;
        mine += isMine ? "m" + std::to_string(n) + "\n" : line;
        theirs += isTheirs ? "t" + std::to_string(n) + "\n" : line;
        both += isMine ? "m" + std::to_string(n) + "\n" : isTheirs ? "t" + std::to_string(n) + "\n" : line;
    }
    const MergedText merged = mergeLines(base, mine, theirs);
    QCOMPARE(merged.conflicts, std::size_t(0));
    QCOMPARE(merged.text, both);
}

/// A megabyte in which nothing is alike ends soon, and keeps both.
void TestTextMerge::manyDifferencesAreOnePlace()
{
    std::string base;
    std::string mine;
    std::string theirs;
    for (int n = 0; n < 60'000; ++n) {
        base += "b" + std::to_string(n) + "\n";
        mine += "m" + std::to_string(n) + "\n";
        theirs += "t" + std::to_string(n) + "\n";
    }
    const MergedText merged = mergeLines(base, mine, theirs);
    QCOMPARE(merged.conflicts, std::size_t(1));
    QVERIFY(merged.text.size() > mine.size() + theirs.size());
}

void TestTextMerge::findsMarks()
{
    QVERIFY(!hasMergeMarks("a\n=======\nb"));
    QVERIFY(!hasMergeMarks("a <<<<<<< b"));
    QVERIFY(hasMergeMarks("a\n>>>>>>> b"));
}

QTEST_APPLESS_MAIN(TestTextMerge)
#include "tst_textmerge.moc"
