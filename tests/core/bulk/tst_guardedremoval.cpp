// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing is deleted that does not stand in the archive, and each key is told what became of it.
#include "core/base/dumpdigest.h"
#include "core/bulk/archivebefore.h"
#include "core/source/redis/slots.h"
#include "tests/core/bulk/removalfixture.h"
#include "tests/servers/rediscluster.h"

#include <QTest>

#include <cmath>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestGuardedRemoval : public RemovalFixture {
    Q_OBJECT

private Q_SLOTS:
    void tablesCountInAnyOrder();
    void deletesWhatIsArchived_data();
    void deletesWhatIsArchived();
    void everyKeyHasOneOutcome_data();
    void everyKeyHasOneOutcome();
    void aKeyThatIsGivenTwiceIsDeletedOnce_data();
    void aKeyThatIsGivenTwiceIsDeletedOnce();
    void nothingIsDeletedBeforeItIsOnTheDisk();
    void aClusterTakesOneSlotATime();
    void archivesBeforeSomethingElse_data();
    void archivesBeforeSomethingElse();
};

void TestGuardedRemoval::tablesCountInAnyOrder()
{
    const std::string footer(10, 'f');
    const auto number = [](char n) { return std::string("\xC0") + n; }; // 8 bits
    const std::string one = std::string("\x02\x03", 2) + number(1)
        + std::string("\x01"
                      "a",
            2)
        + std::string("\x40\x02xy", 4);
    const std::string other = std::string("\x02\x03", 2) + std::string("\x40\x02xy", 4) + number(1)
        + std::string("\x01"
                      "a",
            2);
    const std::string third = std::string("\x02\x03", 2) + std::string("\x40\x02xz", 4) + number(1)
        + std::string("\x01"
                      "a",
            2);
    QCOMPARE(dumpDigest(one + footer), dumpDigest(other + footer));
    QVERIFY(dumpDigest(one + footer) != dumpDigest(third + footer));
    const std::string hash = std::string("\x04\x02\x01"
                                         "a\x01"
                                         "b\x01"
                                         "c\x01"
                                         "d",
        10);
    const std::string turned = std::string("\x04\x02\x01"
                                           "c\x01"
                                           "d\x01"
                                           "a\x01"
                                           "b",
        10);
    const std::string swapped = std::string("\x04\x02\x01"
                                            "a\x01"
                                            "d\x01"
                                            "c\x01"
                                            "b",
        10);
    QCOMPARE(dumpDigest(hash + footer), dumpDigest(turned + footer));
    QVERIFY(dumpDigest(hash + footer) != dumpDigest(swapped + footer));
    for (std::size_t length = 0; length < one.size(); ++length) { // cut anywhere, it is a value like any other
        QVERIFY(dumpDigest(one.substr(0, length) + footer) != dumpDigest(one + footer));
    }
}

void TestGuardedRemoval::deletesWhatIsArchived_data()
{
    QTest::addColumn<bool>("isOld");
    QTest::addColumn<bool>("refuses");
    QTest::addRow("PEXPIRETIME and UNLINK") << false << false;
    QTest::addRow("before 7.0") << true << false;
    QTest::addRow("by WATCH") << false << true;
    QTest::addRow("by WATCH, before 7.0") << true << true;
}

void TestGuardedRemoval::deletesWhatIsArchived()
{
    QFETCH(const bool, isOld);
    QFETCH(const bool, refuses);
    for (const Args& command : everyType()) {
        m_server->command(command);
    }
    std::map<std::string, std::string> before;
    std::vector<std::string> keys = m_server->list({"KEYS", "*"});
    for (const std::string& key : keys) {
        before[key] = stateOf(*m_server, key);
    }
    RemovalOptions options = isOld ? oldServer() : RemovalOptions{};
    options.refuseChanged = refuses;
    QVERIFY(remove(options, keys));
    QCOMPARE(m_outcomes.count("done"), keys.size());
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    const auto archived = m_archive->newest();
    QCOMPARE(archived.size(), keys.size());
    for (const auto& [key, record] : archived) {
        QCOMPARE(record.type, key.empty() ? std::string("string") : key.substr(0, key.find(':')));
        QCOMPARE(record.reason, UndoReason::Deleted);
        m_server->command({"RESTORE", key, "0", record.dump});
        if (record.expireAt) {
            const auto apart = record.expireAt->count() - std::stoll(farAway);
            QVERIFY(std::abs(apart) <= (isOld ? 20 : 0));
            m_server->command({"PEXPIREAT", key, farAway});
        }
        QCOMPARE(stateOf(*m_server, key), before.at(key));
    }
    QCOMPARE(m_archive->records().size(), keys.size()); // nothing was taken for changed
}

void TestGuardedRemoval::everyKeyHasOneOutcome_data()
{
    QTest::addColumn<bool>("isOld");
    QTest::addColumn<bool>("refuses");
    QTest::addColumn<bool>("asksSizes");
    for (const bool isOld : {false, true}) {
        for (const bool refuses : {false, true}) {
            for (const bool asksSizes : {false, true}) {
                QTest::addRow("old %d, by WATCH %d, sizes %d", isOld, refuses, asksSizes)
                    << isOld << refuses << asksSizes;
            }
        }
    }
}

void TestGuardedRemoval::everyKeyHasOneOutcome()
{
    QFETCH(const bool, isOld);
    QFETCH(const bool, refuses);
    QFETCH(const bool, asksSizes);
    fill(1000);
    RemovalOptions options = isOld ? oldServer() : RemovalOptions{};
    options.refuseChanged = refuses;
    options.ways.asksSizes = asksSizes;
    QVERIFY(remove(options, numbered(1500)));
    QCOMPARE(m_outcomes.all.size(), std::size_t{1500});
    QCOMPARE(m_outcomes.count("done"), std::size_t{1000});
    QCOMPARE(m_outcomes.count("missing"), std::size_t{500});
    QCOMPARE(m_outcomes.all.at("key:999"), std::string("done"));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    QCOMPARE(m_archive->records().size(), std::size_t{1000});
}

void TestGuardedRemoval::aKeyThatIsGivenTwiceIsDeletedOnce_data()
{
    QTest::addColumn<bool>("isOld");
    QTest::addColumn<bool>("refuses");
    QTest::addRow("PEXPIRETIME and UNLINK") << false << false;
    QTest::addRow("before 7.0") << true << false;
    QTest::addRow("by WATCH") << false << true;
}

/// A file may name it twice. The server's number is smaller then, and still is each key's own outcome known.
void TestGuardedRemoval::aKeyThatIsGivenTwiceIsDeletedOnce()
{
    QFETCH(const bool, isOld);
    QFETCH(const bool, refuses);
    fill(3);
    RemovalOptions options = isOld ? oldServer() : RemovalOptions{};
    options.refuseChanged = refuses;
    QVERIFY(remove(options, {"key:0", "key:0", "missing", "key:1", "key:2", "key:0", "missing"}));
    QStringList ofTheFirst = QString::fromStdString(m_outcomes.all.at("key:0")).split(u", "_s);
    ofTheFirst.sort();
    QCOMPARE(ofTheFirst, QStringList({u"done"_s, u"skipped: it was given twice"_s, u"skipped: it was given twice"_s}));
    QCOMPARE(m_outcomes.all.at("key:1"), "done");
    QCOMPARE(m_outcomes.all.at("key:2"), "done");
    QCOMPARE(m_outcomes.all.at("missing"), "missing, missing");
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    QCOMPARE(m_archive->newest().size(), 3U);
}

void TestGuardedRemoval::nothingIsDeletedBeforeItIsOnTheDisk()
{
    fill(2000);
    std::size_t removals = 0;
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        const auto archived = m_archive->newest();
        for (const Command& command : commands) {
            if (command.name() == "UNLINK") {
                ++removals;
                for (const std::string& key : std::span(command.arguments()).subspan(1)) {
                    QVERIFY(archived.contains(key));
                }
            }
        }
    });
    QVERIFY(remove({}, numbered(2000), &lane));
    QVERIFY(removals >= 20);
    QCOMPARE(m_outcomes.count("done"), std::size_t{2000});
}

void TestGuardedRemoval::aClusterTakesOneSlotATime()
{
    ClusterOptions clusterOptions;
    clusterOptions.replicasPerMaster = 0;
    const auto cluster = RedisCluster::start(clusterOptions);
    cluster->fill(900);
    for (const bool refuses : {false, true}) {
        const std::string prefix = refuses ? "again:" : "key:";
        if (refuses) {
            cluster->fill(900, prefix);
        }
        std::size_t deleted = 0;
        for (const int master : cluster->masters()) {
            const auto lane = laneTo(cluster->server(master));
            std::vector<std::string> keys;
            std::size_t own = 0;
            for (std::size_t at = 0; at < 900; ++at) {
                keys.push_back(prefix + std::to_string(at));
                own += cluster->ownerOf(keyglass::slotOf(keys.back())) == master ? 1 : 0;
            }
            RemovalOptions options;
            options.ways.bySlot = true;
            options.refuseChanged = refuses;
            QVERIFY(remove(options, keys, lane.get()));
            QCOMPARE(m_outcomes.count("done"), own);
            QCOMPARE(m_outcomes.count("elsewhere: MOVED"), 900 - own);
            deleted += own;
        }
        QCOMPARE(deleted, std::size_t{900});
        QVERIFY(cluster->truth().empty());
    }
}

void TestGuardedRemoval::archivesBeforeSomethingElse_data()
{
    QTest::addColumn<bool>("hasExpireTime");
    QTest::addRow("PEXPIRETIME") << true;
    QTest::addRow("before 7.0") << false;
}

void TestGuardedRemoval::archivesBeforeSomethingElse()
{
    QFETCH(const bool, hasExpireTime);
    fill(300);
    m_server->command({"SET", "large", std::string(3'000'000, 'x')});
    std::vector<std::string> keys = numbered(301); // one more than there are
    keys.emplace_back("large");
    ArchivingOptions options;
    options.reason = UndoReason::ExpiryChanged;
    options.largest = ByteCount{1'000'000};
    options.ways.hasExpireTime = hasExpireTime;
    const auto archived = archiveBefore(*m_lane, batchOf(keys), options, *m_archive->writer, {});
    QVERIFY(archived);
    QCOMPARE(archived->size(), std::size_t{302});
    for (std::size_t at = 0; at < 300; ++at) {
        QCOMPARE((*archived)[at].kind, ArchivedKey::Kind::Archived);
    }
    QCOMPARE((*archived)[300].kind, ArchivedKey::Kind::Missing);
    QCOMPARE((*archived)[301].kind, ArchivedKey::Kind::TooLarge);
    const auto records = m_archive->records(); // already on the disk
    QCOMPARE(records.size(), std::size_t{300});
    QCOMPARE(records.front().reason, UndoReason::ExpiryChanged);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("301"));
}

QTEST_GUILESS_MAIN(TestGuardedRemoval)
#include "tst_guardedremoval.moc"
