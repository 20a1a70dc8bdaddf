// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/index/treerows_p.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace keyglass {

namespace {

/// Rank searches that upper and lower case of one text may cost.
constexpr int mostVariantSearches = 256;

char otherCase(char c)
{
    const bool upper = c >= 'A' && c <= 'Z';
    const bool lower = c >= 'a' && c <= 'z';
    return upper ? static_cast<char>(c - 'A' + 'a') : lower ? static_cast<char>(c - 'a' + 'A') : c;
}

bool startsWithAnyCase(std::string_view text, std::string_view start)
{
    return text.size() >= start.size() && std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) {
        return a == b || otherCase(a) == b;
    });
}

/// The ranges of keys that start with `prefix` and any casing of `text`; only casings that exist are followed.
class CaseVariants {
public:
    CaseVariants(const Snapshot& snapshot, const std::string& prefix, std::string_view text)
        : m_snapshot(snapshot)
        , m_text(text)
    {
        follow(prefix, 0);
        std::sort(m_ranges.begin(), m_ranges.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    }
    [[nodiscard]] const std::vector<FolderRange>& ranges() const { return m_ranges; }

private:
    void follow(const std::string& prefix, std::size_t at)
    {
        FolderRange range = folderRange(m_snapshot, prefix);
        if (range.keys() == 0 || ++m_searches > mostVariantSearches) {
            return;
        }
        if (at == m_text.size()) {
            m_ranges.push_back(std::move(range));
            return;
        }
        follow(prefix + m_text[at], at + 1);
        if (const char other = otherCase(m_text[at]); other != m_text[at]) {
            follow(prefix + other, at + 1);
        }
    }

    const Snapshot& m_snapshot;
    std::string_view m_text;
    std::vector<FolderRange> m_ranges;
    int m_searches = 0;
};

/// The next match in row order, and the first of all, over all open folders.
class LabelSearch {
public:
    LabelSearch(const TreeRows::Private& rows, std::string_view text, const RowPath* from, bool including)
        : m_rows(rows)
        , m_text(text)
        , m_from(from)
        , m_including(including)
        , m_fromNumber(from != nullptr ? rows.numberOf(*from) : 0)
    {
    }

    std::optional<RowId> run()
    {
        for (const TreeNode& node : m_rows.nodes) {
            node.list() != nullptr ? searchList(node) : searchRange(node);
        }
        return m_next.child ? RowId{m_next.child->bytes, m_next.child->isFolder}
            : m_first.child ? std::optional(RowId{m_first.child->bytes, m_first.child->isFolder})
                            : std::nullopt;
    }

private:
    struct Hit {
        std::uint64_t number = std::numeric_limits<std::uint64_t>::max();
        std::optional<Child> child;
    };

    /// The child of `node` on the way to the row we come from; null if it lies elsewhere.
    [[nodiscard]] const Child* childOnTheWay(const TreeNode& node) const
    {
        for (std::size_t i = 0; m_from != nullptr && i < m_from->steps.size(); ++i) {
            if (&m_rows.nodes[m_from->steps[i].node] == &node) {
                return &m_from->steps[i].child;
            }
        }
        return nullptr;
    }
    /// True if a search may find `child` again, where we come from.
    [[nodiscard]] bool mayStay(const Child& child) const
    {
        return m_including && &child == &m_from->steps.back().child;
    }

    void searchList(const TreeNode& node)
    {
        const ChildList& list = *node.list();
        const auto look = [&](std::uint64_t from, bool isNext) {
            if (const auto row = list.find(m_text, from)) {
                take(node, list.childAt(*row, *m_rows.snapshot), isNext);
            }
        };
        look(0, false);
        if (const Child* way = childOnTheWay(node)) {
            look(list.rowOf(way->first) + (mayStay(*way) ? 0 : 1), true);
        }
    }

    void searchRange(const TreeNode& node)
    {
        const CaseVariants variants(*m_rows.snapshot, node.range.prefix, m_text);
        const auto look = [&](std::uint64_t from, bool isNext) {
            for (const FolderRange& range : variants.ranges()) {
                if (range.end <= from) {
                    continue;
                }
                const Child child = m_rows.childAtRank(node, std::max(range.first, from));
                if (startsWithAnyCase(std::string_view(child.bytes).substr(node.range.prefix.size()), m_text)) {
                    take(node, child, isNext);
                    return;
                }
            }
        };
        look(0, false);
        if (const Child* way = childOnTheWay(node)) {
            look(mayStay(*way) ? way->first : way->end(), true);
        }
    }

    void take(const TreeNode& node, Child child, bool isNext)
    {
        std::uint64_t number = m_rows.startOf(node) + m_rows.rowsBefore(node, m_rows.placeOf(node, child));
        if (isNext) {
            number = std::max(number, m_fromNumber + (m_including ? 0 : 1)); // an estimate may say otherwise
        }
        const bool behind = m_from == nullptr || number > m_fromNumber || (m_including && number == m_fromNumber);
        Hit& best = behind ? m_next : m_first;
        if (number < best.number) {
            best = {number, std::move(child)};
        }
    }

    const TreeRows::Private& m_rows;
    std::string_view m_text;
    const RowPath* m_from;
    bool m_including;
    std::uint64_t m_fromNumber;
    Hit m_next;
    Hit m_first;
};

/// Gathers the keys of the rows between two rows, folder by folder.
class RowKeys {
public:
    explicit RowKeys(const TreeRows::Private& rows)
        : m_rows(rows)
    {
    }

    /// Rows of `nodeAt` from the one `from` leads to, to the one `to` leads to; null: from the first, to the last.
    void gather(std::size_t nodeAt, const RowPath* from, const RowPath* to, std::size_t depth)
    {
        const TreeNode& node = m_rows.nodes[nodeAt];
        const Child* first = from != nullptr ? &from->steps[depth].child : nullptr;
        const Child* last = to != nullptr ? &to->steps[depth].child : nullptr;
        const bool fromDeeper = from != nullptr && from->steps.size() > depth + 1;
        const bool toDeeper = to != nullptr && to->steps.size() > depth + 1;
        if (first != nullptr && last != nullptr && first->first == last->first) {
            if (toDeeper) {
                gather(*m_rows.openNode(*first), fromDeeper ? from : nullptr, to, depth + 1);
            } else if (!m_rows.openNode(*first)) {
                take(*first);
            }
            return;
        }
        if (fromDeeper) {
            gather(*m_rows.openNode(*first), from, nullptr, depth + 1);
        } else if (first != nullptr) {
            take(*first);
        }
        node.list() != nullptr ? takeListed(*node.list(), first, last) : takeRange(node, first, last);
        if (toDeeper) {
            gather(*m_rows.openNode(*last), nullptr, to, depth + 1);
        } else if (last != nullptr && !m_rows.openNode(*last)) {
            take(*last);
        }
    }
    [[nodiscard]] std::vector<KeyRange> taken() && { return std::move(m_ranges); }

private:
    void take(const Child& child) { m_ranges.push_back(childKeys(child.bytes, child.isFolder)); }

    void takeRange(const TreeNode& node, const Child* after, const Child* before)
    {
        KeyRange range = prefixRange(node.range.prefix);
        if (after != nullptr) {
            auto end = childKeys(after->bytes, after->isFolder).end;
            if (!end) {
                return;
            }
            range.first = std::move(*end);
        }
        if (before != nullptr) {
            range.end = before->bytes;
        }
        if (!range.end || range.first < *range.end) {
            m_ranges.push_back(std::move(range));
        }
    }

    void takeListed(const ChildList& list, const Child* after, const Child* before)
    {
        std::vector<std::uint64_t> places;
        const std::uint64_t end = before != nullptr ? list.rowOf(before->first) : list.size();
        for (std::uint64_t row = after != nullptr ? list.rowOf(after->first) + 1 : 0; row < end; ++row) {
            places.push_back(list.bytePosition(row));
        }
        std::sort(places.begin(), places.end());
        const auto keys = [&](std::uint64_t place) {
            const Child child = list.childAt(list.rowAtBytePosition(place), *m_rows.snapshot);
            return childKeys(child.bytes, child.isFolder);
        };
        for (std::size_t i = 0; i < places.size();) {
            std::size_t next = i + 1;
            for (; next < places.size() && places[next] == places[next - 1] + 1; ++next) { }
            m_ranges.push_back({keys(places[i]).first, keys(places[next - 1]).end});
            i = next;
        }
    }

    const TreeRows::Private& m_rows;
    std::vector<KeyRange> m_ranges;
};

/// True if the row of `one` stands above that of `other`.
bool isAbove(const TreeRows::Private& rows, const RowPath& one, const RowPath& other)
{
    for (std::size_t i = 0; i < std::min(one.steps.size(), other.steps.size()); ++i) {
        const std::uint64_t a = one.steps[i].child.first;
        const std::uint64_t b = other.steps[i].child.first;
        if (a != b) {
            const ChildList* list = rows.nodes[one.steps[i].node].list();
            return list != nullptr ? list->rowOf(a) < list->rowOf(b) : a < b;
        }
    }
    return one.steps.size() < other.steps.size();
}

} // namespace

std::optional<RowId> TreeRows::findLabel(std::string_view text, const std::optional<RowId>& from, bool including) const
{
    if (text.empty()) {
        return std::nullopt;
    }
    const RowPath path = from ? m_d->pathTo(*from) : RowPath{};
    return LabelSearch(*m_d, text, path.reachesRow ? &path : nullptr, including).run();
}

std::vector<KeyRange> TreeRows::keysBetween(const RowId& one, const RowId& other) const
{
    RowPath first = m_d->pathTo(one);
    RowPath last = m_d->pathTo(other);
    if (!first.reachesRow || !last.reachesRow) {
        return {};
    }
    if (isAbove(*m_d, last, first)) {
        std::swap(first, last);
    }
    RowKeys keys(*m_d);
    keys.gather(0, &first, &last, 0);
    return std::move(keys).taken();
}

} // namespace keyglass
