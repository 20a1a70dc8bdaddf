// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/stringload.h"
#include "tests/core/edit/editclusterfixture.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto piece = static_cast<std::size_t>(pieceOfStringLoad);

/// Bytes that are other ones everywhere.
std::string bytesOf(std::size_t size)
{
    std::string bytes(size, '\0');
    for (std::size_t at = 0; at < size; ++at) {
        bytes[at] = static_cast<char>((at * 31 + at / 253) % 256);
    }
    return bytes;
}

StringLoad::Seen seenAs(const std::string& bytes)
{
    return {bytes.size(), std::make_shared<const std::string>(bytes), {}};
}

/// A line that is lost once the server has carried out the transaction that ends so.
class LosingLane : public LaneView {
public:
    LosingLane(std::unique_ptr<Lane> lane, std::string_view second)
        : LaneView(*lane)
        , m_owned(std::move(lane))
        , m_first(second)
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(commands, std::move(stop));
        if (commands.front().name() == m_first) {
            close();
            return Error{ErrorKind::Network, {}, u"lost"_s};
        }
        return replies;
    }
    std::unique_ptr<Lane> confirmed(Confirmation confirmation) override
    {
        return std::make_unique<LosingLane>(LaneView::confirmed(std::move(confirmation)), m_first);
    }

private:
    std::unique_ptr<Lane> m_owned;
    std::string_view m_first;
};

} // namespace

/// Files that become strings, piece by piece.
class TestStringLoad : public EditClusterFixture {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void takesTheStringsPlace_data();
    void takesTheStringsPlace();
    void comparesWithWhatWasSeen_data();
    void comparesWithWhatWasSeen();
    void noticesWhatOthersDoMeanwhile_data();
    void noticesWhatOthersDoMeanwhile();
    void overwritesOnlyWhatTheUserHeardOf();
    void leavesNothingWhereItEndsEarly_data();
    void leavesNothingWhereItEndsEarly();
    void isRefusedAsAWhole_data();
    void isRefusedAsAWhole();
    void aFileThatChangesIsNotLoaded();
    void tellsWhatBecameOfALostLine_data();
    void tellsWhatBecameOfALostLine();
    void itsTemporaryKeyEndsByItself();
    void staysInItsSlot_data();
    void staysInItsSlot();

private:
    using Hook = HookedLane::Hook;

    [[nodiscard]] QString file(const std::string& content) const;
    [[nodiscard]] Result<StringLoaded> load(
        const StringLoad& what, std::unique_ptr<Lane> watching,
        const std::function<void(std::uint64_t)>& progressed = [](std::uint64_t) { }, std::stop_token stop = {});
    [[nodiscard]] Result<StringLoaded> load(const StringLoad& what, const Hook& hook)
    {
        return load(what, std::make_unique<HookedLane>(editLane(*m_server), hook));
    }
    [[nodiscard]] std::string leftOvers() { return m_server->command({"KEYS", "*keyglass-*"}); }
    [[nodiscard]] static QString toldOf(const Result<StringLoaded>& end)
    {
        return end ? told(end->outcome) : errorText(end.error());
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_user;
    GateRules m_rules;
};

void TestStringLoad::init()
{
    m_server = RedisServer::start();
    m_folder = std::make_unique<QTemporaryDir>();
    m_user.clear();
    m_rules = {};
    m_server->command({"SET", "text", "as it was", "EX", "5000"});
}

void TestStringLoad::cleanup()
{
    m_server.reset();
    m_folder.reset();
}

QString TestStringLoad::file(const std::string& content) const
{
    QFile file(m_folder->filePath(u"value.bin"_s));
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(content)) >= 0;
    return isWritten ? file.fileName() : QString();
}

Result<StringLoaded> TestStringLoad::load(const StringLoad& what, std::unique_ptr<Lane> watching,
    const std::function<void(std::uint64_t)>& progressed, std::stop_token stop)
{
    EditLanes watchingLanes(std::move(watching));
    EditLanes writingLanes(editLane(*m_server, m_user, m_rules));
    return loadString({watchingLanes, writingLanes}, what, optionsOf(*m_server), stop, progressed);
}

void TestStringLoad::takesTheStringsPlace_data()
{
    QTest::addColumn<std::size_t>("size");
    QTest::addColumn<bool>("ends");
    QTest::addColumn<std::size_t>("before");
    QTest::newRow("an empty file") << std::size_t{0} << true << std::size_t{9};
    QTest::newRow("one byte") << std::size_t{1} << false << std::size_t{9};
    QTest::newRow("one piece") << piece << true << std::size_t{9};
    QTest::newRow("pieces and a rest") << 3 * piece + 7 << true << std::size_t{9};
    QTest::newRow("in place of an empty string") << 2 * piece << false << std::size_t{0};
    QTest::newRow("in place of a long string") << std::size_t{10} << true << 9 * piece + 1;
}

void TestStringLoad::takesTheStringsPlace()
{
    QFETCH(const std::size_t, size);
    QFETCH(const bool, ends);
    QFETCH(const std::size_t, before);
    const std::string content = bytesOf(size);
    const std::string there(before, 'b');
    m_server->command({"SET", "text", there});
    m_server->command(ends ? Args{"PEXPIREAT", "text", "4000000000123"} : Args{"PERSIST", "text"});
    std::uint64_t last = 0;
    const auto end =
        load({"text", file(content), seenAs(there), {}}, editLane(*m_server), [&](std::uint64_t done) { last = done; });
    QCOMPARE(toldOf(end), u"Done"_s);
    QVERIFY(!end->outcome.expiryChanged);
    QCOMPARE(end->bytes, size);
    QCOMPARE(last, size + before);
    QVERIFY(m_server->command({"GET", "text"}) == content);
    QCOMPARE(m_server->command({"DBSIZE"}), "1"s);
    const auto left = std::stoll(m_server->command({"PTTL", "text"}));
    QCOMPARE(left > 0, ends);
    if (ends) { // to the millisecond where the server tells its end so
        const auto at = m_server->command({"PEXPIRETIME", "text"});
        QVERIFY2(at.starts_with('-') || at == "4000000000123", at.c_str());
    }
}

void TestStringLoad::comparesWithWhatWasSeen_data()
{
    QTest::addColumn<std::string>("there");
    QTest::addColumn<QString>("told");
    QTest::newRow("the same") << "0123456789"s << u"Done"_s;
    QTest::newRow("another beginning") << "0123x56789"s << u"Conflict"_s;
    QTest::newRow("longer") << "0123456789+"s << u"Conflict"_s;
    QTest::newRow("shorter than what was read of it") << "0123"s << u"Conflict"_s;
    QTest::newRow("other bytes where nobody looked") << "01234xxxxx"s << u"Done"_s;
}

void TestStringLoad::comparesWithWhatWasSeen()
{
    QFETCH(const std::string, there);
    QFETCH(const QString, told);
    m_server->command({"SET", "text", there});
    const StringLoad what{"text", file("new"), {10, std::make_shared<const std::string>("01234"), {}}, {}};
    const auto end = load(what, editLane(*m_server));
    QCOMPARE(toldOf(end), told);
    QCOMPARE(m_server->command({"GET", "text"}), told == u"Done" ? "new"s : there);
    QCOMPARE(m_server->command({"DBSIZE"}), "1"s);
    if (told == u"Conflict") {
        QCOMPARE(end->outcome.now.length, std::optional<std::uint64_t>(there.size()));
        QVERIFY(m_server->command({"INFO", "commandstats"}).find("cmdstat_setrange") == std::string::npos);
    }
}

void TestStringLoad::noticesWhatOthersDoMeanwhile_data()
{
    QTest::addColumn<std::vector<Args>>("others");
    QTest::addColumn<bool>("always");
    QTest::addColumn<QString>("told");
    QTest::addColumn<std::string>("now"); ///< Of a string that stays.
    using Commands = std::vector<Args>;
    QTest::newRow("nothing") << Commands{} << false << u"Done"_s << ""s;
    QTest::newRow("the same bytes again")
        << Commands{{"SET", "text", "as it was", "KEEPTTL"}} << false << u"Done"_s << ""s;
    QTest::newRow("its time to live") << Commands{{"EXPIRE", "text", "9000"}} << false << u"Done"_s << ""s;
    QTest::newRow("that it ends at all") << Commands{{"PERSIST", "text"}} << false << u"Done"_s << ""s;
    QTest::newRow("other bytes") << Commands{{"SET", "text", "as it is."}} << false << u"Conflict"_s << "as it is."s;
    QTest::newRow("one byte more") << Commands{{"APPEND", "text", "!"}} << false << u"Conflict"_s << "as it was!"s;
    QTest::newRow("it goes") << Commands{{"DEL", "text"}} << false << u"Gone"_s << ""s;
    QTest::newRow("another type") << Commands{{"DEL", "text"}, {"HSET", "text", "a", "1"}} << false << u"WrongType"_s
                                  << ""s;
    QTest::newRow("touched all the time")
        << Commands{{"SET", "text", "as it was"}} << true << u"TooBusy"_s << "as it was"s;
    QTest::newRow("the line of the watch")
        << Commands{{"CLIENT", "KILL", "TYPE", "normal"}} << false << u"Done"_s << ""s;
    QTest::newRow("the line of the watch, then other bytes")
        << Commands{{"CLIENT", "KILL", "TYPE", "normal"}, {"SET", "text", "as it is."}} << false << u"Conflict"_s
        << "as it is."s;
}

void TestStringLoad::noticesWhatOthersDoMeanwhile()
{
    QFETCH(const std::vector<Args>, others);
    QFETCH(const bool, always);
    QFETCH(const QString, told);
    QFETCH(const std::string, now);
    const std::string content = bytesOf(2 * piece + 1);
    int looks = 0;
    const Hook meddle = [&](const Command& last) { // once all is written, before the transaction begins
        if (last.name() == "MULTI" && (looks++ == 0 || always)) {
            for (const Args& command : others) {
                m_server->command(command);
            }
        }
    };
    const Milliseconds left{std::stoll(m_server->command({"PTTL", "text"}))};
    const SeenExpiry seen{std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()) + left};
    const auto end = load({"text", file(content), seenAs("as it was"), seen}, meddle);
    QCOMPARE(toldOf(end), told);
    QVERIFY(looks > 0);
    QCOMPARE(leftOvers(), ""s);
    if (told == u"Done") {
        QVERIFY(m_server->command({"GET", "text"}) == content);
        const bool isEndless = std::stoll(m_server->command({"PTTL", "text"})) == -1;
        QCOMPARE(isEndless, !others.empty() && others.front().front() == "PERSIST");
        const bool hasAnotherEnd = isEndless || (!others.empty() && others.front().front() == "EXPIRE");
        QCOMPARE(end->outcome.expiryChanged, hasAnotherEnd);
    } else if (!now.empty()) {
        QCOMPARE(m_server->command({"GET", "text"}), now);
    }
}

void TestStringLoad::overwritesOnlyWhatTheUserHeardOf()
{
    m_server->command({"SET", "text", "another's"});
    StringLoad what{"text", file("mine"), seenAs("as it was"), {}};
    const auto refused = load(what, editLane(*m_server));
    QCOMPARE(toldOf(refused), u"Conflict"_s);
    what.seen = {refused->outcome.now.length, nullptr, refused->digest};
    m_server->command({"SET", "text", "a third's"}); // as long
    QCOMPARE(toldOf(load(what, editLane(*m_server))), u"Conflict"_s);
    QCOMPARE(m_server->command({"GET", "text"}), "a third's"s);
    m_server->command({"SET", "text", "another's"});
    QCOMPARE(toldOf(load(what, editLane(*m_server))), u"Done"_s);
    QCOMPARE(m_server->command({"GET", "text"}), "mine"s);
}

void TestStringLoad::leavesNothingWhereItEndsEarly_data()
{
    QTest::addColumn<std::uint64_t>("after"); ///< Bytes that went by.
    QTest::newRow("while the string is read") << std::uint64_t{1};
    QTest::newRow("between two pieces") << std::uint64_t{2 * piece};
    QTest::newRow("after the last piece") << std::uint64_t{4 * piece + 9};
}

void TestStringLoad::leavesNothingWhereItEndsEarly()
{
    QFETCH(const std::uint64_t, after);
    std::stop_source stop;
    const auto end = load(
        {"text", file(bytesOf(4 * piece)), seenAs("as it was"), {}}, editLane(*m_server),
        [&](std::uint64_t done) {
            if (done >= after) {
                stop.request_stop();
            }
        },
        stop.get_token());
    QVERIFY(!end);
    QCOMPARE(end.error().kind, ErrorKind::Cancelled);
    QCOMPARE(m_server->command({"GET", "text"}), "as it was"s);
    QCOMPARE(leftOvers(), ""s);
}

void TestStringLoad::isRefusedAsAWhole_data()
{
    QTest::addColumn<Args>("setting");
    QTest::addColumn<QString>("user");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("longer than the server takes")
        << Args{"CONFIG", "SET", "proto-max-bulk-len", "1048576"} << QString() << ErrorKind::Limit;
    QTest::newRow("longer than a server takes that does not tell")
        << Args{"CONFIG", "SET", "proto-max-bulk-len", "1048576"} << u"quiet"_s << ErrorKind::Server;
    QTest::newRow("no memory left") << Args{"CONFIG", "SET", "maxmemory", "1"} << QString() << ErrorKind::Server;
    QTest::newRow("another name is forbidden") << Args{} << u"narrow"_s << ErrorKind::Permission;
    QTest::newRow("a connection to read only") << Args{} << QString() << ErrorKind::ReadOnly;
    QTest::newRow("production asks first") << Args{} << QString() << ErrorKind::Confirm;
}

void TestStringLoad::isRefusedAsAWhole()
{
    QFETCH(const Args, setting);
    QFETCH(const QString, user);
    QFETCH(const ErrorKind, kind);
    m_server->command({"ACL", "SETUSER", "narrow", "on", ">pw", "~text", "+@all"});
    m_server->command({"ACL", "SETUSER", "quiet", "on", ">pw", "~*", "+@all", "-config"});
    m_user = user;
    m_rules.readOnly = kind == ErrorKind::ReadOnly;
    m_rules.environment = kind == ErrorKind::Confirm ? Environment::Production : Environment::Development;
    if (!setting.empty()) {
        QCOMPARE(m_server->command(setting), "OK"s);
    }
    const auto end =
        load({"text", file(bytesOf(2 * piece)), seenAs("as it was"), {}}, editLane(*m_server, m_user, m_rules));
    QVERIFY(!end);
    QCOMPARE(end.error().kind, kind);
    QCOMPARE(m_server->command({"GET", "text"}), "as it was"s);
    QCOMPARE(m_server->command({"DBSIZE"}), "1"s);
}

void TestStringLoad::aFileThatChangesIsNotLoaded()
{
    const QString path = file(bytesOf(3 * piece));
    bool isLonger = false;
    const auto end = load({"text", path, seenAs("as it was"), {}}, editLane(*m_server), [&](std::uint64_t done) {
        if (done > piece && !std::exchange(isLonger, true)) {
            QFile more(path);
            QVERIFY(more.open(QIODevice::Append) && more.write("more") == 4);
        }
    });
    QVERIFY(isLonger && !end);
    QCOMPARE(end.error().kind, ErrorKind::File);
    QCOMPARE(m_server->command({"GET", "text"}), "as it was"s);
    QCOMPARE(leftOvers(), ""s);
}

void TestStringLoad::tellsWhatBecameOfALostLine_data()
{
    QTest::addColumn<bool>("isCarriedOut");
    QTest::addColumn<QString>("told");
    QTest::newRow("before the transaction was carried out") << false << u"NotDone"_s;
    QTest::newRow("after it") << true << u"Done"_s;
}

void TestStringLoad::tellsWhatBecameOfALostLine()
{
    QFETCH(const bool, isCarriedOut);
    QFETCH(const QString, told);
    const StringLoad what{"text", file(bytesOf(piece + 5)), seenAs("as it was"), {}};
    bool isCommitting = false;
    const Hook cut = [&](const Command& last) {
        if (last.name() == "EXEC" && std::exchange(isCommitting, false)) {
            m_server->command({"CLIENT", "KILL", "TYPE", "normal"});
        }
        isCommitting = last.name() == "MULTI";
    };
    const auto end =
        isCarriedOut ? load(what, std::make_unique<LosingLane>(editLane(*m_server), "RENAME")) : load(what, cut);
    QCOMPARE(toldOf(end), told);
    QVERIFY(end->outcome.lineWasLost);
    QCOMPARE(m_server->command({"GET", "text"}) == bytesOf(piece + 5), isCarriedOut);
    QVERIFY(std::stoll(m_server->command({"TTL", "text"})) > 4000);
    QCOMPARE(leftOvers(), ""s);
}

/// Whatever ends the program: what is written of a file is there for minutes only.
void TestStringLoad::itsTemporaryKeyEndsByItself()
{
    int pieces = 0;
    const auto end =
        load({"text", file(bytesOf(3 * piece)), seenAs("as it was"), {}}, editLane(*m_server), [&](std::uint64_t done) {
            const std::string temporary = leftOvers();
            if (done > piece) {
                ++pieces;
                const auto left = std::stoll(m_server->command({"PTTL", temporary}));
                QVERIFY2(left > 0 && left <= leftOverAfter.count(), temporary.c_str());
            }
        });
    QCOMPARE(toldOf(end), u"Done"_s);
    QCOMPARE(pieces, 3);
}

void TestStringLoad::staysInItsSlot_data()
{
    QTest::addColumn<std::string>("key");
    QTest::newRow("a plain name") << "plain"s;
    QTest::newRow("a hash tag") << "{tag}:one"s;
    QTest::newRow("an empty hash tag") << "a{}b"s;
    QTest::newRow("a bracket that is not closed") << "a{b"s;
    QTest::newRow("a bracket that was not opened") << "a}b"s;
}

void TestStringLoad::staysInItsSlot()
{
    QFETCH(const std::string, key);
    if (!m_cluster) {
        startCluster();
    }
    emptyCluster();
    QCOMPARE(call({"SET", key, "as it was", "EX", "5000"}), "OK"s);
    const auto map = mapOf();
    EditLanes watching(map);
    EditLanes writing(map);
    const std::string content = bytesOf(2 * piece + 3);
    const auto end = loadString(
        {watching, writing}, {key, file(content), seenAs("as it was"), {}}, m_options, {}, [](std::uint64_t) { });
    QCOMPARE(toldOf(end), u"Done"_s);
    QVERIFY(call({"GET", key}) == content);
    QVERIFY(std::stoll(call({"TTL", key})) > 4000);
    QCOMPARE(serverOf(key).command({"DBSIZE"}), "1"s);
}

QTEST_GUILESS_MAIN(TestStringLoad)
#include "tst_stringload.moc"
