// SPDX-License-Identifier: GPL-3.0-or-later
// A list's element is known again by its index and its neighbours: also when it is saved again, when what is there by
// now is overwritten, and when the neighbours are long.
#include "core/edit/editedcell.h"
#include "tests/core/edit/editfixture.h"

#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(EditAction)

class TestListPlaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void whatIsOverwrittenIsComparedWithItsNeighbours_data();
    void whatIsOverwrittenIsComparedWithItsNeighbours();
    void whatIsSavedAgainIsComparedWithItsNeighbours();
    void whatWasOverwrittenCanBeSavedAgain();
    void longNeighboursAreCompared_data();
    void longNeighboursAreCompared();
    void longBytesAreKnownByTheirDigest();

private:
    [[nodiscard]] std::string all() { return m_server->command({"LRANGE", "k", "0", "-1"}); }
    [[nodiscard]] Result<EditOutcome> apply(const KeyEdit& edit) { return applyEdit(*m_lane, edit, m_options, {}); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<Lane> m_lane;
    EditOptions m_options;
};

void TestListPlaces::initTestCase()
{
    m_server = RedisServer::start();
    QVERIFY(m_server);
    m_lane = editLane(*m_server);
    m_options = optionsOf(*m_server);
}

void TestListPlaces::init()
{
    m_server->command({"FLUSHALL"});
    m_server->command({"RPUSH", "k", "a", "b", "c", "d"});
}

void TestListPlaces::whatIsOverwrittenIsComparedWithItsNeighbours_data()
{
    const SeenListPlace second{1, "b", SeenBytes::there("a"), SeenBytes::there("c")};
    QTest::addColumn<EditAction>("action");
    QTest::addColumn<std::string>("done");
    using std::string;
    QTest::addRow("set") << EditAction(SetListElement{second, "new"}) << string("z\nnew\nb\nc\nd");
    QTest::addRow("insert") << EditAction(InsertListElement{second, InsertListElement::Side::Before, "new"})
                            << string("z\nnew\na\nb\nc\nd");
    QTest::addRow("delete") << EditAction(DeleteListElement{second}) << string("z\nb\nc\nd");
}

void TestListPlaces::whatIsOverwrittenIsComparedWithItsNeighbours()
{
    QFETCH(const EditAction, action);
    QFETCH(const std::string, done);
    const KeyEdit edit{"k", action};
    m_server->command({"LPUSH", "k", "z"});
    const auto conflict = apply(edit);
    QCOMPARE(told(conflict), u"Conflict"_s);
    QVERIFY(conflict->now.before == SeenBytes::there("z"));
    QVERIFY(conflict->now.after == SeenBytes::there("b"));
    const auto over = overwriting(edit, conflict->now);
    QVERIFY(over);
    m_server->command({"LSET", "k", "2", "theirs"}); // beside what the user has seen and decided on
    const std::string before = all();
    QCOMPARE(told(apply(*over)), u"Conflict"_s);
    QCOMPARE(all(), before);
    m_server->command({"LSET", "k", "2", "b"});
    QCOMPARE(told(apply(*over)), u"Done"_s);
    QCOMPARE(all(), done);
}

void TestListPlaces::whatIsSavedAgainIsComparedWithItsNeighbours()
{
    EditedCell cell;
    cell.kind = CellKind::ListElement;
    cell.seen = "b";
    cell.index = 1;
    cell.before = SeenBytes::there("a");
    cell.after = SeenBytes::there("c");
    const auto first = replacing(cell, "x");
    QVERIFY(first);
    QCOMPARE(told(apply(KeyEdit{"k", *first})), u"Done"_s);
    cell = reseen(std::move(cell), "x");
    m_server->command({"RPOPLPUSH", "k", "k"}); // d a x c
    m_server->command({"LSET", "k", "1", "x"}); // d x x c
    const auto second = replacing(cell, "y");
    QVERIFY(second);
    QCOMPARE(told(apply(KeyEdit{"k", *second})), u"Conflict"_s);
    QCOMPARE(all(), std::string("d\nx\nx\nc"));
}

/// With the neighbours that were seen with it.
void TestListPlaces::whatWasOverwrittenCanBeSavedAgain()
{
    EditedCell cell;
    cell.kind = CellKind::ListElement;
    cell.seen = "b";
    cell.index = 1;
    cell.before = SeenBytes::there("a");
    cell.after = SeenBytes::there("c");
    m_server->command({"LPUSH", "k", "z"});
    const auto edit = replacing(cell, "x");
    QVERIFY(edit);
    const auto conflict = apply(KeyEdit{"k", *edit});
    QCOMPARE(told(conflict), u"Conflict"_s);
    const auto over = overwriting(KeyEdit{"k", *edit}, conflict->now);
    QVERIFY(over);
    QCOMPARE(told(apply(*over)), u"Done"_s);
    cell = reseen(asOf(std::move(cell), conflict->now), "x");
    const auto again = replacing(cell, "y");
    QVERIFY(again);
    QCOMPARE(told(apply(KeyEdit{"k", *again})), u"Done"_s);
    QCOMPARE(all(), std::string("z\ny\nb\nc\nd"));
}

void TestListPlaces::longNeighboursAreCompared_data()
{
    QTest::addColumn<int>("bytes");
    QTest::addRow("1 KB") << 1024;
    QTest::addRow("just longer") << 1025;
    QTest::addRow("64 KB") << 65'536;
}

void TestListPlaces::longNeighboursAreCompared()
{
    QFETCH(const int, bytes);
    const std::string neighbour(static_cast<std::size_t>(bytes), 'n');
    m_server->command({"LSET", "k", "0", neighbour});
    const auto change = [&](const char* from, const char* to) {
        return KeyEdit{
            "k", SetListElement{{1, from, SeenBytes::like(neighbour), SeenBytes::there("c")}, std::string(to)}};
    };
    QCOMPARE(told(apply(change("b", "new"))), u"Done"_s);
    std::string other = neighbour;
    other.back() = '!';
    m_server->command({"LSET", "k", "0", other});
    QCOMPARE(told(apply(change("new", "newer"))), u"Conflict"_s);
    m_server->command({"LPOP", "k"});
    m_server->command({"LINSERT", "k", "BEFORE", "c", "new"}); // new new c d
    QCOMPARE(told(apply(change("new", "newer"))), u"Conflict"_s);
}

void TestListPlaces::longBytesAreKnownByTheirDigest()
{
    const std::string large(100'000, 'x');
    const SeenBytes seen = SeenBytes::like(large);
    QVERIFY(seen.bytes.size() < 100);
    QVERIFY(seen.fits(large));
    QVERIFY(!seen.fits(large + 'x'));
    QVERIFY(!seen.fits(seen.bytes));
    QVERIFY(!seen.fits(std::nullopt));
    QVERIFY(SeenBytes::like("short") == SeenBytes::there("short"));
}

QTEST_GUILESS_MAIN(TestListPlaces)
#include "tst_listplaces.moc"
