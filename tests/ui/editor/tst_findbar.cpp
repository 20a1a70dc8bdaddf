// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/findbar.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <memory>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestFindBar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsWhatIsSelected();
    void returnGoesOn();
    void replacesOneAndAll();
    void saysWhereThereIsNothing();
    void escapeGoesBackToTheText();
    void everythingHasAName();

private:
    template <typename W> [[nodiscard]] W* named(const QString& name) const
    {
        for (W* widget : m_bar->findChildren<W*>()) {
            if (widget->accessibleName() == name) {
                return widget;
            }
        }
        return nullptr;
    }

    std::unique_ptr<QWidget> m_window;
    CodeEditor* m_editor = nullptr;
    FindBar* m_bar = nullptr;
};

void TestFindBar::init()
{
    m_window = std::make_unique<QWidget>();
    m_editor = new CodeEditor(u"Value"_s);
    m_bar = new FindBar(m_editor);
    auto* layout = new QVBoxLayout(m_window.get());
    layout->addWidget(m_editor);
    layout->addWidget(m_bar);
    m_window->resize(600, 300);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    m_editor->setText("one two one two", EditForm::Text);
    QVERIFY(m_bar->isHidden());
}

void TestFindBar::findsWhatIsSelected()
{
    m_editor->select(4, 7);
    m_bar->openToFind();
    QVERIFY(m_bar->isVisible());
    auto* text = named<QLineEdit>(u"Find in value"_s);
    QCOMPARE(text->text(), u"two"_s);
    QTRY_VERIFY(text->hasFocus());
}

void TestFindBar::returnGoesOn()
{
    m_bar->openToFind();
    auto* text = named<QLineEdit>(u"Find in value"_s);
    QTest::keyClicks(text, u"one"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QCOMPARE(m_editor->caret(), std::size_t(3));
    QTest::keyClick(text, Qt::Key_Return);
    QCOMPARE(m_editor->caret(), std::size_t(11));
    named<QToolButton>(u"Find previous"_s)->click();
    QCOMPARE(m_editor->caret(), std::size_t(3));
}

void TestFindBar::replacesOneAndAll()
{
    m_bar->openToReplace();
    named<QLineEdit>(u"Find in value"_s)->setText(u"one"_s);
    auto* by = named<QLineEdit>(u"Replace by"_s);
    by->setText(u"three"_s);
    named<QToolButton>(u"Replace"_s)->click(); // goes to the first
    named<QToolButton>(u"Replace"_s)->click();
    QCOMPARE(m_editor->text(), std::string("three two one two"));
    named<QToolButton>(u"Replace all"_s)->click();
    QCOMPARE(m_editor->text(), std::string("three two three two"));
}

void TestFindBar::saysWhereThereIsNothing()
{
    m_bar->openToFind();
    auto* text = named<QLineEdit>(u"Find in value"_s);
    text->setText(u"four"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QCOMPARE(named<QLabel>(u"Found"_s)->text(), u"not found"_s);
    text->setText(u"two"_s);
    QVERIFY(named<QLabel>(u"Found"_s)->text().isEmpty());
}

void TestFindBar::escapeGoesBackToTheText()
{
    QAction stop;
    stop.setShortcut(Qt::Key_Escape); // as the window has one
    m_window->addAction(&stop);
    const QSignalSpy stopped(&stop, &QAction::triggered);
    m_bar->openToFind();
    QTRY_VERIFY(named<QLineEdit>(u"Find in value"_s)->hasFocus());
    QTest::keyClick(named<QLineEdit>(u"Find in value"_s), Qt::Key_Escape);
    QCOMPARE(stopped.size(), 0);
    QVERIFY(m_bar->isHidden());
    QTRY_VERIFY(m_editor->focusProxy()->hasFocus());
}

void TestFindBar::everythingHasAName()
{
    for (const QToolButton* button : m_bar->findChildren<QToolButton*>()) {
        QVERIFY(!button->accessibleName().isEmpty() || button->parent() != m_bar);
    }
}

QTEST_MAIN(TestFindBar)
#include "tst_findbar.moc"
