// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemajob.h"
#include "tests/core/table/schemafixture.h"

#include <QObject>
#include <QTest>

#include <atomic>
#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using Kind = SchemaChange::Kind;
using State = SchemaReport::Status;

namespace {

const SchemaChange dropSku{Kind::DropIndex, "shop.items", "sku"};

/// Sends commands as fast as it can, for as long as it lives.
class Noise {
public:
    explicit Noise(const TableServer& server)
        : m_thread([options = tableOptions(server), this](const std::stop_token& stop) {
            const auto lane = makeLane(options, std::make_shared<CommandGate>(GateRules{}));
            const std::vector<Command> many(200, Command{"PING"});
            while (!stop.stop_requested()) {
                m_isMade = lane->pipeline(many, {}).has_value();
            }
        })
    {
    }
    [[nodiscard]] bool isMade() const { return m_isMade; }

private:
    std::atomic<bool> m_isMade = false;
    std::jthread m_thread; // last: joined first
};

} // namespace

class TestSchemaJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench.reset(); }
    void waitsForItsTime();
    void waitsForAQuietMoment();
    void aWaitIsStopped_data();
    void aWaitIsStopped();
    void whatHasChangedMeanwhileIsNotDone_data();
    void whatHasChangedMeanwhileIsNotDone();
    void savesBeforeAndAfter();
    void aSaveThatFailsBeforeIsNoChange();
    void savesAlsoWhereVerifyingWasStopped();
    void tellsWhatOthersFeel_data();
    void tellsWhatOthersFeel();
    void saysHowTheSchemaDiffersFromThePlans();

private:
    Result<SchemaReport> run(
        const SchemaChange& change, const SchemaWait& wait, const SchemaSaves& saves = {}, std::stop_token stop = {})
    {
        EditLanes lanes(m_bench.lane());
        SchemaPlace place{lanes, {{&m_bench.lane(), u"here"_s}}, {}, nullptr};
        const auto preview = previewChange(place, change, {});
        return preview ? runSchemaJob(place, *preview, wait, saves, stop, m_stage) : preview.error();
    }
    bool hasIndex() { return m_bench.schema().find("sku")->isIndexed; }

    SchemaBench m_bench;
    SchemaStage m_stage;
};

void TestSchemaJob::waitsForItsTime()
{
    const QDateTime time = QDateTime::currentDateTimeUtc().addMSecs(600);
    QCOMPARE(told(run(dropSku, {.notBefore = time})), u"done"_s);
    QVERIFY(QDateTime::currentDateTimeUtc() >= time);
    QVERIFY(!hasIndex());
}

void TestSchemaJob::waitsForAQuietMoment()
{
    auto noise = std::make_unique<Noise>(m_bench.server());
    QTRY_VERIFY_WITH_TIMEOUT(fetchTableSurroundings(m_bench.lane(), {})->opsPerSecond > 500, 20'000);
    const auto quietLane = tableLane(m_bench.server());
    std::atomic<bool> isOver = false;
    Result<SchemaReport> report = Error{};
    std::jthread job([&] {
        report = run(dropSku, {.quietBelow = 100, .quietFor = 500ms});
        isOver = true;
    });
    QTRY_VERIFY_WITH_TIMEOUT(m_stage.opsPerSecond > 100, 20'000);
    QVERIFY(m_stage.phase == SchemaStage::Phase::WaitingForQuiet);
    QVERIFY(!isOver);
    QVERIFY(fetchTableSchema(*quietLane, "shop.items", {})->find("sku")->isIndexed);
    noise.reset();
    QTRY_VERIFY_WITH_TIMEOUT(isOver, 20'000);
    job.join();
    QCOMPARE(told(report), u"done"_s);
    QVERIFY(!hasIndex());
}

void TestSchemaJob::aWaitIsStopped_data()
{
    QTest::addColumn<bool>("isForTime");
    QTest::addRow("for a time") << true;
    QTest::addRow("for a quiet moment") << false;
}

void TestSchemaJob::aWaitIsStopped()
{
    QFETCH(const bool, isForTime);
    SchemaWait wait;
    if (isForTime) {
        wait.notBefore = QDateTime::currentDateTimeUtc().addDays(1);
    } else {
        wait.quietBelow = 100'000'000;
        wait.quietFor = 24h;
    }
    std::stop_source stop;
    Result<SchemaReport> report = SchemaReport{};
    std::jthread job([&] { report = run(dropSku, wait, {}, stop.get_token()); });
    QTRY_VERIFY_WITH_TIMEOUT(m_stage.phase != SchemaStage::Phase::Changing, 20'000);
    stop.request_stop();
    job.join(); // or the test never ends
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Cancelled);
    QVERIFY(hasIndex());
    m_stage.phase = SchemaStage::Phase::Changing;
}

void TestSchemaJob::whatHasChangedMeanwhileIsNotDone_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addRow("another column") << QByteArray("TABLE.SCHEMA.ALTER shop.items ADD COLUMN other:string");
    QTest::addRow("the same is done already") << QByteArray("TABLE.SCHEMA.ALTER shop.items DROP INDEX sku");
    QTest::addRow("the table is gone") << QByteArray("TABLE.DROP shop.items FORCE");
}

void TestSchemaJob::whatHasChangedMeanwhileIsNotDone()
{
    QFETCH(const QByteArray, line);
    EditLanes lanes(m_bench.lane());
    SchemaPlace place{lanes, {{&m_bench.lane(), u"here"_s}}, {}, nullptr};
    const auto preview = previewChange(place, dropSku, {});
    QVERIFY(preview);
    m_bench.server().make({line.toStdString()});
    const auto before = allKeys(m_bench.server());
    const SchemaWait wait{.notBefore = QDateTime::currentDateTimeUtc().addMSecs(50)};
    const auto report = runSchemaJob(place, *preview, wait, {}, {}, m_stage);
    QVERIFY2(!report || report->status == State::Changed, qPrintable(told(report)));
    QCOMPARE(allKeys(m_bench.server()), before);
}

void TestSchemaJob::savesBeforeAndAfter()
{
    const auto callsOf = [this](const std::string& name) {
        const QString stats = QString::fromStdString(m_bench.server().server().command({"INFO", "commandstats"}));
        const QString lead = QString::fromStdString("cmdstat_" + name + ":calls=");
        const auto at = stats.indexOf(lead);
        return at < 0 ? 0 : stats.mid(at + lead.size()).section(u',', 0, 0).toInt();
    };
    const int saved = callsOf("bgsave");
    const int rewritten = callsOf("bgrewriteaof");
    QCOMPARE(told(run(dropSku, {}, {.rdbBefore = true, .rdbAfter = true, .aofAfter = true})), u"done"_s);
    QCOMPARE(callsOf("bgsave") - saved, 2);
    QCOMPARE(callsOf("bgrewriteaof") - rewritten, 1);
    const QString info = QString::fromStdString(m_bench.server().server().command({"INFO", "persistence"}));
    QVERIFY(info.contains(u"rdb_bgsave_in_progress:0"_s) && info.contains(u"aof_rewrite_in_progress:0"_s));
}

void TestSchemaJob::aSaveThatFailsBeforeIsNoChange()
{
    m_bench.server().make({"ACL SETUSER limited on >pw ~* +@all -bgsave"});
    const auto lane = tableLane(m_bench.server(), u"limited"_s);
    EditLanes lanes(*lane);
    SchemaPlace place{lanes, {{lane.get(), u"here"_s}}, {}, nullptr};
    const auto preview = previewChange(place, dropSku, {});
    QVERIFY2(preview, preview ? "" : qPrintable(errorText(preview.error())));
    const auto report = runSchemaJob(place, *preview, {}, {.rdbBefore = true}, {}, m_stage);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Permission);
    QVERIFY(hasIndex());
    const auto after = runSchemaJob(place, *preview, {}, {.rdbAfter = true}, {}, m_stage);
    QVERIFY2(after && after->status == State::Doubted, qPrintable(told(after))); // done, and told
    QVERIFY(!hasIndex());
}

/// The schema is changed by then, and stands in no file where the server does not write it.
void TestSchemaJob::savesAlsoWhereVerifyingWasStopped()
{
    std::stop_source stop;
    MeddledTableLane lane(m_bench.lane(), [&stop] { stop.request_stop(); }, "HGETALL"); // rows are read for verifying
    EditLanes lanes(lane);
    EditLanes unmeddled(m_bench.lane());
    SchemaPlace place{lanes, {{&m_bench.lane(), u"here"_s}}, {}, nullptr};
    SchemaPlace before{unmeddled, place.nodes, {}, nullptr};
    const auto preview = previewChange(before, {Kind::AddIndex, "shop.items", "qty"}, {});
    QVERIFY(preview);
    m_bench.server().command({"CONFIG", "RESETSTAT"});
    const auto report = runSchemaJob(place, *preview, {}, {.aofAfter = true}, stop.get_token(), m_stage);
    QVERIFY2(report && report->status == State::Stopped, qPrintable(told(report)));
    QVERIFY2(told(report).contains(u"BGREWRITEAOF was begun"_s), qPrintable(told(report)));
    QVERIFY(m_bench.schema().find("qty")->isIndexed);
    const std::string stats = m_bench.server().server().command({"INFO", "commandstats"});
    QVERIFY2(stats.find("cmdstat_bgrewriteaof:calls=1,") != std::string::npos, stats.c_str());
}

void TestSchemaJob::tellsWhatOthersFeel_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, Kind kind, const char* column, const char* words) {
        QTest::addRow("%s", name) << int(kind) << QByteArray(column) << QString::fromLatin1(words);
    };
    row("select fails", Kind::DropIndex, "sku", "SELECT");
    row("update means something else", Kind::DropIndex, "sku", "an OR before it becomes an AND");
    row("bytes", Kind::AddIndex, "qty", "compares bytes");
    row("inserts fail", Kind::DropColumn, "made", "TABLE.INSERT");
    row("all fails", Kind::DropTable, "", "Every TABLE command");
}

void TestSchemaJob::tellsWhatOthersFeel()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, column);
    QFETCH(const QString, words);
    EditLanes lanes(m_bench.lane());
    SchemaPlace place{lanes, {{&m_bench.lane(), u"here"_s}}, {}, nullptr};
    const auto preview = previewChange(place, {Kind(kind), "shop.items", column.toStdString()}, {});
    QVERIFY(preview);
    QVERIFY(preview->around.usedMemory > 0);
    const QString all = QStringList(preview->notes.begin(), preview->notes.end()).join(u'\n');
    QVERIFY2(all.contains(words), qPrintable(all));
}

void TestSchemaJob::saysHowTheSchemaDiffersFromThePlans()
{
    const SchemaPlan plan{dropSku, m_bench.schema()};
    QVERIFY(driftOf(plan, m_bench.schema()).empty());
    m_bench.server().make({"TABLE.SCHEMA.ALTER shop.items ADD COLUMN other:string"});
    const auto drift = driftOf(plan, m_bench.schema());
    QVERIFY(std::ranges::find(drift, "+other string") != drift.end());
    QVERIFY(driftOf({dropSku, {}}, m_bench.schema()).empty());
    QCOMPARE(driftOf(plan, {}).size(), plan.madeOn->columns.size());
}

QTEST_GUILESS_MAIN(TestSchemaJob)
#include "tst_schemajob.moc"
