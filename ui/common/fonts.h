// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

#include <optional>

namespace keyglass::ui {

/// The fixed-width font of keys and values, of the size of the application's font.
[[nodiscard]] QFont keyFont();

/// Gives the whole application this size; nothing: the system's own again. Widgets get a QEvent::FontChange.
void applyFontSize(std::optional<int> points);

} // namespace keyglass::ui
