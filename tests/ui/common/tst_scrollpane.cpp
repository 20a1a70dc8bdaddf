// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/scrollpane.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QTextEdit>
#include <QVBoxLayout>

using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestScrollPane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scrollsOnlyBelowWhatIsNeeded();
    void wrappedTextHasAllItsLines();
    void whatIsShownLaterHasRoom();
};

namespace {

/// A dialog with a pane above a button.
struct Window {
    Window()
        : pane(new ScrollPane(&window))
        , button(new QPushButton(u"Close"_s, &window))
    {
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(pane, 1);
        layout->addWidget(button);
    }
    void show(QSize size)
    {
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
    }
    [[nodiscard]] bool scrolls() const { return pane->verticalScrollBar()->maximum() > 0; }

    QWidget window;
    ScrollPane* pane;
    QPushButton* button;
};

} // namespace

void TestScrollPane::scrollsOnlyBelowWhatIsNeeded()
{
    Window shown;
    for (int at = 0; at < 3; ++at) {
        shown.pane->column()->addWidget(new QPushButton(QString::number(at)));
    }
    auto* text = new QTextEdit; // would like to be higher than it has to be
    text->setMinimumHeight(60);
    shown.pane->column()->addWidget(text, 1);
    shown.show({300, 250});
    QTRY_VERIFY(!shown.scrolls());
    QVERIFY(text->height() >= 60);
    QVERIFY(text->height() < text->sizeHint().height());
    shown.window.resize(300, 600);
    QTRY_VERIFY(text->height() > 300);
    shown.window.resize(300, 170);
    QTRY_VERIFY(shown.scrolls());
    QVERIFY(shown.window.height() <= 170);
    QVERIFY(shown.window.rect().contains(shown.button->geometry()));
    QCOMPARE(text->height(), 60);
}

void TestScrollPane::wrappedTextHasAllItsLines()
{
    Window shown;
    auto* label = new QLabel(QString(40, u'x').append(u' ').repeated(8));
    label->setWordWrap(true);
    shown.pane->column()->addWidget(label);
    shown.pane->column()->addStretch(1);
    shown.show({500, 120});
    QTRY_VERIFY(shown.scrolls());
    QVERIFY(label->height() >= label->heightForWidth(label->width()));
}

void TestScrollPane::whatIsShownLaterHasRoom()
{
    Window shown;
    shown.pane->column()->addWidget(new QPushButton(u"first"_s));
    auto* later = new QLabel(u"later"_s);
    later->setMinimumHeight(400);
    shown.pane->column()->addWidget(later);
    later->hide();
    shown.show({300, 200});
    QTRY_VERIFY(!shown.scrolls());
    later->show();
    QTRY_VERIFY(shown.scrolls());
    QCOMPARE(later->height(), 400);
}

QTEST_MAIN(TestScrollPane)
#include "tst_scrollpane.moc"
