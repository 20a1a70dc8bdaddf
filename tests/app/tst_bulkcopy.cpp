// SPDX-License-Identifier: GPL-3.0-or-later
// What `keyglass bulk copy` writes over at its target is brought back there by `keyglass bulk undo`.
#include "tests/app/program.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

using Args = RedisServer::Args;

QString uriOf(const RedisServer& server, int database = 0)
{
    return u"redis+unix://"_s + server.socketPath() + u"?db=%1"_s.arg(database);
}

} // namespace

class TestBulkCopy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatItOverwroteIsBroughtBack_data();
    void whatItOverwroteIsBroughtBack();
    void whatItOverwroteInAClusterIsBroughtBack();
    void withoutAnArchiveNothingIsKept();
    void itsPlanTellsWhatIsInTheWay_data();
    void itsPlanTellsWhatIsInTheWay();
    void aPlanDoesNotGuessHowLargeIsWhatItOverwrites_data();
    void aPlanDoesNotGuessHowLargeIsWhatItOverwrites();

private:
    [[nodiscard]] Outcome bulk(const QStringList& words)
    {
        return run(QStringList{u"bulk"_s} + words, {}, {u"XDG_DATA_HOME="_s + m_folder->path()});
    }
    [[nodiscard]] QString archive() const { return m_folder->filePath(u"over.kga"_s); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBulkCopy::init()
{
    m_server = RedisServer::start();
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestBulkCopy::whatItOverwroteIsBroughtBack_data()
{
    QTest::addColumn<bool>("isOther");
    QTest::addColumn<bool>("moves");
    QTest::addRow("on another server") << true << false;
    QTest::addRow("on another server, moved there") << true << true;
    QTest::addRow("in another database") << false << false;
}

void TestBulkCopy::whatItOverwroteIsBroughtBack()
{
    QFETCH(const bool, isOther);
    QFETCH(const bool, moves);
    const auto other = RedisServer::start();
    RedisServer& target = isOther ? *other : *m_server;
    const int database = isOther ? 0 : 3;
    m_server->command({"SET", "k:taken", "new"});
    m_server->command({"SET", "k:free", "new"});
    target.command({"SELECT", std::to_string(database)});
    target.command({"HSET", "k:taken", "f", "old"});
    target.command({"PEXPIREAT", "k:taken", "4102444800123"});
    QStringList words{u"copy"_s, u"--prefix"_s, u"k:"_s, u"--uri"_s, uriOf(*m_server), u"--replace"_s, u"--yes"_s,
        u"--archive"_s, archive()};
    words += isOther ? QStringList{u"--to-uri"_s, uriOf(target)} : QStringList{u"--to-db"_s, u"3"_s};
    const Outcome copied = bulk(words + (moves ? QStringList{u"--move"_s} : QStringList{}));
    QVERIFY2(copied.status == 0, copied.err.constData());
    QCOMPARE(copied.json()[u"archive"_s][u"records"_s], 1); // of what was taken
    QCOMPARE(target.command({"GET", "k:taken"}), "new");
    const QJsonObject shown = bulk({u"show"_s, archive()}).json();
    const QString name = isOther ? other->socketPath() : m_server->socketPath();
    QVERIFY2(shown[u"connection"_s].toString().contains(name), qPrintable(shown[u"connection"_s].toString()));
    const Outcome undone =
        bulk({u"undo"_s, archive(), u"--uri"_s, uriOf(target, database), u"--conflict"_s, u"replace"_s, u"--yes"_s});
    QVERIFY2(undone.status == 0, undone.err.constData());
    QCOMPARE(target.command({"HGET", "k:taken", "f"}), "old");
    QCOMPARE(target.command({"PEXPIRETIME", "k:taken"}), "4102444800123");
    QCOMPARE(target.command({"GET", "k:free"}), "new");
}

void TestBulkCopy::whatItOverwroteInAClusterIsBroughtBack()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    const QString there = u"redis+cluster://127.0.0.1:%1"_s.arg(cluster->port(0));
    cluster->fill(50, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "old"}; });
    m_server->fill(80, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "new"}; });
    const Outcome copied = bulk({u"copy"_s, u"--all"_s, u"--uri"_s, uriOf(*m_server), u"--to-uri"_s, there,
        u"--replace"_s, u"--yes"_s, u"--archive"_s, archive()});
    QVERIFY2(copied.status == 0, copied.err.constData());
    QCOMPARE(copied.json()[u"done"_s], 80);
    QCOMPARE(copied.json()[u"archive"_s][u"records"_s], 50);
    const auto valueOf = [&cluster](int at) {
        const std::string key = "k:" + std::to_string(at);
        return cluster->server(cluster->ownerOf(slotOf(key))).command({"GET", key});
    };
    QCOMPARE(valueOf(7), "new");
    const Outcome undone = bulk({u"undo"_s, archive(), u"--uri"_s, there, u"--conflict"_s, u"replace"_s, u"--yes"_s});
    QVERIFY2(undone.status == 0, undone.err.constData());
    for (int at = 0; at < 80; ++at) {
        QCOMPARE(valueOf(at), at < 50 ? "old" : "new");
    }
}

void TestBulkCopy::withoutAnArchiveNothingIsKept()
{
    m_server->command({"SET", "k", "new"});
    m_server->command({"SELECT", "3"});
    m_server->command({"SET", "k", "old"});
    const Outcome copied = bulk({u"copy"_s, u"--all"_s, u"--uri"_s, uriOf(*m_server), u"--to-db"_s, u"3"_s,
        u"--replace"_s, u"--yes"_s, u"--no-archive"_s});
    QVERIFY2(copied.status == 0, copied.err.constData());
    QVERIFY(copied.json()[u"archive"_s].isNull());
    QCOMPARE(m_server->command({"GET", "k"}), "new");
}

void TestBulkCopy::itsPlanTellsWhatIsInTheWay_data()
{
    QTest::addColumn<bool>("isOther");
    QTest::addColumn<bool>("replaces");
    QTest::addRow("on another server") << true << false;
    QTest::addRow("on another server, overwritten") << true << true;
    QTest::addRow("in another database") << false << false;
}

void TestBulkCopy::itsPlanTellsWhatIsInTheWay()
{
    QFETCH(const bool, isOther);
    QFETCH(const bool, replaces);
    const auto other = RedisServer::start();
    RedisServer& target = isOther ? *other : *m_server;
    m_server->command({"MSET", "k:1", "new", "k:2", "new", "k:3", "new"});
    target.command({"SELECT", isOther ? "0" : "3"});
    target.command({"MSET", "k:1", "old", "k:2", "old", "other", "old"});
    QStringList words{u"copy"_s, u"--prefix"_s, u"k:"_s, u"--uri"_s, uriOf(*m_server), u"--dry-run"_s};
    words += isOther ? QStringList{u"--to-uri"_s, uriOf(target)} : QStringList{u"--to-db"_s, u"3"_s};
    const Outcome shown = bulk(words + (replaces ? QStringList{u"--replace"_s} : QStringList{}));
    QVERIFY2(shown.status == 0, shown.err.constData());
    QCOMPARE(shown.json()[u"keys"_s], 3);
    QCOMPARE(shown.json()[u"in_the_way"_s], 2);
    QCOMPARE(shown.json()[u"skipped"_s].toObject().isEmpty(), replaces);
    QCOMPARE(target.command({"GET", "k:1"}), "old");
}

void TestBulkCopy::aPlanDoesNotGuessHowLargeIsWhatItOverwrites_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("isTold"); // the archive is of the keys that are looked at
    QTest::addRow("a rename") << u"rename --to n: --collision overwrite"_s << false;
    QTest::addRow("a rename, with the memory") << u"rename --to n: --collision overwrite --memory"_s << false;
    QTest::addRow("a copy") << u"copy --to-db 3 --replace"_s << false;
    QTest::addRow("a copy, with the memory") << u"copy --to-db 3 --replace --memory"_s << false;
    QTest::addRow("a deletion") << u"delete"_s << true;
}

/// A small key that takes the name of a large one has the large one archived.
void TestBulkCopy::aPlanDoesNotGuessHowLargeIsWhatItOverwrites()
{
    QFETCH(const QString, words);
    QFETCH(const bool, isTold);
    const std::string large(300'000, 'x');
    m_server->command({"SET", "k:1", "v"});
    m_server->command({"SET", "n:1", large});
    m_server->command({"SELECT", "3"});
    m_server->command({"SET", "k:1", large});
    const Outcome shown =
        bulk(words.split(u' ') + QStringList{u"--prefix"_s, u"k:"_s, u"--uri"_s, uriOf(*m_server), u"--dry-run"_s});
    QVERIFY2(shown.status == 0, shown.err.constData());
    const QJsonObject space = shown.json()[u"archive"_s].toObject();
    QVERIFY2(space.contains(u"at_most_bytes"_s), shown.out.constData());
    QCOMPARE(space[u"at_most_bytes"_s].isNull(), !isTold);
    QVERIFY(space[u"free_bytes"_s].toDouble() > 0);
    QVERIFY(!space[u"folder"_s].toString().isEmpty());
    QCOMPARE(shown.json()[u"not_undoable"_s].isNull(), !isTold);
    QCOMPARE(shown.json()[u"memory_bytes"_s].isNull(), !isTold && !words.contains(u"--memory"_s));
}

QTEST_GUILESS_MAIN(TestBulkCopy)
#include "tst_bulkcopy.moc"
