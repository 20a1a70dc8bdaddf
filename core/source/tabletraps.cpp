// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/tabletraps.h"

#include "core/base/bytes.h"
#include "core/source/commandtable.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace keyglass {

namespace {

using Words = std::span<const std::string>;
using Found = std::optional<TableTrap>;

constexpr std::size_t longestName = 64;
/// After the command's name and the table's.
constexpr std::size_t rest = 2;

QString tr(const char* text)
{
    return QCoreApplication::translate("TableTrap", text);
}

TableTrap refused(const QString& why)
{
    return {false, why};
}

bool is(const std::string& word, std::string_view wanted)
{
    return word.size() == wanted.size() && lowerAscii(word) == wanted;
}

std::optional<std::size_t> placeOf(Words words, std::string_view wanted)
{
    for (std::size_t at = rest; at < words.size(); ++at) {
        if (is(words[at], wanted)) {
            return at;
        }
    }
    return std::nullopt;
}

Found trapInName(std::string_view name)
{
    const QString shown = displayText(name.substr(0, longestName + 1));
    if (name.size() > longestName) {
        return refused(tr("RedisTABLE takes names of 64 bytes; to longer ones it answers twice, and every later answer "
                          "is another command's."));
    }
    if (name.empty()) {
        return refused(tr("A name is empty."));
    }
    if (name.find_first_of(std::string_view("{}\0", 3)) != std::string_view::npos) {
        return refused(
            tr("With a brace or a zero byte in its name, RedisTABLE does not find \"%1\" again.").arg(shown));
    }
    return std::nullopt;
}

Found trapInTable(std::string_view table)
{
    const std::size_t dot = table.find('.');
    if (dot == std::string_view::npos) {
        return std::nullopt; // which the module refuses
    }
    Found trap = trapInName(table.substr(0, dot));
    return trap ? trap : trapInName(table.substr(dot + 1));
}

/// Read as the module reads it: the first >= or <= anywhere counts before any =.
bool isAssignment(std::string_view word)
{
    if (word.find(">=") != std::string_view::npos || word.find("<=") != std::string_view::npos) {
        return false;
    }
    const std::size_t sign = word.find_first_of("=<>");
    return sign != std::string_view::npos && sign > 0 && sign + 1 < word.size() && word[sign] == '=';
}

Found trapInAssignments(Words words, std::size_t from, const QString& harm)
{
    for (std::size_t at = from; at < words.size(); ++at) {
        if (!isAssignment(words[at])) {
            return refused(tr("RedisTABLE does not read \"%1\" as column=value. %2")
                    .arg(displayText(std::string_view(words[at]).substr(0, 100)), harm));
        }
    }
    return std::nullopt;
}

bool isIndexWord(std::string_view word)
{
    constexpr std::array<std::string_view, 5> known{"hash", "btree", "none", "true", "false"};
    return std::ranges::find(known, std::string_view(lowerAscii(word))) != known.end();
}

Found trapInColumns(Words words)
{
    for (std::size_t at = rest; at < words.size(); ++at) {
        const std::string_view word = words[at];
        const std::size_t colon = word.find(':');
        const std::size_t second = colon == std::string_view::npos ? colon : word.find(':', colon + 1);
        const bool isGood = colon != std::string_view::npos && colon > 0
            && (second == std::string_view::npos || isIndexWord(word.substr(second + 1)));
        if (!isGood) {
            return refused(tr("\"%1\" is no column:type or column:type:index, and RedisTABLE would leave a table with "
                              "the columns before it.")
                    .arg(displayText(word.substr(0, 100))));
        }
    }
    return std::nullopt;
}

Found trapInAlter(Words words)
{
    constexpr std::size_t column = 4;
    if (words.size() <= column) {
        return std::nullopt;
    }
    if (std::ranges::any_of(words.subspan(rest), [](const std::string& word) { return word.empty(); })) {
        return refused(tr("An argument is empty. RedisTABLE takes it for a name."));
    }
    const auto hasPattern = [](std::string_view name) {
        return name.find_first_of("*?[]\\") != std::string_view::npos;
    };
    if (is(words[2], "drop") && is(words[3], "index") && (hasPattern(words[1]) || hasPattern(words[column]))) {
        return refused(tr("RedisTABLE takes the name for a pattern here, and would empty other indexes."));
    }
    if (is(words[2], "add") && is(words[3], "column") && words[column].starts_with(':')) {
        return refused(tr("RedisTABLE would add a column without a name."));
    }
    if (is(words[2], "add") && is(words[3], "column") && std::ranges::count(words[column], ':') > 1) {
        return TableTrap{true,
            tr("If the column is there already, it is marked as indexed without an index being built, and finds "
               "nothing. Add the column first, and its index then.")};
    }
    return std::nullopt;
}

/// The words that RedisTABLE looks for; without them all rows are meant.
Found trapInWhere(Words words, std::string_view name)
{
    if (name == "table.delete") {
        const auto where = placeOf(words, "where");
        if (where != rest) {
            return TableTrap{true, tr("Without the word WHERE after the table's name it deletes all rows.")};
        }
    } else if (name == "table.update") {
        const auto set = placeOf(words, "set");
        const bool hasWhere = words.size() > rest && is(words[rest], "where");
        if (set && (!hasWhere || *set <= rest + 1)) {
            return TableTrap{true, tr("Without the word WHERE and a condition it changes all rows.")};
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<TableTrap> tableTrap(const Command& command, std::string_view name)
{
    const Words words(command.arguments());
    if (!name.starts_with("table.") || words.size() < 2) {
        return std::nullopt;
    }
    if (name == "table.namespace.create") {
        return trapInName(words[1]);
    }
    if (name == "table.schema.create") {
        Found trap = trapInTable(words[1]);
        return trap ? trap : trapInColumns(words);
    }
    if (name == "table.schema.alter") {
        return trapInAlter(words);
    }
    if (name != "table.insert" && name != "table.select" && name != "table.update" && name != "table.delete") {
        return std::nullopt;
    }
    if (std::ranges::any_of(words.subspan(rest), [](const std::string& word) { return word.empty(); })) {
        return refused(tr("An empty argument crashes the server."));
    }
    if (name == "table.insert") {
        return trapInAssignments(words, rest, tr("A row that nobody lists would be left."));
    }
    if (const auto set = name == "table.update" ? placeOf(words, "set") : std::nullopt) {
        if (Found trap = trapInAssignments(words, *set + 1, tr("A part of the rows would be changed."))) {
            return trap;
        }
    }
    return trapInWhere(words, name);
}

bool isLargeTableCommand(std::string_view name)
{
    constexpr std::array<std::string_view, 4> large{"table.delete", "table.drop", "table.schema.alter", "table.update"};
    return std::ranges::find(large, name) != large.end();
}

} // namespace keyglass
