// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/bulk/outcome.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace keyglass {

class Lane;

/// Reads keys that are too large for one DUMP in parts, for the archive. What the bytes of a part are, only who makes
/// keys of them knows. Belongs to one thread.
class LargeReader {
public:
    LargeReader() = default;
    LargeReader(const LargeReader&) = delete;
    LargeReader& operator=(const LargeReader&) = delete;
    virtual ~LargeReader() = default;

    struct Part {
        std::string bytes;
        std::optional<Milliseconds> expireAt; ///< The key's, in Unix time.
        bool isLast = false;
    };
    using Take = std::function<void(Part&&)>;
    /// What came of it. Done: the last part was given (never else). Missing; Changed: it was written to meanwhile;
    /// NotUndoable: keys of its type can't be read so; Failed.
    struct Told {
        Outcome outcome = Outcome::Done;
        std::string detail{};
    };
    /// `type`: as TYPE names it; `size`: in memory. No call of it takes the server long. Blocks for as many round trips
    /// as the key has megabytes. Errors are the line's, or Cancelled.
    [[nodiscard]] virtual Result<Told> read(Lane& lane, const std::string& key, std::string_view type,
        std::uint64_t size, const Take& take, const std::stop_token& stop) = 0;
    /// Whether what no WATCH notices is still as read() saw it last: what is pending in a stream's groups.
    [[nodiscard]] virtual Result<bool> isStill(Lane& lane, const std::string& key, const std::stop_token& stop) = 0;
};

/// Each node's its own; not set: large keys can't be archived.
using MakeLargeReader = std::function<std::unique_ptr<LargeReader>()>;

/// Whether keys of this type (as TYPE names it) can be read in parts.
[[nodiscard]] bool isReadInParts(std::string_view type);

} // namespace keyglass
