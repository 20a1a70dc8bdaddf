// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/source/lane.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace keyglass {

/// A string that is to become a file.
struct StringFile {
    std::string key;
    QString path;
    bool canWatch = true; ///< The lane leads to one server: WATCH and EXEC reach the same.
};

/// Writes all of a string, of any size, to a file; how many bytes that are.
///
/// Read in pages of pageOfStringFile, of which one is held at a time. The file takes its place once all of it is
/// written and the value is known to have been the same from the first page to the last: by WATCH, or, where that says
/// that something about the key was touched or can't be had, by reading it once more. Else, and once `stop` is
/// requested, there is no file, or the one that was there before.
///
/// Blocks; `progressed` hears of each page how much is written by then. Gone, WrongType, Conflict where it changed,
/// File, Cancelled; else as Lane::call.
[[nodiscard]] Result<std::uint64_t> saveString(Lane& lane, const StringFile& what, const std::stop_token& stop,
    const std::function<void(std::uint64_t done)>& progressed);

inline constexpr std::uint64_t pageOfStringFile = 4ULL * 1024 * 1024;

} // namespace keyglass
