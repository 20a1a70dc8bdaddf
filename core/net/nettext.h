// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace keyglass {

/// `text` in the user's language (context "net").
[[nodiscard]] QString netText(const char* text);

/// The system's words for an errno.
[[nodiscard]] QString systemText(int error);

} // namespace keyglass
