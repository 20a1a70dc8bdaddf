// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/outcome.h"
#include "core/transfer/keypages.h"
#include "core/transfer/pagecommands.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>

namespace keyglass {

/// Reads one large key in pages.
class LargeKey {
public:
    /// `size`: what it takes in memory; 0: not known. `tries`: how often it is begun anew where it is written to.
    LargeKey(Lane& lane, std::string key, KeyType type, std::uint64_t size, int tries = 3);

    struct Told {
        Outcome outcome = Outcome::Done;
        std::string detail{};
    };
    /// What became of it; the sink has all of it then, or has forgotten it. Errors as readKeys().
    [[nodiscard]] Result<Told> read(ReadingWays& ways, PartSink& sink, const std::stop_token& stop);
    /// Elements, or bytes of a string, when it was begun.
    [[nodiscard]] std::uint64_t length() const
    {
        return static_cast<std::uint64_t>(std::max<std::int64_t>(0, m_length));
    }

    /// How many of them a page may have, since more did not fit into a reply; for who begins the key anew, as the
    /// connection that they did not fit into is closed.
    [[nodiscard]] std::uint64_t mostInPage() const { return m_mostCount; }
    void setMostInPage(std::uint64_t most) { m_mostCount = most; }

private:
    class Turn;
    /// Nothing where it is complete.
    using Trouble = std::optional<Told>;
    [[nodiscard]] Result<Trouble> tryOnce(ReadingWays& ways, PartSink& sink, const std::stop_token& stop);
    [[nodiscard]] Result<Trouble> begin(ReadingWays& ways, const std::stop_token& stop);
    [[nodiscard]] Result<Trouble> readPages(ReadingWays& ways, PartSink& sink, const std::stop_token& stop);
    [[nodiscard]] Result<Trouble> readPage(PagePlace& place, KeyPart& part, const std::stop_token& stop);
    [[nodiscard]] Status complete(KeyPart& part, ReadingWays& ways, const std::stop_token& stop);
    [[nodiscard]] std::uint64_t firstCount() const;

    Lane& m_lane;
    const std::string m_key;
    const KeyType m_type;
    const std::uint64_t m_size;
    const int m_tries;
    std::int64_t m_length = 0;                                             ///< At the beginning.
    std::uint64_t m_count = 0;                                             ///< Elements, or bytes, of a page.
    std::uint64_t m_mostCount = std::numeric_limits<std::uint64_t>::max(); ///< Since more were too much for a reply.
    std::optional<Milliseconds> m_expireAt;
};

} // namespace keyglass
