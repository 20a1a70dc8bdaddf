// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/datanode.h"

namespace keyglass {

/// Structures as JSON that loses nothing, so that it can be edited and written back. What JSON has no word for is an
/// object with one name that begins with a dollar sign:
///
///     {"$base64": "…"}        bytes                  {"$text64": "…"}    a text that is no UTF-8
///     {"$map": [[k, v], …]}   a map with keys that are no texts, or that begin with a dollar sign
///     {"$float": "nan"}       also "inf", "-inf"     {"$float32": 0.1}   and whatever else a format has, named so
///     {"$64 b2Jq…": …}        a name of that kind that is no UTF-8, in base64 ("object" with a class's name)
///
/// Whole numbers keep all their digits; floating-point numbers have a point or an exponent.
///
/// Limit where the text would be longer than `limits.output`.
[[nodiscard]] Result<std::string> jsonFromData(const DataNode& root, const DecodeLimits& limits);

/// The structure that jsonFromData() wrote, or that somebody typed. Input with the byte where it stops being JSON;
/// Limit.
[[nodiscard]] Result<DataNode> dataFromJson(std::string_view json, const DecodeLimits& limits);

/// `json` without spaces and line ends outside of strings; it must be valid. Tokens stay as they are.
[[nodiscard]] std::string compactJson(std::string_view json);

} // namespace keyglass
