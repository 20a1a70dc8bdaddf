// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/casscript.h"

#include <cstdio>

namespace keyglass {

namespace {

/// ARGV: how many checks; each: how it is compared, the expected answer, how many words, the words; then how many
/// commands; each: how many words, the words. Answers are compared as encoded() writes them.
constexpr std::string_view script = R"lua(
if redis.replicate_commands then redis.replicate_commands() end
local at = 1
local function take() at = at + 1 return ARGV[at - 1] end
local function words()
  local n = tonumber(take())
  local from = at
  at = at + n
  return unpack(ARGV, from, from + n - 1)
end
local function encoded(r)
  local kind = type(r)
  if kind == 'boolean' then return 'n' end
  if kind == 'number' then return 'i' .. string.format('%.0f', r) end
  if kind == 'string' then return 's' .. #r .. ':' .. r end
  if r.ok then return '+' .. #r.ok .. ':' .. r.ok end
  if r.err then return '!' end
  local parts = {'a' .. #r}
  for i = 1, #r do parts[#parts + 1] = encoded(r[i]) end
  return table.concat(parts, ',')
end
for i = 1, tonumber(take()) do
  local kind = take()
  local expected = take()
  local answer = redis.pcall(words())
  if kind == '=' then
    if encoded(answer) ~= expected then return {0} end
  else
    local was = tonumber(expected)
    if type(answer) ~= 'number' or (was < 0) ~= (answer < 0) or math.abs(was - answer) > tonumber(kind) then
      return {0}
    end
  end
end
local answers = {1}
for i = 1, tonumber(take()) do answers[#answers + 1] = redis.call(words()) end
return answers
)lua";

std::string counted(char kind, const std::string& text)
{
    return kind + std::to_string(text.size()) + ':' + text;
}

/// As the script writes the same answer: numbers are doubles in Lua.
std::string encoded(const Reply& reply)
{
    switch (reply.type) {
    case Reply::Type::Nil:
        return "n";
    case Reply::Type::String:
        return counted('s', reply.text);
    case Reply::Type::SimpleString:
        return counted('+', reply.text);
    case Reply::Type::Error:
        return "!";
    case Reply::Type::Integer: {
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), "i%.0f", static_cast<double>(reply.integer));
        return text.data();
    }
    case Reply::Type::Array:
        break;
    }
    std::string all = "a" + std::to_string(reply.elements.size());
    for (const Reply& element : reply.elements) {
        all += ',' + encoded(element);
    }
    return all;
}

void addWords(Command& eval, const Command& command)
{
    eval.add(static_cast<std::int64_t>(command.arguments().size()));
    for (const std::string& word : command.arguments()) {
        eval.add(word);
    }
}

struct ScriptCheck {
    Command command;
    std::string kind;
    std::string expected;
};

std::vector<ScriptCheck> checksOf(const EditSteps& steps, const Observation& now)
{
    Reply type;
    type.type = Reply::Type::SimpleString;
    type.text = now.typeName;
    std::vector<ScriptCheck> checks{{Command{"TYPE", steps.key()}, "=", encoded(type)}};
    const std::vector<EditRead> reads = steps.reads();
    for (std::size_t at = 0; at < reads.size(); ++at) {
        const bool hasFailed = now.reply(at).isError();
        if (reads[at].weight == EditRead::Weight::Aside || hasFailed) {
            continue;
        }
        const bool isAbout = reads[at].weight == EditRead::Weight::About;
        checks.push_back({reads[at].command, isAbout ? std::to_string(expiryTolerance.count()) : "=",
            isAbout ? std::to_string(now.reply(at).integer) : encoded(now.reply(at))});
    }
    return checks;
}

} // namespace

Command casScript(const EditSteps& steps, const Observation& now, const std::vector<Command>& more)
{
    const std::vector<std::string> keys = steps.watched();
    Command eval{"EVAL", script};
    eval.add(static_cast<std::int64_t>(keys.size()));
    for (const std::string& key : keys) {
        eval.add(key);
    }
    const std::vector<ScriptCheck> checks = checksOf(steps, now);
    eval.add(static_cast<std::int64_t>(checks.size()));
    for (const ScriptCheck& check : checks) {
        eval.add(check.kind).add(check.expected);
        addWords(eval, check.command);
    }
    std::vector<Command> commands = steps.writes(now);
    commands.insert(commands.end(), more.begin(), more.end());
    eval.add(static_cast<std::int64_t>(commands.size()));
    for (const Command& command : commands) {
        addWords(eval, command);
    }
    return eval;
}

std::optional<std::vector<Reply>> takeScriptReply(Reply reply)
{
    if (reply.elements.empty() || reply.elements.front().integer != 1) {
        return std::nullopt;
    }
    reply.elements.erase(reply.elements.begin());
    return std::move(reply.elements);
}

} // namespace keyglass
