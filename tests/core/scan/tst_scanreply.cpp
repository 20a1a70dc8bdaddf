// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/scanreply.h"

#include <QObject>
#include <QTest>

using namespace keyglass;
using Type = Reply::Type;

class TestScanReply : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheCursorBeforeTheKeys();
    void keepsCursorsAbove63Bits();
    void refusesWhatIsNoScanReply_data();
    void refusesWhatIsNoScanReply();
    void typesErrorReplies();
    void dropsKeysThatThePatternDoesNotAccept();
};

namespace {

void beginScan(ScanReply& reply, std::string_view cursor)
{
    reply.begin();
    reply.arrayBegins(0, 0, 2);
    reply.text(Type::String, 1, 0, cursor);
}

} // namespace

void TestScanReply::tellsTheCursorBeforeTheKeys()
{
    KeyBatch batch;
    std::size_t keysAtCursor = 99;
    const KeyPattern all;
    ScanReply reply(ScanReply::Shape::Scan, all, batch, [&](Cursor) { keysAtCursor = batch.size(); });
    beginScan(reply, "17");
    reply.arrayBegins(1, 1, 2);
    reply.text(Type::String, 2, 0, "a");
    reply.text(Type::String, 2, 1, std::string_view("\0b", 2));
    QCOMPARE(keysAtCursor, std::size_t{0});
    const auto cursor = reply.finished();
    QVERIFY(cursor.has_value());
    QCOMPARE(cursor->value, std::uint64_t{17});
    QCOMPARE(batch.size(), std::size_t{2});
    QVERIFY(batch[1] == std::string_view("\0b", 2));
}

void TestScanReply::keepsCursorsAbove63Bits()
{
    KeyBatch batch;
    const KeyPattern all;
    ScanReply reply(ScanReply::Shape::Scan, all, batch, {});
    beginScan(reply, "18446744073709551615");
    reply.arrayBegins(1, 1, 0);
    QCOMPARE(reply.finished()->value, ~std::uint64_t{0});
}

void TestScanReply::refusesWhatIsNoScanReply_data()
{
    QTest::addColumn<QByteArray>("cursor");
    QTest::addColumn<bool>("keys");
    QTest::addRow("no list of keys") << QByteArray("0") << false;
    QTest::addRow("cursor is a word") << QByteArray("next") << true;
    QTest::addRow("cursor is negative") << QByteArray("-1") << true;
    QTest::addRow("cursor passes 64 bits") << QByteArray("18446744073709551616") << true;
    QTest::addRow("cursor is empty") << QByteArray("") << true;
}

void TestScanReply::refusesWhatIsNoScanReply()
{
    QFETCH(QByteArray, cursor);
    QFETCH(bool, keys);
    KeyBatch batch;
    const KeyPattern all;
    ScanReply reply(ScanReply::Shape::Scan, all, batch, {});
    beginScan(reply, cursor.toStdString());
    if (keys) {
        reply.arrayBegins(1, 1, 0);
    }
    const auto finished = reply.finished();
    QVERIFY(!finished.has_value());
    QCOMPARE(finished.error().kind, ErrorKind::Protocol);
}

void TestScanReply::typesErrorReplies()
{
    KeyBatch batch;
    const KeyPattern all;
    ScanReply reply(ScanReply::Shape::Scan, all, batch, {});
    reply.begin();
    reply.text(Type::Error, 0, 0, "NOPERM this user has no permissions to run the 'scan' command");
    QCOMPARE(reply.finished().error().kind, ErrorKind::Permission);
    beginScan(reply, "0");
    reply.arrayBegins(1, 1, 0);
    QVERIFY2(reply.finished().has_value(), "an error must not outlive its reply");
}

void TestScanReply::dropsKeysThatThePatternDoesNotAccept()
{
    KeyBatch batch;
    const KeyPattern prefix = KeyPattern::prefix("a:");
    ScanReply reply(ScanReply::Shape::Scan, prefix, batch, {});
    beginScan(reply, "0");
    reply.arrayBegins(1, 1, 2);
    reply.text(Type::String, 2, 0, "a:1");
    reply.text(Type::String, 2, 1, "b:1");
    QCOMPARE(batch.size(), std::size_t{1});
    QCOMPARE(reply.elements(), std::size_t{2});
}

QTEST_APPLESS_MAIN(TestScanReply)
#include "tst_scanreply.moc"
