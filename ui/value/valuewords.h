// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"

#include <QString>

#include <optional>

namespace keyglass::ui {

/// How long a value is, in its own unit: "17 fields", "1 element", "512.0 MB".
[[nodiscard]] QString lengthText(KeyType type, std::uint64_t length);

/// "TTL 3 d 4 h", "no expiry", "expired"; `left`: what remains by now.
[[nodiscard]] QString ttlText(std::optional<Milliseconds> left);

/// The line below a key's name: length, TTL and when that ends, memory, encoding. What is not known is named with its
/// reason.
[[nodiscard]] QString headText(const ValueHead& head, std::optional<Milliseconds> left);

/// The same to the last digit, one line each, for a tooltip.
[[nodiscard]] QString exactHeadText(const ValueHead& head, std::optional<Milliseconds> left);

} // namespace keyglass::ui
