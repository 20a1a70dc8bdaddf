// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include "ui/common/appstyle.h"
#include "ui/common/systemappearance.h"

#include <QApplication>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

/// One colour in the light and in the dark theme.
struct Pair {
    QRgb light;
    QRgb dark;
    [[nodiscard]] QColor in(bool darkTheme) const { return QColor::fromRgb(darkTheme ? dark : light); }
};

struct RoleColor {
    QPalette::ColorRole role;
    Pair color;
};

constexpr std::array roleColors{
    RoleColor{QPalette::Window, {0xf4f5f7, 0x2a2c31}},
    RoleColor{QPalette::WindowText, {0x1d1f23, 0xe4e6ea}},
    RoleColor{QPalette::Base, {0xffffff, 0x1b1d20}},
    RoleColor{QPalette::AlternateBase, {0xf7f8fa, 0x202226}},
    RoleColor{QPalette::Text, {0x1d1f23, 0xe4e6ea}},
    RoleColor{QPalette::PlaceholderText, {0x676d76, 0x989ea8}},
    RoleColor{QPalette::Button, {0xf4f5f7, 0x2f3237}},
    RoleColor{QPalette::ButtonText, {0x1d1f23, 0xe4e6ea}},
    RoleColor{QPalette::BrightText, {0xffffff, 0xffffff}},
    RoleColor{QPalette::ToolTipBase, {0x2b2e33, 0x3a3d43}},
    RoleColor{QPalette::ToolTipText, {0xf4f5f7, 0xeceef1}},
    RoleColor{QPalette::Highlight, {0x2461c4, 0x2b62bd}},
    RoleColor{QPalette::HighlightedText, {0xffffff, 0xffffff}},
    RoleColor{QPalette::Link, {0x1d57b5, 0x86b4f5}},
    RoleColor{QPalette::LinkVisited, {0x6a41a8, 0xbfa1ee}},
    RoleColor{QPalette::Light, {0xffffff, 0x3a3d43}},
    RoleColor{QPalette::Midlight, {0xeceef1, 0x313439}},
    RoleColor{QPalette::Mid, {0xc9cdd3, 0x3a3d43}},
    RoleColor{QPalette::Dark, {0xa3a8b0, 0x17181b}},
    RoleColor{QPalette::Shadow, {0x6f757e, 0x0d0e0f}},
};

constexpr Pair disabledText{0x8b9098, 0x7a8089};
constexpr Pair inactiveHighlight{0xd5dfee, 0x384658}; // with the usual text colour on it
constexpr Pair disabledHighlight{0xdfe2e6, 0x33363b};

QPalette paletteOf(bool dark)
{
    QPalette palette;
    for (const RoleColor& entry : roleColors) {
        palette.setColor(QPalette::All, entry.role, entry.color.in(dark));
    }
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        palette.setColor(QPalette::Disabled, role, disabledText.in(dark));
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, disabledHighlight.in(dark));
    palette.setColor(QPalette::Inactive, QPalette::Highlight, inactiveHighlight.in(dark));
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, palette.color(QPalette::Active, QPalette::Text));
    return palette;
}

struct ToneColors {
    Pair text;
    Pair background;
};

ToneColors colorsOf(Tone tone)
{
    switch (tone) {
    case Tone::Dimmed:
        return {{0x5f656e, 0xa0a6af}, {0xeceef1, 0x2b2e33}};
    case Tone::Info:
        return {{0x1d57b5, 0x86b4f5}, {0xe3ecfa, 0x22334d}};
    case Tone::Good:
        return {{0x1c6b3c, 0x74c794}, {0xe0f2e7, 0x1f3b2b}};
    case Tone::Warning:
        return {{0x855300, 0xe2b457}, {0xfbefd6, 0x43351a}};
    case Tone::Error:
        break;
    }
    return {{0xb3261e, 0xf2918b}, {0xfbe4e2, 0x4a2523}};
}

double linear(double part)
{
    constexpr double threshold = 0.03928;
    return part <= threshold ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

QPalette lightPalette()
{
    return paletteOf(false);
}

QPalette darkPalette()
{
    return paletteOf(true);
}

bool isDark(const QPalette& palette)
{
    return luminance(palette.color(QPalette::Active, QPalette::Window))
        < luminance(palette.color(QPalette::Active, QPalette::WindowText));
}

QColor toneColor(Tone tone, const QPalette& palette)
{
    return colorsOf(tone).text.in(isDark(palette));
}

QColor toneBackground(Tone tone, const QPalette& palette)
{
    return colorsOf(tone).background.in(isDark(palette));
}

QColor environmentColor(Environment environment, const QPalette& palette)
{
    const auto color = [environment]() -> Pair {
        switch (environment) {
        case Environment::Development:
            return {0x2f7d4c, 0x6cbf8a};
        case Environment::Staging:
            return {0xb26a00, 0xefb040};
        case Environment::Production:
            break;
        }
        return {0xd02a20, 0xff6258};
    };
    return color().in(isDark(palette));
}

bool hasEnvironmentLine(Environment environment)
{
    return environment != Environment::Development;
}

QString environmentText(Environment environment)
{
    switch (environment) {
    case Environment::Development:
        return Theme::tr("development");
    case Environment::Staging:
        return Theme::tr("staging");
    case Environment::Production:
        break;
    }
    return Theme::tr("production");
}

Theme::Theme(QObject* parent)
    : QObject(parent)
    , m_system(new SystemAppearance(this))
    , m_platformIsDark(isDark(QGuiApplication::palette()))
{
    QApplication::setStyle(new AppStyle); // the application owns it
    connect(m_system, &SystemAppearance::changed, this, [this] {
        if (m_applied) {
            apply();
        }
    });
}

void Theme::choose(ThemeChoice choice)
{
    m_choice = choice;
    apply();
}

void Theme::apply()
{
    const bool dark = m_choice == ThemeChoice::System ? m_system->prefersDark().value_or(m_platformIsDark)
                                                      : m_choice == ThemeChoice::Dark;
    if (m_applied && dark == m_dark) {
        return;
    }
    m_applied = true;
    m_dark = dark;
    const QPalette palette = dark ? darkPalette() : lightPalette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    Q_EMIT changed(dark);
}

} // namespace keyglass::ui
