// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/replybuilder.h"

namespace keyglass {

void ReplyBuilder::arrayBegins(int depth, std::size_t /*index*/, std::size_t /*size*/)
{
    if (Reply* array = place(depth, 0)) {
        array->type = Reply::Type::Array;
        m_open.push_back(array);
    }
}

void ReplyBuilder::text(Reply::Type type, int depth, std::size_t /*index*/, std::string_view bytes)
{
    if (Reply* reply = place(depth, bytes.size())) {
        reply->type = type;
        reply->text.assign(bytes);
    }
}

void ReplyBuilder::integer(int depth, std::size_t /*index*/, std::int64_t value)
{
    if (Reply* reply = place(depth, 0)) {
        reply->type = Reply::Type::Integer;
        reply->integer = value;
    }
}

void ReplyBuilder::nil(int depth, std::size_t /*index*/)
{
    place(depth, 0);
}

Reply* ReplyBuilder::place(int depth, std::size_t textSize)
{
    const std::size_t cost = sizeof(Reply) + textSize;
    m_isOverCap = m_isOverCap || cost > m_memoryLeft;
    if (m_isOverCap) {
        return nullptr;
    }
    m_memoryLeft -= cost;
    if (depth == 0) {
        return &m_root;
    }
    m_open.resize(static_cast<std::size_t>(depth)); // arrays that ended are left behind
    return &m_open.back()->elements.emplace_back();
}

} // namespace keyglass
