// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/passingname.h"

#include "core/source/redis/slots.h"

#include <QUuid>

#include <vector>

namespace keyglass {

namespace {

/// For each slot a text that has it, so that any key's slot can be had by a hash tag: the key itself may hold braces.
const std::vector<std::string>& tags()
{
    static const std::vector<std::string> all = [] {
        std::vector<std::string> found(slotCount);
        std::size_t missing = slotCount;
        for (std::uint64_t number = 0; missing > 0; ++number) {
            const std::string text = std::to_string(number);
            std::string& tag = found[slotOf(text)];
            if (tag.empty()) {
                tag = text;
                --missing;
            }
        }
        return found;
    }();
    return all;
}

} // namespace

PassingNames::PassingNames(bool isCluster)
    : m_isCluster(isCluster)
    , m_start("keyglass:import:" + QUuid::createUuid().toString(QUuid::Id128).toStdString() + ':')
{
}

std::string PassingNames::nameFor(std::string_view key)
{
    const std::string name = m_start + std::to_string(++m_count);
    return m_isCluster ? name + '{' + tags()[slotOf(key)] + '}' : name;
}

} // namespace keyglass
