// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/reply.h"

#include <string>

namespace keyglass {

/// A reply as one line of JSON: arrays, strings, numbers, null; an error is {"error": "…"}, and bytes that are no UTF-8
/// are {"base64": "…"}.
[[nodiscard]] std::string replyJson(const Reply& reply);
void appendReplyJson(std::string& json, const Reply& reply);

} // namespace keyglass
