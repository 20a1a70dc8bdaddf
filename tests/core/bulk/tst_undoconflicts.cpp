// SPDX-License-Identifier: GPL-3.0-or-later
// Where a key is there again, or its time is over, an undo harms nothing: what it replaces is archived.
#include "tests/core/bulk/meddledlane.h"
#include "tests/core/bulk/undofixture.h"

#include <QTest>

#include <memory>
#include <string>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

std::int64_t nowAt(RedisServer& server)
{
    return std::stoll(server.list({"TIME"}).front()) * 1000;
}

} // namespace

class TestUndoConflicts : public UndoFixture {
    Q_OBJECT

private Q_SLOTS:
    void keysThatAreThereAgain_data();
    void keysThatAreThereAgain();
    void aKeyThatChangesBeforeItIsReplacedIsArchived_data();
    void aKeyThatChangesBeforeItIsReplacedIsArchived();
    void keysWhoseTimeIsOver_data();
    void keysWhoseTimeIsOver();
    void fieldsWhoseTimeIsOver_data();
    void fieldsWhoseTimeIsOver();
    void aKeyThatIsOverMayHaveFieldsThatAreOver();
    void anEndThatIsOverDeletesNothing();
    void setsEndsBack_data();
    void setsEndsBack();
};

void TestUndoConflicts::keysThatAreThereAgain_data()
{
    QTest::addColumn<Args>("again");
    QTest::addColumn<bool>("replaces");
    QTest::addRow("another value, left alone") << Args{"SET", "key", "new"} << false;
    QTest::addRow("another value, replaced") << Args{"SET", "key", "new"} << true;
    QTest::addRow("another type, left alone") << Args{"RPUSH", "key", "new"} << false;
    QTest::addRow("another type, replaced") << Args{"RPUSH", "key", "new"} << true;
    QTest::addRow("another end, left alone") << Args{"SET", "key", "old", "PX", "900000"} << false;
    QTest::addRow("another end, replaced") << Args{"SET", "key", "old", "PX", "900000"} << true;
}

void TestUndoConflicts::keysThatAreThereAgain()
{
    QFETCH(const Args, again);
    QFETCH(const bool, replaces);
    m_server->command({"SET", "key", "old"});
    m_server->command({"SET", "other", "old"});
    m_server->command({"PEXPIREAT", "key", farAway});
    remove({"key", "other"});
    m_server->command(again);
    const std::string before = m_server->command({"DUMP", "key"});
    UndoOptions options;
    options.conflict = replaces ? UndoConflict::Replace : UndoConflict::Skip;
    QVERIFY(undo(options));
    QCOMPARE(m_server->command({"GET", "other"}), std::string("old"));
    if (replaces) {
        QCOMPARE(count(Outcome::Done), std::uint64_t{2});
        QCOMPARE(m_server->command({"GET", "key"}), std::string("old"));
        QCOMPARE(m_server->command({"PEXPIRETIME", "key"}), farAway);
    } else {
        QCOMPARE(count(Outcome::Done), std::uint64_t{1});
        QCOMPARE(count(Outcome::Changed), std::uint64_t{1});
        QCOMPARE(m_report->troubles().front().key, std::string("key"));
        QCOMPARE(m_server->command({"DUMP", "key"}), before);
        QVERIFY(m_server->command({"PEXPIRETIME", "key"}) != farAway);
    }
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("2"));
}

void TestUndoConflicts::aKeyThatChangesBeforeItIsReplacedIsArchived_data()
{
    QTest::addColumn<bool>("isCluster");
    QTest::addColumn<Args>("newest");
    QTest::addColumn<Outcome>("outcome");
    const Args newest{"SET", "key", "newest"};
    QTest::addRow("by a transaction") << false << newest << Outcome::DoneThoughChanged;
    QTest::addRow("by a script, as in a cluster") << true << newest << Outcome::DoneThoughChanged;
    QTest::addRow("its end alone") << false << Args{"PEXPIREAT", "key", farAway} << Outcome::DoneThoughChanged;
    QTest::addRow("it does not change") << false << Args{"PING"} << Outcome::Done;
    QTest::addRow("it does not change, in a cluster") << true << Args{"PING"} << Outcome::Done;
}

/// Between the look that is archived and the RESTORE that writes over it.
void TestUndoConflicts::aKeyThatChangesBeforeItIsReplacedIsArchived()
{
    QFETCH(const bool, isCluster);
    QFETCH(const Args, newest);
    QFETCH(const Outcome, outcome);
    m_server->command({"SET", "key", "old"});
    remove({"key"});
    m_server->command({"SET", "key", "new"});
    TestArchive lost;
    UndoOptions options;
    options.isCluster = isCluster;
    options.conflict = UndoConflict::Replace;
    options.overwritten = [&lost] { return Result<UndoArchiveWriter*>(lost.writer.get()); };
    std::string before;
    const auto meddled = [&](int database) -> std::unique_ptr<Lane> {
        return std::make_unique<MeddledLane>(laneTo(*m_server, database), [&] {
            m_server->command(newest);
            before = stateOf(*m_server, "key");
        });
    };
    QVERIFY(undo(options, meddled));
    QCOMPARE(count(outcome), std::uint64_t{1});
    QCOMPARE(m_server->command({"GET", "key"}), "old");
    QVERIFY(lost.writer->finish());
    const auto records = lost.newest();
    QCOMPARE(records.size(), std::size_t{1});
    const UndoRecord& record = records.at("key");
    const std::string end = record.expireAt ? std::to_string(record.expireAt->count()) : "0";
    m_server->command({"RESTORE", "key", end, record.dump, "REPLACE", "ABSTTL"});
    QCOMPARE(stateOf(*m_server, "key"), before);
}

void TestUndoConflicts::keysWhoseTimeIsOver_data()
{
    QTest::addColumn<bool>("keepsExpired");
    QTest::addColumn<bool>("hasRestoreAbs");
    QTest::addRow("told") << false << true;
    QTest::addRow("restored without an end") << true << true;
    QTest::addRow("told, without ABSTTL") << false << false;
    QTest::addRow("restored, without ABSTTL") << true << false;
}

void TestUndoConflicts::keysWhoseTimeIsOver()
{
    QFETCH(const bool, keepsExpired);
    QFETCH(const bool, hasRestoreAbs);
    m_server->command({"SET", "over", "v"});
    UndoRecord over = recordOf("over");
    over.expireAt = Milliseconds{nowAt(*m_server) - 60'000};
    archive(over);
    m_server->command({"SET", "ends", "v", "PXAT", farAway});
    archive(recordOf("ends"));
    m_server->command({"FLUSHALL"});
    UndoOptions options;
    options.keepsExpired = keepsExpired;
    options.hasRestoreAbs = hasRestoreAbs;
    QVERIFY(undo(options));
    QCOMPARE(count(Outcome::Done), std::uint64_t{keepsExpired ? 2U : 1U});
    QCOMPARE(count(Outcome::ExpiredMeanwhile), std::uint64_t{keepsExpired ? 0U : 1U});
    QCOMPARE(m_server->command({"PTTL", "over"}), std::string(keepsExpired ? "-1" : "-2"));
    QCOMPARE(m_server->command({"EXISTS", "ends"}), std::string("1"));
}

void TestUndoConflicts::fieldsWhoseTimeIsOver_data()
{
    QTest::addColumn<int>("fields");
    QTest::addColumn<int>("ending");
    QTest::addColumn<bool>("isSwept");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<std::string>("left");
    for (const bool isSwept : {false, true}) {
        for (const int fields : {3, 700}) { // as a list, as a table
            const char* const how = isSwept ? "swept" : "not swept";
            QTest::addRow("all of %d, %s", fields, how)
                << fields << fields << isSwept << Outcome::ExpiredMeanwhile << std::string("0");
            QTest::addRow("one of %d, %s", fields, how)
                << fields << 1 << isSwept << Outcome::Done << std::to_string(fields - 1);
        }
    }
}

/// RESTORE says +OK, and EXISTS finds the key, until the server sweeps what is over.
void TestUndoConflicts::fieldsWhoseTimeIsOver()
{
    QFETCH(const int, fields);
    QFETCH(const int, ending);
    QFETCH(const bool, isSwept);
    m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", "0"}); // so that they are whole when they are archived
    Args made{"HSET", "key"};
    Args ends{"HPEXPIRE", "key", "100", "FIELDS", std::to_string(ending)};
    for (int at = 0; at < fields; ++at) {
        made.insert(made.end(), {"f" + std::to_string(at), "v"});
        if (at < ending) {
            ends.push_back("f" + std::to_string(at));
        }
    }
    m_server->command(made);
    if (m_server->command(ends).starts_with('-')) {
        m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", "1"});
        QSKIP("this server has no fields that end (Redis 7.4)");
    }
    archive(recordOf("key"));
    m_server->command({"DEL", "key"});
    const std::int64_t later = std::stoll(m_server->command({"TIME"})) + 1;
    QTRY_VERIFY_WITH_TIMEOUT(std::stoll(m_server->command({"TIME"})) > later, 20'000);
    m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", isSwept ? "1" : "0"});
    QVERIFY(undo());
    m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", "1"});
    QFETCH(const Outcome, outcome);
    QFETCH(const std::string, left);
    QCOMPARE(count(outcome), std::uint64_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"HLEN", "key"}), left, 20'000);
}

/// It is for the key's own end that it is restored without one; which of its fields are over comes after.
void TestUndoConflicts::aKeyThatIsOverMayHaveFieldsThatAreOver()
{
    m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", "0"});
    m_server->command({"HSET", "key", "a", "1", "b", "2"});
    if (m_server->command({"HPEXPIRE", "key", "400", "FIELDS", "1", "a"}).starts_with('-')) {
        m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", "1"});
        QSKIP("this server has no fields that end (Redis 7.4)");
    }
    m_server->command({"PEXPIRE", "key", "500"});
    archive(recordOf("key"));
    m_server->command({"DEL", "key"});
    const std::int64_t later = std::stoll(m_server->command({"TIME"})) + 1;
    QTRY_VERIFY_WITH_TIMEOUT(std::stoll(m_server->command({"TIME"})) > later, 20'000);
    m_server->command({"DEBUG", "SET-ACTIVE-EXPIRE", "1"});
    UndoOptions options;
    options.keepsExpired = true;
    QVERIFY(undo(options));
    QCOMPARE(count(Outcome::Done), std::uint64_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"HLEN", "key"}), std::string("1"), 20'000);
    QCOMPARE(m_server->command({"PTTL", "key"}), std::string("-1"));
}

/// RESTORE … REPLACE with a past end deletes the key that is there.
void TestUndoConflicts::anEndThatIsOverDeletesNothing()
{
    m_server->command({"SET", "key", "old"});
    UndoRecord over = recordOf("key");
    over.expireAt = Milliseconds{nowAt(*m_server) - 60'000};
    archive(over);
    m_server->command({"SET", "key", "new"});
    UndoOptions options;
    options.conflict = UndoConflict::Replace;
    QVERIFY(undo(options));
    QCOMPARE(count(Outcome::ExpiredMeanwhile), std::uint64_t{1});
    QCOMPARE(m_server->command({"GET", "key"}), std::string("new"));
    options.keepsExpired = true;
    QVERIFY(undo(options));
    QCOMPARE(count(Outcome::Done), std::uint64_t{1});
    QCOMPARE(m_server->command({"GET", "key"}), std::string("old"));
    QCOMPARE(m_server->command({"PTTL", "key"}), std::string("-1"));
}

void TestUndoConflicts::setsEndsBack_data()
{
    QTest::addColumn<std::string>("end");
    QTest::addColumn<Args>("change");
    QTest::addColumn<Outcome>("outcome");
    QTest::addRow("one was set") << std::string() << Args{"PEXPIRE", "key", "900000"} << Outcome::Done;
    QTest::addRow("another was set") << farAway << Args{"PEXPIRE", "key", "900000"} << Outcome::Done;
    QTest::addRow("it was taken away") << farAway << Args{"PERSIST", "key"} << Outcome::Done;
    QTest::addRow("it came and the key went") << farAway << Args{"DEL", "key"} << Outcome::Done;
    QTest::addRow("the value is another by now") << farAway << Args{"SET", "key", "new"} << Outcome::Changed;
}

void TestUndoConflicts::setsEndsBack()
{
    QFETCH(const std::string, end);
    QFETCH(const Args, change);
    QFETCH(const Outcome, outcome);
    m_server->command({"SET", "key", "value"});
    if (!end.empty()) {
        m_server->command({"PEXPIREAT", "key", end});
    }
    UndoRecord record = recordOf("key");
    record.reason = UndoReason::ExpiryChanged;
    archive(record);
    m_server->command(change);
    QVERIFY(undo());
    QCOMPARE(count(outcome), std::uint64_t{1});
    if (outcome == Outcome::Done) {
        QCOMPARE(m_server->command({"GET", "key"}), std::string("value"));
        QCOMPARE(m_server->command({"PEXPIRETIME", "key"}), end.empty() ? std::string("-1") : end);
    } else {
        QCOMPARE(m_server->command({"GET", "key"}), std::string("new"));
    }
}

QTEST_GUILESS_MAIN(TestUndoConflicts)
#include "tst_undoconflicts.moc"
