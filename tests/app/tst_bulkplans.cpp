// SPDX-License-Identifier: GPL-3.0-or-later
// What `keyglass bulk … --dry-run` tells, and the plans that it writes for `keyglass bulk run`.
#include "tests/app/bulkcommandfixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestBulkPlans : public BulkCommandFixture {
    Q_OBJECT

private Q_SLOTS:
    void showsAPlanAndDoesNothing();
    void runsAKeptPlan_data();
    void runsAKeptPlan();
    void aPlanNamesItsFilesWhereverItIsRun();
    void aPlanOfSeveralDatabasesTakesTheUriItWasMadeWith();
    void aPlanStaysInItsDatabase_data();
    void aPlanStaysInItsDatabase();
    void aPlanThatCanNotBeReadIsNamed_data();
    void aPlanThatCanNotBeReadIsNamed();
    void aPlanNamesWhatIsLeftAlone();
    void leavesAloneWhatIsNotAsItWasSeen();
    void aCopySaysWhatItCanNotBringBack_data();
    void aCopySaysWhatItCanNotBringBack();
    void aCopyThatCanNotBeIsToldBeforeIt_data();
    void aCopyThatCanNotBeIsToldBeforeIt();
};

void TestBulkPlans::showsAPlanAndDoesNothing()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v", "other", "v"});
    m_server->command({"SADD", "k:3", "v"});
    m_server->command({"EXPIRE", "k:1", "30"});
    const Outcome done = bulk({u"delete"_s, u"--prefix"_s, u"k:"_s, u"--dry-run"_s, u"--memory"_s});
    QCOMPARE(done.status, 0);
    const QJsonObject json = done.json();
    QCOMPARE(json[u"dry_run"_s], true);
    QCOMPARE(json[u"keys"_s], 3);
    QCOMPARE(json[u"types"_s].toObject(), (QJsonObject{{u"set"_s, 1}, {u"string"_s, 2}}));
    QCOMPARE(json[u"ttl"_s].toObject()[u"1m"_s], 1);
    QCOMPARE(json[u"commands"_s].toArray(), (QJsonArray{u"UNLINK"_s, u"DEL"_s}));
    QCOMPARE(json[u"sent"_s].toArray(),
        (QJsonArray{u"MEMORY USAGE"_s, u"DUMP"_s, u"PEXPIRETIME"_s, u"MULTI"_s, u"DUMP"_s, u"PEXPIRETIME"_s,
            u"UNLINK"_s, u"EXEC"_s}));
    QCOMPARE(json[u"sample"_s].toArray().size(), 3);
    QVERIFY(json[u"memory_bytes"_s].toInt() > 0);
    const QJsonObject estimate = json[u"estimate"_s].toObject();
    QVERIFY(estimate[u"duration_ms"_s].toInt() > 0);
    QVERIFY(estimate[u"server_ms"_s].isDouble());
    QCOMPARE(estimate[u"bound_by"_s], u"commands"_s);
    QCOMPARE(estimate[u"keys_looked_at"_s], 3);
    // Before 7.2 only what was used within the last second is read.
    const bool isSpared = m_server->command({"CLIENT", "NO-TOUCH", "OFF"}) == "OK";
    const int sampled = estimate[u"values_sampled"_s].toInt();
    QVERIFY(isSpared ? sampled == 3 : sampled <= 3);
    QCOMPARE(estimate[u"read_bytes"_s].toInt() > 0, sampled > 0);
    QCOMPARE(m_server->command({"DBSIZE"}), "4");
    QCOMPARE(m_server->command({"INFO", "commandstats"}).find("cmdstat_unlink"), std::string::npos);
    const Outcome ending = bulk({u"expire"_s, u"--ttl"_s, u"1h"_s, u"--prefix"_s, u"k:"_s, u"--dry-run"_s});
    QCOMPARE(ending.json()[u"sent"_s].toArray(),
        (QJsonArray{u"MEMORY USAGE"_s, u"DUMP"_s, u"PEXPIRETIME"_s, u"MULTI"_s, u"DUMP"_s, u"PEXPIRETIME"_s,
            u"PEXPIRE"_s, u"EXEC"_s}));
    const Outcome careful = bulk({u"delete"_s, u"--prefix"_s, u"k:"_s, u"--dry-run"_s, u"--refuse-changed"_s});
    QCOMPARE(careful.json()[u"sent"_s].toArray(),
        (QJsonArray{u"MEMORY USAGE"_s, u"DUMP"_s, u"PEXPIRETIME"_s, u"WATCH"_s, u"DUMP"_s, u"PEXPIRETIME"_s, u"MULTI"_s,
            u"UNLINK"_s, u"EXEC"_s}));
    QVERIFY(!QFileInfo::exists(file(u"keyglass"_s)));
}

void TestBulkPlans::runsAKeptPlan_data()
{
    QTest::addColumn<bool>("isWhole");
    QTest::addRow("the plan") << false;
    QTest::addRow("all that --dry-run has written") << true;
}

void TestBulkPlans::runsAKeptPlan()
{
    QFETCH(const bool, isWhole);
    m_server->command({"MSET", "k:1", "v", "k:2", "v", "other", "v"});
    const Outcome shown = bulk({u"delete"_s, u"--pattern"_s, u"k:*"_s, u"--no-archive"_s, u"--dry-run"_s});
    const QString plan =
        written(u"plan.json"_s, isWhole ? shown.out : QJsonDocument(shown.json()[u"plan"_s].toObject()).toJson());
    const Outcome done = bulk({u"run"_s, plan, u"--yes"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"done"_s], 2);
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"other"});
}

/// All that the dry run has written does, and the folder it was made in may be another.
void TestBulkPlans::aPlanNamesItsFilesWhereverItIsRun()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v"});
    const QString here = QDir::currentPath();
    QVERIFY(QDir::setCurrent(m_folder->path()));
    QFile list(u"keys.txt"_s);
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write("k:1\n");
    list.close();
    const Outcome shown = bulk({u"delete"_s, u"--keys-file"_s, u"keys.txt"_s, u"--refuse-changed"_s, u"--archive"_s,
        u"mine.kga"_s, u"--dry-run"_s});
    const Outcome exported =
        bulk({u"export"_s, u"--all"_s, u"--file"_s, u"keys.jsonl"_s, u"--report"_s, u"report.csv"_s});
    QVERIFY(QDir::setCurrent(here));
    QCOMPARE(exported.json()[u"file"_s].toString(), file(u"keys.jsonl"_s));
    const QByteArray history = contentOf(file(u"keyglass/jobs.jsonl"_s));
    QVERIFY2(history.contains(file(u"report.csv"_s).toUtf8()), history.constData());
    const QString plan = written(u"plan.json"_s, shown.out);
    const Outcome done = bulk({u"run"_s, plan, u"--yes"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"k:2"});
    QCOMPARE(done.json()[u"archive"_s][u"file"_s].toString(), file(u"mine.kga"_s));
    const auto refuses = [&](const QString& more) {
        const QStringList words{u"run"_s, plan, u"--dry-run"_s};
        return bulk(more.isEmpty() ? words : words + QStringList{more}).json()[u"plan"_s][u"refuse_changed"_s].toBool();
    };
    QVERIFY(refuses({}));
    QVERIFY(!refuses(u"--accept-changed"_s)); // what is said now counts
}

/// It is one of those that the plan is for.
void TestBulkPlans::aPlanOfSeveralDatabasesTakesTheUriItWasMadeWith()
{
    for (const char* number : {"0", "1", "2"}) {
        m_server->command({"SELECT", number});
        m_server->command({"SET", "k", "v"});
    }
    const QString uri = uriOf(*m_server) + u"?db=1"_s;
    const Outcome shown = bulkAt(uri, {u"delete"_s, u"--all"_s, u"--databases"_s, u"1,2"_s, u"--dry-run"_s});
    const QString plan = written(u"plan.json"_s, shown.out);
    const Outcome done = bulkAt(uri, {u"run"_s, plan, u"--yes"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(done.json()[u"done"_s], 2);
    m_server->command({"SELECT", "0"});
    QCOMPARE(m_server->command({"DBSIZE"}), "1");
}

void TestBulkPlans::aPlanStaysInItsDatabase_data()
{
    QTest::addColumn<int>("ofUri"); // 0: it names none
    QTest::addColumn<int>("status");
    QTest::addRow("the server alone") << 0 << 0;
    QTest::addRow("its own") << 2 << 0;
    QTest::addRow("another") << 5 << 2;
}

/// Whoever names another one means that, and not what the plan says.
void TestBulkPlans::aPlanStaysInItsDatabase()
{
    QFETCH(const int, ofUri);
    QFETCH(const int, status);
    for (const char* number : {"0", "2", "5"}) {
        m_server->command({"SELECT", number});
        m_server->command({"SET", "k", "v"});
    }
    const auto uriOfDatabase = [&](int number) { return uriOf(*m_server) + u"?db=%1"_s.arg(number); };
    const Outcome shown = bulkAt(uriOfDatabase(2), {u"delete"_s, u"--all"_s, u"--dry-run"_s});
    const QString plan = written(u"plan.json"_s, shown.out);
    const QString uri = ofUri > 0 ? uriOfDatabase(ofUri) : uriOf(*m_server);
    const Outcome done = bulkAt(uri, {u"run"_s, plan, u"--yes"_s});
    QVERIFY2(done.status == status, done.err.constData());
    QVERIFY(status == 0 || done.err.contains("database 5"));
    for (const char* number : {"0", "2", "5"}) {
        m_server->command({"SELECT", number});
        QCOMPARE(m_server->command({"DBSIZE"}), *number == '2' && status == 0 ? "0" : "1");
    }
    m_server->command({"SELECT", "0"});
}

void TestBulkPlans::aPlanThatCanNotBeReadIsNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("told");
    QTest::addRow("empty") << QByteArray() << "cut off"_ba;
    QTest::addRow("cut") << R"({"keyglass_plan": 1, "keys": {"kind": "al)"_ba << "cut off"_ba;
    QTest::addRow("of a newer version") << R"({"keyglass_plan": 99, "keys": {"kind": "all"}})"_ba << "keyglass_plan"_ba;
}

void TestBulkPlans::aPlanThatCanNotBeReadIsNamed()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, told);
    m_server->command({"SET", "k", "v"});
    const QString plan = written(u"plan.json"_s, text);
    const Outcome refused = bulk({u"run"_s, plan, u"--yes"_s});
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.err.contains(told) && refused.err.contains("plan.json"), refused.err.constData());
    QCOMPARE(m_server->command({"DBSIZE"}), "1");
}

/// Key by key, with why, exact to the byte.
void TestBulkPlans::aPlanNamesWhatIsLeftAlone()
{
    m_server->command({"SET", "k:\xff", "v"});
    m_server->command({"SET", "k:2", "v", "EX", "1000"});
    m_server->command({"SET", "n:2", "theirs"});
    const QJsonObject persisted = bulk({u"persist"_s, u"--prefix"_s, u"k:"_s, u"--dry-run"_s}).json();
    QCOMPARE(persisted[u"skipped"_s].toObject(), (QJsonObject{{u"it has no time to live"_s, 1}}));
    const QJsonArray left = persisted[u"left_alone"_s].toArray();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left[0][u"key"_s][u"base64"_s].toString().toLatin1(), QByteArray("k:\xff").toBase64());
    QCOMPARE(left[0][u"why"_s].toString(), u"it has no time to live"_s);
    const QJsonObject renamed = bulk({u"rename"_s, u"--prefix"_s, u"k:"_s, u"--to"_s, u"n:"_s, u"--dry-run"_s}).json();
    QCOMPARE(renamed[u"in_the_way"_s], 1);
    QCOMPARE(renamed[u"left_alone"_s][0][u"key"_s].toString(), u"k:2"_s);
}

void TestBulkPlans::leavesAloneWhatIsNotAsItWasSeen()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v", "k:3", "v"});
    const QStringList what{
        u"delete"_s, u"--prefix"_s, u"k:"_s, u"--only-unchanged"_s, u"--seen"_s, file(u"plan.seen"_s)};
    QCOMPARE(bulk({u"delete"_s, u"--prefix"_s, u"k:"_s, u"--only-unchanged"_s, u"--yes"_s}).status, 2);
    const Outcome shown = bulk(what + QStringList{u"--dry-run"_s});
    QCOMPARE(shown.status, 0);
    m_server->command({"APPEND", "k:2", "w"});
    const QString plan = written(u"plan.json"_s, QJsonDocument(shown.json()[u"plan"_s].toObject()).toJson());
    const Outcome done = bulk({u"run"_s, plan, u"--yes"_s});
    QCOMPARE(done.status, 1);
    QCOMPARE(done.json()[u"done"_s], 2);
    QCOMPARE(done.json()[u"outcomes"_s].toObject()[u"changed"_s], 1);
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"k:2"});
}

void TestBulkPlans::aCopySaysWhatItCanNotBringBack_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<bool>("overwrites");
    QTest::addRow("names that are taken are skipped") << QStringList{} << false;
    QTest::addRow("what is there is replaced, and archived") << QStringList{u"--replace"_s} << false;
    QTest::addRow("what is there is replaced") << QStringList{u"--replace"_s, u"--no-archive"_s} << true;
}

void TestBulkPlans::aCopySaysWhatItCanNotBringBack()
{
    QFETCH(const QStringList, more);
    QFETCH(const bool, overwrites);
    m_server->command({"SET", "k:1", "v"});
    const Outcome shown = bulk(QStringList{u"copy"_s, u"--all"_s, u"--to-db"_s, u"3"_s, u"--dry-run"_s} + more);
    QCOMPARE(shown.status, 0);
    QCOMPARE(shown.json()[u"overwrites_unarchived"_s], overwrites);
}

void TestBulkPlans::aCopyThatCanNotBeIsToldBeforeIt_data()
{
    QTest::addColumn<QStringList>("target");
    QTest::addColumn<int>("status");
    QTest::addRow("to the same database") << QStringList{u"--to-db"_s, u"0"_s} << 2;
    QTest::addRow("to another") << QStringList{u"--to-db"_s, u"3"_s} << 0;
    QTest::addRow("to the same server") << QStringList{u"--to-uri"_s, u"itself"_s} << 2;
    QTest::addRow("to one that is not there") << QStringList{u"--to-uri"_s, u"redis+unix:///nonexistent/socket"_s} << 3;
}

/// The dry run says it, and does not only count keys.
void TestBulkPlans::aCopyThatCanNotBeIsToldBeforeIt()
{
    QFETCH(const QStringList, target);
    QFETCH(const int, status);
    m_server->command({"SET", "k", "v"});
    QStringList words = QStringList{u"copy"_s, u"--all"_s, u"--dry-run"_s} + target;
    words.replaceInStrings(u"itself"_s, uriOf(*m_server));
    const Outcome shown = bulk(words);
    QVERIFY2(shown.status == status, shown.err.constData());
    QCOMPARE(shown.out.isEmpty(), status != 0);
    QCOMPARE(shown.err.isEmpty(), status == 0);
}

QTEST_GUILESS_MAIN(TestBulkPlans)
#include "tst_bulkplans.moc"
