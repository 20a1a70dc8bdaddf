// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/indexbuilder.h"
#include "core/index/keyroot.h"
#include "core/session/resultlibrary.h"
#include "core/session/session.h"
#include "tests/servers/redisserver.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

/// Saved sets of keys: the library that keeps them, and a session that shows one.
class TestSessionResults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void savesListsLoadsAndRemoves();
    void exportsASetThatIsNotOpen();
    void tellsHowFarItIsAndEndsWhenToldTo();
    void endsWhatRunsWhenItGoes();
    void showsASetInPlaceOfTheScan();
    void filtersTheSetThatIsShown();
    void aScanOfTheUserBringsItsKeysBack();
    void describesWhatItShows();
    void opensTheDatabaseOfTheSet();
};

namespace {

constexpr int patience = 20'000; // ms
constexpr ByteCount plenty{1ULL << 40U};

template <typename T> T answerOf(QFuture<T> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, patience)) {
        qFatal("no answer");
    }
    return future.takeResult();
}

std::shared_ptr<const Snapshot> numbered(const std::string& prefix, std::size_t keys)
{
    IndexBuilder builder;
    KeyBatch batch;
    for (std::size_t n = 0; n < keys; ++n) {
        batch.append(prefix + std::to_string(n));
    }
    builder.add(SmallRun::sorted(std::move(batch)));
    return builder.publish();
}

ResultSetInfo named(const QString& name)
{
    ResultSetInfo info;
    info.name = name;
    info.taken = QDateTime::currentDateTimeUtc();
    return info;
}

/// A session whose scan of 1000 keys user:… and 500 keys cache:… has ended.
struct Scanned {
    Scanned()
        : server(RedisServer::start())
        , session(profileOf(*server))
    {
        server->fill(1000, [](std::size_t n) { return RedisServer::Args{"SET", "user:" + std::to_string(n), "v"}; });
        server->fill(500, [](std::size_t n) { return RedisServer::Args{"SET", "cache:" + std::to_string(n), "v"}; });
        session.open();
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Connected, patience);
        session.startScan({});
        QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, patience);
    }
    static Profile profileOf(const RedisServer& server)
    {
        Profile profile;
        profile.id = u"id-7"_s;
        profile.name = u"shop"_s;
        profile.socketPath = server.socketPath();
        return profile;
    }

    std::unique_ptr<RedisServer> server;
    Session session;
};

} // namespace

void TestSessionResults::savesListsLoadsAndRemoves()
{
    const QTemporaryDir folder;
    ResultLibrary library(folder.path());
    const QSignalSpy changes(&library, &ResultLibrary::changed);
    const auto saved = answerOf(library.save(named(u"first"_s), KeyChoice{numbered("k", 3000)}).answer);
    QVERIFY(saved);
    QTRY_COMPARE(changes.count(), 1);
    QVERIFY(QFile::exists(folder.filePath(u"results/"_s + saved->file)));
    const auto renamed = answerOf(library.rename(saved->file, u"second"_s).answer);
    QVERIFY(renamed);
    QTRY_COMPARE(changes.count(), 2);
    const auto listed = answerOf(library.list());
    QVERIFY(listed);
    QCOMPARE(listed->size(), std::size_t{1});
    QCOMPARE(listed->front().info->name, u"second"_s);
    const auto loaded = answerOf(library.load(*renamed, plenty).answer);
    QVERIFY(loaded);
    QCOMPARE(loaded->keys->keyCount(), std::uint64_t{3000});
    QCOMPARE(loaded->info.name, u"second"_s);
    QVERIFY(answerOf(library.remove(saved->file)));
    QTRY_COMPARE(changes.count(), 3);
    QVERIFY(answerOf(library.list())->empty());
    QCOMPARE(answerOf(library.load(*renamed, plenty).answer).error().kind, ErrorKind::File);
    QTRY_VERIFY(!library.isWorking());
}

void TestSessionResults::exportsASetThatIsNotOpen()
{
    const QTemporaryDir folder;
    ResultLibrary library(folder.path());
    const auto saved = answerOf(library.save(named(u"first"_s), KeyChoice{numbered("k", 3)}).answer);
    QVERIFY(saved);
    const QString path = folder.filePath(u"keys.txt"_s);
    QVERIFY(answerOf(library.exportSet(*saved, plenty, {path, KeyFormat::Lines, KeyOrder::Descending}).answer));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("k2\nk1\nk0\n"));
    QVERIFY(!answerOf(library.exportKeys(KeyChoice{numbered("k", 3)}, {}, {u"/nowhere/keys"_s}).answer));
}

void TestSessionResults::tellsHowFarItIsAndEndsWhenToldTo()
{
    const QTemporaryDir folder;
    ResultLibrary library(folder.path());
    auto work = library.save(named(u"large"_s), KeyChoice{numbered("key:of:some:length:", 3'000'000)});
    QVERIFY(library.isWorking());
    QCOMPARE(work.answer.progressMaximum(), 1000);
    QTRY_VERIFY_WITH_TIMEOUT(work.answer.progressValue() > 0 || work.answer.isFinished(), patience);
    work.stop.request_stop();
    const auto saved = answerOf(work.answer);
    if (!saved) { // else the disk was quicker
        QCOMPARE(saved.error().kind, ErrorKind::Cancelled);
        QVERIFY(QDir(folder.filePath(u"results"_s)).entryList(QDir::Files).isEmpty());
    }
    QTRY_VERIFY(!library.isWorking());
}

void TestSessionResults::endsWhatRunsWhenItGoes()
{
    const QTemporaryDir folder;
    const auto keys = numbered("key:of:some:length:", 3'000'000);
    QFuture<Result<ResultSetInfo>> answer;
    {
        ResultLibrary library(folder.path());
        answer = library.save(named(u"large"_s), KeyChoice{keys}).answer;
    }
    QVERIFY(answer.isFinished());
    QVERIFY(answer.result() || answer.result().error().kind == ErrorKind::Cancelled);
}

void TestSessionResults::showsASetInPlaceOfTheScan()
{
    Scanned scanned;
    Session& session = scanned.session;
    QSignalSpy changes(&session, &Session::resultChanged);
    QVERIFY(!session.openedResult());
    QCOMPARE(session.shownKeys(), session.snapshot());
    const auto keys = numbered("old:", 7);
    session.openResult({named(u"old ones"_s), keys});
    QCOMPARE(changes.count(), 1);
    QCOMPARE(session.openedResult()->info.name, u"old ones"_s);
    QCOMPARE(session.shownKeys(), keys);
    QCOMPARE(session.snapshot()->keyCount(), std::uint64_t{1500}); // the scan's keys are kept
    session.closeResult();
    QCOMPARE(changes.count(), 2);
    QCOMPARE(session.shownKeys(), session.snapshot());
    session.closeResult();
    QCOMPARE(changes.count(), 2);
}

void TestSessionResults::filtersTheSetThatIsShown()
{
    Scanned scanned;
    Session& session = scanned.session;
    FilterSpec spec;
    spec.needle = "9";
    QVERIFY(session.setFilter(spec));
    QTRY_VERIFY_WITH_TIMEOUT(session.isFilterComplete(), patience);
    const auto hitsOfScan = session.filteredSnapshot()->keyCount();
    session.openResult({named(u"set"_s), numbered("old:", 30)});
    QVERIFY(!session.filteredSnapshot() || session.filteredSnapshot()->keyCount() < hitsOfScan);
    QTRY_VERIFY_WITH_TIMEOUT(session.isFilterComplete(), patience);
    QCOMPARE(session.filteredSnapshot()->keyCount(), std::uint64_t{3}); // 9, 19, 29
    session.closeResult();
    QTRY_VERIFY_WITH_TIMEOUT(session.isFilterComplete(), patience);
    QCOMPARE(session.filteredSnapshot()->keyCount(), hitsOfScan);
}

void TestSessionResults::aScanOfTheUserBringsItsKeysBack()
{
    Scanned scanned;
    Session& session = scanned.session;
    session.openResult({named(u"set"_s), numbered("old:", 30)});
    ScanRequest request;
    request.limits.maxKeys = 100;
    session.startScan(request);
    QVERIFY(!session.openedResult());
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, patience);
    session.openResult({named(u"set"_s), numbered("old:", 30)});
    session.continueScan({});
    QVERIFY(!session.openedResult());
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, patience);
    QCOMPARE(session.shownKeys()->keyCount(), std::uint64_t{1500});
}

void TestSessionResults::describesWhatItShows()
{
    Scanned scanned;
    Session& session = scanned.session;
    ScanRequest request;
    request.pattern = *KeyPattern::fromText("user:\\xFF");
    request.type = "hash";
    session.startScan(request);
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, patience);
    ResultSetInfo info = session.describeKeys();
    QCOMPARE(info.profileId, u"id-7"_s);
    QCOMPARE(info.profileName, u"shop"_s);
    QCOMPARE(info.pattern, u"user:\\xFF"_s);
    QCOMPARE(info.patternKind, u"prefix"_s);
    QCOMPARE(info.type, u"hash"_s);
    QVERIFY(!info.isTruncated && info.partialNodes.isEmpty());
    QVERIFY(info.databases == std::vector<int>{0});
    request = {};
    request.limits.maxKeys = 10;
    session.startScan(request);
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, patience);
    info = session.describeKeys();
    QVERIFY(info.isTruncated && info.pattern.isEmpty() && info.patternKind.isEmpty());
    ResultSetInfo old = named(u"old ones"_s);
    old.pattern = u"old:"_s;
    old.file = u"old.keyset"_s;
    session.openResult({old, numbered("old:", 3)});
    info = session.describeKeys();
    QCOMPARE(info.pattern, u"old:"_s);
    QCOMPARE(info.taken, old.taken); // the keys are those of then
    QVERIFY(info.file.isEmpty());
}

void TestSessionResults::opensTheDatabaseOfTheSet()
{
    Scanned scanned;
    Session& session = scanned.session;
    ResultSetInfo info = named(u"of another"_s);
    info.databases = {3};
    session.openResult({info, numbered("old:", 3)});
    QCOMPARE(session.database(), 3);
    QVERIFY(session.openedResult());
    session.selectDatabase(0);
    QVERIFY(!session.openedResult());
    info.databases = {0, 3}; // its keys stand behind the roots of their databases
    session.openResult({info, numbered(rootOf(3) + "old:", 3)});
    QVERIFY(session.hasSeveralDatabases());
    QVERIFY(session.databases() == info.databases);
    QCOMPARE(session.nameOf(session.shownKeys()->select(0)).key, std::string("old:0"));
    QCOMPARE(session.nameOf(session.shownKeys()->select(0)).database, 3);
    FilterSpec spec;
    spec.needle = "db"; // roots never match
    QVERIFY(session.setFilter(spec));
    QTRY_VERIFY_WITH_TIMEOUT(session.isFilterComplete(), patience);
    QCOMPARE(session.filteredSnapshot()->keyCount(), std::uint64_t{0});
}

QTEST_GUILESS_MAIN(TestSessionResults)
#include "tst_sessionresults.moc"
