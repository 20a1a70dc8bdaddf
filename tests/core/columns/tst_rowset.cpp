// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/columns/rowset.h"

#include <QObject>
#include <QTest>

#include <random>
#include <set>

using namespace keyglass;

class TestRowSet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void joinsWhatTouches();
    void isAsASetOfNumbers();
};

void TestRowSet::joinsWhatTouches()
{
    RowSet rows;
    rows.add({10, 20});
    rows.add({30, 40});
    QCOMPARE(rows.stretches().size(), std::size_t{2});
    rows.add({20, 30});
    QCOMPARE(rows.stretches(), (std::vector<RowSet::Stretch>{{10, 40}}));
    rows.remove({15, 16});
    QCOMPARE(rows.stretches(), (std::vector<RowSet::Stretch>{{10, 15}, {16, 40}}));
    QCOMPARE(rows.count(), std::uint64_t{29});
    rows.add({5, 5});
    QCOMPARE(rows.count(), std::uint64_t{29});
    rows.clear();
    QVERIFY(rows.isEmpty());
}

void TestRowSet::isAsASetOfNumbers()
{
    const unsigned seed = std::random_device()();
    std::mt19937 random(seed);
    RowSet rows;
    std::set<std::uint64_t> twin;
    for (int step = 0; step < 3000; ++step) {
        const std::uint64_t first = random() % 100;
        const std::uint64_t end = first + random() % 12;
        const bool adds = random() % 2 == 0;
        adds ? rows.add({first, end}) : rows.remove({first, end});
        for (std::uint64_t row = first; row < end; ++row) {
            adds ? static_cast<void>(twin.insert(row)) : static_cast<void>(twin.erase(row));
        }
        QVERIFY2(rows.count() == twin.size(), qPrintable(QString::number(seed)));
        std::uint64_t last = 0;
        std::uint64_t sum = 0;
        for (const RowSet::Stretch& stretch : rows.stretches()) {
            QVERIFY2(
                stretch.first < stretch.end && (sum == 0 || stretch.first > last), qPrintable(QString::number(seed)));
            last = stretch.end;
            sum += stretch.end - stretch.first;
        }
        QCOMPARE(sum, rows.count());
        const std::uint64_t probe = random() % 120;
        QCOMPARE(rows.contains(probe), twin.contains(probe));
    }
}

QTEST_GUILESS_MAIN(TestRowSet)
#include "tst_rowset.moc"
