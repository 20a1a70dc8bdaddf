// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/sparkline.h"

#include <QRegularExpression>
#include <QTest>

using namespace keyglass::ui;

class TestSparkline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsNothingWhereThereIsNoRoom();
};

void TestSparkline::drawsNothingWhereThereIsNoRoom()
{
    QWidget window;
    window.resize(200, 100);
    auto* line = new Sparkline(&window);
    line->setFixedSize(120, 0);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const auto* plot = line->findChild<QWidget*>();
    QVERIFY(plot);
    QTRY_VERIFY(plot->size().isEmpty());
    QCoreApplication::processEvents(); // what the plot itself draws as it gets its size
    QTest::failOnWarning(QRegularExpression(QStringLiteral("QPainter")));
    line->add(5);
    QCoreApplication::processEvents();
    line->setFixedSize(120, 20);
    QTRY_COMPARE(plot->height(), 20);
    line->add(7);
    QCoreApplication::processEvents();
    QCOMPARE(line->samples().size(), std::size_t{2});
}

QTEST_MAIN(TestSparkline)
#include "tst_sparkline.moc"
