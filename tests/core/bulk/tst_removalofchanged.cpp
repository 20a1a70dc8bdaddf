// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that somebody else changes while they are deleted: archived once more, or left alone.
#include "tests/core/bulk/removalfixture.h"

#include <QTest>

#include <algorithm>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

bool has(std::span<const Command> commands, std::string_view name)
{
    return std::ranges::any_of(commands, [name](const Command& command) { return command.name() == name; });
}

} // namespace

class TestRemovalOfChanged : public RemovalFixture {
    Q_OBJECT

private Q_SLOTS:
    void aKeyChangedMeanwhileIsArchivedOnceMore_data();
    void aKeyChangedMeanwhileIsArchivedOnceMore();
    void aResizedTableIsNoChange();
    void aKeyChangedMeanwhileIsLeftAlone_data();
    void aKeyChangedMeanwhileIsLeftAlone();
    void aKeyChangedUnderWatchIsLeftAlone();
    void fewKeysAreWatchedAtOnce();
};

void TestRemovalOfChanged::aKeyChangedMeanwhileIsArchivedOnceMore_data()
{
    QTest::addColumn<Args>("change");
    QTest::addColumn<std::string>("key");
    QTest::addColumn<std::string>("outcome");
    const std::string changed = "done_though_changed";
    QTest::addRow("another value") << Args{"SET", "string", "new"} << std::string("string") << changed;
    QTest::addRow("another end") << Args{"PEXPIREAT", "string", "4102444800124"} << std::string("string") << changed;
    QTest::addRow("no end any more") << Args{"PERSIST", "hash:table"} << std::string("hash:table") << changed;
    QTest::addRow("a field of many") << Args{"HSET", "hash:table", "field 7", "x"} << std::string("hash:table")
                                     << changed;
    QTest::addRow("a member of many") << Args{"SREM", "set:table", "member 7"} << std::string("set:table") << changed;
    QTest::addRow("an entry delivered") << Args{"XREADGROUP", "GROUP", "g", "me", "STREAMS", "stream", ">"}
                                        << std::string("stream") << changed;
    QTest::addRow("deleted by somebody") << Args{"DEL", "list"} << std::string("list") << std::string("missing");
}

void TestRemovalOfChanged::aKeyChangedMeanwhileIsArchivedOnceMore()
{
    QFETCH(const Args, change);
    QFETCH(const std::string, key);
    QFETCH(const std::string, outcome);
    for (const Args& command : everyType()) {
        m_server->command(command);
    }
    const auto keys = m_server->list({"KEYS", "*"});
    std::string changed;
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        if (has(commands, "EXEC") && has(commands, "UNLINK")) {
            m_server->command(change);
            changed = m_server->command({"EXISTS", key}) == "1" ? stateOf(*m_server, key) : std::string();
        }
    });
    QVERIFY(remove({}, keys, &lane));
    QCOMPARE(m_outcomes.all.at(key), outcome);
    QCOMPARE(m_outcomes.count("done"), keys.size() - 1);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    const bool isChanged = outcome != "missing";
    QCOMPARE(m_archive->records().size(), keys.size() + (isChanged ? 1 : 0));
    if (isChanged) {
        const UndoRecord record = m_archive->newest().at(key);
        QVERIFY(record.supersedes);
        const std::string end = record.expireAt ? std::to_string(record.expireAt->count()) : "0";
        m_server->command({"RESTORE", key, end, record.dump, "ABSTTL"});
        QCOMPARE(stateOf(*m_server, key), changed);
    }
}

/// DUMP gives a table's fields in another order after it was resized.
void TestRemovalOfChanged::aResizedTableIsNoChange()
{
    Args set{"SADD", "set"};
    for (int at = 0; at < 5000; ++at) {
        set.push_back("member " + std::to_string(at));
    }
    m_server->command(set);
    const std::string before = m_server->command({"DUMP", "set"});
    std::string after;
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        if (has(commands, "UNLINK")) { // the same members in a table of another size
            Args more{"SADD", "set"};
            Args less{"SREM", "set"};
            for (int at = 0; at < 20'000; ++at) {
                more.push_back("other " + std::to_string(at));
                less.push_back("other " + std::to_string(at));
            }
            m_server->command(more);
            m_server->command(less);
            after = m_server->command({"DUMP", "set"});
        }
    });
    QVERIFY(remove({}, {"set"}, &lane));
    QVERIFY(before != after);
    QCOMPARE(m_outcomes.all.at("set"), std::string("done"));
    QCOMPARE(m_archive->records().size(), std::size_t{1});
}

void TestRemovalOfChanged::aKeyChangedMeanwhileIsLeftAlone_data()
{
    QTest::addColumn<std::size_t>("others");
    QTest::addRow("alone") << std::size_t{0};
    QTest::addRow("among others") << std::size_t{40};
    QTest::addRow("among more than WATCH is given at once") << std::size_t{500};
}

void TestRemovalOfChanged::aKeyChangedMeanwhileIsLeftAlone()
{
    QFETCH(const std::size_t, others);
    fill(others + 1);
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        if (has(commands, "WATCH")) {
            m_server->command({"SET", "key:0", "new"});
        }
    });
    RemovalOptions options;
    options.refuseChanged = true;
    QVERIFY(remove(options, numbered(others + 1), &lane));
    QCOMPARE(m_outcomes.all.at("key:0"), std::string("changed"));
    QCOMPARE(m_outcomes.count("done"), others);
    QCOMPARE(m_server->command({"GET", "key:0"}), std::string("new"));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("1"));
}

void TestRemovalOfChanged::aKeyChangedUnderWatchIsLeftAlone()
{
    fill(200);
    int changes = 0;
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        if (has(commands, "UNLINK")) {
            m_server->command({"SET", "key:7", "new " + std::to_string(++changes)});
        }
    });
    RemovalOptions options;
    options.refuseChanged = true;
    QVERIFY(remove(options, numbered(200), &lane));
    QCOMPARE(m_outcomes.all.at("key:7"), std::string("changed"));
    QCOMPARE(m_outcomes.count("done"), std::size_t{199});
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("1"));
}

/// WATCH looks through all that its connection watches already, for each key.
void TestRemovalOfChanged::fewKeysAreWatchedAtOnce()
{
    fill(720);
    std::size_t watching = 0;
    std::size_t most = 0;
    std::size_t groups = 0;
    HookedLane lane(*m_lane, [&](std::span<const Command> commands) {
        for (const Command& command : commands) {
            if (command.name() == "WATCH") {
                ++groups;
                watching += command.arguments().size() - 1;
                most = std::max(most, watching);
            } else if (command.name() == "EXEC" || command.name() == "UNWATCH") {
                watching = 0;
            }
        }
    });
    RemovalOptions options;
    options.refuseChanged = true;
    QVERIFY(remove(options, numbered(720), &lane));
    QCOMPARE(m_outcomes.count("done"), std::size_t{720});
    QVERIFY(groups >= 15);
    QVERIFY2(most <= 50, std::to_string(most).c_str());
}

QTEST_GUILESS_MAIN(TestRemovalOfChanged)
#include "tst_removalofchanged.moc"
