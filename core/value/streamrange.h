// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"

#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;

/// Entries of a stream from one ID to another, both included.
struct StreamRangeRequest {
    std::string key;
    std::string from; ///< Empty: the first there is.
    std::string to;   ///< Empty: the last there is.
    bool newestFirst = false;
    std::size_t maxRows = 500; ///< At least 1.
    ByteCount maxBytes{4ULL * 1024 * 1024};
};

/// A page of it.
struct StreamRange {
    std::vector<ValueRow> rows; ///< As in a ValuePage: long cells are placeholders.
    bool complete = false;      ///< Nothing follows, as of now.
    std::string next;           ///< Where to go on: the next `from`, or the next `to` where the newest come first.
};

/// Reads a page. Blocks for a few round trips: windows grow as far as the entries' sizes allow, as there is no command
/// that tells them.
///
/// Gone where the key is not there, WrongType, Permission; else as Lane::call. Of an entry longer than a reply may be,
/// the cells from the first that did not come are placeholders of unknown length, and some may be missing. An empty
/// range of a stream that is there is no error.
[[nodiscard]] Result<StreamRange> fetchStreamRange(Lane& lane, const StreamRangeRequest& request, std::stop_token stop);

} // namespace keyglass
