// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editsteps.h"

#include <algorithm>

namespace keyglass {

namespace {

using Element = std::optional<std::vector<std::string>>;

/// One entry of XRANGE: its ID, and its fields and values in turn. Null where it is none.
const Reply* fieldsOf(const Reply& entry)
{
    const bool isEntry = entry.elements.size() == 2 && entry.elements[0].isText() && entry.elements[1].isArray();
    return isEntry ? &entry.elements[1] : nullptr;
}

bool holds(const Reply& entry, const FieldValues& wanted)
{
    const Reply* fields = fieldsOf(entry);
    if (!fields || fields->elements.size() != wanted.size() * 2) {
        return false;
    }
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        if (fields->elements[2 * at].text != wanted[at].first
            || fields->elements[2 * at + 1].text != wanted[at].second) {
            return false;
        }
    }
    return true;
}

Element cells(const Reply& range)
{
    const Reply* fields = range.elements.empty() ? nullptr : fieldsOf(range.elements.front());
    if (!fields) {
        return std::nullopt;
    }
    std::vector<std::string> texts;
    texts.reserve(fields->elements.size());
    for (const Reply& each : fields->elements) {
        texts.push_back(each.text);
    }
    return texts;
}

Command addition(const std::string& key, const std::string& id, const FieldValues& fields)
{
    Command command{"XADD", key, id};
    for (const auto& [field, value] : fields) {
        command.add(field).add(value);
    }
    return command;
}

/// What is added under a new ID is found again after the last one that was there before.
class AddEntrySteps final : public EditSteps {
public:
    AddEntrySteps(const std::string& key, AddStreamEntry action)
        : EditSteps(key)
        , m_action(std::move(action))
    {
    }
    std::string typeName() const override { return "stream"; }
    std::vector<EditRead> reads() const override
    {
        if (hasOwnId()) {
            return {{Command{"XRANGE", key(), m_action.id, m_action.id}, EditRead::Weight::Exact, true}};
        }
        return {{Command{"XREVRANGE", key(), "+", "-", "COUNT", "1"}, EditRead::Weight::Aside}};
    }
    bool isAsSeen(const Observation& now) const override { return !hasOwnId() || now.reply(0).elements.empty(); }
    Element element(const Observation& now) const override { return hasOwnId() ? cells(now.reply(0)) : std::nullopt; }
    std::vector<Command> writes(const Observation&) const override
    {
        return {addition(key(), m_action.id, m_action.fields)};
    }
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        outcome.newId = replies.empty() ? std::string() : replies.front().text;
    }
    std::vector<EditRead> readsAfterLoss(const Observation& before) const override
    {
        if (hasOwnId()) {
            return reads();
        }
        const std::string last = lastId(before);
        return {{Command{"XRANGE", key(), last.empty() ? "-" : std::string_view(last), "+", "COUNT", "100"},
            EditRead::Weight::Aside}};
    }
    bool isDone(const Observation& before, const Observation& now) const override
    {
        const std::string last = hasOwnId() ? std::string() : lastId(before);
        return std::ranges::any_of(now.reply(0).elements,
            [&](const Reply& entry) { return holds(entry, m_action.fields) && entry.elements.front().text != last; });
    }
    bool isUntouched(const Observation& before, const Observation& now) const override
    {
        const auto& elements = now.reply(0).elements;
        const bool isLastStill = elements.empty()
            || (elements.size() == 1 && fieldsOf(elements.front())
                && elements.front().elements[0].text == lastId(before));
        return before.typeName == now.typeName && (hasOwnId() ? elements.empty() : isLastStill);
    }

private:
    /// Not "*" and not "1700000000000-*".
    [[nodiscard]] bool hasOwnId() const { return !m_action.id.ends_with('*'); }
    [[nodiscard]] static std::string lastId(const Observation& now)
    {
        const auto& elements = now.reply(0).elements;
        return !elements.empty() && fieldsOf(elements.front()) ? elements.front().elements[0].text : std::string();
    }
    const AddStreamEntry m_action;
};

/// As far as they were read: what is too long for a page is known by its length.
bool holds(const Reply& entry, const std::vector<ValueCell>& wanted)
{
    const Reply* fields = fieldsOf(entry);
    return fields && std::ranges::equal(fields->elements, wanted, [](const Reply& now, const ValueCell& was) {
        return was.isWhole() ? now.text == was.bytes : now.text.size() == was.size;
    });
}

class DeleteEntrySteps final : public EditSteps {
public:
    DeleteEntrySteps(const std::string& key, DeleteStreamEntry action)
        : EditSteps(key)
        , m_action(std::move(action))
        , m_isReadable(
              std::ranges::all_of(m_action.seenCells, [](const ValueCell& cell) { return cell.size.has_value(); }))
    {
    }
    std::string typeName() const override { return "stream"; }
    std::vector<EditRead> reads() const override
    {
        return m_isReadable ? std::vector<EditRead>{{Command{"XRANGE", key(), m_action.id, m_action.id}}}
                            : std::vector<EditRead>();
    }
    bool isAsSeen(const Observation& now) const override
    {
        if (!m_isReadable) {
            return true; // XDEL tells whether it was there
        }
        const auto& entries = now.reply(0).elements;
        return entries.size() == 1 && (m_action.seen.empty() || holds(entries.front(), m_action.seen))
            && (m_action.seenCells.empty() || holds(entries.front(), m_action.seenCells));
    }
    Element element(const Observation& now) const override { return cells(now.reply(0)); }
    std::vector<Command> writes(const Observation&) const override { return {Command{"XDEL", key(), m_action.id}}; }
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        if (!replies.empty() && replies.front().isInteger() && replies.front().integer == 0) {
            outcome.status = EditOutcome::Status::Conflict;
        }
    }
    std::vector<EditRead> readsAfterLoss(const Observation&) const override
    {
        return {{Command{"XRANGE", key(), m_action.id, m_action.id}}};
    }
    bool isDone(const Observation&, const Observation& now) const override
    {
        return now.reply(0).isArray() && now.reply(0).elements.empty();
    }
    bool isUntouched(const Observation& before, const Observation& now) const override
    {
        return m_isReadable ? EditSteps::isUntouched(before, now) : !now.reply(0).elements.empty();
    }

private:
    const DeleteStreamEntry m_action;
    const bool m_isReadable;
};

} // namespace

std::unique_ptr<EditSteps> streamSteps(const std::string& key, const AddStreamEntry& action)
{
    return std::make_unique<AddEntrySteps>(key, action);
}

std::unique_ptr<EditSteps> streamSteps(const std::string& key, const DeleteStreamEntry& action)
{
    return std::make_unique<DeleteEntrySteps>(key, action);
}

} // namespace keyglass
