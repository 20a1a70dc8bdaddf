// SPDX-License-Identifier: GPL-3.0-or-later
// A program that deletes is killed at any moment: archive and server together hold every key, and the undo brings all
// back. The program is this one, started once more with the word "delete".
#include "core/bulk/guardedremoval.h"
#include "core/bulk/reportfile.h"
#include "core/bulk/undorun.h"
#include "tests/core/bulk/bulkfixture.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>

#include <csignal>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t keyCount = 20'000;

std::string keyOf(std::size_t at)
{
    return "key:" + std::to_string(at);
}

/// Takes all outcomes and forgets them.
class NoOutcomes final : public OutcomeSink {
public:
    void add(std::string_view, Outcome, std::string_view) override { }
    void elsewhere(std::string_view, std::string_view) override { }
};

/// Deletes all keys; ends with 0 where that was done to the end.
int deleteAll(const QString& socket, const QString& archivePath, bool refusesChanged)
{
    const auto archive = UndoArchiveWriter::create(archivePath, ArchiveInfo{});
    if (!archive) {
        return 1;
    }
    ConnectionOptions options;
    options.endpoint.socketPath = socket;
    const auto lane = makeLane(std::move(options), std::make_shared<CommandGate>(GateRules{}));
    RemovalOptions ways;
    ways.refuseChanged = refusesChanged;
    GuardedRemoval removal(**archive, ways);
    NoOutcomes outcomes;
    const StepLanes lanes{*lane, *lane};
    for (std::size_t at = 0; at < keyCount; at += 100) {
        KeyBatch keys;
        for (std::size_t key = at; key < at + 100; ++key) {
            keys.append(keyOf(key));
        }
        if (!removal.apply(lanes, std::move(keys), outcomes, {})) {
            return 2;
        }
    }
    return removal.finish(lanes, outcomes, {}) && (*archive)->finish() ? 0 : 3;
}

} // namespace

class TestKilledDelete : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKeyIsSomewhere_data();
    void everyKeyIsSomewhere();
};

void TestKilledDelete::everyKeyIsSomewhere_data()
{
    QTest::addColumn<bool>("refusesChanged");
    QTest::addRow("transactions") << false;
    QTest::addRow("by WATCH") << true;
}

void TestKilledDelete::everyKeyIsSomewhere()
{
    QFETCH(const bool, refusesChanged);
    const auto server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
    const auto fill = [&server] {
        server->fill(keyCount, [](std::size_t at) {
            Args command{"SET", keyOf(at), "value " + std::to_string(at)};
            if (at % 3 == 0) {
                command.insert(command.end(), {"PXAT", farAway});
            }
            return command;
        });
    };
    fill();
    const std::string before = server->command({"DEBUG", "DIGEST"});
    const std::uint32_t seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    qint64 longest = 400; // ms; then as long as it takes here
    int killed = 0;
    int inTheMiddle = 0;
    for (int round = 0; round < 12; ++round) {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"a.keyundo"_s);
        QProcess program;
        QElapsedTimer timer;
        timer.start();
        program.start(QCoreApplication::applicationFilePath(),
            {u"delete"_s, server->socketPath(), path, refusesChanged ? u"1"_s : u"0"_s});
        QVERIFY(program.waitForStarted());
        const auto moment = static_cast<int>(random.bounded(static_cast<quint32>(longest)));
        if (!program.waitForFinished(moment)) {
            ::kill(static_cast<pid_t>(program.processId()), SIGKILL);
            QVERIFY(program.waitForFinished());
            ++killed;
        } else {
            QCOMPARE(program.exitCode(), 0);
            longest = std::max<qint64>(timer.elapsed(), 50);
        }
        const auto left = server->list({"KEYS", "*"});
        inTheMiddle += !left.empty() && left.size() < keyCount ? 1 : 0;
        const std::set<std::string> there(left.begin(), left.end());
        const auto reader = UndoArchiveReader::open(path);
        if (!reader) { // killed before there was one
            QCOMPARE(left.size(), keyCount);
            continue;
        }
        const std::set<std::string> archived = keysIn(path);
        for (std::size_t at = 0; at < keyCount; ++at) {
            QVERIFY2(archived.contains(keyOf(at)) || there.contains(keyOf(at)), keyOf(at).c_str());
        }
        JobReport report;
        UndoRun undo([&server](int database) { return laneTo(*server, database); }, {}, report);
        QVERIFY(undo.run(**reader, {}));
        QCOMPARE(report.counts().troubled(), std::uint64_t{0});
        QCOMPARE(server->command({"DEBUG", "DIGEST"}), before);
    }
    QVERIFY(killed > 0);
    qInfo("killed %d times, %d of them with some keys deleted and some not", killed, inTheMiddle);
}

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() == 5 && words.at(1) == u"delete"_s) {
        return deleteAll(words.at(2), words.at(3), words.at(4) == u"1"_s);
    }
    TestKilledDelete test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killeddelete.moc"
