// SPDX-License-Identifier: GPL-3.0-or-later
// JSON.SET, JSON.DEL and JSON.GET as RedisJSON documents them and Valkey's JSON module takes them. A path that begins
// with `$` gives an array of all that it leads to, so that it can be told whether that is one value.
#include "core/edit/editform.h"
#include "core/edit/editsteps.h"
#include "core/value/jsonparts.h"
#include "core/value/pagereading.h"

#include <QCoreApplication>

namespace keyglass {

namespace {

constexpr std::string_view jsonTypeName = "ReJSON-RL";

Status checkSingle(const std::string& path, std::size_t count)
{
    return count <= 1
        ? ok()
        : Status(Error{ErrorKind::Input, {},
              QCoreApplication::translate("KeyEdit", "The path %1 leads to %2 values by now: choose one of them.")
                  .arg(displayText(path))
                  .arg(count)});
}

/// What JSON.ARRLEN tells of a path that leads to one array.
std::optional<std::int64_t> arrayLength(const Reply& lengths)
{
    const std::vector<Reply>& all = lengths.elements; // one for each value there; nil for what is no array
    return all.size() == 1 && all.front().isInteger() ? std::optional(all.front().integer) : std::nullopt;
}

/// As it was seen, with its neighbours where it is an element of an array.
struct SeenPart {
    SeenBytes own;
    SeenBytes before;
    SeenBytes after;
};

/// What an edit of one part of a document has in common: the part has to be the only one that its path leads to.
class JsonPartSteps : public EditSteps {
public:
    JsonPartSteps(const KeyEdit& edit, std::string path, SeenPart seen)
        : EditSteps(edit.key)
        , m_typeName(edit.seenType.empty() ? std::string(jsonTypeName) : edit.seenType)
        , m_path(fullJsonPath(path))
        , m_place(jsonPlaceInArray(m_path))
        , m_seen(std::move(seen))
    {
    }

    std::string typeName() const override { return m_typeName; }
    /// The neighbours come last.
    std::vector<EditRead> reads() const final
    {
        std::vector<EditRead> asked{{Command{"JSON.GET", key(), m_path}}};
        addReads(asked);
        if (looksBefore()) {
            asked.push_back({Command{"JSON.GET", key(), elementPath(m_place->index - 1)}});
        }
        if (looksAfter()) {
            asked.push_back({Command{"JSON.GET", key(), elementPath(m_place->index + 1)}});
        }
        return asked;
    }
    /// Where there are several, judge() says so.
    bool isAsSeen(const Observation& now) const override
    {
        return parts(now).size() > 1
            || (m_seen.own.fits(part(now)) && (!looksBefore() || m_seen.before.fits(beforeNow(now)))
                && (!looksAfter() || m_seen.after.fits(afterNow(now))));
    }
    std::pair<SeenBytes, SeenBytes> neighbours(const Observation& now) const override
    {
        const auto seenAs = [](bool isLooked, const std::optional<std::string>& text) {
            return !isLooked ? SeenBytes::notLooked() : text ? SeenBytes::like(*text) : SeenBytes::absent();
        };
        return {seenAs(looksBefore(), beforeNow(now)), seenAs(looksAfter(), afterNow(now))};
    }
    Status judge(const Observation& now) const override { return checkSingle(m_path, parts(now).size()); }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        auto only = part(now);
        return only ? std::optional(std::vector{*std::move(only)}) : std::nullopt;
    }

protected:
    /// What else an edit has to know.
    virtual void addReads(std::vector<EditRead>&) const { }
    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] const std::optional<JsonPlaceInArray>& place() const { return m_place; }
    [[nodiscard]] std::string elementPath(std::uint64_t index) const
    {
        return m_place->array + '[' + std::to_string(index) + ']';
    }
    [[nodiscard]] std::optional<std::string> part(const Observation& now) const { return onlyOne(now.reply(0)); }
    [[nodiscard]] static std::vector<std::string_view> parts(const Observation& now)
    {
        return jsonElements(now.reply(0).text).value_or(std::vector<std::string_view>{});
    }

private:
    [[nodiscard]] static std::optional<std::string> onlyOne(const Reply& reply)
    {
        const auto all = jsonElements(reply.text).value_or(std::vector<std::string_view>{});
        return all.size() == 1 ? std::optional(std::string(all.front())) : std::nullopt;
    }
    [[nodiscard]] bool looksBefore() const
    {
        return m_place && m_place->index > 0 && m_seen.before.state != SeenBytes::State::NotLooked;
    }
    [[nodiscard]] bool looksAfter() const { return m_place && m_seen.after.state != SeenBytes::State::NotLooked; }
    [[nodiscard]] std::optional<std::string> beforeNow(const Observation& now) const
    {
        return neighbourAt(now, looksAfter() ? 2 : 1);
    }
    [[nodiscard]] std::optional<std::string> afterNow(const Observation& now) const { return neighbourAt(now, 1); }
    [[nodiscard]] static std::optional<std::string> neighbourAt(const Observation& now, std::size_t fromEnd)
    {
        return now.replies.size() > fromEnd ? onlyOne(now.replies[now.replies.size() - fromEnd]) : std::nullopt;
    }

    const std::string m_typeName;
    const std::string m_path;
    const std::optional<JsonPlaceInArray> m_place;
    const SeenPart m_seen;
};

/// A new document in place of the old one takes the key's time to live away (JSON.SET of the root), which is set again
/// in the same transaction. What the server made of the text is read back with it: it writes escapes and numbers in its
/// own way, and the next edit is compared with that.
class SetJsonSteps final : public JsonPartSteps {
public:
    SetJsonSteps(const KeyEdit& edit, const SetJson& action, const EditAbilities& abilities)
        : JsonPartSteps(edit, action.path, {action.seen, action.before, action.after})
        , m_json(compacted(action.json, EditForm::Json).value_or(action.json))
        , m_hasExpireTime(abilities.hasExpireTime)
    {
    }

    void addReads(std::vector<EditRead>& asked) const override
    {
        if (isRoot() && m_hasExpireTime) {
            asked.push_back({Command{"PEXPIRETIME", key()}, EditRead::Weight::Exact, true});
        } else if (isRoot()) {
            asked.push_back({Command{"PTTL", key()}, EditRead::Weight::About, true});
            asked.push_back({Command{"TIME"}, EditRead::Weight::Aside, true});
        }
    }
    /// An end that may not be asked for would be taken away; where the key is known to have none, there is no need to.
    Status judge(const Observation& now) const override
    {
        const bool hasNoEnd = now.isExpiryKnown && !now.ttl;
        if (isRoot() && now.reply(1).isError() && !hasNoEnd) {
            return replyError(now.reply(1).text);
        }
        return JsonPartSteps::judge(now);
    }
    std::vector<Command> writes(const Observation& now) const override
    {
        std::vector<Command> all{Command{"JSON.SET", key(), path(), m_json}};
        if (const auto at = end(now)) {
            all.push_back(Command{"PEXPIREAT", key()}.add(*at));
        }
        return all;
    }
    /// Nil: the path leads nowhere that something could be put.
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        if (!replies.empty() && replies.front().isNil()) {
            outcome.status = EditOutcome::Status::Conflict;
        }
    }
    std::optional<Command> readBack() const override { return Command{"JSON.GET", key(), path()}; }
    void takeReadBack(const Reply& reply, EditOutcome& outcome) const override
    {
        const auto all = jsonElements(reply.text).value_or(std::vector<std::string_view>{});
        outcome.now.element = all.size() == 1 ? std::optional(std::vector{std::string(all.front())}) : std::nullopt;
    }
    /// The end that was set again is the one that it had.
    bool hasChangedNothing(std::span<const Reply> replies) const override
    {
        return !replies.empty() && replies.front().isError();
    }
    bool isDone(const Observation&, const Observation& now) const override { return part(now) == m_json; }

private:
    [[nodiscard]] bool isRoot() const { return path() == "$"; }
    /// When the key is to end, by the server's clock.
    [[nodiscard]] std::optional<std::int64_t> end(const Observation& now) const
    {
        const Reply& answer = now.reply(1);
        if (!isRoot() || !answer.isInteger() || answer.integer < 0) {
            return std::nullopt;
        }
        const auto clock = m_hasExpireTime ? ExpiryTime() : serverTime(now.reply(2)).value_or(now.asOf);
        return clock.time_since_epoch().count() + answer.integer;
    }

    const std::string m_json;
    const bool m_hasExpireTime;
};

class DeleteJsonSteps final : public JsonPartSteps {
public:
    DeleteJsonSteps(const KeyEdit& edit, const DeleteJson& action)
        : JsonPartSteps(edit, action.path, {SeenBytes::there(action.seen), action.before, action.after})
    {
    }

    /// Where an element goes, the next one takes its place: only the array's length and that one tell it apart.
    void addReads(std::vector<EditRead>& asked) const override
    {
        if (place()) {
            asked.push_back({Command{"JSON.ARRLEN", key(), place()->array}, EditRead::Weight::Aside});
            asked.push_back({Command{"JSON.GET", key(), elementPath(place()->index + 1)}, EditRead::Weight::Aside});
        }
    }
    std::vector<Command> writes(const Observation&) const override { return {Command{"JSON.DEL", key(), path()}}; }
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        if (!replies.empty() && replies.front().isInteger() && replies.front().integer == 0) {
            outcome.status = EditOutcome::Status::Conflict;
        }
    }
    bool isDone(const Observation& before, const Observation& now) const override
    {
        if (!place()) {
            return parts(now).empty();
        }
        const auto was = arrayLength(before.reply(1));
        const auto is = arrayLength(now.reply(1));
        return was && is && *is == *was - 1 && now.reply(0).text == before.reply(2).text;
    }
    bool isUntouched(const Observation& before, const Observation& now) const override
    {
        return JsonPartSteps::isUntouched(before, now) && (!place() || isSame(before.reply(1), now.reply(1)));
    }
};

/// As with lists, nothing has to be as seen at an end where one more comes; but there has to be an array.
class AppendJsonSteps final : public EditSteps {
public:
    AppendJsonSteps(const KeyEdit& edit, const AppendJson& action)
        : EditSteps(edit.key)
        , m_typeName(edit.seenType.empty() ? std::string(jsonTypeName) : edit.seenType)
        , m_path(fullJsonPath(action.path))
        , m_json(compacted(action.json, EditForm::Json).value_or(action.json))
    {
    }

    std::string typeName() const override { return m_typeName; }
    std::vector<EditRead> reads() const override
    {
        return {{Command{"JSON.ARRLEN", key(), m_path}, EditRead::Weight::Aside},
            {Command{"JSON.GET", key(), m_path + "[-1]"}, EditRead::Weight::Aside}};
    }
    bool isAsSeen(const Observation& now) const override { return lengths(now).size() > 1 || length(now); }
    Status judge(const Observation& now) const override { return checkSingle(m_path, lengths(now).size()); }
    std::vector<Command> writes(const Observation&) const override
    {
        return {Command{"JSON.ARRAPPEND", key(), m_path, m_json}};
    }
    bool isDone(const Observation& before, const Observation& now) const override
    {
        const auto was = length(before);
        const auto is = length(now);
        return was && is && *is == *was + 1 && now.reply(1).text == '[' + m_json + ']';
    }
    bool isUntouched(const Observation& before, const Observation& now) const override
    {
        return EditSteps::isUntouched(before, now) && isSame(before.reply(0), now.reply(0))
            && isSame(before.reply(1), now.reply(1));
    }

private:
    /// One for each value that the path leads to; nil for what is no array.
    [[nodiscard]] static const std::vector<Reply>& lengths(const Observation& now) { return now.reply(0).elements; }
    [[nodiscard]] static std::optional<std::int64_t> length(const Observation& now)
    {
        return arrayLength(now.reply(0));
    }
    const std::string m_typeName;
    const std::string m_path;
    const std::string m_json;
};

} // namespace

std::unique_ptr<EditSteps> jsonSteps(const KeyEdit& edit, const SetJson& action, const EditAbilities& abilities)
{
    return std::make_unique<SetJsonSteps>(edit, action, abilities);
}

std::unique_ptr<EditSteps> jsonSteps(const KeyEdit& edit, const DeleteJson& action)
{
    return std::make_unique<DeleteJsonSteps>(edit, action);
}

std::unique_ptr<EditSteps> jsonSteps(const KeyEdit& edit, const AppendJson& action)
{
    return std::make_unique<AppendJsonSteps>(edit, action);
}

} // namespace keyglass
