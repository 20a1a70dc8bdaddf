// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>

namespace keyglass {

/// What each one of COUNT costs, from how much longer a large call takes than a small one as seen from here: whatever
/// the network adds is in both, and falls out. For servers that do not tell.
class LatencySlope {
public:
    /// Every few calls a small one is needed: the COUNT to send where `count` is wanted.
    [[nodiscard]] int nextCount(int count);
    /// A call with this COUNT took so long. Calls between small and large say nothing.
    void add(int count, double microseconds);
    /// Microseconds for each one of COUNT; nothing while too little is known or where the difference drowns in noise.
    [[nodiscard]] std::optional<double> microsecondsEach() const;

private:
    /// The last calls of about one COUNT; the median is what counts, so that a single late one does nothing.
    class Recent {
    public:
        void add(int count, double microseconds);
        [[nodiscard]] bool isFull() const { return m_added >= m_times.size(); }
        [[nodiscard]] double median() const;
        [[nodiscard]] double spread() const;
        [[nodiscard]] double count() const;

    private:
        std::array<double, 9> m_times{};
        std::array<double, 9> m_counts{};
        std::size_t m_added = 0;
    };

    Recent m_small;
    Recent m_large;
    int m_largeCount = 0;
    unsigned m_sent = 0;
};

} // namespace keyglass
