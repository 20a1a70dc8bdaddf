// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass bulk` that is stopped by Ctrl+C: it ends at a key boundary, and says of each key what became of it.
#include "tests/app/program.h"
#include "tests/servers/redisserver.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <string>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestBulkStops : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endsAtAKeyBoundary_data();
    void endsAtAKeyBoundary();
    void endsWhereNoPassingFileCanBeMade();
};

void TestBulkStops::endsAtAKeyBoundary_data()
{
    QTest::addColumn<bool>("isArchived");
    QTest::addColumn<bool>("hangs");
    QTest::addRow("deleted") << false << false;
    QTest::addRow("archived and deleted") << true << false;
    QTest::addRow("the server hangs") << false << true;
    QTest::addRow("the server hangs, archived") << true << true;
}

void TestBulkStops::endsAtAKeyBoundary()
{
    QFETCH(const bool, isArchived);
    QFETCH(const bool, hangs);
    constexpr std::uint64_t keys = 20'000;
    const auto server = RedisServer::start();
    const QTemporaryDir folder;
    server->fill(keys, [](std::size_t at) { return RedisServer::Args{"SET", "k:" + std::to_string(at), "v"}; });
    QStringList words{u"bulk"_s, u"delete"_s, u"--uri"_s, u"redis+unix://"_s + server->socketPath(), u"--prefix"_s,
        u"k:"_s, u"--yes"_s, u"--rate"_s, u"500"_s};
    words += isArchived ? QStringList{u"--archive"_s, folder.filePath(u"a.kga"_s)} : QStringList{u"--no-archive"_s};
    QProcess program;
    program.setEnvironment(QProcess::systemEnvironment() + QStringList{u"XDG_DATA_HOME="_s + folder.path()});
    program.start(QStringLiteral(KEYGLASS_PROGRAM), words);
    QTRY_VERIFY_WITH_TIMEOUT(server->command({"DBSIZE"}) != std::to_string(keys), 60'000);
    if (hangs) {
        server->freeze();
    }
    const bool isAsked = ::kill(static_cast<pid_t>(program.processId()), SIGINT) == 0;
    const bool hasEnded = program.waitForFinished(30'000); // at this rate it would take longer
    if (hangs) {
        server->thaw();
    }
    QVERIFY(isAsked && hasEnded);
    const QByteArray err = program.readAllStandardError();
    const Outcome ended{program.exitCode(), program.readAllStandardOutput(), err};
    QCOMPARE(ended.status, 1); // in part
    QVERIFY2(err.contains("stopped on request"), err.constData());
    const QJsonObject json = ended.json();
    QVERIFY(json[u"cancelled"_s].toBool());
    const QJsonObject outcomes = json[u"outcomes"_s].toObject();
    const auto done = static_cast<std::uint64_t>(json[u"done"_s].toInteger());
    const auto unknown = static_cast<std::uint64_t>(outcomes[u"unknown"_s].toInteger());
    const auto notDone = static_cast<std::uint64_t>(outcomes[u"not_done"_s].toInteger());
    QVERIFY2(done + unknown > 0 && notDone > 0, ended.out.constData());
    const auto given = static_cast<std::uint64_t>(json[u"keys"_s].toInteger());
    std::uint64_t told = 0;
    for (const QJsonValue count : outcomes) {
        told += static_cast<std::uint64_t>(count.toInteger());
    }
    QCOMPARE(told, given);
    QVERIFY(hangs || unknown == 0);
    const std::uint64_t left = std::stoull(server->command({"DBSIZE"}));
    QVERIFY2(left <= keys - done && left + unknown >= keys - done, ended.out.constData());
    const double seconds = std::max<double>(1, json[u"elapsed_ms"_s].toDouble()) / 1000;
    const double atMost = static_cast<double>(given - notDone) / seconds + 1;
    QVERIFY2(json[u"keys_per_second"_s].toDouble() <= atMost, "what was not done was done at no rate");
}

/// The first thousands need none. No key is done after that, and none is left out of the report.
void TestBulkStops::endsWhereNoPassingFileCanBeMade()
{
    constexpr std::uint64_t keys = 40'000;
    const auto server = RedisServer::start();
    const QTemporaryDir folder;
    server->fill(
        keys, [](std::size_t at) { return RedisServer::Args{"SET", "k:" + std::to_string(at), "v", "EX", "10000"}; });
    const QStringList words{u"bulk"_s, u"persist"_s, u"--uri"_s, u"redis+unix://"_s + server->socketPath(),
        u"--prefix"_s, u"k:"_s, u"--yes"_s, u"--no-archive"_s};
    const QString none = folder.filePath(u"none"_s);
    const Outcome ended = run(words, {}, {u"TMPDIR="_s + none});
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.err.contains(none.toUtf8()) && ended.err.contains("TMPDIR"), ended.err.constData());
    const QJsonObject json = ended.json();
    const auto done = json[u"done"_s].toInteger();
    const auto notDone = json[u"outcomes"_s].toObject()[u"not_done"_s].toInteger();
    QVERIFY2(done > 0 && notDone > 0, ended.out.constData());
    QCOMPARE(done + notDone, json[u"keys"_s].toInteger());
    QCOMPARE(server->command({"EVAL",
                 "local n = 0 for _, key in ipairs(redis.call('KEYS', '*')) do if redis.call('TTL', key) < 0 then "
                 "n = n + 1 end end return tostring(n)",
                 "0"}),
        std::to_string(done));
    const Outcome again = run(words, {}, {u"TMPDIR="_s + folder.path()});
    QCOMPARE(again.status, 0);
    QCOMPARE(again.json()[u"keys"_s].toInteger(), qint64(keys));
}

QTEST_GUILESS_MAIN(TestBulkStops)
#include "tst_bulkstops.moc"
