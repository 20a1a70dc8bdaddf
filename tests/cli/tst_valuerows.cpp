// SPDX-License-Identifier: GPL-3.0-or-later
// Rows as `keyglass value` reads them, while others change the value.
#include "app/cli/valuegroups.h"
#include "app/cli/valuerequest.h"
#include "core/source/laneview.h"
#include "tests/core/value/lanefixture.h"

#include <unistd.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QTemporaryFile>
#include <QTest>

#include <cstdio>
#include <functional>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

namespace {

/// Lets another act before one command goes out.
class InterruptedLane : public LaneView {
public:
    using Hook = std::function<void(const Command&)>;

    InterruptedLane(Lane& lane, Hook hook)
        : LaneView(lane)
        , m_hook(std::move(hook))
    {
    }
    Result<Reply> call(const Command& command, std::stop_token stop) override
    {
        m_hook(command);
        return LaneView::call(command, std::move(stop));
    }

private:
    const Hook m_hook;
};

} // namespace

class TestValueRows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = RedisServer::start(); }
    void init() { m_server->command({"FLUSHALL"}); }
    void aFieldThatGoesBeforeItIsRead();
    void anElementThatGoesBeforeItIsRead();
    void aGroupThatGoesBeforeItIsRead_data();
    void aGroupThatGoesBeforeItIsRead();

private:
    std::unique_ptr<RedisServer> m_server;
};

void TestValueRows::aFieldThatGoesBeforeItIsRead()
{
    const std::string large(100'000, 'x'); // a placeholder in the page
    m_server->command({"HSET", "k", "a", "1", "large", large, "z", "2"});
    const auto lane = readingLane(*m_server);
    bool isFirst = true;
    InterruptedLane interrupted(*lane, [&](const Command& command) {
        if (command.name() == "HGET" && std::exchange(isFirst, false)) {
            m_server->command({"HDEL", "k", "large"});
        }
    });
    const auto head = fetchValueHead(interrupted, "k", {});
    QVERIFY(head);
    cli::ValueRequest request;
    request.key = "k";
    std::vector<std::string> names;
    const Status read = cli::readRows(interrupted, request, *head,
        [&](ValueRow&& row, std::uint64_t, const auto&) {
            names.push_back(row.front().bytes);
            return ok();
        },
        {});
    QVERIFY(!isFirst);
    std::ranges::sort(names);
    QCOMPARE(names, (std::vector{"a"s, "z"s}));
    QVERIFY(!read); // told, behind all that is there
    QCOMPARE(read.error().kind, ErrorKind::Conflict);
    QVERIFY2(read.error().detail.contains(u"field large"_s), qPrintable(read.error().detail));
}

void TestValueRows::anElementThatGoesBeforeItIsRead()
{
    m_server->command({"RPUSH", "k", "a", "b", std::string(100'000, 'x')});
    const auto lane = readingLane(*m_server);
    InterruptedLane interrupted(*lane, [&](const Command& command) {
        if (command.name() == "LINDEX") {
            m_server->command({"RPOP", "k"});
        }
    });
    const auto head = fetchValueHead(interrupted, "k", {});
    QVERIFY(head);
    cli::ValueRequest request;
    request.key = "k";
    std::vector<std::string> elements;
    const Status read = cli::readRows(interrupted, request, *head,
        [&](ValueRow&& row, std::uint64_t, const auto&) {
            elements.push_back(row.front().bytes);
            return ok();
        },
        {});
    QCOMPARE(elements, (std::vector{"a"s, "b"s}));
    QVERIFY(!read);
    QVERIFY2(read.error().detail.contains(u"index 2"_s), qPrintable(read.error().detail));
}

void TestValueRows::aGroupThatGoesBeforeItIsRead_data()
{
    QTest::addColumn<std::string>("before");
    QTest::addRow("its consumers") << "XINFO"s;
    QTest::addRow("its pending entries") << "XPENDING"s;
}

/// What is written is JSON, with the others.
void TestValueRows::aGroupThatGoesBeforeItIsRead()
{
    QFETCH(const std::string, before);
    m_server->command({"XADD", "k", "1-1", "f", "v"});
    for (const char* group : {"a", "b", "c"}) {
        m_server->command({"XGROUP", "CREATE", "k", group, "0"});
    }
    const auto lane = readingLane(*m_server);
    InterruptedLane interrupted(*lane, [&](const Command& command) {
        const auto& words = command.arguments();
        const std::size_t at = before == "XINFO" ? 3 : 2;
        if (command.name() == before && words.size() > at && words[at] == "b") {
            m_server->command({"XGROUP", "DESTROY", "k", "b"});
        }
    });
    QTemporaryFile file;
    QVERIFY(file.open());
    std::fflush(stdout);
    const int out = ::dup(STDOUT_FILENO);
    QVERIFY(out >= 0);
    ::dup2(file.handle(), STDOUT_FILENO);
    const Status written = cli::writeGroups(interrupted, "k", {});
    std::fflush(stdout);
    ::dup2(out, STDOUT_FILENO);
    ::close(out);
    file.seek(0);
    const QByteArray text = file.readAll();
    QVERIFY(!written);
    const QJsonObject json = QJsonDocument::fromJson(text).object();
    QVERIFY2(json.contains(u"incomplete"_s), text.constData());
    QStringList names;
    for (const QJsonValue& group : json[u"groups"_s].toArray()) {
        names << group[u"name"_s].toString();
    }
    names.removeAll(u"b"_s); // it has a place where it was there at first
    QCOMPARE(names, QStringList({u"a"_s, u"c"_s}));
}

QTEST_GUILESS_MAIN(TestValueRows)
#include "tst_valuerows.moc"
