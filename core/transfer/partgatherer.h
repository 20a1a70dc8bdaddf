// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/keypart.h"

#include <optional>
#include <string>

namespace keyglass {

/// Puts the elements of a file that gives them one by one together to parts.
class PartGatherer {
public:
    /// `joinsEntries`: rows of a stream that follow each other with one ID are one entry.
    explicit PartGatherer(bool joinsEntries = false)
        : m_joinsEntries(joinsEntries)
    {
    }

    /// Takes an element, or what is known of a key beside its elements: `piece.type` may be None then. `piece.isFirst`:
    /// a key begins, even where it has the name of the one before. Gives the part that is ready now.
    [[nodiscard]] std::optional<KeyPart> add(KeyPart&& piece);
    /// The last part.
    [[nodiscard]] std::optional<KeyPart> finish();
    /// The key that is being gathered.
    [[nodiscard]] std::optional<std::string> openKey() const;
    /// Its type; None without one.
    [[nodiscard]] KeyType openType() const { return m_open ? m_open->type : KeyType::None; }
    /// Forgets what was gathered.
    void drop() { m_open.reset(); }

private:
    [[nodiscard]] bool joinsLastEntry(const KeyPart& piece) const;

    const bool m_joinsEntries;
    std::optional<KeyPart> m_open;
    std::size_t m_bytes = 0;
};

} // namespace keyglass
