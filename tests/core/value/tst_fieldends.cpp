// SPDX-License-Identifier: GPL-3.0-or-later
// When fields of a hash end: read with each page, on servers that have it and beside those that don't.
#include "core/source/redis/serverfacts.h"
#include "core/value/valuesight.h"
#include "tests/core/value/fieldendlane.h"
#include "tests/core/value/lanefixture.h"

#include <QObject>
#include <QTest>

#include <map>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;

namespace {

using Manner = FieldEndLane::Manner;

constexpr std::int64_t in2100 = 4'102'444'800'123;

std::map<std::string, std::optional<std::int64_t>> endsOf(const ValuePage& page)
{
    std::map<std::string, std::optional<std::int64_t>> all;
    for (std::size_t at = 0; at < page.rows.size(); ++at) {
        const auto& end = page.fieldEnds->ofRows[at];
        all[page.rows[at].front().bytes] = end ? std::optional(end->at.time_since_epoch().count()) : std::nullopt;
    }
    return all;
}

} // namespace

class TestFieldEnds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void pagesTellWhenFieldsEnd_data() { servers(); }
    void pagesTellWhenFieldsEnd();
    void everyPageAsksForItsOwnFieldsOnly_data() { servers(); }
    void everyPageAsksForItsOwnFieldsOnly();
    void unlessAskedForNothingIsSent();
    void aServerWithoutThemIsAskedOnce();
    void aUserWhoMayNotAskIsTold();
    void aFieldThatEndedMeanwhileGoes();
    void lookingAgainSeesAnotherEnd_data() { servers(); }
    void lookingAgainSeesAnotherEnd();

private:
    static void servers();
    /// False: this server has no such fields, and the test was skipped.
    [[nodiscard]] bool prepare();
    void setEnd(const std::string& field, std::int64_t at);
    [[nodiscard]] ValuePageRequest request() const;

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_plain;
    std::unique_ptr<Lane> m_lane;
    std::shared_ptr<FieldEndLane::State> m_state;
    bool m_hasFieldEnds = false;
};

void TestFieldEnds::initTestCase()
{
    m_server = RedisServer::start();
    QVERIFY(m_server);
    m_plain = readingLane(*m_server);
    const auto facts = fetchServerFacts(*m_plain, {});
    QVERIFY(facts);
    m_hasFieldEnds = facts->feature(ServerFeature::HashFieldExpiry) == FeatureState::Present;
}

void TestFieldEnds::init()
{
    m_server->command({"FLUSHALL"});
    m_state = std::make_shared<FieldEndLane::State>();
    m_lane = std::make_unique<FieldEndLane>(*m_plain, m_state);
}

void TestFieldEnds::servers()
{
    QTest::addColumn<bool>("isReal");
    QTest::addRow("as Redis 7.4") << false;
    QTest::addRow("this server") << true;
}

bool TestFieldEnds::prepare()
{
    if (*QTest::currentDataTag() == 't') {
        m_lane = readingLane(*m_server);
        m_state.reset();
        return m_hasFieldEnds;
    }
    return true;
}

void TestFieldEnds::setEnd(const std::string& field, std::int64_t at)
{
    if (m_state) {
        m_state->ends[{"k", field}] = at;
    } else {
        QCOMPARE(m_server->command({"HPEXPIREAT", "k", std::to_string(at), "FIELDS", "1", field}), std::string("1"));
    }
}

ValuePageRequest TestFieldEnds::request() const
{
    ValuePageRequest request;
    request.key = "k";
    request.type = KeyType::Hash;
    request.fieldEnds = true;
    return request;
}

void TestFieldEnds::pagesTellWhenFieldsEnd()
{
    if (!prepare()) {
        QSKIP("this server has no fields that end (Redis 7.4, Valkey 9)");
    }
    m_server->command({"HSET", "k", "a", "1", "b", "2", "c", "3"});
    setEnd("b", in2100);
    const auto page = fetchValuePage(*m_lane, request(), {});
    QVERIFY(page);
    QVERIFY(page->fieldEnds && !page->fieldEnds->unknown);
    const std::map<std::string, std::optional<std::int64_t>> expected{
        {"a", std::nullopt}, {"b", in2100}, {"c", std::nullopt}};
    QCOMPARE(endsOf(*page), expected);
    const auto now = std::chrono::system_clock::now();
    for (const auto& end : page->fieldEnds->ofRows) {
        const auto off = end ? end->left - std::chrono::floor<Milliseconds>(end->at - now) : Milliseconds{0};
        QVERIFY2(off < 60s && off > -60s, std::to_string(off.count()).c_str());
    }
}

void TestFieldEnds::everyPageAsksForItsOwnFieldsOnly()
{
    if (!prepare()) {
        QSKIP("this server has no fields that end (Redis 7.4, Valkey 9)");
    }
    RedisServer::Args fill{"HSET", "k"};
    for (int i = 0; i < 3000; ++i) {
        fill.push_back("field:" + std::to_string(i));
        fill.push_back(std::to_string(i));
    }
    m_server->command(fill);
    setEnd("field:7", in2100);
    setEnd("field:2998", in2100 + 1);
    std::map<std::string, std::optional<std::int64_t>> seen;
    ValuePageRequest next = request();
    for (bool isComplete = false; !isComplete;) {
        const auto page = fetchValuePage(*m_lane, next, {});
        QVERIFY(page);
        QVERIFY(page->fieldEnds);
        QCOMPARE(page->fieldEnds->ofRows.size(), page->rows.size());
        seen.merge(endsOf(*page));
        isComplete = page->complete;
        next.from = page->next;
    }
    QCOMPARE(seen.size(), std::size_t{3000});
    for (const auto& [field, at] : seen) {
        QCOMPARE(at.has_value(), field == "field:7" || field == "field:2998");
    }
    QCOMPARE(seen["field:2998"], std::optional<std::int64_t>(in2100 + 1));
}

void TestFieldEnds::unlessAskedForNothingIsSent()
{
    m_server->command({"HSET", "k", "a", "1"});
    ValuePageRequest plain = request();
    plain.fieldEnds = false;
    const auto page = fetchValuePage(*m_lane, plain, {});
    QVERIFY(page);
    QVERIFY(!page->fieldEnds);
    QCOMPARE(m_state->asked, 0);
}

void TestFieldEnds::aServerWithoutThemIsAskedOnce()
{
    m_state->manner = Manner::Unknown;
    m_server->command({"HSET", "k", "a", "1"});
    const auto page = fetchValuePage(*m_lane, request(), {});
    QVERIFY(page);
    QCOMPARE(page->rows.size(), std::size_t{1});
    QVERIFY(!page->fieldEnds);
    ValuePageRequest second = request();
    second.from = page->next;
    QVERIFY(fetchValuePage(*m_lane, second, {}));
    QCOMPARE(m_state->asked, 1);
}

void TestFieldEnds::aUserWhoMayNotAskIsTold()
{
    m_state->manner = Manner::Forbidden;
    m_server->command({"HSET", "k", "a", "1"});
    const auto page = fetchValuePage(*m_lane, request(), {});
    QVERIFY(page);
    QCOMPARE(page->rows.size(), std::size_t{1});
    QVERIFY(page->fieldEnds && page->fieldEnds->unknown);
    QCOMPARE(page->fieldEnds->unknown->kind, ErrorKind::Permission);
    QCOMPARE(page->fieldEnds->unknown->subject, QStringLiteral("HPEXPIRETIME"));
}

void TestFieldEnds::aFieldThatEndedMeanwhileGoes()
{
    m_server->command({"HSET", "k", "a", "1", "b", "2", "c", "3"});
    m_state->ends[{"k", "c"}] = in2100;
    m_state->beforeAsk = [this] { m_server->command({"HDEL", "k", "b"}); };
    const auto page = fetchValuePage(*m_lane, request(), {});
    QVERIFY(page);
    const std::map<std::string, std::optional<std::int64_t>> expected{{"a", std::nullopt}, {"c", in2100}};
    QCOMPARE(endsOf(*page), expected);
}

/// Of a field in sight; where the server has no such thing, nothing differs.
void TestFieldEnds::lookingAgainSeesAnotherEnd()
{
    if (!prepare()) {
        QSKIP("this server has no fields that end (Redis 7.4, Valkey 9)");
    }
    m_server->command({"HSET", "k", "a", "1", "b", "2", "c", "3"});
    ValueSight sight;
    sight.names = {"a", "b"};
    const auto look = [&] {
        auto glance = lookAgain(*m_lane, "k", sight, {});
        return glance ? *std::move(glance) : ValueGlance{};
    };
    const ValueGlance none = look();
    QCOMPARE(none.typeName, std::string("hash"));
    QVERIFY(!differs(none, look()));
    setEnd("c", in2100); // out of sight
    QVERIFY(!differs(none, look()));
    setEnd("b", in2100);
    const ValueGlance one = look();
    QVERIFY(differs(none, one));
    setEnd("b", in2100 + 1);
    QVERIFY(differs(one, look()));
    if (m_state) {
        m_state->manner = Manner::Unknown;
        const ValueGlance unknown = look();
        QCOMPARE(unknown.typeName, std::string("hash"));
        QVERIFY(!differs(unknown, look()));
    }
}

QTEST_GUILESS_MAIN(TestFieldEnds)
#include "tst_fieldends.moc"
