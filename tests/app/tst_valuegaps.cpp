// SPDX-License-Identifier: GPL-3.0-or-later
// `keyglass value` of what has an element that no reply can bring: the rest is written, and what is missing is named.
#include "tests/app/program.h"
#include "tests/servers/faultproxy.h"
#include "tests/servers/redisserver.h"

#include <QJsonArray>
#include <QObject>
#include <QTest>

#include <algorithm>

using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t overCap = 65U * 1024 * 1024;

} // namespace

class TestValueGaps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void jsonNamesWhatIsTooLong_data() { types(); }
    void jsonNamesWhatIsTooLong();
    void otherFormatsLeaveItOut_data();
    void otherFormatsLeaveItOut();
    void oneFieldThatIsTooLong();
    void scoresBesideLongMembers();
    void aLineLostOnTheWay();

private:
    static void types();
    [[nodiscard]] Outcome value(const QStringList& arguments) const
    {
        return run(QStringList{u"value"_s, u"--uri"_s, u"redis+unix://"_s + m_server->socketPath()} + arguments);
    }
    std::unique_ptr<RedisServer> m_server;
};

void TestValueGaps::initTestCase()
{
    m_server = RedisServer::start();
    const std::string big(overCap, 'x');
    m_server->command({"HSET", "hash", "a", "1", "big", big, "z", "2"});
    m_server->command({"RPUSH", "list", "a", big, "z"});
    m_server->command({"ZADD", "zset", "1", "a", "2", big, "3", "z"});
    m_server->command({"XADD", "stream", "1-0", "f", "a"});
    m_server->command({"XADD", "stream", "2-0", "f", big});
    m_server->command({"XADD", "stream", "3-0", "f", "z"});
}

void TestValueGaps::types()
{
    QTest::addColumn<QString>("name");
    QTest::addRow("hash") << u"field big"_s;
    QTest::addRow("list") << u"index 1"_s;
    QTest::addRow("zset") << u"rank 1"_s;
    QTest::addRow("stream") << u"entry 2-0"_s;
}

void TestValueGaps::jsonNamesWhatIsTooLong()
{
    QFETCH(const QString, name);
    const QString key = QString::fromLatin1(QTest::currentDataTag());
    const Outcome done = value({key});
    QCOMPARE(done.status, 1);
    QVERIFY2(done.err.contains(name.toUtf8()), done.err.constData());
    QVERIFY2(!done.json().isEmpty(), done.out.constData()); // it is JSON to its end
    QVERIFY2(done.json()[u"incomplete"_s].toString().contains(name), done.out.constData());
    const QJsonArray rows = done.json()[u"value"_s].toArray();
    QCOMPARE(rows.size(), 3);
    int errors = 0;
    for (const QJsonValue& row : rows) {
        const QJsonObject object = row.toObject();
        if (object.contains(u"error"_s)) {
            ++errors;
            QVERIFY(!object.contains(u"value"_s));
            if (key == u"hash"_s) {
                QCOMPARE(object[u"field"_s].toString(), u"big"_s);
                QCOMPARE(object[u"size"_s].toInteger(), qint64{overCap});
            }
        }
    }
    QCOMPARE(errors, 1);
}

void TestValueGaps::otherFormatsLeaveItOut_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QByteArray>("name");
    for (const char* format : {"raw", "lines"}) {
        const auto row = [&](const char* key, const QByteArrayList& lines, const char* name) {
            QTest::addRow("%s, %s", key, format)
                << QString::fromLatin1(key) << QString::fromLatin1(format) << lines << QByteArray(name);
        };
        row("hash", {"a\t1", "z\t2"}, "field big");
        row("list", {"a", "z"}, "index 1");
        row("zset", {"a\t1", "z\t3"}, "rank 1");
        row("stream", {"1-0\tf\ta", "3-0\tf\tz"}, "entry 2-0");
    }
    const auto csv = [](const char* key, const QByteArrayList& lines, const char* name) {
        QTest::addRow("%s, csv", key) << QString::fromLatin1(key) << u"csv"_s << lines << QByteArray(name);
    };
    csv("hash", {"a,1\r", "field,value\r", "z,2\r"}, "field big");
    csv("list", {"0,a\r", "2,z\r", "index,value\r"}, "index 1");
    csv("zset", {"0,a,1\r", "2,z,3\r", "rank,member,score\r"}, "rank 1");
    csv("stream", {"1-0,f,a\r", "3-0,f,z\r", "id,field,value\r"}, "entry 2-0");
}

void TestValueGaps::otherFormatsLeaveItOut()
{
    QFETCH(const QString, key);
    QFETCH(const QString, format);
    QFETCH(const QByteArrayList, lines);
    QFETCH(const QByteArray, name);
    const Outcome done = value({key, u"--format"_s, format});
    QCOMPARE(done.status, 1);
    QVERIFY2(done.err.contains(name), done.err.constData());
    QByteArrayList written = done.out.split('\n');
    QVERIFY(!written.isEmpty() && written.takeLast().isEmpty());
    std::ranges::sort(written); // fields come in the server's order
    QCOMPARE(written, lines);
}

void TestValueGaps::oneFieldThatIsTooLong()
{
    const Outcome done = value({u"hash"_s, u"--field"_s, u"big"_s});
    QVERIFY(done.status != 0);
    QCOMPARE(done.out, QByteArray());
    QVERIFY2(done.err.contains("big") && done.err.contains("65.0"), done.err.constData());
}

/// They are short, whatever room the members took.
void TestValueGaps::scoresBesideLongMembers()
{
    m_server->fill(100, [](std::size_t n) {
        const std::string member = std::to_string(1000 + n) + std::string(300'000, 'm');
        return RedisServer::Args{"ZADD", "long", std::to_string(n), member};
    });
    const Outcome done = value({u"long"_s});
    QCOMPARE(done.status, 0);
    const QJsonArray rows = done.json()[u"value"_s].toArray();
    QCOMPARE(rows.size(), 100);
    for (int at = 0; at < rows.size(); ++at) {
        QCOMPARE(rows[at].toObject()[u"score"_s].toString(), QString::number(at));
        QVERIFY(rows[at].toObject()[u"member"_s].toString().startsWith(QString::number(1000 + at)));
    }
}

/// What came before is JSON, and says that it is not all.
void TestValueGaps::aLineLostOnTheWay()
{
    constexpr int elements = 200'000;
    m_server->fill(200, [](std::size_t n) {
        RedisServer::Args args{"RPUSH", "many"};
        for (std::size_t at = 0; at < 1000; ++at) {
            args.push_back("an element of some length " + std::to_string(n * 1000 + at));
        }
        return args;
    });
    FaultProxy proxy(ProxyTarget{m_server->socketPath()});
    proxy.setFaults(Faults{.cutAfter = 3'000'000}); // in the midst of it
    const Outcome done = run({u"value"_s, u"--uri"_s, u"redis+unix://"_s + proxy.socketPath(), u"many"_s});
    QVERIFY(done.status != 0);
    QVERIFY(!done.err.isEmpty());
    QVERIFY2(done.json().contains(u"incomplete"_s), done.out.right(200).constData());
    const auto read = done.json()[u"value"_s].toArray().size();
    QVERIFY2(read > 0 && read < elements, std::to_string(read).c_str());
}

QTEST_GUILESS_MAIN(TestValueGaps)
#include "tst_valuegaps.moc"
