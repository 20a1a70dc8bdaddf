// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tree/treekeys.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace keyglass;
using namespace keyglass::ui;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

class TestKeyTreeModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsAWindowOfTheTree();
    void holdsToQtsRules();
    void resetsOnlyForOtherRows();
    void namesThatAreEasilyMistaken();
    void saysWhatIsKnown();
    void dragsTheExactName();
};

namespace {

TreeWindow windowOf(const std::vector<std::string>& keys, const ExpandedFolders& expanded)
{
    const auto tree = TreeRows::exact(snapshotOf(keys), TreeOptions(), expanded);
    return tree->rows(0, 1000);
}

} // namespace

void TestKeyTreeModel::drawsAWindowOfTheTree()
{
    const DetailsCache details;
    KeyTreeModel model(details);
    model.setWindow(windowOf({"user:1", "user:2", "user:10", "z"}, {"user:"}));
    QCOMPARE(drawn(model), (QStringList{u"▾user (3)"_s, u" '1'"_s, u" '2'"_s, u" '10'"_s, u"'z'"_s}));
    QCOMPARE(model.index(1, 0).data(KeyTreeModel::BytesRole).toByteArray(), QByteArray("user:1"));
}

void TestKeyTreeModel::holdsToQtsRules()
{
    DetailsCache details;
    KeyTreeModel model(details);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setWindow(windowOf({"a:1", "a:2", "b"}, {}));
    model.setWindow(windowOf({"a:1", "a:2", "b"}, {"a:"}));
    details.ask({"b"});
    model.detailsChanged();
    model.setWindow({});
    model.detailsChanged();
    model.setWindow(windowOf(numbered("k", 300), {}));
    QCOMPARE(model.rowCount(), 300);
}

void TestKeyTreeModel::resetsOnlyForOtherRows()
{
    const DetailsCache details;
    KeyTreeModel model(details);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setWindow(windowOf({"a", "b"}, {}));
    QCOMPARE(resets.size(), 1);
    auto same = windowOf({"a", "b"}, {});
    same.first = 7;
    model.setWindow(same);
    QCOMPARE(resets.size(), 1);
    QCOMPARE(model.firstRow(), 7U);
}

void TestKeyTreeModel::namesThatAreEasilyMistaken()
{
    const DetailsCache details;
    KeyTreeModel model(details);
    model.setWindow(
        windowOf({"a", "a:", ":a", "a::b", "", "a\\n", "a\n", " a", std::string("a\0", 2), "a\u200B"}, {"a:", "a::"}));
    const QStringList rows = drawn(model);
    QCOMPARE(QSet<QString>(rows.begin(), rows.end()).size(), rows.size());
    QVERIFY(rows.contains(u"'(empty name)'"_s));
    QVERIFY(rows.contains(u" '(empty name)'"_s)); // "a:" in the folder "a:"
    QVERIFY(rows.contains(u"'a\\\\n'"_s));
    QVERIFY(rows.contains(u"'a\\n'"_s));
}

void TestKeyTreeModel::saysWhatIsKnown()
{
    DetailsCache details;
    KeyTreeModel model(details);
    model.setWindow(windowOf({"k"}, {}));
    const auto cell = [&model](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(cell(1), QString());
    KeyDetails known;
    known.key = "k";
    known.type = KeyType::Hash;
    known.typeName = "hash";
    known.typeState = known.ttlState = known.memoryState = DetailState::There;
    known.memory = ByteCount{2048};
    details.put(known, Clock::now());
    QCOMPARE(cell(1), u"HSH"_s);
    QCOMPARE(cell(2), u"–"_s);
    QCOMPARE(cell(3), u"2.0\u00A0KB"_s);
    QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(u"2,048"_s));
    known.ttl = std::chrono::hours(3) + std::chrono::seconds(1);
    details.put(known, Clock::now());
    QCOMPARE(cell(2), u"3 h"_s);
    known.gone = true;
    details.put(known, Clock::now());
    QCOMPARE(cell(1), QString());
}

void TestKeyTreeModel::dragsTheExactName()
{
    const DetailsCache details;
    KeyTreeModel model(details);
    model.setWindow(windowOf({"a: b\xC3\xA9 ", "b\xFF\n"}, {}));
    const std::unique_ptr<QMimeData> text(model.mimeData({model.index(0, 0)}));
    QCOMPARE(text->text(), u"a: bé "_s);
    const std::unique_ptr<QMimeData> bytes(model.mimeData({model.index(1, 0)}));
    QCOMPARE(bytes->text(), u"b\\xFF\\n"_s);
    QCOMPARE(bytes->data(u"application/x-keyglass-key"_s), QByteArray("b\xFF\n"));
}

QTEST_MAIN(TestKeyTreeModel)
#include "tst_keytreemodel.moc"
