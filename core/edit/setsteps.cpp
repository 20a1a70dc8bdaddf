// SPDX-License-Identifier: GPL-3.0-or-later
// A member that is replaced goes after the new one has come: a set that loses its last member takes the key and its
// time to live along.
#include "core/edit/editsteps.h"

namespace keyglass {

namespace {

using Element = std::optional<std::vector<std::string>>;

bool isMember(const Reply& reply)
{
    return reply.isInteger() && reply.integer == 1;
}

/// `from` goes and `to` comes; one of them may be nothing.
class MemberSteps final : public EditSteps {
public:
    MemberSteps(const std::string& key, std::optional<std::string> from, std::optional<std::string> to)
        : EditSteps(key)
        , m_from(std::move(from))
        , m_to(std::move(to))
    {
    }
    std::string typeName() const override { return "set"; }
    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked;
        if (m_from) {
            asked.push_back({Command{"SISMEMBER", key(), *m_from}});
        }
        if (m_to) {
            asked.push_back({Command{"SISMEMBER", key(), *m_to}});
        }
        return asked;
    }
    bool isAsSeen(const Observation& now) const override
    {
        return (!m_from || isMember(now.reply(0))) && (!m_to || !isMember(toReply(now)));
    }
    Element element(const Observation& now) const override
    {
        return isMember(now.reply(0)) ? Element(std::vector<std::string>{}) : std::nullopt;
    }
    std::vector<Command> writes(const Observation&) const override
    {
        std::vector<Command> all;
        if (m_to) {
            all.push_back(Command{"SADD", key(), *m_to});
        }
        if (m_from) {
            all.push_back(Command{"SREM", key(), *m_from});
        }
        return all;
    }
    bool isDone(const Observation&, const Observation& now) const override
    {
        const bool isSet = now.typeName == "set" || (!m_to && now.typeName == "none");
        return isSet && (!m_from || !isMember(now.reply(0))) && (!m_to || isMember(toReply(now)));
    }

private:
    [[nodiscard]] const Reply& toReply(const Observation& now) const { return now.reply(m_from ? 1 : 0); }
    const std::optional<std::string> m_from;
    const std::optional<std::string> m_to;
};

/// Scores are compared as the numbers they are: servers write one in more than one way.
bool isScore(const Reply& reply, const std::optional<double>& expected)
{
    const auto text = bytesOf(reply);
    if (!text || !expected) {
        return reply.isNil() && !expected;
    }
    const auto score = parseScore(*text);
    return score && *score == *expected;
}

Element scoreCell(const Reply& reply)
{
    const auto text = bytesOf(reply);
    return text ? Element(std::vector{*text}) : std::nullopt;
}

class ScoreSteps final : public EditSteps {
public:
    ScoreSteps(const std::string& key, SetScore action)
        : EditSteps(key)
        , m_action(std::move(action))
    {
    }
    std::string typeName() const override { return "zset"; }
    std::vector<EditRead> reads() const override { return {{Command{"ZSCORE", key(), m_action.member}}}; }
    bool isAsSeen(const Observation& now) const override { return isScore(now.reply(0), m_action.seen); }
    Element element(const Observation& now) const override { return scoreCell(now.reply(0)); }
    std::vector<Command> writes(const Observation&) const override
    {
        return {Command{"ZADD", key(), scoreText(m_action.score), m_action.member}};
    }
    bool isDone(const Observation&, const Observation& now) const override
    {
        return isScore(now.reply(0), m_action.score);
    }

private:
    const SetScore m_action;
};

/// `from` goes; `to`, where there is one, comes with its score, bit by bit as the server wrote it.
class SortedMemberSteps final : public EditSteps {
public:
    SortedMemberSteps(const std::string& key, std::string from, std::optional<std::string> to, double seen)
        : EditSteps(key)
        , m_from(std::move(from))
        , m_to(std::move(to))
        , m_seen(seen)
    {
    }
    std::string typeName() const override { return "zset"; }
    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked{{Command{"ZSCORE", key(), m_from}}};
        if (m_to) {
            asked.push_back({Command{"ZSCORE", key(), *m_to}});
        }
        return asked;
    }
    bool isAsSeen(const Observation& now) const override
    {
        return isScore(now.reply(0), m_seen) && (!m_to || now.reply(1).isNil());
    }
    Element element(const Observation& now) const override { return scoreCell(now.reply(0)); }
    std::vector<Command> writes(const Observation&) const override
    {
        std::vector<Command> all;
        if (m_to) {
            all.push_back(Command{"ZADD", key(), scoreText(m_seen), *m_to});
        }
        all.push_back(Command{"ZREM", key(), m_from});
        return all;
    }
    bool isDone(const Observation&, const Observation& now) const override
    {
        return now.reply(0).isNil() && (!m_to || isScore(now.reply(1), m_seen));
    }

private:
    const std::string m_from;
    const std::optional<std::string> m_to;
    const double m_seen;
};

} // namespace

std::unique_ptr<EditSteps> setSteps(const std::string& key, const AddSetMember& action)
{
    return std::make_unique<MemberSteps>(key, std::nullopt, action.member);
}

std::unique_ptr<EditSteps> setSteps(const std::string& key, const RemoveSetMember& action)
{
    return std::make_unique<MemberSteps>(key, action.member, std::nullopt);
}

std::unique_ptr<EditSteps> setSteps(const std::string& key, const ReplaceSetMember& action)
{
    return std::make_unique<MemberSteps>(key, action.from, action.to);
}

std::unique_ptr<EditSteps> sortedSetSteps(const std::string& key, const SetScore& action)
{
    return std::make_unique<ScoreSteps>(key, action);
}

std::unique_ptr<EditSteps> sortedSetSteps(const std::string& key, const RenameSortedMember& action)
{
    return std::make_unique<SortedMemberSteps>(key, action.from, action.to, action.seen);
}

std::unique_ptr<EditSteps> sortedSetSteps(const std::string& key, const RemoveSortedMember& action)
{
    return std::make_unique<SortedMemberSteps>(key, action.member, std::nullopt, action.seen);
}

} // namespace keyglass
