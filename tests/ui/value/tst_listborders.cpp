// SPDX-License-Identifier: GPL-3.0-or-later
// What stands behind the borders of a list's loaded rows: asked for once they are there, and kept for comparing only.
#include "ui/value/valuetablemodel.h"

#include <QPromise>
#include <QTest>

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace keyglass;
using namespace keyglass::ui;

namespace {

using Indexes = std::vector<std::uint64_t>;

/// Answers when the test says so.
class AnsweredByHand : public ValueSource {
public:
    QFuture<Result<ValueHead>> loadHead(std::string) override { return {}; }
    QFuture<Result<ValuePage>> loadPage(ValuePageRequest request) override
    {
        m_asked.emplace_back(std::move(request), QPromise<Result<ValuePage>>());
        m_asked.back().second.start();
        return m_asked.back().second.future();
    }
    QFuture<Result<std::string>> loadSlice(ValueSliceRequest) override { return {}; }

    [[nodiscard]] std::size_t count() const { return m_asked.size(); }
    [[nodiscard]] const ValuePageRequest& asked(std::size_t which) const { return m_asked[which].first; }
    void answer(std::size_t which, Result<ValuePage> page)
    {
        m_asked[which].second.addResult(std::move(page));
        m_asked[which].second.finish();
    }

private:
    std::vector<std::pair<ValuePageRequest, QPromise<Result<ValuePage>>>> m_asked;
};

ValueHead listHead(const std::string& key)
{
    ValueHead head;
    head.key = key;
    head.type = KeyType::List;
    head.typeName = "list";
    return head;
}

/// Elements "e0", "e1"… from one index to before another, of ten.
ValuePage elements(std::uint64_t from, std::uint64_t end, Indexes borders)
{
    ValuePage page;
    page.type = KeyType::List;
    page.firstIndex = from;
    for (std::uint64_t index = from; index < end; ++index) {
        page.rows.push_back({ValueCell("e" + std::to_string(index))});
    }
    page.began.offset = from;
    page.next.offset = end;
    page.complete = end == 10;
    page.total = 10;
    page.borders = std::move(borders);
    return page;
}

ValuePage besideAlone(std::uint64_t index, const std::string& bytes)
{
    ValuePage page;
    page.type = KeyType::List;
    page.beside.emplace(index, ValueRow{ValueCell(bytes)});
    return page;
}

} // namespace

class TestListBorders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void rowsComeBeforeTheirNeighbours();
    void nobodyAsksWhileMoreIsRead();
    void manyAreAskedInParts();
    void whatCanNotBeReadIsNotKnown();
    void anAnswerOfOtherRowsIsDropped();
    void neighboursAreKeptForComparingOnly();

private:
    std::shared_ptr<AnsweredByHand> m_source;
    std::unique_ptr<ValueTableModel> m_model;
};

void TestListBorders::init()
{
    m_source = std::make_shared<AnsweredByHand>();
    m_model = std::make_unique<ValueTableModel>(m_source);
    m_model->open(listHead("k"), std::string());
    QCOMPARE(m_source->count(), std::size_t{1});
    QVERIFY(m_source->asked(0).beside);
    QVERIFY(m_source->asked(0).at.empty());
}

void TestListBorders::rowsComeBeforeTheirNeighbours()
{
    m_source->answer(0, elements(0, 4, {4}));
    QTRY_COMPARE(m_model->rowCount(), 4);
    QVERIFY(!m_model->isLoading());
    QCOMPARE(m_model->neighbour(3, 1), SeenBytes::notLooked());
    QCOMPARE(m_source->count(), std::size_t{2});
    QCOMPARE(m_source->asked(1).key, std::string("k"));
    QCOMPARE(m_source->asked(1).at, Indexes{4});
    m_source->answer(1, besideAlone(4, "e4"));
    QTRY_COMPARE(m_model->neighbour(3, 1), SeenBytes::there("e4"));
    QCOMPARE(m_model->rowCount(), 4);
    QCOMPARE(m_source->count(), std::size_t{2});
}

/// What was behind a border is a row by then.
void TestListBorders::nobodyAsksWhileMoreIsRead()
{
    m_model->loadAll();
    m_source->answer(0, elements(0, 4, {4}));
    QTRY_COMPARE(m_source->count(), std::size_t{2});
    QVERIFY(m_source->asked(1).at.empty());
    m_source->answer(1, elements(4, 10, {3, 10}));
    QTRY_COMPARE(m_source->count(), std::size_t{3});
    QCOMPARE(m_source->asked(2).at, Indexes{10});
    QCOMPARE(m_model->rowCount(), 10);
}

void TestListBorders::manyAreAskedInParts()
{
    Indexes many;
    for (std::uint64_t index = 0; index < ValuePageRequest::mostAt + 2; ++index) {
        many.push_back(100 + index);
    }
    m_source->answer(0, elements(0, 4, many));
    QTRY_COMPARE(m_source->count(), std::size_t{2});
    QCOMPARE(m_source->asked(1).at.size(), ValuePageRequest::mostAt);
    m_source->answer(1, besideAlone(100, "x"));
    QTRY_COMPARE(m_source->count(), std::size_t{3}); // what was left out is not asked for again
    QCOMPARE(m_source->asked(2).at, (Indexes{116, 117}));
}

void TestListBorders::whatCanNotBeReadIsNotKnown()
{
    m_source->answer(0, elements(0, 4, {4}));
    QTRY_COMPARE(m_source->count(), std::size_t{2});
    m_source->answer(1, Error{ErrorKind::Network, {}, {}});
    m_model->fetchMore({});
    QCOMPARE(m_source->count(), std::size_t{3});
    QTRY_COMPARE(m_model->neighbour(3, 1), SeenBytes::notLooked());
    QVERIFY(!m_model->error()); // the rows are there
    m_source->answer(2, elements(4, 10, {}));
    QTRY_COMPARE(m_model->rowCount(), 10);
}

void TestListBorders::anAnswerOfOtherRowsIsDropped()
{
    m_source->answer(0, elements(0, 4, {4}));
    QTRY_COMPARE(m_source->count(), std::size_t{2});
    m_model->open(listHead("other"), std::string());
    m_source->answer(1, besideAlone(4, "of k"));
    m_source->answer(2, elements(0, 4, {4}));
    QTRY_COMPARE(m_source->count(), std::size_t{4});
    QCOMPARE(m_source->asked(3).key, std::string("other"));
    QCOMPARE(m_model->neighbour(3, 1), SeenBytes::notLooked());
    m_source->answer(3, besideAlone(4, "of other"));
    QTRY_COMPARE(m_model->neighbour(3, 1), SeenBytes::there("of other"));
}

/// A search may find many short ones among long ones: of these, nobody sees more than what they are beside.
void TestListBorders::neighboursAreKeptForComparingOnly()
{
    constexpr std::uint64_t found = 100;
    const auto longOne = [](std::uint64_t index) { return std::string(60'000, static_cast<char>('a' + index % 26)); };
    ValuePage page;
    page.type = KeyType::List;
    for (std::uint64_t which = 0; which < found; ++which) {
        page.rows.push_back({ValueCell("hit")});
        page.numbers.push_back(2 * which + 1);
        page.beside.emplace(2 * which, ValueRow{ValueCell(longOne(2 * which))});
    }
    page.beside.emplace(2 * found, ValueRow());
    page.complete = true;
    page.total = 2 * found;
    m_source->answer(0, page);
    QTRY_COMPARE(m_model->rowCount(), static_cast<int>(found));
    QVERIFY(m_model->keptBytes() < 1'000'000);
    const std::uint64_t rowsAlone = found * (sizeof(ElementRow) + sizeof(ValueCell) + 3);
    QVERIFY(m_model->keptBytes() >= rowsAlone + (found + 1) * sizeof(SeenBytes));
    QVERIFY(m_model->neighbour(4, -1).fits(longOne(8)));
    QVERIFY(!m_model->neighbour(4, -1).fits(longOne(10)));
    QVERIFY(m_model->neighbour(4, 1).fits(longOne(10)));
    QCOMPARE(m_model->neighbour(found - 1, 1), SeenBytes::absent());
    const std::uint64_t kept = m_model->keptBytes();
    m_model->open(listHead("k"), std::string());
    m_source->answer(1, page);
    QTRY_VERIFY(!m_model->isLoading());
    QCOMPARE(m_model->keptBytes(), kept);
    m_model->clear();
    QCOMPARE(m_model->keptBytes(), std::uint64_t{0});
}

QTEST_MAIN(TestListBorders)
#include "tst_listborders.moc"
