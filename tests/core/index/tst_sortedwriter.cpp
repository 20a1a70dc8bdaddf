// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/indexbuilder.h"
#include "core/index/keystretch.h"
#include "core/index/sortedwriter.h"
#include "tests/core/index/randomkeys.h"

#include <QObject>
#include <QTest>

#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

class TestSortedWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publishesWhatWasAppendedSoFar();
    void joinsPartsThatFollowEachOther();
    void splitPointsCutIntoEqualParts_data();
    void splitPointsCutIntoEqualParts();
    void stretchesGiveEveryKeyOfARange_data();
    void stretchesGiveEveryKeyOfARange();
    void forEachKeyStopsWhenTold();
};

namespace {

using Keys = std::vector<std::string>;

Keys keysOf(const std::shared_ptr<const Snapshot>& snapshot, const KeyRange& range = {})
{
    Keys keys;
    forEachKey(snapshot, range, [&](std::string_view key) {
        keys.emplace_back(key);
        return true;
    });
    return keys;
}

std::shared_ptr<const Snapshot> indexOf(const std::set<std::string>& keys, bool inOneRun)
{
    IndexBuilder builder;
    std::array<Keys, 5> runs;
    std::size_t at = 0;
    for (const std::string& key : keys) {
        runs[at++ * 7 % 11 % runs.size()].push_back(key);
    }
    for (const Keys& run : runs) {
        builder.add(sortedRun(run));
    }
    const Keys gone{"gone:1"s, "gone:2"s};
    builder.add(sortedRun(gone));
    builder.remove(sortedRun(gone));
    if (inOneRun) {
        builder.compact({});
    }
    return builder.publish();
}

std::set<std::string> someKeys(KeyShape shape, std::size_t count)
{
    std::mt19937_64 random(31);
    const Keys keys = randomKeys(shape, count, random);
    return {keys.begin(), keys.end()};
}

} // namespace

void TestSortedWriter::publishesWhatWasAppendedSoFar()
{
    const auto keys = someKeys(KeyShape::Realistic, 30'000);
    SortedSnapshotWriter writer;
    std::vector<std::shared_ptr<const Snapshot>> published;
    std::vector<std::size_t> counts;
    std::size_t count = 0;
    for (const std::string& key : keys) {
        writer.append(key);
        writer.append(key); // again: ignored
        ++count;
        if (count % 1777 == 1) {
            published.push_back(writer.publish());
            counts.push_back(count);
        }
    }
    QCOMPARE(writer.keyCount(), std::uint64_t(keys.size()));
    published.push_back(writer.publish());
    counts.push_back(keys.size());
    const Keys all(keys.begin(), keys.end());
    for (std::size_t at = 0; at < published.size(); ++at) {
        QCOMPARE(published[at]->keyCount(), std::uint64_t(counts[at]));
        QCOMPARE(published[at]->runCount(), std::size_t(1));
        QVERIFY(keysOf(published[at]) == Keys(all.begin(), all.begin() + std::ptrdiff_t(counts[at])));
    }
    // Published every few milliseconds, it still fills its chunks.
    QVERIFY(published.back()->residentBytes() < keys.size() * 24 + 2 * 65'536);
}

void TestSortedWriter::joinsPartsThatFollowEachOther()
{
    const auto keys = someKeys(KeyShape::Short, 5000);
    const auto whole = indexOf(keys, true);
    std::vector<std::shared_ptr<const Snapshot>> parts{nullptr, emptySnapshot()};
    Keys points = whole->splitPoints(4);
    points.insert(points.begin(), std::string());
    for (std::size_t at = 0; at < points.size(); ++at) {
        SortedSnapshotWriter writer;
        const KeyRange range{points[at], at + 1 < points.size() ? std::optional(points[at + 1]) : std::nullopt};
        forEachKey(whole, range, [&](std::string_view key) {
            writer.append(key);
            return true;
        });
        parts.push_back(writer.publish());
    }
    const auto joined = joinedSnapshot(parts);
    QCOMPARE(joined->runCount(), std::size_t(1));
    QVERIFY(keysOf(joined) == Keys(keys.begin(), keys.end()));
    std::uint64_t row = 0;
    for (const std::string& key : keys) {
        QCOMPARE(joined->rank(key), row);
        QCOMPARE(joined->select(row), key);
        ++row;
    }
    QCOMPARE(joinedSnapshot({})->keyCount(), std::uint64_t(0));
}

void TestSortedWriter::splitPointsCutIntoEqualParts_data()
{
    QTest::addColumn<bool>("inOneRun");
    QTest::addColumn<int>("parts");
    for (const int parts : {1, 2, 7, 64}) {
        QTest::addRow("one run, %d parts", parts) << true << parts;
        QTest::addRow("several runs, %d parts", parts) << false << parts;
    }
}

void TestSortedWriter::splitPointsCutIntoEqualParts()
{
    QFETCH(bool, inOneRun);
    QFETCH(int, parts);
    const auto keys = someKeys(KeyShape::Realistic, 20'000);
    const auto snapshot = indexOf(keys, inOneRun);
    const Keys points = snapshot->splitPoints(std::size_t(parts));
    QCOMPARE(points.size(), std::size_t(parts - 1));
    std::uint64_t before = 0;
    const double wanted = double(keys.size()) / parts;
    for (const std::string& point : points) {
        const std::uint64_t rank = snapshot->rank(point);
        QVERIFY(std::abs(double(rank - before) - wanted) < 300);
        before = rank;
    }
    QVERIFY(emptySnapshot()->splitPoints(3).empty());
}

void TestSortedWriter::stretchesGiveEveryKeyOfARange_data()
{
    QTest::addColumn<int>("shape");
    QTest::addColumn<bool>("inOneRun");
    for (const bool inOneRun : {true, false}) {
        const char* const runs = inOneRun ? "one run" : "several runs";
        QTest::addRow("short keys, %s", runs) << int(KeyShape::Short) << inOneRun;
        QTest::addRow("realistic keys, %s", runs) << int(KeyShape::Realistic) << inOneRun;
        QTest::addRow("all lengths, %s", runs) << int(KeyShape::Lengths) << inOneRun;
    }
}

void TestSortedWriter::stretchesGiveEveryKeyOfARange()
{
    QFETCH(int, shape);
    QFETCH(bool, inOneRun);
    auto keys = someKeys(KeyShape(shape), 10'000);
    keys.insert(std::string(200'000, 'l'));
    const auto snapshot = indexOf(keys, inOneRun);
    QVERIFY(keysOf(snapshot) == Keys(keys.begin(), keys.end()));
    std::mt19937_64 random(3);
    for (int look = 0; look < 60; ++look) {
        KeyRange range{randomKey(KeyShape(shape), random), randomKey(KeyShape(shape), random)};
        if (look % 4 == 0) {
            range.end.reset();
        }
        const auto end = range.end ? keys.lower_bound(*range.end) : keys.end();
        const auto first = keys.lower_bound(range.first);
        const bool isEmpty = range.end && *range.end <= range.first;
        QVERIFY(keysOf(snapshot, range) == (isEmpty ? Keys() : Keys(first, end)));
    }
}

void TestSortedWriter::forEachKeyStopsWhenTold()
{
    const auto snapshot = indexOf(someKeys(KeyShape::Realistic, 2000), true);
    int seen = 0;
    QVERIFY(!forEachKey(snapshot, {}, [&](std::string_view) { return ++seen < 700; }));
    QCOMPARE(seen, 700);
}

QTEST_APPLESS_MAIN(TestSortedWriter)
#include "tst_sortedwriter.moc"
