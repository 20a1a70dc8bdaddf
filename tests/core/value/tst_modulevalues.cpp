// SPDX-License-Identifier: GPL-3.0-or-later
// Values of modules, which no server here has: their commands are answered by a lane that makes plain ones of them.
#include "core/value/jsonvalue.h"
#include "core/value/keydump.h"
#include "core/value/servermodules.h"
#include "tests/core/value/lanefixture.h"

#include <QObject>
#include <QTest>
#include <QVector>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

namespace {

/// JSON.GET of the root is a GET, that of a path an HGET of "paths"; JSON.DEBUG MEMORY is what the test says.
class JsonLane : public Lane {
public:
    explicit JsonLane(std::unique_ptr<Lane> lane)
        : m_lane(std::move(lane))
    {
    }

    Result<Reply> call(const Command& command, std::stop_token stop) override
    {
        const auto& words = command.arguments();
        if (words[0] == "JSON.DEBUG") {
            memoryPath = words[3];
            return memory;
        }
        if (words[0] == "JSON.GET") {
            ++reads;
            return words[2] == "." ? m_lane->call(Command{"GET", words[1]}, stop)
                                   : m_lane->call(Command{"HGET", "paths", words[2]}, stop);
        }
        if (words[0] == "MODULE" && modules) {
            return *modules;
        }
        return m_lane->call(command, stop);
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        return m_lane->pipeline(commands, stop);
    }
    Status send(const Command& command, std::stop_token stop) override { return m_lane->send(command, stop); }
    Status receive(ReplySink& sink, std::stop_token stop) override { return m_lane->receive(sink, stop); }
    bool isOpen() const override { return m_lane->isOpen(); }
    void close() override { m_lane->close(); }
    std::uint64_t openings() const override { return m_lane->openings(); }
    QString nodeText() const override { return m_lane->nodeText(); }

    Result<Reply> memory = Reply{Reply::Type::Integer, 100, {}, {}};
    std::string memoryPath;
    int reads = 0;
    std::optional<Reply> modules; ///< What MODULE LIST says; nothing: what the server says.

private:
    std::unique_ptr<Lane> m_lane;
};

Reply integers(std::initializer_list<std::int64_t> numbers)
{
    Reply all{Reply::Type::Array, 0, {}, {}};
    for (const std::int64_t number : numbers) {
        all.elements.push_back(Reply{Reply::Type::Integer, number, {}, {}});
    }
    return all;
}

} // namespace

class TestModuleValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void jsonIsReadAsAWholeOrByPath();
    void jsonThatIsTooLargeIsOnlyReadByPath_data();
    void jsonThatIsTooLargeIsOnlyReadByPath();
    void jsonWhoseMemoryIsNotToldIsRead_data();
    void jsonWhoseMemoryIsNotToldIsRead();
    void theLimitHoldsWhereItsMemoryIsNotTold_data();
    void theLimitHoldsWhereItsMemoryIsNotTold();
    void jsonOfAVanishedKeyIsGone();
    void aDumpMakesTheKeyAgain();
    void aDumpOfNothingIsGone();
    void modulesAreListedByName();
    void modulesThatMayNotBeListedAreAPermission();

private:
    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<JsonLane> m_lane;
};

void TestModuleValues::init()
{
    m_lane.reset();
    m_server = RedisServer::start();
    m_lane = std::make_unique<JsonLane>(readingLane(*m_server));
}

void TestModuleValues::jsonIsReadAsAWholeOrByPath()
{
    m_server->command({"SET", "doc", R"({"a":1})"});
    m_server->command({"HSET", "paths", "$.a", "[1]"});
    ValueSliceRequest request{"doc", KeyType::Json, {}};
    const auto whole = fetchValueSlice(*m_lane, request, {});
    QVERIFY(whole);
    QCOMPARE(*whole, R"({"a":1})"s);
    QCOMPARE(m_lane->memoryPath, "."s);
    request.name = "$.a";
    const auto part = fetchValueSlice(*m_lane, request, {});
    QVERIFY(part);
    QCOMPARE(*part, "[1]"s);
    QCOMPARE(m_lane->memoryPath, "$.a"s);
}

void TestModuleValues::jsonThatIsTooLargeIsOnlyReadByPath_data()
{
    QTest::addColumn<QVector<qint64>>("memory");
    QTest::addColumn<bool>("isRead");
    const auto most = static_cast<qint64>(largestJsonDocument.value);
    QTest::addRow("at the limit") << QVector<qint64>{most} << true;
    QTest::addRow("above it") << QVector<qint64>{most + 1} << false;
    QTest::addRow("several parts, together above it") << QVector<qint64>{most, 1} << false;
}

void TestModuleValues::jsonThatIsTooLargeIsOnlyReadByPath()
{
    QFETCH(QVector<qint64>, memory);
    QFETCH(bool, isRead);
    m_server->command({"SET", "doc", "{}"});
    m_lane->memory =
        memory.size() == 1 ? Reply{Reply::Type::Integer, memory[0], {}, {}} : integers({memory[0], memory[1]});
    const auto text = fetchJson(*m_lane, "doc", {}, {});
    QCOMPARE(text.has_value(), isRead);
    QCOMPARE(m_lane->reads, isRead ? 1 : 0);
    if (!isRead) {
        QCOMPARE(text.error().kind, ErrorKind::Limit);
        QVERIFY(text.error().detail.contains(QStringLiteral("path")));
    }
}

void TestModuleValues::jsonWhoseMemoryIsNotToldIsRead_data()
{
    QTest::addColumn<int>("kind");
    QTest::addRow("forbidden") << static_cast<int>(ErrorKind::Permission);
    QTest::addRow("not known") << static_cast<int>(ErrorKind::Server);
    QTest::addRow("asked about in production") << static_cast<int>(ErrorKind::Confirm);
}

void TestModuleValues::jsonWhoseMemoryIsNotToldIsRead()
{
    QFETCH(int, kind);
    m_server->command({"SET", "doc", "{}"});
    m_lane->memory = Error{static_cast<ErrorKind>(kind), {}, {}};
    QVERIFY(fetchJson(*m_lane, "doc", {}, {}));
    m_lane->memory = Error{ErrorKind::Network, {}, {}};
    QVERIFY(!fetchJson(*m_lane, "doc", {}, {}));
}

void TestModuleValues::theLimitHoldsWhereItsMemoryIsNotTold_data()
{
    QTest::addColumn<int>("kind");
    QTest::addRow("forbidden") << static_cast<int>(ErrorKind::Permission);
    QTest::addRow("in a read-only session") << static_cast<int>(ErrorKind::ReadOnly);
    QTest::addRow("not known") << static_cast<int>(ErrorKind::Server);
}

/// All of a document by what MEMORY USAGE says, before it is read; a part of it by what came.
void TestModuleValues::theLimitHoldsWhereItsMemoryIsNotTold()
{
    QFETCH(int, kind);
    const std::string last = std::to_string(largestJsonDocument.value);
    m_server->command({"SETRANGE", "doc", last, "x"});
    m_lane->memory = Error{static_cast<ErrorKind>(kind), {}, {}};
    const auto whole = fetchJson(*m_lane, "doc", {}, {});
    QVERIFY(!whole);
    QCOMPARE(whole.error().kind, ErrorKind::Limit);
    QVERIFY(whole.error().detail.contains(QStringLiteral("path")));
    QCOMPARE(m_lane->reads, 0);
    m_server->command({"HSET", "paths", "$.a", std::string(largestJsonDocument.value + 1, 'x')});
    const auto part = fetchJson(*m_lane, "doc", "$.a", {});
    QVERIFY(!part);
    QCOMPARE(part.error().kind, ErrorKind::Limit);
    m_server->command({"HSET", "paths", "$.a", "[1]"});
    QVERIFY(fetchJson(*m_lane, "doc", "$.a", {}));
}

void TestModuleValues::jsonOfAVanishedKeyIsGone()
{
    m_lane->memory = Reply{};
    const auto text = fetchValueSlice(*m_lane, {"doc", KeyType::Json, {}}, {});
    QVERIFY(!text);
    QCOMPARE(text.error().kind, ErrorKind::Gone);
    QVERIFY(text.error().subject.contains(QStringLiteral("doc")));
}

void TestModuleValues::aDumpMakesTheKeyAgain()
{
    m_server->command({"HSET", "h", "f", "v\xff"});
    const auto dump = fetchValueSlice(*m_lane, {"h", KeyType::Other, {}}, {});
    QVERIFY(dump);
    QCOMPARE(m_server->command({"RESTORE", "again", "0", *dump}), "OK"s);
    QCOMPARE(m_server->command({"HGET", "again", "f"}), "v\xff"s);
}

void TestModuleValues::aDumpOfNothingIsGone()
{
    const auto dump = fetchKeyDump(*m_lane, "nothing", {});
    QVERIFY(!dump);
    QCOMPARE(dump.error().kind, ErrorKind::Gone);
}

/// As Redis 6 writes them, and with what Redis 7 has added.
void TestModuleValues::modulesAreListedByName()
{
    const auto text = [](const char* word) { return Reply{Reply::Type::String, 0, word, {}}; };
    const auto number = [](std::int64_t value) { return Reply{Reply::Type::Integer, value, {}, {}}; };
    const auto list = [](std::vector<Reply> elements) { return Reply{Reply::Type::Array, 0, {}, std::move(elements)}; };
    m_lane->modules = list({list({text("name"), text("search"), text("ver"), number(20811)}),
        list({text("name"), text("bf"), text("ver"), number(20400), text("path"), text("/modules/bf.so"), text("args"),
            list({text("name"), text("ver")})})});
    const auto modules = fetchServerModules(*m_lane, {});
    QVERIFY(modules);
    QCOMPARE(*modules, (std::vector<ServerModule>{{"bf", 20400}, {"search", 20811}}));
}

void TestModuleValues::modulesThatMayNotBeListedAreAPermission()
{
    m_server->command({"ACL", "SETUSER", "reader", "on", "nopass", "~*", "+@all", "-module"});
    const auto lane = readingLane(*m_server, QStringLiteral("reader"));
    const auto modules = fetchServerModules(*lane, {});
    QVERIFY(!modules);
    QCOMPARE(modules.error().kind, ErrorKind::Permission);
}

QTEST_GUILESS_MAIN(TestModuleValues)
#include "tst_modulevalues.moc"
