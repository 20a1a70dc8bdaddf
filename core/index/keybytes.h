// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/index/chunkpool.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace keyglass {

[[nodiscard]] inline std::string_view asKey(const Byte* bytes, std::size_t length)
{
    return {reinterpret_cast<const char*>(bytes), length};
}
[[nodiscard]] inline const Byte* asBytes(std::string_view key)
{
    return reinterpret_cast<const Byte*>(key.data());
}

[[nodiscard]] inline std::uint64_t load64(const void* from)
{
    std::uint64_t word = 0;
    std::memcpy(&word, from, sizeof word);
    return word;
}
[[nodiscard]] inline std::uint16_t load16(const void* from)
{
    std::uint16_t word = 0;
    std::memcpy(&word, from, sizeof word);
    return word;
}

/// Length of the common prefix of two keys, known to be at least `from`.
[[nodiscard]] inline std::size_t sharedPrefix(std::string_view a, std::string_view b, std::size_t from = 0)
{
    const std::size_t most = a.size() < b.size() ? a.size() : b.size();
    while (from + 8 <= most) {
        const std::uint64_t differ = load64(a.data() + from) ^ load64(b.data() + from);
        if (differ != 0) {
            const int bits =
                std::endian::native == std::endian::little ? std::countr_zero(differ) : std::countl_zero(differ);
            return from + static_cast<std::size_t>(bits) / 8;
        }
        from += 8;
    }
    while (from < most && a[from] == b[from]) {
        ++from;
    }
    return from;
}

/// Whether a < b in byte order, where both share exactly `shared` bytes.
[[nodiscard]] inline bool isBelow(std::string_view a, std::string_view b, std::size_t shared)
{
    return shared < b.size() && (shared == a.size() || static_cast<Byte>(a[shared]) < static_cast<Byte>(b[shared]));
}

/// Copies bytes that are usually few: 32 at a time, so both sides need copySlack bytes behind them.
inline void copyShort(Byte* to, const Byte* from, std::size_t length)
{
    if (length <= copySlack) {
        std::array<Byte, copySlack> moved; // read whole before it is written: the places may overlap behind `length`
        std::memcpy(moved.data(), from, copySlack);
        std::memcpy(to, moved.data(), copySlack);
    } else {
        std::memcpy(to, from, length);
    }
}

/// A key that is put together piece by piece; any length, with slack behind it.
class KeyBuffer {
public:
    [[nodiscard]] std::string_view key() const { return asKey(m_bytes.get(), m_size); }
    [[nodiscard]] std::size_t size() const { return m_size; }

    /// Keeps the first `shared` bytes and puts `length` bytes of `from` (with slack behind them) after them.
    void replaceTail(std::size_t shared, const Byte* from, std::size_t length)
    {
        if (shared + length + copySlack > m_capacity) {
            grow(shared, length);
        }
        copyShort(m_bytes.get() + shared, from, length);
        m_size = shared + length;
    }
    void clear() { m_size = 0; }
    /// The same for bytes without slack behind them.
    void assign(std::string_view key)
    {
        if (key.size() + copySlack > m_capacity) {
            grow(0, key.size());
        }
        std::copy(key.begin(), key.end(), m_bytes.get());
        m_size = key.size();
    }

private:
    void grow(std::size_t kept, std::size_t added)
    {
        const std::size_t capacity = 2 * (kept + added) + 4 * copySlack;
        auto bytes = std::make_unique_for_overwrite<Byte[]>(capacity);
        if (kept > 0) {
            std::memcpy(bytes.get(), m_bytes.get(), kept);
        }
        m_bytes = std::move(bytes);
        m_capacity = capacity;
    }

    std::unique_ptr<Byte[]> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

} // namespace keyglass
