// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/keyroot.h"
#include "tests/core/index/treetwin.h"

#include <QRandomGenerator>
#include <QTest>

using namespace keyglass;
using namespace keyglass::test;
using namespace Qt::StringLiterals;

namespace {

TreeOptions plain()
{
    TreeOptions options;
    options.foldSingle = false;
    options.naturalOrder = false;
    return options;
}

std::shared_ptr<const TreeRows> treeOf(
    const std::vector<std::string>& keys, const TreeOptions& options, const ExpandedFolders& expanded = {})
{
    return TreeRows::exact(snapshotOf(keys), options, expanded);
}

std::vector<TreeRow> allRows(const TreeRows& tree)
{
    return tree.rows(0, tree.rowCount()).rows;
}

QStringList picture(const TreeRows& tree)
{
    return drawn(allRows(tree));
}

std::string randomKey(QRandomGenerator& random, const std::string& letters)
{
    std::string key;
    for (auto length = random.bounded(9); length > 0; --length) {
        key += letters[static_cast<std::size_t>(random.bounded(static_cast<int>(letters.size())))];
    }
    return key;
}

/// `count` keys prefix + number, in a snapshot.
std::vector<std::string> numbered(const std::string& prefix, int count)
{
    std::vector<std::string> keys;
    for (int i = 0; i < count; ++i) {
        keys.push_back(prefix + std::to_string(1'000'000 + i));
    }
    return keys;
}

} // namespace

class TestTreeRows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsKeysAsATree_data();
    void drawsKeysAsATree();
    void databasesAreRoots();
    void equalsTheObviousTwin_data();
    void equalsTheObviousTwin();
    void keepsBytesThatLookAlikeApart();
    void everyByteIsAName();
    void findsRowsByNumberAndBack();
    void largeFoldersAreInByteOrderAndCountedLater();
    void estimatesStayWithinTheFolder();
    void aStaleCountGuessesBetter();
    void aListedFolderKeepsItsOrderInTheNextSnapshot();
    void givesUpWhereItWouldTakeLong();
    void countingStops();
    void vanishedRowsHaveANeighbour();
    void namesTheFoldersToAKey();
    void findsLabels_data();
    void findsLabels();
    void findsLabelsInLargeFoldersBySearch();
    void keysBetweenRows_data();
    void keysBetweenRows();
    void keysBetweenRowsEqualTheRows();
    void longNamesAreOrderedAndFound();
    void goesToAShare();
};

void TestTreeRows::drawsKeysAsATree_data()
{
    QTest::addColumn<QList<QByteArray>>("keys");
    QTest::addColumn<QByteArray>("separator");
    QTest::addColumn<bool>("fold");
    QTest::addColumn<QList<QByteArray>>("open");
    QTest::addColumn<QStringList>("rows");

    using Keys = QList<QByteArray>;
    const Keys tricky{"a", "a:", ":a", "a::b"};
    QTest::addRow("no keys") << Keys() << QByteArray(":") << true << Keys() << QStringList();
    QTest::addRow("the empty key") << Keys{""} << QByteArray(":") << true << Keys() << QStringList{u"''"_s};
    QTest::addRow("a, a:, :a, a::b, closed")
        << tricky << QByteArray(":") << false << Keys() << QStringList{u" (1)"_s, u"'a'"_s, u"a (2)"_s};
    QTest::addRow("a, a:, :a, a::b, open")
        << tricky << QByteArray(":") << false << Keys{"a:", ":", "a::"}
        << QStringList{u"▾ (1)"_s, u" 'a'"_s, u"'a'"_s, u"▾a (2)"_s, u" ''"_s, u" ▾ (1)"_s, u"  'b'"_s};
    QTest::addRow("a, a:, :a, a::b, single keys folded")
        << tricky << QByteArray(":") << true << Keys{"a:", ":", "a::"}
        << QStringList{u"':a'"_s, u"'a'"_s, u"▾a (2)"_s, u" ''"_s, u" ':b'"_s};
    QTest::addRow("between a leaf and its folder") << Keys{"a", "a:b", "a:c", "a-1",
        "a0"} << QByteArray(":") << true << Keys() << QStringList{u"'a'"_s, u"'a-1'"_s, u"'a0'"_s, u"a (2)"_s};
    QTest::addRow("a separator of two") << Keys{"a::b", "a::c", "a:b", "a:::d"} << QByteArray("::") << true
                                        << Keys{"a::"}
                                        << QStringList{u"▾a (3)"_s, u" ':d'"_s, u" 'b'"_s, u" 'c'"_s, u"'a:b'"_s};
    QTest::addRow("a separator that overlaps itself")
        << Keys{"xaaab", "xaac", "aaa"} << QByteArray("aa") << false << Keys{"xaa", "aa"}
        << QStringList{u"▾ (1)"_s, u" 'a'"_s, u"▾x (2)"_s, u" 'ab'"_s, u" 'c'"_s};
    QTest::addRow("no separator") << Keys{"a:b", "a:c"} << QByteArray() << true << Keys{"a:"}
                                  << QStringList{u"'a:b'"_s, u"'a:c'"_s};
    QTest::addRow("an open folder in a closed one")
        << Keys{"a:b:c", "a:b:d", "a:e"} << QByteArray(":") << true << Keys{"a:b:"} << QStringList{u"a (3)"_s};
    QTest::addRow("nothing but separators") << Keys{":", "::", ":::"} << QByteArray(":") << true << Keys{":", "::"}
                                            << QStringList{u"▾ (3)"_s, u" ''"_s, u" ▾ (2)"_s, u"  ''"_s, u"  ':'"_s};
    QTest::addRow("the end of a prefix of 0xFF")
        << Keys{"\xFF:a", "\xFF:b", "\xFF\xFF:a"} << QByteArray(":") << true << Keys{"\xFF:"}
        << QStringList{u"▾\uFFFD (2)"_s, u" 'a'"_s, u" 'b'"_s, u"'\uFFFD\uFFFD:a'"_s};
    QTest::addRow("a separator of 0xFF") << Keys{"a\xFF", "a\xFF\xFF", "b"} << QByteArray("\xFF") << true
                                         << Keys{"a\xFF"}
                                         << QStringList{u"▾a (2)"_s, u" ''"_s, u" '\uFFFD'"_s, u"'b'"_s};
}

void TestTreeRows::drawsKeysAsATree()
{
    QFETCH(const QList<QByteArray>, keys);
    QFETCH(const QByteArray, separator);
    QFETCH(const bool, fold);
    QFETCH(const QList<QByteArray>, open);
    QFETCH(const QStringList, rows);

    TreeOptions options = plain();
    options.separator = separator.toStdString();
    options.foldSingle = fold;
    std::vector<std::string> all;
    for (const QByteArray& key : keys) {
        all.push_back(key.toStdString());
    }
    ExpandedFolders expanded;
    for (const QByteArray& prefix : open) {
        expanded.insert(prefix.toStdString());
    }
    QCOMPARE(picture(*treeOf(all, options, expanded)), rows);
}

void TestTreeRows::databasesAreRoots()
{
    TreeOptions options;
    options.naturalOrder = false;
    options.hasRoots = true;
    const std::vector<std::string> keys{rootOf(10) + "only", rootOf(2) + "user:1", rootOf(2) + "user:2",
        rootOf(2) + std::string("db 2\0x", 6), rootOf(0) + "", rootOf(0) + "user:1"};
    const auto tree = treeOf(keys, options, {rootOf(0), rootOf(2), rootOf(2) + "user:", rootOf(10)});
    QCOMPARE(picture(*tree),
        QStringList({u"▾db 0 (2)"_s, u" ''"_s, u" 'user:1'"_s, u"▾db 2 (3)"_s, QString::fromUtf8(" 'db 2\0x'", 9),
            u" ▾user (2)"_s, u"  '1'"_s, u"  '2'"_s, u"▾db 10 (1)"_s, u" 'only'"_s}));
    QCOMPARE(tree->foldersTo(rootOf(2) + "user:2"), (std::vector<std::string>{rootOf(2), rootOf(2) + "user:"}));
    QCOMPARE(tree->foldersTo(rootOf(10) + "only"), std::vector<std::string>{rootOf(10)});
    QCOMPARE(tree->findLabel("db 1", std::nullopt, true), std::optional(RowId{rootOf(10), true}));
}

void TestTreeRows::equalsTheObviousTwin_data()
{
    QTest::addColumn<QByteArray>("separator");
    QTest::addColumn<QByteArray>("letters");
    QTest::addColumn<bool>("fold");
    QTest::addColumn<bool>("foldersFirst");
    QTest::addColumn<bool>("natural");
    QTest::addColumn<bool>("roots");
    for (const QByteArray& separator :
        {QByteArray(":"), QByteArray("::"), QByteArray("aa"), QByteArray("\xFF"), QByteArray()}) {
        for (int bits = 0; bits < 16; ++bits) {
            QTest::addRow("separator %s, options %d", separator.toHex().constData(), bits)
                << separator << QByteArray("ab::0019\xFF") << bool(bits & 1) << bool(bits & 2) << bool(bits & 4)
                << bool(bits & 8);
        }
    }
}

void TestTreeRows::equalsTheObviousTwin()
{
    QFETCH(const QByteArray, separator);
    QFETCH(const QByteArray, letters);
    QFETCH(const bool, fold);
    QFETCH(const bool, foldersFirst);
    QFETCH(const bool, natural);
    QFETCH(const bool, roots);
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const TreeOptions options{separator.toStdString(), fold, foldersFirst, natural, roots};
    for (int round = 0; round < 12; ++round) {
        std::set<std::string> keys;
        for (int i = random.bounded(300); i > 0; --i) {
            keys.insert(
                (roots ? rootOf(random.bounded(12)) : std::string()) + randomKey(random, letters.toStdString()));
        }
        ExpandedFolders expanded;
        for (const std::string& key : keys) {
            for (const std::size_t end : segmentEnds(key, options)) {
                if (random.bounded(3) > 0) {
                    expanded.insert(key.substr(0, end));
                }
            }
        }
        const TreeTwin twin(keys, options, expanded);
        const auto tree = treeOf({keys.begin(), keys.end()}, options, expanded);
        QCOMPARE(tree->rowCount(), twin.rows().size());
        QCOMPARE(picture(*tree), drawn(twin.rows()));
        QVERIFY(allRows(*tree) == twin.rows());
        for (std::size_t n = 0; n < twin.rows().size(); n += 1 + static_cast<std::size_t>(random.bounded(7))) {
            const TreeRow& row = twin.rows()[n];
            QVERIFY(*tree->rowAt(n) == row);
            QCOMPARE(tree->rowOf(row.id()), std::optional<std::uint64_t>(n));
            QVERIFY(*tree->nearest(row.id()) == row.id());
            const auto window = tree->rowsAround(row.id(), 5, 11);
            QCOMPARE(window.first + window.anchor, n);
            for (std::size_t i = 0; i < window.rows.size(); ++i) {
                QVERIFY(window.rows[i] == twin.rows()[window.first + i]);
            }
            QVERIFY(window.rows.size() == 11 || window.first + window.rows.size() == twin.rows().size());
        }
    }
}

void TestTreeRows::keepsBytesThatLookAlikeApart()
{
    const std::vector<std::string> keys{
        "a\\x00", std::string("a\0", 2), "a\xE2\x80\x8B", "a", "\xD0\xB0", "e\xCC\x81", "\xC3\xA9"};
    const auto tree = treeOf(keys, plain());
    QCOMPARE(tree->rowCount(), keys.size());
    std::set<std::string> found;
    for (const TreeRow& row : allRows(*tree)) {
        found.insert(row.bytes);
    }
    QVERIFY(found == std::set<std::string>(keys.begin(), keys.end()));
}

void TestTreeRows::everyByteIsAName()
{
    std::vector<std::string> keys;
    for (int byte = 0; byte < 256; ++byte) {
        keys.push_back(std::string("f:") + static_cast<char>(byte));
    }
    const auto tree = treeOf(keys, plain(), {"f:", "f::"});
    QCOMPARE(tree->rowCount(), 1U + 256U + 1U); // the folder, 255 keys, the folder "f::" and the key in it
}

void TestTreeRows::findsRowsByNumberAndBack()
{
    std::vector<std::string> keys = numbered("a:", 3000);
    for (const std::string& key : numbered("b:", 2000)) {
        keys.push_back(key + ":x");
        keys.push_back(key + ":y");
    }
    const auto tree = treeOf(keys, TreeOptions(), {"a:", "b:", "b:1000500:"});
    QCOMPARE(tree->rowCount(), 2U + 3000U + 2000U + 2U);
    for (std::uint64_t n = 0; n < tree->rowCount(); n += 97) {
        QCOMPARE(tree->rowOf(tree->rowAt(n)->id()), std::optional<std::uint64_t>(n));
    }
    QCOMPARE(tree->rowAt(3002 + 501)->bytes, std::string("b:1000500:x"));
    QCOMPARE(*tree->parentOf({"b:1000500:x", false}), (RowId{"b:1000500:", true}));
    QVERIFY(!tree->parentOf({"b:", true}).has_value());
}

void TestTreeRows::largeFoldersAreInByteOrderAndCountedLater()
{
    const int many = static_cast<int>(mostListedChildren) + 500;
    std::vector<std::string> keys = numbered("big:", many);
    keys.push_back("big:9");
    keys.push_back("z");
    const auto snapshot = snapshotOf(keys);
    const auto rough = TreeRows::build(snapshot, TreeOptions(), {"big:"}, {}, TreeRows::Effort());
    QVERIFY(!rough->isExact());
    QCOMPARE(rough->uncounted(), std::vector<std::string>{"big:"});
    QCOMPARE(rough->rows(1, 2).rows[1].bytes, std::string("big:1000001"));

    ChildCounts counts = rough->counts();
    counts["big:"] = countChildren(snapshot, folderRange(*snapshot, "big:"), TreeOptions(), {});
    const auto tree = TreeRows::build(snapshot, TreeOptions(), {"big:"}, counts, TreeRows::Effort());
    QVERIFY(tree->isExact());
    QCOMPARE(tree->rowCount(), 2U + static_cast<std::uint64_t>(many) + 1U);
    QCOMPARE(tree->rowAt(1 + 77'777)->bytes, std::string("big:1077777"));
    QCOMPARE(tree->rowAt(static_cast<std::uint64_t>(many) + 1)->bytes, std::string("big:9")); // bytes, not numbers
    QCOMPARE(tree->rowOf({"big:1077777", false}), std::optional<std::uint64_t>(77'778));
}

void TestTreeRows::estimatesStayWithinTheFolder()
{
    std::vector<std::string> keys;
    for (const std::string& folder : numbered("f:", 60'000)) {
        keys.push_back(folder + ":a");
        keys.push_back(folder + ":b");
    }
    keys.push_back("a");
    keys.push_back("z");
    const auto snapshot = snapshotOf(keys);
    const auto tree = TreeRows::build(snapshot, TreeOptions(), {"f:", "f:1030000:"}, {}, TreeRows::Effort{100, false});
    QVERIFY(!tree->isExact());
    QVERIFY(tree->rowCount() >= 60'000);
    QCOMPARE(tree->rows(0, 2).rows[1].bytes, std::string("f:"));
    const auto end = tree->rows(tree->rowCount() - 3, 3);
    QCOMPARE(end.rows.back().bytes, std::string("z"));
    QCOMPARE(end.first + end.rows.size(), tree->rowCount());
    const auto middle = tree->rowsAround({"f:1030000:a", false}, 2, 5);
    QCOMPARE(drawn(middle.rows),
        (QStringList{u" 1029999 (2)"_s, u" ▾1030000 (2)"_s, u"  'a'"_s, u"  'b'"_s, u" 1030001 (2)"_s}));
    const std::uint64_t number = *tree->rowOf({"f:1030000:", true});
    QVERIFY(number > tree->rowCount() * 45 / 100 && number < tree->rowCount() * 55 / 100);
    std::uint64_t before = 0;
    for (std::uint64_t n = 0; n < tree->rowCount(); n += 500) { // numbers never go back on the way down
        const std::uint64_t rank = snapshot->rank(tree->rowAt(n)->bytes);
        QVERIFY(rank >= before);
        before = rank;
    }
}

void TestTreeRows::aStaleCountGuessesBetter()
{
    std::vector<std::string> keys;
    for (const std::string& folder : numbered("f:", static_cast<int>(mostListedChildren) + 10)) {
        keys.push_back(folder + ":a");
        keys.push_back(folder + ":b");
    }
    const auto before = snapshotOf(keys);
    ChildCounts counts;
    counts["f:"] = countChildren(before, folderRange(*before, "f:"), TreeOptions(), {});
    keys.push_back("f:9:a");
    keys.push_back("f:9:b");
    const auto tree = TreeRows::build(snapshotOf(keys), TreeOptions(), {"f:"}, counts, TreeRows::Effort());
    QVERIFY(!tree->isExact());
    QCOMPARE(tree->rowCount(), 1U + mostListedChildren + 11U);
}

void TestTreeRows::aListedFolderKeepsItsOrderInTheNextSnapshot()
{
    const auto first = snapshotOf({"u:2", "u:10", "u:1"});
    const auto listed = TreeRows::build(first, TreeOptions(), {"u:"}, {}, TreeRows::Effort());
    QCOMPARE(picture(*listed), (QStringList{u"▾u (3)"_s, u" '1'"_s, u" '2'"_s, u" '10'"_s}));
    const auto next = snapshotOf({"u:2", "u:10", "u:1", "u:3"});
    const auto tree = TreeRows::build(next, TreeOptions(), {"u:"}, listed->counts(), TreeRows::Effort{0, false});
    QCOMPARE(picture(*tree), (QStringList{u"▾u (4)"_s, u" '1'"_s, u" '2'"_s, u" '3'"_s, u" '10'"_s}));
}

void TestTreeRows::givesUpWhereItWouldTakeLong()
{
    const auto snapshot = snapshotOf(numbered("f:", 5000));
    QVERIFY(TreeRows::build(snapshot, TreeOptions(), {}, {}, TreeRows::Effort{1000, true}) != nullptr);
    QVERIFY(TreeRows::build(snapshot, TreeOptions(), {"f:"}, {}, TreeRows::Effort{1000, true}) == nullptr);
    const auto counts = TreeRows::exact(snapshot, TreeOptions(), {"f:"})->counts();
    QVERIFY(TreeRows::build(snapshot, TreeOptions(), {"f:"}, counts, TreeRows::Effort{1000, true}) != nullptr);
}

void TestTreeRows::countingStops()
{
    const auto snapshot = snapshotOf(numbered("f:", 20'000));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(countChildren(snapshot, folderRange(*snapshot, "f:"), TreeOptions(), stop.get_token()) == nullptr);
    QVERIFY(TreeRows::build(snapshot, TreeOptions(), {"f:"}, {}, TreeRows::Effort(), stop.get_token()) == nullptr);
}

void TestTreeRows::vanishedRowsHaveANeighbour()
{
    const auto tree = treeOf({"a:1", "a:2", "a:10", "b", "c:1"}, TreeOptions(), {"a:"});
    const auto near = [&tree](const RowId& id) { return tree->nearest(id).value_or(RowId{"none", false}); };
    QCOMPARE(near({"a:3", false}), (RowId{"a:10", false}));
    QCOMPARE(near({"a:99", false}), (RowId{"a:10", false}));
    QCOMPARE(near({"c:", true}), (RowId{"c:1", false})); // one key is left of it, shown as that key
    QCOMPARE(near({"a:1", false}), (RowId{"a:1", false}));
    const auto closed = treeOf({"a:1", "a:2"}, TreeOptions());
    QCOMPARE(*closed->nearest({"a:2", false}), (RowId{"a:", true}));
    QVERIFY(!treeOf({}, TreeOptions())->nearest({"a", false}).has_value());
}

void TestTreeRows::namesTheFoldersToAKey()
{
    const std::vector<std::string> keys{"a:b:c", "a:b:d", "a:e:f"};
    const auto folded = treeOf(keys, TreeOptions());
    QCOMPARE(folded->foldersTo("a:b:c"), (std::vector<std::string>{"a:", "a:b:"}));
    QCOMPARE(folded->foldersTo("a:e:f"), std::vector<std::string>{"a:"});
    QCOMPARE(folded->foldersTo("a:nothing"), std::vector<std::string>{});
    QCOMPARE(treeOf(keys, plain())->foldersTo("a:e:f"), (std::vector<std::string>{"a:", "a:e:"}));
    QCOMPARE(treeOf(keys, plain(), {"a:"})->subfolders("a:", 10), (std::vector<std::string>{"a:b:", "a:e:"}));
}

void TestTreeRows::findsLabels_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<bool>("including");
    QTest::addColumn<QByteArray>("found");
    QTest::addRow("below") << QByteArray("pe") << QByteArray("anna") << true << QByteArray("peter");
    QTest::addRow("the row itself") << QByteArray("an") << QByteArray("anna") << true << QByteArray("anna");
    QTest::addRow("the next one") << QByteArray("a") << QByteArray("anna") << false << QByteArray("f:adam");
    QTest::addRow("in an open folder") << QByteArray("ev") << QByteArray("anna") << true << QByteArray("f:Eve");
    QTest::addRow("around the end") << QByteArray("an") << QByteArray("peter") << false << QByteArray("anna");
    QTest::addRow("case aside") << QByteArray("EVE") << QByteArray("anna") << true << QByteArray("f:Eve");
    QTest::addRow("a folder") << QByteArray("f") << QByteArray("anna") << true << QByteArray("f:");
    QTest::addRow("nothing") << QByteArray("x") << QByteArray("anna") << true << QByteArray();
}

void TestTreeRows::findsLabels()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, from);
    QFETCH(const bool, including);
    QFETCH(const QByteArray, found);
    const std::vector<std::string> keys{"anna", "f:adam", "f:Eve", "g:hidden", "g:x", "peter"};
    for (const bool natural : {true, false}) {
        TreeOptions options;
        options.naturalOrder = natural;
        const auto tree = treeOf(keys, options, {"f:"});
        const auto id = tree->findLabel(text.toStdString(), RowId{from.toStdString(), false}, including);
        QCOMPARE(QByteArray::fromStdString(id.value_or(RowId()).bytes), found);
    }
}

void TestTreeRows::findsLabelsInLargeFoldersBySearch()
{
    std::vector<std::string> keys = numbered("f:", static_cast<int>(mostListedChildren) + 100);
    keys.insert(keys.end(), {"f:Abc", "f:abd", "f:aBe"});
    const auto tree = treeOf(keys, TreeOptions(), {"f:"});
    const auto next = [&tree](const std::string& text, const std::string& from) {
        return tree->findLabel(text, RowId{from, false}, false).value_or(RowId()).bytes;
    };
    QCOMPARE(next("ab", "f:1000005"), std::string("f:Abc"));
    QCOMPARE(next("ab", "f:Abc"), std::string("f:aBe"));
    QCOMPARE(next("ab", "f:aBe"), std::string("f:abd"));
    QCOMPARE(next("ab", "f:abd"), std::string("f:Abc")); // around the end
    QCOMPARE(next("10777", "f:1000005"), std::string("f:1077700"));
    QCOMPARE(next("nothing", "f:1000005"), std::string());
}

void TestTreeRows::keysBetweenRows_data()
{
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<QStringList>("keys");
    QTest::addRow("keys") << QByteArray("a") << QByteArray("b") << QStringList{u"a"_s, u"b"_s};
    QTest::addRow("the other way round") << QByteArray("b") << QByteArray("a") << QStringList{u"a"_s, u"b"_s};
    QTest::addRow("one row") << QByteArray("a") << QByteArray("a") << QStringList{u"a"_s};
    QTest::addRow("into an open folder") << QByteArray("b") << QByteArray("f:2")
                                         << QStringList{u"b"_s, u"f:1"_s, u"f:2"_s};
    QTest::addRow("over an open folder") << QByteArray(
        "b") << QByteArray("h") << QStringList{u"b"_s, u"f:1"_s, u"f:10"_s, u"f:2"_s, u"g:1"_s, u"g:2"_s, u"h"_s};
    QTest::addRow("out of an open folder")
        << QByteArray("f:10") << QByteArray("h") << QStringList{u"f:10"_s, u"g:1"_s, u"g:2"_s, u"h"_s};
    QTest::addRow("numbers stand in their order")
        << QByteArray("f:1") << QByteArray("f:2") << QStringList{u"f:1"_s, u"f:2"_s};
}

void TestTreeRows::keysBetweenRows()
{
    QFETCH(const QByteArray, one);
    QFETCH(const QByteArray, other);
    QFETCH(const QStringList, keys);
    const std::vector<std::string> all{"a", "b", "f:1", "f:2", "f:10", "g:1", "g:2", "h"};
    const auto tree = treeOf(all, TreeOptions(), {"f:"});
    QStringList found;
    for (const KeyRange& range : tree->keysBetween({one.toStdString(), false}, {other.toStdString(), false})) {
        for (const std::string& key : all) {
            if (key >= range.first && (!range.end || key < *range.end)) {
                found.append(QString::fromStdString(key));
            }
        }
    }
    found.sort();
    QCOMPARE(found, keys);
}

void TestTreeRows::keysBetweenRowsEqualTheRows()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 60; ++round) {
        std::set<std::string> keys;
        for (int i = 2 + random.bounded(60); i > 0; --i) {
            keys.insert(randomKey(random, "ab:1"));
        }
        ExpandedFolders expanded;
        for (const std::string& key : keys) {
            for (const std::size_t end : segmentEnds(key, TreeOptions{})) {
                random.bounded(2) != 0 ? void(expanded.insert(key.substr(0, end))) : void();
            }
        }
        const TreeOptions options{":", true, random.bounded(2) != 0, random.bounded(2) != 0, false};
        const auto tree = treeOf({keys.begin(), keys.end()}, options, expanded);
        const auto rows = allRows(*tree);
        auto from = static_cast<std::size_t>(random.bounded(static_cast<int>(rows.size())));
        auto to = static_cast<std::size_t>(random.bounded(static_cast<int>(rows.size())));
        const auto ranges = tree->keysBetween(rows[from].id(), rows[to].id());
        if (from > to) {
            std::swap(from, to);
        }
        std::set<std::string> wanted;
        for (std::size_t i = from; i <= to; ++i) {
            for (const std::string& key : keys) {
                const bool isIt =
                    rows[i].isFolder ? key.starts_with(rows[i].bytes) && !rows[i].isExpanded : key == rows[i].bytes;
                isIt ? void(wanted.insert(key)) : void();
            }
        }
        std::set<std::string> found;
        for (const std::string& key : keys) {
            for (const KeyRange& range : ranges) {
                key >= range.first && (!range.end || key < *range.end) ? void(found.insert(key)) : void();
            }
        }
        QVERIFY(found == wanted);
    }
}

void TestTreeRows::longNamesAreOrderedAndFound()
{
    const std::string stem(70'000, 'x');
    const std::vector<std::string> keys{stem + "b", stem + "a", stem + ":1", stem + ":2",
        std::string(10'000'000, 'y') + "1", std::string(10'000'000, 'y') + "2"};
    const auto tree = treeOf(keys, TreeOptions(), {stem + ":"});
    const auto rows = allRows(*tree);
    QCOMPARE(rows.size(), 7U);
    QCOMPARE(rows[0].bytes, stem + ":");
    QCOMPARE(rows[1].bytes, stem + ":1");
    QCOMPARE(rows[3].bytes, stem + "a");
    QCOMPARE(rows[6].bytes, keys[5]);
    for (std::size_t n = 0; n < rows.size(); ++n) {
        QCOMPARE(tree->rowOf(rows[n].id()), std::optional<std::uint64_t>(n));
    }
}

void TestTreeRows::goesToAShare()
{
    const auto tree = treeOf(numbered("", 1000), TreeOptions());
    QCOMPARE(tree->rowAtShare(0)->bytes, std::string("1000000"));
    QCOMPARE(tree->rowAtShare(0.5)->bytes, std::string("1000500"));
    QCOMPARE(tree->rowAtShare(1)->bytes, std::string("1000999"));
}

QTEST_APPLESS_MAIN(TestTreeRows)
#include "tst_treerows.moc"
