// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/givennames.h"

#include <functional>

namespace keyglass {

bool GivenNames::claim(const std::string& name, std::string_view key)
{
    const std::uint64_t owner = std::hash<std::string_view>()(key);
    const std::lock_guard lock(m_mutex);
    return m_owners.try_emplace(name, owner).first->second == owner;
}

void GivenNames::giveBack(const std::string& name, std::string_view key)
{
    const std::uint64_t owner = std::hash<std::string_view>()(key);
    const std::lock_guard lock(m_mutex);
    const auto found = m_owners.find(name);
    if (found != m_owners.end() && found->second == owner) {
        m_owners.erase(found);
    }
}

} // namespace keyglass
