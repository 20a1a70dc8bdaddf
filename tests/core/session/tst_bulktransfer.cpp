// SPDX-License-Identifier: GPL-3.0-or-later
// Exports and imports on real servers: what comes back is what was there, and nothing is half-written.
#include "tests/core/bulk/bulkfixture.h"
#include "tests/core/session/bulkfilefixture.h"
#include "tests/servers/rediscluster.h"
#include "tests/servers/redisserver.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(keyglass::TransferFormat)
Q_DECLARE_METATYPE(keyglass::ImportConflict)

namespace {

Result<BulkReport> done(BulkSetting setting, const JobPlan& plan)
{
    return BulkRun(std::move(setting), plan).run({});
}

void addFormats()
{
    QTest::addColumn<TransferFormat>("format");
    QTest::addRow("JSON lines") << TransferFormat::JsonLines;
    QTest::addRow("CSV") << TransferFormat::Csv;
    QTest::addRow("commands") << TransferFormat::Commands;
    QTest::addRow("RESP") << TransferFormat::Resp;
    QTest::addRow("archive") << TransferFormat::Archive;
}

/// CSV has no place for what a stream has beside its entries.
std::string stateOf(RedisServer& server, const std::string& key, TransferFormat format)
{
    return format == TransferFormat::Csv
        ? server.command({"DEBUG", "DIGEST-VALUE", key}) + " " + server.command({"PEXPIRETIME", key})
        : keyglass::test::stateOf(server, key);
}

std::map<std::string, std::string> statesOf(RedisServer& server, TransferFormat format)
{
    std::map<std::string, std::string> states;
    for (const std::string& key : server.list({"KEYS", "*"})) {
        states[key] = stateOf(server, key, format);
    }
    return states;
}

} // namespace

class TestBulkTransfer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = RedisServer::start({u"--enable-debug-command"_s, u"local"_s});
        m_file = std::make_unique<KeysFile>();
    }
    void bringsEveryTypeBack_data() { addFormats(); }
    void bringsEveryTypeBack();
    void bringsFieldsThatEndBack();
    void readsLargeKeysInPages_data() { addFormats(); }
    void readsLargeKeysInPages();
    void goesThroughACluster_data() { addFormats(); }
    void goesThroughACluster();
    void keysThatAreThere_data();
    void keysThatAreThere();
    void whatIsReplacedIsArchived();
    void failsBeforeTheFirstKey();
    void showsWhatItWouldDo();
    void badLinesAreNamed();
    void fieldsThatEndWantAServerThatKnowsIt();
    void aLastLineWithoutAnEndIsTold_data();
    void aLastLineWithoutAnEndIsTold();
    void whatHasEndedIsNotMade();
    void aCancelledExportLeavesNoFile();
    void csvTellsWhatItHasNoPlaceFor();
    void aReadOnlyProfileMayExport();
    void aReadOnlyProfileMayNotImport();

private:
    [[nodiscard]] QString file() const { return m_file->path(); }
    [[nodiscard]] QStringList passing()
    {
        QStringList names;
        for (const std::string& name : m_server->list({"KEYS", "keyglass:*"})) {
            names << QString::fromStdString(name);
        }
        return names;
    }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<KeysFile> m_file;
};

void TestBulkTransfer::bringsEveryTypeBack()
{
    QFETCH(const TransferFormat, format);
    for (const Args& command : everyType()) {
        m_server->command(command);
    }
    const auto before = statesOf(*m_server, format);
    const auto exported = done(settingOf(*m_server), exporting(file(), format));
    QVERIFY(exported);
    QVERIFY2(exported->isWhole(), countsJson(exported->counts).c_str());
    QCOMPARE(exported->counts.done(), before.size());
    QCOMPARE(exported->file, file());
    m_server->command({"FLUSHALL"});
    const auto imported = done(settingOf(*m_server), importing(file(), format));
    QVERIFY(imported);
    QVERIFY2(imported->isWhole(), countsJson(imported->counts).c_str());
    QCOMPARE(imported->counts.done(), before.size());
    const auto after = statesOf(*m_server, format);
    for (const auto& [key, state] : before) {
        QVERIFY2(after.contains(key), key.c_str());
        QCOMPARE(after.at(key), state);
    }
    QCOMPARE(after.size(), before.size());
}

void TestBulkTransfer::bringsFieldsThatEndBack()
{
    m_server->command({"HSET", "hash", "f", "v", "g", "w"});
    const std::string ends = m_server->command({"HPEXPIREAT", "hash", farAway, "FIELDS", "1", "g"});
    if (ends.starts_with("-")) {
        QSKIP("The server has no fields that end");
    }
    for (const TransferFormat format :
        {TransferFormat::JsonLines, TransferFormat::Csv, TransferFormat::Commands, TransferFormat::Resp}) {
        QFile::remove(file());
        QVERIFY(done(settingOf(*m_server), exporting(file(), format)));
        m_server->command({"DEL", "hash"});
        QVERIFY(done(settingOf(*m_server), importing(file(), format)));
        QCOMPARE(m_server->list({"HPEXPIRETIME", "hash", "FIELDS", "2", "f", "g"}),
            (std::vector<std::string>{"-1", farAway}));
    }
}

void TestBulkTransfer::readsLargeKeysInPages()
{
    QFETCH(const TransferFormat, format);
    const auto number = [](std::size_t at) { return std::to_string(at); };
    m_server->fill(5000, [&](std::size_t at) { return Args{"HSET", "hash", "f" + number(at), std::string(500, 'v')}; });
    m_server->fill(5000, [&](std::size_t at) { return Args{"RPUSH", "list", number(at) + std::string(500, 'v')}; });
    m_server->fill(5000, [&](std::size_t at) { return Args{"SADD", "set", number(at) + std::string(500, 'v')}; });
    m_server->fill(5000,
        [&](std::size_t at) { return Args{"ZADD", "zset", number(at) + ".1", std::string(90, 'v') + number(at)}; });
    m_server->fill(5000,
        [&](std::size_t at) { return Args{"XADD", "stream", number(at + 1) + "-1", "f", std::string(500, 'v')}; });
    m_server->command({"XGROUP", "CREATE", "stream", "g", "7-1"});
    m_server->command({"SETRANGE", "string", "3000000", "end"});
    m_server->command({"PEXPIREAT", "hash", farAway});
    const auto before = statesOf(*m_server, TransferFormat::Csv);
    const auto exported = done(settingOf(*m_server), exporting(file(), format));
    QVERIFY(exported && exported->isWhole());
    m_server->command({"FLUSHALL"});
    const auto imported = done(settingOf(*m_server), importing(file(), format));
    QVERIFY(imported && imported->isWhole());
    QCOMPARE(statesOf(*m_server, TransferFormat::Csv), before);
    if (format != TransferFormat::Csv) {
        QVERIFY(m_server->command({"XINFO", "GROUPS", "stream"}).find("7-1") != std::string::npos);
    }
}

void TestBulkTransfer::goesThroughACluster()
{
    QFETCH(const TransferFormat, format);
    ClusterOptions options;
    options.replicasPerMaster = 0;
    const auto cluster = RedisCluster::start(options);
    Profile profile;
    profile.kind = ProfileKind::Cluster;
    profile.host = u"127.0.0.1"_s;
    profile.port = cluster->seedPort(0);
    for (const int master : cluster->masters()) {
        cluster->server(master).command({"FLUSHALL"});
    }
    cluster->fill(500, "k:");
    cluster->fill(20, "a}b{");
    const auto before = cluster->truth();
    const auto exported = done(settingOf(profile), exporting(file(), format));
    QVERIFY(exported && exported->isWhole());
    for (const int master : cluster->masters()) {
        cluster->server(master).command({"FLUSHALL"});
    }
    const auto imported = done(settingOf(profile), importing(file(), format));
    QVERIFY(imported);
    QVERIFY2(imported->isWhole(), countsJson(imported->counts).c_str());
    QVERIFY(cluster->truth() == before);
    JobPlan again = importing(file(), format, ImportConflict::Replace);
    again.archives = true;
    again.archiveFile = m_file->in(u"undo.kga"_s);
    const auto replaced = done(settingOf(profile), again);
    QVERIFY(replaced && replaced->isWhole());
    QCOMPARE(replaced->archive->records, before.size());
    QVERIFY(cluster->truth() == before);
}

void TestBulkTransfer::keysThatAreThere_data()
{
    QTest::addColumn<ImportConflict>("conflict");
    QTest::addColumn<QString>("value");
    QTest::addColumn<quint64>("done");
    QTest::addColumn<quint64>("skipped");
    QTest::addRow("skip") << ImportConflict::Skip << u"other"_s << quint64{1} << quint64{1};
    QTest::addRow("replace") << ImportConflict::Replace << u"v"_s << quint64{2} << quint64{0};
}

void TestBulkTransfer::keysThatAreThere()
{
    QFETCH(const ImportConflict, conflict);
    m_server->command({"MSET", "a", "v", "b", "v"});
    QVERIFY(done(settingOf(*m_server), exporting(file(), TransferFormat::JsonLines)));
    m_server->command({"DEL", "b"});
    m_server->command({"SET", "a", "other", "EX", "1000"});
    const auto imported = done(settingOf(*m_server), importing(file(), TransferFormat::JsonLines, conflict));
    QVERIFY(imported && imported->isWhole());
    QTEST(QString::fromStdString(m_server->command({"GET", "a"})), "value");
    QCOMPARE(m_server->command({"GET", "b"}), "v");
    QCOMPARE(m_server->command({"TTL", "b"}), "-1"); // not the hour of a passing name
    QTEST(quint64{imported->counts.done()}, "done");
    QTEST(quint64{imported->counts[keyglass::Outcome::Skipped]}, "skipped");
    QCOMPARE(passing(), QStringList());
}

void TestBulkTransfer::whatIsReplacedIsArchived()
{
    m_file->write("SET a new\nRPUSH b 1\n");
    m_server->command({"HSET", "a", "f", "v"});
    JobPlan plan = importing(file(), TransferFormat::Commands, ImportConflict::Replace);
    plan.archives = true;
    plan.archiveFile = m_file->in(u"undo.kga"_s);
    const auto imported = done(settingOf(*m_server), plan);
    QVERIFY(imported && imported->isWhole());
    QCOMPARE(m_server->command({"GET", "a"}), "new");
    auto reader = UndoArchiveReader::open(plan.archiveFile);
    QVERIFY(reader);
    UndoRecord record;
    QVERIFY(*(*reader)->next(record));
    QCOMPARE(record.key, "a");
    QCOMPARE(record.type, "hash");
    QVERIFY(!*(*reader)->next(record));
}

void TestBulkTransfer::failsBeforeTheFirstKey()
{
    m_file->write("SET a new\nSET b new\n");
    m_server->command({"SET", "b", "old"});
    const auto imported = done(settingOf(*m_server), importing(file(), TransferFormat::Commands, ImportConflict::Fail));
    QVERIFY(!imported);
    QCOMPARE(imported.error().kind, ErrorKind::Refused); // and nobody has changed the file
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"b"});
    m_file->write("SET a new\nFLUSHALL\n");
    const auto damaged = done(settingOf(*m_server), importing(file(), TransferFormat::Commands, ImportConflict::Fail));
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().kind, ErrorKind::Input);
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"b"});
}

void TestBulkTransfer::showsWhatItWouldDo()
{
    m_file->write("SET a new\nRPUSH b 1\nPEXPIREAT b 5\nHSET c f v\nPEXPIREAT c " + QByteArray::fromStdString(farAway)
        + "\nnonsense\nSET d v\n");
    m_server->command({"SET", "a", "old"});
    BulkRun run(settingOf(*m_server), importing(file(), TransferFormat::Commands));
    const auto seen = run.preview({}, {});
    QVERIFY(seen);
    QCOMPARE(seen->preview.keys, 2U); // c is damaged by what follows it, and so may be d
    QCOMPARE(seen->preview.inTheWay, 1U);
    QCOMPARE(seen->report.badLines, 2U);
    QCOMPARE(seen->preview.types.at("list"), 1U);
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"a"});
}

void TestBulkTransfer::badLinesAreNamed()
{
    m_file->write(
        "key,type,expire_at_ms,id,field,value,field_expire_at_ms\r\na,string,,,,v,\r\nb,list,,,,\\q,\r\nc,set,,,,v,"
        "\r\n");
    const auto imported = done(settingOf(*m_server), importing(file(), TransferFormat::Csv));
    QVERIFY(imported);
    QVERIFY(!imported->isWhole());
    QCOMPARE(imported->badLines, 1U);
    QCOMPARE(imported->problems.front().line, 3U);
    QCOMPARE(imported->counts[keyglass::Outcome::Failed], 1U);
    QCOMPARE(m_server->command({"EXISTS", "a", "b", "c"}), "2");
    QCOMPARE(m_server->command({"EXISTS", "b"}), "0");
}

/// They are not made without their ends, and it is told what the server lacks.
void TestBulkTransfer::fieldsThatEndWantAServerThatKnowsIt()
{
    const bool knows = m_server->command({"COMMAND", "DOCS", "HPEXPIREAT"}).find("summary") != std::string::npos;
    m_file->write("HSET h f v\nHPEXPIREAT h 4102444800123 FIELDS 1 f\nSET k v\n");
    const auto imported = done(settingOf(*m_server), importing(file()));
    QVERIFY(imported);
    QCOMPARE(imported->counts.done(), knows ? 2U : 1U);
    QCOMPARE(m_server->command({"DBSIZE"}), knows ? "2" : "1"); // no passing name, either
    if (!knows) {
        QCOMPARE(imported->counts[keyglass::Outcome::Failed], 1U);
        const std::string& why = imported->troubles.front().detail;
        QVERIFY2(why.starts_with("some of its fields end by themselves"), why.c_str());
    }
}

void TestBulkTransfer::aLastLineWithoutAnEndIsTold_data()
{
    QTest::addColumn<TransferFormat>("format");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line"); // 0: nothing to tell
    const QByteArray head = "key,type,expire_at_ms,id,field,value,field_expire_at_ms\r\n";
    QTest::addRow("commands") << TransferFormat::Commands << "RPUSH a 1 2\nRPUSH a 3"_ba << 2;
    QTest::addRow("commands, whole") << TransferFormat::Commands << "RPUSH a 1 2\nRPUSH a 3\n"_ba << 0;
    QTest::addRow("CSV") << TransferFormat::Csv << head + "a,list,,,,1,\r\na,list,,,,2," << 3;
    QTest::addRow("CSV, whole") << TransferFormat::Csv << head + "a,list,,,,1,\r\na,list,,,,2,\r\n" << 0;
    QTest::addRow("JSON is cut where it is cut")
        << TransferFormat::JsonLines << R"({"key": "a", "type": "string", "value": "v"})"_ba << 0;
}

/// Of a list in commands or in CSV nothing else says that its end is missing.
void TestBulkTransfer::aLastLineWithoutAnEndIsTold()
{
    QFETCH(const TransferFormat, format);
    QFETCH(const QByteArray, text);
    QFETCH(const int, line);
    m_file->write(text);
    const auto imported = done(settingOf(*m_server), importing(file(), format));
    QVERIFY(imported);
    QCOMPARE(imported->badLines, 0U);
    QVERIFY(imported->isWhole()); // it may have been written so
    QCOMPARE(imported->problems.size(), std::size_t{line > 0 ? 1U : 0U});
    QVERIFY(line == 0 || imported->problems.front().line == static_cast<std::uint64_t>(line));
    QCOMPARE(m_server->command({"EXISTS", "a"}), "1");
}

void TestBulkTransfer::whatHasEndedIsNotMade()
{
    m_file->write("SET a v\nPEXPIREAT a 5\nSET b v\n");
    const auto imported = done(settingOf(*m_server), importing(file(), TransferFormat::Commands));
    QVERIFY(imported);
    QCOMPARE(imported->counts[keyglass::Outcome::ExpiredMeanwhile], 1U);
    QCOMPARE(m_server->list({"KEYS", "*"}), std::vector<std::string>{"b"});
}

void TestBulkTransfer::aCancelledExportLeavesNoFile()
{
    m_server->fill(3000, [](std::size_t at) { return Args{"SET", "k:" + std::to_string(at), "v"}; });
    for (const TransferFormat format : {TransferFormat::JsonLines, TransferFormat::Archive}) {
        JobPlan plan = exporting(file(), format);
        plan.keysPerSecond = 1000;
        BulkRun run(settingOf(*m_server), plan);
        std::stop_source stop;
        std::optional<Result<BulkReport>> report;
        std::thread worker([&] { report = run.run(stop.get_token()); });
        QTRY_VERIFY_WITH_TIMEOUT(run.progress().settled > 0, 20'000);
        stop.request_stop();
        worker.join();
        QVERIFY(report->has_value());
        QCOMPARE((*report)->failure->kind, ErrorKind::Cancelled);
        QCOMPARE((*report)->counts.done(), 0U); // what was read by then is nowhere
        QVERIFY((*report)->counts[keyglass::Outcome::NotDone] > 0);
        QCOMPARE(QDir(m_file->folder()).entryList(QDir::Files), QStringList());
    }
}

void TestBulkTransfer::csvTellsWhatItHasNoPlaceFor()
{
    m_server->command({"XADD", "x", "1-1", "f", "v"});
    m_server->command({"XADD", "y", "1-1", "f", "v"});
    m_server->command({"XGROUP", "CREATE", "x", "g", "0"});
    for (const char* id : {"1-1", "2-1"}) {
        m_server->command({"XADD", "last deleted", id, "f", "v"});
        m_server->command({"XADD", "first deleted", id, "f", "v"});
        m_server->command({"XADD", "all deleted", id, "f", "v"});
    }
    m_server->command({"XDEL", "last deleted", "2-1"});
    m_server->command({"XDEL", "first deleted", "1-1"});
    m_server->command({"XDEL", "all deleted", "1-1", "2-1"});
    m_server->command({"XGROUP", "CREATE", "all deleted", "g", "0"});
    BulkSetting setting = settingOf(*m_server);
    setting.reportFile = m_file->in(u"report.csv"_s);
    const auto report = BulkRun(setting, exporting(file(), TransferFormat::Csv)).run({});
    QVERIFY(report && report->isWhole());
    QCOMPARE(report->counts.done(), 5U);
    QFile in(setting.reportFile);
    QVERIFY(in.open(QIODevice::ReadOnly));
    const QByteArray rows = in.readAll();
    QVERIFY2(rows.contains(",done,without its consumer groups: CSV has no place for them\r\n"), rows.constData());
    QVERIFY2(rows.contains(",done,\r\n"), rows.constData()); // y has none
    const QByteArray deleted = ",done,without its last ID or count of deleted entries: CSV has no place for them\r\n";
    QVERIFY2(rows.count(deleted) == 2, rows.constData());
    QVERIFY2(rows.contains("without its consumer groups, and its last ID or count of deleted entries: CSV has"),
        rows.constData());
}

void TestBulkTransfer::aReadOnlyProfileMayExport()
{
    m_server->command({"SET", "a", "v"});
    m_server->command({"HSET", "h", "f", "v"});
    m_server->command({"XADD", "s", "1-1", "f", "v"});
    const GateRules rules{true, Environment::Production};
    for (const TransferFormat format : {TransferFormat::JsonLines, TransferFormat::Archive}) {
        const auto exported = done(settingOf(*m_server, rules), exporting(file(), format));
        QVERIFY(exported);
        QVERIFY2(exported->isWhole(), countsJson(exported->counts).c_str());
        QVERIFY(QFile::remove(file()));
    }
}

void TestBulkTransfer::aReadOnlyProfileMayNotImport()
{
    m_file->write("SET a v\n");
    const auto imported =
        done(settingOf(*m_server, {true, Environment::Development}), importing(file(), TransferFormat::Commands));
    QVERIFY(!imported);
    QCOMPARE(imported.error().kind, ErrorKind::ReadOnly);
    QCOMPARE(m_server->command({"DBSIZE"}), "0");
}

QTEST_GUILESS_MAIN(TestBulkTransfer)
#include "tst_bulktransfer.moc"
