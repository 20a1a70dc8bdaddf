// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/decoder.h"

namespace keyglass {

// Snappy's framing format, which programs that write streams and files put around its blocks:
// https://github.com/google/snappy/blob/main/framing_format.txt

/// Whether `bytes` begin as every such stream does.
[[nodiscard]] bool isSnappyStream(std::string_view bytes);

/// The content of a whole stream. WrongType where it is damaged, which its checksums tell; Limit; Unsupported for
/// chunks that may not be skipped and are not known.
[[nodiscard]] Result<std::string> decodeSnappyStream(std::string_view bytes, const DecodeLimits& limits);

[[nodiscard]] Result<std::string> encodeSnappyStream(std::string_view content);

} // namespace keyglass
