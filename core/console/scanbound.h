// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/console/operationtemplate.h"

#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// A scan with what is to be done with its elements: `SCAN|SSCAN|HSCAN|ZSCAN … [FORALL|FOREACH 'operation'
/// [WITHREPLIES] [DELIM d]]`, as RCP 6 proposed it to servers
/// (https://github.com/redis/redis-rcp/blob/master/RCP6.md); here the client does it. Without an operation it is the
/// server's own scan.
struct ScanBound {
    std::vector<std::string> scan; ///< The words for the server: all but the operation's.
    std::size_t cursorAt = 1;      ///< Where among them the cursor is.
    std::size_t stride = 1;        ///< How many entries of the reply make one element: 2 for HSCAN and ZSCAN.
    std::optional<OperationTemplate> operation;
    bool withReplies = false;

    /// Of SSCAN, HSCAN and ZSCAN the key that is walked; nothing for SCAN.
    [[nodiscard]] std::optional<std::string> key() const;
    [[nodiscard]] const std::string& cursor() const { return scan[cursorAt]; }
    [[nodiscard]] Command scanCommand(const std::string& cursor) const;

    /// Nothing where the words are no scan, or one that only the server can say what is wrong with. Input for an
    /// operation that can't be done, an option given twice or without its value.
    [[nodiscard]] static Result<std::optional<ScanBound>> parse(
        const std::vector<std::string>& words, const CommandTable& table);
};

} // namespace keyglass
