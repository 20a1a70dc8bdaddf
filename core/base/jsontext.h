// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace keyglass {

/// `bytes` as JSON: a string where they are UTF-8, else {"base64": "…"} (RFC 4648).
[[nodiscard]] std::string jsonOf(std::string_view bytes);

} // namespace keyglass
