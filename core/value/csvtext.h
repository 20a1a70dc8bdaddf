// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace keyglass {

/// One cell of a CSV row (RFC 4180): in quotes where it has to be, also empty or with spaces at an end. What is no
/// UTF-8 is escaped as escapeLine() has it.
[[nodiscard]] std::string csvCell(std::string_view bytes);

} // namespace keyglass
