// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/results/keysets.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;

class TestKeyChoice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesEveryKeyInBothOrders_data();
    void givesEveryKeyInBothOrders();
    void endsWhenToldTo();
};

void TestKeyChoice::givesEveryKeyInBothOrders_data()
{
    QTest::addColumn<std::set<std::string>>("keys");
    QTest::addColumn<bool>("isSelection");
    QTest::addRow("no key") << std::set<std::string>{} << false;
    QTest::addRow("the empty key") << std::set<std::string>{""} << false;
    QTest::addRow("one key") << std::set<std::string>{"a"} << false;
    QTest::addRow("more than are turned at once") << someKeys(50'000) << false;
    QTest::addRow("a folder and two keys") << someKeys(20'000) << true;
    std::set<std::string> longKeys;
    for (char c = 'a'; c < 'i'; ++c) {
        longKeys.insert(std::string(std::size_t{3} * 1024 * 1024, c));
    }
    QTest::addRow("keys of megabytes") << longKeys << false;
}

void TestKeyChoice::givesEveryKeyInBothOrders()
{
    QFETCH(const std::set<std::string>, keys);
    QFETCH(const bool, isSelection);
    KeyChoice choice{snapshotOf(keys)};
    std::vector<std::string> expected(keys.begin(), keys.end());
    if (isSelection) {
        choice.selected.emplace();
        choice.selected->addRule("user:7:");
        choice.selected->addKey(*keys.begin());
        choice.selected->addKey(*keys.rbegin());
        choice.selected->addKey("not there");
        std::erase_if(expected, [&](const std::string& key) { return !choice.selected->contains(key); });
        QVERIFY(expected.size() > 50);
    }
    QCOMPARE(choice.count(), std::uint64_t{expected.size()});
    QVERIFY(keysOf(choice) == expected);
    std::ranges::reverse(expected);
    QVERIFY(keysOf(choice, KeyOrder::Descending) == expected);
}

void TestKeyChoice::endsWhenToldTo()
{
    const KeyChoice choice{snapshotOf(someKeys(5000))};
    for (const KeyOrder order : {KeyOrder::Ascending, KeyOrder::Descending}) {
        int given = 0;
        QVERIFY(!choice.forEachKey(order, {}, [&](std::string_view) { return ++given < 10; }));
        QCOMPARE(given, 10);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!choice.forEachKey(order, stop.get_token(), [&](std::string_view) { return true; }));
    }
}

QTEST_GUILESS_MAIN(TestKeyChoice)
#include "tst_keychoice.moc"
