// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/indexadvice.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using Kind = IndexAdvice::Kind;

namespace {

TableSchema schemaOf(bool qtyIndexed)
{
    return {"shop.items", TableLayout::Braced,
        {{"sku", "string", true}, {"qty", "integer", qtyIndexed}, {"made", "date", false}}, {}};
}

RowFilter filterOf(const std::vector<std::string>& words)
{
    return parseFilter(words).value();
}

} // namespace

class TestIndexAdvice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhichIndexWouldHelp_data();
    void saysWhichIndexWouldHelp();
    void saysWhichIndexNobodyUses();
    void forgetsWhatIsNotSoAnyMore();
};

void TestIndexAdvice::saysWhichIndexWouldHelp_data()
{
    QTest::addColumn<QByteArrayList>("words");
    QTest::addColumn<int>("times");
    QTest::addColumn<QString>("column"); // empty: none
    const auto row = [](const char* name, const QByteArrayList& words, int times, const char* column) {
        QTest::addRow("%s", name) << words << times << QString::fromLatin1(column);
    };
    using L = QByteArrayList;
    row("asked for often", L{"qty=5"}, 3, "qty");
    row("asked for seldom", L{"qty=5"}, 2, "");
    row("a range is not answered by an index", L{"qty>5"}, 9, "");
    row("another index answers it", L{"sku=A1", "AND", "qty=5"}, 9, "");
    row("both sides of an OR would have to have one", L{"qty=5", "OR", "made=2024-01-31"}, 9, "");
    row("all rows are wanted", L{}, 9, "");
}

void TestIndexAdvice::saysWhichIndexWouldHelp()
{
    QFETCH(const QByteArrayList, words);
    QFETCH(const int, times);
    QFETCH(const QString, column);
    std::vector<std::string> asked;
    for (const QByteArray& word : words) {
        asked.push_back(word.toStdString());
    }
    IndexHistory history;
    for (int n = 0; n < times; ++n) {
        history.record(asked.empty() ? RowFilter{} : filterOf(asked), schemaOf(false), 1000);
    }
    const auto advice = history.advice(schemaOf(false));
    QCOMPARE(advice.size(), column.isEmpty() ? 0U : 1U);
    if (!column.isEmpty()) {
        const IndexAdvice wanted{Kind::Add, column.toStdString(), std::uint64_t(times), std::uint64_t(times) * 1000};
        QCOMPARE(advice.front(), wanted);
        QVERIFY(advice.front().text().contains(column));
    }
}

void TestIndexAdvice::saysWhichIndexNobodyUses()
{
    IndexHistory history;
    for (std::uint64_t n = 1; n < IndexHistory::enoughToDrop; ++n) {
        history.record(filterOf({"made=2024-01-31"}), schemaOf(true), 10);
    }
    const auto kinds = [&history] {
        std::vector<std::string> all;
        for (const IndexAdvice& advice : history.advice(schemaOf(true))) {
            all.push_back((advice.kind == Kind::Add ? "add " : "drop ") + advice.column);
        }
        return all;
    };
    QCOMPARE(kinds(), std::vector<std::string>{"add made"}); // too few yet to say that an index is no use
    history.record(filterOf({"sku=A1"}), schemaOf(true), 1);
    QCOMPARE(kinds(), (std::vector<std::string>{"add made", "drop qty"})); // sku's was used
}

void TestIndexAdvice::forgetsWhatIsNotSoAnyMore()
{
    IndexHistory history;
    for (int n = 0; n < 5; ++n) {
        history.record(filterOf({"qty=5"}), schemaOf(false), 1000);
    }
    QCOMPARE(history.advice(schemaOf(false)).size(), 1U);
    QVERIFY(history.advice(schemaOf(true)).empty()); // it has got its index
    QCOMPARE(history.queries(), 5U);
}

QTEST_GUILESS_MAIN(TestIndexAdvice)
#include "tst_indexadvice.moc"
