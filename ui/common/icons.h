// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

class QAbstractButton;

namespace keyglass::ui {

/// The icon with this name (`resources/icons/<name>.svg`), drawn in the palette's text colour at any size and pixel
/// ratio. It follows a change of theme by itself. A name that isn't there gives a null icon.
[[nodiscard]] QIcon icon(const QString& name);

/// Gives the button that icon at 16 px, the size of all icons in rows and bars of buttons.
void setIcon(QAbstractButton* button, const QString& name);

/// The application's own icon, in its colours.
[[nodiscard]] QIcon applicationIcon();

} // namespace keyglass::ui
