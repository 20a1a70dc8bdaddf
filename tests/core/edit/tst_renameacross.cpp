// SPDX-License-Identifier: GPL-3.0-or-later
// Renames from one slot of a cluster to another: copied, verified, deleted; others write at every place meanwhile.
#include "tests/core/edit/editclusterfixture.h"

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const std::string farAway = "4102444800123"; // in 2100

std::string everyByte()
{
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

} // namespace

class TestRenameAcross : public EditClusterFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startCluster(); }
    void cleanupTestCase() { m_cluster.reset(); }
    void init() { emptyCluster(); }
    void renamesAcrossSlots_data();
    void renamesAcrossSlots();
    void renamesAcrossSlotsRefuseWhatIsThere();
    void renamesAcrossSlotsOverwriteByChoice();
    void aKeyThatChangesWhileItIsCopied();
    void aKeyThatChangesAllTheTimeIsNotRenamed_data();
    void aKeyThatChangesAllTheTimeIsNotRenamed();
    void anotherWritesToTheCopy_data();
    void anotherWritesToTheCopy();
    void anotherWritesOverTheCopyOfWhatWasOverwritten_data();
    void anotherWritesOverTheCopyOfWhatWasOverwritten();
    void anotherWritesToWhatIsOverwritten_data();
    void anotherWritesToWhatIsOverwritten();
    void nodesThatKeepEqualValuesInOtherWays_data();
    void nodesThatKeepEqualValuesInOtherWays();
    void aDeletionOfTheKeyIsCalledOffWhereItChanged_data();
    void aDeletionOfTheKeyIsCalledOffWhereItChanged();
    void whatWasArchivedIsWhatIsOverwritten();
    void aLineLostWhileCopying_data();
    void aLineLostWhileCopying();
    void aKeyThatGoesWithTheLineWasNotRenamed();
    void theGateIsAskedBeforeACopy();
};

void TestRenameAcross::renamesAcrossSlots_data()
{
    QTest::addColumn<Args>("make");
    QTest::addColumn<Args>("look");
    QTest::addColumn<bool>("onSameNode");
    const std::string b = everyByte();
    const auto add = [](const char* name, const Args& make, const Args& look) {
        QTest::addRow("%s to another node", name) << make << look << false;
        QTest::addRow("%s on the same node", name) << make << look << true;
    };
    add("string", {"SET", "k", b}, {"GET", "k"});
    add("empty string", {"SET", "k", ""}, {"GET", "k"});
    add("hash", {"HSET", "k", b, b, "f", "v"}, {"HMGET", "k", b, "f"});
    add("list", {"RPUSH", "k", b, "", b}, {"LRANGE", "k", "0", "-1"});
    add("set", {"SADD", "k", "1", "2", "3"}, {"SMEMBERS", "k"});
    add("sorted set", {"ZADD", "k", "0.1", "a", "-inf", b}, {"ZRANGE", "k", "0", "-1", "WITHSCORES"});
    add("stream", {"XADD", "k", "5-5", b, b}, {"XRANGE", "k", "-", "+"});
}

void TestRenameAcross::renamesAcrossSlots()
{
    QFETCH(Args, make);
    QFETCH(Args, look);
    QFETCH(bool, onSameNode);
    EditLanes lanes(mapOf());
    QVERIFY(!call(make).starts_with("-"));
    QCOMPARE(call({"PEXPIREAT", "k", farAway}), std::string("1"));
    const std::string content = call(look);
    const std::string name = nameElsewhere("k", onSameNode);
    const auto outcome = apply(lanes, "k", RenameKey{name});
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY(!outcome->isAtomic);
    QVERIFY(outcome->expiryChanged); // it was said to have none
    QVERIFY(outcomeText(KeyEdit{"k", RenameKey{name}}, *outcome).contains(u"slot"_s));
    look[1] = name;
    QCOMPARE(call(look), content);
    QCOMPARE(call({"PEXPIRETIME", name}), farAway);
    QCOMPARE(call({"EXISTS", "k"}), std::string("0"));
    QCOMPARE(told(apply(lanes, "k", RenameKey{name})), u"Gone"_s);
    QCOMPARE(told(applyEdit(lanes, KeyEdit{name, RenameKey{"k"}, {}, "other"}, m_options, {})), u"WrongType"_s);
    m_options.abilities.hasExpireTime = false; // as servers before 7.0
    QCOMPARE(told(apply(lanes, name, RenameKey{"k"})), u"Done"_s);
    m_options.abilities.hasExpireTime = true;
    QVERIFY(std::abs(std::stoll(call({"PEXPIRETIME", "k"})) - std::stoll(farAway)) < 1'000);
}

void TestRenameAcross::renamesAcrossSlotsRefuseWhatIsThere()
{
    EditLanes lanes(mapOf());
    const std::string name = nameElsewhere("k", false);
    QCOMPARE(call({"SET", "k", "v"}), std::string("OK"));
    QCOMPARE(call({"RPUSH", name, "theirs"}), std::string("1"));
    const auto outcome = apply(lanes, "k", RenameKey{name});
    QCOMPARE(told(outcome), u"Conflict"_s);
    QCOMPARE(outcome->now.element.value(), std::vector<std::string>{"list"});
    QCOMPARE(call({"LRANGE", name, "0", "-1"}), std::string("theirs"));
    QCOMPARE(call({"GET", "k"}), std::string("v"));
}

void TestRenameAcross::renamesAcrossSlotsOverwriteByChoice()
{
    EditLanes lanes(mapOf());
    const std::string name = nameElsewhere("k", false);
    QCOMPARE(call({"SET", "k", "v"}), std::string("OK"));
    QCOMPARE(call({"RPUSH", name, "theirs"}), std::string("1"));
    QCOMPARE(told(apply(lanes, "k", RenameKey{name, true})), u"Done"_s);
    QCOMPARE(call({"GET", name}), std::string("v"));
    QCOMPARE(call({"PTTL", name}), std::string("-1"));
    QCOMPARE(call({"EXISTS", "k"}), std::string("0"));
}

void TestRenameAcross::aKeyThatChangesWhileItIsCopied()
{
    bool isFirst = true;
    const auto lanes = hooked([&](const Command& last) {
        if (last.name() == "RESTORE" && std::exchange(isFirst, false)) {
            QCOMPARE(call({"APPEND", "k", "er"}), std::string("5"));
        }
    });
    const std::string name = nameElsewhere("k", false);
    QCOMPARE(call({"SET", "k", "new"}), std::string("OK"));
    const auto outcome = apply(*lanes, "k", RenameKey{name});
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(outcome->retries, 1);
    QCOMPARE(call({"GET", name}), std::string("newer"));
    QCOMPARE(call({"EXISTS", "k"}), std::string("0"));
}

void TestRenameAcross::aKeyThatChangesAllTheTimeIsNotRenamed_data()
{
    QTest::addColumn<bool>("overwrite");
    QTest::addRow("to a new name") << false;
    QTest::addRow("over another key") << true;
}

void TestRenameAcross::aKeyThatChangesAllTheTimeIsNotRenamed()
{
    QFETCH(bool, overwrite);
    int times = 0;
    const auto lanes = hooked([&](const Command& last) {
        if (last.name() == (overwrite ? "EXEC" : "RESTORE")) { // what is overwritten is watched
            static_cast<void>(call({"SETRANGE", "k", "0", std::to_string(++times % 10)}));
        }
    });
    const std::string name = nameElsewhere("k", false);
    QCOMPARE(call({"SET", "k", "v"}), std::string("OK"));
    if (overwrite) {
        QCOMPARE(call({"RPUSH", name, "theirs"}), std::string("1"));
        QCOMPARE(call({"PEXPIREAT", name, farAway}), std::string("1"));
    }
    const auto outcome = apply(*lanes, "k", RenameKey{name, overwrite});
    QCOMPARE(told(outcome), u"TooBusy"_s);
    QVERIFY(times >= 6);
    QCOMPARE(call({"EXISTS", "k"}), std::string("1"));
    if (overwrite) { // it is there again, with its end
        QCOMPARE(call({"LRANGE", name, "0", "-1"}), std::string("theirs"));
        QCOMPARE(call({"PEXPIRETIME", name}), farAway);
    } else {
        QCOMPARE(call({"EXISTS", name}), std::string("0"));
    }
}

/// Of the same type and length, and with the same end as the copy: only its content tells that it is another's.
void TestRenameAcross::anotherWritesToTheCopy_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<bool>("sourceChanges");
    QTest::addColumn<bool>("onSameNode");
    for (const bool onSameNode : {false, true}) {
        const char* where = onSameNode ? " on the same node" : "";
        QTest::addRow("before it is verified%s", where) << u"STRLEN"_s << false << onSameNode;
        QTest::addRow("before the key is deleted, which has changed%s", where) << u"MULTI"_s << true << onSameNode;
    }
}

void TestRenameAcross::anotherWritesToTheCopy()
{
    QFETCH(QString, before);
    QFETCH(bool, sourceChanges);
    QFETCH(bool, onSameNode);
    const std::string name = nameElsewhere("k", onSameNode);
    bool hasRestored = false;
    bool isFirst = true;
    const auto lanes = hooked([&](const Command& last) {
        if (hasRestored && last.name() == before.toStdString() && std::exchange(isFirst, false)) {
            QCOMPARE(call({"SETRANGE", name, "0", "T"}), std::string("6"));
            if (sourceChanges) {
                QCOMPARE(call({"SETRANGE", "k", "0", "S"}), std::string("6"));
            }
        }
        hasRestored = hasRestored || last.name() == "RESTORE";
    });
    QCOMPARE(call({"SET", "k", "theirs"}), std::string("OK"));
    const auto outcome = apply(*lanes, "k", RenameKey{name});
    QVERIFY(!isFirst);
    QVERIFY2(!outcome, qPrintable(told(outcome)));
    const QString text = errorText(outcome.error());
    QVERIFY2(text.contains(QString::fromStdString(name)) && text.contains(u"still there"_s), qPrintable(text));
    QCOMPARE(call({"GET", name}), std::string("Theirs"));
    QCOMPARE(call({"GET", "k"}), std::string(sourceChanges ? "Sheirs" : "theirs"));
}

void TestRenameAcross::anotherWritesOverTheCopyOfWhatWasOverwritten_data()
{
    QTest::addColumn<QString>("archive");
    QTest::addRow("archived") << u"/tmp/edits.kga"_s;
    QTest::addRow("not archived") << QString();
}

/// What the name held before is gone then, and the message says so, and where it can be had from.
void TestRenameAcross::anotherWritesOverTheCopyOfWhatWasOverwritten()
{
    QFETCH(const QString, archive);
    const std::string name = nameElsewhere("k", false);
    bool isFirst = true;
    bool isOverwritten = false;
    const auto lanes = hooked([&](const Command& last) {
        if (isOverwritten && last.name() == "STRLEN" && std::exchange(isFirst, false)) { // which verifies the copy
            QCOMPARE(call({"SETRANGE", name, "0", "T"}), std::string("6"));
        }
        isOverwritten = isOverwritten || last.name() == "EXEC";
    });
    QCOMPARE(call({"SET", "k", "theirs"}), std::string("OK"));
    QCOMPARE(call({"RPUSH", name, "older"}), std::string("1"));
    KeyEdit edit{"k", RenameKey{name, true}, SeenExpiry{}};
    edit.archivedIn = archive;
    const auto outcome = applyEdit(*lanes, edit, m_options, {});
    QVERIFY(!isFirst);
    QVERIFY2(!outcome, qPrintable(told(outcome)));
    const QString text = errorText(outcome.error());
    QVERIFY2(text.contains(u"held before was overwritten"_s), qPrintable(text));
    QCOMPARE(text.contains(u"restored from the undo archive /tmp/edits.kga"_s), !archive.isEmpty());
    QCOMPARE(call({"GET", name}), std::string("Theirs"));
    QCOMPARE(call({"GET", "k"}), std::string("theirs"));
}

void TestRenameAcross::anotherWritesToWhatIsOverwritten_data()
{
    QTest::addColumn<bool>("onSameNode");
    QTest::addRow("to another node") << false;
    QTest::addRow("on the same node") << true;
}

/// What comes back is what was there when it was overwritten, and not what was there before that.
void TestRenameAcross::anotherWritesToWhatIsOverwritten()
{
    QFETCH(bool, onSameNode);
    const std::string name = nameElsewhere("k", onSameNode);
    int executions = 0;
    const auto lanes = hooked([&](const Command& last) {
        if (last.name() != "EXEC") {
            return;
        }
        if (++executions == 1) {
            QCOMPARE(call({"SET", name, "newer"}), std::string("OK"));
        } else {
            static_cast<void>(call({"SETRANGE", "k", "0", std::to_string(executions % 10)}));
        }
    });
    QCOMPARE(call({"SET", "k", "mine"}), std::string("OK"));
    QCOMPARE(call({"SET", name, "older"}), std::string("OK"));
    QCOMPARE(told(apply(*lanes, "k", RenameKey{name, true})), u"TooBusy"_s);
    QVERIFY(executions > 2);
    QCOMPARE(call({"GET", name}), std::string("newer"));
    QCOMPARE(call({"EXISTS", "k"}), std::string("1"));
}

/// Their dumps differ then, and the elements are compared.
void TestRenameAcross::nodesThatKeepEqualValuesInOtherWays_data()
{
    QTest::addColumn<Args>("make");
    QTest::addColumn<Args>("look");
    QTest::addRow("hash") << Args{"HSET", "k", "f", "v", "g", "w"} << Args{"HMGET", "k", "f", "g"};
    QTest::addRow("set") << Args{"SADD", "k", "1", "2", "3"} << Args{"SMISMEMBER", "k", "1", "2", "3"};
    QTest::addRow("sorted set") << Args{"ZADD", "k", "1", "a", "2.5", "b"}
                                << Args{"ZRANGE", "k", "0", "-1", "WITHSCORES"};
}

void TestRenameAcross::nodesThatKeepEqualValuesInOtherWays()
{
    QFETCH(Args, make);
    QFETCH(Args, look);
    const std::string name = nameElsewhere("k", false);
    RedisServer& target = serverOf(name);
    for (const char* setting : {"hash-max-listpack-entries", "set-max-intset-entries", "zset-max-listpack-entries"}) {
        QCOMPARE(target.command({"CONFIG", "SET", setting, "0"}), std::string("OK"));
    }
    EditLanes lanes(mapOf());
    QVERIFY(!call(make).starts_with("-"));
    const std::string content = call(look);
    const std::string encoding = serverOf("k").command({"OBJECT", "ENCODING", "k"});
    const auto outcome = apply(lanes, "k", RenameKey{name});
    const std::string itsEncoding = target.command({"OBJECT", "ENCODING", name});
    target.command({"CONFIG", "SET", "hash-max-listpack-entries", "128"});
    target.command({"CONFIG", "SET", "set-max-intset-entries", "512"});
    target.command({"CONFIG", "SET", "zset-max-listpack-entries", "128"});
    QCOMPARE(told(outcome), u"Done"_s);
    QVERIFY2(encoding != itsEncoding, itsEncoding.c_str());
    look[1] = name;
    QCOMPARE(call(look), content);
    QCOMPARE(call({"EXISTS", "k"}), std::string("0"));
}

/// A change of the source between the copy and its deletion is kept: of the same length, and without an end.
void TestRenameAcross::aDeletionOfTheKeyIsCalledOffWhereItChanged_data()
{
    QTest::addColumn<bool>("overwrite");
    QTest::addColumn<bool>("onSameNode");
    QTest::addRow("to a new name") << false << false;
    QTest::addRow("to a new name on the same node") << false << true;
    QTest::addRow("over another key") << true << false;
    QTest::addRow("over another key on the same node") << true << true;
}

void TestRenameAcross::aDeletionOfTheKeyIsCalledOffWhereItChanged()
{
    QFETCH(bool, overwrite);
    QFETCH(bool, onSameNode);
    const std::string name = nameElsewhere("k", onSameNode);
    int executions = 0;
    const auto lanes = hooked([&](const Command& last) {
        if (last.name() == "EXEC" && ++executions == (overwrite ? 2 : 1)) { // the one that deletes
            QCOMPARE(call({"SETRANGE", "k", "0", "N"}), std::string("4"));
        }
    });
    QCOMPARE(call({"SET", "k", "mine"}), std::string("OK"));
    if (overwrite) {
        QCOMPARE(call({"SET", name, "theirs"}), std::string("OK"));
    }
    const auto outcome = apply(*lanes, "k", RenameKey{name, overwrite});
    QCOMPARE(told(outcome), u"Done"_s);
    QCOMPARE(outcome->retries, 1);
    QCOMPARE(call({"GET", name}), std::string("Nine"));
    QCOMPARE(call({"EXISTS", "k"}), std::string("0"));
}

void TestRenameAcross::whatWasArchivedIsWhatIsOverwritten()
{
    EditLanes lanes(mapOf());
    const std::string name = nameElsewhere("k", false);
    QCOMPARE(call({"SET", "k", "mine"}), std::string("OK"));
    QCOMPARE(call({"SET", name, "older"}), std::string("OK"));
    const auto lane = makeLane(socketOptions(serverOf(name).socketPath()), std::make_shared<CommandGate>(GateRules{}));
    const auto dump = lane->call(Command{"DUMP", name}, {});
    QVERIFY(dump);
    KeyEdit edit{"k", RenameKey{name, true}};
    edit.seenDump = dump->text;
    QCOMPARE(call({"SET", name, "newer"}), std::string("OK"));
    QCOMPARE(told(applyEdit(lanes, edit, m_options, {})), u"Conflict"_s);
    QCOMPARE(call({"GET", name}), std::string("newer"));
    QCOMPARE(call({"GET", "k"}), std::string("mine"));
}

void TestRenameAcross::aLineLostWhileCopying_data()
{
    QTest::addColumn<QString>("at");
    QTest::addColumn<bool>("overwrite");
    QTest::addColumn<bool>("onSameNode");
    for (const bool overwrite : {false, true}) {
        for (const bool onSameNode : {false, true}) {
            for (const QString& at : {u"RESTORE"_s, u"PEXPIRETIME"_s, u"EXEC"_s}) {
                QTest::addRow(
                    "%s%s%s", qPrintable(at), overwrite ? ", overwriting" : "", onSameNode ? ", on the same node" : "")
                    << at << overwrite << onSameNode;
            }
        }
    }
}

void TestRenameAcross::aLineLostWhileCopying()
{
    QFETCH(QString, at);
    QFETCH(bool, overwrite);
    QFETCH(bool, onSameNode);
    const std::string name = nameElsewhere("k", onSameNode);
    bool hasRestored = false;
    bool isFirst = true;
    const auto lanes = hooked([&](const Command& last) {
        const bool isRestore = !hasRestored && last.name() == (overwrite ? "EXEC" : "RESTORE");
        const std::string_view step = at == u"PEXPIRETIME"_s ? "STRLEN" : "EXEC";
        const bool isStep = at == u"RESTORE"_s ? isRestore : hasRestored && last.name() == step;
        if (isStep && std::exchange(isFirst, false)) {
            for (const int master : m_cluster->masters()) {
                m_cluster->server(master).command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
            }
        }
        hasRestored = hasRestored || isRestore;
    });
    QCOMPARE(call({"SET", "k", "v"}), std::string("OK"));
    if (overwrite) {
        QCOMPARE(call({"RPUSH", name, "theirs"}), std::string("1"));
    }
    const auto outcome = apply(*lanes, "k", RenameKey{name, overwrite});
    QVERIFY(!isFirst);
    QCOMPARE(told(outcome), u"NotDone"_s);
    QVERIFY(outcome->why);
    QCOMPARE(call({"GET", "k"}), std::string("v"));
    QCOMPARE(call({"TYPE", name}), std::string(overwrite ? "list" : "none"));
    QCOMPARE(told(apply(*lanes, "k", RenameKey{name, overwrite})), u"Done"_s);
    QCOMPARE(call({"GET", name}), std::string("v"));
}

/// Another deletes it just when the line is lost and before there is a copy: that it is gone is no rename.
void TestRenameAcross::aKeyThatGoesWithTheLineWasNotRenamed()
{
    const std::string name = nameElsewhere("k", false);
    bool isFirst = true;
    const auto lanes = hooked([&](const Command& last) {
        if (last.name() == "RESTORE" && std::exchange(isFirst, false)) {
            QCOMPARE(call({"DEL", "k"}), std::string("1"));
            for (const int master : m_cluster->masters()) {
                m_cluster->server(master).command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
            }
        }
    });
    QCOMPARE(call({"SET", "k", "v"}), std::string("OK"));
    const auto outcome = apply(*lanes, "k", RenameKey{name});
    QVERIFY(!isFirst);
    QCOMPARE(told(outcome), u"Unknown"_s);
    QCOMPARE(call({"EXISTS", name}), std::string("0"));
}

void TestRenameAcross::theGateIsAskedBeforeACopy()
{
    const std::string name = nameElsewhere("k", false);
    QCOMPARE(call({"SET", "k", "v"}), std::string("OK"));
    EditLanes reading(mapOf(GateRules{true, Environment::Development}));
    const auto refused = apply(reading, "k", RenameKey{name});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::ReadOnly);
    EditLanes production(mapOf(GateRules{false, Environment::Production}));
    const auto asked = apply(production, "k", RenameKey{name});
    QVERIFY(!asked);
    QCOMPARE(asked.error().kind, ErrorKind::Confirm);
    const KeyEdit edit{"k", RenameKey{name}};
    QCOMPARE(told(applyEdit(production, edit, {m_options.abilities, {"RESTORE"}}, {})), u"Done"_s);
    QCOMPARE(call({"GET", name}), std::string("v"));
}

QTEST_GUILESS_MAIN(TestRenameAcross)
#include "tst_renameacross.moc"
