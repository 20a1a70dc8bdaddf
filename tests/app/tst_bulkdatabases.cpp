// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass bulk` over several databases, and from one database or server to another.
#include "core/profile/profilestore.h"
#include "tests/app/bulkcommandfixture.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestBulkDatabases : public BulkCommandFixture {
    Q_OBJECT

private Q_SLOTS:
    void copiesToAnotherDatabase();
    void movesToAnotherServer();
    void copiesDatabasesToThoseOfTheSameNumber_data();
    void copiesDatabasesToThoseOfTheSameNumber();
    void databasesDoNotComeTogether_data();
    void databasesDoNotComeTogether();
    void keysAreNotMovedOntoThemselves();
    void takesSeveralDatabases_data();
    void takesSeveralDatabases();
    void allDatabasesAreNotGuessed();
    void aProductionTargetWantsItsNameToo();
};

void TestBulkDatabases::copiesToAnotherDatabase()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v"});
    const Outcome done = bulk({u"copy"_s, u"--prefix"_s, u"k:"_s, u"--to-db"_s, u"3"_s, u"--yes"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(done.json()[u"done"_s], 2);
    QCOMPARE(m_server->command({"DBSIZE"}), "2");
    m_server->command({"SELECT", "3"});
    QCOMPARE(m_server->command({"DBSIZE"}), "2");
}

void TestBulkDatabases::movesToAnotherServer()
{
    const auto other = RedisServer::start();
    m_server->command({"MSET", "k:1", "v", "k:2", "v", "l", "v"});
    const Outcome done =
        bulk({u"copy"_s, u"--prefix"_s, u"k:"_s, u"--to-uri"_s, uriOf(*other), u"--move"_s, u"--yes"_s});
    QCOMPARE(done.status, 0);
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"l"});
    QCOMPARE(other->command({"DBSIZE"}), "2");
}

void TestBulkDatabases::copiesDatabasesToThoseOfTheSameNumber_data()
{
    QTest::addColumn<QString>("databases");
    QTest::addColumn<bool>("moves");
    QTest::addRow("several") << u"0,3"_s << false;
    QTest::addRow("several, moved") << u"0,3"_s << true;
    QTest::addRow("all that have keys") << u"all"_s << false;
    QTest::addRow("one") << u"3"_s << false;
}

void TestBulkDatabases::copiesDatabasesToThoseOfTheSameNumber()
{
    QFETCH(const QString, databases);
    QFETCH(const bool, moves);
    const auto other = RedisServer::start();
    for (const char* database : {"0", "3"}) {
        m_server->command({"SELECT", database});
        m_server->command({"SET", "k:1", std::string("of ") + database}); // one name, which must not come together
    }
    QStringList words{u"copy"_s, u"--all"_s, u"--databases"_s, databases, u"--to-uri"_s, uriOf(*other), u"--yes"_s};
    if (moves) {
        words << u"--move"_s;
    }
    const Outcome done = bulk(words);
    QVERIFY2(done.status == 0, done.err.constData());
    const bool isOne = databases == u"3"_s;
    QCOMPARE(done.json()[u"done"_s], isOne ? 1 : 2);
    for (const char* database : {"0", "3"}) {
        other->command({"SELECT", database});
        const bool isMeant = !isOne || database == std::string("3");
        QCOMPARE(other->command({"GET", "k:1"}), isMeant ? std::string("of ") + database : std::string());
        m_server->command({"SELECT", database});
        QCOMPARE(m_server->command({"DBSIZE"}), moves ? "0" : "1");
    }
}

void TestBulkDatabases::databasesDoNotComeTogether_data()
{
    QTest::addColumn<QStringList>("target");
    QTest::addRow("in one of the same server") << QStringList{u"--to-db"_s, u"5"_s};
    QTest::addRow("in one of another") << QStringList{u"--to-uri"_s, u"OTHER"_s, u"--to-db"_s, u"5"_s};
    QTest::addRow("in one of another, by its URI") << QStringList{u"--to-uri"_s, u"OTHER?db=5"_s};
    QTest::addRow("in themselves") << QStringList{u"--to-uri"_s, u"SAME"_s};
}

void TestBulkDatabases::databasesDoNotComeTogether()
{
    QFETCH(QStringList, target);
    const auto other = RedisServer::start();
    target.replaceInStrings(u"OTHER"_s, uriOf(*other));
    target.replaceInStrings(u"SAME"_s, uriOf(*m_server));
    m_server->command({"SET", "k:1", "v"});
    const Outcome done =
        bulk(QStringList{u"copy"_s, u"--all"_s, u"--databases"_s, u"0,3"_s, u"--move"_s, u"--yes"_s} + target);
    QCOMPARE(done.status, 2);
    QCOMPARE(other->command({"DBSIZE"}), "0");
    QCOMPARE(m_server->command({"GET", "k:1"}), "v");
}

void TestBulkDatabases::keysAreNotMovedOntoThemselves()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v"});
    const Outcome done =
        bulk({u"copy"_s, u"--all"_s, u"--to-uri"_s, uriOf(*m_server), u"--move"_s, u"--replace"_s, u"--yes"_s});
    QVERIFY(done.status != 0);
    QCOMPARE(m_server->command({"DBSIZE"}), "2");
}

void TestBulkDatabases::takesSeveralDatabases_data()
{
    QTest::addColumn<QString>("databases");
    QTest::addColumn<int>("done");
    QTest::addRow("a list") << u"0,3"_s << 3;
    QTest::addRow("a range") << u"2-4,15"_s << 3;
    QTest::addRow("all that have keys") << u"all"_s << 5;
    QTest::addRow("one") << u"4"_s << 1;
}

void TestBulkDatabases::takesSeveralDatabases()
{
    QFETCH(const QString, databases);
    QFETCH(const int, done);
    const auto keys = [this] {
        std::vector<std::string> counts;
        for (const char* database : {"0", "3", "4", "9"}) {
            m_server->command({"SELECT", database});
            counts.push_back(m_server->command({"DBSIZE"}));
        }
        return counts;
    };
    for (const char* database : {"0", "3", "3", "4", "9"}) {
        m_server->command({"SELECT", database});
        const std::string name = m_server->command({"EXISTS", "k:1"}) == "0" ? "k:1" : "k:2";
        m_server->command({"SET", name, std::string("of ") + database});
    }
    m_server->command({"SELECT", "9"});
    m_server->command({"SET", "other", "v"});
    const auto before = keys();
    const QStringList deleting{u"delete"_s, u"--prefix"_s, u"k:"_s, u"--databases"_s, databases};
    const Outcome shown = bulk(deleting + QStringList{u"--dry-run"_s});
    QCOMPARE(shown.status, 0);
    QCOMPARE(shown.json()[u"keys"_s], done);
    QCOMPARE(keys(), before);
    const QString report = file(u"r.json"_s);
    const Outcome deleted =
        bulk(deleting + QStringList{u"--yes"_s, u"--archive"_s, file(u"a.kga"_s), u"--report"_s, report});
    QVERIFY2(deleted.status == 0, deleted.err.constData());
    QCOMPARE(deleted.json()[u"done"_s], done);
    const Outcome undone = bulk({u"undo"_s, file(u"a.kga"_s), u"--yes"_s});
    QVERIFY2(undone.status == 0, undone.err.constData());
    QCOMPARE(undone.json()[u"done"_s], done);
    QCOMPARE(keys(), before);
    m_server->command({"SELECT", "4"});
    QCOMPARE(m_server->command({"GET", "k:1"}), "of 4");
}

/// All of them would be the connection's alone, with a status as if all had been done.
void TestBulkDatabases::allDatabasesAreNotGuessed()
{
    m_server->command({"SELECT", "3"});
    m_server->command({"SET", "k:1", "v"});
    m_server->command({"SELECT", "0"});
    m_server->command({"SET", "k:1", "v"});
    const QStringList deleting{u"delete"_s, u"--prefix"_s, u"k:"_s, u"--databases"_s, u"all"_s, u"--yes"_s};
    m_server->command({"ACL", "SETUSER", "default", "-info"});
    const Outcome refused = bulk(deleting);
    m_server->command({"ACL", "SETUSER", "default", "+info"});
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.err.contains("does not tell its databases"), refused.err.constData());
    QCOMPARE(m_server->command({"EXISTS", "k:1"}), "1");
    m_server->command({"FLUSHALL"});
    const Outcome empty = bulk(deleting);
    QVERIFY2(empty.status == 0, empty.err.constData());
}

void TestBulkDatabases::aProductionTargetWantsItsNameToo()
{
    m_server->command({"MSET", "k:1", "v", "k:2", "v"});
    const auto other = RedisServer::start();
    const QString folder = file(u"config"_s);
    ProfileStore store(folder);
    Profile profile;
    profile.environment = Environment::Production;
    profile.name = u"here"_s;
    profile.socketPath = m_server->socketPath();
    QVERIFY(store.save(profile));
    profile.id.clear();
    profile.name = u"there"_s;
    profile.socketPath = other->socketPath();
    QVERIFY(store.save(profile));
    const QStringList words{u"bulk"_s, u"copy"_s, u"--profile"_s, u"here"_s, u"--config-dir"_s, folder, u"--prefix"_s,
        u"k:"_s, u"--to-profile"_s, u"there"_s, u"--yes"_s, u"--confirm"_s, u"here"_s};
    const Outcome refused = run(words);
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.err.contains("there is a production server"), refused.err.constData());
    QCOMPARE(other->command({"DBSIZE"}), "0");
    const Outcome done = run(words + QStringList{u"--confirm"_s, u"there"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(other->command({"DBSIZE"}), "2");
}

QTEST_GUILESS_MAIN(TestBulkDatabases)
#include "tst_bulkdatabases.moc"
