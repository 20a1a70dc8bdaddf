// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/value/lanevaluesource.h"
#include "tests/ui/value/palettes.h"
#include "ui/value/bytecontent.h"
#include "ui/value/cellview.h"
#include "ui/value/hexview.h"
#include "ui/value/texteditor.h"
#include "ui/value/valuepane.h"
#include "ui/value/valuestate.h"
#include "ui/value/valuetablemodel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QObject>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

using Args = RedisServer::Args;

class TestValuePane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void showsNothingAtFirst();
    void showsAHashAsFieldsAndValues();
    void showsEveryTypesColumns_data();
    void showsEveryTypesColumns();
    void showsAStringAsWhatItIs_data();
    void showsAStringAsWhatItIs();
    void keepsEveryDigit();
    void theFormatCanBeChosen();
    void saysWhereItStopsBeingJson();
    void opensALargeStringByItsBeginning();
    void hexReadsAnyPlaceOfALargeString();
    void loadsMoreOfAString();
    void aLongCellIsReadWhenItIsSelected();
    void aVeryLongCellWaitsForAClick();
    void aStreamsEntryIsShownWholeOrByField();
    void loadsMoreRowsWhileScrolling();
    void filtersFieldsOnTheServer();
    void saysThatOpeningResetsTheIdleTime();
    void aMissingKeyIsGone();
    void aKeyThatGoesWhileItIsShownStaysReadable();
    void aKeyThatExpiresSaysSo();
    void anotherTypeIsShownAsThat();
    void reloadKeepsThePlace();
    void aForbiddenReadNamesItsCommand();
    void partsThatAreForbiddenAreNamed();
    void aLostServerCanBeTriedAgain();
    void aLateAnswerIsDropped();
    void loadingShowsOnlyWhereItLasts();
    void emptyValuesSaySo();
    void longLinesAreBrokenOnlyOnScreen();
    void copiesTheBytesThemselves();
    void tabLeavesTheEditor();
    void remembersFormatAndSplitter();
    void pictures_data();
    void pictures();

private:
    void open(const std::string& key);
    [[nodiscard]] QStringList drawn() const;
    [[nodiscard]] QString editorText() const { return m_pane->findChild<TextEditor*>()->text(); }
    [[nodiscard]] QString labelText(const QString& accessibleName) const;
    [[nodiscard]] QTableView* table() const { return m_pane->findChild<QTableView*>(); }
    [[nodiscard]] CellView* cell() const { return m_pane->findChild<CellView*>(); }
    [[nodiscard]] ValueState* state() const;
    [[nodiscard]] ValueTableModel* model() const { return m_pane->findChild<ValueTableModel*>(); }
    void useUser(const QString& rules);
    void fillShop();

    std::unique_ptr<RedisServer> m_server;
    std::shared_ptr<LaneValueSource> m_source;
    std::unique_ptr<ValuePane> m_pane;
};

void TestValuePane::initTestCase()
{
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setPalette(testPalette(false));
}

void TestValuePane::init()
{
    m_server = RedisServer::start();
    m_source = std::make_shared<LaneValueSource>(*m_server);
    m_pane = std::make_unique<ValuePane>(m_source);
    m_pane->resize(820, 640);
    m_pane->show();
    if (QByteArray(QTest::currentTestFunction()) != "loadsMoreRowsWhileScrolling") { // it fetches all rows by itself
        new QAbstractItemModelTester(model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_pane.get());
    }
}

void TestValuePane::cleanup()
{
    m_pane.reset();
    m_source.reset();
    m_server.reset();
}

/// Opens a key and waits until something is shown for it.
void TestValuePane::open(const std::string& key)
{
    m_pane->open(key);
    const auto settled = [&] {
        const bool content = cell()->isVisible() && cell()->isEnabled();
        const bool said = state()->isVisible() && !state()->title().startsWith(u"No key"_s)
            && !state()->title().startsWith(u"Load"_s);
        return m_pane->head() && m_pane->head()->key == key ? content || said : said;
    };
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 10'000);
}

QStringList TestValuePane::drawn() const
{
    QStringList lines;
    for (int row = 0; row < model()->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column) {
            cells.append(model()->index(row, column).data().toString());
        }
        lines.append(cells.join(u" | "_s));
    }
    return lines;
}

QString TestValuePane::labelText(const QString& accessibleName) const
{
    for (const QLabel* label : m_pane->findChildren<QLabel*>()) {
        if (label->accessibleName() == accessibleName) {
            return label->text();
        }
    }
    return {};
}

/// The page in place of the whole value, not that of one cell.
ValueState* TestValuePane::state() const
{
    for (ValueState* state : m_pane->findChildren<ValueState*>()) {
        if (!cell()->isAncestorOf(state)) {
            return state;
        }
    }
    return nullptr;
}

void TestValuePane::useUser(const QString& rules)
{
    m_server->command({"ACL", "SETUSER", "bob", "on", ">pw", "~*"});
    Args args{"ACL", "SETUSER", "bob"};
    for (const QString& rule : rules.split(u' ')) {
        args.push_back(rule.toStdString());
    }
    m_server->command(args);
    m_pane.reset();
    m_source = std::make_shared<LaneValueSource>(*m_server, u"bob"_s);
    m_pane = std::make_unique<ValuePane>(m_source);
    m_pane->resize(820, 640);
    m_pane->show();
}

void TestValuePane::showsNothingAtFirst()
{
    QVERIFY(state()->isVisible());
    QCOMPARE(state()->title(), u"No key selected"_s);
    QVERIFY(!m_pane->key());
    QCOMPARE(m_source->heads(), 0);
}

void TestValuePane::showsAHashAsFieldsAndValues()
{
    m_server->command(
        {"HSET", "h", "email", "ada@example.org", "prefs", R"({"theme":"dark"})", "raw\xff"s, "\x89PNG\r\n\x1a\n"s});
    open("h");
    QStringList rows = drawn();
    rows.sort();
    QCOMPARE(rows,
        QStringList({u"email | ada@example.org"_s, u"prefs | {\"theme\":\"dark\"}"_s,
            u"raw\\xFF | 89 50 4E 47 0D 0A 1A 0A"_s}));
    QVERIFY(labelText(u"About the value"_s).startsWith(u"hash  ·  3 fields  ·  no expiry  ·  "_s));
    QCOMPARE(labelText(u"Loaded fields"_s), u"3 fields"_s);
    QCOMPARE(table()->accessibleName(), u"Fields"_s);
    table()->setCurrentIndex(model()->index(model()->rowOf("prefs", 0), 1));
    QCOMPARE(cell()->shownFormat(), ValueFormat::Json);
    QCOMPARE(editorText(), u"{\n  \"theme\": \"dark\"\n}"_s);
    table()->setCurrentIndex(model()->index(model()->rowOf("raw\xff", 0), 1));
    QCOMPARE(cell()->shownFormat(), ValueFormat::Hex);
}

void TestValuePane::showsEveryTypesColumns_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QStringList>("columns");
    QTest::addColumn<QStringList>("rows");
    QTest::addColumn<QString>("shown");
    QTest::addRow("list") << u"list"_s << QStringList({u"Index"_s, u"Value"_s})
                          << QStringList({u"0 | first"_s, u"1 | se⏎cond"_s, u"2 | ·third·"_s}) << u"first"_s;
    QTest::addRow("set") << u"set"_s << QStringList({u"Member"_s}) << QStringList({u"only"_s}) << u"only"_s;
    QTest::addRow("sorted set") << u"zset"_s << QStringList({u"Rank"_s, u"Score"_s, u"Member"_s})
                                << QStringList({u"0 | 1.1000000000000001 | low"_s, u"1 | inf | high"_s}) << u"low"_s;
    QTest::addRow("stream") << u"stream"_s << QStringList({u"ID"_s, u"Fields"_s})
                            << QStringList({u"5-1 | sku: a-1   qty: 2"_s, u"5-2 | sku: b-2"_s})
                            << u"sku: a-1\nqty: 2"_s;
}

void TestValuePane::showsEveryTypesColumns()
{
    QFETCH(QString, key);
    QFETCH(QStringList, columns);
    QFETCH(QStringList, rows);
    QFETCH(QString, shown);
    m_server->command({"RPUSH", "list", "first", "se\ncond", " third "});
    m_server->command({"SADD", "set", "only"});
    m_server->command({"ZADD", "zset", "1.1", "low", "inf", "high"});
    m_server->command({"XADD", "stream", "5-1", "sku", "a-1", "qty", "2"});
    m_server->command({"XADD", "stream", "5-2", "sku", "b-2"});
    open(key.toStdString());
    QStringList titles;
    for (int column = 0; column < model()->columnCount(); ++column) {
        titles.append(model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    }
    QCOMPARE(titles, columns);
    QStringList truth = rows;
    if (key == u"zset"_s) {
        truth[0] = u"0 | "_s + QString::fromStdString(m_server->command({"ZSCORE", "zset", "low"})) + u" | low"_s;
    }
    QCOMPARE(drawn(), truth);
    QCOMPARE(editorText(), shown);
}

void TestValuePane::showsAStringAsWhatItIs_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("shown");
    QTest::addRow("text") << QByteArray("gr\xc3\xbc\xc3\x9f\nC:\\new") << static_cast<int>(ValueFormat::Text)
                          << u"grüß\nC:\\new"_s;
    QTest::addRow("JSON") << QByteArray("[1,2]") << static_cast<int>(ValueFormat::Json) << u"[\n  1,\n  2\n]"_s;
    QTest::addRow("override") << QByteArray("a\xe2\x80\xae"
                                            "b")
                              << static_cast<int>(ValueFormat::Text) << u"a‹RLO›b"_s;
    QTest::addRow("number") << QByteArray("18446744073709551615") << static_cast<int>(ValueFormat::Text)
                            << u"18446744073709551615"_s;
}

void TestValuePane::showsAStringAsWhatItIs()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, shown);
    m_server->command({"SET", "s", value.toStdString()});
    open("s");
    QTEST(static_cast<int>(cell()->shownFormat()), "format");
    QCOMPARE(editorText(), shown);
    QVERIFY(!table()->isVisible());
    QCOMPARE(m_source->slices(), 0);
}

void TestValuePane::keepsEveryDigit()
{
    m_server->command(
        {"SET", "s", R"({"id":9223372036854775807,"u":18446744073709551615,"pi":3.14159265358979323846,"id":1e400})"});
    open("s");
    QCOMPARE(editorText(),
        u"{\n  \"id\": 9223372036854775807,\n  \"u\": 18446744073709551615,\n  \"pi\": 3.14159265358979323846,\n  \"id\": 1e400\n}"_s);
}

void TestValuePane::theFormatCanBeChosen()
{
    m_server->command({"SET", "s", "[1]"});
    open("s");
    QComboBox* format = nullptr;
    for (QComboBox* box : m_pane->findChildren<QComboBox*>()) {
        format = box->accessibleName() == u"Format"_s ? box : format;
    }
    QCOMPARE(format->currentText(), u"Automatic: JSON"_s);
    cell()->setFormat(FormatChoice::Text);
    QCOMPARE(editorText(), u"[1]"_s);
    cell()->setFormat(FormatChoice::Hex);
    QVERIFY(m_pane->findChild<HexView*>()->isVisible());
    cell()->setFormat(FormatChoice::Automatic);
    QCOMPARE(editorText(), u"[\n  1\n]"_s);
}

void TestValuePane::saysWhereItStopsBeingJson()
{
    m_server->command({"SET", "s", R"({"a": nope})"});
    open("s");
    QCOMPARE(cell()->shownFormat(), ValueFormat::Text);
    cell()->setFormat(FormatChoice::Json);
    QCOMPARE(editorText(), u"{\"a\": nope}"_s);
    QVERIFY2(cell()->note().contains(u"no JSON from byte 7 on"_s), qPrintable(cell()->note()));
}

void TestValuePane::opensALargeStringByItsBeginning()
{
    m_server->command({"SET", "s", "begin"});
    m_server->command({"SETRANGE", "s", std::to_string(64U * 1024 * 1024 - 3), "end"});
    m_server->command({"SETRANGE", "s", "5", std::string(100'000, 'x')});
    open("s");
    QVERIFY(editorText().startsWith(u"beginxxx"_s));
    QCOMPARE(cell()->note().remove(QChar(0xA0)), u"first 64.0KB of 64.0MB"_s);
    QCOMPARE(m_source->heads() + m_source->pages() + m_source->slices(), 2);
    QVERIFY(labelText(u"About the value"_s).contains(u"64.0"_s));
}

void TestValuePane::hexReadsAnyPlaceOfALargeString()
{
    m_server->command({"SET", "s", "\x89PNG\r\n\x1a\n"s});
    m_server->command({"SETRANGE", "s", std::to_string(64U * 1024 * 1024 - 4), "\xde\xad\xbe\xef"});
    open("s");
    QCOMPARE(cell()->shownFormat(), ValueFormat::Hex);
    auto* hex = m_pane->findChild<HexView*>();
    QTest::keyClick(hex, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(hex->cursor(), std::uint64_t{64U * 1024 * 1024 - 1});
    QTRY_COMPARE(m_source->slices(), 1);
    const auto end = [&] { return std::string(cell()->content()->window(64U * 1024 * 1024 - 4, 4)); };
    QTRY_COMPARE(end(), "\xde\xad\xbe\xef"s);
    QTest::keyClick(hex, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keySequence(hex, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"BEEF"_s);
    QVERIFY2(cell()->note().startsWith(u"byte 67,108,862 of 67,108,864"_s), qPrintable(cell()->note()));
    QCOMPARE(m_source->slices(), 1);
}

void TestValuePane::loadsMoreOfAString()
{
    std::string value;
    for (int line = 0; line < 50'000; ++line) {
        value += "line " + std::to_string(line) + "\n";
    }
    m_server->command({"SET", "s", value});
    open("s");
    QVERIFY(!editorText().contains(u"line 49999"_s));
    for (QPushButton* button : m_pane->findChildren<QPushButton*>()) {
        if (button->text() == u"Load more"_s) {
            button->click();
        }
    }
    QTRY_VERIFY(cell()->content()->isWhole() || !cell()->content()->isLoading());
    if (!cell()->content()->isWhole()) {
        cell()->content()->loadMore();
    }
    QTRY_VERIFY(cell()->content()->isWhole());
    QTRY_COMPARE(editorText(), QString::fromStdString(value));
    QVERIFY(cell()->note().isEmpty());
}

void TestValuePane::aLongCellIsReadWhenItIsSelected()
{
    const std::string large = "begin" + std::string(200'000, '\n') + "end";
    m_server->command({"HSET", "h", "large", large});
    open("h");
    QCOMPARE(drawn().first().remove(QChar(0xA0)), u"large | 195.3KB – open"_s);
    QTRY_VERIFY(cell()->content()->isWhole());
    QCOMPARE(*cell()->content()->beginning(), large);
    QTRY_VERIFY(editorText().endsWith(u"end"_s));
}

void TestValuePane::aVeryLongCellWaitsForAClick()
{
    m_server->command({"HSET", "h", "large", std::string(3'000'000, 'x'), "small", "s"});
    open("h");
    table()->setCurrentIndex(model()->index(model()->rowOf("large", 0), 1));
    QVERIFY(cell()->content()->isPlaceholder());
    QCOMPARE(m_source->slices(), 0);
    QPushButton* button = nullptr;
    for (QPushButton* candidate : cell()->findChildren<QPushButton*>()) {
        button = candidate->text() == u"Load whole"_s ? candidate : button;
    }
    QVERIFY(button && button->isVisible());
    button->click();
    QTRY_VERIFY(cell()->content()->isWhole());
    QTRY_VERIFY(editorText().startsWith(u"xxxx"_s));
    m_pane->setAsksBeforeLoading(false); // who does not want to be asked gets it at once
    table()->setCurrentIndex(model()->index(model()->rowOf("small", 0), 1));
    table()->setCurrentIndex(model()->index(model()->rowOf("large", 0), 1));
    QTRY_VERIFY(cell()->content()->isWhole());
    QCOMPARE(m_source->slices(), 2);
}

void TestValuePane::aStreamsEntryIsShownWholeOrByField()
{
    m_server->command({"XADD", "x", "1-1", "sku", "a", "body", R"({"n":1})"});
    m_server->command({"XADD", "x", "1-2", "sku", "b", "body", R"({"n":2})"});
    open("x");
    QCOMPARE(editorText(), u"sku: a\nbody: {\"n\":1}"_s);
    QComboBox* part = nullptr;
    for (QComboBox* box : m_pane->findChildren<QComboBox*>()) {
        part = box->accessibleName() == u"Part"_s ? box : part;
    }
    QVERIFY(part->isVisible());
    part->setCurrentText(u"body"_s);
    QCOMPARE(editorText(), u"{\n  \"n\": 1\n}"_s);
    table()->setCurrentIndex(model()->index(1, 1));
    QCOMPARE(editorText(), u"{\n  \"n\": 2\n}"_s);
}

void TestValuePane::loadsMoreRowsWhileScrolling()
{
    m_server->fill(3000, [](std::size_t n) { return Args{"RPUSH", "l", "element " + std::to_string(n)}; });
    open("l");
    QCOMPARE(model()->rowCount(), 500);
    QCOMPARE(labelText(u"Loaded fields"_s), u"500 of 3,000 elements loaded"_s);
    const auto scrollOn = [&] {
        table()->verticalScrollBar()->setValue(table()->verticalScrollBar()->maximum());
        return model()->rowCount() == 3000;
    };
    QTRY_VERIFY(scrollOn());
    QVERIFY(model()->isComplete());
    QCOMPARE(model()->index(2999, 1).data().toString(), u"element 2999"_s);
    QCOMPARE(labelText(u"Loaded fields"_s), u"3,000 elements"_s);
}

void TestValuePane::filtersFieldsOnTheServer()
{
    m_server->fill(2000,
        [](std::size_t n) { return Args{"HSET", "h", (n == 1234 ? "needle:" : "hay:") + std::to_string(n), "v"}; });
    open("h");
    QVERIFY(model()->rowCount() >= 500);
    auto* filter = m_pane->findChild<QLineEdit*>();
    QTest::keyClicks(filter, u"edle"_s);
    QTRY_COMPARE(drawn(), QStringList({u"needle:1234 | v"_s}));
    QTRY_COMPARE(labelText(u"Loaded fields"_s), u"1 field found"_s);
    QCOMPARE(editorText(), u"v"_s);
    filter->clear();
    QTRY_VERIFY(model()->rowCount() >= 500);
}

void TestValuePane::saysThatOpeningResetsTheIdleTime()
{
    m_server->command({"SET", "k", "v"});
    const QString said = u"idle time reset"_s;
    open("k");
    QVERIFY(!labelText(u"About the value"_s).contains(said));
    m_source->setTouchesIdleTimes(true);
    m_pane->reload();
    QTRY_VERIFY2(labelText(u"About the value"_s).contains(said), qPrintable(labelText(u"About the value"_s)));
}

void TestValuePane::aMissingKeyIsGone()
{
    QSignalSpy gone(m_pane.get(), &ValuePane::gone);
    open("nothing");
    QCOMPARE(state()->title(), u"This key is gone"_s);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone.first().first().toByteArray(), QByteArray("nothing"));
    QCOMPARE(labelText(u"Key"_s), u"nothing"_s);
}

void TestValuePane::aKeyThatGoesWhileItIsShownStaysReadable()
{
    m_server->command({"HSET", "h", "f", "v"});
    open("h");
    m_server->command({"DEL", "h"});
    m_pane->reload();
    QTRY_VERIFY(labelText(u"Notice"_s).startsWith(u"This key is gone"_s));
    QCOMPARE(drawn(), QStringList({u"f | v"_s}));
    m_server->command({"HSET", "h", "f", "back"});
    m_pane->reload();
    QTRY_COMPARE(drawn(), QStringList({u"f | back"_s}));
    for (const QLabel* label : m_pane->findChildren<QLabel*>()) {
        QVERIFY(label->accessibleName() != u"Notice"_s || !label->isVisible());
    }
}

void TestValuePane::aKeyThatExpiresSaysSo()
{
    m_server->command({"SET", "s", "v", "PX", "1500"});
    open("s");
    QVERIFY(labelText(u"About the value"_s).contains(u"TTL 1 s"_s));
    QTRY_VERIFY(labelText(u"Notice"_s).startsWith(u"This key has expired"_s));
    QVERIFY(labelText(u"About the value"_s).contains(u"expired"_s));
    QCOMPARE(editorText(), u"v"_s);
}

void TestValuePane::anotherTypeIsShownAsThat()
{
    m_server->command({"HSET", "k", "f", "v"});
    open("k");
    m_server->command({"DEL", "k"});
    m_server->command({"RPUSH", "k", "a"});
    m_pane->reload();
    QTRY_COMPARE(drawn(), QStringList({u"0 | a"_s}));
    m_server->command({"DEL", "k"});
    m_server->command({"SET", "k", "text"});
    m_pane->reload();
    QTRY_COMPARE(editorText(), u"text"_s);
    QTRY_VERIFY(!table()->isVisible());
}

void TestValuePane::reloadKeepsThePlace()
{
    m_server->fill(1500, [](std::size_t n) { return Args{"HSET", "h", "field:" + std::to_string(n), "v"}; });
    open("h");
    const auto allLoaded = [&] {
        model()->fetchMore({});
        return model()->isComplete();
    };
    QTRY_VERIFY(allLoaded());
    const int row = model()->rowCount() - 10;
    const std::string name = model()->nameOf(row);
    table()->setCurrentIndex(model()->index(row, 0));
    m_server->command({"HSET", "h", "new field", "v"});
    m_server->command({"HDEL", "h", model()->nameOf(3)});
    m_pane->reload();
    QTRY_VERIFY(model()->rowOf("new field", 0) >= 0 || model()->rowCount() >= 1500);
    QTRY_COMPARE(model()->nameOf(table()->currentIndex().row()), name);
    QCOMPARE(table()->currentIndex().column(), 0);
}

void TestValuePane::aForbiddenReadNamesItsCommand()
{
    m_server->command({"RPUSH", "l", "a"});
    useUser(u"+@all -lrange"_s);
    open("l");
    QCOMPARE(state()->title(), u"The value can't be read"_s);
    QVERIFY2(state()->text().contains(u"LRANGE"_s), qPrintable(state()->text()));
}

void TestValuePane::partsThatAreForbiddenAreNamed()
{
    m_server->command({"RPUSH", "l", "a"});
    useUser(u"+@all -memory -object -pttl"_s);
    open("l");
    const QString about = labelText(u"About the value"_s);
    QVERIFY2(about.contains(u"TTL: no permission"_s), qPrintable(about));
    QVERIFY2(about.contains(u"memory: no permission"_s), qPrintable(about));
    QVERIFY2(about.contains(u"encoding: no permission"_s), qPrintable(about));
    QCOMPARE(drawn(), QStringList({u"0 | a"_s}));
}

void TestValuePane::aLostServerCanBeTriedAgain()
{
    m_server->command({"SET", "s", "v"});
    m_server->save();
    m_server->kill();
    open("s");
    QCOMPARE(state()->title(), u"The value can't be read"_s);
    m_server->restart();
    state()->findChild<QPushButton*>()->click();
    QTRY_COMPARE(editorText(), u"v"_s);
}

void TestValuePane::aLateAnswerIsDropped()
{
    m_server->command({"HSET", "slow", "f", "v"});
    m_server->command({"SET", "s", "v"});
    open("s");
    m_server->freeze();
    m_pane->open("slow");
    m_pane->open("s");
    m_server->thaw();
    QTRY_VERIFY(m_pane->head() && m_pane->head()->key == "s");
    QTRY_COMPARE(m_source->heads(), 3);
    QTRY_VERIFY(cell()->isVisible());
    QCOMPARE(model()->rowCount(), 0);
    QCOMPARE(editorText(), u"v"_s);
}

void TestValuePane::loadingShowsOnlyWhereItLasts()
{
    m_server->command({"SET", "a", "first"});
    m_server->command({"SET", "b", "second"});
    open("a");
    m_server->freeze();
    m_pane->open("b");
    QVERIFY(cell()->isVisible()); // what was there stays for a moment
    QTRY_COMPARE(state()->title(), u"Loading…"_s);
    QCOMPARE(labelText(u"Key"_s), u"b"_s);
    m_server->thaw();
    QTRY_VERIFY(cell()->isVisible());
    QCOMPARE(editorText(), u"second"_s);
}

void TestValuePane::emptyValuesSaySo()
{
    m_server->command({"SET", "s", ""});
    m_server->command({"XGROUP", "CREATE", "x", "g", "$", "MKSTREAM"});
    open("s");
    QVERIFY(cell()->findChild<ValueState*>()->isVisible());
    QCOMPARE(cell()->findChild<ValueState*>()->text(), u"This value is empty."_s);
    m_pane->open("x");
    QTRY_COMPARE(labelText(u"Loaded fields"_s), u"0 entries"_s);
    QTRY_VERIFY(table()->isVisible());
}

void TestValuePane::longLinesAreBrokenOnlyOnScreen()
{
    const std::string value(60'000, 'x');
    m_server->command({"SET", "s", value});
    open("s");
    QVERIFY(editorText().contains(u'\n'));
    QVERIFY(cell()->note().contains(u"long lines"_s));
    cell()->copyText();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(value));
}

void TestValuePane::copiesTheBytesThemselves()
{
    m_server->command({"SET", "s", "{\"a\":1}\t\xff"});
    open("s");
    cell()->copyHex();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"7B2261223A317D09FF"_s);
    cell()->copyEscaped();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"{\"a\":1}\\t\\xFF"_s);
    cell()->copyText();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"{\"a\":1}\t\\xFF"_s);
    m_server->command({"RPUSH", "l", " spaced "});
    open("l");
    table()->setFocus();
    QTest::keySequence(table(), QKeySequence::Copy);
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), u" spaced "_s);
}

void TestValuePane::tabLeavesTheEditor()
{
    m_server->command({"SET", "s", "text"});
    open("s");
    m_pane->activateWindow();
    auto* editor = m_pane->findChild<TextEditor*>();
    editor->setFocus();
    QTRY_VERIFY(editor->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(!editor->isAncestorOf(QApplication::focusWidget()));
    QCOMPARE(editorText(), u"text"_s);
}

void TestValuePane::remembersFormatAndSplitter()
{
    cell()->setFormat(FormatChoice::Hex);
    ValuePane other(m_source);
    other.restoreState(m_pane->saveState());
    QCOMPARE(other.findChild<CellView*>()->format(), FormatChoice::Hex);
    other.restoreState("nonsense");
    QCOMPARE(other.findChild<CellView*>()->format(), FormatChoice::Hex);
}

void TestValuePane::fillShop()
{
    m_server->command({"HSET", "user:42:profile", "email", "ada@example.org", "name", "Ada Lovelace", "prefs",
        R"({"theme":"dark","language":"en","recent":[9223372036854775807,12.50,null,true],"note":"caf\u00e9"})",
        "avatar", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s + std::string(14'000, '\x07'), "bio", " two\nlines ", "signature",
        std::string(200'000, 's'), "raw\xff", "\x01", "orders", "17"});
    m_server->command({"EXPIRE", "user:42:profile", "273600"});
    m_server->command({"SET", "page:large", std::string(300'000, 'a') + "\n"});
    m_server->command({"SET", "blob", "\x89PNG\r\n\x1a\n"s + std::string(500'000, '\x05')});
    m_server->command({"SET", "text",
        "Some words,\n\ta tab, a C:\\path, a zero \0 and \xff bytes.\nÄÖÜ 日本語 שלום 👩‍💻\n"s
            + std::string(400, 'w')});
    m_server->fill(3000, [](std::size_t n) {
        return Args{"ZADD", "rank", std::to_string(static_cast<double>(n) / 7), "player:" + std::to_string(n)};
    });
    m_server->fill(700, [](std::size_t n) {
        return Args{"XADD", "orders", "17000000000-" + std::to_string(n), "sku", "a-" + std::to_string(n), "qty", "2",
            "body", R"({"n":1})"};
    });
}

void TestValuePane::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("key");
    for (const bool dark : {false, true}) {
        for (const char* key : {"user:42:profile", "page:large", "blob", "text", "rank", "orders", "gone"}) {
            QTest::addRow("%s, %s", key, dark ? "dark" : "light") << dark << QString::fromLatin1(key);
        }
    }
}

/// Every state can be painted in both themes; with KEYGLASS_PICTURES set to a folder, the pictures are kept there.
void TestValuePane::pictures()
{
    QFETCH(bool, dark);
    QFETCH(QString, key);
    QApplication::setPalette(testPalette(dark));
    fillShop();
    open(key.toStdString());
    if (key == u"user:42:profile"_s) {
        table()->setCurrentIndex(model()->index(model()->rowOf("prefs", 0), 1));
    }
    cell()->setFormat(key == u"text"_s ? FormatChoice::Text : FormatChoice::Automatic);
    QCoreApplication::processEvents(); // what was shown and hidden finds its place
    const QImage picture = m_pane->grab().toImage();
    const QColor corner = picture.pixelColor(2, picture.height() - 2);
    QCOMPARE(corner.lightness() < 128, dark);
    const QString folder = qEnvironmentVariable("KEYGLASS_PICTURES");
    if (!folder.isEmpty()) {
        const QString name = QString(key).replace(u':', u'-') + (dark ? u"-dark.png"_s : u"-light.png"_s);
        QVERIFY(picture.save(QDir(folder).filePath(name)));
    }
    QApplication::setPalette(testPalette(false));
}

QTEST_MAIN(TestValuePane)
#include "tst_valuepane.moc"
