// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/value/formatters/decoderstack.h"

#include <string>
#include <string_view>

namespace keyglass {

/// The longest content, in bytes, that is edited of what decoders made of a cell.
inline constexpr ByteCount longestDecodedEdit{4ULL * 1024 * 1024};

/// What is edited of a cell that is shown through `stack`. Unsupported, naming the layer, where the way back is not
/// known; Limit above longestDecodedEdit; else as DecoderStack::decode(). Pure; for any thread.
[[nodiscard]] Result<std::string> decodedForEdit(const DecoderStack& stack, std::string_view stored);

/// The bytes to store for an edited `content`, decoded again to make sure of it: they need not be those another
/// program would write, but they mean exactly what was edited. `seen` are those that stood there, whose choices are
/// kept.
///
/// Input, naming the layer, for content that can't be written so, or that would come back as something else;
/// Unsupported as above. Pure; for any thread. Cost: of both ways.
[[nodiscard]] Result<std::string> storedFromEdit(
    const DecoderStack& stack, std::string_view content, std::string_view seen);

} // namespace keyglass
