// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace keyglass {

/// Ascending keys as a stream of bytes: of each the length it shares with the one before, the length of the rest, and
/// the rest. Lengths have seven bits a byte, lowest first, the top bit set on all but the last.
class FrontEncoder {
public:
    /// Appends `key`, which is greater than the one before, to `out`.
    void add(std::string_view key, std::string& out);

private:
    std::string m_previous;
};

/// Reads what a FrontEncoder wrote, in whatever pieces it comes. The bytes may be anybody's: nothing is allocated by a
/// length they tell.
class FrontDecoder {
public:
    /// Calls `use` for each key that is complete with these bytes. False where they are not what an encoder writes, or
    /// `use` said so.
    bool add(std::string_view bytes, const std::function<bool(std::string_view)>& use);
    /// Nothing of a further key has come.
    [[nodiscard]] bool isAtEndOfKey() const { return m_waiting.empty(); }

private:
    enum class Step { Key, NeedsMore, Bad };
    Step take(std::string_view& bytes);

    std::string m_waiting;    ///< The beginning of a key whose rest is to come.
    std::size_t m_needed = 0; ///< How long that has to become before it is worth a look.
    std::string m_key;
    bool m_isFirst = true;
};

} // namespace keyglass
