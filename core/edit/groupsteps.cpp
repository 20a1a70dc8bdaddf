// SPDX-License-Identifier: GPL-3.0-or-later
// Each of these is one command that is whole by itself, and streams are written to all the time: nothing is watched but
// where what was seen of a group is compared.
#include "core/edit/groupsteps.h"

#include "core/value/streamgroups.h"

#include <algorithm>
#include <type_traits>

namespace keyglass {

namespace {

std::optional<StreamGroup> groupIn(const Reply& reply, const std::string& name)
{
    const auto groups = streamGroupsIn(reply);
    const auto found = std::ranges::find(groups, name, &StreamGroup::name);
    return found == groups.end() ? std::nullopt : std::optional(*found);
}

/// What all of them look at: the group.
class GroupSteps : public EditSteps {
public:
    GroupSteps(const std::string& key, std::string group)
        : EditSteps(key)
        , m_group(std::move(group))
    {
    }
    std::vector<std::string> watched() const override { return {}; }
    std::string typeName() const override { return "stream"; }
    std::vector<EditRead> reads() const override
    {
        return {{Command{"XINFO", "GROUPS", key()}, EditRead::Weight::Aside}};
    }
    bool isAsSeen(const Observation& now) const override { return groupNow(now).has_value(); }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        const auto found = groupNow(now);
        return found ? std::optional(std::vector{found->lastDelivered}) : std::nullopt;
    }

protected:
    [[nodiscard]] const std::string& group() const { return m_group; }
    [[nodiscard]] std::optional<StreamGroup> groupNow(const Observation& now) const
    {
        return groupIn(now.reply(0), m_group);
    }

private:
    const std::string m_group;
};

class CreateGroupSteps final : public GroupSteps {
public:
    CreateGroupSteps(const std::string& key, const CreateGroup& action)
        : GroupSteps(key, action.group)
        , m_from(action.from)
    {
    }
    bool isAsSeen(const Observation& now) const override { return !groupNow(now); }
    std::vector<Command> writes(const Observation&) const override
    {
        return {Command{"XGROUP", "CREATE", key(), group(), m_from}};
    }
    bool isDone(const Observation&, const Observation& now) const override { return groupNow(now).has_value(); }
    bool isUntouched(const Observation&, const Observation& now) const override { return !groupNow(now); }

private:
    const std::string m_from;
};

class DestroyGroupSteps final : public GroupSteps {
public:
    DestroyGroupSteps(const std::string& key, const DestroyGroup& action)
        : GroupSteps(key, action.group)
    {
    }
    std::vector<Command> writes(const Observation&) const override
    {
        return {Command{"XGROUP", "DESTROY", key(), group()}};
    }
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        if (!replies.empty() && replies.front().isInteger() && replies.front().integer == 0) {
            outcome.status = EditOutcome::Status::Conflict; // another was there between the look and this
        }
    }
    bool isDone(const Observation&, const Observation& now) const override { return !groupNow(now); }
    bool isUntouched(const Observation&, const Observation& now) const override { return groupNow(now).has_value(); }
};

class MoveGroupSteps final : public GroupSteps {
public:
    MoveGroupSteps(const std::string& key, MoveGroup action)
        : GroupSteps(key, action.group)
        , m_action(std::move(action))
    {
    }
    bool isAsSeen(const Observation& now) const override
    {
        const auto found = groupNow(now);
        return found && (!m_action.seen || *m_action.seen == found->lastDelivered);
    }
    std::vector<Command> writes(const Observation&) const override
    {
        return {Command{"XGROUP", "SETID", key(), group(), m_action.id}};
    }
    bool isDone(const Observation& before, const Observation& now) const override
    {
        return !isUntouched(before, now) && groupNow(now);
    }
    bool isUntouched(const Observation& before, const Observation& now) const override
    {
        const auto was = groupNow(before);
        const auto is = groupNow(now);
        return was && is && was->lastDelivered == is->lastDelivered;
    }

private:
    const MoveGroup m_action;
};

/// What is done to certain entries: after a lost line each of them tells whether it was.
class EntriesSteps : public GroupSteps {
public:
    EntriesSteps(const std::string& key, std::string group, std::vector<std::string> ids)
        : GroupSteps(key, std::move(group))
        , m_ids(std::move(ids))
    {
    }
    std::vector<EditRead> readsAfterLoss(const Observation&) const override
    {
        std::vector<EditRead> asked;
        for (const std::string& id : m_ids) {
            asked.push_back({Command{"XPENDING", key(), group(), id, id, "1"}, EditRead::Weight::Aside, true});
        }
        return asked;
    }
    bool isDone(const Observation&, const Observation& now) const override
    {
        return std::ranges::all_of(now.replies, [this](const Reply& reply) { return isDoneTo(reply); });
    }
    bool isUntouched(const Observation&, const Observation& now) const override
    {
        return std::ranges::none_of(now.replies, [this](const Reply& reply) { return isDoneTo(reply); });
    }

protected:
    [[nodiscard]] const std::vector<std::string>& ids() const { return m_ids; }
    /// `pending`: XPENDING of one entry.
    [[nodiscard]] virtual bool isDoneTo(const Reply& pending) const = 0;
    [[nodiscard]] Command withIds(Command command) const
    {
        for (const std::string& id : m_ids) {
            command.add(id);
        }
        return command;
    }
    static void count(std::uint64_t entries, EditOutcome& outcome)
    {
        outcome.count = entries;
        if (entries == 0) {
            outcome.status = EditOutcome::Status::Conflict;
        }
    }

private:
    const std::vector<std::string> m_ids;
};

class AcknowledgeSteps final : public EntriesSteps {
public:
    AcknowledgeSteps(const std::string& key, const AcknowledgeEntries& action)
        : EntriesSteps(key, action.group, action.ids)
    {
    }
    std::vector<Command> writes(const Observation&) const override
    {
        return {withIds(Command{"XACK", key(), group()})};
    }
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        if (!replies.empty() && replies.front().isInteger()) {
            count(static_cast<std::uint64_t>(std::max<std::int64_t>(replies.front().integer, 0)), outcome);
        }
    }

private:
    bool isDoneTo(const Reply& pending) const override { return pending.isArray() && pending.elements.empty(); }
};

class ClaimSteps final : public EntriesSteps {
public:
    ClaimSteps(const std::string& key, ClaimEntries action)
        : EntriesSteps(key, action.group, action.ids)
        , m_action(std::move(action))
    {
    }
    std::vector<Command> writes(const Observation&) const override
    {
        Command command{"XCLAIM", key(), group(), m_action.consumer};
        return {withIds(command.add(m_action.minIdle.count())).add("JUSTID")};
    }
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        if (!replies.empty() && replies.front().isArray()) {
            count(replies.front().elements.size(), outcome);
        }
    }

private:
    bool isDoneTo(const Reply& pending) const override
    {
        const auto entries = pendingEntriesIn(pending);
        return entries.size() == 1 && entries.front().consumer == m_action.consumer;
    }
    const ClaimEntries m_action;
};

class ClaimIdleSteps final : public GroupSteps {
public:
    ClaimIdleSteps(const std::string& key, ClaimIdleEntries action)
        : GroupSteps(key, action.group)
        , m_action(std::move(action))
    {
    }
    std::vector<Command> writes(const Observation&) const override
    {
        Command command{"XAUTOCLAIM", key(), group(), m_action.consumer};
        command.add(m_action.minIdle.count()).add("0-0").add("COUNT").add(static_cast<std::int64_t>(m_action.most));
        return {command.add("JUSTID")};
    }
    /// [where to go on, [ID, …], [ID of what is not in the stream any more, …]]; the last came with 7.0.
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        if (replies.empty() || replies.front().elements.size() < 2) {
            return;
        }
        const auto& parts = replies.front().elements;
        outcome.count = parts[1].elements.size();
        outcome.isThereMore = parts[0].text != "0-0";
        if (outcome.count == std::uint64_t{0}) {
            outcome.status = EditOutcome::Status::Conflict;
        }
    }
    /// Which entries it would have been is not known.
    bool isDone(const Observation&, const Observation&) const override { return false; }
    bool isUntouched(const Observation&, const Observation&) const override { return false; }

private:
    const ClaimIdleEntries m_action;
};

} // namespace

std::unique_ptr<EditSteps> groupSteps(const std::string& key, const CreateGroup& action)
{
    return std::make_unique<CreateGroupSteps>(key, action);
}

std::unique_ptr<EditSteps> groupSteps(const std::string& key, const DestroyGroup& action)
{
    return std::make_unique<DestroyGroupSteps>(key, action);
}

std::unique_ptr<EditSteps> groupSteps(const std::string& key, const MoveGroup& action)
{
    return std::make_unique<MoveGroupSteps>(key, action);
}

std::unique_ptr<EditSteps> groupSteps(const std::string& key, const AcknowledgeEntries& action)
{
    return std::make_unique<AcknowledgeSteps>(key, action);
}

std::unique_ptr<EditSteps> groupSteps(const std::string& key, const ClaimEntries& action)
{
    return std::make_unique<ClaimSteps>(key, action);
}

std::unique_ptr<EditSteps> groupSteps(const std::string& key, const ClaimIdleEntries& action)
{
    return std::make_unique<ClaimIdleSteps>(key, action);
}

} // namespace keyglass
