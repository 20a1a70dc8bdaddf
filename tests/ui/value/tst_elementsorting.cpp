// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/value/answered.h"
#include "ui/value/elementrows.h"
#include "ui/value/elementsorting.h"
#include "ui/value/valuetablemodel.h"

#include <QAbstractItemModelTester>
#include <QSemaphore>
#include <QTest>
#include <QThreadPool>

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;

namespace {

/// A list that comes as one page.
class WholeList : public ValueSource {
public:
    explicit WholeList(std::vector<std::string> elements)
        : m_elements(std::move(elements))
    {
    }

    QFuture<Result<ValueHead>> loadHead(std::string) override { return answered<ValueHead>(ValueHead()); }
    QFuture<Result<ValuePage>> loadPage(ValuePageRequest request) override
    {
        ValuePage page;
        page.type = request.type;
        for (const std::string& element : m_elements) {
            page.rows.push_back({ValueCell(element)});
        }
        page.total = m_elements.size();
        page.complete = true;
        return answered<ValuePage>(page);
    }
    QFuture<Result<std::string>> loadSlice(ValueSliceRequest) override { return answered<std::string>(std::string()); }

private:
    std::vector<std::string> m_elements;
};

/// Nothing runs on the pool while this is there.
class BusyPool {
public:
    BusyPool()
    {
        auto* pool = QThreadPool::globalInstance();
        m_threads = pool->maxThreadCount();
        pool->setMaxThreadCount(1);
        pool->start([this] { m_held.acquire(); });
    }
    ~BusyPool() { letGo(); }
    BusyPool(const BusyPool&) = delete;
    BusyPool& operator=(const BusyPool&) = delete;
    void letGo()
    {
        if (m_threads > 0) {
            m_held.release();
            QThreadPool::globalInstance()->waitForDone();
            QThreadPool::globalInstance()->setMaxThreadCount(std::exchange(m_threads, 0));
        }
    }

private:
    QSemaphore m_held;
    int m_threads = 0;
};

std::vector<std::string> shuffled(std::size_t count)
{
    std::vector<std::string> elements;
    for (std::size_t n = 0; n < count; ++n) {
        elements.push_back("element " + std::to_string(1'000'000 + (n * 7919) % count));
    }
    return elements;
}

std::vector<std::string> shown(const ValueTableModel& model)
{
    std::vector<std::string> elements;
    for (int row = 0; row < model.rowCount(); ++row) {
        elements.push_back(model.cells(row)[0].bytes);
    }
    return elements;
}

double threadSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

ValueHead listHead()
{
    ValueHead head;
    head.key = "k";
    head.type = KeyType::List;
    return head;
}

} // namespace

class TestElementSorting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sortsAsAStableSortDoes_data();
    void sortsAsAStableSortDoes();
    void endsWhenItIsStopped();
    void findsRowsByNumberWhateverTheirOrder_data();
    void findsRowsByNumberWhateverTheirOrder();
    void rowsThatCameLaterStandOutsideTheOrder();
    void whatIsLentStaysAsItWas();
    void whatIsGivenBackIsNotCopied();
    void sortsElsewhere();
    void aStoppedSortLeavesTheRowsAsTheyAre();
    void anotherColumnKeepsTheOrderOfEquals();
};

void TestElementSorting::sortsAsAStableSortDoes_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("isDescending");
    for (const int count : {0, 1, 2, 4095, 4096, 4097, 8192, 50'000}) {
        QTest::addRow("%d ascending", count) << count << false;
        QTest::addRow("%d descending", count) << count << true;
    }
}

void TestElementSorting::sortsAsAStableSortDoes()
{
    QFETCH(int, count);
    QFETCH(bool, isDescending);
    std::mt19937 random(17);
    std::vector<std::uint64_t> keys(static_cast<std::size_t>(count));
    std::generate(keys.begin(), keys.end(), [&] { return random() % 1000; }); // many are equal
    int last = -1;
    SortWork work{
        keys.size(), [&](std::size_t source) { return sortKeyOf(std::uint64_t{keys[source]}); }, nullptr, isDescending};
    const auto order = sortedOrder(work, {}, [&](int percent) {
        QVERIFY(percent > last && percent <= 100);
        last = percent;
    });
    QVERIFY(order);
    std::vector<std::uint32_t> expected(keys.size());
    std::iota(expected.begin(), expected.end(), 0U);
    std::stable_sort(expected.begin(), expected.end(),
        [&](std::uint32_t a, std::uint32_t b) { return isDescending ? keys[b] < keys[a] : keys[a] < keys[b]; });
    QCOMPARE(order->sources, expected);
    for (std::size_t row = 0; row < expected.size(); ++row) {
        QCOMPARE(order->rows[expected[row]], static_cast<std::uint32_t>(row));
    }
    QVERIFY(count == 0 || last == 100);
}

void TestElementSorting::endsWhenItIsStopped()
{
    std::stop_source stop;
    std::size_t asked = 0;
    const SortWork work{1'000'000,
        [&](std::size_t source) {
            ++asked;
            return sortKeyOf(std::uint64_t{source});
        },
        nullptr, false};
    const auto order = sortedOrder(work, stop.get_token(), [&](int percent) {
        if (percent > 2) {
            stop.request_stop();
        }
    });
    QVERIFY(!order);
    QVERIFY(asked < 500'000);
}

void TestElementSorting::findsRowsByNumberWhateverTheirOrder_data()
{
    QTest::addColumn<int>("step"); // between the numbers: others were left out by a search
    QTest::addColumn<bool>("falls");
    QTest::addColumn<bool>("isSorted");
    QTest::addRow("as they came") << 1 << false << false;
    QTest::addRow("from the end") << 1 << true << false;
    QTest::addRow("sorted") << 1 << false << true;
    QTest::addRow("found by a search") << 3 << false << false;
    QTest::addRow("found from the end") << 3 << true << false;
    QTest::addRow("found and sorted") << 3 << true << true;
}

/// Over so many rows that looking through all of them for each would not end before the test is given up.
void TestElementSorting::findsRowsByNumberWhateverTheirOrder()
{
    QFETCH(int, step);
    QFETCH(bool, falls);
    QFETCH(bool, isSorted);
    constexpr std::uint64_t count = 1'000'000;
    std::vector<ElementRow> came;
    for (std::uint64_t n = 0; n < count; ++n) {
        ElementRow row;
        row.number = 7 + static_cast<std::uint64_t>(step) * (falls ? count - 1 - n : n);
        came.push_back(row);
    }
    ElementRows rows;
    rows.reset(false);
    rows.append(std::move(came));
    if (isSorted) {
        std::vector<std::uint32_t> order(count);
        std::iota(order.begin(), order.end(), 0U);
        std::shuffle(order.begin(), order.end(), std::mt19937(5));
        rows.setOrder(std::make_shared<const RowOrder>(std::move(order)));
    }
    std::uint64_t right = 0;
    for (std::uint64_t row = 0; row < count; ++row) {
        right += rows.rowOfNumber(rows[row].number) == static_cast<int>(row) ? 1U : 0U;
    }
    QCOMPARE(right, count);
    QCOMPARE(rows.rowOfNumber(6), -1);
    QCOMPARE(rows.rowOfNumber(8), step == 1 ? rows.rowOfNumber(7 + 1) : -1);
    QCOMPARE(rows.rowOfNumber(7 + static_cast<std::uint64_t>(step) * count), -1);
    QCOMPARE(rows.rowOfNumber(UINT64_MAX), -1);
}

void TestElementSorting::rowsThatCameLaterStandOutsideTheOrder()
{
    const auto row = [](const std::string& name) { return ElementRow{{ValueCell(name)}, 0, FieldEndClock::never}; };
    ElementRows rows;
    rows.reset(true);
    rows.append({row("a"), row("b"), row("c")});
    rows.setOrder(std::make_shared<const RowOrder>(std::vector<std::uint32_t>{2, 0, 1}));
    rows.append({row("d")});
    rows.prepend({row("e"), row("f")});
    std::string all;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        all += rows.nameOf(at);
        QCOMPARE(rows.rowOfName(rows.nameOf(at)), static_cast<int>(at));
    }
    QCOMPARE(all, std::string("efcabd"));
}

void TestElementSorting::whatIsLentStaysAsItWas()
{
    const auto row = [](const std::string& name) { return ElementRow{{ValueCell(name)}, 0, FieldEndClock::never}; };
    ElementRows rows;
    rows.reset(true);
    rows.append({row("a"), row("b")});
    const auto lent = rows.lend();
    rows.append({row("c")});
    rows.replace(0, row("x"));
    QCOMPARE(lent->size(), std::size_t{2});
    QCOMPARE((*lent)[0].cells[0].bytes, std::string("a"));
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[0].cells[0].bytes, std::string("x"));
    rows.reset(true);
    QCOMPARE(lent->size(), std::size_t{2});
}

/// Once everything is given back nothing is copied any more: that would take its time with each page that comes.
void TestElementSorting::whatIsGivenBackIsNotCopied()
{
    const auto row = [](const std::string& name) { return ElementRow{{ValueCell(name)}, 0, FieldEndClock::never}; };
    ElementRows rows;
    rows.reset(true);
    rows.append({row("a")});
    static_cast<void>(rows.lend());
    const ElementRow* first = &rows[0];
    rows.append({row("b")});
    QCOMPARE(&rows[0], first);
    const auto one = rows.lend();
    auto other = rows.lend();
    other.reset();
    rows.append({row("c")});
    QVERIFY(&rows[0] != first); // of two there is one still
    QCOMPARE(one->size(), std::size_t{2});
}

/// What the GUI thread spends on a sort, in both its parts, is little beside the sort itself.
void TestElementSorting::sortsElsewhere()
{
    constexpr std::size_t count = 300'000;
    const auto elements = shuffled(count);
    ValueTableModel model(std::make_shared<WholeList>(elements));
    model.open(listHead(), ElementScope{});
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), static_cast<int>(count), 60'000);

    const double before = threadSeconds();
    const SortWork work{count, [&](std::size_t source) { return sortKeyOf(elements[source]); }, nullptr, false};
    QVERIFY(sortedOrder(work, {}, [](int) { }));
    const double here = threadSeconds() - before;

    double reordered = 0;
    connect(&model, &QAbstractItemModel::layoutAboutToBeChanged, this, [&] { reordered -= threadSeconds(); });
    connect(&model, &QAbstractItemModel::layoutChanged, this, [&] { reordered += threadSeconds(); });
    const double asked = threadSeconds();
    model.sortBy(1, Qt::AscendingOrder);
    const double asking = threadSeconds() - asked;
    QVERIFY(model.isSorting());
    QTRY_VERIFY_WITH_TIMEOUT(!model.isSorting(), 120'000);
    QVERIFY2(asking + reordered < here / 4,
        qPrintable(QStringLiteral("%1 s and %2 s of %3 s").arg(asking).arg(reordered).arg(here)));
    QVERIFY(std::ranges::is_sorted(shown(model)));
}

void TestElementSorting::aStoppedSortLeavesTheRowsAsTheyAre()
{
    const auto elements = shuffled(5000);
    ValueTableModel model(std::make_shared<WholeList>(elements));
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.open(listHead(), ElementScope{});
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 5000, 60'000);
    {
        BusyPool pool;
        model.sortBy(1, Qt::AscendingOrder);
        QVERIFY(model.isSorting());
        QCOMPARE(model.sortedColumn(), 1);
        model.stop();
        QVERIFY(!model.isSorting());
        QCOMPARE(model.sortedColumn(), -1);
        QVERIFY(!model.isStopped()); // nothing is left to be read
    }
    QCoreApplication::processEvents();
    QCOMPARE(shown(model), elements);
    model.sortBy(1, Qt::AscendingOrder);
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::is_sorted(shown(model)), 60'000);
    QVERIFY(!model.isSorting());
}

void TestElementSorting::anotherColumnKeepsTheOrderOfEquals()
{
    ValueTableModel model(std::make_shared<WholeList>(std::vector<std::string>{"b", "a", "b", "a"}));
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.open(listHead(), ElementScope{});
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 4, 60'000);
    const QPersistentModelIndex third = model.index(2, 1);
    const auto numbers = [&] {
        std::vector<std::uint64_t> all;
        for (int row = 0; row < model.rowCount(); ++row) {
            all.push_back(model.number(row));
        }
        return all;
    };
    model.sortBy(0, Qt::DescendingOrder);
    QTRY_COMPARE_WITH_TIMEOUT(numbers(), (std::vector<std::uint64_t>{3, 2, 1, 0}), 60'000);
    QCOMPARE(third.row(), 1);
    model.sortBy(1, Qt::AscendingOrder);
    QTRY_COMPARE_WITH_TIMEOUT(numbers(), (std::vector<std::uint64_t>{3, 1, 2, 0}), 60'000);
    QCOMPARE(third.row(), 2);
    QCOMPARE(model.neighbour(2, 1), SeenBytes::there("a")); // index 3
}

QTEST_MAIN(TestElementSorting)
#include "tst_elementsorting.moc"
