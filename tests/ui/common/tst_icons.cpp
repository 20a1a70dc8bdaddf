// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/picture.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QDir>
#include <QObject>
#include <QPainter>
#include <QTest>
#include <QToolButton>

using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestIcons : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsEveryIcon_data();
    void drawsEveryIcon();
    void followsTheTheme();
    void drawsForHighDensity();
    void hasTheApplicationsIcon();
    void knowsNoOtherNames();
    void keepsASheet();
};

namespace {

QStringList allNames()
{
    (void)icon({}); // so that the resources are there
    QStringList names;
    const QStringList files = QDir(u":/keyglass/icons"_s).entryList();
    for (const QString& file : files) {
        names.append(file.chopped(4));
    }
    return names;
}

/// How many pixels of the image are drawn at all, and how many of them fully in `color`.
struct Ink {
    int drawn = 0;
    int inColor = 0;
    bool touchesEdge = false;
};

Ink inkOf(const QImage& image, const QColor& color)
{
    Ink ink;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            ink.drawn += pixel.alpha() > 0 ? 1 : 0;
            ink.inColor += pixel.alpha() > 200 && pixel.rgb() == color.rgb() ? 1 : 0;
            const bool edge = x == 0 || y == 0 || x == image.width() - 1 || y == image.height() - 1;
            ink.touchesEdge = ink.touchesEdge || (edge && pixel.alpha() > 0);
        }
    }
    return ink;
}

} // namespace

void TestIcons::drawsEveryIcon_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = allNames();
    QVERIFY(names.size() > 40);
    for (const QString& name : names) {
        QTest::addRow("%s", qPrintable(name)) << name;
    }
}

void TestIcons::drawsEveryIcon()
{
    QFETCH(QString, name);
    for (const QPalette& palette : {lightPalette(), darkPalette()}) {
        QApplication::setPalette(palette);
        const QColor color = palette.color(QPalette::ButtonText);
        for (const int size : {16, 20, 64}) {
            const Ink ink = inkOf(icon(name).pixmap(QSize(size, size), 1.0).toImage(), color);
            QVERIFY(ink.drawn > size / 2);
            QVERIFY2(!ink.touchesEdge, "cut off at the edge");
            QVERIFY(size < 64 || ink.inColor > ink.drawn / 3);
        }
        const QImage disabled = icon(name).pixmap(QSize(64, 64), 1.0, QIcon::Disabled).toImage();
        QCOMPARE(inkOf(disabled, color).inColor, 0);
    }
}

void TestIcons::followsTheTheme()
{
    QApplication::setPalette(lightPalette());
    const QIcon key = icon(u"key"_s);
    const QImage light = key.pixmap(QSize(16, 16), 1.0).toImage();
    QApplication::setPalette(darkPalette());
    const QImage dark = key.pixmap(QSize(16, 16), 1.0).toImage();
    QVERIFY(light != dark);
}

void TestIcons::drawsForHighDensity()
{
    const QPixmap pixmap = icon(u"key"_s).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
    QToolButton button;
    setIcon(&button, u"key"_s);
    QCOMPARE(button.iconSize(), QSize(16, 16));
    QVERIFY(!button.icon().isNull());
}

void TestIcons::hasTheApplicationsIcon()
{
    for (const int size : {16, 48, 256}) {
        const QImage image = applicationIcon().pixmap(QSize(size, size), 1.0).toImage();
        QCOMPARE(image.size(), QSize(size, size));
        QVERIFY(image.pixelColor(size / 8, size / 2).alpha() > 200);
    }
}

void TestIcons::knowsNoOtherNames()
{
    QVERIFY(icon(u"no such icon"_s).isNull());
}

void TestIcons::keepsASheet()
{
    const QStringList names = allNames();
    constexpr int columns = 10;
    constexpr int cell = 76;
    const int rows = static_cast<int>(names.size() + columns - 1) / columns;
    for (const bool dark : {false, true}) {
        const QPalette palette = dark ? darkPalette() : lightPalette();
        QApplication::setPalette(palette);
        QPixmap sheet(columns * cell, rows * cell + 140);
        sheet.fill(palette.window().color());
        QPainter painter(&sheet);
        painter.setPen(palette.windowText().color());
        QFont small = painter.font();
        small.setPixelSize(10);
        painter.setFont(small);
        for (int i = 0; i < names.size(); ++i) {
            const QPoint at(i % columns * cell, i / columns * cell);
            icon(names[i]).paint(&painter, QRect(at + QPoint(4, 8), QSize(16, 16)));
            icon(names[i]).paint(&painter, QRect(at + QPoint(28, 6), QSize(40, 40)));
            painter.drawText(QRect(at + QPoint(0, 50), QSize(cell, 16)), Qt::AlignCenter, names[i]);
        }
        int x = 8;
        for (const int size : {16, 32, 48, 128}) {
            applicationIcon().paint(&painter, QRect(x, rows * cell + 4, size, size));
            x += size + 16;
        }
        painter.end();
        keyglass::test::keepPicture(sheet, dark ? u"icons-dark"_s : u"icons-light"_s);
        QVERIFY(!sheet.isNull());
    }
}

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
