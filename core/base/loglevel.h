// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keyglass {

/// How much a line of the message log matters.
enum class LogLevel {
    Info,    ///< What was done.
    Warning, ///< Something is missing or waits, and the work goes on.
    Error,   ///< Something did not work.
};

} // namespace keyglass
