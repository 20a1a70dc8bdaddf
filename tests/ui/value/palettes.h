// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

namespace keyglass::test {

/// The application's own palette, light or dark.
[[nodiscard]] QPalette testPalette(bool dark);

} // namespace keyglass::test
