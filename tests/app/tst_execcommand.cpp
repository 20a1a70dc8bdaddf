// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass exec` itself, as a script would start it.
#include "tests/app/program.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"

#include <QFile>
#include <QJsonArray>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

QJsonArray arrayOf(const Outcome& done)
{
    return QJsonDocument::fromJson(done.out).array();
}

} // namespace

class TestExecCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = RedisServer::start(); }
    void init() { m_server->command({"FLUSHALL"}); }
    void writesRepliesAsJson_data();
    void writesRepliesAsJson();
    void takesACommandInSeveralWords();
    void runsTheLinesOfTheStandardInput();
    void aTransactionThatMissesALineIsNotDone_data();
    void aTransactionThatMissesALineIsNotDone();
    void theProposalsExample();
    void givesPairs();
    void goesOnToTheEnd();
    void tellsWhatFailedInPart();
    void readOnlyProfilesOnlyRead();
    void productionWantsAYes();
    void bindsTheDatabase();
    void saysWhatItTakes();
    void walksACluster();

private:
    [[nodiscard]] Outcome exec(const QStringList& words, const QByteArray& input = {}) const
    {
        return run(QStringList{u"exec"_s, u"--uri"_s, u"redis+unix://"_s + m_server->socketPath()} + words, input);
    }
    /// As exec(), with a profile of this server in a config folder of its own.
    [[nodiscard]] Outcome execAs(const QByteArray& settings, const QStringList& words) const;

    std::unique_ptr<RedisServer> m_server;
};

Outcome TestExecCommand::execAs(const QByteArray& settings, const QStringList& words) const
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"profiles.json"_s));
    if (!file.open(QIODevice::WriteOnly)) {
        qFatal("no profile");
    }
    file.write(R"({"version": 1, "profiles": [{"id": "1", "name": "mine", "kind": "standalone", "socketPath": ")"
        + m_server->socketPath().toUtf8() + R"(", "passwordSource": "none", )" + settings + "}]}");
    file.close();
    return run(QStringList{u"exec"_s, u"--config-dir"_s, folder.path(), u"--profile"_s, u"mine"_s} + words);
}

void TestExecCommand::writesRepliesAsJson_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("status");
    QTest::addRow("status") << u"PING"_s << QByteArray(R"("PONG")") << 0;
    QTest::addRow("integer") << u"RPUSH l a b"_s << QByteArray("2") << 0;
    QTest::addRow("nil") << u"GET nothing"_s << QByteArray("null") << 0;
    QTest::addRow("array") << u"MGET a nothing"_s << QByteArray("[null, null]") << 0;
    QTest::addRow("bytes") << uR"(ECHO "\xff")"_s << QByteArray(R"({"base64": "/w=="})") << 0;
    QTest::addRow("error") << u"GET"_s << QByteArray(R"({"error": "ERR wrong number of arguments for 'get' command"})")
                           << 3;
    QTest::addRow("a plain scan") << u"SCAN 0"_s << QByteArray(R"(["0", []])") << 0;
}

void TestExecCommand::writesRepliesAsJson()
{
    QFETCH(QString, line);
    QFETCH(QByteArray, json);
    QFETCH(int, status);
    const Outcome done = exec({line});
    QCOMPARE(done.out, json + '\n');
    QCOMPARE(done.status, status);
    QCOMPARE(done.err.isEmpty(), status == 0);
}

void TestExecCommand::takesACommandInSeveralWords()
{
    QCOMPARE(exec({u"SET"_s, u"a \"b"_s, u"it's"_s}).status, 0);
    QCOMPARE(m_server->command({"GET", "a \"b"}), std::string("it's"));
}

void TestExecCommand::runsTheLinesOfTheStandardInput()
{
    const Outcome done = exec({u"-"_s}, "SET a 1\n\nMULTI\nINCR a\nEXEC\r\nGET \"a\"");
    QCOMPARE(done.out, QByteArray("\"OK\"\n\"OK\"\n\"QUEUED\"\n[2]\n\"2\"\n"));
    QCOMPARE(done.status, 0);
    const Outcome partly = exec({u"-"_s}, "GET 'a\nNOSUCH\nGET a\n");
    QCOMPARE(partly.status, 1);
    QVERIFY(partly.out.endsWith("\n\"2\"\n"));
    QVERIFY(partly.err.contains("quote"));
    QVERIFY(partly.err.contains("NOSUCH"));
}

void TestExecCommand::aTransactionThatMissesALineIsNotDone_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("named");
    QTest::addRow("a quote that is not closed")
        << QByteArray("SET c:2 \"unbalanced") << QByteArray("could not be read");
    QTest::addRow("a scan whose operation is not there") << QByteArray("SCAN 0 FOREACH") << QByteArray("SCAN was");
}

void TestExecCommand::aTransactionThatMissesALineIsNotDone()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, named);
    const Outcome done = exec({u"-"_s}, "MULTI\nSET c:1 1\n" + line + "\nEXEC\nGET c:1\n");
    QCOMPARE(done.out, QByteArray("\"OK\"\n\"QUEUED\"\nnull\n"));
    QCOMPARE(done.status, 1);
    QVERIFY2(done.err.contains(named) && done.err.contains("discarded"), done.err.constData());
}

void TestExecCommand::theProposalsExample()
{
    for (int key = 0; key < 5; ++key) {
        m_server->command({"SET", "inactive_user:" + std::to_string(key), "x"});
    }
    m_server->command({"SET", "other", "x"});
    const Outcome done = exec({u"SCAN 0 MATCH inactive_user:* FORALL 'DEL *'"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(arrayOf(done).size(), 2);
    QCOMPARE(arrayOf(done)[0], u"0"_s);
    QCOMPARE(arrayOf(done)[1].toArray().size(), 5);
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"other"});
}

void TestExecCommand::givesPairs()
{
    m_server->command({"SET", "a:1", "x"});
    const Outcome done = exec({u"SCAN 0 MATCH a:* FOREACH \"TTL *\" WITHREPLIES"_s});
    QCOMPARE(done.out, QByteArray("[\"0\", [[\"a:1\", -1]]]\n"));
    m_server->command({"HSET", "h", "f", "v"});
    QCOMPARE(exec({u"HSCAN h 0 FOREACH 'HGET h *' WITHREPLIES"_s}).out, QByteArray("[\"0\", [[\"f\", \"v\"]]]\n"));
    QCOMPARE(
        exec({u"HSCAN h 0 FORALL 'HMGET h *' WITHREPLIES"_s}).out, QByteArray("[\"0\", [\"v\"], [\"f\", \"v\"]]\n"));
}

void TestExecCommand::goesOnToTheEnd()
{
    m_server->fill(2000, [](std::size_t at) { return RedisServer::Args{"SET", "k" + std::to_string(at), "v"}; });
    const Outcome read = exec({u"--all"_s, u"SCAN 0 COUNT 100 FOREACH 'STRLEN *' WITHREPLIES"_s});
    QCOMPARE(read.status, 0);
    QCOMPARE(arrayOf(read)[0], u"0"_s);
    QVERIFY(arrayOf(read)[1].toArray().size() >= 2000);
    const Outcome gone = exec({u"--all"_s, u"SCAN 0 COUNT 100 FORALL 'UNLINK *' WITHREPLIES"_s});
    QCOMPARE(arrayOf(gone)[1], 2000);
    QVERIFY(arrayOf(gone)[2].toArray().size() >= 2000);
    QCOMPARE(exec({u"--all"_s, u"SCAN 0 FORALL 'UNLINK *' WITHREPLIES"_s}).out, QByteArray("[\"0\", null, []]\n"));
    QCOMPARE(exec({u"--all"_s, u"PING"_s}).status, 2);
}

void TestExecCommand::tellsWhatFailedInPart()
{
    m_server->command({"SET", "a", "1"});
    m_server->command({"RPUSH", "l", "1"});
    const Outcome done = exec({u"SCAN 0 FOREACH 'INCR *'"_s});
    QCOMPARE(done.status, 1);
    QVERIFY(done.err.contains("1 of 2"));
    QVERIFY(done.err.contains("WRONGTYPE"));
    QCOMPARE(exec({u"SCAN 0 TYPE list FOREACH 'INCR *'"_s}).status, 3);
}

void TestExecCommand::readOnlyProfilesOnlyRead()
{
    m_server->command({"SET", "a", "1"});
    const QByteArray settings = R"("readOnly": true)";
    QCOMPARE(execAs(settings, {u"GET a"_s}).out, QByteArray("\"1\"\n"));
    for (const QString& line : {u"SET a 2"_s, u"SCAN 0 FORALL 'DEL *'"_s, u"SCAN 0 FOREACH 'EXPIRE * 1'"_s}) {
        const Outcome done = execAs(settings, {u"--yes"_s, line});
        QCOMPARE(done.status, 3);
        QVERIFY(done.out.isEmpty());
        QVERIFY(done.err.contains("read-only"));
    }
    QCOMPARE(m_server->command({"GET", "a"}), std::string("1"));
}

void TestExecCommand::productionWantsAYes()
{
    m_server->command({"MSET", "a", "1", "b", "2"});
    const QByteArray settings = R"("environment": "production")";
    const QString line = u"SCAN 0 FOREACH 'DEL *'"_s;
    const Outcome asked = execAs(settings, {line});
    QCOMPARE(asked.status, 2);
    QVERIFY(asked.err.contains("--yes"));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("2"));
    QCOMPARE(execAs(settings, {u"--yes"_s, line}).status, 0);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
}

void TestExecCommand::bindsTheDatabase()
{
    const QString uri = u"redis+unix://"_s + m_server->socketPath();
    QCOMPARE(run({u"exec"_s, u"--uri"_s, uri + u"?db=3"_s, u"SET there 1"_s}).status, 0);
    QCOMPARE(exec({u"GET there"_s}).out, QByteArray("null\n"));
    const Outcome select = exec({u"SELECT 3"_s});
    QCOMPARE(select.status, 2);
    QVERIFY(select.err.contains("?db="));
}

void TestExecCommand::saysWhatItTakes()
{
    QCOMPARE(exec({}).status, 2);
    QCOMPARE(exec({u"GET \"a"_s}).status, 2);
    QCOMPARE(exec({u"--node"_s, u"127.0.0.1:1"_s, u"PING"_s}).status, 2);
    QCOMPARE(exec({u"--node"_s, u""_s, u"PING"_s}).status, 2); // a variable of a script that is not set
    QCOMPARE(exec({u"SUBSCRIBE news"_s}).status, 2);
    QCOMPARE(exec({u"BLPOP l 0"_s}).status, 2);
    QVERIFY(run({u"help"_s}).out.contains("FOREACH"));
    const Outcome nowhere = run({u"exec"_s, u"--uri"_s, u"redis+unix:///nowhere/at/all"_s, u"PING"_s});
    QCOMPARE(nowhere.status, 3);
    QVERIFY(nowhere.out.isEmpty());
}

void TestExecCommand::walksACluster()
{
    const auto cluster = RedisCluster::start();
    cluster->fill(300);
    const QString uri = u"redis+cluster://127.0.0.1:%1"_s.arg(cluster->port(0));
    const QString line = u"SCAN 0 COUNT 50 FORALL 'EXISTS *' WITHREPLIES"_s;
    const Outcome nowhere = run({u"exec"_s, u"--uri"_s, uri, line});
    QCOMPARE(nowhere.status, 2);
    const Outcome all = run({u"exec"_s, u"--uri"_s, uri, u"--all"_s, line});
    QCOMPARE(all.status, 0);
    QVERIFY(arrayOf(all)[1].toInt() >= 300);
    QCOMPARE(arrayOf(all)[1].toInt(), static_cast<int>(arrayOf(all)[2].toArray().size()));
    QVERIFY(all.err.contains("slots"));
    const QString node = u"127.0.0.1:%1"_s.arg(cluster->port(1));
    const Outcome step = run({u"exec"_s, u"--uri"_s, uri, u"--node"_s, node, u"SCAN 0 COUNT 10 FOREACH 'TTL *'"_s});
    QCOMPARE(step.status, 0);
    QVERIFY(arrayOf(step)[1].toArray().size() >= 10);
    const Outcome size = run({u"exec"_s, u"--uri"_s, uri, u"DBSIZE"_s});
    QCOMPARE(size.status, 0);
    QVERIFY(size.err.contains("one node of the cluster"));
}

QTEST_GUILESS_MAIN(TestExecCommand)
#include "tst_execcommand.moc"
