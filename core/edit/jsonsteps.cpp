// SPDX-License-Identifier: GPL-3.0-or-later
// JSON.SET, JSON.DEL and JSON.GET as RedisJSON documents them and Valkey's JSON module takes them. A path that begins
// with `$` gives an array of all that it leads to, so that it can be told whether that is one value.
#include "core/edit/editform.h"
#include "core/edit/editsteps.h"
#include "core/value/jsonparts.h"
#include "core/value/pagereading.h"

#include <QCoreApplication>

#include <charconv>

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

struct PlaceInArray {
    std::string array; ///< The path to it.
    std::uint64_t index = 0;
};

/// Of `$["a"][3]`; nothing where a path does not end with a number.
std::optional<PlaceInArray> placeInArray(const std::string& path)
{
    const std::size_t open = path.rfind('[');
    if (open == std::string::npos || path.back() != ']') {
        return std::nullopt;
    }
    PlaceInArray place{path.substr(0, open)};
    const char* const end = path.data() + path.size() - 1;
    const auto read = std::from_chars(path.data() + open + 1, end, place.index);
    const bool isNumber = read.ec == std::errc() && read.ptr == end;
    return isNumber ? std::optional(std::move(place)) : std::nullopt;
}

/// What an edit of one part of a document has in common: the part has to be the only one that its path leads to.
class JsonPartSteps : public EditSteps {
public:
    JsonPartSteps(const KeyEdit& edit, std::string path, SeenBytes seen)
        : EditSteps(edit.key)
        , m_typeName(edit.seenType.empty() ? std::string(jsonTypeName) : edit.seenType)
        , m_path(fullJsonPath(path))
        , m_seen(std::move(seen))
    {
    }

    std::string typeName() const override { return m_typeName; }
    std::vector<EditRead> reads() const override { return {{Command{"JSON.GET", key(), m_path}}}; }
    /// Where there are several, judge() says so.
    bool isAsSeen(const Observation& now) const override { return parts(now).size() > 1 || m_seen.fits(part(now)); }
    Status judge(const Observation& now) const override { return checkSingle(m_path, parts(now).size()); }
    std::optional<std::vector<std::string>> element(const Observation& now) const override
    {
        auto only = part(now);
        return only ? std::optional(std::vector{*std::move(only)}) : std::nullopt;
    }

protected:
    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] std::optional<std::string> part(const Observation& now) const
    {
        const auto all = parts(now);
        return all.size() == 1 ? std::optional(std::string(all.front())) : std::nullopt;
    }
    [[nodiscard]] static std::vector<std::string_view> parts(const Observation& now)
    {
        return jsonElements(now.reply(0).text).value_or(std::vector<std::string_view>{});
    }

private:
    const std::string m_typeName;
    const std::string m_path;
    const SeenBytes m_seen;
};

/// A new document in place of the old one takes the key's time to live away (JSON.SET of the root), which is set again
/// in the same transaction. What the server made of the text is read back with it: it writes escapes and numbers in its
/// own way, and the next edit is compared with that.
class SetJsonSteps final : public JsonPartSteps {
public:
    SetJsonSteps(const KeyEdit& edit, const SetJson& action, const EditAbilities& abilities)
        : JsonPartSteps(edit, action.path, action.seen)
        , m_json(compacted(action.json, EditForm::Json).value_or(action.json))
        , m_hasExpireTime(abilities.hasExpireTime)
    {
    }

    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked = JsonPartSteps::reads();
        if (isRoot() && m_hasExpireTime) {
            asked.push_back({Command{"PEXPIRETIME", key()}, EditRead::Weight::Exact, true});
        } else if (isRoot()) {
            asked.push_back({Command{"PTTL", key()}, EditRead::Weight::About, true});
            asked.push_back({Command{"TIME"}, EditRead::Weight::Aside, true});
        }
        return asked;
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
        : JsonPartSteps(edit, action.path, SeenBytes::there(action.seen))
        , m_place(placeInArray(path()))
    {
    }

    /// Where an element goes, the next one takes its place: only the array's length and that one tell it apart.
    std::vector<EditRead> reads() const override
    {
        std::vector<EditRead> asked = JsonPartSteps::reads();
        if (m_place) {
            const std::string next = m_place->array + '[' + std::to_string(m_place->index + 1) + ']';
            asked.push_back({Command{"JSON.ARRLEN", key(), m_place->array}, EditRead::Weight::Aside});
            asked.push_back({Command{"JSON.GET", key(), next}, EditRead::Weight::Aside});
        }
        return asked;
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
        if (!m_place) {
            return parts(now).empty();
        }
        const auto was = arrayLength(before.reply(1));
        const auto is = arrayLength(now.reply(1));
        return was && is && *is == *was - 1 && now.reply(0).text == before.reply(2).text;
    }
    bool isUntouched(const Observation& before, const Observation& now) const override
    {
        return JsonPartSteps::isUntouched(before, now) && (!m_place || isSame(before.reply(1), now.reply(1)));
    }

private:
    const std::optional<PlaceInArray> m_place;
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
