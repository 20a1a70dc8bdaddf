// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keyhistory.h"

namespace keyglass::ui {

void KeyHistory::visit(const std::string& key)
{
    if (m_at > 0 && m_keys[m_at - 1] == key) {
        return;
    }
    m_keys.resize(m_at);
    m_keys.push_back(key);
    if (m_keys.size() > kept) {
        m_keys.erase(m_keys.begin());
    }
    m_at = m_keys.size();
}

std::optional<std::string> KeyHistory::back()
{
    if (!canGoBack()) {
        return std::nullopt;
    }
    --m_at;
    return m_keys[m_at - 1];
}

std::optional<std::string> KeyHistory::forward()
{
    if (!canGoForward()) {
        return std::nullopt;
    }
    ++m_at;
    return m_keys[m_at - 1];
}

} // namespace keyglass::ui
