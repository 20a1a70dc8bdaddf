// SPDX-License-Identifier: GPL-3.0-or-later
// A key is deleted as it was seen: of that type and length, and with that end.
#include "core/edit/editsteps.h"
#include "tests/core/edit/editfixture.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

using Commands = std::vector<Args>;

} // namespace

Q_DECLARE_METATYPE(Commands)

class TestKeyDeletions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_server->command({"FLUSHALL"}); }
    void aKeyThatIsAsSeenGoes_data() { types(); }
    void aKeyThatIsAsSeenGoes();
    void aKeyOfAnotherLengthStays_data() { types(); }
    void aKeyOfAnotherLengthStays();
    void aKeyOfOtherContentStays_data();
    void aKeyOfOtherContentStays();
    void aListIsAskedForByStretches();
    void longValuesAreComparedByTheirLength();
    void contentThatMayNotBeAskedForIsNotCompared();
    void aKeyWithAnotherEndStays_data();
    void aKeyWithAnotherEndStays();
    void aKeyWhoseLengthMayNotBeAskedFor();
    void aTableOfAnotherOrderIsTheSame();
    void whatMayBeGoneNamesItsArchive();

private:
    static void types();
    [[nodiscard]] KeyEdit deletion(std::optional<std::uint64_t> length) const
    {
        KeyEdit edit{"k", DeleteKey{}, SeenExpiry{}, m_server->command({"TYPE", "k"})};
        edit.seenLength = length;
        return edit;
    }
    /// With the content as a window has it by now.
    [[nodiscard]] KeyEdit deletionOfSeen(std::uint64_t length)
    {
        KeyEdit edit = deletion(length);
        ValuePageRequest request;
        request.key = "k";
        request.type = keyTypeFromName(edit.seenType);
        const auto page = fetchValuePage(*m_lane, request, {});
        [&] { QVERIFY(page && !page->rows.empty()); }();
        std::vector<std::uint64_t> numbers;
        for (std::size_t row = 0; page && row < page->rows.size(); ++row) {
            numbers.push_back(page->numberOf(row));
        }
        edit.seenContent = seenContent(request.type, page ? page->rows : std::vector<ValueRow>(), numbers);
        return edit;
    }
    [[nodiscard]] Result<EditOutcome> apply(const KeyEdit& edit) { return applyEdit(*m_lane, edit, m_options, {}); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
    EditOptions m_options;
};

void TestKeyDeletions::initTestCase()
{
    m_server = RedisServer::start();
    QVERIFY(m_server);
    m_lane = editLane(*m_server);
    m_options = optionsOf(*m_server);
}

void TestKeyDeletions::types()
{
    QTest::addColumn<Commands>("setup"); // of two
    QTest::addColumn<Commands>("meanwhile");
    const auto row = [](const char* name, const Args& setup, const Args& meanwhile) {
        QTest::addRow("%s", name) << Commands{setup} << Commands{meanwhile};
    };
    row("string", {"SET", "k", "ab"}, {"APPEND", "k", "c"});
    row("hash", {"HSET", "k", "f", "1", "g", "2"}, {"HSET", "k", "h", "3"});
    row("list", {"RPUSH", "k", "a", "b"}, {"LPOP", "k"});
    row("set", {"SADD", "k", "a", "b"}, {"SADD", "k", "c"});
    row("sorted set", {"ZADD", "k", "1", "a", "2", "b"}, {"ZREM", "k", "a"});
    QTest::addRow("stream") << Commands{{"XADD", "k", "1-1", "f", "v"}, {"XADD", "k", "2-1", "f", "v"}}
                            << Commands{{"XADD", "k", "3-1", "f", "v"}};
}

void TestKeyDeletions::aKeyThatIsAsSeenGoes()
{
    QFETCH(const Commands, setup);
    for (const Args& each : setup) {
        m_server->command(each);
    }
    QCOMPARE(told(apply(deletion(2))), u"Done"_s);
    QCOMPARE(m_server->command({"EXISTS", "k"}), std::string("0"));
}

void TestKeyDeletions::aKeyOfAnotherLengthStays()
{
    QFETCH(const Commands, setup);
    QFETCH(const Commands, meanwhile);
    for (const Args& each : setup) {
        m_server->command(each);
    }
    for (const Args& each : meanwhile) {
        m_server->command(each);
    }
    const KeyEdit edit = deletion(2);
    const auto outcome = apply(edit);
    QCOMPARE(told(outcome), u"Conflict"_s);
    QVERIFY(outcome->now.length && *outcome->now.length != 2);
    QVERIFY(isAnotherThanSeen(edit, outcome->now));
    const QString text = outcomeText(edit, *outcome);
    QVERIFY2(text.contains(u"was changed"_s) && text.contains(u"not deleted"_s), qPrintable(text));
    QCOMPARE(m_server->command({"EXISTS", "k"}), std::string("1"));
    const auto again = overwriting(edit, outcome->now); // as it is now
    QVERIFY(again);
    QCOMPARE(told(apply(*again)), u"Done"_s);
    QCOMPARE(m_server->command({"EXISTS", "k"}), std::string("0"));
}

void TestKeyDeletions::aKeyOfOtherContentStays_data()
{
    QTest::addColumn<Commands>("setup"); // of two
    QTest::addColumn<Commands>("meanwhile");
    QTest::addRow("string") << Commands{{"SET", "k", "ab"}} << Commands{{"SETRANGE", "k", "1", "c"}};
    QTest::addRow("hash") << Commands{{"HSET", "k", "f", "1", "g", "2"}} << Commands{{"HSET", "k", "g", "3"}};
    QTest::addRow("another field") << Commands{{"HSET", "k", "f", "1", "g", "2"}}
                                   << Commands{{"HDEL", "k", "g"}, {"HSET", "k", "h", "2"}};
    QTest::addRow("list") << Commands{{"RPUSH", "k", "a", "b"}} << Commands{{"LSET", "k", "1", "c"}};
    QTest::addRow("list turned around") << Commands{{"RPUSH", "k", "a", "b"}} << Commands{{"RPOPLPUSH", "k", "k"}};
    QTest::addRow("set") << Commands{{"SADD", "k", "a", "b"}} << Commands{{"SREM", "k", "a"}, {"SADD", "k", "c"}};
    QTest::addRow("sorted set") << Commands{{"ZADD", "k", "1", "a", "0.1", "b"}}
                                << Commands{{"ZADD", "k", "0.10000000000000002", "b"}};
    QTest::addRow("infinite score") << Commands{{"ZADD", "k", "1", "a", "inf", "b"}}
                                    << Commands{{"ZADD", "k", "-inf", "b"}};
    QTest::addRow("stream") << Commands{{"XADD", "k", "1-1", "f", "v"}, {"XADD", "k", "2-1", "f", "v"}}
                            << Commands{{"XDEL", "k", "1-1"}, {"XADD", "k", "3-1", "f", "v"}};
    QTest::addRow("stream made anew") << Commands{{"XADD", "k", "1-1", "f", "v"}, {"XADD", "k", "2-1", "f", "v"}}
                                      << Commands{{"DEL", "k"}, {"XADD", "k", "1-1", "f", "v"},
                                             {"XADD", "k", "2-1", "f", "w"}};
}

/// Of the same type and length, and with the same end.
void TestKeyDeletions::aKeyOfOtherContentStays()
{
    QFETCH(const Commands, setup);
    QFETCH(const Commands, meanwhile);
    const auto run = [&](const Commands& commands) {
        for (const Args& each : commands) {
            QVERIFY(!m_server->command(each).starts_with("-"));
        }
    };
    run(setup);
    const KeyEdit same = deletionOfSeen(2);
    QCOMPARE(told(apply(same)), u"Done"_s);
    run(setup);
    const KeyEdit edit = deletionOfSeen(2);
    run(meanwhile);
    const auto outcome = apply(edit);
    QCOMPARE(told(outcome), u"Conflict"_s);
    QVERIFY(isAnotherThanSeen(edit, outcome->now));
    QVERIFY(outcomeText(edit, *outcome).contains(u"not deleted"_s));
    QCOMPARE(m_server->command({"EXISTS", "k"}), std::string("1"));
    const auto again = overwriting(edit, outcome->now); // whatever it is now
    QVERIFY(again);
    QCOMPARE(told(apply(*again)), u"Done"_s);
    QCOMPARE(m_server->command({"EXISTS", "k"}), std::string("0"));
}

/// Not by an index for each element, to which the server walks anew.
void TestKeyDeletions::aListIsAskedForByStretches()
{
    m_server->fill(300, [](std::size_t n) { return Args{"RPUSH", "k", "e" + std::to_string(n)}; });
    std::vector<ValueRow> rows;
    std::vector<std::uint64_t> numbers;
    for (std::uint64_t at = 0; at < 300; ++at) {
        if (at < 100 || at >= 200) { // what is between was not read
            rows.push_back({ValueCell("e" + std::to_string(at))});
            numbers.push_back(at);
        }
    }
    KeyEdit edit = deletion(300);
    edit.seenContent = seenContent(KeyType::List, rows, numbers);
    QCOMPARE(contentReads("k", *edit.seenContent).size(), std::size_t{2});
    m_server->command({"LSET", "k", "250", "theirs"});
    QCOMPARE(told(apply(edit)), u"Conflict"_s);
    m_server->command({"LSET", "k", "250", "e250"});
    m_server->command({"LSET", "k", "150", "theirs"});
    QCOMPARE(told(apply(edit)), u"Done"_s);
    QCOMPARE(m_server->command({"EXISTS", "k"}), std::string("0"));
}

void TestKeyDeletions::longValuesAreComparedByTheirLength()
{
    m_server->command({"HSET", "k", "f", "1", "long", std::string(100'000, 'x')});
    const KeyEdit edit = deletionOfSeen(2);
    m_server->command({"HSET", "k", "long", std::string(100'001, 'x')});
    QCOMPARE(told(apply(edit)), u"Conflict"_s);
    m_server->command({"HSET", "k", "long", std::string(100'000, 'x')});
    QCOMPARE(told(apply(edit)), u"Done"_s);
}

void TestKeyDeletions::contentThatMayNotBeAskedForIsNotCompared()
{
    const auto server = RedisServer::start(ServerOptions{.aclLines = {u"user bob on >pw ~* &* +@all -hget"_s}});
    server->command({"HSET", "k", "f", "1"});
    const auto lane = editLane(*server, u"bob"_s);
    KeyEdit edit{"k", DeleteKey{}, SeenExpiry{}, "hash"};
    edit.seenContent = seenContent(KeyType::Hash, {{ValueCell("f"), ValueCell("other")}}, {});
    QCOMPARE(told(applyEdit(*lane, edit, m_options, {})), u"Done"_s);
}

void TestKeyDeletions::aKeyWithAnotherEndStays_data()
{
    QTest::addColumn<bool>("hadEnd");
    QTest::addColumn<bool>("hasEnd");
    QTest::addRow("it got one") << false << true;
    QTest::addRow("it has none any more") << true << false;
    QTest::addRow("it got another") << true << true;
}

void TestKeyDeletions::aKeyWithAnotherEndStays()
{
    QFETCH(const bool, hadEnd);
    QFETCH(const bool, hasEnd);
    m_server->command({"SET", "k", "ab"});
    KeyEdit edit = deletion(2);
    const auto seen = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()) + std::chrono::hours(1);
    edit.seenExpiry = hadEnd ? SeenExpiry{seen} : SeenExpiry{};
    if (hasEnd) {
        m_server->command({"PEXPIRE", "k", "7200000"});
    }
    const auto outcome = apply(edit);
    QCOMPARE(told(outcome), u"Conflict"_s);
    QVERIFY(isAnotherThanSeen(edit, outcome->now));
    QCOMPARE(m_server->command({"GET", "k"}), std::string("ab"));
    const auto again = overwriting(edit, outcome->now);
    QVERIFY(again);
    QCOMPARE(told(apply(*again)), u"Done"_s);
}

void TestKeyDeletions::aKeyWhoseLengthMayNotBeAskedFor()
{
    const auto server = RedisServer::start(ServerOptions{.aclLines = {u"user bob on >pw ~* &* +@all -strlen"_s}});
    server->command({"SET", "k", "ab"});
    const auto lane = editLane(*server, u"bob"_s);
    KeyEdit edit{"k", DeleteKey{}, SeenExpiry{}, "string"};
    edit.seenLength = 2;
    QCOMPARE(told(applyEdit(*lane, edit, m_options, {})), u"Done"_s);
}

/// After it has grown and shrunk a hash table gives its elements in another order; the value is what was archived.
/// Which order that is the server's seed and the names of the fields decide: it may be the same by chance.
void TestKeyDeletions::aTableOfAnotherOrderIsTheSame()
{
    const auto dump = [this] {
        const auto reply = m_lane->call(Command{"DUMP", "k"}, {});
        return reply ? reply->text : std::string();
    };
    for (int round = 0; round < 20; ++round) {
        const auto fieldOf = [round](int at) { return "field:" + std::to_string(round) + ':' + std::to_string(at); };
        const auto add = [&](int from, int to) {
            Args fields{"HSET", "k"};
            for (int at = from; at < to; ++at) {
                fields.push_back(fieldOf(at));
                fields.push_back(std::to_string(at));
            }
            m_server->command(fields);
        };
        m_server->command({"DEL", "k"});
        add(0, 600);
        KeyEdit edit{"k", DeleteKey{}, SeenExpiry{}, "hash"};
        edit.seenDump = dump();
        add(600, 6000);
        Args gone{"HDEL", "k"};
        for (int at = 600; at < 6000; ++at) {
            gone.push_back(fieldOf(at));
        }
        m_server->command(gone);
        const std::string after = dump();
        QVERIFY(!edit.seenDump->empty() && !after.empty());
        if (after != *edit.seenDump) {
            QCOMPARE(told(apply(edit)), u"Done"_s);
            return;
        }
    }
    QFAIL("the table had its order back each time, so nothing was tried");
}

/// The line was lost, and nobody knows whether it was done: what was there stands in the archive.
void TestKeyDeletions::whatMayBeGoneNamesItsArchive()
{
    EditOutcome outcome;
    outcome.status = EditOutcome::Status::Unknown;
    outcome.archiveFile = u"/tmp/edits.kga"_s;
    const QString text = outcomeText(KeyEdit{"k", DeleteKey{}}, outcome);
    QVERIFY2(text.contains(u"undo archive /tmp/edits.kga"_s), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestKeyDeletions)
#include "tst_keydeletions.moc"
