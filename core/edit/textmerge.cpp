// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/textmerge.h"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <vector>

namespace keyglass {

namespace {

using Lines = std::vector<std::string_view>;
using Numbers = std::vector<int>;

constexpr int none = -1;
constexpr int mostDifferences = 1500; // steps kept to find the way back: about 9 MB

constexpr std::string_view mineMark = "<<<<<<< ";
constexpr std::string_view middleMark = "=======";
constexpr std::string_view theirsMark = ">>>>>>> ";

/// Each with its line end, so that nothing is lost by joining them.
Lines linesOf(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
        lines.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return lines;
}

/// Lines as numbers: equal lines have the same one.
class LineNumbers {
public:
    Numbers of(const Lines& lines)
    {
        Numbers numbers;
        numbers.reserve(lines.size());
        for (const std::string_view line : lines) {
            numbers.push_back(m_numbers.try_emplace(line, static_cast<int>(m_numbers.size())).first->second);
        }
        return numbers;
    }

private:
    std::unordered_map<std::string_view, int> m_numbers;
};

/// Which line of `to` each line of `from` is, in order; none: it is not there. Myers' greedy way ("An O(ND) difference
/// algorithm and its variations", 1986), with what begins and ends alike left out of it.
class Matching {
public:
    Matching(const Numbers& from, const Numbers& to)
        : m_from(from)
        , m_to(to)
        , m_matches(from.size(), none)
    {
    }

    Numbers run()
    {
        const std::size_t shorter = std::min(m_from.size(), m_to.size());
        std::size_t head = 0;
        while (head < shorter && m_from[head] == m_to[head]) {
            m_matches[head] = static_cast<int>(head);
            ++head;
        }
        std::size_t tail = 0;
        while (tail < shorter - head && m_from[m_from.size() - 1 - tail] == m_to[m_to.size() - 1 - tail]) {
            m_matches[m_from.size() - 1 - tail] = static_cast<int>(m_to.size() - 1 - tail);
            ++tail;
        }
        m_a = std::span(m_from).subspan(head, m_from.size() - head - tail);
        m_b = std::span(m_to).subspan(head, m_to.size() - head - tail);
        m_head = static_cast<int>(head);
        if (!m_a.empty() && !m_b.empty() && findEnd()) {
            walkBack();
        }
        return std::move(m_matches);
    }

private:
    /// The farthest points of each number of differences; false where there are too many of them.
    bool findEnd()
    {
        const int n = static_cast<int>(m_a.size());
        const int m = static_cast<int>(m_b.size());
        const int most = std::min(n + m, mostDifferences);
        Numbers reach(2 * static_cast<std::size_t>(most) + 3, 0);
        const auto at = [&reach, most](int k) -> int& { return reach[static_cast<std::size_t>(k + most + 1)]; };
        for (int d = 0; d <= most; ++d) {
            const auto first = reach.begin() + (most + 1 - d - 1);
            m_trace.emplace_back(first, first + 2 * d + 3); // k from -d-1 to d+1, before this step
            for (int k = -d; k <= d; k += 2) {
                int x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
                while (x < n && x - k < m && m_a[static_cast<std::size_t>(x)] == m_b[static_cast<std::size_t>(x - k)]) {
                    ++x;
                }
                at(k) = x;
                if (x >= n && x - k >= m) {
                    return true;
                }
            }
        }
        return false;
    }

    void walkBack()
    {
        int x = static_cast<int>(m_a.size());
        int y = static_cast<int>(m_b.size());
        for (int d = static_cast<int>(m_trace.size()) - 1; d >= 0; --d) {
            const Numbers& reach = m_trace[static_cast<std::size_t>(d)];
            const auto at = [&reach, d](int k) { return reach[static_cast<std::size_t>(k + d + 1)]; };
            const int k = x - y;
            const int before = k == -d || (k != d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
            const int fromX = d == 0 ? 0 : at(before);
            const int fromY = d == 0 ? 0 : fromX - before;
            while (x > fromX && y > fromY) {
                --x;
                --y;
                m_matches[static_cast<std::size_t>(x + m_head)] = y + m_head;
            }
            x = fromX;
            y = fromY;
        }
    }

    const Numbers& m_from;
    const Numbers& m_to;
    Numbers m_matches;
    std::span<const int> m_a;
    std::span<const int> m_b;
    int m_head = 0;
    std::vector<Numbers> m_trace;
};

using Part = std::span<const std::string_view>;

bool areEqual(Part a, Part b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

class Merge {
public:
    Merge(std::string_view base, std::string_view mine, std::string_view theirs, const MergeNames& names)
        : m_base(linesOf(base))
        , m_mine(linesOf(mine))
        , m_theirs(linesOf(theirs))
        , m_names(names)
    {
    }

    MergedText run()
    {
        LineNumbers numbers;
        const Numbers base = numbers.of(m_base);
        const Numbers inMine = Matching(base, numbers.of(m_mine)).run();
        const Numbers inTheirs = Matching(base, numbers.of(m_theirs)).run();
        std::size_t at = 0;
        std::size_t mine = 0;
        std::size_t theirs = 0;
        for (std::size_t line = 0; line <= base.size(); ++line) {
            const bool atEnd = line == base.size();
            if (!atEnd && (inMine[line] == none || inTheirs[line] == none)) {
                continue;
            }
            const std::size_t toMine = atEnd ? m_mine.size() : static_cast<std::size_t>(inMine[line]);
            const std::size_t toTheirs = atEnd ? m_theirs.size() : static_cast<std::size_t>(inTheirs[line]);
            changed(Part(m_base).subspan(at, line - at), Part(m_mine).subspan(mine, toMine - mine),
                Part(m_theirs).subspan(theirs, toTheirs - theirs));
            if (!atEnd) {
                m_out.text += m_base[line];
            }
            at = line + 1;
            mine = toMine + 1;
            theirs = toTheirs + 1;
        }
        return std::move(m_out);
    }

private:
    /// A stretch between lines that all three have.
    void changed(Part base, Part mine, Part theirs)
    {
        if (areEqual(mine, theirs) || areEqual(base, theirs)) {
            put(mine);
        } else if (areEqual(base, mine)) {
            put(theirs);
        } else {
            conflict(mine, theirs);
        }
    }

    void conflict(Part mine, Part theirs)
    {
        std::size_t head = 0;
        const std::size_t shorter = std::min(mine.size(), theirs.size());
        while (head < shorter && mine[head] == theirs[head]) {
            ++head;
        }
        std::size_t tail = 0;
        while (tail < shorter - head && mine[mine.size() - 1 - tail] == theirs[theirs.size() - 1 - tail]) {
            ++tail;
        }
        put(mine.first(head));
        mark(std::string(mineMark) + m_names.mine);
        put(mine.subspan(head, mine.size() - head - tail));
        mark(std::string(middleMark));
        put(theirs.subspan(head, theirs.size() - head - tail));
        mark(std::string(theirsMark) + m_names.theirs);
        put(mine.last(tail));
        ++m_out.conflicts;
    }

    void put(Part lines)
    {
        for (const std::string_view line : lines) {
            m_out.text += line;
        }
    }

    /// On a line of its own, also where the text before it ends without a line end.
    void mark(const std::string& text)
    {
        if (!m_out.text.empty() && m_out.text.back() != '\n') {
            m_out.text += '\n';
        }
        m_out.text += text + '\n';
    }

    const Lines m_base;
    const Lines m_mine;
    const Lines m_theirs;
    const MergeNames& m_names;
    MergedText m_out;
};

} // namespace

MergedText mergeLines(std::string_view base, std::string_view mine, std::string_view theirs, const MergeNames& names)
{
    return Merge(base, mine, theirs, names).run();
}

bool hasMergeMarks(std::string_view text)
{
    const Lines lines = linesOf(text);
    return std::any_of(lines.begin(), lines.end(),
        [](std::string_view line) { return line.starts_with(mineMark) || line.starts_with(theirsMark); });
}

} // namespace keyglass
