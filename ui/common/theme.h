// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/environment.h"
#include "core/profile/settings.h"

#include <QColor>
#include <QObject>
#include <QPalette>

namespace keyglass::ui {

class SystemAppearance;

/// Our own palettes for the Fusion style. Every text stands out from its background by 4.5:1 at least.
[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();

/// True if the palette's windows are dark. Everything painted asks this and no global state, so that it is right also
/// in a picture or a widget with a palette of its own.
[[nodiscard]] bool isDark(const QPalette& palette);

/// What a colour beyond those of QPalette is for.
enum class Tone {
    Dimmed, ///< Secondary text; also of escaped bytes.
    Info,
    Good,
    Warning,
    Error,
};

/// Text of this tone on the palette's base or window; 4.5:1 on both.
[[nodiscard]] QColor toneColor(Tone tone, const QPalette& palette);
/// Background of a line of this tone; the palette's text stands on it.
[[nodiscard]] QColor toneBackground(Tone tone, const QPalette& palette);

/// The colour of an environment, for a dot or a line on a window: development calm, staging amber, production red.
[[nodiscard]] QColor environmentColor(Environment environment, const QPalette& palette);
/// Whether the window carries a line of that colour along its top: all but development.
[[nodiscard]] bool hasEnvironmentLine(Environment environment);
/// "development", "staging", "production", translated.
[[nodiscard]] QString environmentText(Environment environment);

/// Gives the application the light or the dark palette, following the desktop where the user chose that.
///
/// One per application, on the GUI thread. Never fails: without a desktop that tells, the lightness of the platform's
/// own palette decides.
class Theme : public QObject {
    Q_OBJECT

public:
    /// Sets the Fusion style. The palette comes with the first choose().
    explicit Theme(QObject* parent = nullptr);

    void choose(ThemeChoice choice);
    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    [[nodiscard]] bool isDarkNow() const { return m_dark; }

Q_SIGNALS:
    /// Light has become dark or the other way. Widgets hear of it by a QEvent::PaletteChange a little later.
    void changed(bool dark);

private:
    void apply();

    SystemAppearance* m_system;
    ThemeChoice m_choice = ThemeChoice::System;
    bool m_platformIsDark;
    bool m_applied = false;
    bool m_dark = false;
};

} // namespace keyglass::ui
