// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editsteps.h"

namespace keyglass {

namespace {

std::optional<std::vector<std::string>> cell(const Reply& reply)
{
    const auto bytes = bytesOf(reply);
    return bytes ? std::optional(std::vector{*bytes}) : std::nullopt;
}

/// HSET takes a field's time to live away, where fields have one: it is asked for first and set again in the same
/// transaction, or HSETEX keeps it.
class SetFieldSteps final : public EditSteps {
public:
    SetFieldSteps(const std::string& key, SetHashField action, const EditAbilities& abilities)
        : EditSteps(key)
        , m_action(std::move(action))
        , m_asksExpiry(abilities.hasFieldExpiry)
        , m_hasHsetex(abilities.hasHsetex)
    {
    }

    std::string typeName() const override { return "hash"; }
    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked{{Command{"HGET", key(), m_action.field}}};
        if (m_asksExpiry) {
            asked.push_back(
                {Command{"HPEXPIRETIME", key(), "FIELDS", "1", m_action.field}, EditRead::Weight::Exact, true});
        }
        return asked;
    }
    bool isAsSeen(const Observation& now) const override { return m_action.seen.fits(bytesOf(now.reply(0))); }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        return cell(now.reply(0));
    }
    Status judge(const Observation& now) const override
    {
        if (isExpiryHidden(now) && !m_hasHsetex && !now.reply(0).isNil()) {
            return replyError(now.reply(1).text);
        }
        return ok();
    }
    std::vector<Command> writes(const Observation& now) const override
    {
        const auto& [field, value, seen] = m_action;
        const auto at = fieldExpiry(now);
        const bool mayHaveOne = at || isExpiryHidden(now);
        if (mayHaveOne && m_hasHsetex) {
            return {Command{"HSETEX", key(), "KEEPTTL", "FIELDS", "1", field, value}};
        }
        std::vector<Command> all{Command{"HSET", key(), field, value}};
        if (at) {
            all.push_back(Command{"HPEXPIREAT", key()}.add(*at).add("FIELDS").add("1").add(field));
        }
        return all;
    }
    bool isDone(const Observation&, const Observation& now) const override
    {
        return bytesOf(now.reply(0)) == m_action.value;
    }

private:
    [[nodiscard]] std::optional<std::int64_t> fieldExpiry(const Observation& now) const
    {
        const Reply& answer = now.reply(1);
        const bool isTime =
            answer.elements.size() == 1 && answer.elements.front().integer >= 0 && answer.elements.front().isInteger();
        return isTime ? std::optional(answer.elements.front().integer) : std::nullopt;
    }
    /// The server has fields that expire, and this user may not ask.
    [[nodiscard]] bool isExpiryHidden(const Observation& now) const
    {
        const Reply& answer = now.reply(1);
        return answer.isError() && replyError(answer.text).kind == ErrorKind::Permission;
    }

    const SetHashField m_action;
    const bool m_asksExpiry;
    const bool m_hasHsetex;
};

class DeleteFieldSteps final : public EditSteps {
public:
    DeleteFieldSteps(const std::string& key, DeleteHashField action)
        : EditSteps(key)
        , m_action(std::move(action))
    {
    }

    std::string typeName() const override { return "hash"; }
    std::vector<EditRead> reads() const override { return {{Command{"HGET", key(), m_action.field}}}; }
    bool isAsSeen(const Observation& now) const override
    {
        const auto bytes = bytesOf(now.reply(0));
        return bytes && m_action.seen.fits(bytes);
    }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        return cell(now.reply(0));
    }
    std::vector<Command> writes(const Observation&) const override { return {Command{"HDEL", key(), m_action.field}}; }
    bool isDone(const Observation&, const Observation& now) const override { return now.reply(0).isNil(); }

private:
    const DeleteHashField m_action;
};

} // namespace

std::unique_ptr<EditSteps> hashSteps(const std::string& key, const SetHashField& action, const EditAbilities& abilities)
{
    return std::make_unique<SetFieldSteps>(key, action, abilities);
}

std::unique_ptr<EditSteps> hashSteps(const std::string& key, const DeleteHashField& action)
{
    return std::make_unique<DeleteFieldSteps>(key, action);
}

} // namespace keyglass
