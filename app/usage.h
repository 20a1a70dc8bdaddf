// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keyglass {

/// What `keyglass help` prints, in English for every locale: scripts read it too.
[[nodiscard]] const char* usageText();

} // namespace keyglass
