// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace keyglass::ui {

/// Why a key was left alone, in the user's language where the words are ours; a server's stay its own.
[[nodiscard]] QString reasonText(std::string_view why);

} // namespace keyglass::ui
