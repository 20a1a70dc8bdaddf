// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/stretchmatcher.h"

#include "core/index/bytesearch.h"
#include "core/index/keyregex.h"
#include "core/index/keyroot.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

/// Bytes of `key` that no filter looks at.
std::size_t hiddenLength(std::string_view key, bool hasRoots)
{
    const std::size_t root = hasRoots ? rootLength(key) : 0;
    return root == std::string_view::npos ? 0 : root;
}

class SubstringMatcher : public StretchMatcher {
public:
    SubstringMatcher(const ByteSearch& search, bool hasRoots)
        : m_search(search)
        , m_hasRoots(hasRoots)
    {
    }
    Status appendHits(const KeyStretch& keys, const std::stop_token&, SortedSnapshotWriter& hits) override
    {
        const std::string_view bytes = keys.bytes();
        std::size_t at = 0; // the key that `place` stands in
        for (std::size_t place = m_search.find(bytes); place != ByteSearch::npos;) {
            while (keys.end(at) <= place) {
                ++at;
            }
            const std::size_t from = keys.begin(at) + hiddenLength(keys[at], m_hasRoots);
            const bool isWithinKey = place >= from && place + m_search.size() <= keys.end(at);
            if (isWithinKey) {
                hits.append(keys[at]);
            }
            place = m_search.find(bytes, isWithinKey ? keys.end(at) : std::max(place + 1, from));
        }
        return ok();
    }

private:
    const ByteSearch& m_search;
    const bool m_hasRoots;
};

class SubstringPattern : public FilterPattern {
public:
    explicit SubstringPattern(const FilterSpec& spec)
        : m_search(spec.needle, spec.caseSensitive)
        , m_hasRoots(spec.hasRoots)
    {
    }
    std::unique_ptr<StretchMatcher> makeMatcher() const override
    {
        return std::make_unique<SubstringMatcher>(m_search, m_hasRoots);
    }

private:
    const ByteSearch m_search;
    const bool m_hasRoots;
};

class RegexMatcher : public StretchMatcher {
public:
    RegexMatcher(const KeyRegex& regex, bool hasRoots)
        : m_matcher(regex)
        , m_hasRoots(hasRoots)
    {
    }
    Status appendHits(const KeyStretch& keys, const std::stop_token& stop, SortedSnapshotWriter& hits) override
    {
        for (std::size_t at = 0; at < keys.size(); ++at) {
            const Result<bool> matches = m_matcher.matches(keys[at].substr(hiddenLength(keys[at], m_hasRoots)), stop);
            if (!matches) {
                return matches.error();
            }
            if (*matches) {
                hits.append(keys[at]);
            }
        }
        return ok();
    }

private:
    KeyRegex::Matcher m_matcher;
    const bool m_hasRoots;
};

class RegexPattern : public FilterPattern {
public:
    RegexPattern(KeyRegex regex, bool hasRoots)
        : m_regex(std::move(regex))
        , m_hasRoots(hasRoots)
    {
    }
    std::unique_ptr<StretchMatcher> makeMatcher() const override
    {
        return std::make_unique<RegexMatcher>(m_regex, m_hasRoots);
    }

private:
    const KeyRegex m_regex;
    const bool m_hasRoots;
};

} // namespace

Result<std::unique_ptr<const FilterPattern>> FilterPattern::compile(const FilterSpec& spec)
{
    if (spec.kind == FilterSpec::Kind::Substring) {
        return std::unique_ptr<const FilterPattern>(std::make_unique<SubstringPattern>(spec));
    }
    auto regex = KeyRegex::compile(spec.needle, spec.caseSensitive);
    if (!regex) {
        return std::move(regex).error();
    }
    return std::unique_ptr<const FilterPattern>(
        std::make_unique<RegexPattern>(std::move(regex).value(), spec.hasRoots));
}

} // namespace keyglass
