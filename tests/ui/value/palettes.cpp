// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/value/palettes.h"

#include "ui/common/theme.h"

namespace keyglass::test {

QPalette testPalette(bool dark)
{
    return dark ? ui::darkPalette() : ui::lightPalette();
}

} // namespace keyglass::test
