// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "tests/servers/redisserver.h"

#include <QTest>

#include <thread>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

/// What a gate says: "send", "refuse", "ask".
QString verdict(const CommandGate& gate, const Command& command, const Confirmation& confirmation = {})
{
    const auto asked = gate.check(command, confirmation);
    if (asked) {
        return u"send"_s;
    }
    switch (asked.error().kind) {
    case ErrorKind::ReadOnly:
        return u"refuse"_s;
    case ErrorKind::Confirm:
        return u"ask"_s;
    default:
        return u"kind %1"_s.arg(static_cast<int>(asked.error().kind));
    }
}

Command words(const QString& line)
{
    Command command;
    for (const QString& word : line.split(u' ', Qt::SkipEmptyParts)) {
        command.add(word.toStdString());
    }
    return command;
}

constexpr GateRules normal{false, Environment::Development};
constexpr GateRules staging{false, Environment::Staging};
constexpr GateRules readOnly{true, Environment::Development};
constexpr GateRules production{false, Environment::Production};
constexpr GateRules readOnlyProduction{true, Environment::Production};

} // namespace

class TestCommandGate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void decides_data();
    void decides();
    void readOnlyPassesNoWriteOfTheServer();
    void readOnlyPassesNothingUnknown();
    void asksForReadsThatTheServerDoesNotList();
    void productionAsksForEveryAdminOrDangerousCommand();
    void aConfirmationCoversWhatItNamesOnly();
    void aConfirmationNeverLiftsReadOnly();
    void errorsNameTheCommandButNotItsArguments();
    void saysWhatCannotBeUndone();
    void anEmptyCommandIsRefused();
    void decidesTheSameOnManyThreads();

private:
    std::unique_ptr<test::RedisServer> m_server;
    std::shared_ptr<const CommandTable>
        m_table; // the server's own; before 7.0 the built-in one with what else that has
};

void TestCommandGate::initTestCase()
{
    m_server = test::RedisServer::start();
    ConnectionOptions options;
    options.endpoint.socketPath = m_server->socketPath();
    const auto lane = makeLane(options, std::make_shared<CommandGate>(readOnlyProduction));
    auto table = fetchCommandTable(*lane, {}); // the strictest gate lets it be learnt
    QVERIFY(table);
    m_table = *table;
}

void TestCommandGate::decides_data()
{
    QTest::addColumn<QString>("whenNormal");
    QTest::addColumn<QString>("whenReadOnly");
    QTest::addColumn<QString>("inProduction");
    const auto row = [](const char* line, const QString& whenNormal, const QString& whenReadOnly,
                         const QString& inProduction) {
        QTest::newRow(line) << whenNormal << whenReadOnly << inProduction;
    };
    const auto rows = [&row](const QString& whenNormal, const QString& whenReadOnly, const QString& inProduction,
                          std::initializer_list<const char*> lines) {
        for (const char* const line : lines) {
            row(line, whenNormal, whenReadOnly, inProduction);
        }
    };
    const QString send = u"send"_s;
    const QString ask = u"ask"_s;
    const QString refuse = u"refuse"_s;

    // Reads, in any case of letters.
    rows(send, send, send,
        {"GET k", "get k", "GeT k", "SCAN 0 COUNT 10 TYPE hash", "TYPE k", "PTTL k", "TTL k", "STRLEN k",
            "GETRANGE k 0 9", "HSCAN k 0", "HGETALL k", "LRANGE k 0 9", "SSCAN k 0", "ZRANGE k 0 9", "ZSCAN k 0",
            "XRANGE k - +", "XLEN k", "XREAD COUNT 1 STREAMS k 0", "XINFO STREAM k", "xinfo groups k", "MGET a b c",
            "EXISTS a b", "DBSIZE", "RANDOMKEY", "DUMP k", "OBJECT ENCODING k", "object freq k", "OBJECT IDLETIME k",
            "MEMORY USAGE k SAMPLES 5", "Memory Usage k", "GEORADIUS_RO k 1 1 1 km", "BITFIELD_RO k GET u8 0",
            "PFCOUNT a b", "EVAL_RO x 0", "FCALL_RO f 0", "ZUNION 2 a b", "LCS a b"});

    // Harmless without the server's flag.
    rows(send, send, send,
        {"PING", "HELLO 2", "AUTH u p", "SELECT 3", "CLIENT SETNAME x", "CLIENT ID", "CLIENT LIST",
            "CLIENT TRACKING on", "CLIENT NO-TOUCH on", "INFO", "INFO all", "COMMAND", "COMMAND INFO get",
            "COMMAND DOCS", "CLUSTER SHARDS", "CLUSTER SLOTS", "cluster nodes", "CLUSTER INFO", "CONFIG GET maxmemory",
            "config get *", "READONLY", "ASKING", "ROLE", "TIME", "ACL WHOAMI", "MODULE LIST", "SLOWLOG GET 10",
            "LATENCY LATEST", "LATENCY HISTORY e", "SUBSCRIBE c", "PSUBSCRIBE c*", "MULTI", "EXEC", "DISCARD",
            "WATCH a b", "UNWATCH"});

    // Writes to one key.
    rows(send, refuse, send,
        {"SET k v", "set k v", "SETEX k 1 v", "GETSET k v", "GETDEL k", "GETEX k PERSIST", "GETEX k", "APPEND k v",
            "INCR k", "SETRANGE k 0 v", "SETBIT k 1 1", "BITFIELD k GET u8 0", "DEL k", "UNLINK k", "EXPIRE k 1",
            "PEXPIREAT k 1", "PERSIST k", "MOVE k 1", "HSET k f v", "HDEL k a b c", "HINCRBY k f 1", "LPUSH k a b c",
            "LPOP k", "LSET k 0 v", "LREM k 0 v", "LTRIM k 0 1", "SADD k a b", "SREM k a", "SPOP k", "ZADD k 1 a",
            "ZREM k a", "ZPOPMIN k", "ZREMRANGEBYRANK k 0 1", "XADD k * f v", "XDEL k 1-1", "XTRIM k MAXLEN 5",
            "XACK k g 1-1", "XGROUP CREATE k g $", "XGROUP DESTROY k g", "XREADGROUP GROUP g c STREAMS k >",
            "XREADGROUP GROUP streams c COUNT 1 STREAMS k >", "PFADD k a", "GEOADD k 1 1 a", "GEORADIUS k 1 1 1 km",
            "MSET k v", "LMPOP 1 k LEFT", "ZMPOP 1 k MIN", "BLMPOP 0 1 k LEFT", "BLPOP k 0", "TOUCH k"});

    // Writes to several keys, to none in particular or to all of them.
    rows(send, refuse, ask,
        {"DEL a b", "del a b", "UNLINK a b c", "MSET a 1 b 2", "MSETNX a 1 b 2", "RENAME a b", "RENAMENX a b",
            "COPY a b", "RPOPLPUSH a b", "LMOVE a b LEFT RIGHT", "SMOVE a b m", "BITOP AND d a b", "PFMERGE a b",
            "SINTERSTORE d a b", "ZUNIONSTORE d 2 a b", "ZRANGESTORE d s 0 1",
            "GEOSEARCHSTORE d s FROMMEMBER m BYRADIUS 1 m", "GEORADIUS k 1 1 1 km STORE d",
            "GEORADIUSBYMEMBER k m 1 km storedist d", "LMPOP 2 a b LEFT", "LMPOP x a b LEFT", "LMPOP", "BLPOP a b 0",
            "XREADGROUP GROUP g c STREAMS a b > >", "XREADGROUP GROUP g c", "TOUCH a b", "SWAPDB 0 1"});

    // Nothing brings back what these end.
    rows(ask, refuse, ask, {"FLUSHALL", "flushdb", "FLUSHALL ASYNC", "flushall sync", "SHUTDOWN", "shutdown nosave"});

    // Scripts may write whatever they like.
    rows(send, refuse, ask,
        {"EVAL x 0", "EVAL x 1 k", "EVALSHA x 1 k", "FCALL f 1 k", "SCRIPT FLUSH", "SCRIPT LOAD x", "FUNCTION LOAD x",
            "FUNCTION FLUSH", "FUNCTION DELETE x"});

    // Dangerous by the server's own word.
    rows(send, refuse, ask,
        {"SORT k", "SORT k STORE d", "RESTORE k 0 x", "MIGRATE h 1 k 0 1000", "CONFIG SET maxmemory 1",
            "config set maxmemory 1", "CONFIG REWRITE", "CONFIG RESETSTAT", "DEBUG SLEEP 1", "DEBUG OBJECT k",
            "MONITOR", "SAVE", "BGSAVE", "BGREWRITEAOF", "REPLICAOF NO ONE", "SLAVEOF h 1", "FAILOVER",
            "CLIENT KILL ID 3", "CLIENT PAUSE 100", "CLIENT NO-EVICT on", "ACL SETUSER x", "ACL LIST", "ACL DELUSER x",
            "MODULE LOAD x", "MODULE UNLOAD x", "CLUSTER FAILOVER", "CLUSTER RESET", "CLUSTER SETSLOT 1 STABLE",
            "SLOWLOG RESET", "LATENCY RESET", "PSYNC x 1", "REPLCONF x y"});
    row("SORT_RO k BY x", send, send, ask);

    // Walks everything while the others wait.
    rows(ask, ask, ask, {"KEYS *", "keys a*"});

    // Not flagged a write, but no read either.
    rows(send, refuse, send,
        {"PUBLISH c m", "SPUBLISH c m", "WAIT 1 0", "RESET", "MEMORY PURGE", "CLIENT REPLY OFF", "READWRITE"});

    // Not known: an own module, a typo, or the attempt to be taken for something else.
    rows(send, refuse, ask,
        {"JSON.GET k", "JSON.SET k . 1", "FT.SEARCH i q", "NOSUCHCOMMAND", "GETT k", "config|get maxmemory",
            "object|freq k", "CONFIG NOSUCH", "CONFIG GET|SET x", "OBJECT NOSUCH k", "CLUSTER nodes|x",
            "XGROUP NOSUCH k"});
}

void TestCommandGate::decides()
{
    const Command command = words(QString::fromLatin1(QTest::currentDataTag()));
    for (const auto& table : {CommandTable::builtIn(), m_table}) {
        QFETCH(const QString, whenNormal);
        QCOMPARE(verdict(CommandGate(normal, table), command), whenNormal);
        QCOMPARE(verdict(CommandGate(staging, table), command), whenNormal);
        QFETCH(const QString, whenReadOnly);
        QCOMPARE(verdict(CommandGate(readOnly, table), command), whenReadOnly);
        QFETCH(const QString, inProduction);
        QCOMPARE(verdict(CommandGate(production, table), command), inProduction);
        const QString both = whenReadOnly == u"refuse"_s ? whenReadOnly : inProduction;
        QCOMPARE(verdict(CommandGate(readOnlyProduction, table), command), both);
    }
}

/// "config|set" as the words one would send.
static Command called(const std::string& fullName)
{
    return words(QString::fromStdString(fullName).replace(u'|', u' '));
}

void TestCommandGate::readOnlyPassesNoWriteOfTheServer()
{
    int writes = 0;
    for (const auto& table : {CommandTable::builtIn(), m_table}) {
        const CommandGate gate(readOnly, table);
        for (const std::string& name : m_table->names()) {
            const CommandTraits& traits = *m_table->find(name);
            if (traits.isWrite) {
                ++writes;
                QVERIFY2(verdict(gate, called(name)) == u"refuse"_s, name.c_str());
            }
        }
    }
    QVERIFY(writes > 200); // about 130 in each
}

void TestCommandGate::readOnlyPassesNothingUnknown()
{
    auto nothing = std::make_shared<CommandTable>();
    const CommandGate gate(readOnly, nothing);
    for (const std::string& name : m_table->names()) {
        const bool isByTheList = name.find('|') == std::string::npos || name.starts_with("command|");
        QVERIFY2(isByTheList || verdict(gate, called(name)) == u"refuse"_s, name.c_str());
        QVERIFY2(!m_table->find(name)->isReadOnly || verdict(gate, called(name)) == u"refuse"_s, name.c_str());
    }
    QCOMPARE(verdict(gate, {"GET", "k"}), u"refuse"_s);
    QCOMPARE(verdict(gate, {"PING"}), u"send"_s);
}

/// Many servers have commands renamed or switched off. What a gate refused would end the pipeline it stands in.
void TestCommandGate::asksForReadsThatTheServerDoesNotList()
{
    test::ServerOptions settings;
    for (const char* name : {"TYPE", "MEMORY", "OBJECT", "SET", "KEYS", "CONFIG"}) {
        settings.arguments << u"--rename-command"_s << QString::fromLatin1(name) << u""_s;
    }
    const auto server = test::RedisServer::start(settings);
    ConnectionOptions options;
    options.endpoint.socketPath = server->socketPath();
    const auto lane = makeLane(options, std::make_shared<CommandGate>(readOnlyProduction));
    const auto table = fetchCommandTable(*lane, {});
    QVERIFY(table);
    if (!(*table)->isFromServer()) {
        QSKIP("before 7.0 the built-in table stands anyway");
    }
    QVERIFY(!(*table)->find("type") && !(*table)->find("memory|usage"));
    for (const GateRules& rules : {readOnly, production, readOnlyProduction}) {
        const CommandGate gate(rules, *table);
        QCOMPARE(verdict(gate, {"TYPE", "k"}), u"send"_s);
        QCOMPARE(verdict(gate, {"MEMORY", "USAGE", "k", "SAMPLES", "5"}), u"send"_s);
        QCOMPARE(verdict(gate, {"OBJECT", "ENCODING", "k"}), u"send"_s);
        QVERIFY(verdict(gate, {"SET", "k", "v"}) != u"send"_s);
        QVERIFY(verdict(gate, {"KEYS", "*"}) != u"send"_s);
        QVERIFY(verdict(gate, {"CONFIG", "SET", "maxmemory", "1"}) != u"send"_s);
        QVERIFY(verdict(gate, {"MEMORY", "PURGE"}) != u"send"_s);
        QVERIFY(verdict(gate, {"NOSUCHCOMMAND"}) != u"send"_s);
    }
}

void TestCommandGate::productionAsksForEveryAdminOrDangerousCommand()
{
    // All that is so flagged and yet let through: each of these only tells something.
    const QStringList exceptions =
        u"client|list cluster|replicas cluster|slaves config|get info lastsave role latency|doctor latency|graph "
        "latency|histogram latency|history latency|latest module|list slowlog|get slowlog|len "
        "sentinel|get-master-addr-by-name sentinel|master sentinel|masters sentinel|myid "
        "sentinel|replicas sentinel|sentinels sentinel|slaves"_s.split(u' ');
    const CommandGate gate(production, m_table);
    QStringList passed;
    for (const std::string& name : m_table->names()) {
        const CommandTraits& traits = *m_table->find(name);
        if ((traits.isAdmin || traits.isDangerous) && verdict(gate, called(name)) == u"send"_s) {
            passed.append(QString::fromStdString(name));
        }
    }
    for (const QString& name : std::as_const(passed)) {
        QVERIFY2(exceptions.contains(name), qPrintable(name));
    }
    QVERIFY(passed.contains(u"info"_s)); // the list does work
}

void TestCommandGate::aConfirmationCoversWhatItNamesOnly()
{
    const CommandGate gate(production);
    const Confirmation unlink{"UNLINK", "config set"};
    QCOMPARE(verdict(gate, {"UNLINK", "a", "b"}), u"ask"_s);
    QCOMPARE(verdict(gate, {"UNLINK", "a", "b"}, unlink), u"send"_s);
    QCOMPARE(verdict(gate, {"Unlink", "a", "b"}, unlink), u"send"_s);
    QCOMPARE(verdict(gate, {"DEL", "a", "b"}, unlink), u"ask"_s);
    QCOMPARE(verdict(gate, {"FLUSHALL"}, unlink), u"ask"_s);
    QCOMPARE(verdict(gate, {"CONFIG", "SET", "a", "b"}, unlink), u"send"_s);
    QCOMPARE(verdict(gate, {"CONFIG", "REWRITE"}, unlink), u"ask"_s);
    const Command keys{"KEYS", "*"};
    QCOMPARE(verdict(gate, keys, Confirmation({gate.nameOf(keys)})), u"send"_s);
    QCOMPARE(verdict(CommandGate(normal), keys, Confirmation({gate.nameOf(keys)})), u"send"_s);
    const Command unknown{"JSON.SET", "k", ".", "1"};
    QCOMPARE(verdict(gate, unknown, Confirmation({gate.nameOf(unknown)})), u"send"_s);
}

void TestCommandGate::aConfirmationNeverLiftsReadOnly()
{
    const Confirmation all{"UNLINK", "FLUSHALL", "SET", "KEYS"};
    for (const GateRules& rules : {readOnly, readOnlyProduction}) {
        const CommandGate gate(rules);
        QCOMPARE(verdict(gate, {"SET", "k", "v"}, all), u"refuse"_s);
        QCOMPARE(verdict(gate, {"UNLINK", "a", "b"}, all), u"refuse"_s);
        QCOMPARE(verdict(gate, {"FLUSHALL"}, all), u"refuse"_s);
        QCOMPARE(verdict(gate, {"KEYS", "*"}, all), u"send"_s); // a read, and confirmed
    }
}

void TestCommandGate::errorsNameTheCommandButNotItsArguments()
{
    const auto refused = CommandGate(readOnly).check({"config", "set", "requirepass", "geheim"});
    QVERIFY(!refused);
    QCOMPARE(refused.error().subject, u"CONFIG SET"_s);
    QVERIFY(!refused.error().detail.contains(u"geheim"));
    QVERIFY(!refused.error().detail.isEmpty());
    const auto odd = CommandGate(readOnly).check({std::string(5000, 'x') + "\n\xff"});
    QCOMPARE(odd.error().subject, QString(60, u'X'));
}

void TestCommandGate::saysWhatCannotBeUndone()
{
    const auto asked = CommandGate(normal).check({"FLUSHDB"});
    QVERIFY(!asked);
    QCOMPARE(asked.error().subject, u"FLUSHDB"_s);
    QVERIFY(asked.error().detail.contains(u"no undo"_s));
    QCOMPARE(verdict(CommandGate(normal), {"FLUSHDB"}, Confirmation{"FLUSHDB"}), u"send"_s);
    QCOMPARE(verdict(CommandGate(normal), {"FLUSHALL"}, Confirmation{"FLUSHDB"}), u"ask"_s);
    QCOMPARE(verdict(CommandGate(normal), {"SMEMBERS", "k"}), u"send"_s); // as long as SHUTDOWN
}

void TestCommandGate::anEmptyCommandIsRefused()
{
    const auto refused = CommandGate(normal).check(Command());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Input);
    QCOMPARE(verdict(CommandGate(readOnly), {""}), u"refuse"_s);
}

void TestCommandGate::decidesTheSameOnManyThreads()
{
    const auto gate = std::make_shared<const CommandGate>(production, m_table);
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (int number = 0; number < 4; ++number) {
            threads.emplace_back([gate, &wrong] {
                for (int round = 0; round < 2000; ++round) {
                    const bool isRight =
                        gate->check({"GET", "k"}).has_value() && !gate->check({"DEL", "a", "b"}).has_value();
                    wrong += isRight ? 0 : 1;
                }
            });
        }
    }
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(TestCommandGate)
#include "tst_commandgate.moc"
