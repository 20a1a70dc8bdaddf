// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace keyglass::test {

/// Cuts what a client sends into pieces, so that a SCAN always begins one, however the bytes come.
///
/// From the first byte on that is no RESP array (TLS, inline commands), all passes as it is.
class RequestCuts {
public:
    using Emit = std::function<void(std::string&& bytes, bool beginsScan)>;

    /// Hands on all of `bytes` but the head of a command whose name has not come whole yet: that goes with a later
    /// call.
    void take(std::string_view bytes, const Emit& emit);

private:
    enum class At { Command, NameSize, Name, Size, Argument, Opaque };

    [[nodiscard]] bool step(const Emit& emit);
    [[nodiscard]] bool takeNumber(char mark, At then);
    [[nodiscard]] bool takeName(const Emit& emit);
    void skip(std::size_t size);
    void handOn(std::size_t size, const Emit& emit);

    At m_at = At::Command;
    std::string m_bytes;       ///< Taken and not handed on.
    std::size_t m_looked = 0;  ///< Of m_bytes.
    std::size_t m_begin = 0;   ///< Of the command under way, in m_bytes.
    std::size_t m_number = 0;  ///< The last one read.
    std::size_t m_more = 0;    ///< Arguments of the command that have not begun.
    std::size_t m_left = 0;    ///< Bytes of the argument, its CRLF too.
    bool m_beginsScan = false; ///< m_bytes does.
};

} // namespace keyglass::test
