// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// Where a text stops being well-formed XML.
struct XmlFault {
    std::size_t at = 0; ///< Byte of the text.
    QString what;       ///< The parser's words.
};

/// Nothing where `text` (UTF-8, whatever its declaration says) is one well-formed XML document that is nested no deeper
/// than 512 elements. Entities are expanded to a limit only, nothing is fetched.
[[nodiscard]] std::optional<XmlFault> xmlFault(std::string_view text);

/// A well-formed document with each element on a line of its own, two spaces a level. Elements that hold text beside
/// elements, or say xml:space="preserve", are left as they stand, tags and attributes everywhere.
[[nodiscard]] std::string prettyXml(std::string_view xml);
/// The same without the spaces between elements.
[[nodiscard]] std::string compactXml(std::string_view xml);

} // namespace keyglass
