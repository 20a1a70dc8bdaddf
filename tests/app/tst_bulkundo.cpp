// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass bulk undo` and `bulk show` as a script would use them.
#include "core/profile/profilestore.h"
#include "tests/app/atterminal.h"
#include "tests/app/endingkeys.h"
#include "tests/app/program.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

using Args = RedisServer::Args;

} // namespace

class TestBulkUndo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void restoresWhatADeleteArchived();
    void restoresSingleKeys();
    void tellsOfKeysThatAreThereAgain();
    void tellsOfKeysWhoseTimeIsOver();
    void writesAReport();
    void showsAnArchive();
    void listsAndPrunesArchives();
    void sealsAnArchive();
    void standsInTheHistory();
    void whatAnUndoOverwritesIsArchived();
    void restoresACluster();
    void replacesInAProductionCluster();
    void needsAYes();
    void aDryRunRestoresNothing();
    void asksForTheKeysThatAreNamed();
    void aPassphraseThatIsTypedIsNotShown();
    void anInterruptionEndsAQuestion_data();
    void anInterruptionEndsAQuestion();
    void tellsOfAnotherServersArchive();
    void tellsOfAnArchiveWithoutItsEnd();
    void refusesWhatIsReadOnly();
    void namesAFileThatIsNoArchive();
    void refusesBadUsage_data();
    void refusesBadUsage();

private:
    [[nodiscard]] Outcome bulk(const QStringList& words, const QString& uri = {})
    {
        const QString to = uri.isEmpty() ? u"redis+unix://"_s + m_server->socketPath() : uri;
        return run(QStringList{u"bulk"_s} + words + QStringList{u"--uri"_s, to});
    }
    void remove(const QString& pattern = u"*"_s)
    {
        const Outcome done = bulk({u"delete"_s, u"--pattern"_s, pattern, u"--archive"_s, archive(), u"--yes"_s});
        QVERIFY2(done.status == 0, done.err.constData());
    }
    [[nodiscard]] Outcome undo(const QStringList& more = {})
    {
        return bulk(QStringList{u"undo"_s, archive(), u"--yes"_s} + more);
    }
    [[nodiscard]] QString archive() const { return m_folder->filePath(u"a.kga"_s); }
    void fill(std::size_t count) { fillEndingKeys(*m_server, count); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBulkUndo::init()
{
    m_server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestBulkUndo::restoresWhatADeleteArchived()
{
    fill(3000);
    const std::string before = m_server->command({"DEBUG", "DIGEST"});
    remove();
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    for (int round = 0; round < 2; ++round) { // what is there unchanged is done
        const Outcome done = undo();
        QVERIFY2(done.status == 0, done.err.constData());
        QCOMPARE(done.json()[u"done"_s], 3000);
        QCOMPARE(done.json()[u"archive"_s][u"finished"_s], true);
        QCOMPARE(m_server->command({"DEBUG", "DIGEST"}), before);
    }
}

void TestBulkUndo::restoresSingleKeys()
{
    fill(20);
    remove();
    const Outcome done = undo({u"--key"_s, u"key:3"_s, u"--key"_s, u"key:7"_s});
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(done.json()[u"done"_s], 2);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("2"));
    QCOMPARE(m_server->command({"GET", "key:7"}), std::string("value 7"));
    QFile file(m_folder->filePath(u"keys"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("key:8\nnot\\x00there\n");
    file.close();
    const Outcome more = undo({u"--keys-file"_s, file.fileName()});
    QCOMPARE(more.status, 1);
    QCOMPARE(more.json()[u"done"_s], 1);
    QCOMPARE(more.json()[u"problems"_s][0][u"outcome"_s], u"not_done"_s);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("3"));
}

void TestBulkUndo::tellsOfKeysThatAreThereAgain()
{
    fill(20);
    remove();
    m_server->command({"SET", "key:5", "new"});
    const Outcome skipped = undo();
    QCOMPARE(skipped.status, 1);
    QCOMPARE(skipped.json()[u"outcomes"_s][u"changed"_s], 1);
    QCOMPARE(skipped.json()[u"problems"_s][0][u"key"_s], u"key:5"_s);
    QVERIFY(!skipped.err.isEmpty());
    QCOMPARE(m_server->command({"GET", "key:5"}), std::string("new"));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("20"));
    const Outcome replaced = undo({u"--conflict"_s, u"replace"_s});
    QVERIFY2(replaced.status == 0, replaced.err.constData());
    QCOMPARE(m_server->command({"GET", "key:5"}), std::string("value 5"));
}

void TestBulkUndo::tellsOfKeysWhoseTimeIsOver()
{
    m_server->command({"SET", "stays", "v"});
    m_server->command({"SET", "soon over", "v", "PX", "3000"});
    m_server->command({"SET", "mark", "v", "PX", "3100"});
    remove(u"s*"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->command({"EXISTS", "mark"}), std::string("0"), 20'000);
    const Outcome told = undo();
    QCOMPARE(told.status, 1);
    QCOMPARE(told.json()[u"done"_s], 1);
    QCOMPARE(told.json()[u"outcomes"_s][u"expired_meanwhile"_s], 1);
    QCOMPARE(m_server->command({"EXISTS", "soon over"}), std::string("0"));
    const Outcome kept = undo({u"--keep-expired"_s});
    QVERIFY2(kept.status == 0, kept.err.constData());
    QCOMPARE(m_server->command({"PTTL", "soon over"}), std::string("-1"));
}

void TestBulkUndo::writesAReport()
{
    fill(20);
    remove();
    const QString file = m_folder->filePath(u"report.json"_s);
    QVERIFY(undo({u"--report"_s, file}).status == 0);
    QFile report(file);
    QVERIFY(report.open(QIODevice::ReadOnly));
    const QJsonObject json = QJsonDocument::fromJson(report.readAll()).object();
    QCOMPARE(json[u"keys"_s].toArray().size(), 20);
    QCOMPARE(json[u"keys"_s][0][u"outcome"_s], u"done"_s);
    QCOMPARE(json[u"summary"_s][u"operation"_s], u"undo"_s);
}

void TestBulkUndo::showsAnArchive()
{
    fill(30);
    m_server->command({"RPUSH", "list", "a"});
    remove();
    const Outcome shown = run({u"bulk"_s, u"show"_s, archive()});
    QVERIFY2(shown.status == 0, shown.err.constData());
    QCOMPARE(shown.json()[u"keys"_s], 31);
    QCOMPARE(shown.json()[u"expiring"_s], 10);
    QCOMPARE(shown.json()[u"types"_s][u"list"_s], 1);
    QVERIFY(!shown.json()[u"job"_s].toString().isEmpty());
    QVERIFY(!shown.json()[u"connection"_s].toString().isEmpty());
}

void TestBulkUndo::restoresACluster()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    const auto cluster = RedisCluster::start(options);
    cluster->fill(500);
    const auto before = cluster->truth();
    const QString uri = u"redis+cluster://127.0.0.1:%1"_s.arg(cluster->port(0));
    QVERIFY(bulk({u"delete"_s, u"--pattern"_s, u"*"_s, u"--archive"_s, archive(), u"--yes"_s}, uri).status == 0);
    QVERIFY(cluster->truth().empty());
    const Outcome done = bulk({u"undo"_s, archive(), u"--yes"_s}, uri);
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(done.json()[u"done"_s], 500);
    QVERIFY(cluster->truth() == before);
}

/// The yes to an undo is one to all that it sends, the script that shows what it writes over, too.
void TestBulkUndo::replacesInAProductionCluster()
{
    ClusterOptions options;
    options.replicasPerMaster = 0;
    const auto cluster = RedisCluster::start(options);
    cluster->fill(50);
    Profile profile;
    profile.name = u"live"_s;
    profile.kind = ProfileKind::Cluster;
    profile.port = cluster->port(0);
    profile.environment = Environment::Production;
    ProfileStore store(m_folder->path());
    QVERIFY(store.save(profile));
    const QStringList where{u"--profile"_s, u"live"_s, u"--config-dir"_s, m_folder->path(), u"--confirm"_s, u"live"_s};
    const Outcome gone =
        run(QStringList{u"bulk"_s, u"delete"_s, u"--pattern"_s, u"*"_s, u"--archive"_s, archive(), u"--yes"_s} + where);
    QVERIFY2(gone.status == 0, gone.err.constData());
    cluster->fill(50, [](std::size_t at) { return Args{"SET", "key:" + std::to_string(at), "another"}; });
    const Outcome done =
        run(QStringList{u"bulk"_s, u"undo"_s, archive(), u"--yes"_s, u"--conflict"_s, u"replace"_s} + where);
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(done.json()[u"done"_s], 50);
    for (const int master : cluster->masters()) {
        for (const std::string& key : cluster->server(master).list({"KEYS", "*"})) {
            QCOMPARE(cluster->server(master).command({"GET", key}), std::string("v"));
        }
    }
}

void TestBulkUndo::needsAYes()
{
    fill(5);
    remove();
    const Outcome asked = bulk({u"undo"_s, archive()});
    QCOMPARE(asked.status, 2);
    QVERIFY(asked.err.contains("--yes"));
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
}

void TestBulkUndo::aDryRunRestoresNothing()
{
    fill(1200);
    m_server->command({"RPUSH", "list", "a"});
    m_server->command({"SET", "short", "v", "PX", "60000"});
    remove();
    m_server->command({"SET", "key:7", "another"});
    m_server->command({"CONFIG", "RESETSTAT"});
    const QStringList dry{u"undo"_s, archive(), u"--dry-run"_s}; // without a terminal and without --yes
    const Outcome shown = bulk(dry);
    QVERIFY2(shown.status == 0, shown.err.constData());
    const QJsonObject json = shown.json();
    QCOMPARE(json[u"dry_run"_s], true);
    QCOMPARE(json[u"operation"_s], u"undo"_s);
    QCOMPARE(json[u"keys"_s], 1202);
    QCOMPARE(json[u"missing"_s], 1201);
    QCOMPARE(json[u"there"_s], 1);
    QCOMPARE(json[u"expired"_s], 0);
    QCOMPARE(json[u"types"_s], (QJsonObject{{u"list"_s, 1}, {u"string"_s, 1201}}));
    QCOMPARE(json[u"archive"_s][u"finished"_s], true);
    const std::string sent = m_server->command({"INFO", "commandstats"});
    for (const char* write : {"cmdstat_restore", "cmdstat_eval", "cmdstat_pexpireat", "cmdstat_unlink"}) {
        QVERIFY2(sent.find(write) == std::string::npos, sent.c_str());
    }
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("1"));
    const Outcome some = bulk(dry + QStringList{u"--key"_s, u"list"_s, u"--key"_s, u"nothing"_s});
    QCOMPARE(some.status, 1);
    QCOMPARE(some.json()[u"keys"_s], 1);
    QCOMPARE(some.json()[u"not_in_archive"_s], 1);
}

void TestBulkUndo::asksForTheKeysThatAreNamed()
{
    fill(20);
    remove();
    QFile keys(m_folder->filePath(u"keys"_s));
    QVERIFY(keys.open(QIODevice::WriteOnly));
    keys.write("key:1\nkey:2\nkey:3\n");
    keys.close();
    const QStringList words{u"bulk"_s, u"undo"_s, archive(), u"--uri"_s, u"redis+unix://"_s + m_server->socketPath(),
        u"--keys-file"_s, keys.fileName(), u"--key"_s, u"key:9"_s};
    AtTerminal terminal;
    terminal.start(words);
    QVERIFY2(terminal.answer("(y/n)", "n"), terminal.err().constData());
    QCOMPARE(terminal.status(), 1);
    QVERIFY2(terminal.err().contains("Restore 4 keys"), terminal.err().constData());
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    AtTerminal again;
    again.start(words);
    QVERIFY2(again.answer("(y/n)", "y"), again.err().constData());
    QCOMPARE(again.status(), 0);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("4"));
}

void TestBulkUndo::aPassphraseThatIsTypedIsNotShown()
{
    fill(20);
    const Outcome sealed = run({u"bulk"_s, u"delete"_s, u"--all"_s, u"--yes"_s, u"--seal"_s, u"--passphrase-stdin"_s,
                                   u"--archive"_s, archive(), u"--uri"_s, u"redis+unix://"_s + m_server->socketPath()},
        "open sesame\n");
    QVERIFY2(sealed.status == 0, sealed.err.constData());
    AtTerminal terminal;
    terminal.start({u"bulk"_s, u"undo"_s, archive(), u"--uri"_s, u"redis+unix://"_s + m_server->socketPath(),
        u"--passphrase-stdin"_s});
    QVERIFY2(terminal.answer("Passphrase", "open sesame"), terminal.err().constData());
    QVERIFY2(terminal.answer("(y/n)", "y"), terminal.err().constData());
    QCOMPARE(terminal.status(), 0);
    QVERIFY2(!terminal.shown().contains("sesame"), terminal.err().constData());
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("20"));
}

void TestBulkUndo::anInterruptionEndsAQuestion_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("question");
    QTest::addRow("for a passphrase") << QStringList{u"show"_s, u"ARCHIVE"_s, u"--passphrase-stdin"_s}
                                      << QByteArray("Passphrase");
    QTest::addRow("for one to seal with") << QStringList{u"delete"_s, u"--all"_s, u"--seal"_s, u"--passphrase-stdin"_s,
        u"--uri"_s, u"SERVER"_s} << QByteArray("Passphrase");
    QTest::addRow("for a yes") << QStringList{u"delete"_s, u"--all"_s, u"--uri"_s, u"SERVER"_s} << QByteArray("(y/n)");
}

/// At once, and the terminal shows again what is typed.
void TestBulkUndo::anInterruptionEndsAQuestion()
{
    QFETCH(QStringList, words);
    QFETCH(const QByteArray, question);
    fill(20);
    const Outcome sealed = run({u"bulk"_s, u"delete"_s, u"--all"_s, u"--yes"_s, u"--seal"_s, u"--passphrase-stdin"_s,
                                   u"--archive"_s, archive(), u"--uri"_s, u"redis+unix://"_s + m_server->socketPath()},
        "open sesame\n");
    QVERIFY2(sealed.status == 0, sealed.err.constData());
    fill(20);
    words.replaceInStrings(u"ARCHIVE"_s, archive());
    words.replaceInStrings(u"SERVER"_s, u"redis+unix://"_s + m_server->socketPath());
    AtTerminal terminal;
    terminal.start(QStringList{u"bulk"_s} + words);
    QVERIFY2(terminal.isAsked(question), terminal.err().constData());
    terminal.interrupt();
    QVERIFY(terminal.status() != 0);
    QVERIFY(terminal.showsTyping());
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("20"));
}

void TestBulkUndo::tellsOfAnotherServersArchive()
{
    fill(3);
    remove();
    const auto other = RedisServer::start();
    const Outcome there =
        run({u"bulk"_s, u"undo"_s, archive(), u"--dry-run"_s, u"--uri"_s, u"redis+unix://"_s + other->socketPath()});
    QVERIFY2(there.err.contains("The archive is of keys of"), there.err.constData());
    const Outcome here = bulk({u"undo"_s, archive(), u"--dry-run"_s});
    QVERIFY2(!here.err.contains("The archive is of keys of"), here.err.constData());
}

/// It may be what a killed run has left, but also a copy that did not come to its end.
void TestBulkUndo::tellsOfAnArchiveWithoutItsEnd()
{
    fill(20);
    remove();
    const Outcome whole = run({u"bulk"_s, u"show"_s, archive()});
    QCOMPARE(whole.status, 0);
    QVERIFY2(!whole.err.contains("no end"), whole.err.constData());
    QFile file(archive());
    QVERIFY(file.resize(file.size() - 1));
    const Outcome shown = run({u"bulk"_s, u"show"_s, archive()});
    QCOMPARE(shown.status, 0);
    QVERIFY2(shown.err.contains("no end"), shown.err.constData());
    const Outcome done = undo();
    QCOMPARE(done.status, 0);
    QVERIFY2(done.err.contains("no end"), done.err.constData());
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("20"));
}

void TestBulkUndo::refusesWhatIsReadOnly()
{
    fill(5);
    remove();
    Profile profile;
    profile.name = u"careful"_s;
    profile.readOnly = true;
    profile.socketPath = m_server->socketPath();
    ProfileStore store(m_folder->path());
    QVERIFY(store.save(profile));
    for (const QString& way : {u"--yes"_s, u"--dry-run"_s}) { // it is said before anything is shown
        const Outcome refused = run(
            {u"bulk"_s, u"undo"_s, archive(), way, u"--profile"_s, u"careful"_s, u"--config-dir"_s, m_folder->path()});
        QCOMPARE(refused.status, 3);
        QVERIFY(refused.out.isEmpty());
        QVERIFY(refused.err.contains("read-only"));
    }
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
}

void TestBulkUndo::namesAFileThatIsNoArchive()
{
    QFile file(archive());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no archive");
    file.close();
    const Outcome done = undo();
    QCOMPARE(done.status, 3);
    QVERIFY(done.err.contains(QFileInfo(archive()).fileName().toUtf8()));
    QVERIFY(done.out.isEmpty());
}

void TestBulkUndo::refusesBadUsage_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addRow("no archive") << QStringList{u"undo"_s, u"--yes"_s};
    QTest::addRow("two archives") << QStringList{u"undo"_s, u"a"_s, u"b"_s, u"--yes"_s};
    QTest::addRow("an unknown rule") << QStringList{u"undo"_s, u"a"_s, u"--conflict"_s, u"merge"_s, u"--yes"_s};
    QTest::addRow("no rate at all") << QStringList{u"undo"_s, u"a"_s, u"--rate"_s, u"0"_s, u"--yes"_s};
    QTest::addRow("an unknown option") << QStringList{u"undo"_s, u"a"_s, u"--faster"_s};
}

void TestBulkUndo::refusesBadUsage()
{
    QFETCH(const QStringList, words);
    const Outcome done = bulk(words);
    QCOMPARE(done.status, 2);
    QVERIFY(!done.err.isEmpty());
    QVERIFY(done.out.isEmpty());
}

void TestBulkUndo::listsAndPrunesArchives()
{
    fill(300);
    for (const QString& name : {u"1"_s, u"2"_s, u"3"_s}) {
        const Outcome done = bulk({u"delete"_s, u"--pattern"_s, u"key:%1*"_s.arg(name), u"--yes"_s, u"--archive"_s,
            m_folder->filePath(name + u".kga"_s)});
        QVERIFY2(done.status == 0, done.err.constData());
    }
    const auto list = [this](const QStringList& more) {
        return run(QStringList{u"bulk"_s, u"archives"_s, u"--folder"_s, m_folder->path()} + more);
    };
    const Outcome all = list({});
    QVERIFY2(all.status == 0, all.err.constData());
    const QJsonArray archives = all.json()[u"archives"_s].toArray();
    QCOMPARE(archives.size(), 3);
    QVERIFY(archives[0][u"file"_s].toString().endsWith(u"/3.kga")); // newest first
    QCOMPARE(archives[0][u"records"_s], 11);                        // 3, 30 to 39
    QCOMPARE(archives[0][u"job"_s], u"delete"_s);
    QCOMPARE(archives[0][u"sealed"_s], false);
    QVERIFY(!archives[0].toObject().contains(u"keys"_s));

    const QJsonArray found = list({u"--find"_s, u"key:31"_s}).json()[u"archives"_s].toArray();
    QCOMPARE(found[0][u"found"_s], 1);
    QCOMPARE(found[0][u"keys"_s][0][u"key"_s], u"key:31"_s);
    QCOMPARE(found[0][u"keys"_s][0][u"reason"_s], u"deleted"_s);
    QCOMPARE(found[1][u"found"_s], 0);
    const QJsonArray one = list({u"--key"_s, u"key:3"_s}).json()[u"archives"_s].toArray();
    QCOMPARE(one[0][u"found"_s], 1);

    QCOMPARE(list({u"--days"_s, u"3"_s}).status, 2); // only with --prune
    const Outcome pruned = list({u"--prune"_s, u"--megabytes"_s, u"1"_s});
    QCOMPARE(pruned.json()[u"removed"_s].toArray().size(), 0);
    for (const QString& name : {u"1"_s, u"2"_s, u"3"_s}) { // larger than that by bytes that nobody reads
        QFile file(m_folder->filePath(name + u".kga"_s));
        QVERIFY(file.resize(700'000));
    }
    const Outcome rest = list({u"--prune"_s, u"--megabytes"_s, u"1"_s});
    QCOMPARE(rest.json()[u"removed"_s].toArray().size(), 2);
    QVERIFY(rest.json()[u"archives"_s][0][u"file"_s].toString().endsWith(u"/3.kga")); // the newest stays
}

void TestBulkUndo::whatAnUndoOverwritesIsArchived()
{
    fill(30);
    remove();
    m_server->command({"SET", "key:5", "another", "PXAT", "4102444800999"});
    m_server->command({"SET", "key:6", "value 6", "PXAT", "4102444800123"}); // as it was
    const QString lost = m_folder->filePath(u"lost.kga"_s);
    const Outcome replaced = undo({u"--conflict"_s, u"replace"_s, u"--archive"_s, lost});
    QVERIFY2(replaced.status == 0, replaced.err.constData());
    QCOMPARE(m_server->command({"GET", "key:5"}), std::string("value 5"));
    QCOMPARE(replaced.json()[u"overwritten"_s][u"file"_s], lost);
    QCOMPARE(replaced.json()[u"overwritten"_s][u"records"_s], 1);
    const Outcome back = bulk({u"undo"_s, lost, u"--yes"_s, u"--conflict"_s, u"replace"_s, u"--no-archive"_s});
    QVERIFY2(back.status == 0, back.err.constData());
    QCOMPARE(m_server->command({"GET", "key:5"}), std::string("another"));
    QCOMPARE(m_server->command({"PEXPIRETIME", "key:5"}), std::string("4102444800999"));
    QVERIFY(back.json()[u"overwritten"_s].isNull());
}

void TestBulkUndo::sealsAnArchive()
{
    const QStringList passphrase{u"KEYGLASS_ARCHIVE_PASSPHRASE=hörse"_s};
    const QString uri = u"redis+unix://"_s + m_server->socketPath();
    fill(300);
    const QStringList remove{
        u"bulk"_s, u"delete"_s, u"--all"_s, u"--yes"_s, u"--seal"_s, u"--archive"_s, archive(), u"--uri"_s, uri};
    QCOMPARE(run(remove).status, 2); // there is no passphrase
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("300"));
    const Outcome done = run(remove, {}, passphrase);
    QVERIFY2(done.status == 0, done.err.constData());
    QFile file(archive());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("key:"));

    const QStringList list{u"bulk"_s, u"archives"_s, u"--folder"_s, m_folder->path(), u"--find"_s, u"key:7"_s};
    const Outcome closed = run(list);
    QCOMPARE(closed.status, 1);
    QCOMPARE(closed.json()[u"archives"_s][0][u"sealed"_s], true);
    QVERIFY(closed.json()[u"archives"_s][0][u"error"_s].toString().contains(u"passphrase"));
    QCOMPARE(run(list, {}, passphrase).json()[u"archives"_s][0][u"found"_s], 11);
    QCOMPARE(run({u"bulk"_s, u"show"_s, archive()}).status, 2);
    QCOMPARE(run({u"bulk"_s, u"show"_s, archive()}, {}, passphrase).json()[u"keys"_s], 300);

    const QStringList back{u"bulk"_s, u"undo"_s, archive(), u"--yes"_s, u"--uri"_s, uri};
    QCOMPARE(run(back).status, 2);
    QCOMPARE(run(back, {}, {u"KEYGLASS_ARCHIVE_PASSPHRASE=horse"_s}).status, 2);
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("0"));
    const Outcome undone = run(back + QStringList{u"--passphrase-stdin"_s}, "h\xC3\xB6rse\n");
    QVERIFY2(undone.status == 0, undone.err.constData());
    QCOMPARE(m_server->command({"DBSIZE"}), std::string("300"));
}

void TestBulkUndo::standsInTheHistory()
{
    fill(5);
    remove();
    const Outcome done =
        run({u"bulk"_s, u"undo"_s, archive(), u"--yes"_s, u"--uri"_s, u"redis+unix://"_s + m_server->socketPath()}, {},
            {u"XDG_DATA_HOME="_s + m_folder->path()});
    QVERIFY2(done.status == 0, done.err.constData());
    QFile history(m_folder->filePath(u"keyglass/jobs.jsonl"_s));
    QVERIFY(history.open(QIODevice::ReadOnly));
    const QJsonObject begun = QJsonDocument::fromJson(history.readLine()).object();
    QCOMPARE(begun[u"state"_s].toString(), u"begun"_s);
    QCOMPARE(begun[u"undone"_s].toString(), archive());
    const QJsonObject job = QJsonDocument::fromJson(history.readLine()).object();
    QCOMPARE(job[u"id"_s].toString(), begun[u"id"_s].toString());
    QCOMPARE(job[u"state"_s].toString(), u"ended"_s);
    QCOMPARE(job[u"undone"_s].toString(), archive());
    QCOMPARE(job[u"done"_s].toInt(), 5);
    QVERIFY(history.atEnd());
}

QTEST_GUILESS_MAIN(TestBulkUndo)
#include "tst_bulkundo.moc"
