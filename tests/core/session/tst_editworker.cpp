// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/archivereader.h"
#include "core/session/editworker.h"
#include "tests/core/bulk/archiverecords.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"

#include <QFileInfo>
#include <QTemporaryDir>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Future = QFuture<Result<EditOutcome>>;

SourceAccess sourceOf(const RedisServer& server)
{
    Profile profile;
    profile.socketPath = server.socketPath();
    auto source = openSource(profile, {}, GateRules{}, {});
    if (!source) {
        qFatal("the server is not to be had");
    }
    return *std::move(source);
}

Result<EditOutcome> answerOf(const Future& future)
{
    [&] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000); }();
    return future.isFinished() ? future.result() : Result<EditOutcome>(Error{ErrorKind::Timeout, {}, {}});
}

/// An archive in a folder of its own, and a worker that keeps what it deletes there.
struct Archiving {
    explicit Archiving(const SourceAccess& source, ByteCount largest = ByteCount{64U * 1024 * 1024})
        : worker(source, EditArchive::Setting{folder.filePath(u"edits.kga"_s), {}, {}, largest})
    {
    }
    Result<EditOutcome> apply(EditAction action, const std::string& key = "k")
    {
        KeyEdit edit{key, std::move(action)};
        edit.archives = true;
        return answerOf(worker.apply(std::move(edit), 0, {}));
    }
    [[nodiscard]] QString file(const QString& name) const { return folder.filePath(name); }

    QTemporaryDir folder;
    EditWorker worker;
};

bool isDone(const Future& future)
{
    const auto outcome = answerOf(future);
    return outcome && outcome->status == EditOutcome::Status::Done;
}

} // namespace

class TestEditWorker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void editsComeOneAfterTheOther();
    void eachDatabaseHasItsOwnLane();
    void clustersHaveALaneToEachMasterInUse();
    void nothingIsConnectedBeforeTheFirstEdit();
    void editsNotBegunAreCancelled();
    void whatIsDeletedIsArchivedBefore();
    void whatIsOtherThanSeenIsNotTriedAgain();
    void whatARenameOverwritesIsArchivedBefore();
    void whatCannotBeArchivedIsNotDeleted();
    void anArchiveThatCannotBeWrittenStopsTheDeletion();
    void aLargeArchiveGoesOnInAnotherFile();
    void whatChangesAllTheTimeIsArchivedAsItWas();
    void archivesInAClusterToo();
};

void TestEditWorker::editsComeOneAfterTheOther()
{
    const auto server = RedisServer::start();
    EditWorker worker(sourceOf(*server));
    std::vector<Future> futures;
    futures.push_back(worker.apply({"k", CreateKey{NewString{"0"}, std::nullopt}}, 0, {}));
    for (int i = 0; i < 100; ++i) {
        futures.push_back(worker.apply({"k", SetString{std::to_string(i + 1), std::to_string(i)}}, 0, {}));
    }
    for (const Future& each : futures) {
        QVERIFY(isDone(each));
    }
    QCOMPARE(server->command({"GET", "k"}), std::string("100"));
}

void TestEditWorker::eachDatabaseHasItsOwnLane()
{
    const auto server = RedisServer::start();
    EditWorker worker(sourceOf(*server));
    QVERIFY(isDone(worker.apply({"k", CreateKey{NewString{"zero"}, std::nullopt}}, 0, {})));
    QVERIFY(isDone(worker.apply({"k", CreateKey{NewString{"three"}, std::nullopt}}, 3, {})));
    QVERIFY(isDone(worker.apply({"k", SetString{"null", "zero"}}, 0, {})));
    QCOMPARE(server->command({"GET", "k"}), std::string("null"));
    server->command({"SELECT", "3"});
    QCOMPARE(server->command({"GET", "k"}), std::string("three"));
}

void TestEditWorker::clustersHaveALaneToEachMasterInUse()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    Profile profile;
    profile.kind = ProfileKind::Cluster;
    profile.host = u"127.0.0.1"_s;
    profile.port = cluster->port(0);
    auto source = openSource(profile, {}, GateRules{}, {});
    QVERIFY(source);
    EditWorker worker(*source);
    for (int i = 0; i < 30; ++i) {
        const std::string key = "key:" + std::to_string(i);
        QVERIFY(isDone(worker.apply({key, CreateKey{NewString{"v"}, std::nullopt}}, 0, {})));
    }
    QCOMPARE(cluster->truth().size(), std::size_t{30});
}

void TestEditWorker::nothingIsConnectedBeforeTheFirstEdit()
{
    const auto server = RedisServer::start();
    const auto clients = [&] { return server->command({"CLIENT", "LIST"}); };
    const auto source = sourceOf(*server);
    QTRY_COMPARE_WITH_TIMEOUT(std::ranges::count(clients(), '\n'), 1, 20'000);
    EditWorker worker(source);
    QCOMPARE(std::ranges::count(clients(), '\n'), 1);
    QVERIFY(isDone(worker.apply({"k", CreateKey{NewString{"v"}, std::nullopt}}, 0, {})));
    QCOMPARE(std::ranges::count(clients(), '\n'), 2);
}

/// What is under way when the worker ends is told as far as it is known; what was not begun has not been done.
void TestEditWorker::editsNotBegunAreCancelled()
{
    const auto server = RedisServer::start();
    auto worker = std::make_unique<EditWorker>(sourceOf(*server));
    QVERIFY(isDone(worker->apply({"k", CreateKey{NewString{"v"}, std::nullopt}}, 0, {})));
    server->freeze();
    const Future first = worker->apply({"k", SetString{"w", "v"}}, 0, {});
    const Future second = worker->apply({"k", SetString{"x", "w"}}, 0, {});
    worker.reset();
    server->thaw();
    QVERIFY(first.isFinished() && second.isFinished());
    QVERIFY(!first.result() && first.result().error().kind == ErrorKind::Cancelled);
    QVERIFY(!second.result() && second.result().error().kind == ErrorKind::Cancelled);
    QCOMPARE(server->command({"GET", "k"}), std::string("v"));
}

void TestEditWorker::whatIsDeletedIsArchivedBefore()
{
    const auto server = RedisServer::start();
    Archiving archiving(sourceOf(*server));
    for (const char* value : {"first", "second"}) { // the same name once more
        server->command({"SET", "k", value, "PXAT", "4102444800123"});
        const auto outcome = archiving.apply(DeleteKey{});
        QVERIFY(outcome && outcome->status == EditOutcome::Status::Done);
        QCOMPARE(outcome->archiveFile, archiving.file(u"edits.kga"_s));
        QCOMPARE(server->command({"EXISTS", "k"}), std::string("0"));
        const auto records = recordsIn(outcome->archiveFile); // also while it is still written
        QVERIFY(!records.empty());
        QCOMPARE(records.back().key, std::string("k"));
        QCOMPARE(records.back().expireAt, std::optional(Milliseconds{4102444800123}));
        QVERIFY(records.back().dump.find(value) != std::string::npos);
        QCOMPARE(records.back().supersedes, std::string_view(value) == "second");
    }
    const auto gone = archiving.apply(DeleteKey{});
    QVERIFY(gone && gone->status == EditOutcome::Status::Gone && gone->archiveFile.isEmpty());
    QVERIFY(isDone(archiving.worker.apply({"k", CreateKey{NewString{"third"}, std::nullopt}}, 0, {})));
    QVERIFY(isDone(archiving.worker.apply({"k", DeleteKey{}}, 0, {}))); // without the wish
    QCOMPARE(recordsIn(archiving.file(u"edits.kga"_s)).size(), std::size_t{2});
}

/// What the user saw is another by now: no retry helps, and no key is archived again and again for it.
void TestEditWorker::whatIsOtherThanSeenIsNotTriedAgain()
{
    const auto server = RedisServer::start();
    Archiving archiving(sourceOf(*server));
    server->command({"SET", "k", "longer than seen"});
    KeyEdit edit{"k", DeleteKey{}, {}, "string"};
    edit.archives = true;
    edit.seenLength = 3;
    const auto outcome = answerOf(archiving.worker.apply(edit, 0, {}));
    QVERIFY(outcome && outcome->status == EditOutcome::Status::Conflict);
    QCOMPARE(server->command({"GET", "k"}), std::string("longer than seen"));
    QCOMPARE(recordsIn(archiving.file(u"edits.kga"_s)).size(), std::size_t{1});
    edit.seenLength.reset();
    edit.seenContent = seenContent(KeyType::String, {{ValueCell("another")}}, {});
    const auto other = answerOf(archiving.worker.apply(edit, 0, {}));
    QVERIFY(other && other->status == EditOutcome::Status::Conflict);
    QCOMPARE(server->command({"GET", "k"}), std::string("longer than seen"));
    QCOMPARE(recordsIn(archiving.file(u"edits.kga"_s)).size(), std::size_t{2});
}

void TestEditWorker::whatARenameOverwritesIsArchivedBefore()
{
    const auto server = RedisServer::start();
    Archiving archiving(sourceOf(*server));
    server->command({"SET", "k", "mine"});
    const auto free = archiving.apply(RenameKey{"to", true});
    QVERIFY(free && free->status == EditOutcome::Status::Done && free->archiveFile.isEmpty());
    server->command({"SET", "k", "again"});
    const auto outcome = archiving.apply(RenameKey{"to", true});
    QVERIFY(outcome && outcome->status == EditOutcome::Status::Done);
    QCOMPARE(server->command({"GET", "to"}), std::string("again"));
    const auto records = recordsIn(outcome->archiveFile);
    QCOMPARE(records.size(), std::size_t{1});
    QCOMPARE(records.front().key, std::string("to"));
    QCOMPARE(records.front().reason, UndoReason::Overwritten);
    QVERIFY(records.front().dump.find("mine") != std::string::npos);
}

void TestEditWorker::whatCannotBeArchivedIsNotDeleted()
{
    const auto server = RedisServer::start();
    Archiving archiving(sourceOf(*server));
    server->command({"SETRANGE", "k", std::to_string(33 * 1024 * 1024), "end"});
    const auto outcome = archiving.apply(DeleteKey{});
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Limit);
    QCOMPARE(server->command({"EXISTS", "k"}), std::string("1"));
    QVERIFY(isDone(archiving.worker.apply({"k", DeleteKey{}}, 0, {})));
}

void TestEditWorker::anArchiveThatCannotBeWrittenStopsTheDeletion()
{
    const auto server = RedisServer::start();
    server->command({"SET", "k", "v"});
    EditWorker worker(sourceOf(*server), EditArchive::Setting{u"/proc/nowhere/edits.kga"_s, {}, {}});
    KeyEdit edit{"k", DeleteKey{}};
    edit.archives = true;
    const auto outcome = answerOf(worker.apply(edit, 0, {}));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::File);
    QCOMPARE(server->command({"GET", "k"}), std::string("v"));
}

void TestEditWorker::aLargeArchiveGoesOnInAnotherFile()
{
    const auto server = RedisServer::start();
    Archiving archiving(sourceOf(*server), ByteCount{1});
    QStringList files;
    for (const char* value : {"one", "two", "three"}) {
        server->command({"SET", "k", value});
        const auto outcome = archiving.apply(DeleteKey{});
        QVERIFY(outcome);
        files << QFileInfo(outcome->archiveFile).fileName();
    }
    QCOMPARE(files, (QStringList{u"edits.kga"_s, u"edits-2.kga"_s, u"edits-3.kga"_s}));
    KeyEdit edit{"k", DeleteKey{}};
    edit.archives = true;
    server->command({"SET", "k", "four"});
    const auto sealed = answerOf(archiving.worker.apply(edit, 0, {}, "passphrase"));
    QVERIFY(sealed);
    QVERIFY(recordsIn(sealed->archiveFile).empty());
    QCOMPARE(recordsIn(sealed->archiveFile, "passphrase").size(), std::size_t{1});
}

/// Whatever is deleted stands in the archive, although another writes between every two of our looks.
void TestEditWorker::whatChangesAllTheTimeIsArchivedAsItWas()
{
    const auto server = RedisServer::start();
    Archiving archiving(sourceOf(*server));
    for (int round = 0; round < 20; ++round) {
        server->command({"MSET", "k", "0", "last", "0"});
        std::jthread writer([&server](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                server->command({"EVAL",
                    "if redis.call('exists', 'k') == 1 then redis.call('set', 'last', redis.call('incr', 'k')) end",
                    "0"});
            }
        });
        const auto outcome = archiving.apply(DeleteKey{});
        writer.request_stop();
        writer.join();
        QVERIFY(outcome);
        if (outcome->status != EditOutcome::Status::Done) {
            QVERIFY(
                outcome->status == EditOutcome::Status::Conflict || outcome->status == EditOutcome::Status::TooBusy);
            continue; // nothing was deleted
        }
        QCOMPARE(server->command({"EXISTS", "k"}), std::string("0"));
        const auto records = recordsIn(archiving.file(u"edits.kga"_s));
        QVERIFY(!records.empty());
        server->command({"RESTORE", "copy", "0", records.back().dump, "REPLACE"});
        QCOMPARE(server->command({"GET", "copy"}), server->command({"GET", "last"}));
    }
}

void TestEditWorker::archivesInAClusterToo()
{
    const auto cluster = RedisCluster::start({.replicasPerMaster = 0});
    Profile profile;
    profile.kind = ProfileKind::Cluster;
    profile.host = u"127.0.0.1"_s;
    profile.port = cluster->port(0);
    const auto source = openSource(profile, {}, GateRules{}, {});
    QVERIFY(source);
    Archiving archiving(*source);
    for (const std::string key : {"a", "b", "c", "d"}) {
        QVERIFY(isDone(archiving.worker.apply({key, CreateKey{NewString{"v"}, std::nullopt}}, 0, {})));
        const auto outcome = archiving.apply(DeleteKey{}, key);
        QVERIFY(outcome && outcome->status == EditOutcome::Status::Done);
    }
    QCOMPARE(recordsIn(archiving.file(u"edits.kga"_s)).size(), std::size_t{4});
}

QTEST_GUILESS_MAIN(TestEditWorker)
#include "tst_editworker.moc"
