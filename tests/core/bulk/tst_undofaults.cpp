// SPDX-License-Identifier: GPL-3.0-or-later
// Refusals, lost lines and servers that stay away: an undo tries again, and names what it could not do.
#include "tests/core/bulk/busylane.h"
#include "tests/core/bulk/undofixture.h"
#include "tests/servers/faultproxy.h"

#include <QTest>

#include <mutex>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestUndoFaults : public UndoFixture {
    Q_OBJECT

private Q_SLOTS:
    void aRefusalIsOneKeysOwn();
    void aKeyTooLargeToLookAtIsOneKeysOwn();
    void aLostLineIsOpenedAgain_data();
    void aLostLineIsOpenedAgain();
    void aServerThatStaysAwayIsNamed();
    void aServerThatRunsAScriptIsTriedAgain_data();
    void aServerThatRunsAScriptIsTriedAgain();
    void aServerThatStaysBusyIsNamed();
};

void TestUndoFaults::aRefusalIsOneKeysOwn()
{
    m_server->command({"SET", "a", "a"});
    UndoRecord good = recordOf("a");
    UndoRecord bad = good;
    bad.key = "b";
    bad.dump[1] = static_cast<char>(bad.dump[1] ^ 1);
    archive(bad);
    archive(good);
    m_server->command({"FLUSHALL"});
    QVERIFY(undo());
    QCOMPARE(count(Outcome::Done), std::uint64_t{1});
    QCOMPARE(count(Outcome::Failed), std::uint64_t{1});
    const QByteArray detail = QByteArray::fromStdString(m_report->troubles().front().detail);
    QVERIFY2(detail.contains("checksum"), detail.constData()); // the server's words
    QVERIFY2(detail.contains("no older"), detail.constData()); // and what they may mean
}

/// What came in its way is more than one reply may have: that ends the line, and nothing else.
void TestUndoFaults::aKeyTooLargeToLookAtIsOneKeysOwn()
{
    m_server->command({"MSET", "a", "1", "b", "2", "c", "3"});
    remove({"a", "b", "c"});
    m_server->command(
        {"EVAL", "for i = 1, 70 do redis.call('RPUSH', KEYS[1], string.rep('L', 1048576 + i)) end", "1", "b"});
    m_server->command({"CONFIG", "SET", "rdbcompression", "no"});
    const Status done = undo();
    m_server->command({"CONFIG", "SET", "rdbcompression", "yes"});
    QVERIFY(done);
    QCOMPARE(count(Outcome::Done), std::uint64_t{2});
    QCOMPARE(count(Outcome::Failed), std::uint64_t{1});
    QCOMPARE(count(Outcome::NotDone), std::uint64_t{0});
    QCOMPARE(m_report->troubles().front().key, std::string("b"));
    QCOMPARE(m_server->command({"LLEN", "b"}), std::string("70"));
}

void TestUndoFaults::aLostLineIsOpenedAgain_data()
{
    QTest::addColumn<std::size_t>("cutAfter");
    for (const std::size_t cutAfter : {500U, 1000U, 2000U, 3500U}) {
        QTest::addRow("cut after each %zu bytes", cutAfter) << cutAfter;
    }
}

void TestUndoFaults::aLostLineIsOpenedAgain()
{
    QFETCH(const std::size_t, cutAfter);
    m_server->fill(2000, [](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), "v", "PXAT", farAway}; });
    std::vector<std::string> keys = m_server->list({"KEYS", "*"});
    for (std::size_t at = 0; at < keys.size(); at += 500) {
        remove({keys.begin() + static_cast<std::ptrdiff_t>(at), keys.begin() + static_cast<std::ptrdiff_t>(at + 500)});
    }
    Faults faults;
    faults.cutAfter = cutAfter;
    FaultProxy proxy(ProxyTarget{m_server->socketPath()}, faults);
    std::mutex mutex; // there are two workers
    int opened = 0;
    const Status done = undo({}, [&](int) -> std::unique_ptr<Lane> {
        ConnectionOptions options;
        options.endpoint.socketPath = proxy.socketPath();
        return makeLane(
            [&mutex, &proxy, &faults, &opened, options](const std::stop_token&) {
                const std::lock_guard lock(mutex);
                if (++opened > 2) {                         // after those of the two workers
                    faults.cutAfter = *faults.cutAfter * 2; // else a batch that takes more never ends
                    proxy.setFaults(faults);
                }
                return Result(options);
            },
            u"proxy"_s, std::make_shared<CommandGate>(GateRules{}));
    });
    QVERIFY(done);
    QVERIFY(opened > 2);
    QCOMPARE(count(Outcome::Done), std::uint64_t{2000});
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("2000"));
    QVERIFY(m_report->nodes().front().retries > 0);
}

void TestUndoFaults::aServerThatStaysAwayIsNamed()
{
    m_server->command({"SET", "key", "v"});
    remove({"key"});
    UndoOptions options;
    options.patience = Milliseconds{200};
    const Status done = undo(options, [](int) {
        ConnectionOptions away;
        away.endpoint.socketPath = u"/nonexistent/socket"_s;
        return makeLane(std::move(away), std::make_shared<CommandGate>(GateRules{}));
    });
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Network);
    QCOMPARE(count(Outcome::NotDone), std::uint64_t{1});
    QVERIFY(m_report->nodes().front().givenUp.has_value());
}

void TestUndoFaults::aServerThatRunsAScriptIsTriedAgain_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<bool>("isCluster");
    QTest::addColumn<bool>("hasRestoreAbs");
    QTest::addRow("restored") << 0 << false << false << true;
    QTest::addRow("restored, in a cluster") << 0 << false << true << true;
    QTest::addRow("asked for its time") << 0 << false << false << false;
    QTest::addRow("there already") << 0 << true << false << true;
    QTest::addRow("looked at") << 1 << true << false << true;
    QTest::addRow("compared") << 2 << true << false << true;
    QTest::addRow("replaced") << 3 << true << false << true;
    QTest::addRow("replaced by a script, as in a cluster") << 3 << true << true << true;
}

/// Whatever it was asked when the script began.
void TestUndoFaults::aServerThatRunsAScriptIsTriedAgain()
{
    QFETCH(const int, before);
    QFETCH(const bool, isThere);
    QFETCH(const bool, isCluster);
    QFETCH(const bool, hasRestoreAbs);
    m_server->command({"SET", "key", "old"});
    remove({"key"});
    if (isThere) {
        m_server->command({"SET", "key", "new"});
    }
    const std::string dump = m_server->command({"DUMP", "key"});
    TestArchive lost;
    UndoOptions options;
    options.isCluster = isCluster;
    options.hasRestoreAbs = hasRestoreAbs;
    options.conflict = UndoConflict::Replace;
    options.overwritten = [&lost] { return Result<UndoArchiveWriter*>(lost.writer.get()); };
    const auto busy = [&](int database) -> std::unique_ptr<Lane> {
        return std::make_unique<BusyLane>(laneTo(*m_server, database), before, 2);
    };
    QVERIFY(undo(options, busy));
    QCOMPARE(count(Outcome::Done), std::uint64_t{1});
    QVERIFY(m_report->nodes().front().retries == 2);
    QCOMPARE(m_server->command({"GET", "key"}), "old");
    QCOMPARE(m_server->command({"PTTL", "key"}), "-1");
    QVERIFY(!isThere || lost.writer->finish());
    const auto records = lost.newest();
    QCOMPARE(records.size(), std::size_t{isThere ? 1U : 0U});
    if (isThere) {
        QVERIFY(records.at("key").dump == dump);
    }
}

void TestUndoFaults::aServerThatStaysBusyIsNamed()
{
    m_server->command({"SET", "key", "v"});
    remove({"key"});
    UndoOptions options;
    options.patience = Milliseconds{200};
    const Status done = undo(options, [this](int database) -> std::unique_ptr<Lane> {
        return std::make_unique<BusyLane>(laneTo(*m_server, database), 0, 1'000'000);
    });
    QVERIFY(!done);
    QVERIFY2(done.error().detail.startsWith(u"BUSY "), qPrintable(done.error().detail));
    QCOMPARE(count(Outcome::NotDone), std::uint64_t{1});
    QVERIFY(m_report->nodes().front().givenUp.has_value());
}

QTEST_GUILESS_MAIN(TestUndoFaults)
#include "tst_undofaults.moc"
