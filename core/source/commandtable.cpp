// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/commandtable.h"

#include "core/source/lane.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace keyglass {

namespace {

// Places of what we read within one entry of COMMAND.
constexpr std::size_t nameAt = 0;
constexpr std::size_t flagsAt = 2;
constexpr std::size_t firstKeyAt = 3;
constexpr std::size_t lastKeyAt = 4;
constexpr std::size_t keyStepAt = 5;
constexpr std::size_t categoriesAt = 6;  // since 6.0
constexpr std::size_t subcommandsAt = 9; // since 7.0

bool lists(const Reply& entry, std::size_t at, std::string_view word)
{
    if (entry.elements.size() <= at) {
        return false;
    }
    const auto& words = entry.elements[at].elements;
    return std::any_of(words.begin(), words.end(), [word](const Reply& each) { return each.text == word; });
}

/// A key position; nonsense becomes 0, which counts as "no key at a fixed place".
int position(const Reply& entry, std::size_t at)
{
    const std::int64_t value = entry.elements.size() > at ? entry.elements[at].integer : 0;
    constexpr std::int64_t largest = std::numeric_limits<int>::max();
    return value < -largest || value > largest ? 0 : static_cast<int>(value);
}

CommandTraits traitsOf(const Reply& entry)
{
    CommandTraits traits;
    traits.isReadOnly = lists(entry, flagsAt, "readonly");
    traits.isWrite = lists(entry, flagsAt, "write");
    traits.isAdmin = lists(entry, flagsAt, "admin");
    traits.hasMovableKeys = lists(entry, flagsAt, "movablekeys");
    traits.isDangerous = lists(entry, categoriesAt, "@dangerous");
    traits.isScripting = lists(entry, categoriesAt, "@scripting");
    traits.firstKey = position(entry, firstKeyAt);
    traits.lastKey = position(entry, lastKeyAt);
    traits.keyStep = position(entry, keyStepAt);
    return traits;
}

bool isEntry(const Reply& entry)
{
    return entry.isArray() && entry.elements.size() > keyStepAt && entry.elements[nameAt].isText()
        && entry.elements[flagsAt].isArray();
}

bool hasSubcommands(const Reply& entry)
{
    return entry.elements.size() > subcommandsAt && !entry.elements[subcommandsAt].elements.empty();
}

std::optional<std::size_t> numberAt(const std::vector<std::string>& arguments, std::size_t at)
{
    if (at >= arguments.size()) {
        return {};
    }
    const std::string& text = arguments[at];
    std::size_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// The place of `word` in any case among the arguments from `from` on.
std::optional<std::size_t> wordAt(const std::vector<std::string>& arguments, std::size_t from, std::string_view word)
{
    for (std::size_t at = from; at < arguments.size(); ++at) {
        if (arguments[at].size() == word.size() && lowerAscii(arguments[at]) == word) {
            return at;
        }
    }
    return {};
}

/// Of commands that say by other arguments how many keys there are.
std::optional<std::size_t> movableKeyCount(std::string_view name, const std::vector<std::string>& arguments)
{
    if (name == "lmpop" || name == "zmpop") {
        return numberAt(arguments, 1);
    }
    if (name == "blmpop" || name == "bzmpop") {
        return numberAt(arguments, 2);
    }
    if (name == "georadius" || name == "georadiusbymember") {
        const bool stores = wordAt(arguments, 2, "store") || wordAt(arguments, 2, "storedist");
        return stores ? 2 : 1;
    }
    if (name == "xreadgroup") { // XREADGROUP GROUP group consumer … STREAMS key… id…
        const auto streams = wordAt(arguments, 4, "streams");
        return streams ? std::optional((arguments.size() - *streams - 1) / 2) : std::nullopt;
    }
    return {};
}

} // namespace

std::string lowerAscii(std::string_view text)
{
    std::string lower(text);
    for (char& each : lower) {
        if (each >= 'A' && each <= 'Z') {
            each = static_cast<char>(each - 'A' + 'a');
        }
    }
    return lower;
}

void CommandTable::add(std::string name, const CommandTraits& traits)
{
    if (const std::size_t bar = name.find('|'); bar != std::string::npos) {
        m_containers.insert(name.substr(0, bar));
    }
    m_traits.insert_or_assign(std::move(name), traits);
}

void CommandTable::addReply(const Reply& entry)
{
    add(lowerAscii(entry.elements[nameAt].text), traitsOf(entry));
    if (!hasSubcommands(entry)) {
        return;
    }
    for (const Reply& sub : entry.elements[subcommandsAt].elements) {
        if (isEntry(sub)) { // one level is all there is
            add(lowerAscii(sub.elements[nameAt].text), traitsOf(sub));
        }
    }
}

Result<std::shared_ptr<const CommandTable>> CommandTable::fromServer(const Reply& commandReply)
{
    const auto& entries = commandReply.elements;
    if (entries.empty() || !std::all_of(entries.begin(), entries.end(), isEntry)) {
        return Error{ErrorKind::Protocol, QStringLiteral("COMMAND"), {}};
    }
    const bool tellsAll = std::any_of(entries.begin(), entries.end(), hasSubcommands);
    auto table = tellsAll ? std::make_shared<CommandTable>() : std::make_shared<CommandTable>(*builtIn());
    table->m_isFromServer = tellsAll;
    for (const Reply& entry : entries) {
        const std::string name = lowerAscii(entry.elements[nameAt].text);
        if (tellsAll || (!table->find(name) && !table->isContainer(name))) {
            table->addReply(entry);
        }
    }
    return std::shared_ptr<const CommandTable>(std::move(table));
}

std::string CommandTable::nameOf(const Command& command) const
{
    std::string name = lowerAscii(command.name());
    if (name.find('|') != std::string::npos) {
        return '|' + name; // no server takes "config|get" for CONFIG GET: never found here either
    }
    if (command.arguments().size() > 1 && isContainer(name)) {
        name += '|';
        name += lowerAscii(command.arguments()[1]);
    }
    return name;
}

const CommandTraits* CommandTable::find(std::string_view fullName) const
{
    const auto found = m_traits.find(fullName);
    return found == m_traits.end() ? nullptr : &found->second;
}

bool CommandTable::isContainer(std::string_view name) const
{
    return m_containers.contains(name);
}

std::optional<std::size_t> CommandTable::keyCount(const Command& command) const
{
    const std::string name = nameOf(command);
    const CommandTraits* traits = find(name);
    if (!traits) {
        return {};
    }
    const auto& arguments = command.arguments();
    if (traits->hasMovableKeys) {
        return movableKeyCount(name, arguments);
    }
    const auto size = static_cast<std::int64_t>(arguments.size());
    const std::int64_t last = traits->lastKey < 0 ? size + traits->lastKey : std::int64_t{traits->lastKey};
    if (traits->firstKey <= 0 || traits->keyStep <= 0 || last < traits->firstKey) {
        return 0;
    }
    return static_cast<std::size_t>((last - traits->firstKey) / traits->keyStep + 1);
}

std::vector<std::string> CommandTable::names() const
{
    std::vector<std::string> names;
    names.reserve(m_traits.size());
    for (const auto& [name, traits] : m_traits) {
        names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::shared_ptr<const CommandTable>> fetchCommandTable(Lane& lane, std::stop_token stop)
{
    const Command command{"COMMAND"};
    auto replies = lane.pipeline({&command, 1}, stop);
    if (!replies) {
        return std::move(replies).error();
    }
    auto table = CommandTable::fromServer(replies->front());
    if (!table) {
        return CommandTable::builtIn();
    }
    return table;
}

} // namespace keyglass
