// SPDX-License-Identifier: GPL-3.0-or-later
// A snapshot without some of its keys, compared with a plain sorted set.
#include "core/index/indexbuilder.h"
#include "core/index/leftout.h"
#include "core/index/run.h"

#include <QTest>

#include <algorithm>
#include <iterator>
#include <random>
#include <set>

using namespace keyglass;

class TestLeftOut : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isAsIfTheyHadNeverBeenThere_data();
    void isAsIfTheyHadNeverBeenThere();
    void nothingToLeaveOutIsTheSame();
};

void TestLeftOut::isAsIfTheyHadNeverBeenThere_data()
{
    QTest::addColumn<int>("keys");
    QTest::addColumn<int>("oneOf"); // is left out
    QTest::addRow("a few") << 50 << 3;
    QTest::addRow("some of many") << 5000 << 200;
    QTest::addRow("most of many") << 5000 << 2;
    QTest::addRow("all") << 100 << 1;
}

void TestLeftOut::isAsIfTheyHadNeverBeenThere()
{
    QFETCH(const int, keys);
    QFETCH(const int, oneOf);
    const auto seed = std::random_device{}();
    std::mt19937 random(seed);
    IndexBuilder builder;
    std::set<std::string> wanted;
    std::set<std::string> out{"not there"};
    for (int run = 0; run < 4; ++run) { // several runs
        KeyBatch batch;
        for (int n = 0; n < keys / 4; ++n) {
            const std::string key = "k:" + std::to_string(random() % 100'000);
            batch.append(key);
            wanted.insert(key);
        }
        builder.add(SmallRun::sorted(std::move(batch)));
    }
    for (const std::string& key : wanted) {
        if (random() % static_cast<unsigned>(oneOf) == 0) {
            out.insert(key);
        }
    }
    const auto all = builder.publish();
    const auto left = leavingOut(all, {out.begin(), out.end()});
    for (const std::string& key : out) {
        wanted.erase(key);
        QVERIFY(!left->contains(key));
    }
    QVERIFY2(left->keyCount() == wanted.size(), qPrintable(QStringLiteral("seed %1").arg(seed)));
    SnapshotCursor cursor(left);
    bool isThere = cursor.seek({});
    std::uint64_t rank = 0;
    for (const std::string& key : wanted) {
        QVERIFY(isThere);
        QCOMPARE(cursor.key(), std::string_view(key));
        QCOMPARE(left->rank(key), rank);
        QCOMPARE(left->select(rank), key);
        isThere = cursor.next();
        ++rank;
    }
    QVERIFY(!isThere);
}

void TestLeftOut::nothingToLeaveOutIsTheSame()
{
    IndexBuilder builder;
    KeyBatch batch;
    batch.append("a");
    builder.add(SmallRun::sorted(std::move(batch)));
    const auto all = builder.publish();
    QCOMPARE(leavingOut(all, {}), all);
    QCOMPARE(leavingOut(all, {"b"}), all);
}

QTEST_GUILESS_MAIN(TestLeftOut)
#include "tst_leftout.moc"
