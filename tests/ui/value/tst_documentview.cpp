// SPDX-License-Identifier: GPL-3.0-or-later
// JSON documents: their tree, what is read of them, and what is chosen in it.
#include "tests/ui/value/answered.h"
#include "ui/value/documentview.h"
#include "ui/value/jsontreemodel.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

namespace {

/// Answers with texts by their paths.
class DocumentSource : public ValueSource {
public:
    QFuture<Result<ValueHead>> loadHead(std::string) override { return answered<ValueHead>(ValueHead{}); }
    QFuture<Result<ValuePage>> loadPage(ValuePageRequest) override { return answered<ValuePage>(ValuePage{}); }
    QFuture<Result<std::string>> loadSlice(ValueSliceRequest request) override
    {
        const auto found = texts.find(request.name);
        return answered(found != texts.end() ? Result<std::string>(found->second)
                                             : Result<std::string>(Error{ErrorKind::Server, {}, u"no such path"_s}));
    }
    std::map<std::string, std::string> texts;
};

/// "name: value", one line a row, indented by level; children as far as they are fetched.
QStringList drawn(const JsonTreeModel& model, const QModelIndex& parent = {}, int level = 0)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex at = model.index(row, JsonTreeModel::NameColumn, parent);
        lines << QString(level, u' ') + at.data().toString() + u": "_s
                + at.siblingAtColumn(JsonTreeModel::ValueColumn).data().toString();
        lines << drawn(model, at, level + 1);
    }
    return lines;
}

void fetchAll(JsonTreeModel& model, const QModelIndex& parent)
{
    while (model.hasMore(parent)) {
        model.fetchNext(parent);
    }
    for (int row = 0; row < model.rowCount(parent); ++row) {
        fetchAll(model, model.index(row, 0, parent));
    }
}

} // namespace

class TestDocumentView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void textsAreTrees();
    void childrenAreFoundAsTheyAreWanted();
    void partsAreFoundByTheirPaths();
    void aPathToOneIsThatOne();
    void aPathToSeveralHasNoPartsToEdit();
    void aPathThatLeadsNowhereIsTold_data();
    void aPathThatLeadsNowhereIsTold();
    void whatWasOpenStaysOpen();
    void longArraysGrowAsTheyAreScrolled();

private:
    void goTo(const QString& path);
    [[nodiscard]] std::string chosen() const
    {
        const auto part = m_view->part();
        return part ? part->path + ' ' + std::string(part->text) : "none";
    }

    std::shared_ptr<DocumentSource> m_source;
    std::unique_ptr<DocumentView> m_view;
    QTreeView* m_tree = nullptr;
};

void TestDocumentView::init()
{
    m_source = std::make_shared<DocumentSource>();
    m_source->texts[""] = R"({"a":{"b":[1,2]},"c":"x"})";
    m_view = std::make_unique<DocumentView>(m_source);
    m_tree = m_view->findChild<QTreeView*>();
    m_view->resize(600, 300);
    m_view->show();
}

void TestDocumentView::goTo(const QString& path)
{
    auto* field = m_view->findChild<QLineEdit*>();
    field->setText(path);
    QTest::keyClick(field, Qt::Key_Return);
}

void TestDocumentView::textsAreTrees()
{
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model);
    tester.setUseFetchMore(false); // it would while it is told of a reset
    model.setText(std::make_shared<const std::string>(R"({"a \u00e9":[9007199254740993,{}],"b":{"c":null}})"), "$");
    fetchAll(model, {});
    QCOMPARE(drawn(model),
        QStringList({uR"($: {"a \u00e9":[9007199254740993,{}],"b":{"c":null}})"_s, u" a é: [9007199254740993,{}]"_s,
            u"  0: 9007199254740993"_s, u"  1: {}"_s, uR"( b: {"c":null})"_s, u"  c: null"_s}));
    QVERIFY(!model.hasChildren(model.index(1, 0, model.index(0, 0, model.index(0, 0)))));
    model.setText(nullptr, {});
    QCOMPARE(model.rowCount(), 0);
    model.setText(std::make_shared<const std::string>("[1"), "$"); // cut: what is there of it
    fetchAll(model, {});
    QVERIFY(model.rowCount() == 1);
}

void TestDocumentView::childrenAreFoundAsTheyAreWanted()
{
    std::string text = "[0";
    for (int at = 1; at < 2500; ++at) {
        text += ',' + std::to_string(at);
    }
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model);
    tester.setUseFetchMore(false); // it would while it is told of a reset
    model.setText(std::make_shared<const std::string>(text + ']'), "$");
    const QModelIndex root = model.index(0, 0);
    QVERIFY(model.hasChildren(root));
    QCOMPARE(model.rowCount(root), 0);
    model.fetchMore(root);
    QCOMPARE(model.rowCount(root), JsonTreeModel::batch);
    QVERIFY(!model.canFetchMore(root)); // a tree view would go on to the end
    QVERIFY(model.hasMore(root));
    fetchAll(model, {});
    QCOMPARE(model.rowCount(root), 2500);
    QCOMPARE(model.path(model.index(2499, 0, root)), "$[2499]"s);
    QVERIFY(!model.hasMore(root));
}

void TestDocumentView::partsAreFoundByTheirPaths()
{
    JsonTreeModel model;
    model.setText(std::make_shared<const std::string>(R"({"a":{"b":[1,{"a":5}]},"ab":2})"), "$");
    const auto found = [&model](const char* path) { return std::string(model.text(model.find(path))); };
    QCOMPARE(found(R"($["a"]["b"][1]["a"])"), "5"s);
    QCOMPARE(found(R"($["ab"])"), "2"s);
    QCOMPARE(found(R"($["a"]["b"][7])"), R"([1,{"a":5}])"s); // what is there of the way
    QCOMPARE(found("$"), R"({"a":{"b":[1,{"a":5}]},"ab":2})"s);
}

void TestDocumentView::aPathToOneIsThatOne()
{
    m_source->texts["$.a"] = R"([{"b":[1,2]}])";
    m_view->open("doc", DocumentView::Place::Root);
    QTRY_COMPARE_WITH_TIMEOUT(chosen(), R"($ {"a":{"b":[1,2]},"c":"x"})"s, 20'000);
    goTo(u".a"_s);
    QTRY_COMPARE_WITH_TIMEOUT(chosen(), R"($.a {"b":[1,2]})"s, 20'000);
    QSignalSpy changed(m_view.get(), &DocumentView::partChanged);
    m_tree->setCurrentIndex(m_tree->model()->index(0, 0, m_tree->model()->index(0, 0)));
    QCOMPARE(chosen(), R"($.a["b"] [1,2])"s);
    QCOMPARE(changed.size(), 1);
    QVERIFY(!m_view->document()); // a part of it is not all of it
}

void TestDocumentView::aPathToSeveralHasNoPartsToEdit()
{
    m_source->texts["$..b"] = R"([[1,2],3])";
    m_view->open("doc", DocumentView::Place::Root);
    QTRY_VERIFY_WITH_TIMEOUT(m_view->part(), 20'000);
    goTo(u"$..b"_s);
    QTRY_COMPARE_WITH_TIMEOUT(chosen(), " [[1,2],3]"s, 20'000);
    m_tree->setCurrentIndex(m_tree->model()->index(1, 0, m_tree->model()->index(0, 0)));
    QCOMPARE(chosen(), " 3"s);
}

void TestDocumentView::aPathThatLeadsNowhereIsTold_data()
{
    QTest::addColumn<bool>("isError");
    QTest::newRow("an error of the module") << true;
    QTest::newRow("no value") << false;
}

void TestDocumentView::aPathThatLeadsNowhereIsTold()
{
    QFETCH(const bool, isError);
    if (!isError) {
        m_source->texts["$.x"] = "[]";
    }
    m_view->open("doc", DocumentView::Place::Root);
    QTRY_VERIFY_WITH_TIMEOUT(m_view->part(), 20'000);
    QSignalSpy refused(m_view.get(), &DocumentView::refused);
    goTo(u"$.x"_s);
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, 20'000);
    QVERIFY(!m_view->part()); // what stands there would not be what the path says
}

void TestDocumentView::whatWasOpenStaysOpen()
{
    m_view->open("doc", DocumentView::Place::Root);
    QTRY_VERIFY_WITH_TIMEOUT(m_view->part(), 20'000);
    const QAbstractItemModel& model = *m_tree->model();
    const QModelIndex a = model.index(0, 0, model.index(0, 0));
    m_tree->expand(a);
    m_tree->expand(model.index(0, 0, a));
    m_tree->setCurrentIndex(model.index(1, 0, model.index(0, 0, a)));
    QCOMPARE(chosen(), R"($["a"]["b"][1] 2)"s);
    m_source->texts[""] = R"({"new":0,"a":{"b":[1,7]},"c":"x"})";
    m_view->open("doc", DocumentView::Place::Keep);
    QTRY_COMPARE_WITH_TIMEOUT(chosen(), R"($["a"]["b"][1] 7)"s, 20'000);
    const QModelIndex now = model.index(1, 0, model.index(0, 0));
    QVERIFY(m_tree->isExpanded(now));
    QVERIFY(m_tree->isExpanded(model.index(0, 0, now)));
    m_source->texts[""] = R"({"a":1})";
    m_view->open("doc", DocumentView::Place::Keep);
    QTRY_COMPARE_WITH_TIMEOUT(chosen(), R"($["a"] 1)"s, 20'000); // the nearest that is there
}

void TestDocumentView::longArraysGrowAsTheyAreScrolled()
{
    std::string text = R"({"long":[0)";
    for (int at = 1; at < 2500; ++at) {
        text += ",0";
    }
    m_source->texts[""] = text + R"(],"next":1})";
    m_view->open("doc", DocumentView::Place::Root);
    QTRY_VERIFY_WITH_TIMEOUT(m_view->part(), 20'000);
    const QAbstractItemModel& model = *m_tree->model();
    const QModelIndex all = model.index(0, 0, model.index(0, 0));
    m_tree->expand(all);
    QCOMPARE(model.rowCount(all), JsonTreeModel::batch);
    m_tree->verticalScrollBar()->setValue(m_tree->verticalScrollBar()->maximum());
    QTRY_VERIFY_WITH_TIMEOUT(model.rowCount(all) > JsonTreeModel::batch, 20'000);
}

QTEST_MAIN(TestDocumentView)
#include "tst_documentview.moc"
