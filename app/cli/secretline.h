// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace keyglass::cli {

/// A line of the standard input, without its end. Where that is a terminal it is asked for by `prompt`, and what is
/// typed is not shown. Blocks.
[[nodiscard]] std::string secretLine(const QString& prompt);

} // namespace keyglass::cli
