// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/refreshbutton.h"
#include "ui/live/seendifference.h"
#include "ui/live/seenhistory.h"

#include <QObject>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

SeenValue seen(KeyType type, const std::vector<std::vector<std::string>>& rows)
{
    SeenValue value;
    value.at = QDateTime::currentDateTime();
    value.head.type = type;
    value.head.typeName = std::string(keyTypeName(type));
    value.head.length = rows.size();
    value.isWhole = true;
    for (const auto& cells : rows) {
        value.rows.emplace_back(cells.begin(), cells.end());
    }
    return value;
}

} // namespace

class TestSeenHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyWhatIsNewIsKept();
    void theOldestGoesFirst();
    void aKeyHasABound();
    void differences_data();
    void differences();
    void choicesAreKeptAsText_data();
    void choicesAreKeptAsText();
};

void TestSeenHistory::onlyWhatIsNewIsKept()
{
    SeenHistory history;
    QVERIFY(history.of("k").empty());
    QVERIFY(history.add("k", seen(KeyType::Hash, {{"f", "1"}})));
    QVERIFY(!history.add("k", seen(KeyType::Hash, {{"f", "1"}})));
    QVERIFY(history.add("k", seen(KeyType::Hash, {{"f", "2"}})));
    auto ends = seen(KeyType::Hash, {{"f", "2"}});
    ends.head.ttl = Milliseconds{5000};
    QVERIFY(history.add("k", ends));
    ends.head.ttl = Milliseconds{4000}; // it only ran down
    QVERIFY(!history.add("k", ends));
    QVERIFY(history.add("k", seen(KeyType::Set, {{"f"}})));
    QCOMPARE(history.of("k").size(), 4);
    QCOMPARE(history.of("k").front().rows.front()[1].bytes, std::string("1"));
    QVERIFY(history.of("other").empty());
}

void TestSeenHistory::theOldestGoesFirst()
{
    const std::string large(1000, 'x');
    SeenHistory history(5000);
    QVERIFY(history.add("a", seen(KeyType::String, {{large}})));
    for (char each = 'a'; each < 'j'; ++each) {
        QVERIFY(history.add("b", seen(KeyType::String, {{large + each}})));
        QVERIFY(history.bytes() <= 5000);
    }
    QVERIFY(history.of("a").empty());
    QVERIFY(!history.of("b").empty());
    QCOMPARE(history.of("b").back().rows.front()[0].bytes, large + 'i');
}

void TestSeenHistory::aKeyHasABound()
{
    SeenHistory history;
    for (std::size_t n = 0; n < SeenHistory::mostOfOneKey + 10; ++n) {
        QVERIFY(history.add("k", seen(KeyType::String, {{std::to_string(n)}})));
    }
    QCOMPARE(history.of("k").size(), SeenHistory::mostOfOneKey);
    QCOMPARE(history.of("k").front().rows.front()[0].bytes, std::string("10"));
}

void TestSeenHistory::differences_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<std::vector<std::vector<std::string>>>("before");
    QTest::addColumn<std::vector<std::vector<std::string>>>("after");
    QTest::addColumn<QStringList>("changed");
    QTest::addColumn<QString>("text");
    using Rows = std::vector<std::vector<std::string>>;
    QTest::newRow("string") << KeyType::String << Rows{{"a"}} << Rows{{"b"}} << QStringList{u""_s}
                            << u"value changed"_s;
    QTest::newRow("document") << KeyType::Json << Rows{{"[1]"}} << Rows{{"[2]"}} << QStringList{u""_s}
                              << u"value changed"_s;
    QTest::newRow("hash") << KeyType::Hash << Rows{{"same", "1"}, {"other", "1"}, {"gone", "1"}}
                          << Rows{{"other", "2"}, {"new", "1"}, {"same", "1"}}
                          << QStringList{u"other"_s, u"new"_s, u"gone"_s} << u"1 changed, 1 new, 1 gone"_s;
    QTest::newRow("list") << KeyType::List << Rows{{"a"}, {"b"}} << Rows{{"a"}, {"c"}} << QStringList{u"1"_s}
                          << u"1 changed"_s;
    QTest::newRow("set") << KeyType::Set << Rows{{"a"}, {"b"}} << Rows{{"b"}} << QStringList{u"a"_s} << u"1 gone"_s;
    QTest::newRow("sorted set") << KeyType::SortedSet << Rows{{"a", "1"}} << Rows{{"a", "2"}} << QStringList{u"a"_s}
                                << u"1 changed"_s;
    QTest::newRow("stream") << KeyType::Stream << Rows{{"1-1", "f", "v"}} << Rows{{"1-1", "f", "v"}, {"2-1", "f", "w"}}
                            << QStringList{u"2-1"_s} << u"1 new"_s;
    QTest::newRow("nothing that was seen")
        << KeyType::Set << Rows{{"a"}} << Rows{{"a"}} << QStringList{} << u"changed outside of what was on screen"_s;
}

void TestSeenHistory::differences()
{
    QFETCH(const KeyType, type);
    QFETCH(const std::vector<std::vector<std::string>>, before);
    QFETCH(const std::vector<std::vector<std::string>>, after);
    QFETCH(const QStringList, changed);
    QFETCH(const QString, text);
    QStringList found;
    for (const SeenDifference& row : compareSeen(seen(type, before), seen(type, after))) {
        if (row.isChange()) {
            found.append(QString::fromStdString(row.name));
        }
    }
    QCOMPARE(found, changed);
    QCOMPARE(differenceText(seen(type, before), seen(type, after)), text);
}

void TestSeenHistory::choicesAreKeptAsText_data()
{
    using Way = RefreshChoice::Way;
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<RefreshChoice>("choice");
    QTest::newRow("off") << QByteArray("off") << RefreshChoice{Way::Off, {}};
    QTest::newRow("tell") << QByteArray("tell") << RefreshChoice{Way::Tell, {}};
    QTest::newRow("reload") << QByteArray("reload") << RefreshChoice{Way::Reload, {}};
    QTest::newRow("every 5 s") << QByteArray("every 5000") << RefreshChoice{Way::Every, Milliseconds{5000}};
}

void TestSeenHistory::choicesAreKeptAsText()
{
    QFETCH(const QByteArray, text);
    QFETCH(const RefreshChoice, choice);
    QCOMPARE(refreshChoiceText(choice), text);
    QVERIFY(refreshChoiceFrom(text) == choice);
    for (const char* bad : {"", "every", "every x", "every 0", "every -5", "often"}) {
        QVERIFY2(refreshChoiceFrom(bad) == RefreshChoice{}, bad);
    }
}

QTEST_MAIN(TestSeenHistory)
#include "tst_seenhistory.moc"
