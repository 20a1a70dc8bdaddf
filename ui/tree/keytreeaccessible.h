// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keyglass::ui {

class KeyTreeView;

/// Teaches Qt how the key tree is read by screen readers and tests: a tree whose children are the rows on screen, with
/// its real number of rows. Done once; later calls do nothing.
void installKeyTreeAccessibility();

/// Tells assistive technology that the row on that line of the screen has the focus; a negative line: none has.
void announceFocus(KeyTreeView& view, int line);

} // namespace keyglass::ui
