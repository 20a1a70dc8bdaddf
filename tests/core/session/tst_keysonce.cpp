// SPDX-License-Identifier: GPL-3.0-or-later
// Every key passes once: also where the filter errs, where many threads give the same, and where the disk is full.
#include "core/session/keysonce.h"
#include "tests/servers/fulldisk.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

using Passed = std::map<std::string, int>;

void count(const KeyBatch& keys, Passed& passed)
{
    for (std::size_t at = 0; at < keys.size(); ++at) {
        ++passed[std::string(keys[at])];
    }
}

/// user:0 and so on, and some that are unlike others.
std::vector<std::string> names(int some)
{
    std::vector<std::string> made{
        "", std::string("\0", 1), std::string("\0\0", 2), "\xff\xfe", std::string(70'000, 'x')};
    for (int at = 0; at < some; ++at) {
        made.push_back("user:" + std::to_string(at));
    }
    return made;
}

bool isEachOnce(const Passed& passed, const std::vector<std::string>& keys)
{
    return passed.size() == keys.size() && std::ranges::all_of(keys, [&](const std::string& key) {
        const auto found = passed.find(key);
        return found != passed.end() && found->second == 1;
    });
}

} // namespace

class TestKeysOnce : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void letsEachThroughOnce_data();
    void letsEachThroughOnce();
    void letsEachThroughOnceFromSeveralThreads();
    void mostPassAtOnce();
    void nothingIsLostOnAFullDisk_data();
    void nothingIsLostOnAFullDisk();
    void aFolderThatIsNotThereIsNamed();
};

void TestKeysOnce::letsEachThroughOnce_data()
{
    QTest::addColumn<unsigned>("filterBits");
    QTest::addColumn<quint64>("asideBytes");
    QTest::addColumn<quint64>("heldHashes");
    QTest::addRow("in memory") << 64U << quint64(4'000'000) << quint64(1'000'000);
    QTest::addRow("on the disk") << 64U << quint64(4'000'000) << quint64(100);
    QTest::addRow("told apart now and then") << 64U << quint64(20'000) << quint64(1000);
    QTest::addRow("a filter that nearly always errs") << 6U << quint64(4'000'000) << quint64(100);
    QTest::addRow("one that errs, told apart now and then") << 6U << quint64(20'000) << quint64(1000);
    QTest::addRow("one that errs, told apart each time") << 1U << quint64(0) << quint64(100);
}

void TestKeysOnce::letsEachThroughOnce()
{
    QFETCH(const unsigned, filterBits);
    QFETCH(const quint64, asideBytes);
    QFETCH(const quint64, heldHashes);
    const auto keys = names(5000);
    std::vector<std::string> given = keys;
    given.insert(given.end(), keys.begin(), keys.end());
    given.insert(given.end(), keys.begin(), keys.begin() + 1000);
    std::mt19937 random(4711);
    std::ranges::shuffle(given, random);
    const QTemporaryDir folder;
    KeysOnce once({asideBytes, heldHashes, filterBits, folder.path()});
    Passed passed;
    for (std::size_t at = 0; at < given.size();) {
        KeyBatch batch;
        for (std::size_t left = random() % 300; left > 0 && at < given.size(); --left) {
            batch.append(given[at++]);
        }
        const auto fresh = once.fresh(std::move(batch));
        QVERIFY(fresh.has_value());
        count(*fresh, passed);
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList()); // it has no name
    count(once.rest(), passed);
    QVERIFY(isEachOnce(passed, keys));
    QCOMPARE(once.repeats(), std::uint64_t(given.size() - keys.size()));
    QVERIFY(!once.failure());
}

void TestKeysOnce::letsEachThroughOnceFromSeveralThreads()
{
    const auto keys = names(20'000);
    KeysOnce once({50'000, 1000, 14, {}});
    std::vector<Passed> passed(4);
    std::atomic<bool> hasFailed{false};
    {
        std::vector<std::jthread> threads;
        for (std::size_t own = 0; own < passed.size(); ++own) {
            threads.emplace_back([&, own] {
                KeyBatch batch;
                for (std::size_t at = 0; at < keys.size(); ++at) {
                    batch.append(keys[(at + own * 100) % keys.size()]);
                    if (batch.size() < 250 && at + 1 < keys.size()) {
                        continue;
                    }
                    const auto fresh = once.fresh(std::exchange(batch, {}));
                    hasFailed = hasFailed || !fresh;
                    if (fresh) {
                        count(*fresh, passed[own]);
                    }
                }
            });
        }
    }
    QVERIFY(!hasFailed);
    Passed all;
    count(once.rest(), all);
    for (const Passed& part : passed) {
        for (const auto& [key, times] : part) {
            all[key] += times;
        }
    }
    QVERIFY(isEachOnce(all, keys));
    QCOMPARE(once.repeats(), std::uint64_t(3 * keys.size()));
}

/// It is for this that there is a filter: a job begins with its first keys. The size is asked for once, where there are
/// many.
void TestKeysOnce::mostPassAtOnce()
{
    constexpr std::uint64_t many = 400'000;
    int asked = 0;
    KeysOnce once({}, [&asked] {
        ++asked;
        return many;
    });
    std::uint64_t passed = 0;
    std::uint64_t before = 0;
    for (std::uint64_t at = 0; at < many;) {
        KeyBatch batch;
        for (; batch.size() < 1000; ++at) {
            batch.append("user:" + std::to_string(at));
        }
        const auto fresh = once.fresh(std::move(batch));
        QVERIFY(fresh.has_value());
        passed += fresh->size();
        before = at == 50'000 ? passed : before;
        QCOMPARE(asked, at > 100'000 ? 1 : 0);
    }
    QVERIFY(before > 49'000);
    QVERIFY2(passed > many - many / 200, qPrintable(QString::number(passed)));
    QCOMPARE(passed + once.rest().size(), many);
    QCOMPARE(once.repeats(), 0U);
}

void TestKeysOnce::nothingIsLostOnAFullDisk_data()
{
    QTest::addColumn<unsigned>("filterBits");
    QTest::addRow("keys that are certainly new") << 64U;
    QTest::addRow("keys that are told apart") << 6U;
}

/// Each key has passed or is among the rest, never both.
void TestKeysOnce::nothingIsLostOnAFullDisk()
{
    QFETCH(const unsigned, filterBits);
    const auto keys = names(5000);
    const QTemporaryDir folder;
    KeysOnce once({10'000, 100, filterBits, folder.path()});
    Passed passed;
    int failed = 0;
    const FullDisk full(30'000);
    for (int round = 0; round < 2; ++round) {
        KeyBatch batch;
        for (std::size_t at = 0; at < keys.size(); ++at) {
            batch.append(keys[at]);
            if (batch.size() < 70 && at + 1 < keys.size()) {
                continue;
            }
            const auto fresh = once.fresh(std::exchange(batch, {}));
            if (fresh) {
                QCOMPARE(failed, 0);
                count(*fresh, passed);
                continue;
            }
            ++failed;
            QCOMPARE(fresh.error().kind, ErrorKind::File);
            QVERIFY(fresh.error().subject.contains(folder.path()));
            QVERIFY(fresh.error().detail.contains(FullDisk::reason()));
            QVERIFY(fresh.error().detail.contains(u"TMPDIR"_s));
        }
    }
    QVERIFY(failed > 0 && !passed.empty());
    QVERIFY(once.failure().has_value());
    const auto done = passed.size();
    const KeyBatch rest = once.rest();
    QVERIFY(rest.size() > 0);
    count(rest, passed);
    QVERIFY(isEachOnce(passed, keys));
    QCOMPARE(done + rest.size(), keys.size());
}

void TestKeysOnce::aFolderThatIsNotThereIsNamed()
{
    const QTemporaryDir folder;
    KeysOnce once({1'000'000, 10, 64, folder.filePath(u"none"_s)});
    std::uint64_t passed = 0;
    std::optional<Error> why;
    for (int at = 0; at < 20 && !why; ++at) {
        KeyBatch one;
        one.append("user:" + std::to_string(at));
        const auto fresh = once.fresh(std::move(one));
        passed += fresh ? fresh->size() : 0;
        why = fresh ? std::nullopt : std::optional(fresh.error());
    }
    QVERIFY(why.has_value());
    QCOMPARE(why->kind, ErrorKind::File);
    QVERIFY2(why->subject.contains(folder.filePath(u"none"_s)), qPrintable(why->subject));
    QCOMPARE(passed, 10U); // so many are held in memory
    QCOMPARE(once.rest().size(), 1U);
}

QTEST_GUILESS_MAIN(TestKeysOnce)
#include "tst_keysonce.moc"
