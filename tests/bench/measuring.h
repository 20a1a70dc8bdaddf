// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

/// What the benches share: clocks, memory, percentiles, and the keys of a realistic keyspace.
namespace keyglass::bench {

[[nodiscard]] inline double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// CPU time of the calling thread, in seconds.
[[nodiscard]] inline double threadSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Resident memory of this process, in bytes.
[[nodiscard]] inline std::size_t residentBytes()
{
    std::size_t pages = 0;
    if (std::FILE* const file = std::fopen("/proc/self/statm", "r")) {
        unsigned long long total = 0;
        unsigned long long resident = 0;
        if (std::fscanf(file, "%llu %llu", &total, &resident) == 2) {
            pages = static_cast<std::size_t>(resident);
        }
        std::fclose(file);
    }
    return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// The value below which `share` (0 to 1) of the values lie. `values` may come in any order, not empty.
[[nodiscard]] inline double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    return values[at];
}

[[nodiscard]] inline double median(std::vector<double> values)
{
    return percentile(std::move(values), 0.5);
}

/// `count` different keys as a shop has them, a third each of `user:{n}:profile`, `session:<32 hex>` and
/// `cache:page:/products/<n>/items/<n>`, about 33 bytes. The order is a permutation (a Feistel network with cycle
/// walking), so that neighbours in time are no neighbours in name and none comes twice.
class KeyMix {
public:
    explicit KeyMix(std::uint64_t count)
        : m_count(count)
    {
        while ((std::uint64_t{1} << (2 * m_halfBits)) < count) {
            ++m_halfBits;
        }
    }

    [[nodiscard]] std::uint64_t size() const { return m_count; }

    [[nodiscard]] std::string key(std::uint64_t at) const
    {
        const std::uint64_t n = permuted(at);
        char text[96];
        int length = 0;
        const auto number = static_cast<unsigned long long>(n / 3);
        switch (n % 3) {
        case 0:
            length = std::snprintf(text, sizeof text, "user:%llu:profile", number);
            break;
        case 1:
            length = std::snprintf(text, sizeof text, "session:%016llx%016llx",
                static_cast<unsigned long long>(mixed(number)), static_cast<unsigned long long>(mixed(~number)));
            break;
        default:
            length = std::snprintf(text, sizeof text, "cache:page:/products/%llu/items/%llu", number / 64, number);
            break;
        }
        return {text, static_cast<std::size_t>(length)};
    }

private:
    [[nodiscard]] static std::uint64_t mixed(std::uint64_t value) // a bijection (splitmix64's finalizer)
    {
        value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
        return value ^ (value >> 31U);
    }

    [[nodiscard]] std::uint64_t permuted(std::uint64_t at) const
    {
        const std::uint64_t mask = (std::uint64_t{1} << m_halfBits) - 1;
        do {
            std::uint64_t left = at >> m_halfBits;
            std::uint64_t right = at & mask;
            for (std::uint64_t round = 1; round <= 4; ++round) {
                const std::uint64_t next = left ^ (mixed(right + round * 0x9E3779B97F4A7C15ULL) & mask);
                left = right;
                right = next;
            }
            at = left << m_halfBits | right;
        } while (at >= m_count);
        return at;
    }

    std::uint64_t m_count;
    unsigned m_halfBits = 1;
};

} // namespace keyglass::bench
