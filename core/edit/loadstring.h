// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/applyedit.h"
#include "core/edit/stringload.h"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace keyglass {

/// The two sides of a loading: what watches the string from the first look to the last command, and what writes
/// meanwhile. Two connections, as the end of the one's transactions would end the other's watch.
struct LoadLanes {
    EditLanes& watching;
    EditLanes& writing;
};

/// Makes a file of any size the content of a string that is there; its time to live stays.
///
/// The string is read once, in pages, and compared with what was seen. The file goes to a temporary key in the same
/// slot, in pieces of pieceOfStringLoad, each with a new time to live (leftOverAfter): whatever ends this, nothing of
/// it stays. Once it is whole, one transaction gives it the string's name and end. Where somebody touched the string
/// meanwhile it is read once more: other bytes are a Conflict, others of anything else are not; five such touches are
/// TooBusy. After a lost line the temporary key tells what became of the transaction.
///
/// The server holds both at a time. Blocks; `progressed` hears how many bytes of both the string and the file went by.
/// Cancelled once `stop` is requested, with nothing changed; File where it can't be read or changes meanwhile; Limit
/// where it is longer than the server's proto-max-bulk-len; Confirm and ReadOnly by the gate before anything is sent;
/// else as Lane::call.
[[nodiscard]] Result<StringLoaded> loadString(const LoadLanes& lanes, const StringLoad& what,
    const EditOptions& options, const std::stop_token& stop, const std::function<void(std::uint64_t done)>& progressed);

inline constexpr std::uint64_t pieceOfStringLoad = 1024ULL * 1024;
inline constexpr Milliseconds leftOverAfter{10 * 60 * 1000};

} // namespace keyglass
