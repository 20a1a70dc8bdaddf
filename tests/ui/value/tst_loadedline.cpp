// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/loadedline.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QVBoxLayout>

using namespace keyglass::ui;
using namespace Qt::StringLiterals;

namespace {

/// A view with a bar: a field, and the line.
struct View : QWidget {
    View()
    {
        auto* bar = new QWidget;
        auto* inBar = new QHBoxLayout(bar);
        inBar->addWidget(new QLineEdit, 1);
        line = new LoadedLine(u"Loaded fields"_s, bar);
        inBar->addWidget(line, 1);
        auto* layout = new QVBoxLayout(this);
        layout->addWidget(bar);
        layout->addWidget(line->below());
        layout->addStretch(1);
        label = line->findChild<QLabel*>();
    }
    /// All of the text is there to be read.
    [[nodiscard]] bool isWhole() const
    {
        return label->isVisible()
            && (label->wordWrap() ? label->height() >= label->heightForWidth(label->width())
                                  : label->width() >= label->fontMetrics().horizontalAdvance(label->text()));
    }
    LoadedLine* line = nullptr;
    QLabel* label = nullptr;
};

const QString longText =
    u"3 members – some beside a value of over 64 MB can't be read, whatever the width of the window"_s;

} // namespace

class TestLoadedLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutsNothingOff();
    void takesALineOnlyWhereItHasTo();
    void fitsWhatWasSaidWhileItWasHidden();
};

void TestLoadedLine::cutsNothingOff()
{
    View view;
    view.resize(400, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.line->setText(longText);
    QTRY_VERIFY(view.isWhole());
    QCOMPARE(view.line->text(), longText);
    QCOMPARE(view.label->text(), longText);
    view.resize(300, 300);
    QTRY_VERIFY(view.isWhole());
}

void TestLoadedLine::takesALineOnlyWhereItHasTo()
{
    View view;
    view.resize(400, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.line->setText(u"3 fields"_s);
    QVERIFY(view.line->below()->isHidden());
    view.line->setText(longText);
    QVERIFY(view.line->below()->isVisible());
    view.resize(3000, 300);
    QTRY_VERIFY(view.line->below()->isHidden());
    QTRY_VERIFY(view.isWhole());
    view.resize(400, 300);
    QTRY_VERIFY(view.line->below()->isVisible());
    view.line->setText(u"3 fields"_s);
    QVERIFY(view.line->below()->isHidden());
    QTRY_VERIFY(view.isWhole());
}

void TestLoadedLine::fitsWhatWasSaidWhileItWasHidden()
{
    View view;
    view.line->setText(longText);
    view.resize(400, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QTRY_VERIFY(view.isWhole());
}

QTEST_MAIN(TestLoadedLine)
#include "tst_loadedline.moc"
