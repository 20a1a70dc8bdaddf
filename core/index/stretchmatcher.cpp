// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/stretchmatcher.h"

#include "core/index/bytesearch.h"
#include "core/index/keyregex.h"
#include "core/index/keyroot.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace keyglass {

namespace {

/// Bytes of `key` that no filter looks at.
std::size_t hiddenLength(std::string_view key, bool hasRoots)
{
    const std::size_t root = hasRoots ? rootLength(key) : 0;
    return root == std::string_view::npos ? 0 : root;
}

/// The keys of a stretch that are hits, found block by block: a block that is hit as a whole is copied as it is, which
/// takes a tenth of encoding its keys again.
class HitCollector {
public:
    /// Appends the hits of `keys`. `find(from, to, block)` calls hit() for those of the keys [from, to), or answers
    /// true where all of them are; `block` is the block that they are, or null.
    template <typename Find> Status appendHits(const KeyStretch& keys, SortedSnapshotWriter& hits, Find&& find)
    {
        std::size_t done = 0;
        for (const KeyStretch::WholeBlock& block : keys.wholeBlocks()) {
            if (Status status = appendPart(keys, done, block.firstKey, hits, find); !status) {
                return status;
            }
            done = block.firstKey + block.keys;
            m_places.clear();
            const Result<bool> areAll = find(block.firstKey, done, &block);
            if (!areAll) {
                return areAll.error();
            }
            if (*areAll || m_places.size() == block.keys) {
                hits.appendBlock(*block.piece, block.block, keys[done - 1]);
            } else {
                appendPlaces(keys, hits);
            }
        }
        return appendPart(keys, done, keys.size(), hits, find);
    }
    void hit(std::size_t place) { m_places.push_back(place); }

private:
    template <typename Find>
    Status appendPart(const KeyStretch& keys, std::size_t from, std::size_t to, SortedSnapshotWriter& hits, Find&& find)
    {
        m_places.clear();
        if (from == to) {
            return ok();
        }
        const Result<bool> found = find(from, to, nullptr);
        if (!found) {
            return found.error();
        }
        appendPlaces(keys, hits);
        return ok();
    }
    void appendPlaces(const KeyStretch& keys, SortedSnapshotWriter& hits) const
    {
        for (const std::size_t place : m_places) {
            hits.append(keys[place]);
        }
    }

    std::vector<std::size_t> m_places;
};

class SubstringMatcher : public StretchMatcher {
public:
    SubstringMatcher(const ByteSearch& search, bool hasRoots)
        : m_search(search)
        , m_hasRoots(hasRoots)
    {
    }
    Status appendHits(const KeyStretch& keys, const std::stop_token&, SortedSnapshotWriter& hits) override
    {
        return m_collector.appendHits(
            keys, hits, [&](std::size_t from, std::size_t to, const KeyStretch::WholeBlock* block) -> Result<bool> {
                if (block && isInCommon(keys[from], block->common)) {
                    return true;
                }
                collect(keys, from, to);
                return false;
            });
    }

private:
    /// Whether what all keys of a block begin with, the first `common` bytes of `key`, holds the needle. Short needles
    /// often stand there.
    [[nodiscard]] bool isInCommon(std::string_view key, std::size_t common) const
    {
        return m_search.find(key.substr(0, common), hiddenLength(key, m_hasRoots)) != ByteSearch::npos;
    }

    void collect(const KeyStretch& keys, std::size_t from, std::size_t to)
    {
        const std::string_view bytes = keys.bytes().substr(0, keys.end(to - 1));
        std::size_t at = from; // the key that `place` stands in
        for (std::size_t place = m_search.find(bytes, keys.begin(from)); place != ByteSearch::npos;) {
            while (keys.end(at) <= place) {
                ++at;
            }
            const std::size_t start = keys.begin(at) + hiddenLength(keys[at], m_hasRoots);
            const bool isWithinKey = place >= start && place + m_search.size() <= keys.end(at);
            if (isWithinKey) {
                m_collector.hit(at);
            }
            place = m_search.find(bytes, isWithinKey ? keys.end(at) : std::max(place + 1, start));
        }
    }

    const ByteSearch& m_search;
    const bool m_hasRoots;
    HitCollector m_collector;
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
        return m_collector.appendHits(
            keys, hits, [&](std::size_t from, std::size_t to, const KeyStretch::WholeBlock*) -> Result<bool> {
                for (std::size_t at = from; at < to; ++at) {
                    const std::string_view seen = keys[at].substr(hiddenLength(keys[at], m_hasRoots));
                    const Result<bool> matches = m_matcher.matches(seen, stop);
                    if (!matches) {
                        return matches.error();
                    }
                    if (*matches) {
                        m_collector.hit(at);
                    }
                }
                return false;
            });
    }

private:
    KeyRegex::Matcher m_matcher;
    const bool m_hasRoots;
    HitCollector m_collector;
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
