// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/fonts.h"
#include "ui/keytable/keytablecolumns.h"
#include "ui/keytable/keytablemodel.h"

#include <QFontMetrics>
#include <QHeaderView>
#include <QTableView>
#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::optional<keyglass::ServerFacts>)

class TestKeyTableColumns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theServerSuggests_data();
    void theServerSuggests();
    void theUserChooses();
    void choicesComeBack();
    void namesHaveTheRest();
    void timesAreNotCutOff();
};

namespace {

struct Shown {
    const DetailsCache details;
    KeyTableModel model{details};
    QTableView table;
    KeyTableColumns columns{*[this] {
        table.setModel(&model);
        return table.horizontalHeader();
    }()};
};

QString drawn(const KeyTableColumns& columns)
{
    QStringList titles;
    for (const SortColumn column : columns.shown()) {
        titles << columnTitle(column);
    }
    return titles.join(u", "_s);
}

ServerFacts factsOf(bool hasNoTouch, const std::string& policy)
{
    ServerFacts facts;
    facts.features.fill(FeatureState::Present);
    facts.features[static_cast<std::size_t>(ServerFeature::ClientNoTouch)] =
        hasNoTouch ? FeatureState::Present : FeatureState::Missing;
    facts.maxmemoryPolicy = policy;
    return facts;
}

} // namespace

void TestKeyTableColumns::theServerSuggests_data()
{
    QTest::addColumn<std::optional<ServerFacts>>("facts");
    QTest::addColumn<QString>("columns");
    using Facts = std::optional<ServerFacts>;
    QTest::addRow("reading a length touches")
        << Facts(factsOf(false, "noeviction")) << u"Name, Type, TTL, Memory, Encoding, Idle time"_s;
    QTest::addRow("it can be spared") << Facts(factsOf(true, "noeviction"))
                                      << u"Name, Type, TTL, Memory, Length, Encoding, Idle time"_s;
    QTest::addRow("LFU") << Facts(factsOf(true, "allkeys-lfu"))
                         << u"Name, Type, TTL, Memory, Length, Encoding, Frequency"_s;
    QTest::addRow("policy not known") << Facts(factsOf(true, ""))
                                      << u"Name, Type, TTL, Memory, Length, Encoding, Idle time"_s;
    QTest::addRow("not connected yet") << Facts() << u"Name, Type, TTL, Memory, Encoding, Idle time"_s;
}

void TestKeyTableColumns::theServerSuggests()
{
    QFETCH(std::optional<ServerFacts>, facts);
    QFETCH(QString, columns);
    Shown shown;
    shown.columns.setServer(facts);
    QCOMPARE(drawn(shown.columns), columns);
    for (const SortColumn column : allTableColumns) {
        QCOMPARE(shown.table.isColumnHidden(static_cast<int>(column)), !shown.columns.isShown(column));
    }
}

void TestKeyTableColumns::theUserChooses()
{
    Shown shown;
    shown.columns.setServer(factsOf(false, "noeviction"));
    shown.columns.setShown(SortColumn::Length, true); // knowing what it does
    shown.columns.setShown(SortColumn::Type, false);
    shown.columns.setShown(SortColumn::Frequency, true); // which this server does not tell
    QCOMPARE(drawn(shown.columns), u"Name, TTL, Memory, Length, Encoding, Idle time"_s);
    QVERIFY(shown.columns.whyMissing(SortColumn::Frequency).contains(u"noeviction"_s));
    shown.columns.setServer(factsOf(false, "allkeys-lfu"));
    QCOMPARE(drawn(shown.columns), u"Name, TTL, Memory, Length, Encoding, Frequency"_s);
}

void TestKeyTableColumns::choicesComeBack()
{
    QByteArray state;
    {
        Shown shown;
        shown.columns.setServer(factsOf(true, "noeviction"));
        shown.columns.setShown(SortColumn::Encoding, false);
        shown.table.horizontalHeader()->resizeSection(static_cast<int>(SortColumn::Memory), 123);
        state = shown.columns.save();
    }
    Shown shown;
    shown.columns.setServer(factsOf(true, "noeviction"));
    QVERIFY(shown.columns.restore(state));
    QCOMPARE(drawn(shown.columns), u"Name, Type, TTL, Memory, Length, Idle time"_s);
    QCOMPARE(shown.table.columnWidth(static_cast<int>(SortColumn::Memory)), 123);
    QVERIFY(!shown.columns.restore("nonsense"));
    QVERIFY(!shown.columns.restore({}));
    QCOMPARE(drawn(shown.columns), u"Name, Type, TTL, Memory, Length, Idle time"_s);
}

void TestKeyTableColumns::namesHaveTheRest()
{
    Shown shown;
    shown.columns.setServer(factsOf(true, "noeviction"));
    shown.columns.fit(1000);
    QCOMPARE(shown.table.horizontalHeader()->length(), 1000);
    shown.columns.setShown(SortColumn::Memory, false);
    QCOMPARE(shown.table.horizontalHeader()->length(), 1000);
    shown.columns.fit(300);
    QCOMPARE(shown.table.columnWidth(0), 180);
}

void TestKeyTableColumns::timesAreNotCutOff()
{
    Shown shown;
    const int needed = QFontMetrics(keyFont()).horizontalAdvance(u"59 min 59 s"_s) + 16;
    for (const SortColumn column : {SortColumn::Ttl, SortColumn::Idle}) {
        const int width = shown.table.horizontalHeader()->sectionSize(static_cast<int>(column));
        QVERIFY2(width >= needed, qPrintable(u"%1: %2 of %3"_s.arg(columnTitle(column)).arg(width).arg(needed)));
    }
}

QTEST_MAIN(TestKeyTableColumns)
#include "tst_keytablecolumns.moc"
