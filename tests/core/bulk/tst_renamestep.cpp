// SPDX-License-Identifier: GPL-3.0-or-later
// What a rename does to keys and to what stands in their way.
#include "core/bulk/archivereader.h"
#include "core/bulk/renamestep.h"
#include "tests/core/bulk/jobfixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

JobExecutor::MakeStep renaming(const RenameKeys& rule, bool isCluster = false, UndoArchiveWriter* archive = nullptr)
{
    return [rule, isCluster, archive] {
        ArchivingOptions options;
        options.ways.bySlot = isCluster;
        return std::make_unique<RenameStep>(rule, isCluster, archive, options);
    };
}

} // namespace

class TestRenameStep : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_server = RedisServer::start(); }
    void renamesByRule_data();
    void renamesByRule();
    void whereTheNewNameIsTaken_data();
    void whereTheNewNameIsTaken();
    void archivesWhatARenameWritesOver();
    void writesOverWithoutScripts();
    void severalKeysThatGetOneName_data();
    void severalKeysThatGetOneName();
    void keysThatAreToGoAreNotWrittenOver_data();
    void keysThatAreToGoAreNotWrittenOver();
    void namesOfKeysTooLargeToArchive_data();
    void namesOfKeysTooLargeToArchive();
    void renamesBetweenSlots();
    void namesThatAreTakenInOtherSlots_data();
    void namesThatAreTakenInOtherSlots();
    void namesTakenInOtherSlotsAreArchivedAndWrittenOver();
    void oneNameForSeveralKeysInOtherSlots_data();
    void oneNameForSeveralKeysInOtherSlots();

private:
    std::string ask(const RedisServer::Args& command) { return m_server->command(command); }
    std::unique_ptr<RedisServer> m_server;
};

void TestRenameStep::renamesByRule_data()
{
    QTest::addColumn<bool>("isRegex");
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("name");
    QTest::addRow("a prefix") << false << "a:"_ba << "b:"_ba << "a:1"_ba << "b:1"_ba;
    QTest::addRow("a prefix of glob characters") << false << "a[1]*\\:"_ba << "b:"_ba << "a[1]*\\:x"_ba << "b:x"_ba;
    QTest::addRow("another prefix") << false << "a:"_ba << "b:"_ba << "c:1"_ba << ""_ba;
    QTest::addRow("a binary prefix") << false << "ÿþ"_ba << "x"_ba << "ÿþý"_ba << "xý"_ba;
    QTest::addRow("groups") << true << "^user:(\\d+):(\\w+)$"_ba << "u:\\2:\\1"_ba << "user:7:name"_ba
                            << "u:name:7"_ba;
    QTest::addRow("each match") << true << "-"_ba << "::"_ba << "a-b-c"_ba << "a::b::c"_ba;
    QTest::addRow("bytes stay bytes") << true << "^k"_ba << "\\\\"_ba << "k\xff\xc3\xa4"_ba << "\\\xff\xc3\xa4"_ba;
    QTest::addRow("no match") << true << "^x"_ba << "y"_ba << "a"_ba << ""_ba;
}

void TestRenameStep::renamesByRule()
{
    QFETCH(const bool, isRegex);
    QFETCH(const QByteArray, from);
    QFETCH(const QByteArray, to);
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, name);
    ask({"SET", key.toStdString(), "v", "EX", "1000"});
    const RenameKeys rule{isRegex, from.toStdString(), to.toStdString(), Collision::Skip};
    const std::string outcome = done(nodesOf(*m_server), renaming(rule), {key.toStdString()});
    if (name.isEmpty()) {
        QCOMPARE(outcome, "skipped 1 ");
        QCOMPARE(ask({"EXISTS", key.toStdString()}), "1");
        return;
    }
    QCOMPARE(outcome, "done 1 ");
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{name.toStdString()});
    QVERIFY(std::stoll(ask({"TTL", name.toStdString()})) > 900);
}

void TestRenameStep::whereTheNewNameIsTaken_data()
{
    QTest::addColumn<int>("collision");
    QTest::addColumn<QString>("outcomes");
    QTest::addColumn<QString>("keys");
    QTest::addRow("skip") << static_cast<int>(Collision::Skip) << u"done 1 missing 1 skipped 1 "_s
                          << u"a:1=new b:1:2=old2 b:1=old b:2=new2"_s;
    QTest::addRow("overwrite") << static_cast<int>(Collision::Overwrite) << u"done 2 missing 1 "_s
                               << u"b:1:2=old2 b:1=new b:2=new2"_s;
    QTest::addRow("number") << static_cast<int>(Collision::Number) << u"done 2 missing 1 "_s
                            << u"b:1:2=old2 b:1:3=new b:1=old b:2=new2"_s;
}

void TestRenameStep::whereTheNewNameIsTaken()
{
    QFETCH(const int, collision);
    QFETCH(const QString, outcomes);
    QFETCH(const QString, keys);
    ask({"MSET", "a:1", "new", "a:2", "new2", "b:1", "old", "b:1:2", "old2"});
    const RenameKeys rule{false, "a:", "b:", static_cast<Collision>(collision)};
    QCOMPARE(done(nodesOf(*m_server), renaming(rule), {"a:1", "a:2", "a:missing"}), outcomes.toStdString());
    QStringList left;
    for (const std::string& key : m_server->list({"KEYS", "*"})) {
        left << QString::fromStdString(key + '=' + ask({"GET", key}));
    }
    left.sort();
    QCOMPARE(left.join(u' '), keys);
}

void TestRenameStep::archivesWhatARenameWritesOver()
{
    const QTemporaryDir folder;
    ask({"MSET", "a:1", "new", "b:1", "old", "a:2", "new2"});
    const auto archive = UndoArchiveWriter::create(folder.filePath(u"a.kga"_s), {});
    QVERIFY(archive);
    const RenameKeys rule{false, "a:", "b:", Collision::Overwrite};
    QCOMPARE(done(nodesOf(*m_server), renaming(rule, false, archive->get()), {"a:1", "a:2"}), "done 2 ");
    QVERIFY((*archive)->finish());
    QCOMPARE((*archive)->totals().records, 1U);
    QCOMPARE(ask({"GET", "b:1"}), "new");
}

/// By WATCH, for a user that may not send EVAL.
void TestRenameStep::writesOverWithoutScripts()
{
    const QTemporaryDir folder;
    const auto archive = UndoArchiveWriter::create(folder.filePath(u"a.kga"_s), {});
    QVERIFY(archive);
    ask({"MSET", "a:1", "new", "a:2", "free", "b:1", "old"});
    ask({"ACL", "SETUSER", "default", "-eval"});
    const RenameKeys rule{false, "a:", "b:", Collision::Overwrite};
    QCOMPARE(done(nodesOf(*m_server), renaming(rule, false, archive->get()), {"a:1", "a:2"}), "done 2 ");
    QVERIFY((*archive)->finish());
    QCOMPARE((*archive)->totals().records, 1U);
    QCOMPARE(ask({"GET", "b:1"}), "new");
    QCOMPARE(ask({"GET", "b:2"}), "free");
    QCOMPARE(ask({"EXISTS", "a:1"}), "0");
}

void TestRenameStep::severalKeysThatGetOneName_data()
{
    QTest::addColumn<bool>("isTaken");
    QTest::addRow("that is free") << false;
    QTest::addRow("that is taken") << true;
}

/// An undo could bring back only one of them: the second keeps its own.
void TestRenameStep::severalKeysThatGetOneName()
{
    QFETCH(const bool, isTaken);
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"a.kga"_s);
    const auto archive = UndoArchiveWriter::create(file, {});
    QVERIFY(archive);
    ask({"MSET", "a:1", "first", "a:2", "second"});
    std::vector<std::string> lost;
    if (isTaken) {
        ask({"SET", "a", "old"});
        lost.emplace_back("old");
    }
    const RenameKeys rule{true, "^a:\\d$", "a", Collision::Overwrite};
    QCOMPARE(done(nodesOf(*m_server), renaming(rule, false, archive->get()), {"a:1", "a:2"}), "done 1 skipped 1 ");
    QVERIFY((*archive)->finish());
    QCOMPARE(ask({"GET", "a"}), "first");
    QCOMPARE(ask({"GET", "a:2"}), "second");
    const auto reader = UndoArchiveReader::open(file);
    QVERIFY(reader);
    UndoRecord record;
    for (const std::string& value : lost) {
        QVERIFY((*reader)->next(record).value_or(false));
        QCOMPARE(record.key, "a");
        QVERIFY(record.dump.find(value) != std::string::npos);
    }
    QVERIFY(!(*reader)->next(record).value_or(true));
}

void TestRenameStep::keysThatAreToGoAreNotWrittenOver_data()
{
    QTest::addColumn<bool>("isRegex");
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("outcomes");
    QTest::addColumn<QString>("keys");
    QTest::addRow("a chain") << false << "a"_ba << "aa"_ba << u"done 3 "_s << u"aa1=1 aaa1=2 aaaa1=3"_s;
    QTest::addRow("a circle") << true << "^(a*)(1)$|^(1)(a*)$"_ba << "\\2\\1\\4\\3"_ba << u"done 2 skipped 2 "_s
                              << u"1a=4 1aa=2 1aaa=3 a1=1"_s;
}

void TestRenameStep::keysThatAreToGoAreNotWrittenOver()
{
    QFETCH(const bool, isRegex);
    QFETCH(const QByteArray, from);
    QFETCH(const QByteArray, to);
    QFETCH(const QString, outcomes);
    QFETCH(const QString, keys);
    std::vector<std::string> given{"a1", "aa1", "aaa1"};
    ask({"MSET", "a1", "1", "aa1", "2", "aaa1", "3"});
    if (isRegex) {
        ask({"SET", "1a", "4"});
        given.emplace_back("1a");
    }
    const RenameKeys rule{isRegex, from.toStdString(), to.toStdString(), Collision::Overwrite};
    QCOMPARE(done(nodesOf(*m_server), renaming(rule), given), outcomes.toStdString());
    QStringList left;
    for (const std::string& key : m_server->list({"KEYS", "*"})) {
        left << QString::fromStdString(key + '=' + ask({"GET", key}));
    }
    left.sort();
    QCOMPARE(left.join(u' '), keys);
}

void TestRenameStep::namesOfKeysTooLargeToArchive_data()
{
    QTest::addColumn<bool>("evenUnarchived");
    QTest::addColumn<QString>("outcomes");
    QTest::addColumn<QString>("value");
    QTest::addRow("are left alone") << false << u"not_undoable 1 "_s << QString(5000, u'x');
    QTest::addRow("are written over where that is wanted") << true << u"done 1 "_s << u"new"_s;
}

void TestRenameStep::namesOfKeysTooLargeToArchive()
{
    QFETCH(const bool, evenUnarchived);
    QFETCH(const QString, outcomes);
    QFETCH(const QString, value);
    const QTemporaryDir folder;
    ask({"MSET", "a:1", "new", "b:1", std::string(5000, 'x')});
    const auto archive = UndoArchiveWriter::create(folder.filePath(u"a.kga"_s), {});
    QVERIFY(archive);
    const auto step = [&] {
        ArchivingOptions options;
        options.largest = ByteCount{1000};
        const RenameKeys rule{false, "a:", "b:", Collision::Overwrite};
        return std::make_unique<RenameStep>(rule, false, archive->get(), options, evenUnarchived);
    };
    QCOMPARE(done(nodesOf(*m_server), step, {"a:1"}), outcomes.toStdString());
    QCOMPARE(ask({"GET", "b:1"}), value.toStdString());
    QVERIFY((*archive)->finish());
    QCOMPARE((*archive)->totals().records, 0U);
}

void TestRenameStep::renamesBetweenSlots()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(600, "a:");
    const RenameKeys rule{false, "a:", "b:", Collision::Skip};
    auto keys = namesOf("a:", 601);
    QCOMPARE(done(nodesOf(*cluster), renaming(rule, true), keys), "done 600 missing 1 ");
    const auto truth = cluster->truth();
    QCOMPARE(truth.size(), std::size_t{600});
    QVERIFY(std::ranges::all_of(truth, [](const std::string& key) { return key.starts_with("b:"); }));
}

void TestRenameStep::namesThatAreTakenInOtherSlots_data()
{
    QTest::addColumn<int>("collision");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("outcomes");
    QTest::addColumn<quint64>("keys");
    QTest::addRow("numbers") << static_cast<int>(Collision::Number) << "b:"_ba << u"done 200 "_s << quint64{400};
    QTest::addRow("written over") << static_cast<int>(Collision::Overwrite) << "b:"_ba << u"done 200 "_s
                                  << quint64{200};
    QTest::addRow("left alone") << static_cast<int>(Collision::Skip) << "b:"_ba << u"skipped 200 "_s << quint64{400};
}

void TestRenameStep::namesThatAreTakenInOtherSlots()
{
    QFETCH(const int, collision);
    QFETCH(const QByteArray, to);
    QFETCH(const QString, outcomes);
    QFETCH(const quint64, keys);
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(200, "a:");
    cluster->fill(200, "b:");
    const RenameKeys rule{false, "a:", to.toStdString(), static_cast<Collision>(collision)};
    QCOMPARE(done(nodesOf(*cluster), renaming(rule, true), namesOf("a:", 200)), outcomes.toStdString());
    const auto truth = cluster->truth();
    QCOMPARE(truth.size(), static_cast<std::size_t>(keys));
    if (static_cast<Collision>(collision) == Collision::Number) {
        QVERIFY(truth.contains("b:7") && truth.contains("b:7:2") && !truth.contains("a:7"));
    }
}

/// And only if it is still what was archived.
void TestRenameStep::namesTakenInOtherSlotsAreArchivedAndWrittenOver()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    cluster->fill(200, [](std::size_t at) { return RedisServer::Args{"SET", "a:" + std::to_string(at), "new"}; });
    cluster->fill(190, [](std::size_t at) { return RedisServer::Args{"SET", "b:" + std::to_string(at), "old"}; });
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.kga"_s);
    {
        const auto archive = UndoArchiveWriter::create(path, {});
        QVERIFY(archive);
        const RenameKeys rule{false, "a:", "b:", Collision::Overwrite};
        QCOMPARE(
            done(nodesOf(*cluster), renaming(rule, true, archive->get()), namesOf("a:", 201)), "done 200 missing 1 ");
        QVERIFY((*archive)->finish());
        QCOMPARE((*archive)->totals().records, 190U); // those that stood in the way
    }
    QCOMPARE(cluster->truth().size(), std::size_t{200});
    for (const std::string& key : namesOf("b:", 200)) {
        QCOMPARE(cluster->server(cluster->ownerOf(keyglass::slotOf(key))).command({"GET", key}), "new");
    }
    const auto reader = UndoArchiveReader::open(path);
    QVERIFY(reader);
    UndoRecord record;
    const auto got = (*reader)->next(record);
    QVERIFY(got && *got);
    QVERIFY(record.key.starts_with("b:"));
    QVERIFY(record.dump.find("old") != std::string::npos);
}

/// Of keys that one rule gives one name only one gets it: the others can't be brought back from there.
void TestRenameStep::oneNameForSeveralKeysInOtherSlots_data()
{
    QTest::addColumn<bool>("archived");
    QTest::addRow("archived") << true;
    QTest::addRow("not archived") << false;
}

void TestRenameStep::oneNameForSeveralKeysInOtherSlots()
{
    QFETCH(const bool, archived);
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    const std::vector<std::string> keys{"{t}:a", "{t}:b", "{t}:c"}; // on one node, in one batch
    for (const std::string& key : keys) {
        cluster->fill(1, [&](std::size_t) { return RedisServer::Args{"SET", key, key}; });
    }
    const QTemporaryDir folder;
    const auto archive = UndoArchiveWriter::create(folder.filePath(u"a.kga"_s), {});
    QVERIFY(archive);
    const RenameKeys rule{true, "^\\{t\\}:.$", "one", Collision::Overwrite};
    QCOMPARE(
        done(nodesOf(*cluster), renaming(rule, true, archived ? archive->get() : nullptr), keys), "done 1 skipped 2 ");
    QVERIFY(cluster->truth() == (std::set<std::string>{"one", "{t}:b", "{t}:c"}));
}

QTEST_GUILESS_MAIN(TestRenameStep)
#include "tst_renamestep.moc"
