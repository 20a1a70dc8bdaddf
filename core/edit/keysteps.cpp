// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to a key as a whole.
#include "core/base/valuedigest.h"
#include "core/edit/editsteps.h"
#include "core/value/keydetails.h"
#include "core/value/pagereading.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace keyglass {

namespace {

/// The same value, however the server keeps it by now.
bool isSameDump(const std::string& seen, const Reply& now)
{
    return now.text == seen || (now.isText() && isSameValue(now.text, seen));
}

class RenameSteps final : public EditSteps {
public:
    RenameSteps(const KeyEdit& edit, RenameKey action)
        : EditSteps(edit.key)
        , m_seenType(edit.seenType)
        , m_seenDump(edit.seenDump)
        , m_action(std::move(action))
    {
    }
    std::vector<std::string> watched() const override { return {key(), m_action.to}; }
    std::string typeName() const override { return m_seenType; }
    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked{{Command{"TYPE", m_action.to}}};
        if (m_seenDump) {
            asked.push_back({Command{"DUMP", m_action.to}});
        }
        return asked;
    }
    bool isAsSeen(const Observation& now) const override
    {
        return !hasTarget(now) || (m_action.overwrite && (!m_seenDump || isSameDump(*m_seenDump, now.reply(1))));
    }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        return hasTarget(now) ? std::optional(std::vector{now.reply(0).text}) : std::nullopt;
    }
    std::vector<Command> writes(const Observation&) const override
    {
        return {Command{m_action.overwrite ? "RENAME" : "RENAMENX", key(), m_action.to}};
    }
    const std::string& resultKey() const override { return m_action.to; }
    bool isDone(const Observation&, const Observation& now) const override
    {
        return now.typeName == "none" && hasTarget(now);
    }

private:
    [[nodiscard]] static bool hasTarget(const Observation& now)
    {
        return now.reply(0).isText() && now.reply(0).text != "none";
    }
    const std::string m_seenType;
    const std::optional<std::string> m_seenDump;
    const RenameKey m_action;
};

class DeleteSteps final : public EditSteps {
public:
    DeleteSteps(const KeyEdit& edit, bool hasUnlink)
        : EditSteps(edit.key)
        , m_seenType(edit.seenType)
        , m_seenDump(edit.seenDump)
        , m_seenLength(edit.seenLength)
        , m_seenContent(edit.seenContent)
        , m_seenExpiry(edit.seenExpiry)
        , m_hasUnlink(hasUnlink)
    {
    }
    std::string typeName() const override { return m_seenType; }
    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked;
        if (m_seenDump) {
            asked.push_back({Command{"DUMP", key()}});
        }
        if (comparesLength()) {
            asked.push_back({Command{lengthCommandName(type()), key()}, EditRead::Weight::Exact, true});
        }
        if (m_seenContent) {
            std::ranges::move(contentReads(key(), *m_seenContent), std::back_inserter(asked));
        }
        return asked;
    }
    bool isOtherContent(const Observation& now) const override
    {
        const std::size_t before = (m_seenDump ? 1U : 0U) + (comparesLength() ? 1U : 0U);
        const bool isLooked = m_seenContent && now.replies.size() > before;
        return isLooked && !isContentStill(*m_seenContent, std::span(now.replies).subspan(before));
    }
    bool isAsSeen(const Observation& now) const override
    {
        const auto lengthNow = keyLength(now);
        return (!m_seenDump || isSameDump(*m_seenDump, now.reply(0))) && (!lengthNow || lengthNow == m_seenLength)
            && !isExpiryChanged(m_seenExpiry, now) && !isOtherContent(now);
    }
    /// Nothing also where this user may not ask.
    std::optional<std::uint64_t> keyLength(const Observation& now) const override
    {
        const Reply& answer = now.reply(m_seenDump ? 1 : 0);
        return comparesLength() && answer.isInteger() ? std::optional(static_cast<std::uint64_t>(answer.integer))
                                                      : std::nullopt;
    }
    std::vector<Command> writes(const Observation&) const override
    {
        return {Command{m_hasUnlink ? "UNLINK" : "DEL", key()}};
    }
    bool isDone(const Observation&, const Observation& now) const override { return now.typeName == "none"; }

private:
    [[nodiscard]] KeyType type() const { return keyTypeFromName(m_seenType); }
    [[nodiscard]] bool comparesLength() const
    {
        return m_seenLength && !m_seenType.empty() && !lengthCommandName(type()).empty();
    }

    const std::string m_seenType;
    const std::optional<std::string> m_seenDump;
    const std::optional<std::uint64_t> m_seenLength;
    const std::optional<SeenContent> m_seenContent;
    const std::optional<SeenExpiry> m_seenExpiry;
    const bool m_hasUnlink;
};

class ExpirySteps final : public EditSteps {
public:
    ExpirySteps(const KeyEdit& edit, std::optional<NewExpiry> to, bool hasExpireTime)
        : EditSteps(edit.key)
        , m_seenType(edit.seenType)
        , m_seen(edit.seenExpiry)
        , m_to(to)
        , m_hasExpireTime(hasExpireTime)
    {
    }
    std::string typeName() const override { return m_seenType; }
    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked;
        if (m_hasExpireTime) {
            asked.push_back({Command{"PEXPIRETIME", key()}});
        } else {
            asked.push_back({Command{"PTTL", key()}, EditRead::Weight::About});
        }
        asked.push_back({Command{"TIME"}, EditRead::Weight::Aside, true});
        return asked;
    }
    bool isAsSeen(const Observation& now) const override { return !isExpiryChanged(m_seen, now); }
    Status judge(const Observation& now) const override { return m_to ? checkNotPast(*m_to, now.reply(1)) : ok(); }
    std::vector<Command> writes(const Observation&) const override
    {
        return {m_to ? expiryCommand(key(), *m_to) : Command{"PERSIST", key()}};
    }
    bool isDone(const Observation& before, const Observation& now) const override
    {
        if (!m_to || !now.ttl) {
            return !m_to && !now.ttl && now.typeName != "none";
        }
        const auto left = *now.ttl;
        if (const auto* duration = std::get_if<Milliseconds>(&*m_to)) {
            return left <= *duration + expiryTolerance
                && left + (now.asOf - before.asOf) + expiryTolerance >= *duration;
        }
        const auto time = serverTime(now.reply(1)).value_or(now.asOf);
        const auto off = std::get<ExpiryTime>(*m_to) - (time + left);
        return off < expiryTolerance && -off < expiryTolerance;
    }
    bool isUntouched(const Observation& before, const Observation& now) const override
    {
        return before.typeName == now.typeName && !isExpiryChanged(SeenExpiry{before.expiresAt()}, now);
    }

private:
    const std::string m_seenType;
    const std::optional<SeenExpiry> m_seen;
    const std::optional<NewExpiry> m_to;
    const bool m_hasExpireTime;
};

/// How a new value is written, and what its length is then.
struct Making {
    const std::string& key;

    Command operator()(const NewString& value) const { return Command{"SET", key, value.value}; }
    Command operator()(const NewHash& value) const { return pairs(Command{"HSET", key}, value.fields); }
    Command operator()(const NewList& value) const { return all(Command{"RPUSH", key}, value.elements); }
    Command operator()(const NewSet& value) const { return all(Command{"SADD", key}, value.members); }
    Command operator()(const NewStream& value) const { return pairs(Command{"XADD", key, value.id}, value.fields); }
    Command operator()(const NewJson& value) const { return Command{"JSON.SET", key, "$", value.json}; }
    Command operator()(const NewFromDump& value) const { return Command{"RESTORE", key, "0", value.dump}; }
    Command operator()(const NewSortedSet& value) const
    {
        Command command{"ZADD", key};
        for (const auto& [member, score] : value.members) {
            command.add(scoreText(score)).add(member);
        }
        return command;
    }

    static Command all(Command command, const std::vector<std::string>& texts)
    {
        for (const std::string& text : texts) {
            command.add(text);
        }
        return command;
    }
    static Command pairs(Command command, const FieldValues& fields)
    {
        for (const auto& [field, value] : fields) {
            command.add(field).add(value);
        }
        return command;
    }
};

struct MadeLength {
    template <typename Pairs> static std::size_t names(const Pairs& pairs)
    {
        std::set<std::string_view> all;
        for (const auto& each : pairs) {
            all.insert(each.first);
        }
        return all.size();
    }
    std::size_t operator()(const NewString& value) const { return value.value.size(); }
    std::size_t operator()(const NewHash& value) const { return names(value.fields); }
    std::size_t operator()(const NewList& value) const { return value.elements.size(); }
    std::size_t operator()(const NewSet& value) const
    {
        return std::set<std::string_view>(value.members.begin(), value.members.end()).size();
    }
    std::size_t operator()(const NewSortedSet& value) const { return names(value.members); }
    std::size_t operator()(const NewStream&) const { return 1; }
    std::size_t operator()(const NewJson&) const { return 0; }     // has none
    std::size_t operator()(const NewFromDump&) const { return 0; } // not known
};

constexpr KeyType madeTypes[] = {KeyType::String, KeyType::Hash, KeyType::List, KeyType::Set, KeyType::SortedSet,
    KeyType::Stream, KeyType::Json, KeyType::Other};

class CreateSteps final : public EditSteps {
public:
    CreateSteps(const std::string& key, CreateKey action)
        : EditSteps(key)
        , m_action(std::move(action))
    {
    }
    std::string typeName() const override { return "none"; }
    std::vector<EditRead> reads() const override { return {{Command{"TIME"}, EditRead::Weight::Aside, true}}; }
    Status judge(const Observation& now) const override
    {
        return m_action.expiry ? checkNotPast(*m_action.expiry, now.reply(0)) : ok();
    }
    std::vector<Command> writes(const Observation&) const override
    {
        std::vector<Command> all{std::visit(Making{key()}, m_action.value)};
        if (m_action.expiry) {
            all.push_back(expiryCommand(key(), *m_action.expiry));
        }
        return all;
    }
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        if (std::holds_alternative<NewStream>(m_action.value) && !replies.empty()) {
            outcome.newId = replies.front().text;
        }
    }
    std::vector<EditRead> readsAfterLoss(const Observation&) const override
    {
        if (lengthCommandName(type()).empty()) {
            return {};
        }
        return {{Command{lengthCommandName(type()), key()}, EditRead::Weight::Aside, true}};
    }
    /// Of the right type, length (where it has one) and kind of end: another's new key could hardly be.
    bool isDone(const Observation&, const Observation& now) const override
    {
        const auto length = static_cast<std::int64_t>(std::visit(MadeLength{}, m_action.value));
        const Reply& answer = now.reply(0);
        const bool hasLength = !lengthCommandName(type()).empty();
        const bool isAsLong = !hasLength || (answer.isInteger() && answer.integer == length);
        const bool isOfType =
            type() == KeyType::Other ? now.typeName != "none" : keyTypeFromName(now.typeName) == type();
        return isAsLong && isOfType && now.ttl.has_value() == m_action.expiry.has_value();
    }
    bool isUntouched(const Observation&, const Observation& now) const override { return now.typeName == "none"; }

private:
    [[nodiscard]] KeyType type() const { return madeTypes[m_action.value.index()]; }
    const CreateKey m_action;
};

} // namespace

std::unique_ptr<EditSteps> renameSteps(const KeyEdit& edit, const RenameKey& action)
{
    return std::make_unique<RenameSteps>(edit, action);
}

std::unique_ptr<EditSteps> deleteSteps(const KeyEdit& edit, const EditAbilities& abilities)
{
    return std::make_unique<DeleteSteps>(edit, abilities.hasUnlink);
}

std::unique_ptr<EditSteps> expirySteps(const KeyEdit& edit, std::optional<NewExpiry> to, const EditAbilities& abilities)
{
    return std::make_unique<ExpirySteps>(edit, to, abilities.hasExpireTime);
}

std::unique_ptr<EditSteps> createSteps(const std::string& key, const CreateKey& action)
{
    return std::make_unique<CreateSteps>(key, action);
}

} // namespace keyglass
