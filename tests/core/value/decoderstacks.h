// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/decoderstack.h"

#include <string>
#include <string_view>
#include <utility>

namespace keyglass::test {

/// The stack of these names; an empty one where they name none.
inline DecoderStack stackOf(std::string_view names)
{
    auto stack = DecoderStack::fromNames(names);
    return stack ? *std::move(stack) : DecoderStack();
}

/// `content` taken backwards through that stack; empty where that can't be.
inline std::string packed(std::string_view names, std::string_view content)
{
    return stackOf(names).encode(content, {}).value_or(std::string());
}

} // namespace keyglass::test
