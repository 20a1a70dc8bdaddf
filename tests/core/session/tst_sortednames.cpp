// SPDX-License-Identifier: GPL-3.0-or-later
// Names come back in order, each once: in memory, in many runs on the disk, and not at all where that is full.
#include "core/session/sortednames.h"
#include "tests/servers/fulldisk.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// Also such as are longer than what is read at once, or held.
std::vector<std::string> names(int some)
{
    std::vector<std::string> made{"", std::string("\0", 1), "\xff\xfe", std::string(65'532, 'x'),
        std::string(65'533, 'y'), std::string(300'000, 'z')};
    for (int at = 0; at < some; ++at) {
        made.push_back("user:" + std::to_string(at));
    }
    return made;
}

KeyBatch batchOf(const std::vector<std::string>& keys)
{
    KeyBatch batch;
    for (const std::string& key : keys) {
        batch.append(key);
    }
    return batch;
}

} // namespace

class TestSortedNames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesThemInOrderAndOnce_data();
    void givesThemInOrderAndOnce();
    void takesThemFromSeveralThreads();
    void endsWhereNoMoreAreWanted();
    void givesNoneOnAFullDisk();
};

void TestSortedNames::givesThemInOrderAndOnce_data()
{
    QTest::addColumn<quint64>("held");
    QTest::addColumn<int>("some");
    QTest::addRow("none") << quint64(1000) << -1;
    QTest::addRow("in memory") << quint64(100'000'000) << 5000;
    QTest::addRow("in some runs") << quint64(100'000) << 5000;
    QTest::addRow("a run for each batch") << quint64(0) << 500;
}

void TestSortedNames::givesThemInOrderAndOnce()
{
    QFETCH(const quint64, held);
    QFETCH(const int, some);
    const auto keys = some < 0 ? std::vector<std::string>() : names(some);
    std::vector<std::string> given = keys;
    given.insert(given.end(), keys.begin(), keys.end());
    given.insert(given.end(), keys.begin(), keys.begin() + std::min<std::ptrdiff_t>(300, std::ssize(keys)));
    std::mt19937 random(4711);
    std::ranges::shuffle(given, random);
    const QTemporaryDir folder;
    SortedNames sorted(folder.path(), held);
    for (std::size_t at = 0; at < given.size();) {
        std::vector<std::string> batch;
        for (std::size_t left = random() % 100; left > 0 && at < given.size(); --left) {
            batch.push_back(given[at++]);
        }
        QVERIFY(sorted.add(batchOf(batch)));
    }
    std::vector<std::string> got;
    QVERIFY(sorted.forEach([&got](std::string_view name) {
        got.emplace_back(name);
        return true;
    }));
    const std::set<std::string> expected(keys.begin(), keys.end());
    QVERIFY(got == std::vector<std::string>(expected.begin(), expected.end()));
    QCOMPARE(sorted.repeats(), std::uint64_t(given.size() - keys.size()));
}

void TestSortedNames::takesThemFromSeveralThreads()
{
    const auto keys = names(5000);
    SortedNames sorted({}, 20'000);
    {
        std::vector<std::jthread> threads;
        for (std::size_t own = 0; own < 4; ++own) {
            threads.emplace_back([&, own] {
                for (std::size_t at = own; at < keys.size(); at += 3) { // the fourth gives what the first does
                    static_cast<void>(sorted.add(batchOf({keys[at]})));
                }
            });
        }
    }
    std::vector<std::string> got;
    QVERIFY(sorted.forEach([&got](std::string_view name) {
        got.emplace_back(name);
        return true;
    }));
    const std::set<std::string> expected(keys.begin(), keys.end());
    QVERIFY(got == std::vector<std::string>(expected.begin(), expected.end()));
}

void TestSortedNames::endsWhereNoMoreAreWanted()
{
    SortedNames sorted({}, 100);
    for (int at = 0; at < 100; ++at) {
        QVERIFY(sorted.add(batchOf({std::to_string(at)})));
    }
    int left = 10;
    QVERIFY(sorted.forEach([&left](std::string_view) { return --left > 0; }));
    QCOMPARE(left, 0);
}

void TestSortedNames::givesNoneOnAFullDisk()
{
    const QTemporaryDir folder;
    SortedNames sorted(folder.path(), 1000);
    const FullDisk full(10'000);
    bool takes = true;
    int given = 0;
    for (; takes && given < 10'000; ++given) {
        takes = sorted.add(batchOf({"user:" + std::to_string(given)}));
    }
    QVERIFY(!takes && given > 100);
    QVERIFY(!sorted.add(batchOf({"one more"})));
    int got = 0;
    const Status read = sorted.forEach([&got](std::string_view) { return ++got > 0; });
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::File);
    QVERIFY(read.error().subject.contains(folder.path()));
    QVERIFY(read.error().detail.contains(FullDisk::reason()));
    QCOMPARE(got, 0);
}

QTEST_GUILESS_MAIN(TestSortedNames)
#include "tst_sortednames.moc"
