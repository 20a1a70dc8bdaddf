// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/seenbytes.h"
#include "core/value/valuepage.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// What was seen of a value, to be compared before all of it goes: of a string its beginning, of a document all of it,
/// of anything else some of its elements. A plain value; of long contents it holds a digest.
struct SeenContent {
    static constexpr std::size_t mostParts = 500;
    static constexpr std::size_t mostBytes = std::size_t{1024} * 1024;

    struct Part {
        std::string name;                           ///< Field, member, ID.
        std::uint64_t number = 0;                   ///< Of a list's element, its index.
        SeenBytes content = SeenBytes::notLooked(); ///< Value, element, score; an entry's cells in one.
        std::optional<std::uint64_t> size;          ///< Bytes of a string's or a field's value.
    };
    KeyType type = KeyType::None;
    std::vector<Part> parts;
    std::shared_ptr<const std::string> document{}; ///< Its text, however long it is; else null.
};

/// Of rows as ValuePage has them, `numbers` being their indexes. Up to mostParts and mostBytes of them. Elements that
/// were not read are left out, of fields their length is compared.
[[nodiscard]] SeenContent seenContent(
    KeyType type, const std::vector<ValueRow>& rows, const std::vector<std::uint64_t>& numbers);
/// Of a document, not null. Nothing of it is copied.
[[nodiscard]] SeenContent seenDocument(std::shared_ptr<const std::string> text);

} // namespace keyglass
