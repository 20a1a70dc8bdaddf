// SPDX-License-Identifier: GPL-3.0-or-later
// Keys as they stand in files: what is written is read again, byte for byte, and what is damaged is named.
#include "core/source/redis/slots.h"
#include "core/transfer/exportfile.h"
#include "core/transfer/partreader.h"
#include "core/transfer/parttext.h"
#include "core/transfer/passingname.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace keyglass;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(keyglass::TransferFormat)

namespace {

const std::string binary("\0\xFF\r\n\"'\\, \xEF\xBB\xBF", 12);

KeyPart partOf(const std::string& key, KeyType type, std::vector<KeyPart::Row> rows)
{
    KeyPart part;
    part.key = key;
    part.type = type;
    part.rows = std::move(rows);
    return part;
}

/// One of every type, with names and values that are no text.
std::vector<KeyPart> sampleKeys()
{
    std::vector<KeyPart> keys;
    keys.push_back(partOf("string", KeyType::String, {{"text"}}));
    keys.push_back(partOf("string:empty", KeyType::String, {{""}}));
    keys.push_back(partOf(binary, KeyType::String, {{binary}}));
    keys.push_back(partOf("", KeyType::List, {{""}, {"a"}, {binary}, {" a b "}}));
    keys.push_back(partOf("mark", KeyType::Set, {{"\xEF\xBB\xBF with a mark"}, {"ü"}, {"{\"base64\": \"YQ==\"}"}}));
    keys.push_back(partOf("hash", KeyType::Hash, {{"f", "v"}, {binary, ""}, {"", binary}}));
    keys.back().fieldEnds = {{binary, Milliseconds{4'102'444'800'123}}};
    keys.push_back(partOf("zset", KeyType::SortedSet, {{"a", "1.5"}, {binary, "-inf"}, {"c", "0.10000000000000001"}}));
    keys.back().expireAt = Milliseconds{4'102'444'800'123};
    keys.push_back(partOf("stream", KeyType::Stream, {{"1-1", "f", "v", binary, ""}, {"1-2", "f", "w"}}));
    return keys;
}

StreamPart groupsOfStream()
{
    GroupPart group{"g", "1-2", 2U, {"me", binary}, {{"1-1", "me", Milliseconds{1'700'000'000'000}, 3}}};
    return {"5-0", 7U, "4-1", {group, {"other", "0-0", {}, {}, {}}}};
}

/// What a file of this text holds; each damaged line stands as "line N".
struct Read {
    std::vector<KeyPart> parts;
    QStringList damaged;
};
Read readBack(const std::string& text, TransferFormat format)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"file"_s);
    QFile file(path);
    static_cast<void>(file.open(QIODevice::WriteOnly));
    file.write(text.data(), static_cast<qint64>(text.size()));
    file.close();
    Read read;
    auto reader = PartReader::open(path, format);
    if (!reader) {
        read.damaged << reader.error().detail;
        return read;
    }
    for (;;) {
        auto part = (*reader)->next();
        if (!part) {
            const auto key = (*reader)->damagedKey();
            read.damaged << u"%1 %2"_s.arg((*reader)->line()).arg(key ? QString::fromStdString(*key) : u"-"_s);
            if ((*reader)->isBroken()) {
                return read;
            }
            continue;
        }
        if (!*part) {
            return read;
        }
        read.parts.push_back(**std::move(part));
    }
}

void addTextFormats()
{
    QTest::addColumn<TransferFormat>("format");
    QTest::addRow("JSON lines") << TransferFormat::JsonLines;
    QTest::addRow("CSV") << TransferFormat::Csv;
    QTest::addRow("commands") << TransferFormat::Commands;
    QTest::addRow("RESP") << TransferFormat::Resp;
}

} // namespace

class TestPartFormats : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areReadAsTheyWereWritten_data() { addTextFormats(); }
    void areReadAsTheyWereWritten();
    void groupsOfStreams_data() { addTextFormats(); }
    void groupsOfStreams();
    void largeKeysComeInParts_data() { addTextFormats(); }
    void largeKeysComeInParts();
    void aByteOrderMarkIsPassedOver_data();
    void aByteOrderMarkIsPassedOver();
    void aDamagedLineCostsItsKey_data();
    void aDamagedLineCostsItsKey();
    void readsTheCsvOfASpreadsheet_data();
    void readsTheCsvOfASpreadsheet();
    void aQuoteThatIsNotClosedIsGivenUp();
    void onlyWhatExportsWriteIsTaken_data();
    void onlyWhatExportsWriteIsTaken();
    void aCutFileIsTold();
    void passingNamesStayInTheirSlot();
    void anExportHasItsNameOnlyWhenItIsWhole();
    void aLargeKeyThatFailsLeavesNothing();
};

void TestPartFormats::areReadAsTheyWereWritten()
{
    QFETCH(const TransferFormat, format);
    const std::vector<KeyPart> keys = sampleKeys();
    std::string text = headText(format);
    for (const KeyPart& key : keys) {
        text += partText(key, format);
    }
    const Read read = readBack(text, format);
    QCOMPARE(read.damaged, QStringList());
    QCOMPARE(read.parts.size(), keys.size());
    for (std::size_t at = 0; at < keys.size(); ++at) {
        QVERIFY2(read.parts[at] == keys[at], partText(read.parts[at], TransferFormat::JsonLines).c_str());
    }
}

void TestPartFormats::groupsOfStreams()
{
    QFETCH(const TransferFormat, format);
    KeyPart full = partOf("full", KeyType::Stream, {{"1-1", "f", "v"}, {"1-2", "f", "w"}});
    KeyPart empty = partOf("empty", KeyType::Stream, {});
    full.stream = groupsOfStream();
    empty.stream = groupsOfStream();
    const Read read = readBack(headText(format) + partText(full, format) + partText(empty, format), format);
    QCOMPARE(read.damaged, QStringList());
    QCOMPARE(read.parts.size(), 2U);
    if (format == TransferFormat::Csv) { // it has no place for them
        full.stream.reset();
        empty.stream.reset();
    }
    QVERIFY2(read.parts[0] == full, partText(read.parts[0], TransferFormat::JsonLines).c_str());
    QVERIFY2(read.parts[1] == empty, partText(read.parts[1], TransferFormat::JsonLines).c_str());
}

/// However the parts are cut: together they are the key.
void TestPartFormats::largeKeysComeInParts()
{
    QFETCH(const TransferFormat, format);
    std::string text = headText(format);
    std::vector<KeyPart::Row> all;
    constexpr int parts = 5;
    for (int number = 0; number < parts; ++number) {
        KeyPart part = partOf("hash", KeyType::Hash, {});
        part.isFirst = number == 0;
        part.isLast = number == parts - 1;
        part.expireAt = Milliseconds{4'102'444'800'123};
        for (int at = 0; at < 700; ++at) {
            part.rows.push_back({"field " + std::to_string(number * 1000 + at), std::string(1000, 'v')});
        }
        all.insert(all.end(), part.rows.begin(), part.rows.end());
        text += partText(part, format);
    }
    text += partText(partOf("next", KeyType::String, {{"v"}}), format);
    const Read read = readBack(text, format);
    QCOMPARE(read.damaged, QStringList());
    QVERIFY(read.parts.size() > 2);
    std::vector<KeyPart::Row> rows;
    for (std::size_t at = 0; at + 1 < read.parts.size(); ++at) {
        const KeyPart& part = read.parts[at];
        QCOMPARE(part.key, std::string("hash"));
        QCOMPARE(part.isFirst, at == 0);
        QCOMPARE(part.isLast, at + 2 == read.parts.size());
        QVERIFY(byteCountOf(part) < 3 * bytesInPart);
        rows.insert(rows.end(), part.rows.begin(), part.rows.end());
    }
    QVERIFY(read.parts[read.parts.size() - 2].expireAt == Milliseconds{4'102'444'800'123});
    QVERIFY(rows == all);
    QVERIFY(read.parts.back().isWhole());
}

void TestPartFormats::aByteOrderMarkIsPassedOver_data()
{
    QTest::addColumn<TransferFormat>("format");
    QTest::addRow("JSON lines") << TransferFormat::JsonLines;
    QTest::addRow("CSV") << TransferFormat::Csv;
    QTest::addRow("commands") << TransferFormat::Commands;
}

/// Other programs put it before what they save; within a value it is the value's.
void TestPartFormats::aByteOrderMarkIsPassedOver()
{
    QFETCH(const TransferFormat, format);
    const std::string mark = "\xEF\xBB\xBF";
    const KeyPart key = partOf(mark + "k", KeyType::List, {{mark + "a"}, {"b"}});
    const Read read = readBack(mark + headText(format) + partText(key, format), format);
    QCOMPARE(read.damaged, QStringList());
    QCOMPARE(read.parts.size(), std::size_t{1});
    QVERIFY2(read.parts[0] == key, partText(read.parts[0], TransferFormat::JsonLines).c_str());
}

void TestPartFormats::aDamagedLineCostsItsKey_data()
{
    QTest::addColumn<TransferFormat>("format");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("damaged");
    QTest::addColumn<QStringList>("keys");
    const QByteArray head = QByteArray::fromStdString(headText(TransferFormat::Csv));
    QTest::addRow("JSON: a line of its own")
        << TransferFormat::JsonLines
        << QByteArray("{\"key\": \"a\", \"type\": \"string\", \"value\": \"v\"}\n{\"key\": \"b\", \"type\": \"stri\n"
                      "{\"key\": \"c\", \"type\": \"string\", \"value\": \"v\"}\n")
        << QStringList{u"2 -"_s} << QStringList{u"a"_s, u"c"_s};
    QTest::addRow("JSON: no value") << TransferFormat::JsonLines
                                    << QByteArray("{\"key\": \"b\", \"type\": \"string\"}\n") << QStringList{u"1 b"_s}
                                    << QStringList();
    QTest::addRow("JSON: a type of a module")
        << TransferFormat::JsonLines << QByteArray("{\"key\": \"b\", \"type\": \"ReJSON-RL\", \"value\": \"1\"}\n")
        << QStringList{u"1 b"_s} << QStringList();
    QTest::addRow("JSON: goes on with nothing")
        << TransferFormat::JsonLines
        << QByteArray("{\"key\": \"b\", \"type\": \"list\", \"continues\": true, \"elements\": [\"a\"]}\n")
        << QStringList{u"1 b"_s} << QStringList();
    QTest::addRow("JSON: in the middle of a key")
        << TransferFormat::JsonLines
        << QByteArray("{\"key\": \"b\", \"type\": \"list\", \"more\": true, \"elements\": [\"a\"]}\nnothing\n"
                      "{\"key\": \"b\", \"type\": \"list\", \"continues\": true, \"elements\": [\"a\"]}\n"
                      "{\"key\": \"c\", \"type\": \"string\", \"value\": \"v\"}\n")
        << QStringList{u"2 b"_s} << QStringList{u"b"_s, u"c"_s};
    QTest::addRow("CSV: a bad escape") << TransferFormat::Csv
                                       << head + "a,list,,,,1,\r\na,list,,,,\\q,\r\na,list,,,,3,\r\nb,list,,,,1,\r\n"
                                       << QStringList{u"3 a"_s} << QStringList{u"b"_s};
    QTest::addRow("CSV: whose line it is can't be told: the next key may be meant")
        << TransferFormat::Csv << head + "a,list,,,,1,\r\n\"a,list\r\nb,list,,,,1,\r\nc,list,,,,1,\r\n"
        << QStringList{u"3 a"_s, u"4 b"_s} << QStringList{u"c"_s};
    // The key behind a line that tells no key may be meant by it: it goes, too.
    QTest::addRow("CSV: a quote that is closed lines later, within a cell")
        << TransferFormat::Csv
        << head + "a,string,,,,\"1\r\n2\r\n\"b\",string,,,,1,\r\nc,string,,,,1,\r\nd,string,,,,1,\r\n"
        << QStringList{u"2 -"_s, u"3 -"_s, u"4 b"_s} << QStringList{u"c"_s, u"d"_s};
    QTest::addRow("CSV: behind a closed quote")
        << TransferFormat::Csv << head + "a,string,,,,\"1\"2,\r\nb,string,,,,1,\r\nc,string,,,,1,\r\n"
        << QStringList{u"2 -"_s, u"3 b"_s} << QStringList{u"c"_s};
    QTest::addRow("CSV: too few cells, after lines in quotes")
        << TransferFormat::Csv << head + "a,string,,,,\"1\r\n\r\nb\"\r\nb,string,,,,\"1\r\n2\",\r\nc,string,,,,1,\r\n"
        << QStringList{u"2 -"_s, u"5 b"_s} << QStringList{u"c"_s};
    QTest::addRow("CSV: not closed to the end")
        << TransferFormat::Csv << head + "a,string,,,,1,\r\nb,string,,,,1,\r\nc,string,,,,\"1,\r\n"
        << QStringList{u"4 b"_s} << QStringList{u"a"_s};
    QTest::addRow("commands: a quote that is not closed")
        << TransferFormat::Commands << QByteArray("SET a 1\nRPUSH b 1\nRPUSH b \"2\nRPUSH b 3\nSET c 1\n")
        << QStringList{u"3 b"_s} << QStringList{u"a"_s, u"c"_s};
    QTest::addRow("commands: another type") << TransferFormat::Commands << QByteArray("SET a 1\nSADD a 2\nSET b 1\n")
                                            << QStringList{u"2 a"_s} << QStringList{u"b"_s};
    QTest::addRow("commands: an end of nothing") << TransferFormat::Commands << QByteArray("PEXPIREAT a 5\nSET b 1\n")
                                                 << QStringList{u"1 a"_s} << QStringList{u"b"_s};
    QTest::addRow("RESP: cut")
        << TransferFormat::Resp
        << QByteArray("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n*3\r\n$3\r\nSET\r\n$1\r\nb\r\n$5\r\n1\r\n")
        << QStringList{u"2 a"_s} << QStringList();
}

void TestPartFormats::aDamagedLineCostsItsKey()
{
    QFETCH(const TransferFormat, format);
    QFETCH(const QByteArray, text);
    const Read read = readBack(text.toStdString(), format);
    QTEST(read.damaged, "damaged");
    QStringList keys;
    for (const KeyPart& part : read.parts) {
        keys << QString::fromStdString(part.key);
    }
    QTEST(keys, "keys");
}

void TestPartFormats::readsTheCsvOfASpreadsheet_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    const QByteArray head("key,type,expire_at_ms,id,field,value,field_expire_at_ms");
    const QByteArray line = head + "\r\nk,string,,,,";
    QTest::addRow("a line end") << line + "\"a\nb\",\r\n" << QByteArray("a\nb");
    QTest::addRow("a carriage return before it") << line + "\"a\r\nb\",\r\n" << QByteArray("a\r\nb");
    QTest::addRow("empty lines") << line + "\"\r\n\n\r\n\",\r\n" << QByteArray("\r\n\n\r\n");
    QTest::addRow("doubled quotes across lines") << line + "\"\"\"a\"\"\r\n\"\"b,\"\"\",\r\n"
                                                 << QByteArray("\"a\"\r\n\"b,\"");
    QTest::addRow("without an end of the last line") << line + "\"a\nb\"," << QByteArray("a\nb");
    QTest::addRow("a quote within a cell without quotes") << line + "a\"b,\r\n" << QByteArray("a\"b");
    QTest::addRow("semicolons") << QByteArray(head).replace(',', ';') + "\r\n\"k\";string;;;;\"a,\nb;\";\r\n"
                                << QByteArray("a,\nb;");
    QTest::addRow("tabs, all in quotes, with a mark") << "\xEF\xBB\xBF\"" + QByteArray(head).replace(',', "\"\t\"")
            + "\"\n\"k\"\t\"string\"\t\"\"\t\"\"\t\"\"\t\"a\n\tb\"\t\"\"\n"
                                                      << QByteArray("a\n\tb");
}

void TestPartFormats::readsTheCsvOfASpreadsheet()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, value);
    const Read read = readBack(text.toStdString(), TransferFormat::Csv);
    QCOMPARE(read.damaged, QStringList());
    QCOMPARE(read.parts.size(), std::size_t{1});
    QCOMPARE(read.parts[0].key, "k");
    QCOMPARE(QByteArray::fromStdString(read.parts[0].rows.at(0).at(0)), value);
}

/// Not the whole file is held for it, and what stands behind it is read.
void TestPartFormats::aQuoteThatIsNotClosedIsGivenUp()
{
    std::string text = headText(TransferFormat::Csv) + "a,string,,,,\"1,\n";
    const std::string line(1024 * 1024 - 1, 'x');
    for (int n = 0; n < 66; ++n) {
        text += line + '\n';
    }
    text += "b,string,,,,1,\nc,string,,,,1,\n";
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.data(), static_cast<qint64>(text.size()));
    file.close();
    auto reader = PartReader::open(file.fileName(), TransferFormat::Csv);
    QVERIFY(reader);
    auto part = (*reader)->next();
    QVERIFY(!part);
    QCOMPARE((*reader)->line(), std::uint64_t{2});
    QVERIFY2(part.error().detail.contains(u"not closed within 64 MB"_s), qPrintable(part.error().detail));
    for (int n = 0; n < 66; ++n) {
        part = (*reader)->next();
        QVERIFY(!part);
        QCOMPARE((*reader)->line(), static_cast<std::uint64_t>(n + 3));
    }
    part = (*reader)->next();
    QVERIFY(!part); // the first line may have meant it
    QCOMPARE((*reader)->damagedKey(), std::optional<std::string>("b"));
    part = (*reader)->next();
    QVERIFY(part && *part);
    QCOMPARE((*part)->key, "c");
}

void TestPartFormats::onlyWhatExportsWriteIsTaken_data()
{
    QTest::addColumn<QString>("line");
    for (const char* line : {"FLUSHALL", "CONFIG SET dir /tmp", "DEL a", "SET a", "SET a b EX 5", "HSET a f",
             "XADD a * f v", "XGROUP DESTROY a g", "EVAL return 1", "PEXPIREAT a soon"}) {
        QTest::addRow("%s", line) << QString::fromLatin1(line);
    }
}

void TestPartFormats::onlyWhatExportsWriteIsTaken()
{
    QFETCH(const QString, line);
    const Read read = readBack(line.toStdString() + '\n', TransferFormat::Commands);
    QCOMPARE(read.damaged.size(), 1);
    QVERIFY(read.parts.empty());
}

void TestPartFormats::aCutFileIsTold()
{
    KeyPart part = partOf("k", KeyType::List, {{"a"}});
    part.isLast = false;
    const Read read = readBack(partText(part, TransferFormat::JsonLines), TransferFormat::JsonLines);
    QCOMPARE(read.damaged, QStringList{u"1 k"_s});
    QCOMPARE(readBack("key,type\r\n", TransferFormat::Csv).damaged.size(), 1);
    QCOMPARE(readBack("", TransferFormat::Csv).damaged.size(), 1);
    QCOMPARE(readBack("", TransferFormat::JsonLines).damaged.size(), 0);
}

void TestPartFormats::passingNamesStayInTheirSlot()
{
    PassingNames names(true);
    for (const std::string& key :
        {std::string("k"), std::string("a{b}c"), std::string("a}b{"), std::string("{}"), std::string(), binary}) {
        const std::string name = names.nameFor(key);
        QCOMPARE(slotOf(name), slotOf(key));
        QVERIFY(name != names.nameFor(key));
    }
}

void TestPartFormats::anExportHasItsNameOnlyWhenItIsWhole()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"out.jsonl"_s);
    {
        const auto file = ExportFile::create(path, "");
        QVERIFY(file);
        QVERIFY((*file)->append("some", {}));
        QVERIFY(!QFileInfo::exists(path));
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList());
    const auto file = ExportFile::create(path, "head ");
    QVERIFY((*file)->append("some", {}));
    QVERIFY((*file)->finish());
    QFile written(path);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), "head some");
}

void TestPartFormats::aLargeKeyThatFailsLeavesNothing()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"out.jsonl"_s);
    const auto file = ExportFile::create(path, "");
    QVERIFY((*file)->append("a", {}));
    QVERIFY((*file)->beginLarge({}));
    QVERIFY((*file)->appendLarge("half of it"));
    std::thread other([&file] { static_cast<void>((*file)->append("b", {})); }); // waits for its turn
    QVERIFY((*file)->endLarge(false));
    other.join();
    std::stop_source stop;
    stop.request_stop();
    QVERIFY((*file)->beginLarge({}));
    QCOMPARE((*file)->append("c", stop.get_token()).error().kind, ErrorKind::Cancelled);
    QVERIFY((*file)->endLarge(true));
    QVERIFY((*file)->finish());
    QFile written(path);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), "ab");
}

QTEST_GUILESS_MAIN(TestPartFormats)
#include "tst_partformats.moc"
