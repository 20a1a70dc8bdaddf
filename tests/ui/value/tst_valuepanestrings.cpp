// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/value/valuepanefixture.h"
#include "ui/value/bytecontent.h"
#include "ui/value/hexview.h"
#include "ui/value/stringsaving.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QPushButton>
#include <QTemporaryDir>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

/// Strings: formats, sizes, copies.
class TestValuePaneStrings : public ValuePaneFixture {
    Q_OBJECT

private Q_SLOTS:
    void showsAStringAsWhatItIs_data();
    void showsAStringAsWhatItIs();
    void keepsEveryDigit();
    void theFormatCanBeChosen();
    void saysWhereItStopsBeingJson();
    void opensALargeStringByItsBeginning();
    void hexReadsAnyPlaceOfALargeString();
    void loadsMoreOfAString();
    void jsonIsLaidOutUpToItsLimit_data();
    void jsonIsLaidOutUpToItsLimit();
    void longLinesAreBrokenOnlyOnScreen();
    void copiesTheBytesThemselves();
    void aLargeStringIsSavedAsAWhole();
    void aLongFieldIsReadToBeSaved();
    void aFieldThatIsLeftIsNotSaved();
    void aSaveIsCancelled();

private:
    /// The dialog of “Save to a file…”; null where there is none.
    [[nodiscard]] QFileDialog* askWhereToSave() const;
};

QFileDialog* TestValuePaneStrings::askWhereToSave() const
{
    for (QAction* action : m_pane->findChildren<QAction*>()) {
        if (action->text() == u"Save to a file…"_s) {
            action->trigger();
        }
    }
    return m_pane->findChild<QFileDialog*>();
}

void TestValuePaneStrings::showsAStringAsWhatItIs_data()
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

void TestValuePaneStrings::showsAStringAsWhatItIs()
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

void TestValuePaneStrings::keepsEveryDigit()
{
    m_server->command(
        {"SET", "s", R"({"id":9223372036854775807,"u":18446744073709551615,"pi":3.14159265358979323846,"id":1e400})"});
    open("s");
    QCOMPARE(editorText(),
        u"{\n  \"id\": 9223372036854775807,\n  \"u\": 18446744073709551615,\n  \"pi\": 3.14159265358979323846,\n  \"id\": 1e400\n}"_s);
}

void TestValuePaneStrings::theFormatCanBeChosen()
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

void TestValuePaneStrings::saysWhereItStopsBeingJson()
{
    m_server->command({"SET", "s", R"({"a": nope})"});
    open("s");
    QTRY_COMPARE(cell()->shownFormat(), ValueFormat::Text);
    cell()->setFormat(FormatChoice::Json);
    QCOMPARE(editorText(), u"{\"a\": nope}"_s);
    QVERIFY2(cell()->note().contains(u"no JSON from byte 7 on"_s), qPrintable(cell()->note()));
}

void TestValuePaneStrings::opensALargeStringByItsBeginning()
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

void TestValuePaneStrings::hexReadsAnyPlaceOfALargeString()
{
    m_server->command({"SET", "s", "\x89PNG\r\n\x1a\n"s});
    m_server->command({"SETRANGE", "s", std::to_string(64U * 1024 * 1024 - 4), "\xde\xad\xbe\xef"});
    open("s");
    QTRY_COMPARE(cell()->shownFormat(), ValueFormat::Hex);
    auto* hex = m_pane->findChild<HexView*>();
    QTest::keyClick(hex, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(hex->cursor(), std::uint64_t{64U * 1024 * 1024 - 1});
    QTRY_COMPARE(m_source->slices(), 1);
    const auto end = [&] { return std::string(cell()->content()->window(64U * 1024 * 1024 - 4, 4)); };
    QTRY_COMPARE(end(), "\xde\xad\xbe\xef"s);
    QTest::keyClick(hex, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keySequence(hex, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"BEEF"_s);
    QVERIFY2(cell()->note().contains(u"byte 67,108,862 of 67,108,864"_s), qPrintable(cell()->note()));
    QCOMPARE(m_source->slices(), 1);
}

void TestValuePaneStrings::loadsMoreOfAString()
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

void TestValuePaneStrings::jsonIsLaidOutUpToItsLimit_data()
{
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("note");
    constexpr int most = 16 * 1024 * 1024;
    QTest::newRow("at the limit") << most << QString();
    QTest::newRow("above it") << most + 1 << u"JSON is laid out as a whole up to 16"_s;
}

void TestValuePaneStrings::jsonIsLaidOutUpToItsLimit()
{
    QFETCH(const int, bytes);
    QFETCH(const QString, note);
    std::string value = "[";
    while (value.size() < std::size_t(bytes) - 2000) {
        value += '"' + std::string(1000, 'x') + "\",";
    }
    value += '"' + std::string(std::size_t(bytes) - value.size() - 3, 'z') + "\"]";
    QCOMPARE(value.size(), std::size_t(bytes));
    m_server->command({"SET", "s", value});
    open("s");
    ByteContent& content = *cell()->content();
    while (content.canLoadMore()) {
        content.loadMore();
        QTRY_VERIFY_WITH_TIMEOUT(!content.isLoading(), 20'000);
    }
    QTRY_COMPARE_WITH_TIMEOUT(content.isWhole(), note.isEmpty(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(cell()->shownFormat() == ValueFormat::Json, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(editorText().endsWith(u"zz\"\n]"_s), note.isEmpty(), 60'000);
    QTRY_VERIFY2_WITH_TIMEOUT(note.isEmpty() || cell()->note().contains(note), qPrintable(cell()->note()), 20'000);
}

void TestValuePaneStrings::longLinesAreBrokenOnlyOnScreen()
{
    const std::string value(60'000, 'x');
    m_server->command({"SET", "s", value});
    open("s");
    QVERIFY(editorText().contains(u'\n'));
    QVERIFY(cell()->note().contains(u"long lines"_s));
    cell()->copyText();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(value));
}

void TestValuePaneStrings::copiesTheBytesThemselves()
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
    QTRY_VERIFY(table()->currentIndex().isValid()); // its rows come after its head
    table()->setFocus();
    QTest::keySequence(table(), QKeySequence::Copy);
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), u" spaced "_s);
}

/// Though no more of it than its beginning is ever loaded here.
void TestValuePaneStrings::aLargeStringIsSavedAsAWhole()
{
    m_server->command({"SET", "s", "begin"});
    m_server->command({"SETRANGE", "s", std::to_string(20U * 1024 * 1024), "end"});
    open("s");
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"value"_s);
    QFileDialog* dialog = askWhereToSave();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(path);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->findChild<StringSaving*>()->text().contains(u"are saved to"_s), 60'000);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll() == QByteArray::fromStdString(m_server->command({"GET", "s"})));
    QVERIFY(!cell()->content()->isWhole());
    dialog->close();
}

/// It waits for a click before it is shown; to be saved it is read at once.
void TestValuePaneStrings::aLongFieldIsReadToBeSaved()
{
    const std::string value(3U * 1024 * 1024, 'x');
    m_server->command({"HSET", "h", "f", value});
    open("h");
    QTRY_VERIFY_WITH_TIMEOUT(cell()->content() && cell()->content()->isPlaceholder(), 20'000);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"value"_s);
    QFileDialog* dialog = askWhereToSave();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(path);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 60'000);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll() == QByteArray::fromStdString(value));
    dialog->close();
}

/// Neither are the bytes of the one that is shown then.
void TestValuePaneStrings::aFieldThatIsLeftIsNotSaved()
{
    m_server->command({"RPUSH", "l", std::string(3U * 1024 * 1024, 'x'), "short"});
    open("l");
    QTRY_VERIFY_WITH_TIMEOUT(cell()->content() && cell()->content()->isPlaceholder(), 20'000);
    const QTemporaryDir folder;
    QFileDialog* dialog = askWhereToSave();
    QVERIFY(dialog);
    m_source->hold();
    Q_EMIT dialog->fileSelected(folder.filePath(u"value"_s));
    table()->setCurrentIndex(model()->index(1, 0));
    m_source->letGo();
    QTRY_VERIFY_WITH_TIMEOUT(cell()->note().contains(u"Nothing was saved"_s), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(cell()->content() && cell()->content()->isWhole(), 20'000);
    QVERIFY(QDir(folder.path()).isEmpty());
    dialog->close();
}

void TestValuePaneStrings::aSaveIsCancelled()
{
    m_server->command({"SETRANGE", "s", std::to_string(20U * 1024 * 1024), "end"});
    open("s");
    const QTemporaryDir folder;
    auto* saving = m_pane->findChild<StringSaving*>();
    m_source->hold();
    Q_EMIT cell()->wholeSaveWanted(folder.filePath(u"value"_s));
    QVERIFY(saving->isVisible() && saving->text().contains(u"0 %"_s));
    auto* cancel = saving->findChild<QPushButton*>();
    QVERIFY(cancel && cancel->text() == u"Cancel"_s);
    cancel->click();
    m_source->letGo();
    QTRY_VERIFY_WITH_TIMEOUT(saving->text().contains(u"nothing was written"_s), 20'000);
    QVERIFY(QDir(folder.path()).isEmpty());
}

QTEST_MAIN(TestValuePaneStrings)
#include "tst_valuepanestrings.moc"
