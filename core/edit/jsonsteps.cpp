// SPDX-License-Identifier: GPL-3.0-or-later
// JSON.SET, JSON.DEL and JSON.GET as RedisJSON documents them and Valkey's JSON module takes them. A path that begins
// with `$` gives an array of all that it leads to, so that it can be told whether that is one value.
#include "core/edit/editform.h"
#include "core/edit/editsteps.h"
#include "core/value/jsonparts.h"

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

class SetJsonSteps final : public JsonPartSteps {
public:
    SetJsonSteps(const KeyEdit& edit, const SetJson& action)
        : JsonPartSteps(edit, action.path, action.seen)
        , m_json(compacted(action.json, EditForm::Json).value_or(action.json)) // as the server gives it back
    {
    }

    std::vector<Command> writes(const Observation&) const override
    {
        return {Command{"JSON.SET", key(), path(), m_json}};
    }
    /// Nil: the path leads nowhere that something could be put.
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        if (!replies.empty() && replies.front().isNil()) {
            outcome.status = EditOutcome::Status::Conflict;
        }
    }
    bool isDone(const Observation&, const Observation& now) const override { return part(now) == m_json; }

private:
    const std::string m_json;
};

class DeleteJsonSteps final : public JsonPartSteps {
public:
    DeleteJsonSteps(const KeyEdit& edit, const DeleteJson& action)
        : JsonPartSteps(edit, action.path, SeenBytes::there(action.seen))
    {
    }

    std::vector<Command> writes(const Observation&) const override { return {Command{"JSON.DEL", key(), path()}}; }
    void takeReplies(const Observation&, std::span<const Reply> replies, EditOutcome& outcome) const override
    {
        if (!replies.empty() && replies.front().isInteger() && replies.front().integer == 0) {
            outcome.status = EditOutcome::Status::Conflict;
        }
    }
    bool isDone(const Observation&, const Observation& now) const override { return parts(now).empty(); }
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
        const auto& all = lengths(now);
        return all.size() == 1 && all.front().isInteger() ? std::optional(all.front().integer) : std::nullopt;
    }
    const std::string m_typeName;
    const std::string m_path;
    const std::string m_json;
};

} // namespace

std::unique_ptr<EditSteps> jsonSteps(const KeyEdit& edit, const SetJson& action)
{
    return std::make_unique<SetJsonSteps>(edit, action);
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
