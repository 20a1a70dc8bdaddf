// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editsteps.h"

#include "core/edit/editform.h"
#include "core/edit/groupsteps.h"
#include "core/value/jsonparts.h"
#include "core/value/pagereading.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("KeyEdit", text);
}

Error input(const char* text)
{
    return {ErrorKind::Input, {}, tr(text)};
}

Status checkIndex(std::uint64_t index)
{
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() / 2);
    return index < most ? ok() : Status(input("No value reaches that far."));
}

/// A point in time is compared with the server's clock later (isPast()).
Status checkExpiry(const NewExpiry& expiry)
{
    const auto count = std::visit(
        [](const auto& given) {
            if constexpr (std::is_same_v<decltype(given), const ExpiryTime&>) {
                return given.time_since_epoch().count();
            } else {
                return given.count();
            }
        },
        expiry);
    if (count <= 0) {
        return input("A time to live of nothing would delete it: give a longer one.");
    }
    constexpr auto most = std::numeric_limits<std::int64_t>::max() / 2; // servers add the time of day
    return count < most ? ok() : Status(input("No time to live can be that long."));
}

Status checkJson(const std::string& json)
{
    auto text = compacted(json, EditForm::Json);
    return text ? ok() : Status(std::move(text).error());
}

Status checkScores(const MemberScores& members)
{
    const bool areNumbers = std::ranges::none_of(members, [](const auto& each) { return std::isnan(each.second); });
    return areNumbers ? ok() : Status(input("A score has to be a number."));
}

/// A new value, and whether there is anything in it.
struct NewValueCheck {
    [[nodiscard]] Status some(bool isEmpty) const
    {
        return isEmpty ? Status(input("A key without elements can't be: give the first one.")) : ok();
    }
    Status operator()(const NewString&) const { return ok(); }
    Status operator()(const NewHash& value) const { return some(value.fields.empty()); }
    Status operator()(const NewList& value) const { return some(value.elements.empty()); }
    Status operator()(const NewSet& value) const { return some(value.members.empty()); }
    Status operator()(const NewStream& value) const { return some(value.fields.empty()); }
    Status operator()(const NewJson& value) const { return checkJson(value.json); }
    Status operator()(const NewFromDump& value) const
    {
        return value.dump.empty() ? Status(input("There is nothing in the dump.")) : ok();
    }
    Status operator()(const NewSortedSet& value) const
    {
        return value.members.empty() ? some(true) : checkScores(value.members);
    }
};

/// What is wrong with an action whatever the server says.
struct ActionCheck {
    const std::string& key;
    const EditAbilities& can;

    template <typename Action> Status operator()(const Action&) const { return ok(); }
    Status operator()(const SetStringRange& action) const { return checkIndex(action.offset); }
    Status operator()(const InsertBytes& action) const
    {
        return action.bytes.empty() ? Status(input("There is nothing to insert.")) : checkIndex(action.offset);
    }
    Status operator()(const SetListElement& action) const { return checkIndex(action.seen.index); }
    Status operator()(const InsertListElement& action) const { return checkIndex(action.seen.index); }
    Status operator()(const DeleteListElement& action) const { return checkIndex(action.seen.index); }
    Status operator()(const ChangeListElements& action) const
    {
        const auto& changes = action.changes;
        const bool isInOrder = std::ranges::adjacent_find(changes, [](const auto& one, const auto& next) {
            return one.seen.index >= next.seen.index;
        }) == changes.end();
        return changes.empty() || !isInOrder ? Status(input("There is nothing to change, or something twice."))
                                             : checkIndex(changes.back().seen.index);
    }
    Status operator()(const SetScore& action) const { return checkScores({{action.member, action.score}}); }
    Status operator()(const SetJson& action) const { return checkJson(action.json); }
    Status operator()(const AppendJson& action) const { return checkJson(action.json); }
    Status operator()(const DeleteJson& action) const
    {
        return fullJsonPath(action.path) != "$" ? ok() : Status(input("It is the whole document: delete the key."));
    }
    Status operator()(const SetExpiry& action) const { return checkExpiry(action.expiry); }
    Status operator()(const SetFieldExpiry& action) const
    {
        if (!can.hasFieldExpiry) {
            return Error{ErrorKind::Unsupported, {},
                tr("Its fields have no time to live of their own: that came with Redis 7.4 and Valkey 9.")};
        }
        return action.expiry ? checkExpiry(*action.expiry) : ok();
    }
    Status operator()(const AddStreamEntry& action) const { return NewValueCheck().some(action.fields.empty()); }
    Status operator()(const ReplaceSetMember& action) const { return checkName(action.from, action.to); }
    Status operator()(const RenameSortedMember& action) const { return checkName(action.from, action.to); }
    Status operator()(const RenameKey& action) const { return checkName(key, action.to); }
    Status operator()(const CreateKey& action) const
    {
        if (Status made = std::visit(NewValueCheck{}, action.value); !made) {
            return made;
        }
        return action.expiry ? checkExpiry(*action.expiry) : ok();
    }
    static Status checkName(const std::string& from, const std::string& to)
    {
        return from == to ? Status(input("The new name is the old one.")) : ok();
    }
};

struct StepsMaker {
    const KeyEdit& edit;
    const EditAbilities& can;
    using Steps = std::unique_ptr<EditSteps>;

    Steps operator()(const SetString& action) const { return stringSteps(edit.key, action, can); }
    Steps operator()(const SetStringRange& action) const { return stringSteps(edit.key, action); }
    Steps operator()(const InsertBytes& action) const { return stringSteps(edit.key, action); }
    Steps operator()(const SetHashField& action) const { return hashSteps(edit.key, action, can); }
    Steps operator()(const DeleteHashField& action) const { return hashSteps(edit.key, action, can); }
    Steps operator()(const SetFieldExpiry& action) const { return fieldExpirySteps(edit.key, action); }
    Steps operator()(const SetListElement& action) const { return listSteps(edit.key, action); }
    Steps operator()(const InsertListElement& action) const { return listSteps(edit.key, action); }
    Steps operator()(const PushListElement& action) const { return listSteps(edit.key, action); }
    Steps operator()(const DeleteListElement& action) const { return listSteps(edit.key, action); }
    Steps operator()(const ChangeListElements& action) const { return listSteps(edit.key, action); }
    Steps operator()(const AddSetMember& action) const { return setSteps(edit.key, action); }
    Steps operator()(const RemoveSetMember& action) const { return setSteps(edit.key, action); }
    Steps operator()(const ReplaceSetMember& action) const { return setSteps(edit.key, action); }
    Steps operator()(const SetScore& action) const { return sortedSetSteps(edit.key, action); }
    Steps operator()(const RenameSortedMember& action) const { return sortedSetSteps(edit.key, action); }
    Steps operator()(const RemoveSortedMember& action) const { return sortedSetSteps(edit.key, action); }
    Steps operator()(const AddStreamEntry& action) const { return streamSteps(edit.key, action); }
    Steps operator()(const DeleteStreamEntry& action) const { return streamSteps(edit.key, action); }
    Steps operator()(const SetJson& action) const { return jsonSteps(edit, action, can); }
    Steps operator()(const DeleteJson& action) const { return jsonSteps(edit, action); }
    Steps operator()(const AppendJson& action) const { return jsonSteps(edit, action); }
    template <typename Group> Steps operator()(const Group& action) const { return groupSteps(edit.key, action); }
    Steps operator()(const RenameKey& action) const { return renameSteps(edit, action); }
    Steps operator()(const DeleteKey&) const { return deleteSteps(edit, can); }
    Steps operator()(const SetExpiry& action) const { return expirySteps(edit, action.expiry, can); }
    Steps operator()(const ClearExpiry&) const { return expirySteps(edit, std::nullopt, can); }
    Steps operator()(const CreateKey& action) const { return createSteps(edit.key, action); }
};

} // namespace

Result<std::unique_ptr<EditSteps>> stepsOf(const KeyEdit& edit, const EditAbilities& abilities)
{
    for (Status possible : {checkGroupEdit(edit.action), std::visit(ActionCheck{edit.key, abilities}, edit.action)}) {
        if (!possible) {
            return std::move(possible).error();
        }
    }
    return std::visit(StepsMaker{edit, abilities}, edit.action);
}

const Reply& Observation::reply(std::size_t at) const
{
    static const Reply none;
    return at < replies.size() ? replies[at] : none;
}

std::optional<ExpiryTime> Observation::expiresAt() const
{
    if (!ttl) {
        return std::nullopt;
    }
    return *ttl > ExpiryTime::max() - asOf ? ExpiryTime::max() : asOf + *ttl;
}

bool EditSteps::isUntouched(const Observation& before, const Observation& now) const
{
    const std::vector<EditRead> asked = reads();
    if (before.typeName != now.typeName || before.replies.size() != now.replies.size()) {
        return false;
    }
    for (std::size_t at = 0; at < asked.size(); ++at) {
        if (asked[at].weight == EditRead::Weight::Exact && !isSame(before.reply(at), now.reply(at))) {
            return false;
        }
    }
    return true;
}

bool isExpiryChanged(const std::optional<SeenExpiry>& seen, const Observation& now)
{
    if (!seen || !now.isExpiryKnown) {
        return false;
    }
    const auto at = now.expiresAt();
    if (seen->at.has_value() != at.has_value()) {
        return true;
    }
    return at && (*at > *seen->at ? *at - *seen->at : *seen->at - *at) > expiryTolerance;
}

Status checkNotPast(const NewExpiry& expiry, const Reply& timeReply)
{
    const auto* at = std::get_if<ExpiryTime>(&expiry);
    const auto now = serverTime(timeReply).value_or(std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()));
    return at && *at <= now ? Status(input("By the server's clock this time is past: it would be deleted.")) : ok();
}

Command expiryCommand(const std::string& key, const NewExpiry& expiry)
{
    const auto* at = std::get_if<ExpiryTime>(&expiry);
    return at ? Command{"PEXPIREAT", key}.add(at->time_since_epoch().count())
              : Command{"PEXPIRE", key}.add(std::get<Milliseconds>(expiry).count());
}

std::optional<std::string> bytesOf(const Reply& reply)
{
    return reply.isText() ? std::optional(reply.text) : std::nullopt;
}

bool isSame(const Reply& a, const Reply& b)
{
    return a.type == b.type && a.integer == b.integer && a.text == b.text
        && std::ranges::equal(a.elements, b.elements, isSame);
}

} // namespace keyglass
