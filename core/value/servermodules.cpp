// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/servermodules.h"

#include "core/value/pagereading.h"

#include <algorithm>

namespace keyglass {

Result<std::vector<ServerModule>> fetchServerModules(Lane& lane, const std::stop_token& stop)
{
    const auto list = callFor(lane, Command{"MODULE", "LIST"}, stop);
    if (!list) {
        return list.error();
    }
    std::vector<ServerModule> modules;
    for (const Reply& fields : list->elements) { // name, its value, ver, its value, and what came later
        ServerModule module;
        for (std::size_t at = 0; at + 1 < fields.elements.size(); at += 2) {
            const Reply& value = fields.elements[at + 1];
            if (fields.elements[at].text == "name") {
                module.name = value.text;
            } else if (fields.elements[at].text == "ver") {
                module.version = value.integer;
            }
        }
        modules.push_back(std::move(module));
    }
    std::ranges::sort(modules, {}, &ServerModule::name);
    return modules;
}

} // namespace keyglass
