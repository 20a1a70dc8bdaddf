// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace keyglass {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

/// The point in time by which something must be done; waits ask it how long they may still last.
class Deadline {
public:
    explicit Deadline(Milliseconds fromNow)
        : m_at(Clock::now() + fromNow)
    {
    }
    [[nodiscard]] bool hasPassed() const { return Clock::now() >= m_at; }
    [[nodiscard]] Milliseconds left() const
    {
        const auto rest = std::chrono::ceil<Milliseconds>(m_at - Clock::now());
        return rest.count() > 0 ? rest : Milliseconds{0};
    }

private:
    Clock::time_point m_at;
};

} // namespace keyglass
