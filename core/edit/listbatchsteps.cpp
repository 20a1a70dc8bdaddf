// SPDX-License-Identifier: GPL-3.0-or-later
// Several elements of a list in one transaction. All that was seen, the elements and their neighbours, is read in as
// few stretches as it makes up, and compared before anything is written; what goes becomes one random mark, which LREM
// looks for in the end, so that no deletion moves an element that is still to come.
#include "core/edit/editsteps.h"
#include "core/edit/liststretches.h"

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

using State = SeenBytes::State;

using Stretch = ListStretch;

/// What has to be looked at.
std::vector<Stretch> stretchesOf(const std::vector<ChangeListElements::Change>& changes)
{
    std::vector<Stretch> all;
    for (const auto& [seen, value] : changes) {
        const bool hasBefore = seen.before.state != State::NotLooked && seen.index > 0;
        const bool hasAfter = seen.after.state != State::NotLooked;
        all.push_back({seen.index - (hasBefore ? 1 : 0), seen.index + (hasAfter ? 1 : 0)});
    }
    return joined(all);
}

std::int64_t signedOf(std::uint64_t number)
{
    return static_cast<std::int64_t>(number);
}

class ChangeElementsSteps final : public EditSteps {
public:
    ChangeElementsSteps(const std::string& key, ChangeListElements action)
        : EditSteps(key)
        , m_changes(std::move(action.changes))
        , m_stretches(stretchesOf(m_changes))
        , m_deletions(static_cast<std::size_t>(
              std::ranges::count_if(m_changes, [](const auto& change) { return !change.value; })))
    {
    }

    std::string typeName() const override { return "list"; }
    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked{{Command{"LLEN", key()}, EditRead::Weight::Aside}};
        for (const Stretch& stretch : m_stretches) {
            asked.push_back({stretchQuestion(key(), stretch)});
        }
        return asked;
    }
    bool isAsSeen(const Observation& now) const override { return !unlikeIndex(now); }
    std::optional<std::uint64_t> unlikeIndex(const Observation& now) const override
    {
        const auto found = std::ranges::find_if(m_changes, [&](const auto& change) { return !fits(change.seen, now); });
        return found == m_changes.end() ? std::nullopt : std::optional(found->seen.index);
    }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        const auto index = unlikeIndex(now);
        const auto bytes = index ? at(now, *index) : std::nullopt;
        return bytes ? std::optional(std::vector{*bytes}) : std::nullopt;
    }
    std::vector<Command> writes(const Observation& now) const override
    {
        std::vector<Command> all;
        for (const auto& [seen, value] : m_changes) {
            all.push_back(Command{"LSET", key()}.add(signedOf(seen.index)).add(value ? *value : m_mark));
        }
        if (m_deletions > 0) {
            const bool isNearerEnd = signedOf(m_changes.front().seen.index) > lengthIn(now) / 2;
            const std::int64_t most = signedOf(m_deletions);
            all.push_back(Command{"LREM", key()}.add(isNearerEnd ? -most : most).add(m_mark));
        }
        return all;
    }

    /// The same once more, for what was not done; then the stretches where they are if it was.
    std::vector<EditRead> readsAfterLoss(const Observation& before) const override
    {
        std::vector<EditRead> asked = reads();
        for (const Stretch& stretch : m_stretches) {
            const auto made = becomes(stretch, before);
            const std::int64_t first = signedOf(stretch.first - deletionsBefore(stretch.first));
            asked.push_back({rangeOf(first, first + std::max<std::int64_t>(signedOf(made.size()), 1) - 1)});
        }
        return asked;
    }
    bool isDone(const Observation& before, const Observation& now) const override
    {
        if (lengthIn(now) != lengthIn(before) - signedOf(m_deletions)) {
            return false;
        }
        for (std::size_t which = 0; which < m_stretches.size(); ++which) {
            const auto made = becomes(m_stretches[which], before);
            const auto& elements = now.reply(1 + m_stretches.size() + which).elements;
            const bool isMade = elements.size() >= made.size()
                && std::equal(made.begin(), made.end(), elements.begin(),
                    [](const std::string& bytes, const Reply& element) { return bytesOf(element) == bytes; });
            if (!isMade) {
                return false;
            }
        }
        return true;
    }
    bool isUntouched(const Observation& before, const Observation& now) const override
    {
        if (before.typeName != now.typeName) {
            return false;
        }
        for (std::size_t which = 0; which <= m_stretches.size(); ++which) {
            if (!isSame(before.reply(which), now.reply(which))) {
                return false;
            }
        }
        return true;
    }

private:
    [[nodiscard]] Command rangeOf(std::int64_t first, std::int64_t last) const
    {
        return Command{"LRANGE", key()}.add(first).add(last);
    }
    [[nodiscard]] static std::int64_t lengthIn(const Observation& now)
    {
        return now.reply(0).isInteger() ? now.reply(0).integer : 0;
    }
    [[nodiscard]] bool fits(const SeenListPlace& seen, const Observation& now) const
    {
        const bool isBeforeThere = seen.index == 0 || seen.before.fits(at(now, seen.index - 1));
        return at(now, seen.index) == seen.element && isBeforeThere && seen.after.fits(at(now, seen.index + 1));
    }
    /// What stands there, as far as it was read.
    [[nodiscard]] std::optional<std::string> at(const Observation& now, std::uint64_t index) const
    {
        const std::span<const Reply> all(now.replies);
        return elementAt(m_stretches, all.subspan(std::min<std::size_t>(1, all.size())), index);
    }
    [[nodiscard]] std::uint64_t deletionsBefore(std::uint64_t index) const
    {
        return static_cast<std::uint64_t>(std::ranges::count_if(
            m_changes, [&](const auto& change) { return !change.value && change.seen.index < index; }));
    }
    /// What a stretch holds once the changes are made.
    [[nodiscard]] std::vector<std::string> becomes(const Stretch& stretch, const Observation& before) const
    {
        std::vector<std::string> made;
        auto change =
            std::ranges::lower_bound(m_changes, stretch.first, {}, [](const auto& each) { return each.seen.index; });
        for (std::uint64_t index = stretch.first; index <= stretch.last; ++index) {
            const bool isChanged = change != m_changes.end() && change->seen.index == index;
            auto bytes = isChanged ? change->value : at(before, index);
            if (bytes) {
                made.push_back(*std::move(bytes));
            }
            change += isChanged ? 1 : 0;
        }
        return made;
    }

    const std::vector<ChangeListElements::Change> m_changes;
    const std::vector<Stretch> m_stretches; ///< By ascending index, with something between each two of them.
    const std::size_t m_deletions;
    const std::string m_mark = randomMark();
};

} // namespace

std::unique_ptr<EditSteps> listSteps(const std::string& key, const ChangeListElements& action)
{
    return std::make_unique<ChangeElementsSteps>(key, action);
}

} // namespace keyglass
