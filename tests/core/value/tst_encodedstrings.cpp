// SPDX-License-Identifier: GPL-3.0-or-later
// What servers themselves put into strings and scores: HyperLogLogs and places.
#include "core/value/formatters/decoderstack.h"
#include "core/value/formatters/geopoint.h"
#include "core/value/formatters/hyperloglog.h"
#include "tests/servers/redisserver.h"

#include <QObject>
#include <QTest>

#include <cmath>

using namespace keyglass;
using namespace keyglass::test;
using namespace std::string_literals;

using Args = RedisServer::Args;

class TestEncodedStrings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void estimatesAsTheServerCounts_data();
    void estimatesAsTheServerCounts();
    void looksAtNothingElse_data();
    void looksAtNothingElse();
    void isShownByItself();
    void placesAreTheServers_data();
    void placesAreTheServers();
    void otherScoresAreNoPlaces_data();
    void otherScoresAreNoPlaces();

private:
    std::unique_ptr<RedisServer> m_server;
};

void TestEncodedStrings::initTestCase()
{
    m_server = RedisServer::start();
}

void TestEncodedStrings::estimatesAsTheServerCounts_data()
{
    QTest::addColumn<int>("elements");
    QTest::addColumn<bool>("dense");
    QTest::addRow("empty") << 0 << false;
    QTest::addRow("one") << 1 << false;
    QTest::addRow("a hundred, sparse") << 100 << false;
    QTest::addRow("a thousand, sparse") << 1000 << false;
    QTest::addRow("more than sparse holds") << 20'000 << true;
    QTest::addRow("many") << 300'000 << true;
}

void TestEncodedStrings::estimatesAsTheServerCounts()
{
    QFETCH(int, elements);
    QFETCH(bool, dense);
    m_server->command({"DEL", "k"});
    m_server->command({"PFADD", "k"});
    m_server->fill(static_cast<std::size_t>(elements),
        [](std::size_t n) -> Args { return {"PFADD", "k", "element " + std::to_string(n)}; });
    const auto before = readHyperLogLog(m_server->command({"GET", "k"}));
    QVERIFY(before);
    QCOMPARE(before->isDense, dense);
    QVERIFY(elements == 0 || !before->cached); // nobody has counted yet
    const std::string counted = m_server->command({"PFCOUNT", "k"});
    QCOMPARE(std::to_string(before->estimate), counted);
    const auto after = readHyperLogLog(m_server->command({"GET", "k"}));
    QVERIFY(after && after->cached);
    QCOMPARE(std::to_string(*after->cached), counted);
}

void TestEncodedStrings::looksAtNothingElse_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addRow("nothing") << QByteArray();
    QTest::addRow("its name alone") << QByteArray("HYLL");
    QTest::addRow("a header alone, dense") << QByteArray("HYLL\0\0\0\0\0\0\0\0\0\0\0\0", 16);
    QTest::addRow("a header alone, sparse") << QByteArray("HYLL\1\0\0\0\0\0\0\0\0\0\0\0", 16);
    QTest::addRow("another encoding") << QByteArray("HYLL\7\0\0\0\0\0\0\0\0\0\0\0", 16);
    QTest::addRow("a run that is cut") << QByteArray("HYLL\1\0\0\0\0\0\0\0\0\0\0\0\x7f", 17);
    QTest::addRow("too many registers") << QByteArray("HYLL\1\0\0\0\0\0\0\0\0\0\0\0\x7f\xff\x7f\xff", 20);
    QTest::addRow("text") << QByteArray("HYLLO WORLD, HOW ARE YOU");
}

void TestEncodedStrings::looksAtNothingElse()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!readHyperLogLog(bytes.toStdString()));
    QVERIFY(detectStack(bytes.toStdString(), TextEnd::Whole).names() != "hyperloglog");
}

void TestEncodedStrings::isShownByItself()
{
    m_server->command({"DEL", "k"});
    m_server->command({"PFADD", "k", "a", "b", "c"});
    const std::string bytes = m_server->command({"GET", "k"});
    const DecoderStack stack = detectStack(bytes, TextEnd::Whole);
    QCOMPARE(stack.names(), "hyperloglog"s);
    const auto shown = stack.decode(bytes);
    QVERIFY(shown);
    QVERIFY(shown->content.starts_with("About 3 distinct elements"));
    QVERIFY(!stack.isReversible());
}

void TestEncodedStrings::placesAreTheServers_data()
{
    QTest::addColumn<double>("longitude");
    QTest::addColumn<double>("latitude");
    QTest::addRow("Berlin") << 13.405 << 52.52;
    QTest::addRow("Ushuaia") << -68.3029511 << -54.8019121;
    QTest::addRow("the zero point") << 0.0 << 0.0;
    QTest::addRow("a corner") << 180.0 << 85.05112878;
    QTest::addRow("the opposite corner") << -180.0 << -85.05112878;
    QTest::addRow("just west of the date line") << 179.9999999 << 1e-9;
}

void TestEncodedStrings::placesAreTheServers()
{
    QFETCH(double, longitude);
    QFETCH(double, latitude);
    m_server->command({"DEL", "g"});
    m_server->command({"GEOADD", "g", QByteArray::number(longitude, 'g', 17).toStdString(),
        QByteArray::number(latitude, 'g', 17).toStdString(), "here"});
    const auto point = geoPointOf(m_server->command({"ZSCORE", "g", "here"}));
    QVERIFY(point);
    const auto truth = QByteArray::fromStdString(m_server->command({"GEOPOS", "g", "here"})).split('\n');
    QCOMPARE(truth.size(), 2);
    constexpr double lastDigit = 1e-15; // the server writes 17 decimals
    QVERIFY(std::abs(point->longitude - truth[0].toDouble()) <= lastDigit);
    QVERIFY(std::abs(point->latitude - truth[1].toDouble()) <= lastDigit);
}

void TestEncodedStrings::otherScoresAreNoPlaces_data()
{
    QTest::addColumn<QByteArray>("score");
    for (const char* score : {"", "x", "1.5", "-1", "inf", "-inf", "nan", "18014398509481984", "1e300"}) {
        QTest::addRow("\"%s\"", score) << QByteArray(score);
    }
}

void TestEncodedStrings::otherScoresAreNoPlaces()
{
    QFETCH(QByteArray, score);
    QVERIFY(!geoPointOf(score.toStdString()));
}

QTEST_GUILESS_MAIN(TestEncodedStrings)
#include "tst_encodedstrings.moc"
