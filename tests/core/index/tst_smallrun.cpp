// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/run.h"
#include "tests/core/index/randomkeys.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

class TestSmallRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sortsAsStdDoes_data();
    void sortsAsStdDoes();
    void sortsKeysThatEndInEachOther();
    void readsBackInAnyOrder();
    void staysQuickOnKeysThatShareAlmostAll();

private:
    static void compare(const std::vector<std::string>& keys);
};

void TestSmallRun::compare(const std::vector<std::string>& keys)
{
    const std::set<std::string> wanted(keys.begin(), keys.end());
    const SmallRun run = sortedRun(keys);
    QCOMPARE(run.size(), wanted.size());
    QCOMPARE(run.duplicates(), keys.size() - wanted.size());
    std::size_t at = 0;
    for (const std::string& key : wanted) {
        if (run[at] != key) {
            QFAIL(qPrintable(QStringLiteral("key %1 differs").arg(at)));
        }
        ++at;
    }
}

void TestSmallRun::sortsAsStdDoes_data()
{
    QTest::addColumn<int>("shape");
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 2, 7, 33, 400, 3000, 70'000}) {
        QTest::addRow("%d short keys", count) << int(KeyShape::Short) << count;
        QTest::addRow("%d realistic keys", count) << int(KeyShape::Realistic) << count;
        QTest::addRow("%d keys of all lengths", std::min(count, 3000))
            << int(KeyShape::Lengths) << std::min(count, 3000);
    }
}

void TestSmallRun::sortsAsStdDoes()
{
    QFETCH(int, shape);
    QFETCH(int, count);
    const std::uint64_t seed = std::random_device{}();
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    std::mt19937_64 random(seed);
    compare(randomKeys(static_cast<KeyShape>(shape), static_cast<std::size_t>(count), random));
}

void TestSmallRun::sortsKeysThatEndInEachOther()
{
    // Zeros at the end look like the padding of shorter keys.
    std::vector<std::string> keys;
    for (std::size_t length = 0; length < 40; ++length) {
        keys.emplace_back(length, '\0');
        keys.push_back(std::string(length, '\0') + "\1");
        keys.push_back("12345678" + std::string(length, '\0'));
        keys.push_back(std::string(length, '\xFF'));
    }
    for (int doubled = 0; doubled < 3; ++doubled) {
        compare(keys);
        keys.insert(keys.end(), keys.rbegin(), keys.rend());
    }
}

void TestSmallRun::readsBackInAnyOrder()
{
    std::mt19937_64 random(4711);
    const auto keys = randomKeys(KeyShape::Realistic, 5000, random);
    const std::set<std::string> sorted(keys.begin(), keys.end());
    const std::vector<std::string> wanted(sorted.begin(), sorted.end());
    const SmallRun run = sortedRun(keys);
    for (int look = 0; look < 3000; ++look) {
        const std::size_t at = random() % wanted.size();
        QCOMPARE(std::string(run[at]), wanted[at]);
    }
}

void TestSmallRun::staysQuickOnKeysThatShareAlmostAll()
{
    // Each key is the beginning of the next: sorting must neither recurse nor compare once per byte.
    std::vector<std::string> keys;
    for (std::size_t length = 0; length < 6000; ++length) {
        keys.emplace_back(length, 'a');
    }
    std::shuffle(keys.begin(), keys.end(), std::mt19937_64(1));
    compare(keys);
    std::vector<std::string> longOnes(3, std::string(10'000'000, 'x'));
    longOnes[0].push_back('b');
    longOnes[1].push_back('a');
    compare(longOnes);
}

QTEST_APPLESS_MAIN(TestSmallRun)
#include "tst_smallrun.moc"
