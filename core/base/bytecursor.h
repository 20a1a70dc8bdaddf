// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace keyglass {

/// Goes over bytes that somebody else has written. Never leaves them: what is not there reads as zero or as nothing,
/// from then on it is not good any more, and nothing is left of it.
class ByteCursor {
public:
    explicit ByteCursor(std::string_view bytes)
        : m_rest(bytes)
    {
    }

    [[nodiscard]] bool isGood() const { return m_isGood; }
    [[nodiscard]] bool isAtEnd() const { return m_rest.empty(); }
    [[nodiscard]] std::size_t left() const { return m_rest.size(); }
    /// Where it stands; how many bytes are there is left().
    [[nodiscard]] const char* position() const { return m_rest.data(); }

    [[nodiscard]] unsigned char peek() const { return m_rest.empty() ? 0 : static_cast<unsigned char>(m_rest.front()); }
    [[nodiscard]] std::string_view take(std::uint64_t bytes)
    {
        if (bytes > m_rest.size()) {
            fail();
            return {};
        }
        const std::string_view taken = m_rest.substr(0, static_cast<std::size_t>(bytes));
        m_rest.remove_prefix(taken.size());
        return taken;
    }
    void skip(std::uint64_t bytes) { static_cast<void>(take(bytes)); }
    /// A number of 1 to 8 bytes, the lowest byte first.
    [[nodiscard]] std::uint64_t little(std::size_t bytes)
    {
        const std::string_view taken = take(bytes);
        std::uint64_t number = 0;
        for (std::size_t at = taken.size(); at > 0; --at) {
            number = number << 8U | static_cast<unsigned char>(taken[at - 1]);
        }
        return number;
    }
    /// The same of a number that may be negative.
    [[nodiscard]] std::int64_t littleSigned(std::size_t bytes)
    {
        const std::size_t unused = 64 - bytes * 8;
        return static_cast<std::int64_t>(little(bytes) << unused) >> unused;
    }
    /// A number of 1 to 8 bytes, the highest byte first.
    [[nodiscard]] std::uint64_t big(std::size_t bytes)
    {
        std::uint64_t number = 0;
        for (const char byte : take(bytes)) {
            number = number << 8U | static_cast<unsigned char>(byte);
        }
        return number;
    }
    void fail()
    {
        m_isGood = false;
        m_rest = {};
    }

private:
    std::string_view m_rest;
    bool m_isGood = true;
};

} // namespace keyglass
