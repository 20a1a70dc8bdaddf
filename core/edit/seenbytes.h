// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace keyglass {

/// One element as it was seen: its bytes, or that there was none, or that nobody looked, so that it is not compared.
struct SeenBytes {
    enum class State { Absent, There, NotLooked, Digest };
    static constexpr std::size_t mostKept = 1024; ///< Of like().
    State state = State::Absent;
    std::string bytes;    ///< Digest: the SHA-256 of them.
    std::size_t size = 0; ///< Digest: how many they were, where that is known.

    [[nodiscard]] static SeenBytes absent() { return {}; }
    [[nodiscard]] static SeenBytes there(std::string content) { return {State::There, std::move(content), 0}; }
    [[nodiscard]] static SeenBytes notLooked() { return {State::NotLooked, {}, 0}; }
    /// The same for what is only compared: of long bytes nothing but their digest is held.
    [[nodiscard]] static SeenBytes like(const std::string& content);
    /// How many bytes were seen.
    [[nodiscard]] std::size_t sizeSeen() const { return state == State::Digest ? size : bytes.size(); }
    /// Whether what is there now (nothing: absent) is what was seen.
    [[nodiscard]] bool fits(const std::optional<std::string>& now) const;
    friend bool operator==(const SeenBytes& a, const SeenBytes& b) { return a.state == b.state && a.bytes == b.bytes; }
};

} // namespace keyglass
