// SPDX-License-Identifier: GPL-3.0-or-later
//
// Folders as ranges
//
// The index knows keys only, in byte order. With a separator, every key is cut into segments from the left: "a:b:c" has
// the segments "a:", "b:" and the rest "c". All keys that share their first segments stand next to each other, so a
// folder needs no object: it is its prefix, and the two ranks between which its keys lie.
//
// A child of the folder P is found from any key k that starts with P: look for the separator behind P. Where there is
// none, k itself is the child. Else the child is the folder F = k up to the separator's end, and the next child starts
// at the first key that does not start with F. What separates two children is therefore seen from the length that a key
// shares with the one before (the front coding gives it for free), and a folder of millions of keys is jumped over by
// one search for upperBound(F).
//
// That F's keys are the same whichever of them we start from holds for separators of several bytes, too: the first
// separator behind P lies at the same place in every key that starts with F, as it lies within F.
//
// What looks odd is meant: the key "a:" lies in the folder "a:" with an empty rest; ":a" lies in the folder ":", whose
// name is empty; between the key "a" and the folder "a:" stand "a-1" and "a0". Ends of ranges are upperBound(), never
// prefix + 0xFF: keys may hold any byte, 0xFF included, and a prefix of 0xFF only has no upper bound at all.
//
// When keys come or go, ranks shift, bytes do not: whoever must survive a new snapshot keeps bytes.
#include "core/index/folderrange.h"

#include "core/index/keyroot.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

/// So many keys of a subfolder are walked one by one before its end is searched.
constexpr std::uint64_t walkedKeys = 16;
/// Reading backwards goes back by no more keys than this at once, for all of them may be children.
constexpr std::uint64_t longestStride = 1024;

} // namespace

std::size_t segmentEnd(std::string_view key, std::size_t from, const TreeOptions& options)
{
    if (options.hasRoots && from == 0) {
        return rootLength(key);
    }
    const std::string_view separator = options.separator;
    if (separator.empty()) {
        return std::string_view::npos;
    }
    const std::size_t at = separator.size() == 1 ? key.find(separator.front(), from) : key.find(separator, from);
    return at == std::string_view::npos ? at : at + separator.size();
}

std::vector<std::size_t> segmentEnds(std::string_view bytes, const TreeOptions& options)
{
    std::vector<std::size_t> ends;
    for (std::size_t end = segmentEnd(bytes, 0, options); end != std::string_view::npos;
        end = segmentEnd(bytes, end, options)) {
        ends.push_back(end);
    }
    return ends;
}

bool isFolded(std::uint64_t keys, std::size_t from, const TreeOptions& options)
{
    const bool isRoot = options.hasRoots && from == 0;
    return keys == 1 && options.foldSingle && !isRoot;
}

std::size_t separatorLength(std::size_t from, const TreeOptions& options)
{
    return options.hasRoots && from == 0 ? 1 : options.separator.size();
}

FolderRange folderRange(const Snapshot& snapshot, std::string prefix)
{
    if (prefix.empty()) {
        return {{}, 0, snapshot.keyCount()};
    }
    const std::uint64_t first = snapshot.rank(prefix);
    const auto bound = upperBound(prefix);
    const std::uint64_t end = bound ? snapshot.rank(*bound) : snapshot.keyCount();
    return {std::move(prefix), first, end};
}

ChildWalk::ChildWalk(std::shared_ptr<const Snapshot> snapshot, FolderRange range, TreeOptions options)
    : m_snapshot(std::move(snapshot))
    , m_range(std::move(range))
    , m_options(std::move(options))
    , m_cursor(m_snapshot)
{
}

bool ChildWalk::toFirst()
{
    m_rank = m_range.first;
    m_cursor.seek(m_range.prefix);
    return take();
}

bool ChildWalk::toRank(std::uint64_t rank)
{
    if (rank < m_range.first || rank >= m_range.end) {
        return m_valid = false;
    }
    m_rank = rank;
    m_cursor.seekRank(rank);
    const std::size_t end = segmentEnd(m_cursor.key(), m_range.prefix.size(), m_options);
    if (end != std::string_view::npos) {
        const std::string prefix(m_cursor.key().substr(0, end));
        const std::uint64_t first = m_snapshot->rank(prefix);
        if (first != m_rank) {
            m_rank = first;
            m_cursor.seek(prefix);
        }
    }
    return take();
}

bool ChildWalk::toAfter(const Child& before)
{
    const KeyRange keys = childKeys(before.bytes, before.isFolder);
    m_rank = before.end();
    if (m_rank >= m_range.end || !keys.end) {
        return m_valid = false;
    }
    m_cursor.seek(*keys.end);
    return take();
}

bool ChildWalk::next()
{
    return m_valid && take();
}

/// Takes the child that starts at the cursor's key, and leaves the cursor behind it.
bool ChildWalk::take()
{
    m_valid = m_rank < m_range.end && m_cursor.isValid();
    if (!m_valid) {
        return false;
    }
    const std::string_view key = m_cursor.key();
    const std::size_t end = segmentEnd(key, m_range.prefix.size(), m_options);
    m_child.bytes.assign(key);
    m_child.first = m_rank++;
    m_child.keys = 1;
    m_child.isFolder = end != std::string_view::npos;
    m_cursor.next();
    if (m_child.isFolder) {
        skipRest(std::string_view(m_child.bytes).substr(0, end));
        m_child.keys = m_rank - m_child.first;
        m_child.isFolder = !isFolded(m_child.keys, m_range.prefix.size(), m_options);
        m_child.bytes.resize(m_child.isFolder ? end : m_child.bytes.size());
    }
    return true;
}

/// Moves the cursor behind all keys that start with `prefix`; it stands behind the first of them.
void ChildWalk::skipRest(std::string_view prefix)
{
    for (std::uint64_t walked = 1; walked < walkedKeys; ++walked) {
        if (m_rank >= m_range.end || !m_cursor.isValid() || m_cursor.sharedWithPrevious() < prefix.size()) {
            return;
        }
        ++m_rank;
        m_cursor.next();
    }
    if (m_rank >= m_range.end || !m_cursor.isValid() || m_cursor.sharedWithPrevious() < prefix.size()) {
        return;
    }
    const auto bound = upperBound(prefix);
    m_rank = bound ? m_snapshot->rank(*bound) : m_range.end;
    if (bound && m_rank < m_range.end) {
        m_cursor.seek(*bound);
    }
}

std::vector<Child> childrenFrom(const std::shared_ptr<const Snapshot>& snapshot, const FolderRange& range,
    const TreeOptions& options, const Child* after, std::size_t most)
{
    std::vector<Child> children;
    ChildWalk walk(snapshot, range, options);
    for (bool more = after != nullptr ? walk.toAfter(*after) : walk.toFirst(); more && children.size() < most;
        more = walk.next()) {
        children.push_back(walk.child());
    }
    return children;
}

std::vector<Child> childrenBefore(const std::shared_ptr<const Snapshot>& snapshot, const FolderRange& range,
    const TreeOptions& options, std::uint64_t before, std::size_t most)
{
    // Forward in steps back: one search per step instead of two per child.
    std::vector<Child> children;
    ChildWalk walk(snapshot, range, options);
    std::uint64_t stride = most;
    while (children.size() < most && before > range.first) {
        const std::uint64_t from = before - std::min(stride, before - range.first);
        std::vector<Child> step;
        for (bool more = walk.toRank(from); more && walk.child().first < before; more = walk.next()) {
            step.push_back(walk.child());
        }
        if (step.empty()) {
            break;
        }
        before = step.front().first;
        std::move(children.begin(), children.end(), std::back_inserter(step));
        children = std::move(step);
        stride = std::min(stride * 2, longestStride);
    }
    if (children.size() > most) {
        children.erase(children.begin(), children.end() - static_cast<std::ptrdiff_t>(most));
    }
    return children;
}

KeyRange childKeys(std::string_view bytes, bool isFolder)
{
    return isFolder ? prefixRange(bytes) : KeyRange{std::string(bytes), std::string(bytes) + '\0'};
}

} // namespace keyglass
