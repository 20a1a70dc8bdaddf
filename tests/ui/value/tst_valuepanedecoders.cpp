// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/value/decoderstacks.h"
#include "tests/ui/value/valuepanefixture.h"
#include "ui/value/decoderbox.h"
#include "ui/value/hexview.h"
#include "ui/value/imageview.h"

#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QInputDialog>
#include <QPushButton>
#include <QRandomGenerator>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int longWait = 20'000;

} // namespace

/// Values that are shown through decoders, and images.
class TestValuePaneDecoders : public ValuePaneFixture {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatIsPacked_data();
    void showsWhatIsPacked();
    void theStoredBytesCanBeShown();
    void aStackCanBeTyped();
    void theChoiceStaysFromCellToCell();
    void saysWhichLayerFailed();
    void loadsAllOfWhatIsPacked();
    void saysThatABombIsTooLarge();
    void textIsNoGuess();
    void showsImages();
    void showsImagesLongerThanAPage();
    void saysWhyAnImageIsNotShown();
    void copiesWhatIsShown();

private:
    [[nodiscard]] DecoderBox* box() const { return m_pane->findChild<DecoderBox*>(); }
};

void TestValuePaneDecoders::showsWhatIsPacked_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("guess");
    QTest::addRow("gzip of JSON") << u"gzip,json"_s << u"Automatic: gzip › JSON"_s;
    QTest::addRow("zstd of MessagePack") << u"zstd,msgpack"_s << u"Automatic: zstd › MessagePack"_s;
    QTest::addRow("PHP") << u"php"_s << u"Automatic: PHP serialize"_s;
}

void TestValuePaneDecoders::showsWhatIsPacked()
{
    QFETCH(const QString, names);
    QFETCH(const QString, guess);
    m_server->command({"SET", "s", packed(names.toStdString(), R"({"id":42,"tags":["a"]})")});
    open("s");
    QTRY_COMPARE_WITH_TIMEOUT(editorText(), u"{\n  \"id\": 42,\n  \"tags\": [\n    \"a\"\n  ]\n}"_s, longWait);
    QCOMPARE(box()->currentText(), guess);
    QTRY_COMPARE(cell()->shownFormat(), ValueFormat::Json);
    QVERIFY2(cell()->note().contains(u"decoded"_s), qPrintable(cell()->note()));
}

void TestValuePaneDecoders::theStoredBytesCanBeShown()
{
    m_server->command({"SET", "s", packed("gzip", "a text")});
    open("s");
    QTRY_COMPARE_WITH_TIMEOUT(editorText(), u"a text"_s, longWait);
    cell()->setDecoders({false, {}});
    QTRY_COMPARE_WITH_TIMEOUT(cell()->shownFormat(), ValueFormat::Hex, longWait);
    QVERIFY(m_pane->findChild<HexView*>()->isVisible());
    QVERIFY(cell()->shownDecoders().isEmpty());
    QCOMPARE(box()->currentText(), u"As stored"_s);
}

void TestValuePaneDecoders::aStackCanBeTyped()
{
    m_server->command({"SET", "s", packed("base64,zlib", "[1]")});
    open("s");
    box()->setCurrentIndex(box()->count() - 1);
    Q_EMIT box()->activated(box()->count() - 1);
    auto* dialog = m_pane->window()->findChild<QInputDialog*>();
    QVERIFY(dialog);
    QVERIFY(dialog->labelText().contains(u"msgpack"_s));
    dialog->setTextValue(u"base64, zlib"_s);
    dialog->accept();
    QTRY_COMPARE_WITH_TIMEOUT(cell()->shownDecoders(), stackOf("base64,zlib"), longWait);
    QCOMPARE(box()->currentText(), u"base64 › zlib"_s);
    QCOMPARE(editorText(), u"[\n  1\n]"_s);
}

void TestValuePaneDecoders::theChoiceStaysFromCellToCell()
{
    m_server->command({"RPUSH", "l", packed("deflate", "first"), packed("deflate", "second")});
    open("l");
    cell()->setDecoders({false, stackOf("deflate")});
    table()->setCurrentIndex(model()->index(0, 1));
    QTRY_COMPARE_WITH_TIMEOUT(editorText(), u"first"_s, longWait);
    table()->setCurrentIndex(model()->index(1, 1));
    QTRY_COMPARE_WITH_TIMEOUT(editorText(), u"second"_s, longWait);
}

void TestValuePaneDecoders::saysWhichLayerFailed()
{
    m_server->command({"SET", "s", "plain text"});
    open("s");
    cell()->setDecoders({false, stackOf("gzip,json")});
    QTRY_VERIFY_WITH_TIMEOUT(cell()->note().contains(u"layer 1 (gzip)"_s), longWait);
    QVERIFY2(cell()->note().contains(u"as it is stored"_s), qPrintable(cell()->note()));
    QCOMPARE(editorText(), u"plain text"_s);
}

/// The first part of a string says what it is packed with, and is worth nothing without the rest.
void TestValuePaneDecoders::loadsAllOfWhatIsPacked()
{
    QRandomGenerator random(1);
    std::string text;
    while (text.size() < 400'000) {
        text += std::to_string(random.generate64()) + '\n';
    }
    const std::string stored = packed("gzip", text + "the end");
    QVERIFY(stored.size() > 128U * 1024 && stored.size() < 1024U * 1024);
    m_server->command({"SET", "s", stored});
    open("s");
    QTRY_VERIFY_WITH_TIMEOUT(editorText().endsWith(u"the end"_s), longWait);
    QCOMPARE(box()->currentText(), u"Automatic: gzip"_s);
}

void TestValuePaneDecoders::saysThatABombIsTooLarge()
{
    m_server->command({"SET", "s", packed("zstd", std::string(50'000'000, 'x'))});
    open("s");
    QTRY_VERIFY_WITH_TIMEOUT(cell()->note().contains(u"larger than"_s), longWait);
    QTRY_COMPARE(cell()->shownFormat(), ValueFormat::Hex);
}

void TestValuePaneDecoders::textIsNoGuess()
{
    m_server->command({"SET", "s", "just a text of some length"});
    open("s");
    QCOMPARE(box()->currentText(), u"Automatic: as stored"_s);
    m_server->command({"SET", "s", R"({"a":1})"});
    open("s");
    QTRY_COMPARE_WITH_TIMEOUT(editorText(), u"{\n  \"a\": 1\n}"_s, longWait);
    QCOMPARE(box()->currentText(), u"Automatic: as stored"_s); // JSON is a format of its own there
}

void TestValuePaneDecoders::showsImages()
{
    QImage image(30, 20, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray png;
    QBuffer buffer(&png);
    QVERIFY(buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG"));
    m_server->command({"SET", "s", png.toStdString()});
    open("s");
    auto* view = m_pane->findChild<ImageView*>();
    QTRY_VERIFY_WITH_TIMEOUT(view->isVisible(), longWait);
    QCOMPARE(view->image().size(), QSize(30, 20));
    QVERIFY2(cell()->note().contains(u"30 × 20"_s), qPrintable(cell()->note()));
    QVERIFY(view->accessibleDescription().contains(u"30 × 20"_s));
    cell()->setFormat(FormatChoice::Hex);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->findChild<HexView*>()->isVisible(), longWait);
    cell()->setFormat(FormatChoice::Automatic);
    m_server->command({"SET", "s", "\x89PNG\r\n\x1a\n"s + "nothing of the kind"});
    open("s");
    QTRY_COMPARE_WITH_TIMEOUT(cell()->shownFormat(), ValueFormat::Hex, longWait);
    QTRY_VERIFY_WITH_TIMEOUT(!view->isVisible(), longWait);
}

/// Most are: a page of a string is 64 KB. Above 1 MB it is asked for, above 16 MB it stays bytes, and is said to.
void TestValuePaneDecoders::showsImagesLongerThanAPage()
{
    QImage image(30, 20, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray png;
    QBuffer buffer(&png);
    QVERIFY(buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG"));
    m_server->command({"SET", "s", (png + QByteArray(300'000, 'x')).toStdString()}); // what follows the end is no harm
    open("s");
    auto* view = m_pane->findChild<ImageView*>();
    QTRY_VERIFY_WITH_TIMEOUT(view->isVisible(), longWait);
    QCOMPARE(view->image().size(), QSize(30, 20));

    m_server->command({"SET", "s", (png + QByteArray(3'000'000, 'x')).toStdString()});
    open("s");
    QTRY_VERIFY_WITH_TIMEOUT(cell()->note().contains(u"The image can be shown once all of it is loaded"_s), longWait);
    QVERIFY(!view->isVisible());
    QPushButton* whole = nullptr;
    for (auto* button : cell()->findChildren<QPushButton*>()) {
        whole = button->isVisible() && button->text() == u"Load whole"_s ? button : whole;
    }
    QVERIFY(whole);
    whole->click();
    QTRY_VERIFY_WITH_TIMEOUT(view->isVisible(), longWait);

    m_server->command({"SETRANGE", "s", std::to_string(17 * 1024 * 1024), "x"});
    open("s");
    QTRY_VERIFY2_WITH_TIMEOUT(cell()->note().contains(u"The image is not shown: the value is longer than"_s),
        qPrintable(cell()->note()), longWait);
    QVERIFY(!view->isVisible());
}

/// 6.4 GB of pixels in 69 bytes.
void TestValuePaneDecoders::saysWhyAnImageIsNotShown()
{
    const QByteArray bomb =
        QByteArray::fromHex("89504e470d0a1a0a0000000d4948445200009c4000009c400806000000510c0e050000000c49444154"
                            "789c6360a03d00000064000186643c350000000049454e44ae426082");
    m_server->command({"SET", "image", bomb.toStdString()});
    open("image");
    QTRY_VERIFY_WITH_TIMEOUT(cell()->note().contains(u"Image of 40000 × 40000 pixels: more pixels than"_s), longWait);
    QVERIFY(m_pane->findChild<ImageView*>()->image().isNull());
    QTRY_COMPARE(cell()->shownFormat(), ValueFormat::Hex);
}

void TestValuePaneDecoders::copiesWhatIsShown()
{
    m_server->command({"SET", "s", packed("gzip", "a\ttext")});
    open("s");
    QTRY_COMPARE_WITH_TIMEOUT(editorText(), u"a\ttext"_s, longWait);
    cell()->copyText();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"a\ttext"_s);
    cell()->copyJson();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"\"a\\ttext\""_s);
    cell()->copyEscaped();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"a\\ttext"_s);
}

QTEST_MAIN(TestValuePaneDecoders)
#include "tst_valuepanedecoders.moc"
