// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/chunkpool.h"
#include "core/index/indexbuilder.h"
#include "tests/core/index/randomkeys.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

class TestIndexBuilder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsASetUnderRandomOperations_data();
    void equalsASetUnderRandomOperations();
    void aKeyRemovedBeforeTheFilterIsMadeAnewComesAgainOnce();
    void keepsEveryEdgeKeyApart();
    void takesKeysOfAnyLength();
    void countsDuplicatesWithinAndAcrossRuns();
    void dropsKeysThatAreNotThereSilently();
    void takesBackKeysThatWereRemoved();
    void staysExactWhereTheSizeWasGuessedWrong();
    void growsAfterItCameToRest();
    void numbersItsSnapshots();
    void snapshotsStayWhatTheyWere();
    void readersMayReadWhileItBuilds();
    void compactStopsWithinFiftyMilliseconds();
    void goesOnWhereCompactWasStopped();
    void mergesFewNewKeysWithoutCopyingTheOld();
    void givesMemoryBackAtRest();
};

namespace {

using Twin = std::set<std::string>;

/// Everything a snapshot tells, against the twin.
void compareWhole(const std::shared_ptr<const Snapshot>& snapshot, const Twin& twin)
{
    QCOMPARE(snapshot->keyCount(), std::uint64_t(twin.size()));
    SnapshotCursor cursor(snapshot);
    QCOMPARE(cursor.seek({}), !twin.empty());
    std::string before;
    std::uint64_t row = 0;
    for (const std::string& key : twin) {
        if (!cursor.isValid() || cursor.key() != key) {
            QFAIL(qPrintable(QStringLiteral("row %1 differs").arg(row)));
        }
        const auto differ = std::mismatch(before.begin(), before.end(), key.begin(), key.end());
        const auto shared = row == 0 ? 0 : std::size_t(differ.first - before.begin());
        QCOMPARE(cursor.sharedWithPrevious(), shared);
        before = key;
        ++row;
        cursor.next();
    }
    QVERIFY(!cursor.isValid());
}

/// Some rows and some keys (there or not), against the twin.
void compareSamples(
    const std::shared_ptr<const Snapshot>& snapshot, const Twin& twin, KeyShape shape, std::mt19937_64& random)
{
    const std::vector<std::string> sorted(twin.begin(), twin.end());
    SnapshotCursor cursor(snapshot);
    for (int look = 0; look < 20; ++look) {
        const std::string key = randomKey(shape, random);
        const auto at = std::lower_bound(sorted.begin(), sorted.end(), key);
        const auto rank = std::uint64_t(at - sorted.begin());
        QCOMPARE(snapshot->rank(key), rank);
        QCOMPARE(snapshot->contains(key), twin.count(key) == 1);
        QCOMPARE(cursor.seek(key), at != sorted.end());
        QVERIFY(at == sorted.end() || cursor.key() == *at);
        const KeyRange range = prefixRange(key.substr(0, key.size() / 2));
        const auto end = range.end ? std::lower_bound(sorted.begin(), sorted.end(), *range.end) : sorted.end();
        const auto first = std::lower_bound(sorted.begin(), sorted.end(), range.first);
        QCOMPARE(snapshot->count(range), std::uint64_t(end - first));
        if (!sorted.empty()) {
            const std::uint64_t row = random() % sorted.size();
            QCOMPARE(snapshot->select(row), sorted[row]);
            QVERIFY(cursor.seekRank(row));
            QCOMPARE(std::string(cursor.key()), sorted[row]);
            QCOMPARE(cursor.sharedWithPrevious(), std::size_t(0));
        }
        QVERIFY(!cursor.seekRank(sorted.size()));
    }
}

/// One random change to both.
void change(IndexBuilder& builder, Twin& twin, KeyShape shape, std::size_t most, std::mt19937_64& random)
{
    const std::size_t count = random() % 4 == 0 ? random() % 8 : random() % most;
    std::vector<std::string> keys = randomKeys(shape, count, random);
    if (random() % 3 != 0) {
        const std::uint64_t known = builder.duplicates();
        std::uint64_t expected = 0;
        for (const std::string& key : keys) {
            expected += twin.insert(key).second ? 0 : 1;
        }
        builder.add(sortedRun(keys));
        QCOMPARE(builder.duplicates() - known, expected);
    } else {
        for (const std::string& key : twin) { // some that are there, beside some that may be
            if (random() % 16 == 0) {
                keys.push_back(key);
            }
        }
        builder.remove(sortedRun(keys));
        for (const std::string& key : keys) {
            twin.erase(key);
        }
    }
}

Twin fill(IndexBuilder& builder, std::size_t count, std::size_t perRun, std::mt19937_64& random)
{
    Twin twin;
    while (count > 0) {
        const auto keys = randomKeys(KeyShape::Lengths, std::min(count, perRun), random);
        twin.insert(keys.begin(), keys.end());
        builder.add(sortedRun(keys));
        count -= keys.size();
    }
    return twin;
}

/// A new one every time; KEYGLASS_TEST_SEED repeats a run that failed.
std::uint64_t seedOfThisRun()
{
    bool given = false;
    const std::uint64_t seed = qEnvironmentVariable("KEYGLASS_TEST_SEED").toULongLong(&given);
    return given ? seed : std::random_device{}();
}

/// Distinct keys in no order.
std::vector<std::string> numberedKeys(std::uint64_t from, std::uint64_t count, const std::string& prefix = "item:"s)
{
    std::vector<std::string> keys;
    for (std::uint64_t at = from; at < from + count; ++at) {
        keys.push_back(prefix + std::to_string(at * 0x9E37'79B9'7F4A'7C15U));
    }
    return keys;
}

} // namespace

void TestIndexBuilder::equalsASetUnderRandomOperations_data()
{
    QTest::addColumn<int>("shape");
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("steps");
    QTest::addRow("short keys, few at a time") << int(KeyShape::Short) << 30 << 400;
    QTest::addRow("short keys, many at a time") << int(KeyShape::Short) << 2000 << 60;
    QTest::addRow("realistic keys, few at a time") << int(KeyShape::Realistic) << 40 << 300;
    QTest::addRow("realistic keys, many at a time") << int(KeyShape::Realistic) << 6000 << 60;
    QTest::addRow("realistic keys, very many at a time") << int(KeyShape::Realistic) << 40'000 << 25;
    QTest::addRow("keys of all lengths") << int(KeyShape::Lengths) << 500 << 100;
}

void TestIndexBuilder::equalsASetUnderRandomOperations()
{
    QFETCH(int, shape);
    QFETCH(int, most);
    QFETCH(int, steps);
    const std::uint64_t seed = seedOfThisRun();
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    std::mt19937_64 random(seed);
    IndexBuilder builder(random() % 2 == 0 ? 0 : 100'000);
    Twin twin;
    for (int step = 0; step < steps && !QTest::currentTestFailed(); ++step) {
        change(builder, twin, KeyShape(shape), std::size_t(most), random);
        QVERIFY(builder.isConsistent());
        QCOMPARE(builder.keyCount(), std::uint64_t(twin.size()));
        if (random() % 10 == 0) {
            QVERIFY(builder.compact({}));
            QVERIFY(builder.isConsistent());
        }
        if (random() % 3 == 0) {
            compareSamples(builder.publish(), twin, KeyShape(shape), random);
        }
        if (random() % 12 == 0) {
            compareWhole(builder.publish(), twin);
        }
    }
    QVERIFY(builder.compact({}));
    QVERIFY(builder.publish()->runCount() <= 1);
    compareWhole(builder.publish(), twin);
}

void TestIndexBuilder::keepsEveryEdgeKeyApart()
{
    Twin twin{""s, "a"s, "a:"s, ":a"s, "a::b"s, ":"s, "::"s, "\0"s, "\0\0"s, "a\0"s, "a\0b"s, "\xFF"s, "\xFF\xFF"s,
        "a\xFF"s, "a\xFF\xFF:"s, "a:b\xFF"s};
    for (int byte = 0; byte < 256; ++byte) {
        twin.insert("byte:"s + char(byte));
    }
    IndexBuilder builder;
    for (const std::string& key : twin) {
        builder.add(sortedRun(std::vector{key}));
        builder.add(sortedRun(std::vector{key}));
    }
    QCOMPARE(builder.duplicates(), std::uint64_t(twin.size()));
    QVERIFY(builder.isConsistent());
    compareWhole(builder.publish(), twin);
    QVERIFY(builder.compact({}));
    compareWhole(builder.publish(), twin);
    QVERIFY(builder.publish()->contains({}));
    QCOMPARE(builder.publish()->count(prefixRange("a")), std::uint64_t(8));
}

void TestIndexBuilder::takesKeysOfAnyLength()
{
    Twin twin;
    for (const std::size_t length :
        {31, 32, 33, 254, 255, 256, 300, 8191, 65'500, 65'535, 65'536, 70'000, 10'000'000}) {
        twin.insert(std::string(length, 'k'));
        twin.insert(std::string(length / 2, 'k') + "!" + std::string(length / 2, 'k')); // differ in the middle only
        twin.insert(std::string(length / 2, 'k') + "?" + std::string(length / 2, 'k'));
    }
    IndexBuilder builder;
    for (const std::string& key : twin) {
        builder.add(sortedRun(std::vector{key, "short:" + std::to_string(key.size()), key}));
    }
    for (const std::string& key : Twin(twin)) {
        twin.insert("short:" + std::to_string(key.size()));
    }
    QVERIFY(builder.isConsistent());
    compareWhole(builder.publish(), twin);
    QVERIFY(builder.compact({}));
    compareWhole(builder.publish(), twin);
    std::uint64_t row = 0;
    for (const std::string& key : twin) {
        QCOMPARE(builder.publish()->rank(key), row);
        QVERIFY(builder.publish()->select(row) == key);
        ++row;
    }
}

void TestIndexBuilder::countsDuplicatesWithinAndAcrossRuns()
{
    IndexBuilder builder(1000);
    builder.add(sortedRun(std::vector{"a"s, "b"s, "a"s, "c"s, "a"s}));
    QCOMPARE(builder.duplicates(), std::uint64_t(2));
    builder.add(sortedRun(std::vector{"b"s, "d"s}));
    QCOMPARE(builder.duplicates(), std::uint64_t(3));
    QCOMPARE(builder.keyCount(), std::uint64_t(4));
    QCOMPARE(builder.publish()->keyCount(), std::uint64_t(4));
    QCOMPARE(builder.publish()->rank("z"), std::uint64_t(4));
}

void TestIndexBuilder::dropsKeysThatAreNotThereSilently()
{
    IndexBuilder builder;
    builder.remove(sortedRun(std::vector{"a"s}));
    builder.add(sortedRun(std::vector{"b"s}));
    builder.remove(sortedRun(std::vector{"a"s, "c"s}));
    builder.remove(SmallRun());
    builder.add(SmallRun());
    QVERIFY(builder.isConsistent());
    compareWhole(builder.publish(), {"b"s});
}

void TestIndexBuilder::takesBackKeysThatWereRemoved()
{
    IndexBuilder builder;
    Twin twin;
    const auto keys = numberedKeys(0, 50'000);
    builder.add(sortedRun(keys));
    twin.insert(keys.begin(), keys.end());
    for (int round = 0; round < 5; ++round) {
        const std::vector<std::string> some(keys.begin() + round * 1000, keys.begin() + round * 1000 + 3000);
        builder.remove(sortedRun(some));
        builder.remove(sortedRun(some));
        for (const std::string& key : some) {
            twin.erase(key);
        }
        compareWhole(builder.publish(), twin);
        const std::vector<std::string> back(some.begin() + 500, some.begin() + 900);
        builder.add(sortedRun(back));
        twin.insert(back.begin(), back.end());
        QVERIFY(builder.isConsistent());
        compareWhole(builder.publish(), twin);
    }
    QCOMPARE(builder.duplicates(), std::uint64_t(0));
    QVERIFY(builder.compact({}));
    compareWhole(builder.publish(), twin);
    builder.remove(sortedRun(keys));
    QVERIFY(builder.compact({}));
    QCOMPARE(builder.publish()->keyCount(), std::uint64_t(0));
    QCOMPARE(builder.publish()->runCount(), std::size_t(0));
    builder.add(sortedRun(keys));
    QCOMPARE(builder.keyCount(), std::uint64_t(50'000));
    QVERIFY(builder.isConsistent());
}

void TestIndexBuilder::staysExactWhereTheSizeWasGuessedWrong()
{
    IndexBuilder builder(10); // the filter has to grow, several times
    for (std::uint64_t from = 0; from < 400'000; from += 20'000) {
        builder.add(sortedRun(numberedKeys(from, 20'100)));
    }
    QCOMPARE(builder.keyCount(), std::uint64_t(400'100));
    QCOMPARE(builder.duplicates(), std::uint64_t(1900));
    QVERIFY(builder.isConsistent());
}

void TestIndexBuilder::growsAfterItCameToRest()
{
    IndexBuilder builder;
    builder.add(sortedRun(numberedKeys(0, 60'000)));
    QVERIFY(builder.compact({}));
    // Enough that the filter is made anew, while keys that were there before come again.
    for (std::uint64_t from = 0; from < 300'000; from += 10'000) {
        builder.add(sortedRun(numberedKeys(from, 20'000)));
    }
    QCOMPARE(builder.keyCount(), std::uint64_t(310'000));
    QCOMPARE(builder.duplicates(), std::uint64_t(60'000 + 30 * 20'000 - 310'000));
    QVERIFY(builder.isConsistent());
    QVERIFY(builder.compact({}));
    QCOMPARE(builder.publish()->keyCount(), std::uint64_t(310'000));
}

void TestIndexBuilder::numbersItsSnapshots()
{
    IndexBuilder builder;
    QCOMPARE(emptySnapshot()->keyCount(), std::uint64_t(0));
    QVERIFY(!SnapshotCursor(emptySnapshot()).seek({}));
    QVERIFY(!SnapshotCursor(emptySnapshot()).next());
    QVERIFY(emptySnapshot()->select(0).empty());
    QCOMPARE(emptySnapshot()->rank("a"), std::uint64_t(0));
    const auto first = builder.publish();
    builder.add(sortedRun(std::vector{"a"s}));
    QVERIFY(builder.publish()->generation() > first->generation());
}

void TestIndexBuilder::snapshotsStayWhatTheyWere()
{
    std::mt19937_64 random(77);
    IndexBuilder builder;
    Twin twin;
    std::vector<std::pair<std::shared_ptr<const Snapshot>, Twin>> held;
    for (int step = 0; step < 40; ++step) {
        change(builder, twin, KeyShape::Realistic, 3000, random);
        held.emplace_back(builder.publish(), twin);
        if (step % 15 == 14) {
            QVERIFY(builder.compact({}));
        }
    }
    for (const auto& [snapshot, then] : held) {
        compareWhole(snapshot, then);
    }
}

void TestIndexBuilder::readersMayReadWhileItBuilds()
{
    struct Mailbox {
        std::mutex mutex; // guards newest: the one thing that goes between the threads of this test
        std::shared_ptr<const Snapshot> newest = emptySnapshot();
    } mailbox;
    std::atomic<int> wrong = 0;
    const auto reader = [&](const std::stop_token& stop) {
        std::mt19937_64 random(std::random_device{}());
        while (!stop.stop_requested()) {
            std::shared_ptr<const Snapshot> snapshot;
            {
                const std::lock_guard lock(mailbox.mutex);
                snapshot = mailbox.newest;
            }
            if (snapshot->keyCount() == 0) {
                continue;
            }
            const std::uint64_t row = random() % snapshot->keyCount();
            SnapshotCursor cursor(snapshot);
            cursor.seekRank(row);
            for (std::uint64_t at = row; at < row + 60 && cursor.isValid(); ++at, cursor.next()) {
                wrong += snapshot->rank(cursor.key()) == at && snapshot->contains(cursor.key()) ? 0 : 1;
            }
        }
    };
    {
        std::jthread one(reader);
        std::jthread two(reader);
        IndexBuilder builder(200'000);
        const auto publish = [&] {
            auto snapshot = builder.publish();
            const std::lock_guard lock(mailbox.mutex);
            mailbox.newest = std::move(snapshot);
        };
        for (std::uint64_t from = 0; from < 200'000; from += 5'000) {
            builder.add(sortedRun(numberedKeys(from, 5'000)));
            builder.remove(sortedRun(numberedKeys(from, 100)));
            publish();
        }
        QVERIFY(builder.compact({}, publish));
    }
    QCOMPARE(wrong.load(), 0);
    QCOMPARE(mailbox.newest->keyCount(), std::uint64_t(200'000 - 40 * 100));
}

void TestIndexBuilder::compactStopsWithinFiftyMilliseconds()
{
    IndexBuilder builder;
    for (std::uint64_t from = 0; from < 900'000; from += 60'000) {
        builder.add(sortedRun(numberedKeys(from, 60'000)));
    }
    std::stop_source stop;
    QElapsedTimer sinceStop;
    int steps = 0;
    const bool ended = builder.compact(stop.get_token(), [&] {
        if (++steps == 2) {
            sinceStop.start();
            stop.request_stop();
        }
    });
    QVERIFY(!ended);
    QVERIFY2(sinceStop.elapsed() <= 50, qPrintable(QString::number(sinceStop.elapsed())));
    QCOMPARE(steps, 2);
}

void TestIndexBuilder::goesOnWhereCompactWasStopped()
{
    std::mt19937_64 random(5);
    IndexBuilder builder;
    Twin twin = fill(builder, 30'000, 1000, random);
    for (std::uint64_t from = 0; from < 400'000; from += 40'000) {
        const auto keys = numberedKeys(from, 40'000);
        twin.insert(keys.begin(), keys.end());
        builder.add(sortedRun(keys));
    }
    for (bool done = false; !done;) {
        std::stop_source stop;
        done = builder.compact(stop.get_token(), [&] { stop.request_stop(); });
        QVERIFY(builder.isConsistent());
        const auto more = randomKeys(KeyShape::Short, 5, random);
        if (!done) {
            twin.insert(more.begin(), more.end());
            builder.add(sortedRun(more));
        }
    }
    QCOMPARE(builder.publish()->runCount(), std::size_t(1));
    compareWhole(builder.publish(), twin);
}

void TestIndexBuilder::mergesFewNewKeysWithoutCopyingTheOld()
{
    IndexBuilder builder;
    for (std::uint64_t from = 0; from < 600'000; from += 60'000) {
        builder.add(sortedRun(numberedKeys(from, 60'000)));
    }
    QVERIFY(builder.compact({}));
    const auto before = builder.publish(); // holds the old chunks, so that a copy would show
    const std::size_t used = chunkpool::usage().used;
    builder.add(sortedRun(numberedKeys(0, 5000, "item:5folder:")));
    QVERIFY(builder.compact({}));
    QCOMPARE(builder.publish()->keyCount(), std::uint64_t(605'000));
    QVERIFY(builder.isConsistent());
    QVERIFY2(
        chunkpool::usage().used < used + 8 * chunkBytes, qPrintable(QString::number(chunkpool::usage().used - used)));
}

void TestIndexBuilder::givesMemoryBackAtRest()
{
    const chunkpool::Usage before = chunkpool::usage();
    {
        IndexBuilder builder(600'000);
        std::shared_ptr<const Snapshot> newest;
        for (std::uint64_t from = 0; from < 600'000; from += 30'000) {
            builder.add(sortedRun(numberedKeys(from, 30'000)));
            newest = builder.publish();
        }
        QVERIFY(builder.compact({}, [&] { newest = builder.publish(); }));
        newest = builder.publish();
        const chunkpool::Usage atRest = chunkpool::usage();
        QCOMPARE(atRest.idle, std::size_t(0));
        const std::size_t used = atRest.used - before.used;
        QVERIFY2(used <= newest->residentBytes(), qPrintable(QString::number(used)));
        QVERIFY2(used / 600'000 < 16, qPrintable(QString::number(used / 600'000)));
    }
    QCOMPARE(chunkpool::usage().used, before.used);
    QCOMPARE(chunkpool::usage().idle, std::size_t(0));
}

/// Between a compact() and the making of a new filter a key can be removed and its tombstone not yet have met it: the
/// filter has to know it all the same, or it would come in twice.
void TestIndexBuilder::aKeyRemovedBeforeTheFilterIsMadeAnewComesAgainOnce()
{
    IndexBuilder builder;
    builder.add(sortedRun(numberedKeys(0, 50'000)));
    QVERIFY(builder.compact({}));
    const auto removed = numberedKeys(1000, 2000);
    builder.remove(sortedRun(removed));
    for (std::uint64_t from = 50'000; from < 450'000; from += 40'000) { // enough for a new filter to be made and filled
        builder.add(sortedRun(numberedKeys(from, 40'000)));
    }
    QCOMPARE(builder.keyCount(), std::uint64_t{448'000});
    builder.add(sortedRun(removed));
    QVERIFY(builder.isConsistent());
    QCOMPARE(builder.keyCount(), std::uint64_t{450'000});
    QVERIFY(builder.publish()->contains(removed.front()));
}

QTEST_APPLESS_MAIN(TestIndexBuilder)
#include "tst_indexbuilder.moc"
