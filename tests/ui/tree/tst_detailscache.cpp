// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/detailscache.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace std::chrono_literals;

class TestDetailsCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsFiveStates();
    void dropsWhatIsNotAskedAnyMore();
    void staysWithinItsBytes();
    void countsTimeDown();
};

namespace {

KeyDetails stringKey(const std::string& key)
{
    KeyDetails details;
    details.key = key;
    details.type = KeyType::String;
    details.typeState = DetailState::There;
    return details;
}

} // namespace

void TestDetailsCache::knowsFiveStates()
{
    DetailsCache cache;
    QVERIFY(cache.state("a") == RowDetails::NotAsked);
    cache.ask({"a", "b"});
    QVERIFY(cache.state("a") == RowDetails::Loading);
    cache.put(stringKey("a"), Clock::now());
    QVERIFY(cache.state("a") == RowDetails::There);
    KeyDetails gone = stringKey("b");
    gone.gone = true;
    cache.put(gone, Clock::now());
    QVERIFY(cache.state("b") == RowDetails::Gone);
    cache.outdateAll();
    QVERIFY(cache.state("a") == RowDetails::Outdated);
    QVERIFY(cache.state("b") == RowDetails::NotAsked); // it may be back
    cache.ask({"a"});
    QVERIFY(cache.state("a") == RowDetails::Outdated); // the old answer stays to be seen
}

void TestDetailsCache::dropsWhatIsNotAskedAnyMore()
{
    DetailsCache cache;
    cache.ask({"a", "b"});
    cache.put(stringKey("a"), Clock::now());
    cache.ask({"c"});
    QVERIFY(cache.state("a") == RowDetails::There);
    QVERIFY(cache.state("b") == RowDetails::NotAsked);
    QVERIFY(cache.state("c") == RowDetails::Loading);
}

void TestDetailsCache::staysWithinItsBytes()
{
    DetailsCache cache(50'000);
    for (int i = 0; i < 10'000; ++i) {
        cache.put(stringKey("key:" + std::to_string(i)), Clock::now());
    }
    QVERIFY(cache.size() > 10);
    QVERIFY(cache.size() < 500);
    QVERIFY(cache.state("key:9999") == RowDetails::There);
    QVERIFY(cache.state("key:0") == RowDetails::NotAsked);
}

void TestDetailsCache::countsTimeDown()
{
    DetailsCache cache;
    KeyDetails details = stringKey("a");
    details.ttl = 5000ms;
    const auto at = Clock::now();
    cache.put(details, at);
    QVERIFY(cache.find("a")->ttl(at + 2000ms) == Milliseconds(3000));
    QVERIFY(cache.find("a")->ttl(at + 9000ms) == Milliseconds(0));
}

QTEST_GUILESS_MAIN(TestDetailsCache)
#include "tst_detailscache.moc"
