// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/index/snapshot.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace keyglass {

/// What the user typed into the find field, checked and compiled once.
struct FilterSpec {
    enum class Kind { Substring, Regex };
    Kind kind = Kind::Substring;
    std::string needle;         ///< UTF-8 bytes of a substring or of a PCRE2 pattern; matched against the keys' bytes.
    bool caseSensitive = false; ///< Insensitive: ASCII letters for a substring, PCRE2_CASELESS for a regex.
    bool hasRoots = false;      ///< Keys stand behind the roots of their databases (keyroot.h), which never match.

    [[nodiscard]] bool isEmpty() const { return needle.empty(); }
    friend bool operator==(const FilterSpec&, const FilterSpec&) = default;
};

/// What a filter has found so far in one snapshot.
struct FilterProgress {
    std::shared_ptr<const Snapshot> hits; ///< The keys that matched so far, as an index of their own: shown as a tree
                                          ///< like any other. Its generation is that of the snapshot that was filtered.
    std::uint64_t keysLookedAt = 0;       ///< Of `snapshot->keyCount()`.
    bool complete = false;
};

/// Filters a snapshot's keys on `threads` threads. Blocks; run it on a worker. Calls `progress` (on the calling thread,
/// every 30 to 50 ms and once at the end) with hits in byte order of what was walked so far. Input for a bad regular
/// expression (detail: PCRE2's message and position), Cancelled, Limit where a match limit was hit (detail: the key);
/// then there is no `complete` progress. An empty spec matches all: the snapshot itself comes as its hits.
[[nodiscard]] Status filterKeys(const std::shared_ptr<const Snapshot>& snapshot, const FilterSpec& spec, int threads,
    std::stop_token stop, const std::function<void(FilterProgress&&)>& progress);

/// ok() if the spec can be used; else the error to show beside the field.
[[nodiscard]] Status checkFilter(const FilterSpec& spec);

/// True if every key that `narrower` matches is one that `wider` matches, seen by the specs alone (one more letter of a
/// substring): then filtering the complete hits of `wider` gives the same as filtering the whole snapshot, sooner.
[[nodiscard]] bool narrows(const FilterSpec& wider, const FilterSpec& narrower);

} // namespace keyglass
