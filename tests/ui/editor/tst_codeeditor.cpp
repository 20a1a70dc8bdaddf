// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"
#include "ui/editor/codeeditor.h"

#include <QAction>
#include <QImage>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <memory>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

/// WCAG's contrast of two colours: 1 to 21.
double contrast(const QColor& a, const QColor& b)
{
    const auto lightness = [](const QColor& color) {
        const auto part = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
    };
    const double x = lightness(a);
    const double y = lightness(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

std::string everyByte()
{
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

} // namespace

class TestCodeEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void givesBackEveryByte_data();
    void givesBackEveryByte();
    void returnKeepsTheLineEndsThatAreThere();
    void undoGoesBackToWhatWasSaved();
    void redoHasTheKeysOfTheDesktop_data();
    void redoHasTheKeysOfTheDesktop();
    void replacingIsOneStep();
    void windowKeysStayTheWindows();
    void findsAroundTheEnd();
    void replacesAllAsOneStep();
    void colorsStandOutInBothThemes_data();
    void colorsStandOutInBothThemes();
    void aMegabyteIsThereAtOnce();

private:
    std::unique_ptr<CodeEditor> m_editor;
};

void TestCodeEditor::init()
{
    m_editor = std::make_unique<CodeEditor>(u"Value"_s);
    m_editor->resize(400, 200);
    m_editor->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_editor.get()));
}

void TestCodeEditor::givesBackEveryByte_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("line ends of all kinds") << QByteArray("a\r\nb\nc\rd\n\n");
    QTest::newRow("tabs, spaces, no-break spaces") << QByteArray(" \ta\xC2\xA0 ");
    QTest::newRow("characters of every length") << QByteArray("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x99\x82");
    QTest::newRow("every byte") << QByteArray::fromStdString(everyByte());
}

void TestCodeEditor::givesBackEveryByte()
{
    QFETCH(const QByteArray, bytes);
    for (const EditForm form : {EditForm::Text, EditForm::Json, EditForm::Xml, EditForm::Lua}) {
        m_editor->setText(bytes.toStdString(), form);
        QCOMPARE(QByteArray::fromStdString(m_editor->text()), bytes);
        QVERIFY(!m_editor->isModified());
        QVERIFY(!m_editor->canUndo());
    }
}

void TestCodeEditor::returnKeepsTheLineEndsThatAreThere()
{
    m_editor->setText("a\r\nb", EditForm::Text);
    m_editor->goTo(4);
    QTest::keyClick(m_editor->focusProxy(), Qt::Key_Return);
    QCOMPARE(m_editor->text(), std::string("a\r\nb\r\n"));
    m_editor->setText("a", EditForm::Text);
    m_editor->goTo(1);
    QTest::keyClick(m_editor->focusProxy(), Qt::Key_Return);
    QCOMPARE(m_editor->text(), std::string("a\n"));
}

void TestCodeEditor::undoGoesBackToWhatWasSaved()
{
    const QSignalSpy changed(m_editor.get(), &CodeEditor::changed);
    m_editor->setText("one", EditForm::Text);
    QCOMPARE(changed.size(), 0);
    m_editor->type(u"x"_s);
    QCOMPARE(m_editor->text(), std::string("xone"));
    QVERIFY(m_editor->isModified());
    QVERIFY(changed.size() > 0);
    QTest::keyClick(m_editor->focusProxy(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_editor->text(), std::string("one"));
    QVERIFY(!m_editor->isModified());
    m_editor->redo();
    m_editor->setUnmodified();
    QVERIFY(!m_editor->isModified());
    m_editor->undo();
    QVERIFY(m_editor->isModified());
}

void TestCodeEditor::redoHasTheKeysOfTheDesktop_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<bool>("withShift");
    QTest::newRow("Ctrl+Shift+Z") << Qt::Key_Z << true;
    QTest::newRow("Ctrl+Y") << Qt::Key_Y << false;
}

void TestCodeEditor::redoHasTheKeysOfTheDesktop()
{
    QFETCH(const Qt::Key, key);
    QFETCH(const bool, withShift);
    m_editor->setText("one", EditForm::Text);
    QTest::keyClicks(m_editor->focusProxy(), u"x"_s);
    const std::string typed = m_editor->text();
    QTest::keyClick(m_editor->focusProxy(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_editor->text(), std::string("one"));
    QVERIFY(m_editor->canRedo());
    QTest::keyClick(m_editor->focusProxy(), key,
        withShift ? Qt::ControlModifier | Qt::ShiftModifier : Qt::KeyboardModifiers(Qt::ControlModifier));
    QCOMPARE(m_editor->text(), typed);
    QVERIFY(!m_editor->canRedo());
}

void TestCodeEditor::replacingIsOneStep()
{
    m_editor->setText("{\"a\":1}", EditForm::Json);
    m_editor->replaceText("{\n  \"a\": 1\n}");
    QCOMPARE(m_editor->text(), std::string("{\n  \"a\": 1\n}"));
    m_editor->undo();
    QCOMPARE(m_editor->text(), std::string("{\"a\":1}"));
    QVERIFY(!m_editor->canUndo());
}

/// Scintilla has keys of its own for nearly every letter.
void TestCodeEditor::windowKeysStayTheWindows()
{
    m_editor->setText("one\ntwo", EditForm::Text);
    for (const Qt::Key key : {Qt::Key_S, Qt::Key_L, Qt::Key_T, Qt::Key_D, Qt::Key_G, Qt::Key_W, Qt::Key_Plus}) {
        QAction action;
        action.setShortcut(QKeySequence(Qt::CTRL | key));
        m_editor->addAction(&action);
        const QSignalSpy triggered(&action, &QAction::triggered);
        m_editor->activateWindow();
        m_editor->setFocus();
        QTest::keyClick(m_editor->focusProxy(), key, Qt::ControlModifier);
        QCOMPARE(triggered.size(), 1);
        m_editor->removeAction(&action);
    }
    QCOMPARE(m_editor->text(), std::string("one\ntwo"));
    const QSignalSpy found(m_editor.get(), &CodeEditor::findWanted);
    QTest::keyClick(m_editor->focusProxy(), Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(found.size(), 1);
}

void TestCodeEditor::findsAroundTheEnd()
{
    m_editor->setText("An \xC3\xA4pple, an \xC3\x84pple, an apple", EditForm::Text);
    const FindQuestion question{u"an"_s, false};
    for (const std::size_t end : {2U, 13U, 24U, 2U}) {
        QVERIFY(m_editor->find(question, CodeEditor::Direction::Next));
        QCOMPARE(m_editor->caret(), end);
    }
    QVERIFY(m_editor->find(question, CodeEditor::Direction::Previous)); // from the first to the last
    QCOMPARE(m_editor->selectedText(), u"an"_s);
    QVERIFY(m_editor->find({u"An"_s, true}, CodeEditor::Direction::Next));
    QCOMPARE(m_editor->selectedText(), u"An"_s);
    QVERIFY(!m_editor->find({u"pear"_s, false}, CodeEditor::Direction::Next));
    QVERIFY(!m_editor->find({QString(), false}, CodeEditor::Direction::Next));
}

void TestCodeEditor::replacesAllAsOneStep()
{
    m_editor->setText("a b a b a", EditForm::Text);
    QCOMPARE(m_editor->replaceAll({u"a"_s, false}, u"aa\xE4"_s), 3); // what was put in is not looked at again
    QCOMPARE(m_editor->text(), std::string("aa\xC3\xA4 b aa\xC3\xA4 b aa\xC3\xA4"));
    m_editor->undo();
    QCOMPARE(m_editor->text(), std::string("a b a b a"));
    QVERIFY(!m_editor->canUndo());
    m_editor->goTo(0);
    QVERIFY(m_editor->replace({u"a"_s, false}, u"c"_s)); // finds the first one only
    QVERIFY(m_editor->replace({u"a"_s, false}, u"c"_s));
    QCOMPARE(m_editor->text(), std::string("c b a b a"));
}

void TestCodeEditor::colorsStandOutInBothThemes_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("form");
    QTest::addColumn<QByteArray>("text");
    const QByteArray json("{\"name\": \"text\\n\", \"n\": 42, \"t\": true}");
    const QByteArray xml("<?xml version=\"1.0\"?><!-- c --><a b=\"c\">text &amp; more<d/></a>");
    const QByteArray lua("-- c\nlocal n = redis.call('GET', KEYS[1])\nreturn tonumber(n) + 42");
    for (const bool dark : {false, true}) {
        const char* theme = dark ? "dark" : "light";
        QTest::addRow("JSON, %s", theme) << dark << int(EditForm::Json) << json;
        QTest::addRow("XML, %s", theme) << dark << int(EditForm::Xml) << xml;
        QTest::addRow("Lua, %s", theme) << dark << int(EditForm::Lua) << lua;
    }
}

void TestCodeEditor::colorsStandOutInBothThemes()
{
    QFETCH(const bool, dark);
    QFETCH(const int, form);
    QFETCH(const QByteArray, text);
    const QPalette palette = dark ? darkPalette() : lightPalette();
    m_editor->setPalette(palette);
    m_editor->setText(text.toStdString(), static_cast<EditForm>(form));
    QTest::qWait(1); // a paint
    const QImage image = m_editor->grab().toImage();
    const QColor base = palette.color(QPalette::Base);
    QCOMPARE(image.pixelColor(image.width() / 2, image.height() - 20), base);
    QSet<QRgb> strong; // inks at their full strength; letters' edges are between ink and paper
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 40; x < image.width(); ++x) {
            if (contrast(image.pixelColor(x, y), base) >= 4.5) {
                strong.insert(image.pixel(x, y));
            }
        }
    }
    QVERIFY2(strong.size() >= 3, qPrintable(QString::number(strong.size())));
}

void TestCodeEditor::aMegabyteIsThereAtOnce()
{
    std::string text;
    while (text.size() < 1024ULL * 1024) {
        text += "{\"name\": \"a line of a value that is rather long\", \"number\": 123456}\n";
    }
    m_editor->setText(text, EditForm::Text);
    QCOMPARE(m_editor->text(), text);
    m_editor->replaceText("x" + text);
    QCOMPARE(m_editor->text().size(), text.size() + 1);
}

QTEST_MAIN(TestCodeEditor)
#include "tst_codeeditor.moc"
