// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/reply.h"

#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace keyglass {

class Lane;

/// What keys take, one reply for each in order, as MEMORY USAGE answers: an integer, nil for a key that is not there,
/// an error. Where that is not allowed, or not known, as sizesByLength().
[[nodiscard]] Result<std::vector<Reply>> keySizes(
    Lane& lane, std::span<const std::string_view> keys, const std::stop_token& stop);

/// The same by the lengths of values, for users that may not ask for MEMORY USAGE, and servers without it: a string's
/// exactly, an element of the others taken for 100 bytes. An error where that is not told, either; of a module's types
/// nothing is.
[[nodiscard]] Result<std::vector<Reply>> sizesByLength(
    Lane& lane, std::span<const std::string_view> keys, const std::stop_token& stop);

/// Whether an error's text is that of a module's type: any value may be behind it, and is not to be read at once.
[[nodiscard]] bool isUntoldSize(std::string_view error);

/// Whether what MEMORY USAGE was answered says that it is not allowed, or not known.
[[nodiscard]] bool isWithoutSize(const Reply& reply);

} // namespace keyglass
