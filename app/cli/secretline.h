// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace keyglass::cli {

/// A line of the standard input, without its end. Where that is a terminal it is asked for by `prompt`, and what is
/// typed is not shown; where the program is ended or laid aside meanwhile, the terminal shows again what is typed.
/// Blocks; empty after an Interruption.
[[nodiscard]] std::string secretLine(const QString& prompt);
/// A line typed on the terminal, to a question. Blocks; empty after an Interruption.
[[nodiscard]] std::string answerLine();

} // namespace keyglass::cli
