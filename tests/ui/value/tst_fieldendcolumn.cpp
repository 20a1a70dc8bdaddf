// SPDX-License-Identifier: GPL-3.0-or-later
// The TTL column of a hash's fields, beside a server that has it and one that has not.
#include "tests/ui/value/valuepanefixture.h"

#include <QSignalSpy>

#include <chrono>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

std::int64_t inMilliseconds(std::chrono::milliseconds from)
{
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    return (now.time_since_epoch() + from).count();
}

} // namespace

class TestFieldEndColumn : public ValuePaneFixture {
    Q_OBJECT

private Q_SLOTS:
    void fieldsShowTheTimeTheyHave();
    void timeGoesOn();
    void aServerWithoutThemShowsNoColumn();
    void whoMayNotAskSeesThat();
    void theColumnGoesWithTheHash();

private:
    [[nodiscard]] QStringList titles() const;
    std::shared_ptr<FieldEndLane::State> m_state = std::make_shared<FieldEndLane::State>();
};

QStringList TestFieldEndColumn::titles() const
{
    QStringList all;
    for (int column = 0; column < model()->columnCount(); ++column) {
        all << model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    }
    return all;
}

void TestFieldEndColumn::fieldsShowTheTimeTheyHave()
{
    using namespace std::chrono_literals;
    m_server->command({"HSET", "k", "a", "1", "b", "2"});
    *m_state = {};
    m_state->ends[{"k", "b"}] = inMilliseconds(76h + 30min);
    m_source->useFieldEnds(m_state);
    open("k");
    QCOMPARE(titles(), QStringList({u"Field"_s, u"TTL"_s, u"Value"_s}));
    QStringList rows = drawn();
    rows.sort();
    QCOMPARE(rows, QStringList({u"a | – | 1"_s, u"b | 3 d 4 h | 2"_s}));
    const int b = model()->rowOf("b", 0);
    QVERIFY(model()->index(b, 1).data(Qt::ToolTipRole).toString().contains(u"by the server's clock"_s));
    QCOMPARE(model()->fieldEnd(b), std::optional(SeenExpiry{ExpiryTime(Milliseconds{m_state->ends[{"k", "b"}]})}));
    QCOMPARE(model()->fieldEnd(model()->rowOf("a", 0)), std::optional(SeenExpiry{}));
    QCOMPARE(model()->contentColumn(), 2);
}

void TestFieldEndColumn::timeGoesOn()
{
    using namespace std::chrono_literals;
    m_server->command({"HSET", "k", "a", "1"});
    *m_state = {};
    m_state->ends[{"k", "a"}] = inMilliseconds(4s);
    m_source->useFieldEnds(m_state);
    open("k");
    QSignalSpy changes(model(), &QAbstractItemModel::dataChanged);
    QTRY_COMPARE_WITH_TIMEOUT(model()->index(0, 1).data().toString(), u"expired"_s, 20000);
    QVERIFY(!changes.isEmpty());
}

void TestFieldEndColumn::aServerWithoutThemShowsNoColumn()
{
    m_server->command({"HSET", "k", "a", "1"});
    *m_state = {};
    m_state->manner = FieldEndLane::Manner::Unknown;
    m_source->useFieldEnds(m_state);
    open("k");
    QCOMPARE(titles(), QStringList({u"Field"_s, u"Value"_s}));
    QCOMPARE(drawn(), QStringList{u"a | 1"_s});
    QCOMPARE(model()->fieldEnd(0), std::optional<SeenExpiry>());
}

void TestFieldEndColumn::whoMayNotAskSeesThat()
{
    m_server->command({"HSET", "k", "a", "1"});
    *m_state = {};
    m_state->manner = FieldEndLane::Manner::Forbidden;
    m_source->useFieldEnds(m_state);
    open("k");
    QCOMPARE(titles(), QStringList({u"Field"_s, u"TTL"_s, u"Value"_s}));
    QVERIFY(model()->index(0, 1).data(Qt::ToolTipRole).toString().contains(u"HPEXPIRETIME"_s));
    QVERIFY(!model()->index(0, 1).data().toString().isEmpty());
    QCOMPARE(model()->fieldEnd(0), std::optional<SeenExpiry>());
}

void TestFieldEndColumn::theColumnGoesWithTheHash()
{
    m_server->command({"HSET", "k", "a", "1"});
    m_server->command({"SADD", "s", "m"});
    *m_state = {};
    m_source->useFieldEnds(m_state);
    open("k");
    QCOMPARE(model()->columnCount(), 3);
    open("s");
    QCOMPARE(titles(), QStringList{u"Member"_s});
}

QTEST_MAIN(TestFieldEndColumn)
#include "tst_fieldendcolumn.moc"
