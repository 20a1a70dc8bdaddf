// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <stop_token>
#include <string>

namespace keyglass {
class Lane;
}

namespace keyglass::cli {

/// Writes the consumer groups of a stream to stdout as JSON: each with its consumers and pending entries, these page by
/// page. Nothing is written where the groups can't be read; File once stdout takes no more; else as
/// fetchStreamGroups(). A group that can't be read, because it is gone by now, is left out; the JSON names the first in
/// "incomplete", and so does the Status.
[[nodiscard]] Status writeGroups(Lane& lane, const std::string& key, const std::stop_token& stop);

} // namespace keyglass::cli
