// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demoserver.h"
#include "core/source/commandgate.h"
#include "core/source/lane.h"

#include <sys/wait.h>
#include <unistd.h>

#include <QFileInfo>
#include <QObject>
#include <QTest>

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

} // namespace

class TestDemoServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsAShopsKeys();
    void keepsEverythingPrivate();
    void leavesNothingBehind();
    void leavesNothingBehindWhenItsOwnerIsKilled();
    void endsEarlyWhenToldTo();
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
    ::kill(owner, SIGKILL);
    ::waitpid(owner, nullptr, 0);
    QTRY_VERIFY(!QFileInfo::exists(folder));
    ::close(ends[0]);
    ::close(ends[1]);
}

void TestDemoServer::endsEarlyWhenToldTo()
{
    std::stop_source stop;
    stop.request_stop();
    const auto server = DemoServer::start(stop.get_token());
    QVERIFY(!server.has_value());
    QCOMPARE(server.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestDemoServer)
#include "tst_demoserver.moc"
