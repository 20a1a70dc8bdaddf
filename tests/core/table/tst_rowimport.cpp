// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/rowimport.h"
#include "core/table/tablesql.h"
#include "tests/core/table/tablefixture.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

/// A file that comes a few bytes at a time.
CsvReader::Read from(const QByteArray& text, std::size_t piece)
{
    return [text, piece, at = std::size_t{0}](std::span<char> into) mutable -> Result<std::size_t> {
        const std::size_t size = std::min({piece, into.size(), static_cast<std::size_t>(text.size()) - at});
        std::copy_n(text.begin() + static_cast<qsizetype>(at), size, into.begin());
        at += size;
        return size;
    };
}

/// "line: field|field", a missing field as "-", or the error.
QByteArrayList read(const QByteArray& text, std::size_t piece = 3)
{
    QByteArrayList all;
    CsvReader csv(from(text, piece));
    for (;;) {
        const auto record = csv.next();
        if (!record) {
            return all << record.error().subject.toUtf8();
        }
        if (!*record) {
            return all;
        }
        QByteArrayList fields;
        for (const auto& field : (*record)->fields) {
            fields << (field ? QByteArray::fromStdString(*field) : QByteArray("-"));
        }
        all << QByteArray::number(qulonglong((*record)->line)) + ": " + fields.join('|');
    }
}

} // namespace

class TestRowImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        beginShop(m_server, m_lane);
        m_schema = fetchTableSchema(*m_lane, "shop.items", {}).value();
    }
    void readsCsv_data();
    void readsCsv();
    void mapsFieldsToColumns_data();
    void mapsFieldsToColumns();
    void inserts();
    void faultyLinesAreNamed();
    void aDryRunInsertsNothing();
    void othersMayInsertMeanwhile();
    void rowsThatAreHalfDoneAreTold();
    void aLostLineLeavesRowsUnknown();
    void whatArrivedBeforeTheLineWasLostCounts();
    void writesSql();

private:
    Result<ImportReport> import(const QByteArray& text, const ImportWays& ways = {}, Lane* lane = nullptr)
    {
        CsvReader csv(from(text, 7));
        const auto names = csv.next();
        const auto map = mapColumns(**names, m_schema, {});
        EditLanes lanes(lane ? *lane : *m_lane);
        return importRows(lanes, m_schema, csv, *map, ways, {});
    }
    std::vector<std::string> rows() { return shown(m_schema, *RowReader(*m_lane, m_schema).byIds(4, 5000, {})); }

    std::unique_ptr<TableServer> m_server;
    std::unique_ptr<Lane> m_lane;
    TableSchema m_schema;
};

void TestRowImport::readsCsv_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("records");
    QTest::addRow("empty") << QByteArray() << QByteArrayList{};
    QTest::addRow("plain") << QByteArray("a,b\r\n1,2\n") << QByteArrayList{"1: a|b", "2: 1|2"};
    QTest::addRow("no end of line") << QByteArray("a,b\n1,2") << QByteArrayList{"1: a|b", "2: 1|2"};
    QTest::addRow("missing and empty") << QByteArray("a,,\"\"\n") << QByteArrayList{"1: a|-|"};
    QTest::addRow("quoted") << QByteArray("\"a,\"\"b\"\"\r\nc\",d\n") << QByteArrayList{"1: a,\"b\"\r\nc|d"};
    QTest::addRow("lines within") << QByteArray("\"a\nb\",c\nd,e\n") << QByteArrayList{"1: a\nb|c", "3: d|e"};
    QTest::addRow("empty lines") << QByteArray("\na\n\r\n\nb\n") << QByteArrayList{"2: a", "5: b"};
    QTest::addRow("mark") << QByteArray("\xEF\xBB\xBF"
                                        "a\n")
                          << QByteArrayList{"1: a"};
    QTest::addRow("open quote") << QByteArray("a\n\"b\nc\nd\n") << QByteArrayList{"1: a", "Line 2"};
    QTest::addRow("after a quote") << QByteArray("\"a\"b\n") << QByteArrayList{"Line 1"};
}

void TestRowImport::readsCsv()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArrayList, records);
    for (const std::size_t piece : {std::size_t{5}, std::size_t{1000}}) {
        QCOMPARE(read(text, piece), records);
    }
}

void TestRowImport::mapsFieldsToColumns_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<QByteArray>("columns"); // empty: refused
    QTest::addRow("columns") << QByteArray("qty,sku") << QByteArray("qty|sku");
    QTest::addRow("id goes nowhere") << QByteArray("id,sku") << QByteArray("-|sku");
    QTest::addRow("renamed") << QByteArray("article,note") << QByteArray("sku|-");
    QTest::addRow("unknown") << QByteArray("colour") << QByteArray();
    QTest::addRow("twice") << QByteArray("sku,article") << QByteArray();
}

void TestRowImport::mapsFieldsToColumns()
{
    QFETCH(const QByteArray, names);
    QFETCH(const QByteArray, columns);
    CsvReader csv(from(names, 100));
    const auto map = mapColumns(**csv.next(), m_schema, {{"article", "sku"}, {"note", ""}});
    QCOMPARE(map.has_value(), !columns.isEmpty());
    if (map) {
        QByteArrayList found;
        for (const auto& column : *map) {
            found << (column ? QByteArray::fromStdString(*column) : QByteArray("-"));
        }
        QCOMPARE(found.join('|'), columns);
    }
}

void TestRowImport::inserts()
{
    QByteArray text("sku,qty\n");
    for (int n = 0; n < 1000; ++n) {
        text += "S" + QByteArray::number(n % 7) + "," + QByteArray::number(n) + "\n";
    }
    const auto report = import(text);
    QVERIFY2(report, report ? "" : qPrintable(errorText(report.error())));
    QCOMPARE(report->inserted, std::uint64_t{1000});
    QVERIFY(!report->end);
    QCOMPARE(report->firstId, std::string("4"));
    QCOMPARE(report->lastId, std::string("1003"));
    QCOMPARE(rows().size(), std::size_t{1000});
    QCOMPARE(rows().front(), std::string("4{sku=S0 qty=0}"));
    QCOMPARE(m_server->command({"SCARD", "{shop.items}:idx:sku:S0"}), std::string("143"));
    QCOMPARE(m_server->command({"TABLE.INSERT", "shop.items", "sku=E"}), std::string("1004"));
}

void TestRowImport::faultyLinesAreNamed()
{
    const QByteArray text("sku,qty\na,1\nb,many\nc,3\nd\n,\n\"\",5\n");
    auto report = import(text);
    QVERIFY(report);
    QCOMPARE(report->inserted, std::uint64_t{1}); // what stands before the first fault
    QCOMPARE(report->faults.front().line, std::uint64_t{3});
    init();
    report = import(text, ImportWays{.leavesOutFaulty = true});
    QVERIFY(report);
    QCOMPARE(report->inserted, std::uint64_t{3});
    QCOMPARE(report->faulty, std::uint64_t{3});
    QCOMPARE(report->faults[1].line, std::uint64_t{5});
    QCOMPARE(report->faults[2].line, std::uint64_t{6});
    QCOMPARE(rows(), (std::vector<std::string>{"4{sku=a qty=1}", "5{sku=c qty=3}", "6{sku= qty=5}"}));
}

void TestRowImport::aDryRunInsertsNothing()
{
    const auto report = import("sku,qty\na,1\nb,many\nc,3\n", ImportWays{.isDry = true});
    QVERIFY(report);
    QCOMPARE(report->inserted, std::uint64_t{2});
    QCOMPARE(report->faulty, std::uint64_t{1});
    QVERIFY(rows().empty());
}

void TestRowImport::othersMayInsertMeanwhile()
{
    QVERIFY(m_server->command({"TABLE.INSERT", "shop.items", "sku=ghost", "qty=abc"}).starts_with('-'));
    m_server->server().command({"SET", "{shop.items}:id", "3"}); // a leftover stands at 4
    int times = 0;
    MeddledTableLane lane(*m_lane, [&] {
        if (++times == 1) {
            m_server->server().command({"SET", "{shop.items}:id", "4"});
            m_server->make({"TABLE.INSERT shop.items sku=other"});
        }
    });
    const auto report = import("sku\na\nb\n", {}, &lane);
    QVERIFY(report && !report->end);
    QCOMPARE(rows(), (std::vector<std::string>{"5{sku=other}", "6{sku=a}", "7{sku=b}"}));
}

/// One index entry is no set: all else of the transaction stands.
void TestRowImport::rowsThatAreHalfDoneAreTold()
{
    m_server->make({"SET {shop.items}:idx:sku:b x"});
    const auto report = import("sku,qty\na,1\nb,2\nc,3\n");
    QVERIFY(report && report->end);
    QCOMPARE(report->inserted, std::uint64_t{2});
    QCOMPARE(report->halfDone, std::uint64_t{1});
    QCOMPARE(report->faults.size(), std::size_t{1});
    QCOMPARE(report->faults.front().line, std::uint64_t{3});
    QVERIFY2(report->end->detail.contains(u"check the table"_s), qPrintable(errorText(*report->end)));
    QCOMPARE(rows(), (std::vector<std::string>{"4{sku=a qty=1}", "5{sku=b qty=2}", "6{sku=c qty=3}"}));
}

void TestRowImport::aLostLineLeavesRowsUnknown()
{
    int times = 0;
    MeddledTableLane lane(*m_lane, [&] {
        if (++times == 2) {
            m_server->server().command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        }
    });
    const auto report = import("sku,qty\na,1\nb,2\nc,3\n", ImportWays{.rowsAtOnce = 2}, &lane);
    QVERIFY(report && report->end);
    QCOMPARE(report->inserted, std::uint64_t{2});
    QCOMPARE(report->unknown, std::uint64_t{1});
    QCOMPARE(report->unknownFrom, std::string("6"));
    QCOMPARE(report->unknownTo, std::string("6"));
    QVERIFY2(report->end->detail.contains(u"not known"_s), qPrintable(errorText(*report->end)));
}

namespace {

/// Loses the line right after a transaction was done, with its reply on the way.
class ReplyLosingLane : public LaneView {
public:
    explicit ReplyLosingLane(Lane& lane)
        : LaneView(lane)
    {
    }
    explicit ReplyLosingLane(std::unique_ptr<Lane> lane)
        : LaneView(*lane)
        , m_owned(std::move(lane))
    {
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        auto replies = LaneView::pipeline(commands, std::move(stop));
        if (!commands.empty() && commands.back().name() == "EXEC") {
            close();
            return Error{ErrorKind::Network, nodeText(), {}};
        }
        return replies;
    }
    std::unique_ptr<Lane> confirmed(Confirmation confirmation) override
    {
        return std::make_unique<ReplyLosingLane>(LaneView::confirmed(std::move(confirmation)));
    }

private:
    std::unique_ptr<Lane> m_owned;
};

} // namespace

void TestRowImport::whatArrivedBeforeTheLineWasLostCounts()
{
    ReplyLosingLane lane(*m_lane);
    const auto report = import("sku,qty\na,1\nb,\nc,3\n", ImportWays{.rowsAtOnce = 2}, &lane);
    QVERIFY(report);
    QVERIFY2(!report->end, report->end ? qPrintable(errorText(*report->end)) : "");
    QCOMPARE(report->inserted, std::uint64_t{3});
    QCOMPARE(report->unknown, std::uint64_t{0});
    QCOMPARE(rows(), (std::vector<std::string>{"4{sku=a qty=1}", "5{sku=b}", "6{sku=c qty=3}"}));
}

void TestRowImport::writesSql()
{
    QCOMPARE(sqlFor(m_schema),
        std::string(
            "CREATE TABLE \"shop\".\"items\" (\n  \"id\" NUMERIC PRIMARY KEY,\n  \"sku\" TEXT,\n  \"qty\" "
            "NUMERIC,\n  \"price\" DOUBLE PRECISION,\n  \"made\" DATE\n);\nCREATE INDEX \"shop.items_sku\" ON "
            "\"shop\".\"items\" (\"sku\");\nCREATE INDEX \"shop.items_made\" ON \"shop\".\"items\" (\"made\");\n"));
    m_server->server().command(
        {"HSET", "{shop.items}:2", "sku", "O'Neill", "price", ".", "made", std::string("\xff\0", 2)});
    const auto rows = RowReader(*m_lane, m_schema).rows({"2"}, {});
    QCOMPARE(sqlFor(m_schema, rows->front()),
        std::string("INSERT INTO \"shop\".\"items\" (\"id\", \"sku\", \"qty\", \"price\", \"made\") VALUES (2, "
                    "'O''Neill', 12, '.', X'FF00');\n"));
}

QTEST_GUILESS_MAIN(TestRowImport)
#include "tst_rowimport.moc"
