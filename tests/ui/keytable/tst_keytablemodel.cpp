// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyroot.h"
#include "ui/keytable/keytablemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestKeyTableModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void movingTheWindowResetsNothing();
    void cellsSayWhatIsKnown();
    void namesHaveTheirDatabase();
};

namespace {

using Tester = QAbstractItemModelTester;

/// The cells of a row, divided by bars.
QString drawn(const KeyTableModel& model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column) {
        cells << model.index(row, column).data().toString();
    }
    return cells.join(u'|');
}

} // namespace

void TestKeyTableModel::movingTheWindowResetsNothing()
{
    const DetailsCache details;
    KeyTableModel model(details);
    const Tester tester(&model, Tester::FailureReportingMode::QtTest);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy data(&model, &QAbstractItemModel::dataChanged);
    model.setWindow(0, {"a", "b", "c"});
    model.setWindow(5'000'000'000, {"x", "y", "z"});
    QCOMPARE(model.headerData(1, Qt::Vertical, Qt::DisplayRole).toString(), u"5,000,000,002"_s);
    QCOMPARE(model.index(1, 0).data(KeyTableModel::BytesRole).toByteArray(), QByteArray("y"));
    model.setWindow(5'000'000'001, {"y"});
    model.setWindow(0, {});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(resets.count(), 0);
    QCOMPARE(data.count(), 2);
}

void TestKeyTableModel::cellsSayWhatIsKnown()
{
    DetailsCache details;
    KeyTableModel model(details);
    const Tester tester(&model, Tester::FailureReportingMode::QtTest);
    model.setWindow(0, {"known", "gone", "new\n", "refused"});
    KeyDetails known;
    known.key = "known";
    known.typeState = known.ttlState = known.memoryState = known.lengthState = DetailState::There;
    known.encodingState = known.idleState = known.frequencyState = DetailState::There;
    known.type = KeyType::Hash;
    known.memory = ByteCount{2048};
    known.length = 1234;
    known.encoding = "listpack";
    known.idle = std::chrono::seconds(3661);
    known.frequency = 7;
    details.put(known, Clock::now());
    KeyDetails gone;
    gone.key = "gone";
    gone.gone = true;
    details.put(gone, Clock::now());
    KeyDetails refused;
    refused.key = "refused";
    refused.memoryState = DetailState::Refused;
    details.put(refused, Clock::now());
    model.detailsChanged();
    QCOMPARE(drawn(model, 0), u"known|HSH|–|2.0\u00A0KB|1,234|listpack|1 h 1 min|7"_s);
    QCOMPARE(drawn(model, 1), u"gone|||||||"_s);
    QCOMPARE(drawn(model, 2), u"new\\n|||||||"_s);
    QCOMPARE(drawn(model, 3), u"refused|||no permission||||"_s);
    QVERIFY(model.isRefused(3, SortColumn::Memory));
    QVERIFY(!model.isRefused(3, SortColumn::Ttl) && !model.isRefused(0, SortColumn::Memory));
    QVERIFY(model.index(1, 3).data(Qt::ToolTipRole).toString().contains(u"Gone"_s));
    QVERIFY(model.index(3, 3).data(Qt::ToolTipRole).toString().contains(u"may not"_s));
}

void TestKeyTableModel::namesHaveTheirDatabase()
{
    const DetailsCache details;
    KeyTableModel model(details);
    model.setHasRoots(true);
    model.setWindow(0, {rootOf(3) + "user:1"});
    QCOMPARE(model.index(0, 0).data().toString(), u"db 3 · user:1"_s);
    QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(u">user:1<"_s));
}

QTEST_MAIN(TestKeyTableModel)
#include "tst_keytablemodel.moc"
