// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace keyglass::ui {

/// The keys opened one after the other, to go back and forward through, as a web browser does it.
class KeyHistory {
public:
    /// Opens `key`: what lay ahead is forgotten. The key shown already is not entered again.
    void visit(const std::string& key);
    [[nodiscard]] bool canGoBack() const { return m_at > 1; }
    [[nodiscard]] bool canGoForward() const { return m_at < m_keys.size(); }
    /// The key to show now; nothing at the end.
    [[nodiscard]] std::optional<std::string> back();
    [[nodiscard]] std::optional<std::string> forward();

private:
    static constexpr std::size_t kept = 200;

    std::vector<std::string> m_keys; ///< Oldest first.
    std::size_t m_at = 0;            ///< One behind the key shown.
};

} // namespace keyglass::ui
