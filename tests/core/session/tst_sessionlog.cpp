// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"
#include "tests/core/session/opensession.h"
#include "tests/servers/redisserver.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// What a session logs, in its order.
class Lines {
public:
    explicit Lines(Session& session)
    {
        QObject::connect(&session, &Session::logged, &session,
            [this](LogLevel level, const QString& line) { m_lines.emplace_back(level, line); });
    }
    [[nodiscard]] bool hold(LogLevel level, const QString& part) const
    {
        return std::ranges::any_of(
            m_lines, [&](const auto& line) { return line.first == level && line.second.contains(part); });
    }
    [[nodiscard]] std::ptrdiff_t count(LogLevel level) const
    {
        return std::ranges::count(m_lines, level, &std::pair<LogLevel, QString>::first);
    }

private:
    std::vector<std::pair<LogLevel, QString>> m_lines;
};

} // namespace

class TestSessionLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWorkedIsInfo();
    void aConnectionThatDoesNotComeAboutIsAnError();
    void aLostConnectionIsAnErrorAndTriesAfterItAreWarnings();
    void aScanThatFailsIsAnError();
    void aScanPausedForMemoryIsAWarning();
};

void TestSessionLog::whatWorkedIsInfo()
{
    const auto server = RedisServer::start();
    Session session(profileFor(*server));
    const Lines lines(session);
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20'000);
    QVERIFY(lines.hold(LogLevel::Info, u"connected"_s));
    QVERIFY(lines.hold(LogLevel::Info, u"Scan: 0 keys"_s));
    QCOMPARE(lines.count(LogLevel::Warning) + lines.count(LogLevel::Error), 0);
}

void TestSessionLog::aConnectionThatDoesNotComeAboutIsAnError()
{
    Profile profile;
    profile.socketPath = u"/nonexistent/redis.sock"_s;
    Session session(profile);
    const Lines lines(session);
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Failed, 20'000);
    QVERIFY(lines.hold(LogLevel::Error, u"/nonexistent/redis.sock"_s));
    QCOMPARE(lines.count(LogLevel::Info), 0);
}

void TestSessionLog::aLostConnectionIsAnErrorAndTriesAfterItAreWarnings()
{
    const auto server = RedisServer::start();
    Session session(profileFor(*server));
    const Lines lines(session);
    QVERIFY(opens(session));
    server->kill();
    session.requestDetails({"k"}, {}); // whatever is asked next finds the line dead
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Lost, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(lines.count(LogLevel::Warning) > 0, 20'000);
    QCOMPARE(lines.count(LogLevel::Error), 1);
}

void TestSessionLog::aScanThatFailsIsAnError()
{
    ServerOptions options;
    options.aclLines = {u"user bob on >pw ~* +@read +@connection -scan -keys"_s};
    const auto server = RedisServer::start(options);
    Profile profile = profileFor(*server);
    profile.user = u"bob"_s;
    Session session(profile, u"pw"_s);
    const Lines lines(session);
    QVERIFY(opens(session));
    session.startScan({});
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Ended, 20'000);
    QVERIFY(lines.hold(LogLevel::Error, u"may not"_s));
}

void TestSessionLog::aScanPausedForMemoryIsAWarning()
{
    const auto server = RedisServer::start();
    server->fill(20'000, [](std::size_t i) { return RedisServer::Args{"SET", "k" + std::to_string(i), "v"}; });
    Session session(profileFor(*server));
    const Lines lines(session);
    session.setMemoryCap(MemoryCap{ByteCount{1}, {}});
    QVERIFY(opens(session));
    ScanRequest request;
    request.count = 10; // many calls, so that the pause comes in their midst
    session.startScan(request);
    QTRY_COMPARE_WITH_TIMEOUT(session.scanState(), ScanState::Paused, 20'000);
    QVERIFY(lines.hold(LogLevel::Warning, u"paused"_s));
}

QTEST_GUILESS_MAIN(TestSessionLog)
#include "tst_sessionlog.moc"
