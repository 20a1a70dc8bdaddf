// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/formatters/decoderstack.h"

#include <string>
#include <string_view>
#include <utility>

namespace keyglass::test {

/// By their names, with commas; none where they are no stack.
inline DecoderStack stackOf(std::string_view names)
{
    auto stack = DecoderStack::fromNames(names);
    return stack ? *std::move(stack) : DecoderStack();
}

/// As a key holds it.
inline std::string packed(std::string_view names, std::string_view content)
{
    return stackOf(names).encode(content, {}).value_or(std::string());
}

/// As it is shown.
inline std::string unpacked(std::string_view names, std::string_view stored)
{
    const auto decoded = stackOf(names).decode(stored);
    return decoded ? decoded->content : "not decoded";
}

} // namespace keyglass::test
