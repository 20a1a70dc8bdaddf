// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/value/formatters/datanode.h"

#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// What the writers of structured formats share: bytes put at the end, and the first thing that could not be written.
class TreeWriter {
public:
    void put(std::string_view bytes) { m_out += bytes; }
    void putByte(std::uint64_t byte) { m_out += static_cast<char>(byte & 0xFFU); }
    void putBig(std::uint64_t value, unsigned bytes)
    {
        while (bytes-- > 0) {
            putByte(value >> (bytes * 8));
        }
    }
    void putLittle(std::uint64_t value, unsigned bytes)
    {
        for (unsigned at = 0; at < bytes; ++at) {
            putByte(value >> (at * 8));
        }
    }

    [[nodiscard]] std::size_t size() const { return m_out.size(); }
    std::string& bytes() { return m_out; }
    void fail(Error error)
    {
        if (!m_error) {
            m_error = std::move(error);
        }
    }
    /// The value, or `fallback` and a failure that stays.
    template <typename T> T valueOr(const Result<T>& result, T fallback)
    {
        if (!result) {
            fail(result.error());
            return fallback;
        }
        return *result;
    }
    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    [[nodiscard]] Result<std::string> finished()
    {
        if (m_error) {
            return *m_error;
        }
        return std::move(m_out);
    }

private:
    std::string m_out;
    std::optional<Error> m_error;
};

} // namespace keyglass
