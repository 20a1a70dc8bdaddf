// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editsteps.h"
#include "core/value/pagereading.h"

#include <QCoreApplication>

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

/// All that stands behind the place is read, and written again behind what is inserted: SETRANGE alone, which keeps the
/// time to live.
class InsertBytesSteps final : public EditSteps {
public:
    InsertBytesSteps(const std::string& key, InsertBytes action)
        : EditSteps(key)
        , m_action(std::move(action))
    {
    }

    std::string typeName() const override { return "string"; }
    std::vector<EditRead> reads() const override
    {
        const auto from = static_cast<std::int64_t>(m_action.offset);
        const auto last = from + static_cast<std::int64_t>(longestMovedTail.value);
        return {{Command{"GETRANGE", key()}.add(from).add(last)}, {Command{"STRLEN", key()}}};
    }
    bool isAsSeen(const Observation& now) const override
    {
        const bool reaches = length(now) >= m_action.offset;
        const bool isEnd = m_action.seen.empty();
        return reaches && (isEnd ? tail(now).empty() : tail(now).starts_with(m_action.seen));
    }
    Status judge(const Observation& now) const override
    {
        return tail(now).size() <= longestMovedTail.value
            ? ok()
            : Status(Error{ErrorKind::Limit, {},
                  QCoreApplication::translate(
                      "KeyEdit", "%1 stand behind the place, and at most %2 are moved on: insert nearer to the end.")
                      .arg(sizeText(ByteCount{length(now) - m_action.offset}), sizeText(longestMovedTail))});
    }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        return std::vector{tail(now).substr(0, m_action.seen.size())};
    }
    std::optional<std::uint64_t> keyLength(const Observation& now) const override { return length(now); }
    std::vector<Command> writes(const Observation& now) const override
    {
        return {
            Command{"SETRANGE", key()}.add(static_cast<std::int64_t>(m_action.offset)).add(m_action.bytes + tail(now))};
    }
    bool isDone(const Observation& before, const Observation& now) const override
    {
        return length(now) == length(before) + m_action.bytes.size()
            && tail(now).starts_with(m_action.bytes + m_action.seen);
    }

private:
    [[nodiscard]] static const std::string& tail(const Observation& now) { return now.reply(0).text; }
    [[nodiscard]] static std::uint64_t length(const Observation& now)
    {
        return static_cast<std::uint64_t>(std::max<std::int64_t>(now.reply(1).integer, 0));
    }

    const InsertBytes m_action;
};

} // namespace

std::unique_ptr<EditSteps> stringSteps(const std::string& key, const InsertBytes& action)
{
    return std::make_unique<InsertBytesSteps>(key, action);
}

std::unique_ptr<EditSteps> stringSteps(const std::string& key, const SetString& action, const EditAbilities& abilities)
{
    return std::make_unique<WholeStringSteps>(key, action, abilities.setKeepsTtl);
}

std::unique_ptr<EditSteps> stringSteps(const std::string& key, const SetStringRange& action)
{
    return std::make_unique<StringRangeSteps>(key, action);
}

} // namespace keyglass
