// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to the consumer groups of a stream, and that an answer of nothing is no success.
#include "tests/core/edit/editfixture.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestGroupEdits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aGroupIsMadeAndDestroyed();
    void aGroupThatIsThereIsNotMadeAgain();
    void aGroupIsMoved();
    void aGroupThatMovedOnIsAConflict();
    void entriesAreAcknowledged_data();
    void entriesAreAcknowledged();
    void entriesAreClaimed_data();
    void entriesAreClaimed();
    void entriesThatBecameAnothersAreLeft_data();
    void entriesThatBecameAnothersAreLeft();
    void anEntryThatBecomesAnothersInBetweenIsTold();
    void idleEntriesAreClaimed();
    void aGroupThatIsGoneIsTold_data();
    void aGroupThatIsGoneIsTold();
    void whatCanNotBeMeantIsNotSent_data();
    void whatCanNotBeMeantIsNotSent();
    void aBusyStreamIsNoHindrance();
    void readOnlyChangesNothing();
    void aLostAnswerIsFoundOut();
    void anotherTimeToLiveIsKeptAndTold_data();
    void anotherTimeToLiveIsKeptAndTold();

private:
    [[nodiscard]] Result<EditOutcome> apply(EditAction action);
    [[nodiscard]] QString words(EditAction action, const Result<EditOutcome>& outcome) const;
    [[nodiscard]] std::string pending(const std::string& consumer);

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
};

/// Five entries, of which the group "g" has delivered three to ann.
void TestGroupEdits::init()
{
    m_server = RedisServer::start();
    for (int i = 1; i <= 5; ++i) {
        m_server->command({"XADD", "k", std::to_string(i) + "-1", "f", "v"});
    }
    m_server->command({"XGROUP", "CREATE", "k", "g", "0"});
    m_server->command({"XREADGROUP", "GROUP", "g", "ann", "COUNT", "3", "STREAMS", "k", ">"});
    m_lane = editLane(*m_server);
}

Result<EditOutcome> TestGroupEdits::apply(EditAction action)
{
    return applyEdit(*m_lane, KeyEdit{"k", std::move(action)}, {}, {});
}

QString TestGroupEdits::words(EditAction action, const Result<EditOutcome>& outcome) const
{
    return outcome ? outcomeText(KeyEdit{"k", std::move(action)}, *outcome) : errorText(outcome.error());
}

/// The IDs that are pending for the consumer.
std::string TestGroupEdits::pending(const std::string& consumer)
{
    std::string ids;
    for (const std::string& entry : m_server->list({"XPENDING", "k", "g", "-", "+", "100", consumer})) {
        ids += (ids.empty() ? "" : " ") + entry.substr(0, entry.find('\n'));
    }
    return ids;
}

void TestGroupEdits::aGroupIsMadeAndDestroyed()
{
    const CreateGroup create{"new \xff", "2-1"};
    const auto made = apply(create);
    QCOMPARE(told(made), u"Done"_s);
    QCOMPARE(words(CreateGroup{"h"}, made), u"Created the group h of key k."_s);
    QVERIFY(m_server->command({"XINFO", "GROUPS", "k"}).find("new \xff") != std::string::npos);
    const auto destroyed = apply(DestroyGroup{"new \xff"});
    QCOMPARE(told(destroyed), u"Done"_s);
    QVERIFY(m_server->command({"XINFO", "GROUPS", "k"}).find("new \xff") == std::string::npos);
    QCOMPARE(m_server->command({"XLEN", "k"}), std::string("5"));
}

void TestGroupEdits::aGroupThatIsThereIsNotMadeAgain()
{
    const CreateGroup create{"g", "$"};
    const auto outcome = apply(create);
    QCOMPARE(told(outcome), u"Conflict"_s);
    QCOMPARE(words(create, outcome), u"key k has a group g already; nothing was changed."_s);
    QCOMPARE(pending("ann"), std::string("1-1 2-1 3-1"));
}

void TestGroupEdits::aGroupIsMoved()
{
    QCOMPARE(told(apply(MoveGroup{"g", "0", std::string("3-1")})), u"Done"_s);
    const MoveGroup move{"g", "$", std::nullopt};
    const auto outcome = apply(move);
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(words(move, outcome), u"Group g of key k goes on with what comes from now on."_s);
    QVERIFY(m_server->command({"XINFO", "GROUPS", "k"}).find("5-1") != std::string::npos);
}

void TestGroupEdits::aGroupThatMovedOnIsAConflict()
{
    m_server->command({"XREADGROUP", "GROUP", "g", "bob", "COUNT", "1", "STREAMS", "k", ">"});
    const MoveGroup move{"g", "0", std::string("3-1")};
    const auto outcome = apply(move);
    QCOMPARE(told(outcome), u"Conflict"_s);
    QCOMPARE(
        words(move, outcome), u"Group g of key k has moved on since it was loaded, to 4-1; nothing was changed."_s);
    QVERIFY(m_server->command({"XINFO", "GROUPS", "k"}).find("4-1") != std::string::npos);
}

void TestGroupEdits::entriesAreAcknowledged_data()
{
    QTest::addColumn<std::vector<std::string>>("ids");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("text");
    QTest::addColumn<std::string>("left");
    using Ids = std::vector<std::string>;
    QTest::addRow("all") << Ids{"1-1", "2-1", "3-1"} << u"Done"_s << u"Acknowledged 3 entries."_s << std::string();
    QTest::addRow("one") << Ids{"2-1"} << u"Done"_s << u"Acknowledged 1 entry."_s << std::string("1-1 3-1");
    QTest::addRow("some were before") << Ids{"1-1", "4-1", "5-1"} << u"Done"_s
                                      << u"Acknowledged 1 of 3 entries; the others were not pending any more."_s
                                      << std::string("2-1 3-1");
    QTest::addRow("all were before") << Ids{"4-1", "5-1"} << u"Conflict"_s
                                     << u"Nothing was acknowledged: of 2 entries none is pending any more."_s
                                     << std::string("1-1 2-1 3-1");
}

void TestGroupEdits::entriesAreAcknowledged()
{
    QFETCH(const std::vector<std::string>, ids);
    QFETCH(const QString, status);
    QFETCH(const QString, text);
    QFETCH(const std::string, left);
    const AcknowledgeEntries action{"g", ids};
    const auto outcome = apply(action);
    QCOMPARE(told(outcome), status);
    QCOMPARE(words(action, outcome), text);
    QCOMPARE(pending("ann"), left);
}

void TestGroupEdits::entriesAreClaimed_data()
{
    QTest::addColumn<std::vector<std::string>>("ids");
    QTest::addColumn<int>("minIdle");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("text");
    QTest::addColumn<std::string>("claimed");
    using Ids = std::vector<std::string>;
    QTest::addRow("all") << Ids{"1-1", "2-1"} << 0 << u"Done"_s << u"Claimed 2 entries for bob."_s
                         << std::string("1-1 2-1");
    QTest::addRow("some") << Ids{"1-1", "5-1"} << 0 << u"Done"_s
                          << u"Claimed 1 of 2 entries for bob; the others were not pending any more, or not idle for "
                             "that long."_s
                          << std::string("1-1");
    QTest::addRow("not idle") << Ids{"1-1"} << 100'000 << u"Conflict"_s
                              << u"Nothing was claimed: of 1 entry none is pending any more, or idle for that long."_s
                              << std::string();
}

void TestGroupEdits::entriesAreClaimed()
{
    QFETCH(const std::vector<std::string>, ids);
    QFETCH(const int, minIdle);
    QFETCH(const QString, status);
    QFETCH(const QString, text);
    QFETCH(const std::string, claimed);
    const ClaimEntries action{"g", "bob", ids, Milliseconds{minIdle}};
    const auto outcome = apply(action);
    QCOMPARE(told(outcome), status);
    QCOMPARE(words(action, outcome), text);
    QCOMPARE(pending("bob"), claimed);
}

void TestGroupEdits::entriesThatBecameAnothersAreLeft_data()
{
    QTest::addColumn<QByteArrayList>("meanwhile");
    QTest::addColumn<QString>("text"); // empty: as they were seen
    QTest::addColumn<std::string>("left");
    const QString now = u"Entry 2-1 of key k is pending for %1 by now, deliveries: %2. Nothing was changed; "
                        "reload the list."_s;
    QTest::addRow("nothing") << QByteArrayList{} << QString() << std::string("3-1");
    QTest::addRow("claimed") << QByteArrayList{"XCLAIM", "k", "g", "bob", "0", "2-1", "JUSTID"}
                             << now.arg(u"bob"_s).arg(1) << std::string("1-1 3-1");
    QTest::addRow("delivered again") << QByteArrayList{"XCLAIM", "k", "g", "ann", "0", "2-1"}
                                     << now.arg(u"ann"_s).arg(2) << std::string("1-1 2-1 3-1");
    QTest::addRow("acknowledged") << QByteArrayList{"XACK", "k", "g", "2-1"} << QString() << std::string("3-1");
    QTest::addRow("another entry claimed")
        << QByteArrayList{"XCLAIM", "k", "g", "bob", "0", "3-1", "JUSTID"} << QString() << std::string();
}

/// Ann's, as they were seen: for acknowledging and for claiming.
void TestGroupEdits::entriesThatBecameAnothersAreLeft()
{
    QFETCH(const QByteArrayList, meanwhile);
    QFETCH(const QString, text);
    QFETCH(const std::string, left);
    const auto page = fetchPendingEntries(*m_lane, PendingRequest{"k", "g", {}, {}, {}, 2}, {});
    QVERIFY(page && page->entries.size() == 2);
    RedisServer::Args args;
    for (const QByteArray& word : meanwhile) {
        args.push_back(word.toStdString());
    }
    if (!args.empty()) {
        m_server->command(args);
    }
    const std::vector<std::string> ids{"1-1", "2-1"};
    const std::vector<EditAction> actions{
        ClaimEntries{"g", "eve", ids, {}, page->entries}, AcknowledgeEntries{"g", ids, page->entries}};
    for (const EditAction& action : actions) {
        const auto outcome = apply(action);
        QCOMPARE(told(outcome), text.isEmpty() ? u"Done"_s : u"Conflict"_s);
        if (text.isEmpty()) {
            QCOMPARE(pending("ann"), left);
            break; // they are eve's now
        }
        QCOMPARE(words(action, outcome), text);
        QCOMPARE(pending("ann"), left);
        QCOMPARE(pending("eve"), std::string());
    }
}

/// WATCH says nothing of it: what was pending for whom is read once more in the transaction.
void TestGroupEdits::anEntryThatBecomesAnothersInBetweenIsTold()
{
    const auto page = fetchPendingEntries(*m_lane, PendingRequest{"k", "g", {}, {}, {}, 2}, {});
    QVERIFY(page);
    MeddledLane meddled(*m_lane, [&] { m_server->command({"XCLAIM", "k", "g", "bob", "0", "2-1", "JUSTID"}); });
    const AcknowledgeEntries action{"g", {"1-1", "2-1"}, page->entries};
    const auto outcome = applyEdit(meddled, KeyEdit{"k", action}, {}, {});
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(words(action, outcome), u"Acknowledged 2 entries. Right before it, entry 2-1 had become one of bob."_s);
}

void TestGroupEdits::idleEntriesAreClaimed()
{
    m_server->command({"XCLAIM", "k", "g", "ann", "0", "1-1", "3-1", "IDLE", "700000", "JUSTID"});
    const ClaimIdleEntries some{"g", "bob", 600s, 1};
    const auto one = apply(some);
    QCOMPARE(told(one), u"Done"_s);
    QCOMPARE(words(some, one), u"Claimed 1 entry for bob. There may be more: claim again."_s);
    QCOMPARE(pending("bob"), std::string("1-1"));
    const ClaimIdleEntries rest{"g", "bob", 600s, 1000};
    QCOMPARE(words(rest, apply(rest)), u"Claimed 1 entry for bob."_s);
    QCOMPARE(pending("bob"), std::string("1-1 3-1"));
    const auto none = apply(rest);
    QCOMPARE(told(none), u"Conflict"_s);
    QCOMPARE(words(rest, none), u"Nothing was claimed: no entry is pending and idle for that long."_s);
}

void TestGroupEdits::aGroupThatIsGoneIsTold_data()
{
    QTest::addColumn<int>("which");
    QTest::addRow("destroy") << 0;
    QTest::addRow("move") << 1;
    QTest::addRow("acknowledge") << 2;
    QTest::addRow("claim") << 3;
    QTest::addRow("claim idle") << 4;
}

void TestGroupEdits::aGroupThatIsGoneIsTold()
{
    QFETCH(const int, which);
    const std::vector<EditAction> actions{DestroyGroup{"g"}, MoveGroup{"g", "0"}, AcknowledgeEntries{"g", {"1-1"}},
        ClaimEntries{"g", "bob", {"1-1"}}, ClaimIdleEntries{"g", "bob"}};
    const EditAction& action = actions[static_cast<std::size_t>(which)];
    m_server->command({"XGROUP", "DESTROY", "k", "g"});
    const auto outcome = apply(action);
    QCOMPARE(told(outcome), u"Conflict"_s);
    QCOMPARE(words(action, outcome), u"key k has no group g any more; nothing was changed."_s);
    m_server->command({"DEL", "k"});
    QCOMPARE(told(apply(action)), u"Gone"_s);
    m_server->command({"SET", "k", "text"});
    QCOMPARE(told(apply(action)), u"WrongType"_s);
}

void TestGroupEdits::whatCanNotBeMeantIsNotSent_data()
{
    QTest::addColumn<int>("which");
    QTest::addRow("a group without a name") << 0;
    QTest::addRow("a place that is none") << 1;
    QTest::addRow("no entries") << 2;
    QTest::addRow("a consumer without a name") << 3;
}

void TestGroupEdits::whatCanNotBeMeantIsNotSent()
{
    QFETCH(const int, which);
    const std::vector<EditAction> actions{
        CreateGroup{""}, MoveGroup{"g", "now"}, AcknowledgeEntries{"g", {}}, ClaimEntries{"g", "", {"1-1"}}};
    const auto outcome = apply(actions[static_cast<std::size_t>(which)]);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Input);
    QVERIFY(!outcome.error().detail.isEmpty());
}

/// Somebody adds an entry before every transaction: nothing is called off by that.
void TestGroupEdits::aBusyStreamIsNoHindrance()
{
    MeddledLane busy(*m_lane, [this] { m_server->command({"XADD", "k", "*", "f", "v"}); });
    const auto outcome = applyEdit(busy, KeyEdit{"k", AcknowledgeEntries{"g", {"1-1"}}}, {}, {});
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(outcome->retries, 0);
    QVERIFY(!outcome->usedScript);
}

void TestGroupEdits::readOnlyChangesNothing()
{
    const auto lane = editLane(*m_server, {}, GateRules{.readOnly = true});
    const auto outcome = applyEdit(*lane, KeyEdit{"k", AcknowledgeEntries{"g", {"1-1"}}}, {}, {});
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::ReadOnly);
    QCOMPARE(pending("ann"), std::string("1-1 2-1 3-1"));
}

/// The line breaks when all has been sent: looking again tells what was done.
void TestGroupEdits::aLostAnswerIsFoundOut()
{
    const AcknowledgeEntries action{"g", {"1-1", "2-1"}};
    bool isSent = false;
    HookedLane lane(*m_lane, [&](const Command& last) {
        if (last.name() == "EXEC" && !std::exchange(isSent, true)) {
            for (const std::string& id : action.ids) {
                m_server->command({"XACK", "k", "g", id});
            }
            m_server->command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        }
    });
    const auto outcome = applyEdit(lane, KeyEdit{"k", action}, {}, {});
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY(outcome->lineWasLost);
    QVERIFY(words(action, outcome).contains(u"The connection was lost before the answer"_s));
}

void TestGroupEdits::anotherTimeToLiveIsKeptAndTold_data()
{
    QTest::addColumn<int>("which");
    QTest::addRow("create") << 0;
    QTest::addRow("destroy") << 1;
    QTest::addRow("move") << 2;
    QTest::addRow("acknowledge") << 3;
    QTest::addRow("claim") << 4;
    QTest::addRow("claim idle") << 5;
}

void TestGroupEdits::anotherTimeToLiveIsKeptAndTold()
{
    QFETCH(const int, which);
    const std::vector<EditAction> actions{CreateGroup{"new"}, DestroyGroup{"g"}, MoveGroup{"g", "0"},
        AcknowledgeEntries{"g", {"1-1"}}, ClaimEntries{"g", "bob", {"1-1"}}, ClaimIdleEntries{"g", "bob"}};
    const EditAction& action = actions[static_cast<std::size_t>(which)];
    m_server->command({"PEXPIRE", "k", "100000"});
    const auto outcome = applyEdit(*m_lane, KeyEdit{"k", action, SeenExpiry{}}, {}, {});
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY2(
        words(action, outcome).contains(u"changed its time to live meanwhile"_s), qPrintable(words(action, outcome)));
    const auto left = std::stoll(m_server->command({"PTTL", "k"}));
    QVERIFY2(left > 0 && left <= 100'000, std::to_string(left).c_str());
}

QTEST_GUILESS_MAIN(TestGroupEdits)
#include "tst_groupedits.moc"
