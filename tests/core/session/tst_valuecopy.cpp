// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.h"
#include "core/console/commandwords.h"
#include "core/session/rowscopy.h"
#include "core/session/session.h"
#include "core/session/valuecopy.h"
#include "tests/servers/redisserver.h"

#include <QFutureWatcher>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20000; // ms

std::string allBytes()
{
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

CopiedValue copied(KeyType type, std::vector<std::vector<std::string>> rows)
{
    CopiedValue value;
    value.key = "a key";
    value.type = type;
    for (const auto& cells : rows) {
        ValueRow row;
        for (const std::string& bytes : cells) {
            row.emplace_back(bytes);
        }
        value.rows.push_back(std::move(row));
    }
    return value;
}

std::string textOf(const CopiedValue& value, CopyForm form)
{
    const auto text = copyText(value, form);
    return text ? *text : "failed: " + text.error().detail.toStdString();
}

} // namespace

class TestValueCopy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theCommandsMakeItAgain_data();
    void theCommandsMakeItAgain();
    void fieldsKeepTheirEnds();
    void aStreamWithoutEntries();
    void valuesOfModules();
    void longOnesAreSeveralLines();
    void aTimeToLiveComesWithTheWholeKey();
    void formsOfRows_data();
    void formsOfRows();
    void jsonIsRead();
    void aCellByItself_data();
    void aCellByItself();
    void whatIsNotLoadedIsNotCopied();
    void whatIsTooLargeIsNotCopied();
    void manyRowsAreTheSameTextInPieces_data();
    void manyRowsAreTheSameTextInPieces();
    void copyingManyRowsEndsEarly();
};

void TestValueCopy::theCommandsMakeItAgain_data()
{
    QTest::addColumn<QByteArrayList>("make");
    QTest::addColumn<int>("type");
    const QByteArray any = QByteArray::fromStdString(allBytes());
    QTest::newRow("string") << QByteArrayList{"SET", "key", any} << int(KeyType::String);
    QTest::newRow("empty string") << QByteArrayList{"SET", "key", ""} << int(KeyType::String);
    QTest::newRow("hash") << QByteArrayList{"HSET", "key", any, any, "f", "", "g h", "'\"\\"} << int(KeyType::Hash);
    QTest::newRow("list") << QByteArrayList{"RPUSH", "key", "b", any, "a", "a"} << int(KeyType::List);
    QTest::newRow("set") << QByteArrayList{"SADD", "key", any, "", "Zoë"} << int(KeyType::Set);
    QTest::newRow("sorted set") << QByteArrayList{"ZADD", "key", "0.1", any, "-inf", "low", "1e300", "high", "3", ""}
                                << int(KeyType::SortedSet);
    QTest::newRow("stream") << QByteArrayList{"XADD", "key", "5-7", any, any, "f", ""} << int(KeyType::Stream);
}

/// Through redis-cli where it is installed: it is what the lines are for.
void TestValueCopy::theCommandsMakeItAgain()
{
    QFETCH(const QByteArrayList, make);
    QFETCH(const int, type);
    const auto server = RedisServer::start();
    RedisServer::Args args;
    for (const QByteArray& word : make) {
        args.push_back(word.toStdString());
    }
    server->command(args);
    Profile profile;
    profile.socketPath = server->socketPath();
    Session session(profile);
    session.open();
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == SessionState::Connected, patience);
    const auto read = [&session, type](const std::string& key) {
        ValuePageRequest request;
        request.key = key;
        request.type = static_cast<KeyType>(type);
        auto future = session.loadValuePage(request);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), patience); }();
        auto rows = future.result() ? future.result()->rows : std::vector<ValueRow>();
        const auto first = [](const ValueRow& a, const ValueRow& b) { return a[0].bytes < b[0].bytes; };
        if (request.type == KeyType::Hash || request.type == KeyType::Set) {
            std::sort(rows.begin(), rows.end(), first);
        }
        return rows;
    };
    CopiedValue value;
    value.key = "again " + allBytes();
    value.type = static_cast<KeyType>(type);
    value.rows = read("key");
    QVERIFY(!value.rows.empty() || make.back().isEmpty());
    const auto lines = copyText(value, CopyForm::Command);
    QVERIFY(lines);
    const QString cli = QStandardPaths::findExecutable(u"redis-cli"_s);
    if (!cli.isEmpty()) {
        QProcess process;
        process.start(cli, {u"-s"_s, server->socketPath()});
        process.write(QByteArray::fromStdString(*lines));
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(patience));
        QVERIFY2(!process.readAllStandardOutput().contains("ERR"), lines->c_str());
    } else {
        for (const QByteArray& line : QByteArray::fromStdString(*lines).split('\n')) {
            const auto words = splitCommandLine(line.toStdString());
            QVERIFY(words);
            if (!words->empty()) {
                server->command(*words);
            }
        }
    }
    QVERIFY(read(value.key) == value.rows);
}

void TestValueCopy::fieldsKeepTheirEnds()
{
    CopiedValue value = copied(KeyType::Hash, {{"a", "1"}, {"b c", "2"}, {"d", "3"}, {"e", "4"}});
    const FieldEnd soon{std::chrono::sys_time<Milliseconds>(Milliseconds{1'900'000'000'123}), Milliseconds{1}};
    value.fieldEnds = {soon, std::nullopt, FieldEnd{soon.at + Milliseconds{1}, Milliseconds{2}}, soon};
    QCOMPARE(textOf(value, CopyForm::Command),
        "HSET \"a key\" a 1 \"b c\" 2 d 3 e 4\nHPEXPIREAT \"a key\" 1900000000123 FIELDS 2 a e\n"
        "HPEXPIREAT \"a key\" 1900000000124 FIELDS 1 d\n"s);
}

void TestValueCopy::aStreamWithoutEntries()
{
    CopiedValue value = copied(KeyType::Stream, {});
    QCOMPARE(textOf(value, CopyForm::Command), std::string()); // of no rows
    value.isWholeKey = true;
    QCOMPARE(textOf(value, CopyForm::Command), "XADD \"a key\" MAXLEN 0 * field value\n"s);
    const auto server = RedisServer::start();
    server->command({"XADD", "a key", "MAXLEN", "0", "*", "field", "value"});
    QCOMPARE(server->command({"TYPE", "a key"}), "stream"s);
    QCOMPARE(server->command({"XLEN", "a key"}), "0"s);
}

void TestValueCopy::valuesOfModules()
{
    CopiedValue value = copied(KeyType::Json, {{R"({"a": 1})"}});
    value.isWholeKey = true;
    QCOMPARE(textOf(value, CopyForm::Command), "JSON.SET \"a key\" $ \"{\\\"a\\\": 1}\"\n"s);
    QCOMPARE(textOf(value, CopyForm::Json), R"({"a": 1})"s);
    value.type = KeyType::Other;
    value.rows = {{ValueCell("\xff")}};
    QCOMPARE(textOf(value, CopyForm::Command), "RESTORE \"a key\" 0 \"\\xff\"\n"s);
}

void TestValueCopy::longOnesAreSeveralLines()
{
    CopiedValue value = copied(KeyType::List, {});
    for (int at = 0; at < 250; ++at) {
        value.rows.push_back({ValueCell(std::to_string(at))});
    }
    const std::string lines = textOf(value, CopyForm::Command);
    QCOMPARE(std::count(lines.begin(), lines.end(), '\n'), 3);
    QVERIFY(lines.starts_with("RPUSH \"a key\" 0 1 "));
    QVERIFY(lines.find("RPUSH \"a key\" 200 ") != std::string::npos);
}

void TestValueCopy::aTimeToLiveComesWithTheWholeKey()
{
    CopiedValue value = copied(KeyType::String, {{"v"}});
    value.expiresAt = std::chrono::system_clock::time_point(std::chrono::milliseconds(1'900'000'000'123));
    QCOMPARE(textOf(value, CopyForm::Command), "SET \"a key\" v\n"s);
    value.isWholeKey = true;
    QCOMPARE(textOf(value, CopyForm::Command), "SET \"a key\" v\nPEXPIREAT \"a key\" 1900000000123\n"s);
}

void TestValueCopy::formsOfRows_data()
{
    QTest::addColumn<int>("form");
    QTest::addColumn<QByteArray>("hash");
    QTest::addColumn<QByteArray>("sorted");
    QTest::newRow("text") << int(CopyForm::Text) << QByteArray("f\ta,b\ng\t\xFF\n") << QByteArray("m\t1.5");
    QTest::newRow("hex") << int(CopyForm::Hex) << QByteArray("66\t612C62\n67\tFF0A") << QByteArray("6D\t312E35");
    QTest::newRow("escaped") << int(CopyForm::Escaped) << QByteArray("f\ta,b\ng\t\\xFF\\n") << QByteArray("m\t1.5");
    QTest::newRow("JSON") << int(CopyForm::Json)
                          << QByteArray("[\n  {\"field\": \"f\", \"value\": \"a,b\"},\n  {\"field\": \"g\", \"value\": "
                                        "{\"base64\": \"/wo=\"}}\n]")
                          << QByteArray("[\n  {\"member\": \"m\", \"score\": \"1.5\"}\n]");
    QTest::newRow("CSV") << int(CopyForm::Csv) << QByteArray("f,\"a,b\"\r\ng,\\xFF\\n") << QByteArray("7,m,1.5");
    QTest::newRow("command") << int(CopyForm::Command) << QByteArray("HSET \"a key\" f a,b g \"\\xff\\x0a\"\n")
                             << QByteArray("ZADD \"a key\" 1.5 m\n");
}

void TestValueCopy::formsOfRows()
{
    QFETCH(const int, form);
    QFETCH(const QByteArray, hash);
    QFETCH(const QByteArray, sorted);
    const auto as = static_cast<CopyForm>(form);
    const CopiedValue fields = copied(KeyType::Hash, {{"f", "a,b"}, {"g", "\xFF\n"}});
    QCOMPARE(QByteArray::fromStdString(textOf(fields, as)), hash);
    CopiedValue members = copied(KeyType::SortedSet, {{"m", "1.5"}});
    members.numbers = {7};
    QCOMPARE(QByteArray::fromStdString(textOf(members, as)), sorted);
    if (as == CopyForm::Csv) {
        members.isWholeKey = true;
        QCOMPARE(textOf(members, as), "rank,member,score\r\n7,m,1.5"s);
    }
}

void TestValueCopy::jsonIsRead()
{
    const std::string stream = textOf(copied(KeyType::Stream, {{"1-1", "f", "v", "f", "w"}}), CopyForm::Json);
    const QJsonArray entries = QJsonDocument::fromJson(QByteArray::fromStdString(stream)).array();
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries[0].toObject()[u"id"_s].toString(), u"1-1"_s);
    QCOMPARE(entries[0].toObject()[u"fields"_s].toArray().size(), 2);
    QCOMPARE(textOf(copied(KeyType::List, {}), CopyForm::Json), "[]"s);
    QCOMPARE(textOf(copied(KeyType::String, {{"{\"a\":1}"}}), CopyForm::Json), "\"{\\\"a\\\":1}\""s);
}

void TestValueCopy::aCellByItself_data()
{
    QTest::addColumn<int>("form");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("copied");
    QTest::newRow("text") << int(CopyForm::Text) << QByteArray("a\tb\xFF") << QByteArray("a\tb\xFF");
    QTest::newRow("hex") << int(CopyForm::Hex) << QByteArray("ab") << QByteArray("6162");
    QTest::newRow("escaped") << int(CopyForm::Escaped) << QByteArray("a\n") << QByteArray("a\\n");
    QTest::newRow("JSON") << int(CopyForm::Json) << QByteArray("{\"a\": 1}") << QByteArray("{\"a\": 1}");
    QTest::newRow("no JSON") << int(CopyForm::Json) << QByteArray("a\"b") << QByteArray("\"a\\\"b\"");
    QTest::newRow("CSV") << int(CopyForm::Csv) << QByteArray("a,\"b\"") << QByteArray("\"a,\"\"b\"\"\"");
}

void TestValueCopy::aCellByItself()
{
    QFETCH(const int, form);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, copied);
    const auto text = copyCellText(ValueCell(bytes.toStdString()), static_cast<CopyForm>(form));
    QVERIFY(text);
    QCOMPARE(QByteArray::fromStdString(*text), copied);
}

void TestValueCopy::whatIsNotLoadedIsNotCopied()
{
    CopiedValue value = copied(KeyType::Hash, {{"f", "v"}});
    value.rows[0][1] = ValueCell::placeholder(100'000);
    const auto text = copyText(value, CopyForm::Json);
    QVERIFY(!text && text.error().kind == ErrorKind::Limit);
    QCOMPARE(text.error().subject, u"a key"_s);
    QVERIFY(!copyCellText(value.rows[0][1], CopyForm::Text));
}

void TestValueCopy::whatIsTooLargeIsNotCopied()
{
    const std::string half(largestCopy.value / 2, 'x');
    QVERIFY(copyText(copied(KeyType::List, {{half}, {half}}), CopyForm::Text));
    const auto text = copyText(copied(KeyType::List, {{half}, {half}, {"x"}}), CopyForm::Text);
    QVERIFY(!text && text.error().kind == ErrorKind::Limit);
    QVERIFY2(text.error().detail.contains(sizeText(largestCopy)), qPrintable(text.error().detail));
}

void TestValueCopy::manyRowsAreTheSameTextInPieces_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("rows");
    for (const int rows : {0, 1, 1000, 1001, 3500}) {
        QTest::addRow("hash, %d rows", rows) << int(KeyType::Hash) << rows;
        QTest::addRow("list, %d rows", rows) << int(KeyType::List) << rows;
        QTest::addRow("set, %d rows", rows) << int(KeyType::Set) << rows;
        QTest::addRow("sorted set, %d rows", rows) << int(KeyType::SortedSet) << rows;
        QTest::addRow("stream, %d rows", rows) << int(KeyType::Stream) << rows;
    }
}

void TestValueCopy::manyRowsAreTheSameTextInPieces()
{
    QFETCH(const int, type);
    QFETCH(const int, rows);
    std::vector<std::vector<std::string>> cells;
    for (int row = 0; row < rows; ++row) {
        const std::string number = std::to_string(row);
        if (type == int(KeyType::Stream)) {
            cells.push_back({number + "-1", "field", "a \"value\"", "b", number});
        } else if (type == int(KeyType::Hash) || type == int(KeyType::SortedSet)) {
            cells.push_back({"name " + number, number});
        } else {
            cells.push_back({"element,\n" + number});
        }
    }
    CopiedValue whole = copied(static_cast<KeyType>(type), cells);
    if (type == int(KeyType::List)) {
        for (std::size_t row = 0; row < whole.rows.size(); ++row) {
            whole.numbers.push_back(7 + row);
        }
    }
    RowsToCopy all;
    all.value = copied(static_cast<KeyType>(type), {});
    all.count = whole.rows.size();
    all.add = [&whole](std::size_t row, CopiedValue& to) {
        to.rows.push_back(whole.rows[row]);
        if (!whole.numbers.empty()) {
            to.numbers.push_back(whole.numbers[row]);
        }
    };
    for (const CopyForm form :
        {CopyForm::Text, CopyForm::Hex, CopyForm::Escaped, CopyForm::Command, CopyForm::Json, CopyForm::Csv}) {
        std::string text;
        std::size_t done = 0;
        const auto add = [&text](std::string_view piece) {
            text += piece;
            return ok();
        };
        QVERIFY(copyRows(all, form, {}, add, [&done](std::size_t now) { done = now; }));
        QCOMPARE(done, all.count);
        QCOMPARE(text, textOf(whole, form));
    }
}

void TestValueCopy::copyingManyRowsEndsEarly()
{
    RowsToCopy all;
    all.value = copied(KeyType::Set, {});
    all.count = 5000;
    std::size_t added = 0;
    all.add = [&added](std::size_t row, CopiedValue& to) {
        ++added;
        to.rows.push_back({ValueCell(std::to_string(row))});
    };
    std::stop_source stop;
    const auto stopped = copyRows(
        all, CopyForm::Json, stop.get_token(), [](std::string_view) { return ok(); },
        [&stop](std::size_t) { stop.request_stop(); });
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    QVERIFY(added < all.count);
    added = 0;
    const Error full{ErrorKind::File, {}, u"full"_s};
    const auto refused =
        copyRows(all, CopyForm::Json, {}, [&full](std::string_view) { return Status(full); }, [](std::size_t) {});
    QVERIFY(!refused && refused.error() == full);
    QVERIFY(added < all.count);
}

QTEST_GUILESS_MAIN(TestValueCopy)
#include "tst_valuecopy.moc"
