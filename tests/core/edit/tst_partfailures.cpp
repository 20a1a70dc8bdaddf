// SPDX-License-Identifier: GPL-3.0-or-later
// What may go wrong on the way with edits that not every server has: parts of JSON documents (a double, and a real
// module where KEYGLASS_TEST_JSON_MODULE names one) and when fields end (Redis 7.4, Valkey 9). What is told is always
// what is so at the server.
#include "tests/core/edit/jsondocuments.h"
#include "tests/servers/faultproxy.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

const std::string in2100 = "4102444800123";

enum class Part : std::uint8_t { Member, ElementAway, Appended, FieldEnd, FieldEndAway };

bool isJson(Part part)
{
    return part != Part::FieldEnd && part != Part::FieldEndAway;
}

/// The key "k" on a server of its own, and one edit of it.
class Scene {
public:
    Scene(Part part, bool hasModule)
        : m_part(part)
    {
        if (isJson(part)) {
            m_documents = std::make_unique<JsonDocuments>(hasModule);
        } else {
            m_server = RedisServer::start();
        }
        m_options = optionsOf(server());
    }

    [[nodiscard]] RedisServer& server() { return m_documents ? m_documents->server() : *m_server; }
    [[nodiscard]] bool isPossible() const { return isJson(m_part) || m_options.abilities.hasFieldExpiry; }
    /// As it was; also after something was done to it.
    void setUp()
    {
        server().command({"DEL", "k"});
        if (m_documents) {
            m_documents->set("k", R"({"a":1,"c":[1,2]})");
            return;
        }
        server().command({"HSET", "k", "f", "v"});
        if (m_part == Part::FieldEndAway) {
            server().command({"HPEXPIREAT", "k", in2100, "FIELDS", "1", "f"});
        }
    }
    [[nodiscard]] EditAction action() const
    {
        switch (m_part) {
        case Part::Member:
            return SetJson{R"($["a"])", "2", SeenBytes::there("1")};
        case Part::ElementAway:
            return DeleteJson{R"($["c"][0])", "1"};
        case Part::Appended:
            return AppendJson{R"($["c"])", "3"};
        case Part::FieldEnd:
            return SetFieldExpiry{"f", end(), SeenExpiry{}};
        case Part::FieldEndAway:
            break;
        }
        return SetFieldExpiry{"f", std::nullopt, SeenExpiry{end()}};
    }
    [[nodiscard]] std::string done() const
    {
        const char* texts[] = {
            R"({"a":2,"c":[1,2]})", R"({"a":1,"c":[2]})", R"({"a":1,"c":[1,2,3]})", in2100.c_str(), "-1"};
        return texts[static_cast<std::size_t>(m_part)];
    }
    [[nodiscard]] std::string look()
    {
        return m_documents ? m_documents->get("k") : server().command({"HPEXPIRETIME", "k", "FIELDS", "1", "f"});
    }
    /// The command that writes.
    [[nodiscard]] std::string command() const
    {
        if (m_documents && !m_documents->hasModule()) {
            return "set"; // the double's
        }
        const char* names[] = {"json.set", "json.del", "json.arrappend", "hpexpireat", "hpersist"};
        return names[static_cast<std::size_t>(m_part)];
    }
    [[nodiscard]] std::unique_ptr<Lane> lane(const QString& socketPath, const QString& user = {})
    {
        auto plain = makeLane(socketOptions(socketPath, user), std::make_shared<CommandGate>(GateRules{}));
        const bool isDouble = m_documents && !m_documents->hasModule();
        return isDouble ? std::make_unique<DocumentLane>(std::move(plain), server()) : std::move(plain);
    }
    [[nodiscard]] Result<EditOutcome> apply(Lane& lane) const
    {
        return applyEdit(lane, KeyEdit{"k", action()}, m_options, {});
    }

private:
    static ExpiryTime end() { return ExpiryTime(Milliseconds{std::stoll(in2100)}); }

    const Part m_part;
    std::unique_ptr<JsonDocuments> m_documents;
    std::unique_ptr<RedisServer> m_server;
    EditOptions m_options;
};

} // namespace

Q_DECLARE_METATYPE(Part)

class TestPartFailures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aUserWhoMayNot_data() { parts(); }
    void aUserWhoMayNot();
    void aFullServer_data() { parts(); }
    void aFullServer();
    void aReplica_data() { parts(); }
    void aReplica();
    void aConnectionClosedBeforeWeWrite_data() { parts(); }
    void aConnectionClosedBeforeWeWrite();
    void aLineCutAnywhere_data() { parts(); }
    void aLineCutAnywhere();

private:
    static void parts()
    {
        QTest::addColumn<Part>("part");
        QTest::addColumn<bool>("hasModule");
        const std::pair<Part, const char*> all[] = {{Part::Member, "member"}, {Part::ElementAway, "element away"},
            {Part::Appended, "element appended"}, {Part::FieldEnd, "a field's end"},
            {Part::FieldEndAway, "a field's end away"}};
        for (const auto& [part, name] : all) {
            QTest::addRow("%s%s", isJson(part) ? "double: " : "", name) << part << false;
            if (isJson(part) && !jsonModule().isEmpty()) {
                QTest::addRow("module: %s", name) << part << true;
            }
        }
    }
    static void isRefused(Scene& scene, const Result<EditOutcome>& outcome, ErrorKind kind, const std::string& before,
        const QString& words)
    {
        QVERIFY2(!outcome, qPrintable(told(outcome)));
        QCOMPARE(outcome.error().kind, kind);
        const QString text = errorText(outcome.error());
        QVERIFY2(text.contains(words, Qt::CaseInsensitive), qPrintable(text));
        QVERIFY2(text.contains(u"nothing was changed"_s, Qt::CaseInsensitive), qPrintable(text));
        QCOMPARE(scene.look(), before);
    }
};

#define SCENE()                                                                                                        \
    QFETCH(const Part, part);                                                                                          \
    QFETCH(const bool, hasModule);                                                                                     \
    Scene scene(part, hasModule);                                                                                      \
    if (!scene.isPossible()) {                                                                                         \
        QSKIP("this server has no fields that end (Redis 7.4, Valkey 9)");                                             \
    }                                                                                                                  \
    scene.setUp();                                                                                                     \
    const std::string before = scene.look()

void TestPartFailures::aUserWhoMayNot()
{
    SCENE();
    const std::string made =
        scene.server().command({"ACL", "SETUSER", "bob", "on", ">pw", "~*", "&*", "+@all", "-" + scene.command()});
    QCOMPARE(made, std::string("OK"));
    const auto lane = scene.lane(scene.server().socketPath(), u"bob"_s);
    isRefused(scene, scene.apply(*lane), ErrorKind::Permission, before, QString::fromStdString(scene.command()));
}

void TestPartFailures::aFullServer()
{
    SCENE();
    const auto lane = scene.lane(scene.server().socketPath());
    scene.server().command({"CONFIG", "SET", "maxmemory", "1"});
    const auto outcome = scene.apply(*lane);
    scene.server().command({"CONFIG", "SET", "maxmemory", "0"});
    if (outcome) { // what takes no memory is done
        QCOMPARE(told(outcome), u"Done"_s);
        QCOMPARE(scene.look(), scene.done());
        return;
    }
    isRefused(scene, outcome, ErrorKind::Server, before, u"OOM"_s);
    QCOMPARE(told(scene.apply(*lane)), u"Done"_s);
    QCOMPARE(scene.look(), scene.done());
}

void TestPartFailures::aReplica()
{
    SCENE();
    const auto lane = scene.lane(scene.server().socketPath());
    scene.server().command({"REPLICAOF", "127.0.0.1", "1"}); // of nobody: it keeps what it has
    isRefused(scene, scene.apply(*lane), ErrorKind::ReadOnly, before, {});
}

void TestPartFailures::aConnectionClosedBeforeWeWrite()
{
    SCENE();
    const auto lane = scene.lane(scene.server().socketPath());
    bool isFirst = true;
    MeddledLane meddled(*lane, [&] {
        if (std::exchange(isFirst, false)) {
            scene.server().command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        }
    });
    const auto outcome = scene.apply(meddled);
    QCOMPARE(told(outcome), u"NotDone"_s);
    QVERIFY(outcome->lineWasLost && outcome->why);
    QCOMPARE(scene.look(), before);
    QCOMPARE(told(scene.apply(meddled)), u"Done"_s);
    QCOMPARE(scene.look(), scene.done());
}

/// The replies end after each number of bytes there is; what was under way is found out over another connection.
void TestPartFailures::aLineCutAnywhere()
{
    SCENE();
    FaultProxy proxy(ProxyTarget{scene.server().socketPath()});
    int foundDone = 0;
    bool isWhole = false;
    for (std::size_t bytes = 0; !isWhole && bytes < 2'000; ++bytes) {
        scene.setUp();
        const auto lane = scene.lane(proxy.socketPath());
        proxy.setFaults(Faults{.cutAfter = bytes});
        static_cast<void>(lane->call({"PING"}, {})); // opens the connection that breaks
        proxy.setFaults({});
        const int connections = proxy.accepted();
        const auto outcome = scene.apply(*lane);
        QVERIFY2(outcome, qPrintable(told(outcome)));
        const bool isDone = outcome->status == EditOutcome::Status::Done;
        QVERIFY2(isDone || outcome->status == EditOutcome::Status::NotDone, qPrintable(told(outcome)));
        QVERIFY(outcome->lineWasLost || isDone);
        QCOMPARE(scene.look(), isDone ? scene.done() : before);
        foundDone += isDone && outcome->lineWasLost ? 1 : 0;
        isWhole = isDone && !outcome->lineWasLost && bytes > 50 && proxy.accepted() == connections;
    }
    QVERIFY(isWhole);
    QVERIFY(foundDone > 0);
}

QTEST_GUILESS_MAIN(TestPartFailures)
#include "tst_partfailures.moc"
