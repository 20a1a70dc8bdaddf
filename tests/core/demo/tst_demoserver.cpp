// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demoserver.h"
#include "core/source/commandgate.h"
#include "core/source/lane.h"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <set>

using namespace keyglass;

namespace {

std::unique_ptr<Lane> laneTo(const DemoServer& server)
{
    ConnectionOptions options;
    options.endpoint.socketPath = server.profile().socketPath;
    return makeLane(options, std::make_shared<CommandGate>(GateRules{}));
}

/// The server's process id, as it says itself.
pid_t processIdOf(const QString& folder)
{
    ConnectionOptions options;
    options.endpoint.socketPath = folder + QStringLiteral("/s");
    const auto info =
        makeLane(options, std::make_shared<CommandGate>(GateRules{}))->call(Command{"INFO", "server"}, {});
    const std::string text = info ? info->text : std::string();
    const std::size_t at = text.find("process_id:");
    return at == std::string::npos ? 0 : std::stoi(text.substr(at + 11));
}

/// What comes of a server program that does this and ends.
Result<std::unique_ptr<DemoServer>> startedAs(const char* script)
{
    const QTemporaryDir programs;
    QFile program(programs.filePath(QStringLiteral("redis-server")));
    if (!program.open(QIODevice::WriteOnly)) {
        return Error{ErrorKind::File, program.fileName(), program.errorString()};
    }
    program.write(QByteArray("#!/bin/sh\n") + script + "\nexit 1\n");
    program.close();
    program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", programs.path().toUtf8() + ':' + path);
    auto server = DemoServer::start({});
    qputenv("PATH", path);
    return server;
}

bool isGone(pid_t process)
{
    return ::kill(process, 0) != 0 && errno == ESRCH;
}

} // namespace

class TestDemoServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsAShopsKeys();
    void keepsEverythingPrivate();
    void leavesNothingBehind();
    void leavesNothingBehindWhenItsOwnerIsKilled();
    void leavesNothingBehindWhenItsOwnerIsKilledAtOnce();
    void outlivesItsServersEnd();
    void endsEarlyWhenToldTo();
    void tellsWhyTheServerDoesNotStart();
    void isNotOfTheUsersLocale();
};

void TestDemoServer::holdsAShopsKeys()
{
    const auto server = DemoServer::start({});
    QVERIFY2(server.has_value(), server ? "" : qPrintable(server.error().detail));
    const auto lane = laneTo(**server);
    const auto size = lane->call(Command{"DBSIZE"}, {});
    QVERIFY2(size->integer > 45'000 && size->integer < 60'000, qPrintable(QString::number(size->integer)));
    QCOMPARE(lane->call(Command{"HLEN", "warehouse:berlin:stock"}, {})->integer, 100'000);
    std::set<std::string> types;
    for (const char* key : {"config:shop", "user:42:profile", "queue:emails", "category:home:garden:products",
             "ranking:sales:2026-W46", "events:orders"}) {
        types.insert(lane->call(Command{"TYPE", key}, {})->text);
    }
    QVERIFY((types == std::set<std::string>{"string", "hash", "list", "set", "zset", "stream"}));
    QCOMPARE(lane->call(Command{"SCARD", "{shop.suppliers}:rows"}, {})->integer, 120); // a table of RedisTABLE
    QCOMPARE(lane->call(Command{"EXISTS", ""}, {})->integer, 1);
    QCOMPARE(lane->call(Command{"ZCARD", "ranking:customers:turnover"}, {})->integer, 20'000);
    QVERIFY(lane->call(Command{"PTTL", "user:4:cart"}, {})->integer > 0);
    QCOMPARE(lane->call(Command{"EXISTS", std::string_view("binary:\0\x01\xff\xfe", 11)}, {})->integer, 1);
}

void TestDemoServer::keepsEverythingPrivate()
{
    const auto server = DemoServer::start({});
    QVERIFY(server.has_value());
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
        | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    QVERIFY(!(QFileInfo((*server)->folder()).permissions() & others));
    const auto lane = laneTo(**server);
    QCOMPARE(lane->call(Command{"CONFIG", "GET", "port"}, {})->elements.at(1).text, std::string("0"));
    QCOMPARE(lane->call(Command{"CONFIG", "GET", "save"}, {})->elements.at(1).text, std::string());
}

void TestDemoServer::leavesNothingBehind()
{
    auto server = DemoServer::start({});
    QVERIFY(server.has_value());
    const QString folder = (*server)->folder();
    QVERIFY(QFileInfo::exists(folder));
    server->reset();
    QVERIFY(!QFileInfo::exists(folder));
}

void TestDemoServer::leavesNothingBehindWhenItsOwnerIsKilled()
{
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    const pid_t owner = ::fork();
    if (owner == 0) {
        const auto server = DemoServer::start({});
        const QByteArray folder = server ? (*server)->folder().toUtf8() : QByteArray("failed");
        if (::write(ends[1], folder.constData(), static_cast<std::size_t>(folder.size())) > 0) {
            ::pause();
        }
        ::_exit(1);
    }
    char name[300] = {};
    QVERIFY(::read(ends[0], name, sizeof name - 1) > 0);
    const QString folder = QString::fromUtf8(name);
    QVERIFY2(QFileInfo::exists(folder), name);
    const pid_t server = processIdOf(folder);
    QVERIFY(server > 0);
    ::kill(owner, SIGKILL);
    ::waitpid(owner, nullptr, 0);
    QTRY_VERIFY(!QFileInfo::exists(folder));
    QVERIFY(isGone(server));
    ::close(ends[0]);
    ::close(ends[1]);
}

/// The worst moments are those right after the start, when not everything is there yet.
void TestDemoServer::leavesNothingBehindWhenItsOwnerIsKilledAtOnce()
{
    const QTemporaryDir temporary;
    qputenv("TMPDIR", temporary.path().toUtf8());
    for (int round = 0; round < 12; ++round) {
        const pid_t owner = ::fork();
        if (owner == 0) {
            const auto server = DemoServer::start({});
            ::pause();
            ::_exit(1);
        }
        const QDir folder(temporary.path());
        const auto hasWatchdog = [&folder] { // before it runs, there is only an empty folder to be left
            const QStringList names = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
            return names.size() == 1 && QFileInfo::exists(folder.filePath(names.first() + QStringLiteral("/log")));
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasWatchdog(), 10'000);
        for (int i = 0; i < round * 1000; ++i) { // a little later each round: up to some milliseconds
            ::sched_yield();
        }
        ::kill(owner, SIGKILL);
        ::waitpid(owner, nullptr, 0);
        QTRY_VERIFY2(folder.isEmpty(), qPrintable(QString::number(round)));
    }
    qunsetenv("TMPDIR");
}

void TestDemoServer::outlivesItsServersEnd()
{
    auto server = DemoServer::start({});
    QVERIFY(server.has_value());
    const QString folder = (*server)->folder();
    QCOMPARE(::kill(processIdOf(folder), SIGKILL), 0);
    QTRY_VERIFY(QFileInfo::exists(folder + QStringLiteral("/ended")));
    server->reset();
    QVERIFY(!QFileInfo::exists(folder));
}

void TestDemoServer::endsEarlyWhenToldTo()
{
    std::stop_source stop;
    stop.request_stop();
    const auto server = DemoServer::start(stop.get_token());
    QVERIFY(!server.has_value());
    QCOMPARE(server.error().kind, ErrorKind::Cancelled);
}

void TestDemoServer::tellsWhyTheServerDoesNotStart()
{
    const auto server = startedAs("echo out of order");
    QVERIFY(!server.has_value());
    QCOMPARE(server.error().kind, ErrorKind::Server);
    QVERIFY2(server.error().detail.contains(QStringLiteral("out of order")), qPrintable(server.error().detail));
}

/// Valkey 8 does not start in a locale that is not installed; Redis 7.0 does not look at it.
void TestDemoServer::isNotOfTheUsersLocale()
{
    const QByteArray before = qgetenv("LC_ALL");
    qputenv("LC_ALL", "xx_XX.UTF-8");
    const auto server = startedAs(R"(echo "locale: $LC_ALL.")");
    const auto real = DemoServer::start({});
    qputenv("LC_ALL", before);
    QVERIFY2(server.error().detail.contains(QStringLiteral("locale: C.")), qPrintable(server.error().detail));
    QVERIFY2(real.has_value(), real ? "" : qPrintable(real.error().detail));
}

QTEST_GUILESS_MAIN(TestDemoServer)
#include "tst_demoserver.moc"
