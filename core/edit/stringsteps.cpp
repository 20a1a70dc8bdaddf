// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editsteps.h"
#include "core/value/pagereading.h"

#include <algorithm>

namespace keyglass {

namespace {

/// The whole string. Where SET can't keep the time to live (before 6.0), it is set again in the same transaction.
class WholeStringSteps final : public EditSteps {
public:
    WholeStringSteps(const std::string& key, SetString action, bool keepsTtl)
        : EditSteps(key)
        , m_action(std::move(action))
        , m_keepsTtl(keepsTtl)
    {
    }

    std::string typeName() const override { return "string"; }
    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked{{Command{"GET", key()}}};
        if (!m_keepsTtl) {
            asked.push_back({Command{"TIME"}, EditRead::Weight::Aside});
            asked.push_back({Command{"PTTL", key()}, EditRead::Weight::About});
        }
        return asked;
    }
    bool isAsSeen(const Observation& now) const override { return bytesOf(now.reply(0)) == m_action.seen; }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        const auto bytes = bytesOf(now.reply(0));
        return bytes ? std::optional(std::vector{*bytes}) : std::nullopt;
    }
    std::vector<Command> writes(const Observation& now) const override
    {
        if (m_keepsTtl) {
            return {Command{"SET", key(), m_action.value, "KEEPTTL"}};
        }
        std::vector<Command> all{Command{"SET", key(), m_action.value}};
        const Reply& left = now.reply(2);
        const auto asOf = serverTime(now.reply(1));
        if (asOf && left.isInteger() && left.integer >= 0) {
            const auto at = asOf->time_since_epoch().count() + left.integer;
            all.push_back(Command{"PEXPIREAT", key()}.add(at));
        }
        return all;
    }
    bool isDone(const Observation&, const Observation& now) const override
    {
        return bytesOf(now.reply(0)) == m_action.value;
    }

private:
    const SetString m_action;
    const bool m_keepsTtl;
};

class StringRangeSteps final : public EditSteps {
public:
    StringRangeSteps(const std::string& key, SetStringRange action)
        : EditSteps(key)
        , m_action(std::move(action))
        , m_length(std::max(m_action.bytes.size(), m_action.seen.size()))
    {
    }

    std::string typeName() const override { return "string"; }
    std::vector<EditRead> reads() const override
    {
        const auto from = static_cast<std::int64_t>(m_action.offset);
        const auto last = from + static_cast<std::int64_t>(m_length) - 1;
        return {{Command{"GETRANGE", key()}.add(from).add(last)}, {Command{"STRLEN", key()}, EditRead::Weight::Aside}};
    }
    bool isAsSeen(const Observation& now) const override
    {
        const Reply& length = now.reply(1);
        const bool reaches = length.isInteger() && static_cast<std::uint64_t>(length.integer) >= m_action.offset;
        return reaches && (m_length == 0 || bytesOf(now.reply(0)) == m_action.seen);
    }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        const auto bytes = bytesOf(now.reply(0));
        return bytes ? std::optional(std::vector{*bytes}) : std::nullopt;
    }
    std::vector<Command> writes(const Observation&) const override
    {
        return {Command{"SETRANGE", key()}.add(static_cast<std::int64_t>(m_action.offset)).add(m_action.bytes)};
    }
    bool isDone(const Observation&, const Observation& now) const override
    {
        const std::string_view kept =
            std::string_view(m_action.seen).substr(std::min(m_action.bytes.size(), m_action.seen.size()));
        return bytesOf(now.reply(0)) == m_action.bytes + std::string(kept);
    }

private:
    const SetStringRange m_action;
    const std::size_t m_length;
};

} // namespace

std::unique_ptr<EditSteps> stringSteps(const std::string& key, const SetString& action, const EditAbilities& abilities)
{
    return std::make_unique<WholeStringSteps>(key, action, abilities.setKeepsTtl);
}

std::unique_ptr<EditSteps> stringSteps(const std::string& key, const SetStringRange& action)
{
    return std::make_unique<StringRangeSteps>(key, action);
}

} // namespace keyglass
