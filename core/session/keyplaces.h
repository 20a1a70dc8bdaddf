// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sourceaccess.h"

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// Which node and which database have a key of a session's list. Copied into workers; from any thread.
class KeyPlaces {
public:
    struct Place {
        std::string nodeId; ///< A server that is alone is "".
        int database = 0;
        friend auto operator<=>(const Place&, const Place&) = default;
    };

    /// `source` is copied. With several databases, keys stand behind their database's root (keyroot.h).
    KeyPlaces(const SourceAccess& source, std::vector<int> databases);

    [[nodiscard]] bool hasRoots() const { return m_databases.size() > 1; }
    [[nodiscard]] Place placeOf(std::string_view key) const;
    /// For what concerns no key.
    [[nodiscard]] Place any() const;
    /// What the list's key is called on the server.
    [[nodiscard]] std::string plain(std::string_view key) const;
    [[nodiscard]] const SourceAccess& source() const { return m_source; }

private:
    [[nodiscard]] std::string ownerOf(std::string_view key) const;

    SourceAccess m_source;
    std::vector<int> m_databases;
};

} // namespace keyglass
