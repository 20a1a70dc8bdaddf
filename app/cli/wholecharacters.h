// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace keyglass::cli {

/// Cuts the slices of a long string anew, so that none divides a character of UTF-8: each can be escaped by itself.
class WholeCharacters {
public:
    /// What is there so far, but for the beginning of a character that the slice breaks off.
    [[nodiscard]] std::string take(std::string_view slice);
    /// What is left at the end: a character that is not finished, or nothing.
    [[nodiscard]] std::string rest();

    /// Whether everything was UTF-8 that was given out. Ask before rest(), which is none.
    [[nodiscard]] bool isText() const { return m_isText; }
    [[nodiscard]] bool isBrokenOff() const { return !m_begun.empty(); }

private:
    std::string m_begun; ///< At most three bytes.
    bool m_isText = true;
};

} // namespace keyglass::cli
