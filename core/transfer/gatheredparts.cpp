// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/gatheredparts.h"

#include <utility>

namespace keyglass {

Result<std::optional<KeyPart>> GatheredParts::next()
{
    if (const auto bad = std::exchange(m_bad, std::nullopt)) {
        return damaged(*bad);
    }
    for (;;) {
        auto piece = nextPiece();
        if (!piece) {
            return std::move(piece).error();
        }
        if (!*piece) {
            return m_gatherer.finish();
        }
        if (!(*piece)->why.isEmpty()) {
            return finishBefore(**std::move(piece));
        }
        if (!(*piece)->part) {
            continue;
        }
        KeyPart& part = *(*piece)->part;
        if (std::exchange(m_isNextSuspect, false) && part.key != m_damaged) {
            return finishBefore(Piece{std::nullopt,
                TransferText::tr("What stands before it can't be read, and may be part of it"), part.key});
        }
        if (m_damaged == part.key) {
            continue;
        }
        if (auto ready = m_gatherer.add(std::move(part))) {
            return ready;
        }
    }
}

/// Where what can't be read is another key's, the one that is being gathered is whole.
Result<std::optional<KeyPart>> GatheredParts::finishBefore(Piece&& bad)
{
    if (bad.key && bad.key != m_gatherer.openKey()) {
        if (auto ready = m_gatherer.finish()) {
            m_bad = std::move(bad);
            return ready;
        }
    }
    return damaged(bad);
}

Error GatheredParts::damaged(const Piece& piece)
{
    m_isNextSuspect = !piece.key;
    m_damaged = piece.key ? piece.key : m_gatherer.openKey();
    m_gatherer.drop();
    return {ErrorKind::Input, subject(), piece.why};
}

} // namespace keyglass
