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
    EntriesSteps(
        const std::string& key, std::string group, std::vector<std::string> ids, std::vector<PendingEntry> seen)
        : GroupSteps(key, std::move(group))
        , m_ids(std::move(ids))
        , m_seen(std::move(seen))
    {
    }
    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked = GroupSteps::reads();
        for (const PendingEntry& entry : m_seen) {
            asked.push_back({pendingQuestion(entry.id), EditRead::Weight::Aside, true});
        }
        return asked;
    }
    bool isAsSeen(const Observation& now) const override
    {
        return GroupSteps::isAsSeen(now)
            && !taken(std::span(now.replies).subspan(std::min<std::size_t>(1, now.replies.size())));
    }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        auto cells = GroupSteps::element(now);
        const auto other = taken(std::span(now.replies).subspan(std::min<std::size_t>(1, now.replies.size())));
        if (cells && other) {
            addTo(*cells, *other);
        }
        return cells;
    }
    /// What was pending for whom comes in the same transaction, right before it.
    std::vector<Command> writes(const Observation& now) const final
    {
        std::vector<Command> all;
        for (const PendingEntry& entry : m_seen) {
            all.push_back(pendingQuestion(entry.id));
        }
        all.push_back(writing(now));
        return all;
    }
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const final
    {
        if (replies.size() != m_seen.size() + 1) {
            return;
        }
        takeReply(replies.back(), outcome);
        if (const auto other = taken(replies.first(m_seen.size()))) {
            outcome.now.element.emplace(1);
            addTo(*outcome.now.element, *other);
        }
    }
    bool hasChangedNothing(std::span<const Reply> replies) const override
    {
        return replies.size() > m_seen.size() && replies[m_seen.size()].isError();
    }
    std::vector<EditRead> readsAfterLoss(const Observation&) const override
    {
        std::vector<EditRead> asked;
        for (const std::string& id : m_ids) {
            asked.push_back({pendingQuestion(id), EditRead::Weight::Aside, true});
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
    [[nodiscard]] virtual Command writing(const Observation& now) const = 0;
    virtual void takeReply(const Reply& reply, EditOutcome& outcome) const = 0;
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
    [[nodiscard]] Command pendingQuestion(const std::string& id) const
    {
        return Command{"XPENDING", key(), group(), id, id, "1"};
    }
    /// The first that is pending for another than was seen, or once more.
    [[nodiscard]] std::optional<PendingEntry> taken(std::span<const Reply> pending) const
    {
        for (std::size_t at = 0; at < std::min(m_seen.size(), pending.size()); ++at) {
            const auto now = pendingEntriesIn(pending[at]);
            const bool isOther = now.size() == 1
                && (now.front().consumer != m_seen[at].consumer || now.front().deliveries != m_seen[at].deliveries);
            if (isOther) {
                return now.front();
            }
        }
        return std::nullopt;
    }
    static void addTo(std::vector<std::string>& cells, const PendingEntry& entry)
    {
        cells.push_back(entry.id);
        cells.push_back(entry.consumer);
        cells.push_back(std::to_string(entry.deliveries));
    }

    const std::vector<std::string> m_ids;
    const std::vector<PendingEntry> m_seen;
};

class AcknowledgeSteps final : public EntriesSteps {
public:
    AcknowledgeSteps(const std::string& key, const AcknowledgeEntries& action)
        : EntriesSteps(key, action.group, action.ids, action.seen)
    {
    }

private:
    Command writing(const Observation&) const override { return withIds(Command{"XACK", key(), group()}); }
    void takeReply(const Reply& reply, EditOutcome& outcome) const override
    {
        if (reply.isInteger()) {
            count(static_cast<std::uint64_t>(std::max<std::int64_t>(reply.integer, 0)), outcome);
        }
    }
    bool isDoneTo(const Reply& pending) const override { return pending.isArray() && pending.elements.empty(); }
};

class ClaimSteps final : public EntriesSteps {
public:
    ClaimSteps(const std::string& key, ClaimEntries action)
        : EntriesSteps(key, action.group, action.ids, action.seen)
        , m_action(std::move(action))
    {
    }

private:
    Command writing(const Observation&) const override
    {
        Command command{"XCLAIM", key(), group(), m_action.consumer};
        return withIds(command.add(m_action.minIdle.count())).add("JUSTID");
    }
    void takeReply(const Reply& reply, EditOutcome& outcome) const override
    {
        if (reply.isArray()) {
            count(reply.elements.size(), outcome);
        }
    }
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
