// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tablerow.h"

#include "core/source/redis/infotext.h"

namespace keyglass {

bool SeenIds::add(std::string_view id)
{
    const auto number = id.starts_with('0') ? std::nullopt : wholeNumber(id); // "01" is another key than "1"
    bool isNew = false;
    if (number) {
        auto& chunk = m_numbers[*number / perChunk];
        if (!chunk) {
            chunk = std::make_unique<Chunk>();
        }
        isNew = !chunk->test(*number % perChunk);
        chunk->set(*number % perChunk);
    } else {
        isNew = m_others.emplace(id).second;
    }
    m_size += isNew ? 1 : 0;
    return isNew;
}

} // namespace keyglass
