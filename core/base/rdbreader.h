// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytecursor.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace keyglass {

/// Reads what values are made of in DUMPs: lengths, strings and numbers
/// (https://github.com/redis/redis/blob/7.0/src/rdb.h tells how they are written).
///
/// For bytes that nobody vouches for: it never leaves them, and it allocates no more than a compressed string of that
/// size can hold, and never above largestString. What is damaged reads as nothing, and isGood() is false from then on.
class RdbReader {
public:
    /// Longer compressed strings are taken for damaged.
    static constexpr std::size_t largestString = 64U * 1024 * 1024;

    explicit RdbReader(std::string_view bytes)
        : m_cursor(bytes)
    {
    }

    [[nodiscard]] bool isGood() const { return m_cursor.isGood(); }
    /// All was read, and nothing was damaged.
    [[nodiscard]] bool isWhole() const { return isGood() && m_cursor.isAtEnd(); }

    [[nodiscard]] std::uint64_t length();
    /// The next string as it was before it was written, numbers in decimal. It stays until the next one is read.
    [[nodiscard]] std::string_view string();
    /// The bytes that the next string takes, with what stands before it: not unpacked.
    [[nodiscard]] std::string_view stringAsWritten();
    /// Of sorted sets before 4.0: its length in a byte, or a byte that stands for one that is not finite.
    [[nodiscard]] double oldScore();
    /// Eight bytes, the lowest one first.
    [[nodiscard]] std::uint64_t number() { return m_cursor.little(8); }
    [[nodiscard]] std::string_view bytes(std::size_t count) { return m_cursor.take(count); }
    void fail() { m_cursor.fail(); }

private:
    struct Length {
        std::uint64_t value = 0;
        bool isEncoding = false;
    };
    [[nodiscard]] Length lengthOrEncoding();
    [[nodiscard]] std::string_view unpacked(std::uint64_t packedBytes, std::uint64_t bytes);

    ByteCursor m_cursor;
    std::array<char, 24> m_decimal{};
    std::unique_ptr<char[]> m_unpacked; ///< The last compressed string.
    std::size_t m_capacity = 0;         ///< Of m_unpacked.
};

/// A score as its text tells it; `isGood` becomes false where that is none.
[[nodiscard]] double scoreOf(std::string_view text, bool& isGood);

/// In decimal, within `room`.
[[nodiscard]] std::string_view decimalOf(std::int64_t number, std::array<char, 24>& room);

} // namespace keyglass
