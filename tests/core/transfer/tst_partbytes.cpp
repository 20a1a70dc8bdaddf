// SPDX-License-Identifier: GPL-3.0-or-later
// Parts as they stand in an undo archive: what was given comes back, and what is no part is refused.
#include "core/transfer/partbytes.h"

#include <QTest>

#include <limits>

using namespace keyglass;

namespace {

KeyPart partOf(KeyType type, std::vector<KeyPart::Row> rows)
{
    KeyPart part;
    part.type = type;
    part.rows = std::move(rows);
    return part;
}

} // namespace

class TestPartBytes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comeBackAsTheyWere_data();
    void comeBackAsTheyWere();
    void whatIsNoPartIsRefused_data();
    void whatIsNoPartIsRefused();
};

void TestPartBytes::comeBackAsTheyWere_data()
{
    QTest::addColumn<KeyPart>("part");
    const std::string binary("\0\xFF\n", 3);
    QTest::addRow("string") << partOf(KeyType::String, {{binary}});
    QTest::addRow("nothing") << partOf(KeyType::String, {});
    QTest::addRow("list") << partOf(KeyType::List, {{"a"}, {""}, {binary}});
    QTest::addRow("set") << partOf(KeyType::Set, {{"a"}, {std::string(300, 'x')}});
    QTest::addRow("zset") << partOf(KeyType::SortedSet, {{"m", "-inf"}, {binary, "0.10000000000000001"}});
    KeyPart hash = partOf(KeyType::Hash, {{"f", "v"}, {binary, ""}});
    hash.fieldEnds = {{"f", Milliseconds{4'102'444'800'123}}};
    hash.isFirst = false;
    hash.isLast = false;
    QTest::addRow("hash") << hash;
    KeyPart stream = partOf(KeyType::Stream, {{"1-1", "f", "v"}, {"2-1", "f", "v", "g", binary}});
    stream.isFirst = false;
    stream.stream = StreamPart{"3-0", std::numeric_limits<std::uint64_t>::max() - 1, "2-0",
        {{"g", "1-1", 0, {"me", "idle"}, {{"1-1", "me", Milliseconds{1'700'000'000'000}, 3}}},
            {"h", "0-0", std::nullopt, {}, {}}}};
    QTest::addRow("stream") << stream;
    stream.stream = StreamPart{};
    QTest::addRow("stream of which little is known") << stream;
}

void TestPartBytes::comeBackAsTheyWere()
{
    QFETCH(const KeyPart, part);
    const auto stored = partOfBytes(bytesOfPart(part, 12'345));
    QVERIFY(stored);
    QVERIFY(stored->part == part);
    QCOMPARE(stored->keyLength, std::uint64_t{12'345});
}

void TestPartBytes::whatIsNoPartIsRefused_data()
{
    QTest::addColumn<std::string>("bytes");
    const std::string good = bytesOfPart(partOf(KeyType::Hash, {{"f", "v"}, {"g", "w"}}), 2);
    QTest::addRow("nothing") << std::string();
    for (std::size_t length = 1; length < good.size(); ++length) {
        QTest::addRow("cut after %zu bytes", length) << good.substr(0, length);
    }
    QTest::addRow("with more behind it") << good + 'x';
    QTest::addRow("of a later version") << '\x02' + good.substr(1);
    QTest::addRow("a field without a value") << bytesOfPart(partOf(KeyType::Hash, {{"f"}}), 1);
    QTest::addRow("an entry without a field") << bytesOfPart(partOf(KeyType::Stream, {{"1-1"}}), 1);
    std::string hostile = good.substr(0, 7);
    hostile += "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01";
    QTest::addRow("more rows than there can be") << hostile;
}

void TestPartBytes::whatIsNoPartIsRefused()
{
    QFETCH(const std::string, bytes);
    QVERIFY(!partOfBytes(bytes));
}

QTEST_GUILESS_MAIN(TestPartBytes)
#include "tst_partbytes.moc"
