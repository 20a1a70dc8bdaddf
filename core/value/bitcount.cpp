// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/bitcount.h"

#include "core/value/pagereading.h"

namespace keyglass {

Result<std::uint64_t> fetchBitCount(Lane& lane, const std::string& key, const std::stop_token& stop)
{
    constexpr std::int64_t stretch = 4LL * 1024 * 1024;
    const auto length = callFor(lane, Command{"STRLEN", key}, stop);
    if (!length) {
        return Error(length.error()).about(keySubject(key));
    }
    std::uint64_t count = 0;
    for (std::int64_t from = 0; from < length->integer; from += stretch) {
        const auto bits = callFor(lane, Command{"BITCOUNT", key}.add(from).add(from + stretch - 1), stop);
        if (!bits) {
            return Error(bits.error()).about(keySubject(key));
        }
        count += static_cast<std::uint64_t>(bits->integer);
    }
    return count;
}

} // namespace keyglass
