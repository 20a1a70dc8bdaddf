// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/appstyle.h"
#include "ui/common/badge.h"
#include "ui/common/environmentline.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFontInfo>
#include <QMessageBox>
#include <QObject>
#include <QPainter>
#include <QSignalSpy>
#include <QStyle>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace keyglass;
using namespace keyglass::ui;
using namespace Qt::StringLiterals;

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void knowsContrast_data();
    void knowsContrast();
    void textStandsOut_data();
    void textStandsOut();
    void tonesStandOut_data();
    void tonesStandOut();
    void badgesStandOut_data();
    void badgesStandOut();
    void badgesDiffer_data();
    void badgesDiffer();
    void paintsBadgesInsideTheirCell();
    void environmentsStandOut_data();
    void environmentsStandOut();
    void marksAllButDevelopmentWithALine();
    void switchesTheWholeApplication();
    void dialogsLookTheSameOnEveryDesktop();
    void followsThePlatformWithoutADesktop();
    void fontsFollowTheSettings();
};

namespace {

constexpr double textContrast = 4.5;  // WCAG 2.1, 1.4.3
constexpr double shapeContrast = 3.0; // WCAG 2.1, 1.4.11

constexpr std::array allTypes{KeyType::String, KeyType::Hash, KeyType::List, KeyType::Set, KeyType::SortedSet,
    KeyType::Stream, KeyType::Json, KeyType::Table, KeyType::Other};

double linear(double part)
{
    return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// How much two colours differ in lightness, 1 to 21 (WCAG 2.1, "contrast ratio").
double contrastOf(const QColor& one, const QColor& other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

void addThemes()
{
    QTest::addColumn<QPalette>("palette");
    QTest::addRow("light") << lightPalette();
    QTest::addRow("dark") << darkPalette();
}

QByteArray ratioText(const QColor& one, const QColor& other)
{
    return QStringLiteral("%1 on %2: %3").arg(one.name(), other.name()).arg(contrastOf(one, other)).toLatin1();
}

} // namespace

void TestTheme::initTestCase()
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
}

void TestTheme::knowsContrast_data()
{
    QTest::addColumn<QColor>("one");
    QTest::addColumn<QColor>("other");
    QTest::addColumn<double>("ratio");
    QTest::addRow("black on white") << QColor(Qt::black) << QColor(Qt::white) << 21.0;
    QTest::addRow("white on black") << QColor(Qt::white) << QColor(Qt::black) << 21.0;
    QTest::addRow("the same") << QColor(Qt::red) << QColor(Qt::red) << 1.0;
    QTest::addRow("#777777 on white, just below 4.5") << QColor(0x77, 0x77, 0x77) << QColor(Qt::white) << 4.48;
}

void TestTheme::knowsContrast()
{
    QFETCH(QColor, one);
    QFETCH(QColor, other);
    QFETCH(double, ratio);
    QVERIFY2(std::abs(contrastOf(one, other) - ratio) < 0.01, ratioText(one, other).constData());
}

void TestTheme::textStandsOut_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::addColumn<int>("group");
    for (const bool dark : {false, true}) {
        const QPalette palette = dark ? darkPalette() : lightPalette();
        QTest::addRow(dark ? "dark, active window" : "light, active window") << palette << int(QPalette::Active);
        QTest::addRow(dark ? "dark, inactive window" : "light, inactive window") << palette << int(QPalette::Inactive);
    }
}

void TestTheme::textStandsOut()
{
    QFETCH(QPalette, palette);
    QFETCH(int, group);
    using Role = QPalette::ColorRole;
    constexpr std::array<std::pair<Role, Role>, 15> pairs{
        {{Role::WindowText, Role::Window}, {Role::WindowText, Role::Base}, {Role::Text, Role::Base},
            {Role::Text, Role::AlternateBase}, {Role::Text, Role::Window}, {Role::ButtonText, Role::Button},
            {Role::ButtonText, Role::Window}, {Role::PlaceholderText, Role::Base},
            {Role::PlaceholderText, Role::AlternateBase}, {Role::PlaceholderText, Role::Window},
            {Role::HighlightedText, Role::Highlight}, {Role::ToolTipText, Role::ToolTipBase}, {Role::Link, Role::Base},
            {Role::Link, Role::Window}, {Role::LinkVisited, Role::Base}}};
    for (const auto& [text, ground] : pairs) {
        const auto colors = static_cast<QPalette::ColorGroup>(group);
        const QColor one = palette.color(colors, text);
        const QColor other = palette.color(colors, ground);
        QVERIFY2(contrastOf(one, other) >= textContrast, ratioText(one, other).constData());
    }
}

void TestTheme::tonesStandOut_data()
{
    addThemes();
}

void TestTheme::tonesStandOut()
{
    QFETCH(QPalette, palette);
    for (const Tone tone : {Tone::Dimmed, Tone::Info, Tone::Good, Tone::Warning, Tone::Error}) {
        const QColor text = toneColor(tone, palette);
        const QColor own = toneBackground(tone, palette);
        for (const QColor& ground :
            {palette.base().color(), palette.alternateBase().color(), palette.window().color(), own}) {
            QVERIFY2(contrastOf(text, ground) >= textContrast, ratioText(text, ground).constData());
        }
        const QColor plain = palette.windowText().color();
        QVERIFY2(contrastOf(plain, own) >= textContrast, ratioText(plain, own).constData());
    }
}

void TestTheme::badgesStandOut_data()
{
    addThemes();
}

void TestTheme::badgesStandOut()
{
    QFETCH(QPalette, palette);
    for (const KeyType type : allTypes) {
        const TypeBadgeColors colors = typeBadgeColors(type, palette);
        QVERIFY2(
            contrastOf(colors.text, colors.ground) >= textContrast, ratioText(colors.text, colors.ground).constData());
    }
}

void TestTheme::badgesDiffer_data()
{
    addThemes();
}

void TestTheme::badgesDiffer()
{
    QFETCH(QPalette, palette);
    QStringList seen;
    for (const KeyType type : allTypes) {
        seen.append(typeBadgeColors(type, palette).text.name());
    }
    QCOMPARE(seen.removeDuplicates(), 0);
}

void TestTheme::paintsBadgesInsideTheirCell()
{
    const QPalette palette = darkPalette();
    QImage image(60, 22, QImage::Format_RGB32);
    image.fill(palette.base().color());
    const QRect cell(4, 0, 52, 22);
    QPainter painter(&image);
    paintBadge(&painter, cell, KeyType::Hash, u"HSH"_s, palette);
    const QSize size = badgeSize(painter.font());
    painter.end();
    const QRgb ground = palette.base().color().rgb();
    QCOMPARE(image.pixel(3, 11), ground);
    QVERIFY(image.pixel(6, 11) != ground);
    QVERIFY(image.pixel(4 + size.width() - 2, 11) != ground);
    QCOMPARE(image.pixel(4 + size.width() + 1, 11), ground);
}

void TestTheme::environmentsStandOut_data()
{
    addThemes();
}

void TestTheme::environmentsStandOut()
{
    QFETCH(QPalette, palette);
    for (const auto environment : {Environment::Development, Environment::Staging, Environment::Production}) {
        const QColor color = environmentColor(environment, palette);
        for (const QColor& ground : {palette.window().color(), palette.base().color()}) {
            QVERIFY2(contrastOf(color, ground) >= shapeContrast, ratioText(color, ground).constData());
        }
    }
}

void TestTheme::marksAllButDevelopmentWithALine()
{
    QWidget window;
    EnvironmentLine line(&window);
    line.setEnvironment(Environment::Development);
    QVERIFY(line.isHidden());
    line.setEnvironment(Environment::Production);
    QVERIFY(!line.isHidden());
    QCOMPARE(line.height(), 3);
    QCOMPARE(line.accessibleName(), u"production"_s);
    line.resize(20, 3);
    QCOMPARE(line.grab().toImage().pixelColor(10, 1), environmentColor(Environment::Production, line.palette()));
}

void TestTheme::switchesTheWholeApplication()
{
    Theme theme;
    const auto* style = dynamic_cast<const AppStyle*>(QApplication::style());
    QVERIFY(style);
    QCOMPARE(style->baseStyle()->name(), u"fusion"_s);
    QSignalSpy changes(&theme, &Theme::changed);
    QWidget widget;
    widget.show();
    theme.choose(ThemeChoice::Dark);
    QVERIFY(theme.isDarkNow());
    QTRY_VERIFY(isDark(widget.palette()));
    theme.choose(ThemeChoice::Dark);
    QCOMPARE(changes.count(), 1);
    theme.choose(ThemeChoice::Light);
    QTRY_VERIFY(!isDark(widget.palette()));
    QCOMPARE(changes.count(), 2);
}

/// Buttons of our own have no icons, so standard ones beside them must not have any either.
void TestTheme::dialogsLookTheSameOnEveryDesktop()
{
    Theme theme;
    theme.choose(ThemeChoice::Light);
    QMessageBox box(QMessageBox::Warning, u"KEYS"_s, u"It stands still"_s, QMessageBox::Cancel);
    box.addButton(u"Run"_s, QMessageBox::AcceptRole);
    for (const QAbstractButton* button : box.buttons()) {
        QVERIFY2(button->icon().isNull(), qPrintable(button->text()));
    }
    const QImage warning = box.iconPixmap().toImage();
    QVERIFY(!warning.isNull());
    QCOMPARE(warning, icon(u"warning"_s).pixmap(box.iconPixmap().size()).toImage());
}

void TestTheme::followsThePlatformWithoutADesktop()
{
    for (const bool dark : {true, false}) {
        QApplication::setPalette(dark ? darkPalette() : lightPalette());
        Theme theme;
        theme.choose(ThemeChoice::System);
        QCOMPARE(theme.isDarkNow(), dark);
    }
}

void TestTheme::fontsFollowTheSettings()
{
    applyFontSize({});
    const int ofSystem = QFontInfo(QApplication::font()).pointSize();
    applyFontSize(17);
    QCOMPARE(QApplication::font().pointSize(), 17);
    QCOMPARE(keyFont().pointSize(), 17);
    QVERIFY(QFontInfo(keyFont()).fixedPitch());
    applyFontSize({});
    QCOMPARE(QFontInfo(QApplication::font()).pointSize(), ofSystem);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
