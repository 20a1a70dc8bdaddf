// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/index/keyfilter.h"
#include "core/index/keystretch.h"
#include "core/index/sortedwriter.h"

#include <memory>
#include <stop_token>

namespace keyglass {

/// Finds the keys of a stretch that match. Belongs to one thread.
class StretchMatcher {
public:
    StretchMatcher() = default;
    StretchMatcher(const StretchMatcher&) = delete;
    StretchMatcher& operator=(const StretchMatcher&) = delete;
    virtual ~StretchMatcher() = default;
    /// Appends the keys that match to `hits`, in order. Errors: those of KeyRegex::Matcher.
    virtual Status appendHits(const KeyStretch& keys, const std::stop_token& stop, SortedSnapshotWriter& hits) = 0;
};

/// A checked FilterSpec; shared by the threads of a filter, never changed.
class FilterPattern {
public:
    FilterPattern() = default;
    FilterPattern(const FilterPattern&) = delete;
    FilterPattern& operator=(const FilterPattern&) = delete;
    virtual ~FilterPattern() = default;
    /// A matcher for one thread; the pattern must outlive it.
    [[nodiscard]] virtual std::unique_ptr<StretchMatcher> makeMatcher() const = 0;

    /// The pattern of a spec that is not empty. Input for a regular expression that does not compile.
    [[nodiscard]] static Result<std::unique_ptr<const FilterPattern>> compile(const FilterSpec& spec);
};

} // namespace keyglass
