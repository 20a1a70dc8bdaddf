// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/liststretches.h"

#include "core/edit/editsteps.h"

#include <algorithm>

namespace keyglass {

std::vector<ListStretch> joined(const std::vector<ListStretch>& all)
{
    std::vector<ListStretch> together;
    for (const ListStretch& each : all) {
        if (!together.empty() && each.first <= together.back().last + 1) {
            together.back().last = std::max(together.back().last, each.last);
        } else {
            together.push_back(each);
        }
    }
    return together;
}

Command stretchQuestion(const std::string& key, const ListStretch& stretch)
{
    return Command{"LRANGE", key}
        .add(static_cast<std::int64_t>(stretch.first))
        .add(static_cast<std::int64_t>(stretch.last));
}

std::optional<std::string> elementAt(
    const std::vector<ListStretch>& stretches, std::span<const Reply> answers, std::uint64_t index)
{
    const auto stretch = std::ranges::lower_bound(stretches, index, {}, &ListStretch::last);
    const auto which = static_cast<std::size_t>(stretch - stretches.begin());
    if (stretch == stretches.end() || index < stretch->first || which >= answers.size()) {
        return std::nullopt;
    }
    const auto& elements = answers[which].elements;
    const std::uint64_t place = index - stretch->first;
    return place < elements.size() ? bytesOf(elements[place]) : std::nullopt;
}

} // namespace keyglass
