// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/reply.h"

#include <cstddef>
#include <vector>

namespace keyglass {

/// Makes a tree of what a reply is taken apart into.
///
/// An element of the tree takes many times the bytes it has on the wire: from `memoryCap` bytes on nothing more is
/// kept, and isOverCap() tells.
class ReplyBuilder : public ReplySink {
public:
    explicit ReplyBuilder(std::size_t memoryCap)
        : m_memoryLeft(memoryCap)
    {
    }

    void arrayBegins(int depth, std::size_t index, std::size_t size) override;
    void text(Reply::Type type, int depth, std::size_t index, std::string_view bytes) override;
    void integer(int depth, std::size_t index, std::int64_t value) override;
    void nil(int depth, std::size_t index) override;

    [[nodiscard]] bool isOverCap() const { return m_isOverCap; }
    [[nodiscard]] Reply take() { return std::move(m_root); }

private:
    /// The place for the next element at `depth`; null when over the cap.
    Reply* place(int depth, std::size_t textSize);

    Reply m_root;
    std::vector<Reply*> m_open; ///< the arrays being filled, the reply itself first; each the last of the one before
    std::size_t m_memoryLeft;
    bool m_isOverCap = false;
};

} // namespace keyglass
