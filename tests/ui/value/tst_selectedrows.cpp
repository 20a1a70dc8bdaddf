// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/value/answered.h"
#include "ui/value/selectedrows.h"

#include <QItemSelection>
#include <QTest>

#include <memory>
#include <string>
#include <utility>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;

namespace {

/// Ten elements of a longer list in one page, with the one behind them.
class PartOfList : public ValueSource {
public:
    static constexpr std::size_t count = 10;

    QFuture<Result<ValueHead>> loadHead(std::string) override { return answered<ValueHead>(ValueHead()); }
    QFuture<Result<ValuePage>> loadPage(ValuePageRequest request) override
    {
        ValuePage page;
        page.type = request.type;
        for (std::size_t at = 0; at < count; ++at) {
            page.rows.push_back({ValueCell("e" + std::to_string(at))});
        }
        page.beside.emplace(count, ValueRow{ValueCell("behind")});
        page.total = count + 1;
        page.complete = true;
        return answered<ValuePage>(page);
    }
    QFuture<Result<std::string>> loadSlice(ValueSliceRequest) override { return answered<std::string>(std::string()); }
};

void load(ValueTableModel& model)
{
    ValueHead head;
    head.key = "k";
    head.type = KeyType::List;
    head.typeName = "list";
    model.open(head, std::string());
    QTRY_COMPARE(model.rowCount(), static_cast<int>(PartOfList::count));
}

QItemSelection rowsOf(const ValueTableModel& model, int first, int last)
{
    return QItemSelection(model.index(first, 0), model.index(last, model.columnCount() - 1));
}

std::string bytesOf(const SeenBytes& seen)
{
    return seen == SeenBytes::notLooked() ? "not known" : seen == SeenBytes::absent() ? "none" : seen.bytes;
}

} // namespace

class TestSelectedRows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachIsThereOnce();
    void elementsBringTheirNeighbours();
    void theyStayAsTheyWere();
    void noneOfNothing();
};

void TestSelectedRows::eachIsThereOnce()
{
    ValueTableModel model(std::make_shared<PartOfList>());
    load(model);
    QItemSelection selection = rowsOf(model, 6, 8);
    selection.append(QItemSelectionRange(model.index(1, 0), model.index(2, 0)));
    selection.append(QItemSelectionRange(model.index(2, 1), model.index(3, 1)));
    selection.append(QItemSelectionRange(model.index(2, 0), model.index(2, 1)));
    const SelectedRows rows(selection, model);
    std::string all;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        all += rows.element(at).cells.front().bytes + ' ';
        QCOMPARE(rows[at].cells, rows.element(at).cells);
        QCOMPARE(rows[at].number, rows.element(at).number);
    }
    QCOMPARE(all, std::string("e1 e2 e3 e6 e7 e8 "));
    QCOMPARE(SelectedRows::count(selection), rows.size());
}

void TestSelectedRows::elementsBringTheirNeighbours()
{
    ValueTableModel model(std::make_shared<PartOfList>());
    load(model);
    const SelectedRows rows(rowsOf(model, 0, model.rowCount() - 1), model);
    QCOMPARE(rows.size(), PartOfList::count);
    QCOMPARE(bytesOf(rows.neighbour(0, -1)), std::string("not known")); // as the model: nothing is before an index of 0
    QCOMPARE(bytesOf(rows.neighbour(0, 1)), std::string("e1"));
    QCOMPARE(bytesOf(rows.neighbour(9, -1)), std::string("e8"));
    QCOMPARE(bytesOf(rows.neighbour(9, 1)), std::string("behind"));
    for (std::size_t at = 0; at < rows.size(); ++at) {
        QCOMPARE(bytesOf(rows.neighbour(at, -1)), bytesOf(model.neighbour(static_cast<int>(at), -1)));
        QCOMPARE(bytesOf(rows.neighbour(at, 1)), bytesOf(model.neighbour(static_cast<int>(at), 1)));
    }
}

void TestSelectedRows::theyStayAsTheyWere()
{
    auto model = std::make_unique<ValueTableModel>(std::make_shared<PartOfList>());
    load(*model);
    const SelectedRows rows(rowsOf(*model, 3, 4), *model);
    model->clear();
    QCOMPARE(rows.element(0).cells.front().bytes, std::string("e3"));
    model.reset();
    QCOMPARE(rows[1].cells.front().bytes, std::string("e4"));
    QCOMPARE(bytesOf(rows.neighbour(1, 1)), std::string("e5"));
}

void TestSelectedRows::noneOfNothing()
{
    QCOMPARE(SelectedRows().size(), std::size_t{0});
    ValueTableModel model(std::make_shared<PartOfList>());
    QCOMPARE(SelectedRows(QItemSelection(), model).size(), std::size_t{0});
}

QTEST_MAIN(TestSelectedRows)
#include "tst_selectedrows.moc"
