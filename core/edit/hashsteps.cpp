// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editsteps.h"
#include "core/value/pagereading.h"

namespace keyglass {

namespace {

/// The one number in the answer to a question about one field.
std::optional<std::int64_t> numberIn(const Reply& answer)
{
    const bool isOne = answer.elements.size() == 1 && answer.elements.front().isInteger();
    return isOne ? std::optional(answer.elements.front().integer) : std::nullopt;
}

/// When a field ends, in the answer to endQuestion(); nothing where that is not told, or there is no such field.
std::optional<SeenExpiry> endIn(const Reply& answer)
{
    const auto at = numberIn(answer);
    if (!at || *at < -1) {
        return std::nullopt;
    }
    return *at < 0 ? SeenExpiry{} : SeenExpiry{ExpiryTime(Milliseconds{*at})};
}

Command endQuestion(const std::string& key, const std::string& field)
{
    return Command{"HPEXPIRETIME", key, "FIELDS", "1", field};
}

/// What was to end at `end`, is not there, and the server's clock has passed that.
bool hasEnded(const std::optional<ExpiryTime>& end, bool isThere, const Reply& timeReply)
{
    const auto now = serverTime(timeReply);
    return end && !isThere && now && *now >= *end;
}

std::optional<std::vector<std::string>> cell(const Reply& reply)
{
    const auto bytes = bytesOf(reply);
    return bytes ? std::optional(std::vector{*bytes}) : std::nullopt;
}

/// HSET takes a field's time to live away, where fields have one: it is asked for first and set again in the same
/// transaction, or HSETEX keeps it. A field that ends by itself between the look and the writing is told by no WATCH,
/// and would be made anew, without an end: HSETEX has to find it there, and HPEXPIREAT deletes it again.
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
            asked.push_back({endQuestion(key(), m_action.field), EditRead::Weight::Exact, true});
        }
        if (m_action.seenEnd) {
            asked.push_back({Command{"TIME"}, EditRead::Weight::Aside, true});
        }
        return asked;
    }
    bool isAsSeen(const Observation& now) const override { return m_action.seen.fits(bytesOf(now.reply(0))); }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        return cell(now.reply(0));
    }
    bool hasFieldEnded(const Observation& now) const override
    {
        return hasEnded(m_action.seenEnd, now.reply(0).isText(), now.reply(m_asksExpiry ? 2 : 1));
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
        const std::string& field = m_action.field;
        const auto at = fieldExpiry(now);
        if (keepsByHsetex(now)) {
            return {Command{"HSETEX", key(), "FXX", "KEEPTTL", "FIELDS", "1", field, m_action.value}};
        }
        std::vector<Command> all{Command{"HSET", key(), field, m_action.value}};
        if (at) {
            all.push_back(Command{"HPEXPIREAT", key()}.add(*at).add("FIELDS").add("1").add(field));
        }
        return all;
    }
    void takeReplies(const Observation& before, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        constexpr std::int64_t deletedAgain = 2; // HPEXPIREAT's word for a time that is past
        const bool hasEnded = keepsByHsetex(before)
            ? replies.size() == 1 && replies.front().isInteger() && replies.front().integer == 0
            : replies.size() == 2 && numberIn(replies.back()) == deletedAgain;
        if (hasEnded) {
            outcome.status = EditOutcome::Status::Conflict;
            outcome.fieldEnded = true;
        } else {
            outcome.now.fieldEnd = fieldEnd(before); // which was kept
        }
    }
    std::optional<SeenExpiry> fieldEnd(const Observation& now) const override
    {
        return m_asksExpiry ? endIn(now.reply(1)) : std::nullopt;
    }
    bool isFieldEndChanged(const Observation& now) const override
    {
        const bool isKnown = m_action.isEndKnown || m_action.seenEnd;
        const auto end = fieldEnd(now);
        return isKnown && end && end->at != m_action.seenEnd;
    }
    bool isDone(const Observation&, const Observation& now) const override
    {
        return bytesOf(now.reply(0)) == m_action.value;
    }

private:
    /// A field that is there and ends, or may.
    [[nodiscard]] bool keepsByHsetex(const Observation& now) const
    {
        return m_hasHsetex && (fieldExpiry(now) || (isExpiryHidden(now) && now.reply(0).isText()));
    }
    [[nodiscard]] std::optional<std::int64_t> fieldExpiry(const Observation& now) const
    {
        const auto at = m_asksExpiry ? numberIn(now.reply(1)) : std::nullopt;
        return at && *at >= 0 ? at : std::nullopt;
    }
    /// The server has fields that expire, and this user may not ask.
    [[nodiscard]] bool isExpiryHidden(const Observation& now) const
    {
        const Reply& answer = now.reply(1);
        return m_asksExpiry && answer.isError() && replyError(answer.text).kind == ErrorKind::Permission;
    }

    const SetHashField m_action;
    const bool m_asksExpiry;
    const bool m_hasHsetex;
};

/// A field goes as it was seen: with its content, or its length where that is too long to be looked at, and its end.
class DeleteFieldSteps final : public EditSteps {
public:
    DeleteFieldSteps(const std::string& key, DeleteHashField action, bool hasFieldExpiry)
        : EditSteps(key)
        , m_action(std::move(action))
        , m_isLong(m_action.seen.state == SeenBytes::State::NotLooked)
        , m_asksEnd(hasFieldExpiry && m_action.seenEnd)
    {
    }

    std::string typeName() const override { return "hash"; }
    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked{{Command{m_isLong ? "HEXISTS" : "HGET", key(), m_action.field}}};
        if (m_isLong) {
            asked.push_back({Command{"HSTRLEN", key(), m_action.field}});
        }
        if (m_asksEnd) {
            asked.push_back({endQuestion(key(), m_action.field), EditRead::Weight::Exact, true});
            asked.push_back({Command{"TIME"}, EditRead::Weight::Aside, true});
        }
        return asked;
    }
    bool isAsSeen(const Observation& now) const override
    {
        const auto end = fieldEnd(now);
        const bool endsAsSeen = !m_asksEnd || !end || end == m_action.seenEnd;
        return isThere(now) && endsAsSeen && (m_isLong ? isAsLong(now) : m_action.seen.fits(bytesOf(now.reply(0))));
    }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        return !m_isLong ? cell(now.reply(0)) : isThere(now) ? std::optional(std::vector<std::string>{}) : std::nullopt;
    }
    std::optional<SeenExpiry> fieldEnd(const Observation& now) const override { return endIn(endReply(now)); }
    std::optional<std::uint64_t> fieldSize(const Observation& now) const override
    {
        const bool isKnown = m_isLong && isThere(now) && now.reply(1).isInteger();
        return isKnown ? std::optional(static_cast<std::uint64_t>(now.reply(1).integer)) : std::nullopt;
    }
    bool hasFieldEnded(const Observation& now) const override
    {
        return m_asksEnd && hasEnded(m_action.seenEnd->at, isThere(now), now.reply(m_isLong ? 3 : 2));
    }
    std::vector<Command> writes(const Observation&) const override { return {Command{"HDEL", key(), m_action.field}}; }
    bool isDone(const Observation&, const Observation& now) const override
    {
        return m_isLong ? now.reply(0).isInteger() && !isThere(now) : now.reply(0).isNil();
    }

private:
    [[nodiscard]] bool isThere(const Observation& now) const
    {
        return m_isLong ? now.reply(0).isInteger() && now.reply(0).integer == 1 : now.reply(0).isText();
    }
    [[nodiscard]] const Reply& endReply(const Observation& now) const { return now.reply(m_isLong ? 2 : 1); }
    [[nodiscard]] bool isAsLong(const Observation& now) const
    {
        const Reply& size = now.reply(1);
        return !m_action.seenSize
            || (size.isInteger() && static_cast<std::uint64_t>(size.integer) == *m_action.seenSize);
    }

    const DeleteHashField m_action;
    const bool m_isLong;
    const bool m_asksEnd;
};

/// Compared is when the field ends, to the millisecond; nothing else about it.
class FieldExpirySteps final : public EditSteps {
public:
    FieldExpirySteps(const std::string& key, SetFieldExpiry action)
        : EditSteps(key)
        , m_action(std::move(action))
    {
    }

    std::string typeName() const override { return "hash"; }
    std::vector<EditRead> reads() const override
    {
        return {{endQuestion(key(), m_action.field)}, {Command{"TIME"}, EditRead::Weight::Aside, true}};
    }
    bool isAsSeen(const Observation& now) const override
    {
        return isThere(now) && (!m_action.seen || m_action.seen == fieldEnd(now));
    }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        return isThere(now) ? std::optional(std::vector<std::string>{}) : std::nullopt;
    }
    std::optional<SeenExpiry> fieldEnd(const Observation& now) const override { return endIn(now.reply(0)); }
    bool hasFieldEnded(const Observation& now) const override
    {
        return hasEnded(m_action.seen ? m_action.seen->at : std::nullopt, isThere(now), now.reply(1));
    }
    Status judge(const Observation& now) const override
    {
        return m_action.expiry ? checkNotPast(*m_action.expiry, now.reply(1)) : ok();
    }
    std::vector<Command> writes(const Observation&) const override
    {
        return {writing().add("FIELDS").add("1").add(m_action.field)};
    }
    /// The field may end between the look and the writing without any command that WATCH would notice.
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        const auto answer = replies.empty() ? std::nullopt : numberIn(replies.front());
        if (answer == noField) {
            outcome.status = EditOutcome::Status::Conflict;
            outcome.fieldEnded = m_action.seen && m_action.seen->at;
        }
    }
    bool isDone(const Observation& before, const Observation& now) const override
    {
        const auto end = fieldEnd(now);
        if (!end || !m_action.expiry || !end->at) {
            return end && !m_action.expiry && !end->at;
        }
        if (const auto* at = std::get_if<ExpiryTime>(&*m_action.expiry)) {
            return end->at == *at;
        }
        const auto duration = std::get<Milliseconds>(*m_action.expiry);
        const auto from = serverTime(before.reply(1)).value_or(before.asOf);
        const auto to = serverTime(now.reply(1)).value_or(now.asOf);
        return *end->at >= from + duration && *end->at <= to + duration;
    }

private:
    static constexpr std::int64_t noField = -2;

    [[nodiscard]] bool isThere(const Observation& now) const { return fieldEnd(now).has_value(); }
    [[nodiscard]] Command writing() const
    {
        if (!m_action.expiry) {
            return Command{"HPERSIST", key()};
        }
        const auto* at = std::get_if<ExpiryTime>(&*m_action.expiry);
        return at ? Command{"HPEXPIREAT", key()}.add(at->time_since_epoch().count())
                  : Command{"HPEXPIRE", key()}.add(std::get<Milliseconds>(*m_action.expiry).count());
    }

    const SetFieldExpiry m_action;
};

} // namespace

std::unique_ptr<EditSteps> hashSteps(const std::string& key, const SetHashField& action, const EditAbilities& abilities)
{
    return std::make_unique<SetFieldSteps>(key, action, abilities);
}

std::unique_ptr<EditSteps> hashSteps(
    const std::string& key, const DeleteHashField& action, const EditAbilities& abilities)
{
    return std::make_unique<DeleteFieldSteps>(key, action, abilities.hasFieldExpiry);
}

std::unique_ptr<EditSteps> fieldExpirySteps(const std::string& key, const SetFieldExpiry& action)
{
    return std::make_unique<FieldExpirySteps>(key, action);
}

} // namespace keyglass
