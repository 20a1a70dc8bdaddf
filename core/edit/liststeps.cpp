// SPDX-License-Identifier: GPL-3.0-or-later
// Lists have no commands that insert or delete at an index: LINSERT and LREM look for a value. So the element at the
// index becomes a random mark that no element can be, for the length of one transaction, and they look for that.
#include "core/edit/editsteps.h"

#include <QRandomGenerator>

#include <array>

namespace keyglass {

std::string randomMark()
{
    std::array<quint32, 8> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), static_cast<qsizetype>(bits.size()));
    return "keyglass:" + std::string(reinterpret_cast<const char*>(bits.data()), sizeof bits);
}

namespace {

std::int64_t lengthIn(const Reply& reply)
{
    return reply.isInteger() ? reply.integer : 0;
}

/// What is done at an index: the element there and those of its neighbours that were looked at have to be as seen.
class PlaceSteps : public EditSteps {
public:
    PlaceSteps(const std::string& key, SeenListPlace seen)
        : EditSteps(key)
        , m_seen(std::move(seen))
    {
    }

    std::string typeName() const override { return "list"; }
    std::vector<EditRead> reads() const override
    {
        return {{Command{"LRANGE", key()}.add(first()).add(last())}, {Command{"LLEN", key()}, EditRead::Weight::Aside},
            {Command{"LINDEX", key()}.add(resultIndex()), EditRead::Weight::Aside}};
    }
    bool isAsSeen(const Observation& now) const override
    {
        return at(now, index()) == m_seen.element && m_seen.before.fits(at(now, index() - 1))
            && m_seen.after.fits(at(now, index() + 1));
    }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        const auto bytes = at(now, index());
        return bytes ? std::optional(std::vector{*bytes}) : std::nullopt;
    }
    std::pair<SeenBytes, SeenBytes> neighbours(const Observation& now) const override
    {
        return {neighbour(now, -1, m_seen.before), neighbour(now, 1, m_seen.after)};
    }
    bool isUntouched(const Observation& before, const Observation& now) const override
    {
        return EditSteps::isUntouched(before, now) && isSame(before.reply(1), now.reply(1));
    }

protected:
    [[nodiscard]] const SeenListPlace& seen() const { return m_seen; }
    [[nodiscard]] std::int64_t index() const { return static_cast<std::int64_t>(m_seen.index); }
    /// Where the edited element stands afterwards.
    [[nodiscard]] virtual std::int64_t resultIndex() const { return index(); }
    [[nodiscard]] static std::int64_t length(const Observation& now) { return lengthIn(now.reply(1)); }
    [[nodiscard]] static std::optional<std::string> result(const Observation& now) { return bytesOf(now.reply(2)); }

private:
    [[nodiscard]] std::int64_t first() const
    {
        const bool fromBefore = m_seen.before.state != SeenBytes::State::NotLooked && m_seen.index > 0;
        return fromBefore ? index() - 1 : index();
    }
    [[nodiscard]] std::int64_t last() const
    {
        return m_seen.after.state != SeenBytes::State::NotLooked ? index() + 1 : index();
    }
    /// What stands there now, where anything was seen to stand there or not.
    [[nodiscard]] SeenBytes neighbour(const Observation& now, std::int64_t away, const SeenBytes& was) const
    {
        if (was.state == SeenBytes::State::NotLooked || !at(now, index())) {
            return SeenBytes::notLooked();
        }
        const auto bytes = at(now, index() + away);
        return bytes ? SeenBytes::like(*bytes) : SeenBytes::absent();
    }
    /// The element of the list at `place`, as far as it was read.
    [[nodiscard]] std::optional<std::string> at(const Observation& now, std::int64_t place) const
    {
        const auto& elements = now.reply(0).elements;
        const auto from = place - first();
        const bool wasRead = from >= 0 && from < static_cast<std::int64_t>(elements.size());
        return wasRead ? bytesOf(elements[static_cast<std::size_t>(from)]) : std::nullopt;
    }

    const SeenListPlace m_seen;
};

class SetElementSteps final : public PlaceSteps {
public:
    SetElementSteps(const std::string& key, const SetListElement& action)
        : PlaceSteps(key, action.seen)
        , m_value(action.value)
    {
    }
    std::vector<Command> writes(const Observation&) const override
    {
        return {Command{"LSET", key()}.add(index()).add(m_value)};
    }
    bool isDone(const Observation&, const Observation& now) const override { return result(now) == m_value; }

private:
    const std::string m_value;
};

class InsertElementSteps final : public PlaceSteps {
public:
    InsertElementSteps(const std::string& key, const InsertListElement& action)
        : PlaceSteps(key, action.seen)
        , m_isAfter(action.side == InsertListElement::Side::After)
        , m_value(action.value)
    {
    }
    std::vector<Command> writes(const Observation&) const override
    {
        const std::int64_t movedTo = m_isAfter ? index() : index() + 1;
        return {Command{"LSET", key()}.add(index()).add(m_mark),
            Command{"LINSERT", key(), m_isAfter ? "AFTER" : "BEFORE", m_mark, m_value},
            Command{"LSET", key()}.add(movedTo).add(seen().element)};
    }
    bool isDone(const Observation& before, const Observation& now) const override
    {
        return length(now) == length(before) + 1 && result(now) == m_value;
    }

protected:
    std::int64_t resultIndex() const override { return m_isAfter ? index() + 1 : index(); }

private:
    const bool m_isAfter;
    const std::string m_value;
    const std::string m_mark = randomMark();
};

class DeleteElementSteps final : public PlaceSteps {
public:
    DeleteElementSteps(const std::string& key, const DeleteListElement& action)
        : PlaceSteps(key, action.seen)
    {
    }
    std::vector<Command> writes(const Observation& now) const override
    {
        const std::int64_t fromNearerEnd = index() > length(now) / 2 ? -1 : 1;
        return {Command{"LSET", key()}.add(index()).add(m_mark), Command{"LREM", key()}.add(fromNearerEnd).add(m_mark)};
    }
    bool isDone(const Observation& before, const Observation& now) const override
    {
        const bool isNext = seen().after.state == SeenBytes::State::NotLooked || seen().after.fits(result(now));
        return length(now) == length(before) - 1 && isNext;
    }

private:
    const std::string m_mark = randomMark();
};

/// Nothing has to be as seen at an end where one more comes.
class PushElementSteps final : public EditSteps {
public:
    PushElementSteps(const std::string& key, PushListElement action)
        : EditSteps(key)
        , m_action(std::move(action))
    {
    }
    std::string typeName() const override { return "list"; }
    std::vector<EditRead> reads() const override
    {
        return {{Command{"LLEN", key()}, EditRead::Weight::Aside},
            {Command{"LINDEX", key(), isLeft() ? "0" : "-1"}, EditRead::Weight::Aside}};
    }
    std::vector<Command> writes(const Observation&) const override
    {
        return {Command{isLeft() ? "LPUSH" : "RPUSH", key(), m_action.value}};
    }
    bool isDone(const Observation& before, const Observation& now) const override
    {
        return lengthIn(now.reply(0)) == lengthIn(before.reply(0)) + 1 && bytesOf(now.reply(1)) == m_action.value;
    }
    bool isUntouched(const Observation& before, const Observation& now) const override
    {
        return EditSteps::isUntouched(before, now) && isSame(before.reply(0), now.reply(0))
            && isSame(before.reply(1), now.reply(1));
    }

private:
    [[nodiscard]] bool isLeft() const { return m_action.end == PushListElement::End::Left; }
    const PushListElement m_action;
};

} // namespace

std::unique_ptr<EditSteps> listSteps(const std::string& key, const SetListElement& action)
{
    return std::make_unique<SetElementSteps>(key, action);
}

std::unique_ptr<EditSteps> listSteps(const std::string& key, const InsertListElement& action)
{
    return std::make_unique<InsertElementSteps>(key, action);
}

std::unique_ptr<EditSteps> listSteps(const std::string& key, const PushListElement& action)
{
    return std::make_unique<PushElementSteps>(key, action);
}

std::unique_ptr<EditSteps> listSteps(const std::string& key, const DeleteListElement& action)
{
    return std::make_unique<DeleteElementSteps>(key, action);
}

} // namespace keyglass
