// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/value/answered.h"
#include "tests/ui/value/valuepanefixture.h"
#include "ui/value/bitmapview.h"
#include "ui/value/bytecontent.h"
#include "ui/value/hexview.h"
#include "ui/value/modulevalue.h"

#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

namespace {

/// A server with one document, and what is asked of it.
class JsonSource : public ValueSource {
public:
    QFuture<Result<ValueHead>> loadHead(std::string key) override
    {
        ValueHead head;
        head.key = std::move(key);
        head.type = KeyType::Json;
        head.typeName = "ReJSON-RL";
        return answered<ValueHead>(std::move(head));
    }
    QFuture<Result<ValuePage>> loadPage(ValuePageRequest) override
    {
        return answered<ValuePage>(Error{ErrorKind::Unsupported, {}, {}});
    }
    QFuture<Result<std::string>> loadSlice(ValueSliceRequest request) override
    {
        paths.push_back(request.name);
        if (request.name == "$.none") {
            return answered<std::string>(Error{ErrorKind::Server, {}, u"Path '$.none' does not exist"_s});
        }
        if (request.name.empty() && isLarge) {
            return answered<std::string>(Error{ErrorKind::Limit, {}, u"too large"_s});
        }
        return answered<std::string>(request.name.empty() ? R"({"a":[1,2]})"s : "[[1,2]]"s); // all it leads to
    }

    QFuture<Result<std::vector<ServerModule>>> loadModules(std::string) override
    {
        return answered<std::vector<ServerModule>>(modules);
    }

    std::vector<std::string> paths;
    bool isLarge = false;
    Result<std::vector<ServerModule>> modules = std::vector<ServerModule>();
};

} // namespace

class TestBytesViews : public ValuePaneFixture {
    Q_OBJECT

private Q_SLOTS:
    void bitsAreCountedAsTheServerCounts();
    void theLastBitOfALargeStringIsNear();
    void aBitIsTurnedByTheByteThatWasSeen();
    void bitsOfAFieldStay();
    void setBitsOfALargeStringAreCountedByTheServer();
    void anyByteIsGoneTo_data();
    void anyByteIsGoneTo();
    void digitsOverwriteUntilTheyAreWritten();
    void digitsAreTakenBack();
    void typedBytesAreUndone();
    void typedBytesOutliveAReload();
    void theCursorIsDescribed();
    void whatIsDecodedIsNotOverwritten();
    void jsonIsShownByPath();
    void aModulesValueIsSavedAsADump();
    void anUnknownTypeIsToldWithTheServersModules();

private:
    [[nodiscard]] BitmapView* bits() const { return m_pane->findChild<BitmapView*>(); }
    [[nodiscard]] HexView* hex() const { return m_pane->findChild<HexView*>(); }
    [[nodiscard]] QLineEdit* line(const QWidget& in, const QString& name) const;
};

QLineEdit* TestBytesViews::line(const QWidget& in, const QString& name) const
{
    for (QLineEdit* each : in.findChildren<QLineEdit*>()) {
        if (each->accessibleName() == name) {
            return each;
        }
    }
    return nullptr;
}

void TestBytesViews::bitsAreCountedAsTheServerCounts()
{
    for (const char* bit : {"0", "7", "8", "100", "12345"}) {
        m_server->command({"SETBIT", "b", bit, "1"});
    }
    open("b");
    cell()->setFormat(FormatChoice::Bits);
    QVERIFY(bits()->isVisible());
    QCOMPARE(bits()->bitCount(), std::uint64_t{12'352});
    for (const std::uint64_t bit : {0, 1, 6, 7, 8, 9, 99, 100, 101, 12'344, 12'345}) {
        const std::string truth = m_server->command({"GETBIT", "b", std::to_string(bit)});
        QCOMPARE(bits()->bitAt(bit), std::optional(truth == "1"));
    }
    bits()->goTo(100);
    QVERIFY2(cell()->note().contains(u"bit 100 of 12,352"_s), qPrintable(cell()->note()));
    QVERIFY(cell()->note().contains(u"5 bits are set"_s));
}

void TestBytesViews::theLastBitOfALargeStringIsNear()
{
    constexpr std::uint64_t last = 64ULL * 1024 * 1024 * 8 - 1;
    m_server->command({"SETBIT", "b", std::to_string(last), "1"});
    open("b");
    cell()->setFormat(FormatChoice::Bits);
    const int slices = m_source->slices();
    line(*cell(), u"Go to bit"_s)->setText(QString::number(last));
    QTest::keyClick(line(*cell(), u"Go to bit"_s), Qt::Key_Return);
    QCOMPARE(bits()->cursor(), last);
    QTRY_COMPARE_WITH_TIMEOUT(bits()->bitAt(last), std::optional(true), 20'000);
    QVERIFY(m_source->slices() - slices <= 3);
    QTest::keyClick(bits(), Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(bits()->cursor(), std::uint64_t{0});
    QTest::keyClick(bits(), Qt::Key_Down);
    QTest::keyClick(bits(), Qt::Key_Right);
    QCOMPARE(bits()->cursor(), std::uint64_t{65});
}

void TestBytesViews::aBitIsTurnedByTheByteThatWasSeen()
{
    m_server->command({"SET", "b", "a\x0fz"});
    open("b");
    cell()->setFormat(FormatChoice::Bits);
    QSignalSpy wanted(cell(), &CellView::bytesChangeWanted);
    bits()->goTo(8);
    QTest::keyClick(bits(), Qt::Key_Space);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toULongLong(), 1ULL);
    QCOMPARE(wanted[0][1].toByteArray(), QByteArray("\x0f"));
    QCOMPARE(wanted[0][2].toByteArray(), QByteArray("\x8f"));
}

void TestBytesViews::setBitsOfALargeStringAreCountedByTheServer()
{
    for (const char* bit : {"0", "9000000", "99999999"}) { // of 12.5 MB: in several stretches
        m_server->command({"SETBIT", "b", bit, "1"});
    }
    open("b");
    cell()->setFormat(FormatChoice::Bits);
    QVERIFY(!cell()->note().contains(u"bits are set"_s));
    QPushButton* count = nullptr;
    for (QPushButton* button : cell()->findChildren<QPushButton*>()) {
        count = button->text() == u"Count set bits"_s ? button : count;
    }
    QVERIFY(count && count->isVisible());
    count->click();
    QTRY_VERIFY_WITH_TIMEOUT(cell()->note().contains(u"3 bits are set"_s), 20'000);
    QVERIFY(!count->isVisible());
}

void TestBytesViews::bitsOfAFieldStay()
{
    m_server->command({"HSET", "h", "f", "abc"});
    open("h");
    cell()->setFormat(FormatChoice::Bits);
    QSignalSpy wanted(cell(), &CellView::bytesChangeWanted);
    QTest::keyClick(bits(), Qt::Key_Space);
    QCOMPARE(wanted.size(), 0);
    QVERIFY(cell()->note().contains(u"strings only"_s));
}

void TestBytesViews::anyByteIsGoneTo_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qulonglong>("place");
    QTest::addColumn<QString>("problem");
    QTest::addRow("decimal") << u"2500000"_s << 2'500'000ULL << QString();
    QTest::addRow("hex") << u"0x1E8480"_s << 2'000'000ULL << QString();
    QTest::addRow("past the end") << u"3000000"_s << 0ULL << u"There is no byte 3000000"_s;
    QTest::addRow("a word") << u"end"_s << 0ULL << u"end is no offset"_s;
}

void TestBytesViews::anyByteIsGoneTo()
{
    QFETCH(QString, text);
    QFETCH(qulonglong, place);
    QFETCH(QString, problem);
    m_server->command({"SET", "s", std::string(3'000'000, '\x01')});
    open("s");
    cell()->setFormat(FormatChoice::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible(), 20'000);
    line(*cell(), u"Go to byte"_s)->setText(text);
    QTest::keyClick(line(*cell(), u"Go to byte"_s), Qt::Key_Return);
    QCOMPARE(hex()->cursor(), place);
    QVERIFY2(problem.isEmpty() || cell()->note().contains(problem), qPrintable(cell()->note()));
}

void TestBytesViews::digitsOverwriteUntilTheyAreWritten()
{
    m_server->command({"SET", "s", "abcdefgh"});
    open("s");
    cell()->setFormat(FormatChoice::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible(), 20'000);
    QSignalSpy wanted(hex(), &HexView::writeWanted);
    QTest::keyClicks(hex(), u"FF00"_s);
    hex()->goTo(6);
    QTest::keyClicks(hex(), u"7a"_s);
    QVERIFY(hex()->hasChanges());
    QCOMPARE(wanted.size(), 0);
    QVERIFY(cell()->note().contains(u"Return writes"_s));
    QTest::keyClick(hex(), Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    const std::vector<HexChanges::Stretch> stretches = hex()->changes().stretches(); // each is one edit
    QCOMPARE(stretches.size(), std::size_t{2});
    QVERIFY((stretches[0] == HexChanges::Stretch{0, "ab", "\xff\0"s}));
    QVERIFY((stretches[1] == HexChanges::Stretch{6, "g", "z"}));
    hex()->written(stretches[0]);
    QCOMPARE(hex()->changes().stretches().size(), std::size_t{1}); // what is not written stays
    hex()->written(stretches[1]);
    QVERIFY(!hex()->hasChanges());
}

void TestBytesViews::digitsAreTakenBack()
{
    m_server->command({"SET", "s", "abcdefgh"});
    open("s");
    cell()->setFormat(FormatChoice::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible(), 20'000);
    QSignalSpy wanted(hex(), &HexView::writeWanted);
    QTest::keyClicks(hex(), u"F"_s);
    QTest::keyClick(hex(), Qt::Key_Escape);
    QVERIFY(!hex()->hasChanges());
    QTest::keyClick(hex(), Qt::Key_Return);
    QCOMPARE(wanted.size(), 0);
    QTest::keyClick(hex(), Qt::Key_Z, Qt::ControlModifier); // that too
    QVERIFY(hex()->hasChanges());
}

void TestBytesViews::typedBytesAreUndone()
{
    m_server->command({"SET", "s", "abcdefgh"});
    open("s");
    cell()->setFormat(FormatChoice::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible(), 20'000);
    const auto typed = [this] {
        const auto stretches = hex()->changes().stretches();
        return stretches.empty() ? std::string() : stretches.front().now;
    };
    hex()->goTo(2);
    QTest::keyClicks(hex(), u"5859"_s);
    QCOMPARE(typed(), "XY"s);
    QTest::keySequence(hex(), QKeySequence(QKeySequence::Undo));
    QTest::keySequence(hex(), QKeySequence(QKeySequence::Undo));
    QCOMPARE(typed(), "X"s);
    QCOMPARE(hex()->cursor(), std::uint64_t{3}); // where it was
    QTest::keySequence(hex(), QKeySequence(QKeySequence::Redo));
    QTest::keySequence(hex(), QKeySequence(QKeySequence::Redo));
    QCOMPARE(typed(), "XY"s);
    for (int step = 0; step < 5; ++step) {
        QTest::keySequence(hex(), QKeySequence(QKeySequence::Undo));
    }
    QVERIFY(!hex()->hasChanges());
}

void TestBytesViews::typedBytesOutliveAReload()
{
    m_server->command({"SET", "s", "abcdefgh"});
    m_server->command({"SET", "other", "abcdefgh"});
    open("s");
    cell()->setFormat(FormatChoice::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible(), 20'000);
    QTest::keyClicks(hex(), u"5859"_s);
    m_server->command({"SETRANGE", "s", "1", "!"});
    QSignalSpy read(m_pane.get(), &ValuePane::contentRead);
    QSignalSpy forgotten(hex(), &HexView::changesForgotten);
    m_pane->reload();
    QTRY_COMPARE_WITH_TIMEOUT(read.size(), 1, 20'000);
    QCOMPARE(hex()->changes().stretches().size(), std::size_t{1});
    QVERIFY((hex()->changes().stretches()[0] == HexChanges::Stretch{0, "ab", "XY"})); // as it was seen
    QCOMPARE(forgotten.size(), 0);
    open("other");
    QTRY_VERIFY_WITH_TIMEOUT(!hex()->hasChanges(), 20'000); // which are not of that
    QCOMPARE(forgotten.size(), 1);
}

/// Where the cursor is, and what stands there, for who can't see it.
void TestBytesViews::theCursorIsDescribed()
{
    m_server->command({"SET", "s", "abc"});
    open("s");
    cell()->setFormat(FormatChoice::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible(), 20'000);
    hex()->goTo(2);
    QCOMPARE(hex()->accessibleDescription(), u"byte 2: 63, c"_s);
    hex()->goTo(0);
    QTest::keyClicks(hex(), u"7A"_s);
    hex()->goTo(0);
    QCOMPARE(hex()->accessibleDescription(), u"byte 0: 7A, z"_s);
    QTest::keyClick(hex(), Qt::Key_Escape);
    QCOMPARE(hex()->accessibleDescription(), u"byte 0: 61, a"_s);
    cell()->setFormat(FormatChoice::Bits);
    QTRY_VERIFY_WITH_TIMEOUT(bits()->isVisible(), 20'000);
    bits()->goTo(1);
    QCOMPARE(bits()->accessibleDescription(), u"bit 1: set"_s);
    bits()->goTo(3);
    QCOMPARE(bits()->accessibleDescription(), u"bit 3: not set"_s);
}

void TestBytesViews::whatIsDecodedIsNotOverwritten()
{
    m_server->command({"HSET", "h", "f", "abc"});
    open("h");
    cell()->setFormat(FormatChoice::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(hex()->isVisible(), 20'000);
    QTest::keyClicks(hex(), u"FF"_s);
    QVERIFY(!hex()->hasChanges());
}

void TestBytesViews::jsonIsShownByPath()
{
    const auto source = std::make_shared<JsonSource>();
    ValuePane pane(source);
    pane.resize(800, 600);
    pane.show();
    pane.open("doc");
    const auto* editor = pane.findChild<TextEditor*>();
    QTRY_COMPARE_WITH_TIMEOUT(editor->text().simplified(), u"{ \"a\": [ 1, 2 ] }"_s, 20'000);
    QLineEdit* path = line(pane, u"JSON path"_s);
    QVERIFY(path->isVisible());
    path->setText(u"$.a"_s);
    QTest::keyClick(path, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(editor->text().simplified(), u"[ 1, 2 ]"_s, 20'000);
    QCOMPARE(source->paths, std::vector<std::string>({"", "$.a"}));
    path->setText(u"$.none"_s);
    QTest::keyClick(path, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(source->paths.size() == 3 && path->isVisible(), 20'000);
    source->isLarge = true;
    pane.open("other");
    QTRY_VERIFY_WITH_TIMEOUT(source->paths.size() == 4 && path->isVisible() && path->text().isEmpty(), 20'000);
}

void TestBytesViews::aModulesValueIsSavedAsADump()
{
    m_server->command({"SET", "k", "v"});
    ModuleValue view(m_source);
    ValueHead head;
    head.key = "k";
    head.type = KeyType::Other;
    head.typeName = "MBbloom--";
    view.setHead(head);
    const auto* said = view.findChild<ValueState*>();
    QVERIFY(said->text().contains(u"a Bloom filter (RedisBloom)"_s));
    QTemporaryDir folder;
    const QString path = folder.filePath(u"k.dump"_s);
    view.saveDump(path);
    QTRY_VERIFY_WITH_TIMEOUT(said->text().contains(u"saved to"_s), 20'000);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(m_server->command({"RESTORE", "again", "0", file.readAll().toStdString()}), "OK"s);
    QCOMPARE(m_server->command({"GET", "again"}), "v"s);
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QCOMPARE(file.permissions() & others, QFileDevice::Permissions());
    head.key = "nothing";
    view.setHead(head);
    view.saveDump(folder.filePath(u"none"_s));
    QTRY_VERIFY_WITH_TIMEOUT(
        said->text().contains(u"gone"_s, Qt::CaseInsensitive) || !said->text().contains(u"Reading"_s), 20'000);
    QVERIFY(!QFile::exists(folder.filePath(u"none"_s)));
}

void TestBytesViews::anUnknownTypeIsToldWithTheServersModules()
{
    const auto source = std::make_shared<JsonSource>();
    source->modules = std::vector<ServerModule>{{"own", 3}, {"search", 20811}};
    ModuleValue view(source);
    ValueHead head;
    head.key = "k";
    head.type = KeyType::Other;
    head.typeName = "own-type1";
    view.setHead(head);
    const auto* said = view.findChild<ValueState*>();
    QVERIFY(said->text().contains(u"own-type1"_s));
    QTRY_VERIFY_WITH_TIMEOUT(said->text().contains(u"own (version 3), search (version 20811)"_s), 20'000);
    head.typeName = "MBbloom--"; // known: nothing has to be guessed
    view.setHead(head);
    QTest::qWait(50);
    QVERIFY(!said->text().contains(u"own (version 3)"_s));
    source->modules = Error{ErrorKind::Permission, {}, u"no"_s};
    head.typeName = "own-type1";
    view.setHead(head);
    QTest::qWait(50);
    QVERIFY(!said->text().contains(u"Modules of the server"_s) && said->text().contains(u"own-type1"_s));
}

QTEST_MAIN(TestBytesViews)
#include "tst_bytesviews.moc"
