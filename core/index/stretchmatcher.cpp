// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/stretchmatcher.h"

#include "core/index/bytesearch.h"
#include "core/index/keyregex.h"

#include <utility>

namespace keyglass {

namespace {

class SubstringMatcher : public StretchMatcher {
public:
    explicit SubstringMatcher(const ByteSearch& search)
        : m_search(search)
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
            const bool isWithinKey = place + m_search.size() <= keys.end(at);
            if (isWithinKey) {
                hits.append(keys[at]);
            }
            place = m_search.find(bytes, isWithinKey ? keys.end(at) : place + 1);
        }
        return ok();
    }

private:
    const ByteSearch& m_search;
};

class SubstringPattern : public FilterPattern {
public:
    explicit SubstringPattern(const FilterSpec& spec)
        : m_search(spec.needle, spec.caseSensitive)
    {
    }
    std::unique_ptr<StretchMatcher> makeMatcher() const override
    {
        return std::make_unique<SubstringMatcher>(m_search);
    }

private:
    const ByteSearch m_search;
};

class RegexMatcher : public StretchMatcher {
public:
    explicit RegexMatcher(const KeyRegex& regex)
        : m_matcher(regex)
    {
    }
    Status appendHits(const KeyStretch& keys, const std::stop_token& stop, SortedSnapshotWriter& hits) override
    {
        for (std::size_t at = 0; at < keys.size(); ++at) {
            const Result<bool> matches = m_matcher.matches(keys[at], stop);
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
};

class RegexPattern : public FilterPattern {
public:
    explicit RegexPattern(KeyRegex regex)
        : m_regex(std::move(regex))
    {
    }
    std::unique_ptr<StretchMatcher> makeMatcher() const override { return std::make_unique<RegexMatcher>(m_regex); }

private:
    const KeyRegex m_regex;
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
    return std::unique_ptr<const FilterPattern>(std::make_unique<RegexPattern>(std::move(regex).value()));
}

} // namespace keyglass
