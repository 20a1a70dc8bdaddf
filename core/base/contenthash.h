// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/packedreaders.h"
#include "core/base/rdbreader.h"
#include "core/base/stablehash.h"

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace keyglass {

/// What a string stands for in its value; a field must not be taken for a value.
enum class ContentPart : std::uint64_t { Element = 1, Field, Value, Name };

[[nodiscard]] inline std::uint64_t hashOf(std::string_view text, ContentPart part)
{
    return stableHash(text, static_cast<std::uint64_t>(part));
}

/// A number hashes as its decimal text: servers keep one or the other.
[[nodiscard]] inline std::uint64_t hashOf(const PackedElement& element, ContentPart part)
{
    std::array<char, 24> room{};
    return hashOf(element.isNumber ? decimalOf(element.number, room) : element.text, part);
}

/// Nobody can tell 0 from -0 by comparing.
[[nodiscard]] inline std::uint64_t hashOf(double score)
{
    return mixed(std::bit_cast<std::uint64_t>(score == 0 ? 0.0 : score) + 1);
}

/// The elements of a value, by their hashes, in their order or in any.
class ContentHash {
public:
    void addNext(std::uint64_t element)
    {
        m_inOrder = mixed(m_inOrder + element) + 1;
        ++m_count;
    }
    void addAnywhere(std::uint64_t element)
    {
        m_inAnyOrder += mixed(element);
        ++m_count;
    }
    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] std::uint64_t result() const { return mixed(mixed(m_inOrder + m_count) + m_inAnyOrder); }

private:
    std::uint64_t m_inOrder = 0;
    std::uint64_t m_inAnyOrder = 0;
    std::uint64_t m_count = 0;
};

/// Adds a stream of one of the three kinds there are, `version`: its entries that are there (not those that were
/// deleted and still lie in its blocks), its last ID, its groups with what they have not acknowledged, and their
/// consumers. Not when a consumer was last seen, nor what only newer servers count (entries ever added and read, the
/// highest ID deleted). False where it is damaged.
[[nodiscard]] bool addStream(RdbReader& reader, int version, ContentHash& content);

} // namespace keyglass
