// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/valuepage.h"
#include "tests/core/value/lanefixture.h"

#include <QObject>
#include <QTest>

#include <map>
#include <set>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

Q_DECLARE_METATYPE(keyglass::KeyType)

using Args = RedisServer::Args;
using Rows = std::vector<std::vector<std::string>>;

namespace {

constexpr std::size_t overCap = 70U * 1024 * 1024; ///< More than one reply may hold.

ValuePageRequest pageOf(const std::string& key, KeyType type)
{
    ValuePageRequest request;
    request.key = key;
    request.type = type;
    return request;
}

/// Each byte value in turn, and a number to tell one from another.
std::string binary(std::size_t n)
{
    return std::string(1, static_cast<char>(n)) + "\r\n\0"s + std::to_string(n);
}

Rows sorted(Rows rows)
{
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

Rows rowsOf(const std::vector<std::string>& flat, std::size_t columns)
{
    Rows rows;
    for (std::size_t i = 0; i + columns <= flat.size(); i += columns) {
        rows.emplace_back(
            flat.begin() + static_cast<std::ptrdiff_t>(i), flat.begin() + static_cast<std::ptrdiff_t>(i + columns));
    }
    return rows;
}

} // namespace

class TestValuePages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pagesGiveTheWholeTruth_data();
    void pagesGiveTheWholeTruth();
    void streamsComeEntryByEntry();
    void stringsComeInSlices();
    void aStringOfAnySizeOpensByItsFirstSlice();
    void scoresAreTheServersText();
    void aHashOfAnySizeOpensWithTheSameCommands();
    void longValuesArePlaceholders_data();
    void longValuesArePlaceholders();
    void aFieldLongerThanAReplyHidesNothingElse_data();
    void aFieldLongerThanAReplyHidesNothingElse();
    void anElementLongerThanAReplyHidesNothingElse();
    void aMemberLongerThanAReplyIsToldOf();
    void pagesAreBoundedInBytes();
    void matchFiltersOnTheServer_data();
    void matchFiltersOnTheServer();
    void aMatchThatHitsNothingComesBack();
    void anyWindowCanBeReadAtOnce();
    void vanishedKeysAreGone_data();
    void vanishedKeysAreGone();
    void anotherTypeIsToldOf();
    void emptyStringAndEmptyStreamAreThere();
    void forbiddenSizeCommandsAreNotFatal_data();
    void forbiddenSizeCommandsAreNotFatal();
    void aForbiddenReadNamesItsCommand();
    void slicesOfStrings();
    void slicesReadWhatWasLeftOut();
    void slicesOfWhatIsGone_data();
    void slicesOfWhatIsGone();
    void aStopEndsAtOnce();

private:
    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
};

void TestValuePages::init()
{
    m_lane.reset();
    m_server = RedisServer::start();
    m_lane = readingLane(*m_server);
}

void TestValuePages::pagesGiveTheWholeTruth_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<int>("elements");
    QTest::addColumn<bool>("numbers");
    QTest::addRow("hash, listpack") << KeyType::Hash << 100 << false;
    QTest::addRow("hash, one page") << KeyType::Hash << 500 << false;
    QTest::addRow("hash, just over a page") << KeyType::Hash << 501 << false;
    QTest::addRow("hash, hashtable") << KeyType::Hash << 11000 << false;
    QTest::addRow("list, one element") << KeyType::List << 1 << false;
    QTest::addRow("list, one page") << KeyType::List << 500 << false;
    QTest::addRow("list, many pages") << KeyType::List << 6001 << false;
    QTest::addRow("set, intset") << KeyType::Set << 400 << true;
    QTest::addRow("set, hashtable") << KeyType::Set << 6000 << false;
    QTest::addRow("sorted set, listpack") << KeyType::SortedSet << 50 << false;
    QTest::addRow("sorted set, skiplist") << KeyType::SortedSet << 6001 << false;
}

void TestValuePages::pagesGiveTheWholeTruth()
{
    QFETCH(KeyType, type);
    QFETCH(int, elements);
    QFETCH(bool, numbers);
    m_server->fill(static_cast<std::size_t>(elements), [&](std::size_t n) -> Args {
        const std::string element = numbers ? std::to_string(n) : binary(n);
        switch (type) {
        case KeyType::Hash:
            return {"HSET", "k", element, binary(n * 7)};
        case KeyType::List:
            return {"RPUSH", "k", element};
        case KeyType::Set:
            return {"SADD", "k", element};
        default:
            return {"ZADD", "k", std::to_string(n % 100), element};
        }
    });
    const std::map<KeyType, Args> truthCommands{{KeyType::Hash, {"HGETALL", "k"}},
        {KeyType::List, {"LRANGE", "k", "0", "-1"}}, {KeyType::Set, {"SMEMBERS", "k"}},
        {KeyType::SortedSet, {"ZRANGE", "k", "0", "-1", "WITHSCORES"}}};
    const bool pairs = type == KeyType::Hash || type == KeyType::SortedSet;
    const Rows truth = rowsOf(m_server->list(truthCommands.at(type)), pairs ? 2 : 1);
    QCOMPARE(truth.size(), static_cast<std::size_t>(elements));

    const WholeRead read = readAll(*m_lane, pageOf("k", type));
    QVERIFY(!read.error && !read.hasGaps);
    const bool ordered = type == KeyType::List || type == KeyType::SortedSet;
    QVERIFY(ordered ? read.rows == truth : sorted(read.rows) == sorted(truth));
    QVERIFY(elements <= 500 ? read.pages == 1 : elements < 6000 || read.pages > 1);
}

void TestValuePages::streamsComeEntryByEntry()
{
    m_server->command({"XADD", "k", "5-18446744073709551615", "a", "1"});
    m_server->command({"XADD", "k", "6-0", "a", "1", "a", "2", "\0\xff"s, ""});
    m_server->fill(2000, [](std::size_t n) { return Args{"XADD", "k", "7-" + std::to_string(n), "f", binary(n)}; });
    const WholeRead read = readAll(*m_lane, pageOf("k", KeyType::Stream));
    QVERIFY(!read.error);
    QCOMPARE(read.rows.size(), std::size_t{2002});
    QCOMPARE(read.rows[0], (std::vector{"5-18446744073709551615"s, "a"s, "1"s}));
    QCOMPARE(read.rows[1], (std::vector{"6-0"s, "a"s, "1"s, "a"s, "2"s, "\0\xff"s, ""s}));
    for (std::size_t n = 0; n < 2000; ++n) {
        QCOMPARE(read.rows[n + 2], (std::vector{"7-" + std::to_string(n), "f"s, binary(n)}));
    }
}

void TestValuePages::stringsComeInSlices()
{
    std::string value;
    for (std::size_t n = 0; value.size() < 200'000; ++n) {
        value += binary(n);
    }
    m_server->command({"SET", "k", value});
    ValuePageRequest request = pageOf("k", KeyType::String);
    request.maxBytes = ByteCount{64 * 1024};
    const WholeRead read = readAll(*m_lane, request);
    std::string joined;
    for (const auto& row : read.rows) {
        joined += row.front();
    }
    QCOMPARE(read.pages, std::size_t{4});
    QVERIFY(joined == value);
}

void TestValuePages::aStringOfAnySizeOpensByItsFirstSlice()
{
    m_server->command({"SETRANGE", "k", std::to_string(128U * 1024 * 1024 - 3), "end"});
    m_server->command({"SETRANGE", "k", "0", "begin"});
    ValuePageRequest request = pageOf("k", KeyType::String);
    request.maxBytes = ByteCount{64 * 1024};
    const auto first = fetchValuePage(*m_lane, request, {});
    QVERIFY(first.has_value());
    QCOMPARE(first->rows.front().front().bytes.size(), std::size_t{64 * 1024});
    QVERIFY(first->rows.front().front().bytes.starts_with("begin"));
    QCOMPARE(first->total.value_or(0), std::uint64_t{128U * 1024 * 1024});
    QVERIFY(!first->complete);
    request.from.offset = *first->total - 3;
    const auto last = fetchValuePage(*m_lane, request, {});
    QVERIFY(last && last->complete);
    QCOMPARE(last->rows.front().front().bytes, "end"s);
    QCOMPARE(m_lane->openings(), std::uint64_t{1});
}

void TestValuePages::scoresAreTheServersText()
{
    const std::vector scores{"0.1"s, "3.1415926535897931"s, "1.7976931348623157e+308"s, "5e-324"s, "inf"s, "-inf"s,
        "9007199254740993"s, "-0.30000000000000004"s, "12345678901234567"s};
    for (const std::string& score : scores) {
        m_server->command({"ZADD", "k", score, "m" + score});
    }
    const WholeRead read = readAll(*m_lane, pageOf("k", KeyType::SortedSet));
    QCOMPARE(read.rows.size(), scores.size());
    for (const auto& row : read.rows) {
        QCOMPARE(row[1], m_server->command({"ZSCORE", "k", row[0]}));
    }
    const auto pi =
        std::find_if(read.rows.begin(), read.rows.end(), [](const auto& row) { return row[0].starts_with("m3.14"); });
    QCOMPARE(std::stod((*pi)[1]), 3.1415926535897931);
}

void TestValuePages::aHashOfAnySizeOpensWithTheSameCommands()
{
    const auto fill = [&](const std::string& key, std::size_t thousands) {
        m_server->fill(thousands, [&](std::size_t n) {
            Args args{"HSET", key};
            for (std::size_t i = 0; i < 1000; ++i) {
                args.push_back("field:" + std::to_string(100'000'000 + n * 1000 + i));
                args.push_back("value:" + std::to_string(100'000'000 + n * 1000 + i));
            }
            return args;
        });
    };
    fill("small", 11); // more than have their names read at once where HSCAN can't leave out values
    fill("large", 200);
    QVERIFY(fetchValueHead(*m_lane, "small", {}).has_value()); // opens the connection
    for (const char* key : {"small", "large"}) {
        const std::uint64_t before = commandsSent(*m_server);
        const auto page = fetchValuePage(*m_lane, pageOf(key, KeyType::Hash), {});
        QVERIFY(page && !page->complete);
        QVERIFY2(page->rows.size() >= 500 && page->rows.size() < 600, std::to_string(page->rows.size()).c_str());
        // A server with HSCAN NOVALUES is asked each field's size besides; without it there is no command per row.
        const std::uint64_t sizes = page->next.namesAlone.value_or(false) ? page->rows.size() : 0;
        const std::uint64_t commands = commandsSent(*m_server) - before - 1 - sizes;
        QVERIFY2(commands <= 12, std::to_string(commands).c_str());
    }
}

void TestValuePages::longValuesArePlaceholders_data()
{
    QTest::addColumn<int>("fields");
    QTest::addRow("hash of one page") << 10;
    QTest::addRow("hash of many pages") << 1500;
}

void TestValuePages::longValuesArePlaceholders()
{
    QFETCH(int, fields);
    m_server->fill(
        static_cast<std::size_t>(fields), [](std::size_t n) { return Args{"HSET", "k", std::to_string(n), "v"}; });
    m_server->command({"HSET", "k", "large", std::string(200'000, 'x')});
    m_server->command({"HSET", "k", "edge", std::string(largestCellInPage.value, 'y')});
    std::map<std::string, ValueCell> cells;
    ValuePageRequest request = pageOf("k", KeyType::Hash);
    for (bool complete = false; !complete;) {
        const auto page = fetchValuePage(*m_lane, request, {});
        QVERIFY(page.has_value());
        for (const ValueRow& row : page->rows) {
            QCOMPARE(row.size(), std::size_t{2});
            cells[row[0].bytes] = row[1];
        }
        complete = page->complete;
        request.from = page->next;
    }
    QCOMPARE(cells.size(), static_cast<std::size_t>(fields) + 2);
    QVERIFY(!cells["large"].isWhole());
    QVERIFY(cells["large"].bytes.empty());
    QCOMPARE(cells["large"].size.value_or(0), std::uint64_t{200'000});
    QVERIFY(cells["edge"].isWhole());
    QCOMPARE(cells["0"].bytes, "v"s);
}

void TestValuePages::aFieldLongerThanAReplyHidesNothingElse_data()
{
    QTest::addColumn<int>("fields");
    QTest::addRow("hash of one page") << 10;
    QTest::addRow("hash of many pages") << 1200;
}

void TestValuePages::aFieldLongerThanAReplyHidesNothingElse()
{
    QFETCH(int, fields);
    m_server->fill(
        static_cast<std::size_t>(fields), [](std::size_t n) { return Args{"HSET", "k", std::to_string(n), "v"}; });
    m_server->command({"HSET", "k", "huge", std::string(overCap, 'x')});
    const WholeRead read = readAll(*m_lane, pageOf("k", KeyType::Hash));
    QVERIFY2(!read.error, read.error ? qPrintable(read.error->detail) : "");
    std::set<std::string> names;
    for (const auto& row : read.rows) {
        names.insert(row.front());
    }
    QVERIFY(names.contains("huge"));
    // Without NOVALUES, what shares the huge field's bucket may be missing, and then it is said so.
    const auto all = static_cast<std::size_t>(fields) + 1;
    QVERIFY2(read.hasGaps ? names.size() + 8 >= all : names.size() == all, std::to_string(names.size()).c_str());
    QCOMPARE(read.placeholders, std::size_t{1});
    const auto slice = fetchValueSlice(*m_lane, {"k", KeyType::Hash, "huge", 0, 0, 100}, {});
    QVERIFY(!slice.has_value());
    QCOMPARE(slice.error().kind, ErrorKind::Limit);
    QVERIFY2(slice.error().detail.contains(sizeText(ByteCount{overCap})), qPrintable(slice.error().detail));
}

void TestValuePages::anElementLongerThanAReplyHidesNothingElse()
{
    for (const int n : {0, 1, 2, 3, 4}) {
        m_server->command({"RPUSH", "k", std::to_string(n)});
    }
    m_server->command({"RPUSH", "k", std::string(overCap, 'x')});
    m_server->fill(600, [](std::size_t n) { return Args{"RPUSH", "k", std::to_string(n + 6)}; });
    const WholeRead read = readAll(*m_lane, pageOf("k", KeyType::List));
    QVERIFY(!read.error);
    QCOMPARE(read.rows.size(), std::size_t{606});
    QCOMPARE(read.placeholders, std::size_t{1});
    for (std::size_t n = 0; n < 606; ++n) {
        QCOMPARE(read.rows[n].front(), n == 5 ? ""s : std::to_string(n));
    }
}

void TestValuePages::aMemberLongerThanAReplyIsToldOf()
{
    m_server->fill(300, [](std::size_t n) { return Args{"SADD", "k", "member" + std::to_string(n)}; });
    m_server->command({"SADD", "k", std::string(overCap, 'x')});
    const WholeRead read = readAll(*m_lane, pageOf("k", KeyType::Set));
    QVERIFY(!read.error);
    QVERIFY(read.hasGaps);
    QVERIFY2(sorted(read.rows).size() >= 292, std::to_string(read.rows.size()).c_str());
}

void TestValuePages::pagesAreBoundedInBytes()
{
    m_server->fill(
        200, [](std::size_t n) { return Args{"RPUSH", "k", std::to_string(n) + std::string(500'000, 'x')}; });
    ValuePageRequest request = pageOf("k", KeyType::List);
    const WholeRead read = readAll(*m_lane, request);
    QCOMPARE(read.rows.size(), std::size_t{200});
    QCOMPARE(read.placeholders, std::size_t{200});
    QVERIFY2(read.largestReceived <= request.maxBytes.value + 1'000'000, std::to_string(read.largestReceived).c_str());
}

void TestValuePages::matchFiltersOnTheServer_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addRow("hash") << KeyType::Hash;
    QTest::addRow("set") << KeyType::Set;
    QTest::addRow("sorted set") << KeyType::SortedSet;
}

void TestValuePages::matchFiltersOnTheServer()
{
    QFETCH(KeyType, type);
    m_server->fill(3000, [&](std::size_t n) -> Args {
        const std::string name = (n % 100 == 0 ? "rare:" : "common:") + std::to_string(n);
        return type == KeyType::Hash ? Args{"HSET", "k", name, "v"}
            : type == KeyType::Set   ? Args{"SADD", "k", name}
                                     : Args{"ZADD", "k", std::to_string(n), name};
    });
    ValuePageRequest request = pageOf("k", type);
    request.match = "rare:*";
    const WholeRead read = readAll(*m_lane, request);
    QVERIFY(!read.error);
    QCOMPARE(sorted(read.rows).size(), std::size_t{30});
    for (const auto& row : read.rows) {
        QVERIFY(row.front().starts_with("rare:"));
    }
}

void TestValuePages::aMatchThatHitsNothingComesBack()
{
    m_server->fill(300, [](std::size_t n) {
        Args args{"SADD", "k"};
        for (std::size_t i = 0; i < 1000; ++i) {
            args.push_back("m" + std::to_string(n * 1000 + i));
        }
        return args;
    });
    ValuePageRequest request = pageOf("k", KeyType::Set);
    request.match = "nothing*";
    const auto page = fetchValuePage(*m_lane, request, {});
    QVERIFY(page.has_value());
    QVERIFY(page->rows.empty() && !page->complete && page->next.offset != 0);
    const WholeRead read = readAll(*m_lane, request);
    QVERIFY(!read.error && read.rows.empty());
}

void TestValuePages::anyWindowCanBeReadAtOnce()
{
    m_server->fill(5000, [](std::size_t n) { return Args{"RPUSH", "l", std::to_string(n)}; });
    m_server->fill(5000, [](std::size_t n) { return Args{"ZADD", "z", std::to_string(n), "m" + std::to_string(n)}; });
    for (const KeyType type : {KeyType::List, KeyType::SortedSet}) {
        ValuePageRequest request = pageOf(type == KeyType::List ? "l" : "z", type);
        request.from.offset = 4321;
        request.maxRows = 3;
        const auto page = fetchValuePage(*m_lane, request, {});
        QVERIFY(page.has_value());
        QCOMPARE(page->firstIndex, std::uint64_t{4321});
        QCOMPARE(page->rows.size(), std::size_t{3});
        QCOMPARE(page->rows.front().back().bytes, "4321"s);
        QVERIFY(!page->complete);
    }
}

void TestValuePages::vanishedKeysAreGone_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addRow("string") << KeyType::String;
    QTest::addRow("hash") << KeyType::Hash;
    QTest::addRow("list") << KeyType::List;
    QTest::addRow("set") << KeyType::Set;
    QTest::addRow("sorted set") << KeyType::SortedSet;
    QTest::addRow("stream") << KeyType::Stream;
}

void TestValuePages::vanishedKeysAreGone()
{
    QFETCH(KeyType, type);
    const auto page = fetchValuePage(*m_lane, pageOf("k", type), {});
    QVERIFY(!page.has_value());
    QCOMPARE(page.error().kind, ErrorKind::Gone);
    QCOMPARE(page.error().subject, QStringLiteral("key k"));
}

void TestValuePages::anotherTypeIsToldOf()
{
    m_server->command({"SADD", "k", "a"});
    const auto page = fetchValuePage(*m_lane, pageOf("k", KeyType::Hash), {});
    QVERIFY(!page.has_value());
    QCOMPARE(page.error().kind, ErrorKind::WrongType);
    QVERIFY(page.error().detail.contains(QStringLiteral("set")));
    const auto slice = fetchValueSlice(*m_lane, {"k", KeyType::Hash, "f", 0, 0, 10}, {});
    QVERIFY(!slice.has_value());
    QCOMPARE(slice.error().kind, ErrorKind::WrongType);
    const auto other = fetchValuePage(*m_lane, pageOf("k", KeyType::Other), {});
    QVERIFY(!other.has_value());
    QCOMPARE(other.error().kind, ErrorKind::Unsupported);
}

void TestValuePages::emptyStringAndEmptyStreamAreThere()
{
    m_server->command({"SET", "s", ""});
    m_server->command({"XGROUP", "CREATE", "x", "g", "$", "MKSTREAM"});
    for (const auto& [key, type] : {std::pair("s", KeyType::String), std::pair("x", KeyType::Stream)}) {
        const auto page = fetchValuePage(*m_lane, pageOf(key, type), {});
        QVERIFY(page.has_value());
        QVERIFY(page->complete && page->rows.empty());
        QCOMPARE(page->total.value_or(1), std::uint64_t{0});
    }
}

void TestValuePages::forbiddenSizeCommandsAreNotFatal_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addRow("no HLEN and no TYPE") << QStringLiteral("+@all -hlen -type");
    QTest::addRow("no HSTRLEN") << QStringLiteral("+@all -hstrlen");
    QTest::addRow("no HKEYS") << QStringLiteral("+@all -hkeys");
    QTest::addRow("no HMGET") << QStringLiteral("+@all -hmget");
    QTest::addRow("nothing but HSCAN") << QStringLiteral("-@all +hscan");
}

void TestValuePages::forbiddenSizeCommandsAreNotFatal()
{
    QFETCH(QString, rule);
    ServerOptions options;
    options.aclLines = {QStringLiteral("user bob on >pw ~* ") + rule};
    const auto server = RedisServer::start(options);
    const auto lane = readingLane(*server, QStringLiteral("bob"));
    for (const std::size_t fields : {std::size_t{20}, std::size_t{1500}}) {
        const std::string key = std::to_string(fields);
        server->fill(fields, [&](std::size_t n) { return Args{"HSET", key, binary(n), binary(n * 7)}; });
        const WholeRead read = readAll(*lane, pageOf(key, KeyType::Hash));
        QVERIFY2(!read.error, read.error ? qPrintable(read.error->detail) : "");
        QVERIFY(sorted(read.rows) == sorted(rowsOf(server->list({"HGETALL", key}), 2)));
    }
}

void TestValuePages::aForbiddenReadNamesItsCommand()
{
    ServerOptions options;
    options.aclLines = {QStringLiteral("user bob on >pw ~* +@all -lrange")};
    const auto server = RedisServer::start(options);
    server->command({"RPUSH", "k", "a"});
    const auto lane = readingLane(*server, QStringLiteral("bob"));
    const auto page = fetchValuePage(*lane, pageOf("k", KeyType::List), {});
    QVERIFY(!page.has_value());
    QCOMPARE(page.error().kind, ErrorKind::Permission);
    QVERIFY2(page.error().detail.startsWith(QStringLiteral("LRANGE")), qPrintable(page.error().detail));
}

void TestValuePages::slicesOfStrings()
{
    m_server->command({"SET", "k", "0123456789"});
    const auto slice = [&](std::uint64_t offset, std::uint64_t length) {
        const auto bytes = fetchValueSlice(*m_lane, {"k", KeyType::String, {}, 0, offset, length}, {});
        return bytes ? *bytes : "failed"s;
    };
    QCOMPARE(slice(0, 4), "0123"s);
    QCOMPARE(slice(8, 100), "89"s);
    QCOMPARE(slice(10, 5), ""s);
    QCOMPARE(slice(1'000'000, 5), ""s);
    QCOMPARE(slice(3, 0), ""s);
}

void TestValuePages::slicesReadWhatWasLeftOut()
{
    const std::string large = "begin" + std::string(300'000, '\0') + "end";
    m_server->command({"HSET", "h", "\xff"s, large});
    m_server->command({"RPUSH", "l", "a", large});
    m_server->command({"ZADD", "z", "1", "a", "2", large});
    m_server->command({"XADD", "x", "1-1", "f", large, "g", "small"});
    const std::vector<ValueSliceRequest> requests{{"h", KeyType::Hash, "\xff"}, {"l", KeyType::List, {}, 1},
        {"z", KeyType::SortedSet, {}, 1}, {"x", KeyType::Stream, "1-1", 2}};
    for (ValueSliceRequest request : requests) {
        const auto whole = fetchValueSlice(*m_lane, request, {});
        QVERIFY(whole.has_value());
        QVERIFY(*whole == large);
        request.offset = large.size() - 3;
        request.length = 3;
        QCOMPARE(fetchValueSlice(*m_lane, request, {}).value_or(""s), "end"s);
    }
}

void TestValuePages::slicesOfWhatIsGone_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<QByteArray>("name");
    QTest::addRow("no string") << QByteArray("none") << KeyType::String << QByteArray();
    QTest::addRow("no hash") << QByteArray("none") << KeyType::Hash << QByteArray("f");
    QTest::addRow("no field") << QByteArray("h") << KeyType::Hash << QByteArray("other");
    QTest::addRow("no element") << QByteArray("l") << KeyType::List << QByteArray();
    QTest::addRow("no rank") << QByteArray("z") << KeyType::SortedSet << QByteArray();
    QTest::addRow("no entry") << QByteArray("x") << KeyType::Stream << QByteArray("9-9");
    QTest::addRow("no such field of the entry") << QByteArray("x") << KeyType::Stream << QByteArray("1-1");
}

void TestValuePages::slicesOfWhatIsGone()
{
    QFETCH(QByteArray, key);
    QFETCH(KeyType, type);
    QFETCH(QByteArray, name);
    m_server->command({"HSET", "h", "f", "v"});
    m_server->command({"RPUSH", "l", "a"});
    m_server->command({"ZADD", "z", "1", "a"});
    m_server->command({"XADD", "x", "1-1", "f", "v"});
    const auto slice = fetchValueSlice(*m_lane, {key.toStdString(), type, name.toStdString(), 5, 0, 10}, {});
    QVERIFY(!slice.has_value());
    QCOMPARE(slice.error().kind, ErrorKind::Gone);
}

void TestValuePages::aStopEndsAtOnce()
{
    m_server->command({"RPUSH", "k", "a"});
    std::stop_source source;
    source.request_stop();
    const auto page = fetchValuePage(*m_lane, pageOf("k", KeyType::List), source.get_token());
    QVERIFY(!page.has_value());
    QCOMPARE(page.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestValuePages)
#include "tst_valuepages.moc"
