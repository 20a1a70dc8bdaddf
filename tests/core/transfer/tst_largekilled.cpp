// SPDX-License-Identifier: GPL-3.0-or-later
// A program that deletes large keys is killed while it archives them in parts: archive and server together hold every
// key, and the undo brings all back. The program is this one, started once more with the word "delete".
#include "tests/core/transfer/largefixture.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>

#include <csignal>
#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// Deletes all keys; ends with 0 where that was done to the end.
int deleteAll(const QString& socket, const QString& archivePath)
{
    const auto archive = UndoArchiveWriter::create(archivePath, ArchiveInfo{});
    if (!archive) {
        return 1;
    }
    ConnectionOptions options;
    options.endpoint.socketPath = socket;
    const auto lane = makeLane(std::move(options), std::make_shared<CommandGate>(GateRules{}));
    GuardedRemoval removal(**archive, removalInParts());
    OutcomeList outcomes;
    const StepLanes lanes{*lane, *lane};
    const bool isDone = removal.apply(lanes, batchOf(largeKeys()), outcomes, {}) && removal.finish(lanes, outcomes, {})
        && (*archive)->finish();
    return isDone ? 0 : 2;
}

} // namespace

class TestLargeKilled : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKeyIsSomewhere();
};

void TestLargeKilled::everyKeyIsSomewhere()
{
    const auto server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
    fillLarge(*server);
    std::map<std::string, std::string> before;
    for (const std::string& key : largeKeys()) {
        before[key] = wholeStateOf(*server, key);
    }
    const std::uint32_t seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    qint64 longest = 400; // ms; then as long as it takes here
    int killed = 0;
    int inTheMiddle = 0;
    std::uint64_t unfinished = 0;
    for (int round = 0; round < 15; ++round) {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"a.keyundo"_s);
        QProcess program;
        QElapsedTimer timer;
        timer.start();
        program.start(QCoreApplication::applicationFilePath(), {u"delete"_s, server->socketPath(), path});
        QVERIFY(program.waitForStarted());
        if (!program.waitForFinished(static_cast<int>(random.bounded(static_cast<quint32>(longest))))) {
            ::kill(static_cast<pid_t>(program.processId()), SIGKILL);
            QVERIFY(program.waitForFinished());
            ++killed;
        } else {
            QCOMPARE(program.exitCode(), 0);
            longest = std::max<qint64>(timer.elapsed(), 50);
        }
        const auto left = server->list({"KEYS", "*"});
        const std::set<std::string> there(left.begin(), left.end());
        inTheMiddle += !there.empty() && there.size() < before.size() ? 1 : 0;
        const auto reader = UndoArchiveReader::open(path);
        if (!reader) { // killed before there was one
            QCOMPARE(there.size(), before.size());
            continue;
        }
        std::set<std::string> archived;
        UndoRecord record;
        for (auto got = (*reader)->next(record); got && *got; got = (*reader)->next(record)) {
            archived.insert(record.key);
        }
        unfinished += (*reader)->condition().unfinished;
        for (const auto& [key, state] : before) {
            QVERIFY2(archived.contains(key) || there.contains(key), key.c_str());
        }
        JobReport report;
        UndoRun undo([&server](int database) { return laneTo(*server, database); }, undoOfParts(), report);
        QVERIFY(undo.run(**reader, {}));
        QCOMPARE(report.counts().troubled(), std::uint64_t{0});
        for (const auto& [key, state] : before) {
            QCOMPARE(wholeStateOf(*server, key), state);
        }
        QCOMPARE(server->command({"DBSIZE"}), std::to_string(before.size()));
    }
    QVERIFY(killed > 0);
    qInfo("killed %d times, %d of them with some keys deleted and some not, %llu with a key archived in part", killed,
        inTheMiddle, static_cast<unsigned long long>(unfinished));
}

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() == 4 && words.at(1) == u"delete"_s) {
        return deleteAll(words.at(2), words.at(3));
    }
    TestLargeKilled test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_largekilled.moc"
