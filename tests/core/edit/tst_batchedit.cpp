// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/batchedit.h"

#include <QObject>
#include <QTest>

#include <cmath>

using namespace keyglass;
using namespace Qt::StringLiterals;

namespace {

SeenRow row(const std::vector<std::string>& cells, std::uint64_t number = 0)
{
    return SeenRow{ValueRow(cells.begin(), cells.end()), number};
}

BatchPlan planned(KeyType type, std::vector<SeenRow> rows, const BatchAction& action)
{
    auto plan = planBatch("k", type, SeenExpiry{}, std::move(rows), action);
    return plan ? *std::move(plan) : BatchPlan{};
}

template <typename Action> const Action& actionAt(const BatchPlan& plan, std::size_t at)
{
    return std::get<Action>(plan.edits.at(at).action);
}

} // namespace

class TestBatchEdit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsMeantForWhat_data();
    void whatIsMeantForWhat();
    void hashValues();
    void rowsOfAListGoTogether();
    void allNeighboursAreCompared();
    void whatIsTooMuchForOneStep_data();
    void whatIsTooMuchForOneStep();
    void rowsFarFromBothEndsAreFewTogether_data();
    void rowsFarFromBothEndsAreFewTogether();
    void neighboursAreReadWithTheRows_data();
    void neighboursAreReadWithTheRows();
    void setsAndSortedSets();
    void streamsAreOnlyDeleted();
    void numbers_data();
    void numbers();
    void replacing_data();
    void replacing();
    void badInput_data();
    void badInput();
    void whatWasNotReadIsLeft();
};

void TestBatchEdit::whatIsMeantForWhat_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<QString>("meant");
    QTest::newRow("string") << KeyType::String << u""_s;
    QTest::newRow("hash") << KeyType::Hash << u"delete set replace add"_s;
    QTest::newRow("list") << KeyType::List << u"delete set replace add"_s;
    QTest::newRow("set") << KeyType::Set << u"delete replace"_s;
    QTest::newRow("sorted set") << KeyType::SortedSet << u"delete set add"_s;
    QTest::newRow("stream") << KeyType::Stream << u"delete"_s;
    QTest::newRow("module") << KeyType::Other << u""_s;
}

void TestBatchEdit::whatIsMeantForWhat()
{
    QFETCH(const KeyType, type);
    QFETCH(const QString, meant);
    const std::vector<std::pair<QString, BatchAction>> actions{{u"delete"_s, DeleteRows{}}, {u"set"_s, SetRows{}},
        {u"replace"_s, ReplaceInRows{"a", "b"}}, {u"add"_s, AddToRows{"1"}}};
    QStringList found;
    for (const auto& [name, action] : actions) {
        found += isMeantFor(action, type) ? name : QString();
        QCOMPARE(planBatch("k", type, {}, {}, action).has_value(), isMeantFor(action, type));
    }
    found.removeAll(QString());
    QCOMPARE(found.join(u' '), meant);
}

void TestBatchEdit::hashValues()
{
    const std::vector<SeenRow> rows{row({"f", "1"}), row({"g", "2"}), row({"h", "1"})};
    const BatchPlan plan = planned(KeyType::Hash, rows, SetRows{"1"});
    QCOMPARE(plan.unchanged, 2U);
    QCOMPARE(plan.edits.size(), 1U);
    const auto& edit = actionAt<SetHashField>(plan, 0);
    QCOMPARE(edit.field, std::string("g"));
    QCOMPARE(edit.value, std::string("1"));
    QVERIFY(edit.seen == SeenBytes::there("2"));
    QCOMPARE(plan.edits[0].key, std::string("k"));
    QVERIFY(plan.edits[0].seenExpiry);
    const BatchPlan gone = planned(KeyType::Hash, rows, DeleteRows{});
    QCOMPARE(gone.edits.size(), 3U);
    QVERIFY(actionAt<DeleteHashField>(gone, 2).seen == SeenBytes::there("1"));
}

void TestBatchEdit::rowsOfAListGoTogether()
{
    const BatchPlan plan = planned(KeyType::List, {row({"a"}, 3), row({"c"}, 7), row({"b"}, 5)}, DeleteRows{});
    QCOMPARE(plan.edits.size(), 1U);
    QCOMPARE(plan.rows(), 3U);
    const auto& changes = actionAt<ChangeListElements>(plan, 0).changes;
    for (const auto& [at, index] : std::vector<std::pair<std::size_t, std::uint64_t>>{{0, 3}, {1, 5}, {2, 7}}) {
        QCOMPARE(changes[at].seen.index, index);
        QVERIFY(!changes[at].value);
        QVERIFY(changes[at].seen.before == SeenBytes::notLooked());
    }
    const BatchPlan set = planned(KeyType::List, {row({"a"}, 3)}, SetRows{"z"});
    QCOMPARE(actionAt<ChangeListElements>(set, 0).changes[0].seen.element, std::string("a"));
    QCOMPARE(actionAt<ChangeListElements>(set, 0).changes[0].value, std::optional<std::string>("z"));
}

/// Those as well that are changed with them: all of it is compared before.
void TestBatchEdit::allNeighboursAreCompared()
{
    const auto rowAt = [](const std::string& before, const std::string& own, const std::string& after,
                           std::uint64_t number) {
        return SeenRow{ValueRow{ValueCell(own)}, number, SeenBytes::there(before), SeenBytes::there(after)};
    };
    const std::vector<SeenRow> rows{rowAt("a", "b", "c", 1), rowAt("b", "c", "d", 2), rowAt("d", "e", "f", 4)};
    for (const BatchAction& action : {BatchAction(DeleteRows{}), BatchAction(SetRows{"z"})}) {
        const BatchPlan plan = planned(KeyType::List, rows, action);
        QCOMPARE(plan.rows(), 3U);
        const auto& changes = actionAt<ChangeListElements>(plan, 0).changes;
        QVERIFY(changes[0].seen.before == SeenBytes::there("a") && changes[0].seen.after == SeenBytes::there("c"));
        QVERIFY(changes[1].seen.before == SeenBytes::there("b") && changes[1].seen.after == SeenBytes::there("d"));
        QVERIFY(changes[2].seen.before == SeenBytes::there("d") && changes[2].seen.after == SeenBytes::there("f"));
    }
}

void TestBatchEdit::whatIsTooMuchForOneStep_data()
{
    QTest::addColumn<BatchAction>("action");
    QTest::addColumn<SeenBytes>("behind"); // the last of the second edit, once the first is done
    QTest::newRow("set") << BatchAction(SetRows{"z"}) << SeenBytes::there("z");
    QTest::newRow("delete") << BatchAction(DeleteRows{}) << SeenBytes::there("end");
}

/// What one edit has made is what the next compares its neighbour with.
void TestBatchEdit::whatIsTooMuchForOneStep()
{
    QFETCH(const BatchAction, action);
    QFETCH(const SeenBytes, behind);
    const std::size_t count = mostRowsTogether + 2;
    std::vector<SeenRow> rows;
    for (std::size_t at = 0; at < count; ++at) {
        const bool isLast = at + 1 == count;
        rows.push_back(SeenRow{ValueRow{ValueCell(std::to_string(at))}, at, SeenBytes::notLooked(),
            SeenBytes::there(isLast ? std::string("end") : std::to_string(at + 1))});
    }
    const BatchPlan plan = planned(KeyType::List, std::move(rows), action);
    QCOMPARE(plan.edits.size(), 2U);
    QCOMPARE(plan.rows(), count);
    const auto& first = actionAt<ChangeListElements>(plan, 0).changes;
    QCOMPARE(first.size(), mostRowsTogether);
    QCOMPARE(first.front().seen.index, 2U);
    QVERIFY(first.back().seen.after == SeenBytes::there("end"));
    const auto& second = actionAt<ChangeListElements>(plan, 1).changes;
    QCOMPARE(second.size(), 2U);
    QVERIFY(second.front().seen.after == SeenBytes::there("1"));
    QVERIFY(second.back().seen.after == behind);
}

void TestBatchEdit::rowsFarFromBothEndsAreFewTogether_data()
{
    QTest::addColumn<BatchAction>("action");
    QTest::addColumn<std::vector<std::uint64_t>>("from"); // 500 rows from each of these indexes on
    QTest::addColumn<std::optional<std::uint64_t>>("length");
    QTest::addColumn<std::optional<std::uint64_t>>("memory");
    QTest::addColumn<int>("fewest"); // edits
    QTest::addColumn<int>("most");
    using Indexes = std::vector<std::uint64_t>;
    using Number = std::optional<std::uint64_t>;
    const BatchAction set{SetRows{"z"}};
    const BatchAction gone{DeleteRows{}};
    const std::uint64_t million = 1'000'000;
    const std::uint64_t gigabytes = std::uint64_t{10} << 30U; // each element in a node of its own
    const Number isSmall(16 * million);
    QTest::newRow("set at the beginning") << set << Indexes{0} << Number(million) << Number(gigabytes) << 1 << 1;
    QTest::newRow("set at the end") << set << Indexes{million - 500} << Number(million) << Number(gigabytes) << 1 << 1;
    QTest::newRow("set at both ends") << set << Indexes{0, million - 500} << Number(million) << Number(gigabytes) << 1
                                      << 1;
    QTest::newRow("set in the middle") << set << Indexes{million / 2} << Number(million) << Number(gigabytes) << 40
                                       << 60;
    QTest::newRow("memory not known") << set << Indexes{million / 2} << Number(million) << Number() << 40 << 60;
    QTest::newRow("length not known") << set << Indexes{million - 500} << Number() << Number(gigabytes) << 80 << 130;
    QTest::newRow("many elements to a node") << set << Indexes{million / 2} << Number(million) << isSmall << 1 << 1;
    QTest::newRow("delete at the beginning") << gone << Indexes{0} << Number(million) << Number(gigabytes) << 1 << 1;
    QTest::newRow("delete at the end") << gone << Indexes{million - 500} << Number(million) << Number(gigabytes) << 1
                                       << 1;
    // else LREM would look through all of it
    QTest::newRow("delete at both ends") << gone << Indexes{0, million - 500} << Number(million) << Number(gigabytes)
                                         << 2 << 2;
    QTest::newRow("delete in the middle")
        << gone << Indexes{million / 2} << Number(million) << Number(gigabytes) << 80 << 130;
    QTest::newRow("cut meanwhile") << set << Indexes{million / 2} << Number(10) << Number(gigabytes) << 40 << 60;
}

/// A transaction keeps the server from serving others.
void TestBatchEdit::rowsFarFromBothEndsAreFewTogether()
{
    QFETCH(const BatchAction, action);
    QFETCH(const std::vector<std::uint64_t>, from);
    QFETCH(const std::optional<std::uint64_t>, length);
    QFETCH(const std::optional<std::uint64_t>, memory);
    QFETCH(const int, fewest);
    QFETCH(const int, most);
    std::vector<SeenRow> rows;
    for (const std::uint64_t first : from) {
        for (std::uint64_t at = first; at < first + 500; ++at) {
            rows.push_back(row({std::to_string(at)}, at));
        }
    }
    const ListSize size{length, memory ? std::optional(ByteCount{*memory}) : std::nullopt};
    const auto plan = planBatch("k", KeyType::List, {}, rows, action, size);
    QVERIFY(plan);
    const auto edits = static_cast<int>(plan->edits.size());
    QVERIFY2(edits >= fewest && edits <= most, std::to_string(edits).c_str());
    QCOMPARE(plan->rows(), rows.size());
    const ListWork work(size);
    for (const KeyEdit& edit : plan->edits) {
        ListWork::Time time{0};
        for (const auto& change : std::get<ChangeListElements>(edit.action).changes) {
            time += work.setting(change.seen.index);
        }
        QVERIFY(time <= mostTimeTogether);
    }
}

void TestBatchEdit::neighboursAreReadWithTheRows_data()
{
    QTest::addColumn<int>("every"); // how far one row is from the next
    QTest::addColumn<int>("rowSize");
    QTest::addColumn<int>("besideSize");
    QTest::addColumn<std::size_t>("edits");
    QTest::newRow("short ones side by side") << 1 << 10'000 << 10'000 << std::size_t{1};
    QTest::newRow("in turn with long ones") << 2 << 1 << 60'000 << std::size_t{4}; // 66 MB of those, 16 MB an edit
    QTest::newRow("between long ones of their own") << 3 << 1 << 60'000 << std::size_t{8};
}

/// They are in the same answers, which have a limit.
void TestBatchEdit::neighboursAreReadWithTheRows()
{
    QFETCH(const int, every);
    QFETCH(const int, rowSize);
    QFETCH(const int, besideSize);
    QFETCH(const std::size_t, edits);
    const SeenBytes beside = SeenBytes::like(std::string(static_cast<std::size_t>(besideSize), 'n'));
    std::vector<SeenRow> rows;
    for (int at = 0; at < 1100; ++at) {
        rows.push_back({ValueRow{ValueCell(std::string(static_cast<std::size_t>(rowSize), 'r'))},
            static_cast<std::uint64_t>(at * every) + 1, beside, beside});
    }
    const BatchPlan plan = planned(KeyType::List, rows, DeleteRows{});
    QCOMPARE(plan.rows(), rows.size());
    QCOMPARE(plan.edits.size(), edits);
}

void TestBatchEdit::setsAndSortedSets()
{
    const BatchPlan members = planned(KeyType::Set, {row({"a:1"}), row({"b"})}, ReplaceInRows{"a:", "x:"});
    QCOMPARE(members.unchanged, 1U);
    QCOMPARE(actionAt<ReplaceSetMember>(members, 0).to, std::string("x:1"));
    const BatchPlan scores = planned(KeyType::SortedSet, {row({"m", "1.5"}), row({"n", "inf"})}, AddToRows{"2"});
    QCOMPARE(actionAt<SetScore>(scores, 0).score, 3.5);
    QCOMPARE(actionAt<SetScore>(scores, 0).seen.value(), 1.5);
    QCOMPARE(scores.unchanged, 1U); // infinity stays that
    const BatchPlan gone = planned(KeyType::SortedSet, {row({"m", "1.5"})}, DeleteRows{});
    QCOMPARE(actionAt<RemoveSortedMember>(gone, 0).seen, 1.5);
    const BatchPlan bad = planned(KeyType::SortedSet, {row({"m", "1.5"})}, SetRows{"high"});
    QVERIFY(bad.edits.empty());
    QCOMPARE(bad.left.size(), 1U);
}

void TestBatchEdit::streamsAreOnlyDeleted()
{
    const BatchPlan plan = planned(KeyType::Stream, {row({"1-1", "f", "v", "g", "w"})}, DeleteRows{});
    const auto& entry = actionAt<DeleteStreamEntry>(plan, 0);
    QCOMPARE(entry.id, std::string("1-1"));
    QCOMPARE(entry.seen, (FieldValues{{"f", "v"}, {"g", "w"}}));
}

void TestBatchEdit::numbers_data()
{
    QTest::addColumn<std::string>("old");
    QTest::addColumn<std::string>("add");
    QTest::addColumn<std::string>("sum"); // empty: it can't be done
    QTest::newRow("whole") << std::string("40") << std::string("2") << std::string("42");
    QTest::newRow("minus") << std::string("40") << std::string("-2") << std::string("38");
    QTest::newRow("64 bits, exactly") << std::string("9007199254740993") << std::string("1")
                                      << std::string("9007199254740994");
    QTest::newRow("too large") << std::string("9223372036854775807") << std::string("1") << std::string();
    QTest::newRow("a fraction") << std::string("1.5") << std::string("1") << std::string("2.5");
    QTest::newRow("to a whole one") << std::string("1") << std::string("0.5") << std::string("1.5");
    QTest::newRow("infinities without a sum") << std::string("inf") << std::string("-inf") << std::string();
    QTest::newRow("a fraction to more digits than doubles have")
        << std::string("9007199254740993") << std::string("0.5") << std::string();
    QTest::newRow("no number") << std::string("one") << std::string("1") << std::string();
    QTest::newRow("empty") << std::string() << std::string("1") << std::string();
}

void TestBatchEdit::numbers()
{
    QFETCH(const std::string, old);
    QFETCH(const std::string, add);
    QFETCH(const std::string, sum);
    const BatchPlan plan = planned(KeyType::Hash, {row({"f", old})}, AddToRows{add});
    if (sum.empty()) {
        QVERIFY(plan.edits.empty());
        QCOMPARE(plan.left.size(), 1U);
        QCOMPARE(plan.left[0].name, std::string("f"));
        QVERIFY(!plan.left[0].why.isEmpty());
    } else {
        QCOMPARE(actionAt<SetHashField>(plan, 0).value, sum);
    }
}

void TestBatchEdit::replacing_data()
{
    QTest::addColumn<std::string>("old");
    QTest::addColumn<std::string>("find");
    QTest::addColumn<std::string>("by");
    QTest::addColumn<bool>("isRegex");
    QTest::addColumn<std::string>("result"); // the same: unchanged
    QTest::newRow("each one") << std::string("aXbXc") << std::string("X") << std::string("--") << false
                              << std::string("a--b--c");
    QTest::newRow("not what was put in") << std::string("aa") << std::string("a") << std::string("aa") << false
                                         << std::string("aaaa");
    QTest::newRow("bytes") << std::string("\0\xFF\0", 3) << std::string("\xFF") << std::string("x") << false
                           << std::string("\0x\0", 3);
    QTest::newRow("no expression") << std::string("a.c") << std::string(".") << std::string("") << false
                                   << std::string("ac");
    QTest::newRow("expression") << std::string("id=17") << std::string("id=(\\d+)") << std::string("#\\1") << true
                                << std::string("#17");
    QTest::newRow("not there") << std::string("abc") << std::string("x") << std::string("y") << false
                               << std::string("abc");
}

void TestBatchEdit::replacing()
{
    QFETCH(const std::string, old);
    QFETCH(const std::string, find);
    QFETCH(const std::string, by);
    QFETCH(const bool, isRegex);
    QFETCH(const std::string, result);
    const BatchPlan plan = planned(KeyType::Hash, {row({"f", old})}, ReplaceInRows{find, by, isRegex});
    QCOMPARE(plan.unchanged, result == old ? 1U : 0U);
    if (result != old) {
        QCOMPARE(actionAt<SetHashField>(plan, 0).value, result);
    }
}

void TestBatchEdit::badInput_data()
{
    QTest::addColumn<BatchAction>("action");
    QTest::newRow("no number") << BatchAction(AddToRows{"x"});
    QTest::newRow("nan") << BatchAction(AddToRows{"nan"});
    QTest::newRow("nothing to find") << BatchAction(ReplaceInRows{"", "x"});
    QTest::newRow("bad expression") << BatchAction(ReplaceInRows{"(", "x", true});
}

void TestBatchEdit::badInput()
{
    QFETCH(const BatchAction, action);
    const auto plan = planBatch("k", KeyType::Hash, {}, {row({"f", "1"})}, action);
    QVERIFY(!plan);
    QCOMPARE(plan.error().kind, ErrorKind::Input);
    QVERIFY(!plan.error().detail.isEmpty());
}

void TestBatchEdit::whatWasNotReadIsLeft()
{
    SeenRow large{{ValueCell("f"), ValueCell::placeholder(100'000)}, 0};
    const BatchPlan set = planned(KeyType::Hash, {large, row({"g", "1"})}, SetRows{"x"});
    QCOMPARE(set.edits.size(), 1U);
    QCOMPARE(set.left.size(), 1U);
    QCOMPARE(set.left[0].name, std::string("f"));
    const BatchPlan gone = planned(KeyType::Hash, {large}, DeleteRows{}); // its name is enough
    QCOMPARE(gone.edits.size(), 1U);
    QVERIFY(actionAt<DeleteHashField>(gone, 0).seen == SeenBytes::notLooked());
    QCOMPARE(actionAt<DeleteHashField>(gone, 0).seenSize, std::optional<std::uint64_t>(100'000));
    SeenRow entry{{ValueCell("1-1"), ValueCell("f"), ValueCell::placeholder(100'000)}, 0};
    const BatchPlan goneEntry = planned(KeyType::Stream, {entry}, DeleteRows{}); // its ID is enough
    QCOMPARE(goneEntry.edits.size(), 1U);
    QVERIFY(actionAt<DeleteStreamEntry>(goneEntry, 0).seen.empty());
    QCOMPARE(actionAt<DeleteStreamEntry>(goneEntry, 0).seenCells.size(), 2U);
}

QTEST_GUILESS_MAIN(TestBatchEdit)
#include "tst_batchedit.moc"
