// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/partgatherer.h"
#include "core/transfer/partreaders.h"

namespace keyglass {

/// The parts of a file that has elements: what CSV and commands have in common.
class GatheredParts : public PartReader {
public:
    explicit GatheredParts(bool joinsEntries)
        : m_gatherer(joinsEntries)
    {
    }
    [[nodiscard]] Result<std::optional<KeyPart>> next() final;
    [[nodiscard]] std::optional<std::string> damagedKey() const final { return m_damaged; }

protected:
    /// What one line or command says.
    struct Piece {
        std::optional<KeyPart> part; ///< Nothing: it can't be read, as `why` says, or it is to be passed over.
        QString why{};
        std::optional<std::string> key{}; ///< Which key it is about, as far as that could be read.
    };
    /// Nothing at the end; an Error ends the reading.
    [[nodiscard]] virtual Result<std::optional<Piece>> nextPiece() = 0;
    /// "FILE, line 7".
    [[nodiscard]] virtual QString subject() const = 0;
    [[nodiscard]] const PartGatherer& gatherer() const { return m_gatherer; }

private:
    [[nodiscard]] Result<std::optional<KeyPart>> finishBefore(Piece&& bad);
    [[nodiscard]] Error damaged(const Piece& piece);

    PartGatherer m_gatherer;
    std::optional<std::string> m_damaged; ///< The rest of this key is left out.
    std::optional<Piece> m_bad;           ///< To be told next.
    bool m_isNextSuspect = false;         ///< What could not be read may have been of the key that follows.
};

} // namespace keyglass
