// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/redistablescript.h"

#include <algorithm>
#include <set>

namespace keyglass::test {

namespace {

/// What all commands share.
const char* const common = R"LUA(
local name, limit, a = ARGV[1], tonumber(ARGV[2]), {}
for i = 3, #ARGV do a[#a + 1] = ARGV[i] end
local function err(text) return redis.error_reply('ERR ' .. text) end
local function arity() return err("wrong number of arguments for '" .. name .. "' command") end
local function cut(text) return (string.match(text, '^[^%z]*')) end
local T = cut(a[1] or '')
local function key(rest) return '{' .. T .. '}:' .. rest end
local function indexKey(col, value) return key('idx:' .. cut(col) .. ':' .. cut(value)) end
local schemaKey = 'schema:{' .. T .. '}'
local function typeOf(k)
  local reply = redis.pcall('TYPE', k)
  return reply.ok or 'none'
end
local function list(...)
  local reply = redis.pcall(...)
  if type(reply) == 'table' and not reply.err then return reply end
  return {}
end
local function text(...)
  local reply = redis.pcall(...)
  if type(reply) == 'string' then return reply end
  return nil
end
local function isIndexed(col) return redis.pcall('SISMEMBER', key('idx:meta'), col) == 1 end
local function is(word, wanted) return string.upper(word or '') == wanted end

local function split(s)
  local at, width
  for i = 1, #s - 1 do
    local two = string.sub(s, i, i + 1)
    if two == '>=' or two == '<=' then
      at, width = i, 2
      break
    end
  end
  if not at then
    at, width = string.find(s, '[=<>]'), 1
  end
  if not at or at == 1 or at - 1 + width >= #s then return nil end
  return string.sub(s, 1, at - 1), string.sub(s, at, at + width - 1), string.sub(s, at + width)
end

local function isOfType(col, value)
  local kind = text('HGET', schemaKey, col)
  if not kind then return false end
  kind = string.lower(kind)
  if kind == 'integer' then return string.match(value, '^[+-]?%d+$') ~= nil end
  if kind == 'float' then
    local rest = string.match(value, '^[+-]?(.+)$')
    return rest ~= nil and string.match(rest, '^%d*%.?%d*$') ~= nil
  end
  if kind == 'date' then return string.match(value, '^%d%d%d%d%-%d%d%-%d%d$') ~= nil end
  return true
end

-- Whole numbers of 64 bits as sign and digits: Lua has none. What is beyond the ends is the end.
local function whole(s)
  local sign, digits = string.match(cut(s), '^%s*([+-]?)0*(%d*)')
  local top = sign == '-' and '9223372036854775808' or '9223372036854775807'
  digits = digits or ''
  if #digits > #top or (#digits == #top and digits > top) then digits = top end
  return digits ~= '' and sign == '-', digits
end
local function orderOfWhole(x, y)
  local xNegative, xDigits = whole(x)
  local yNegative, yDigits = whole(y)
  if xNegative ~= yNegative then return xNegative and -1 or 1 end
  local order = 0
  if #xDigits ~= #yDigits then order = #xDigits < #yDigits and -1 or 1
  elseif xDigits ~= yDigits then order = xDigits < yDigits and -1 or 1 end
  return xNegative and -order or order
end
local function real(s)
  local found = string.match(s, '^%s*([+-]?%d+%.?%d*)') or string.match(s, '^%s*([+-]?%.%d+)')
  return found and tonumber(found) or 0
end
local function orderOf(x, y, kind)
  if kind == 'integer' then return orderOfWhole(x, y) end
  if kind == 'float' then x, y = real(x), real(y) else x, y = cut(x), cut(y) end
  return x == y and 0 or (x < y and -1 or 1)
end
local function holds(order, op)
  if op == '=' then return order == 0 end
  if op == '>' then return order > 0 end
  if op == '<' then return order < 0 end
  if op == '>=' then return order >= 0 end
  return order <= 0
end

local function addAll(ids, k)
  for _, id in ipairs(list('SMEMBERS', k)) do ids[id] = true end
end
local tooMany = 'query scan limit exceeded (max 100000 rows). Use indexed columns or add more specific conditions.'
local function keepIf(ids, col, op, value)
  local kind = string.lower(text('HGET', schemaKey, col) or '')
  local count = 0
  for _ in pairs(ids) do count = count + 1 end
  if count > limit then return false end
  local gone = {}
  for id in pairs(ids) do
    local cell = text('HGET', key(id), col)
    if not cell or not holds(orderOf(cell, value, kind), op) then gone[#gone + 1] = id end
  end
  for _, id in ipairs(gone) do ids[id] = nil end
  return true
end

-- The ids that the conditions a[from] to a[to] choose; or nil and an error.
local function chosen(from, to, isSelect)
  local ids, seeded, i = {}, false, from
  while i <= to do
    local col, op, value = split(a[i])
    if not col then return nil, err('condition must be <col><op><value>') end
    local byIndex = op == '=' and isIndexed(col)
    if not byIndex and op == '=' and isSelect then return nil, err('search cannot be done on non-indexed column') end
    if not seeded then
      addAll(ids, byIndex and indexKey(col, value) or key('rows'))
      if not byIndex and not keepIf(ids, col, op, value) then return nil, err(tooMany) end
      seeded = true
    elseif byIndex and is(a[i - 1], 'OR') then
      addAll(ids, indexKey(col, value))
    elseif byIndex and not is(a[i - 1], 'AND') then
      return nil, err('expected AND/OR between conditions')
    elseif not keepIf(ids, col, op, value) then
      return nil, err(tooMany)
    end
    i = i + 1
    if i <= to and (is(a[i], 'AND') or is(a[i], 'OR')) then
      i = i + 1
      if i > to then return nil, err('dangling operator') end
    end
  end
  return ids
end
local function sorted(ids)
  local all = {}
  for id in pairs(ids) do all[#all + 1] = id end
  table.sort(all)
  return all
end
local function place(word, from)
  for i = from, #a do
    if is(a[i], word) then return i end
  end
  return nil
end
local function hasTable() return typeOf(schemaKey) == 'hash' end
local noTable = 'table schema does not exist'
local function removeRow(id)
  for _, col in ipairs(list('HKEYS', schemaKey)) do
    local value = isIndexed(col) and text('HGET', key(id), col)
    if value then redis.pcall('SREM', indexKey(col, value), id) end
  end
  redis.pcall('DEL', key(id))
  redis.pcall('SREM', key('rows'), id)
end
local function isIndexWord(word)
  word = string.lower(word)
  if word == 'hash' or word == 'btree' or word == 'true' then return true, true end
  return word == 'none' or word == 'false', false
end
)LUA";

/// What only reads. A script that says so may run on a replica.
const char* const reading = R"LUA(
local run = {}
run['TABLE.NAMESPACE.VIEW'] = function()
  if #a > 1 then return arity() end
  local found = {}
  for _, k in ipairs(redis.call('KEYS', 'schema:{*.*}')) do
    local space, rest = string.match(k, '^schema:{(.-)%.(.*)}$')
    if space and (not a[1] or a[1] == space) then found[#found + 1] = space .. ':' .. rest end
  end
  table.sort(found)
  return found
end
run['TABLE.SCHEMA.VIEW'] = function()
  if #a ~= 1 then return arity() end
  if not hasTable() then return err(noTable) end
  local all, reply = list('HGETALL', schemaKey), {}
  for i = 1, #all, 2 do
    reply[#reply + 1] = {all[i], all[i + 1], {ok = isIndexed(all[i]) and 'true' or 'false'}}
  end
  return reply
end
run['TABLE.SELECT'] = function()
  if #a < 1 then return arity() end
  if not hasTable() then return err(noTable) end
  local at, ids, failure = place('WHERE', 2), {}, nil
  if at then
    ids, failure = chosen(at + 1, #a, true)
    if not ids then return failure end
  else
    addAll(ids, key('rows'))
  end
  local reply = {}
  for n, id in ipairs(sorted(ids)) do
    local row = redis.pcall('HGETALL', key(id))
    reply[n] = not row.err and row or false
  end
  return reply
end
run['TABLE.HELP'] = function()
  local lines = {}
  for i = 1, 18 do lines[i] = {ok = 'line ' .. i} end
  return lines
end
return run[name]()
)LUA";

const char* const writing = R"LUA(
redis.set_repl(redis.REPL_NONE)
local run = {}
run['TABLE.NAMESPACE.CREATE'] = function()
  if #a ~= 1 then return arity() end
  if typeOf(schemaKey) ~= 'none' then return err('namespace already exists') end
  redis.call('SET', schemaKey, '1')
  return {ok = 'OK'}
end
local function addColumn(word, format)
  local col, kind, index = string.match(word, '^([^:]*):([^:]*):(.*)$')
  if not col then col, kind = string.match(word, '^([^:]*):(.*)$') end
  if not col then return err(format) end
  local wanted = false
  if index then
    local known
    known, wanted = isIndexWord(index)
    if not known then
      return err("index must be 'hash', 'btree', 'none' (or deprecated 'true'/'false')")
    end
  end
  redis.call('HSET', schemaKey, col, kind)
  if wanted then redis.pcall('SADD', key('idx:meta'), col) end
  return nil
end
run['TABLE.SCHEMA.CREATE'] = function()
  if #a < 2 then return arity() end
  local space = string.match(T, '^([^.]*)%.')
  if not space then return err('table name must be namespace.table') end
  if typeOf('schema:{' .. space .. '}') == 'none' then return err('namespace does not exist') end
  if typeOf(schemaKey) ~= 'none' then return err('table schema already exists') end
  local format = 'format: <col:type> or <col:type:index>'
  for i = 2, #a do
    if string.sub(a[i], 1, 1) == ':' then return err(format) end
    local failure = addColumn(a[i], format)
    if failure then return failure end
  end
  return {ok = 'OK'}
end
run['TABLE.SCHEMA.ALTER'] = function()
  if #a < 3 then return arity() end
  if not hasTable() then return err(noTable) end
  local what = string.upper(a[2] .. ' ' .. a[3])
  if what == 'ADD COLUMN' then
    if #a ~= 4 then return err('ADD COLUMN requires col:type[:index]') end
    return addColumn(a[4], 'format: col:type[:index]') or {ok = 'OK'}
  elseif what == 'ADD INDEX' then
    if #a ~= 4 then return err('ADD INDEX requires column name') end
    local col = a[4]
    if not text('HGET', schemaKey, col) then return err('column does not exist') end
    redis.pcall('SADD', key('idx:meta'), col)
    for _, id in ipairs(list('SMEMBERS', key('rows'))) do
      local value = text('HGET', key(id), col)
      if value then redis.pcall('SADD', indexKey(col, value), id) end
    end
    return {ok = 'OK'}
  elseif what == 'DROP INDEX' then
    if #a ~= 4 then return err('DROP INDEX requires column name') end
    redis.pcall('SREM', key('idx:meta'), a[4])
    for _, k in ipairs(redis.call('KEYS', key('idx:' .. cut(a[4]) .. ':*'))) do redis.call('DEL', k) end
    return {ok = 'OK'}
  end
  return err('syntax: ADD COLUMN col:type[:index] | ADD INDEX col | DROP INDEX col')
end
run['TABLE.INSERT'] = function()
  if #a < 2 then return arity() end
  if not hasTable() then return err(noTable) end
  local next = redis.pcall('INCR', key('id'))
  local id = type(next) == 'number' and text('GET', key('id')) or '-9223372036854775808'
  for i = 2, #a do
    local col, op, value = split(a[i])
    if not col or op ~= '=' then return err('each field must be <col>=<value>') end
    if not isOfType(col, value) then return err('invalid column or type') end
    redis.pcall('HSET', key(id), col, value)
    if isIndexed(col) then redis.pcall('SADD', indexKey(col, value), id) end
  end
  redis.pcall('SADD', key('rows'), id)
  return id
end
run['TABLE.UPDATE'] = function()
  if #a < 4 then return arity() end
  if not hasTable() then return err(noTable) end
  local set = place('SET', 2)
  if not set then return err('missing SET') end
  local from = is(a[2], 'WHERE') and set > 2 and 3 or 2
  local ids, failure = {}, nil
  if from >= set then
    addAll(ids, key('rows'))
  else
    ids, failure = chosen(from, set - 1, false)
    if not ids then return failure end
  end
  local count = 0
  for _, id in ipairs(sorted(ids)) do
    for i = set + 1, #a do
      local col, op, value = split(a[i])
      if not col or op ~= '=' then return err('SET expects <col>=<value>') end
      if not isOfType(col, value) then return err('invalid column or type') end
      local old = text('HGET', key(id), col)
      redis.pcall('HSET', key(id), col, value)
      if isIndexed(col) and old ~= value then
        if old then redis.pcall('SREM', indexKey(col, old), id) end
        redis.pcall('SADD', indexKey(col, value), id)
      end
    end
    count = count + 1
  end
  return count
end
run['TABLE.DELETE'] = function()
  if #a < 1 then return arity() end
  if not hasTable() then return err(noTable) end
  local ids, failure = {}, nil
  if place('WHERE', 2) then
    ids, failure = chosen(3, #a, false)
    if not ids then return failure end
  else
    addAll(ids, key('rows'))
  end
  local count = 0
  for _, id in ipairs(sorted(ids)) do
    removeRow(id)
    count = count + 1
  end
  return count
end
run['TABLE.DROP'] = function()
  if #a < 1 or #a > 2 then return arity() end
  if not hasTable() then return err(noTable) end
  if not a[2] then return err('This operation is irreversible, use FORCE parameter to remove the table') end
  if not is(a[2], 'FORCE') then return err('Invalid parameter. Use FORCE to confirm table removal') end
  for _, id in ipairs(list('SMEMBERS', key('rows'))) do removeRow(id) end
  redis.call('DEL', schemaKey, key('id'), key('idx:meta'), key('rows'))
  return {ok = 'OK'}
end
return run[name]()
)LUA";

const char* const entries = R"LUA(
local function entry(name, flag, first)
  return {name, -1, {{ok = flag}, {ok = 'module'}}, first, first, first, {}, {}, {}, {}}
end
local all = {entry('table.namespace.create', 'write', 1), entry('table.namespace.view', 'readonly', 0),
  entry('table.schema.create', 'write', 1), entry('table.schema.view', 'readonly', 1),
  entry('table.schema.alter', 'write', 1), entry('table.insert', 'write', 1), entry('table.select', 'readonly', 1),
  entry('table.update', 'write', 1), entry('table.delete', 'write', 1), entry('table.drop', 'write', 1),
  entry('table.help', 'readonly', 0)}
)LUA";

/// Commands of the module that only read.
const std::set<std::string> readers{"TABLE.NAMESPACE.VIEW", "TABLE.SCHEMA.VIEW", "TABLE.SELECT", "TABLE.HELP"};
const std::set<std::string> keyless{"TABLE.NAMESPACE.VIEW", "TABLE.HELP"};

std::string upper(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

} // namespace

std::string lower(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

std::vector<std::string> tableCommandAsScript(const std::vector<std::string>& command, std::size_t scanLimit)
{
    const std::string name = upper(command.front());
    const bool isReader = readers.contains(name);
    const std::string head =
        isReader ? "#!lua flags=no-writes,allow-cross-slot-keys\n" : "#!lua flags=allow-oom,allow-cross-slot-keys\n";
    const bool hasKey = command.size() > 1 && !keyless.contains(name);
    std::vector<std::string> script{"EVAL", head + common + (isReader ? reading : writing), hasKey ? "1" : "0"};
    if (hasKey) {
        script.push_back(command[1]);
    }
    script.insert(script.end(), {name, std::to_string(scanLimit)});
    script.insert(script.end(), command.begin() + 1, command.end());
    return script;
}

std::vector<std::string> moduleListAsScript(const std::string& scanLimitArgument)
{
    const std::string script = "local args = {}\nif ARGV[1] ~= '' then args = {'max_scan_limit', ARGV[1]} end\n"
                               "return {{'name', 'table', 'ver', 1, 'path', '/redistable.so', 'args', args}}";
    return {"EVAL", script, "0", scanLimitArgument};
}

std::vector<std::string> commandListAsScript()
{
    return {"EVAL",
        std::string(entries)
            + "local known = redis.call('COMMAND')\nfor _, one in ipairs(all) do known[#known + 1] = one end\nreturn "
              "known",
        "0"};
}

std::vector<std::string> commandInfoAsScript(const std::vector<std::string>& names)
{
    std::vector<std::string> script{"EVAL",
        std::string(entries)
            + "local reply = {}\nfor n, name in ipairs(ARGV) do\n  reply[n] = redis.call('COMMAND', 'INFO', name)[1] "
              "or false\n"
              "  for _, one in ipairs(all) do\n    if one[1] == string.lower(name) then reply[n] = one end\n  "
              "end\nend\nreturn reply",
        "0"};
    script.insert(script.end(), names.begin(), names.end());
    return script;
}

std::vector<std::string> errorAsScript(const std::string& text)
{
    return {"EVAL", "return redis.error_reply(ARGV[1])", "0", text};
}

} // namespace keyglass::test
