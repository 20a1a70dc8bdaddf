// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scan/scanreport.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace keyglass {

class InfoText;

/// Where a cursor stands in the order in which the server walks its table: its 64 bits reversed.
[[nodiscard]] std::uint64_t positionOf(Cursor cursor);
[[nodiscard]] Cursor cursorAt(std::uint64_t position);

/// Whether a table of this server may be walked by several cursors at once: its INFO server names a version for which a
/// test proves that nothing is lost (Redis 7.0, no cluster), and nothing tells that it is another product.
[[nodiscard]] bool provenForParts(const InfoText& serverInfo);

/// One node's table as parts, each with a cursor of its own, so that several SCANs can be under way at once.
///
/// One part, until it is split. Parts keep their number for life. Why this loses nothing is told in the .cpp.
class ScanParts {
public:
    /// `rest`: what is still to be walked; empty for all of it.
    explicit ScanParts(std::vector<ScanPart> rest);

    /// A part that is neither done nor under way.
    [[nodiscard]] std::optional<std::size_t> idle() const;
    /// No part has anything left; calls may still be under way for none of them.
    [[nodiscard]] bool isDone() const;
    /// All parts but one have been walked, or there is only one.
    [[nodiscard]] bool isOneLeft() const;
    /// True before the first call of a walk from the start.
    [[nodiscard]] bool isAtStart() const;
    [[nodiscard]] Cursor next(std::size_t part) const { return m_parts[part].next; }
    /// Share of the whole table that is left to this part, 0 to 1, once it is at `from`.
    [[nodiscard]] double shareLeft(std::size_t part, Cursor from) const;
    /// True where `answer` ends this part.
    [[nodiscard]] bool isLast(std::size_t part, Cursor answer) const;

    void sent(std::size_t part) { m_parts[part].underWay = true; }
    /// The call comes to nothing: it will be sent again.
    void lost(std::size_t part) { m_parts[part].underWay = false; }
    void lostAll();
    /// The call was answered with this cursor. False: the server walks its table in another order than the one that
    /// parts rely on, and they can't be trusted; never where there is only one part.
    [[nodiscard]] bool answered(std::size_t part, Cursor answer);
    /// Halves the largest part, if more than `leastShare` of the table is left to it and the cursors so far came in
    /// order.
    bool split(double leastShare);

    /// The keys of all answered calls were taken: what rest() tells moves up to here.
    void taken();
    /// What must be walked again so that nothing is lost of what was not taken. Empty: all is done.
    [[nodiscard]] std::vector<ScanPart> rest() const;
    /// The cursors to be sent next.
    [[nodiscard]] std::vector<Cursor> cursors() const;

private:
    struct Part {
        Cursor next;
        Cursor safe;             ///< The first cursor whose keys were not taken.
        std::uint64_t until = 0; ///< As in ScanPart.
        bool underWay = false;
        bool done = false;
        bool doneAndTaken = false;
    };

    [[nodiscard]] std::optional<std::size_t> largest() const;
    [[nodiscard]] std::size_t freePlace();

    std::vector<Part> m_parts;
    bool m_isOrdered = true; ///< So far every cursor stood behind the one that was sent.
};

} // namespace keyglass
