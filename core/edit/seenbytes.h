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
    std::string bytes; ///< Digest: the SHA-256 of them.

    [[nodiscard]] static SeenBytes absent() { return {}; }
    [[nodiscard]] static SeenBytes there(std::string content) { return {State::There, std::move(content)}; }
    [[nodiscard]] static SeenBytes notLooked() { return {State::NotLooked, {}}; }
    /// The same for what is only compared: of long bytes nothing but their digest is held.
    [[nodiscard]] static SeenBytes like(const std::string& content);
    /// Whether what is there now (nothing: absent) is what was seen.
    [[nodiscard]] bool fits(const std::optional<std::string>& now) const;
    friend bool operator==(const SeenBytes&, const SeenBytes&) = default;
};

} // namespace keyglass
