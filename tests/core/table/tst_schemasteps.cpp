// SPDX-License-Identifier: GPL-3.0-or-later
// Tables and namespaces that are made and dropped, and indexes that the module builds, while another client comes in
// between at every step, or the connection is killed there: what is left is as it is told.
#include "core/table/schemarun.h"
#include "tests/core/table/schemafixture.h"

#include <QObject>
#include <QTest>

#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

using Kind = SchemaChange::Kind;
using State = SchemaReport::Status;
Q_DECLARE_METATYPE(keyglass::SchemaChange)

namespace {

const std::string items = "shop.items";
constexpr int mostSteps = 6;

const std::vector<std::pair<const char*, SchemaChange>>& changes()
{
    static const std::vector<std::pair<const char*, SchemaChange>> all{
        {"create table", {Kind::CreateTable, "shop.t", {}, {}, {{"a", "string", true}, {"b", "integer", false}}}},
        {"drop table", {Kind::DropTable, items}}, {"create namespace", {Kind::CreateNamespace, "new"}},
        {"drop namespace", {Kind::DropNamespace, "old"}}, {"add index by the module", {Kind::AddIndex, items, "qty"}},
        {"repair index by the module", {Kind::RepairIndex, items, "sku"}},
        {"take over rows",
            {Kind::CreateTable, items, {}, {},
                {{"sku", "string", false}, {"qty", "integer", false}, {"price", "float", false},
                    {"made", "date", false}},
                true}}};
    return all;
}

bool isOfModule(const SchemaChange& change)
{
    return change.kind == Kind::AddIndex || change.kind == Kind::RepairIndex;
}

} // namespace

class TestSchemaSteps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSecondClientAtEveryStep_data();
    void aSecondClientAtEveryStep();
    void theLineIsKilledAtEveryStep_data();
    void theLineIsKilledAtEveryStep();

private:
    std::string say(const Args& words) { return m_bench.server().command(words); }
    void begin(const SchemaChange& change)
    {
        m_bench.reset();
        say({"SET", "schema:{old}", "1"});
        if (change.keepsRows) {
            say({"DEL", "schema:{shop.items}"});
        }
        if (!isOfModule(change)) {
            return;
        }
        RedisServer& server = m_bench.server().server();
        const auto count = static_cast<std::size_t>(mostRowsByPlainKeys);
        server.fill(count, [](std::size_t n) {
            return Args{"HSET", "{shop.items}:" + std::to_string(n + 4), "qty", std::to_string(n % 100)};
        });
        server.fill(count, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 4)}; });
        server.command({"SET", "{shop.items}:id", std::to_string(count + 3)});
    }
    /// Why what is there is not what was told; empty: it is.
    QString lieOf(const SchemaChange& change, const Result<SchemaReport>& report);

    SchemaBench m_bench;
};

QString TestSchemaSteps::lieOf(const SchemaChange& change, const Result<SchemaReport>& report)
{
    const bool saysDone = report && report->status == State::Done;
    const QString marker = QString::fromStdString(say({"TYPE", "schema:{" + change.table + "}"}));
    if (!saysDone) {
        return {};
    }
    if (isOfNamespace(change.kind)) {
        const QString wanted = change.kind == Kind::CreateNamespace ? u"string"_s : u"none"_s;
        if (change.kind == Kind::DropNamespace && say({"EXISTS", "schema:{old.t}"}) == "1") {
            return u"it has a table"_s;
        }
        return marker == wanted ? QString() : u"its key is "_s + marker;
    }
    if (change.kind == Kind::DropTable) {
        return QString::fromStdString(say({"KEYS", "*shop.items*"}));
    }
    const auto schema = fetchTableSchema(m_bench.lane(), change.table, {});
    if (!schema) {
        return u"there is no table"_s;
    }
    if (change.keepsRows) {
        const bool isAsAsked = schema->isSameAs({items, TableLayout::Braced, change.columns, {}});
        const auto checked = checkTable(m_bench.lane(), *schema, {}, {});
        const bool isWhole = checked && checked->total() == 0 && checked->rows == 3;
        return isAsAsked && isWhole ? QString() : u"what was taken over is not whole"_s;
    }
    if (change.kind == Kind::CreateTable) {
        const bool isWhole = schema->columns.size() == 2 && schema->find("a") && schema->find("a")->isIndexed;
        return isWhole && checkTable(m_bench.lane(), *schema, {}, {})->total() == 0 ? QString() : u"it is not whole"_s;
    }
    const auto checked = checkTable(m_bench.lane(), *schema, {.column = change.column}, {});
    const TableColumn* column = schema->find(change.column);
    const bool isGood = checked && checked->count(TableFinding::Kind::MissingEntry) == 0
        && checked->count(TableFinding::Kind::StaleEntry) == 0;
    return isGood && column && column->isIndexed ? QString() : u"the index is wrong"_s;
}

void TestSchemaSteps::aSecondClientAtEveryStep_data()
{
    QTest::addColumn<SchemaChange>("change");
    QTest::addColumn<QByteArray>("line");
    const std::vector<QByteArray> ofTable{"TABLE.INSERT shop.items sku=N qty=77",
        "TABLE.UPDATE shop.items WHERE qty>0 SET sku=U qty=9", "TABLE.DELETE shop.items WHERE qty>10",
        "TABLE.SCHEMA.ALTER shop.items ADD COLUMN other:string", "HSET {shop.items}:99999 sku ghost",
        "SADD {shop.items}:idx:sku:ghost 99999", "SADD {shop.items}:idx:qty:ghost 99999", "DEL schema:{shop.items}"};
    const std::vector<QByteArray> ofNew{"TABLE.SCHEMA.CREATE shop.t other:string", "HSET {shop.t}:1 a ghost",
        "SADD {shop.t}:idx:a:ghost 1", "SADD {shop.t}:rows 1", "SET schema:{shop.t} 1"};
    const std::vector<QByteArray> ofSpace{"SET schema:{new} 1", "HSET schema:{new} a string", "DEL schema:{old}",
        "HSET schema:{old.t} a string", "HSET schema:{old} a string"};
    const std::vector<QByteArray> ofFormer{"TABLE.SCHEMA.CREATE shop.items sku:string:hash",
        "SADD {shop.items}:rows 77", "SREM {shop.items}:rows 2", "HSET {shop.items}:1 qty many",
        "SADD {shop.items}:idx:sku:ghost 1", "SADD {shop.items}:idx:meta sku", "SET {shop.items}:id 0"};
    for (const auto& [name, change] : changes()) {
        const auto& lines = isOfNamespace(change.kind) ? ofSpace
            : change.keepsRows                         ? ofFormer
            : change.kind == Kind::CreateTable         ? ofNew
                                                       : ofTable;
        for (const QByteArray& line : lines) {
            QTest::addRow("%s, another: %s", name, line.constData()) << change << line;
        }
    }
}

void TestSchemaSteps::aSecondClientAtEveryStep()
{
    QFETCH(const SchemaChange, change);
    QFETCH(const QByteArray, line);
    Args words;
    for (const QByteArray& word : line.split(' ')) {
        words.push_back(word.toStdString());
    }
    for (int step = 1; step <= mostSteps; ++step) {
        begin(change);
        int exec = 0;
        bool hasActed = false;
        MeddledTableLane lane(m_bench.lane(), [&] {
            if (++exec == step) {
                hasActed = true;
                say(words); // it may be refused: its table is gone by then
            }
        });
        const auto report = m_bench.make(change, &lane);
        if (!hasActed) {
            return;
        }
        const QString lie = lieOf(change, report);
        QVERIFY2(lie.isEmpty(), qPrintable(u"step %1: %2, and told: %3"_s.arg(step).arg(lie, told(report))));
    }
}

void TestSchemaSteps::theLineIsKilledAtEveryStep_data()
{
    QTest::addColumn<SchemaChange>("change");
    for (const auto& [name, change] : changes()) {
        QTest::addRow("%s", name) << change;
    }
}

void TestSchemaSteps::theLineIsKilledAtEveryStep()
{
    QFETCH(const SchemaChange, change);
    for (int step = 1; step <= mostSteps; ++step) {
        begin(change);
        int exec = 0;
        bool hasActed = false;
        std::stop_source stop;
        std::jthread stopper;
        MeddledTableLane lane(m_bench.lane(), [&] {
            if (++exec == step) {
                hasActed = true;
                m_bench.server().server().command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
                stopper = std::jthread([&stop](const std::stop_token& end) { // nobody wants to see all of the waiting
                    for (int n = 0; n < 15 && !end.stop_requested(); ++n) {
                        std::this_thread::sleep_for(std::chrono::milliseconds(100));
                    }
                    stop.request_stop();
                });
            }
        });
        const auto report = m_bench.make(change, &lane, stop.get_token());
        if (!hasActed) {
            return;
        }
        QVERIFY2(!report || report->status != State::Changed, qPrintable(told(report)));
        QVERIFY2(report, qPrintable(told(report))); // it may have been done: an error would say it was not
        const QString lie = lieOf(change, report);
        QVERIFY2(lie.isEmpty(), qPrintable(u"step %1: %2, and told: %3"_s.arg(step).arg(lie, told(report))));
    }
}

QTEST_GUILESS_MAIN(TestSchemaSteps)
#include "tst_schemasteps.moc"
