// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace keyglass {

/// The keys of one reply: one block of bytes and where each key starts in it. Moved between threads, never copied.
///
/// A block holds less than 4 GiB, which a lane's cap on replies (64 MB) keeps far away.
class KeyBatch {
public:
    KeyBatch() = default;
    KeyBatch(KeyBatch&&) noexcept = default;
    KeyBatch& operator=(KeyBatch&&) noexcept = default;
    KeyBatch(const KeyBatch&) = delete;
    KeyBatch& operator=(const KeyBatch&) = delete;
    ~KeyBatch() = default;

    [[nodiscard]] std::size_t size() const { return m_ends.size(); }
    [[nodiscard]] bool isEmpty() const { return m_ends.empty(); }
    [[nodiscard]] std::size_t byteCount() const { return m_bytes.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t at) const
    {
        const std::size_t begin = at == 0 ? 0 : m_ends[at - 1];
        return {m_bytes.data() + begin, m_ends[at] - begin};
    }

    void append(std::string_view key)
    {
        m_bytes.insert(m_bytes.end(), key.begin(), key.end());
        m_ends.push_back(static_cast<std::uint32_t>(m_bytes.size()));
    }
    void append(const KeyBatch& others)
    {
        const auto before = static_cast<std::uint32_t>(m_bytes.size());
        m_bytes.insert(m_bytes.end(), others.m_bytes.begin(), others.m_bytes.end());
        for (const std::uint32_t end : others.m_ends) {
            m_ends.push_back(before + end);
        }
    }
    void reserve(std::size_t keys, std::size_t bytes)
    {
        m_ends.reserve(keys);
        m_bytes.reserve(bytes);
    }
    void clear()
    {
        m_bytes.clear();
        m_ends.clear();
    }

private:
    std::vector<char> m_bytes;
    std::vector<std::uint32_t> m_ends;
};

} // namespace keyglass
