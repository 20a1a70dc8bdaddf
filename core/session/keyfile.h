// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/base/result.h"

#include <QString>

#include <functional>
#include <stop_token>

namespace keyglass {

/// Reads a file of keys, a line each, escaped as escapeLine() does or, with `raw`, as they are; gives them in batches
/// until `use` returns false or `stop`. An empty line is the empty key. A line feed ends a line, the last one may lack
/// it; a carriage return before it is no part of an escaped key. File where it can't be read; Input, with the line's
/// number, for a bad escape.
[[nodiscard]] Status forEachKeyOf(
    const QString& path, bool raw, const std::stop_token& stop, const std::function<bool(KeyBatch&&)>& use);

} // namespace keyglass
