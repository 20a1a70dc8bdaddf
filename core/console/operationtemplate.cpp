// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/operationtemplate.h"

#include "core/base/bytes.h"
#include "core/console/consoletext.h"
#include "core/source/commandtable.h"

#include <algorithm>
#include <array>

namespace keyglass {

namespace {

Error badOperation(const QString& why)
{
    return consoleInput(ConsoleText::tr("The operation"), why);
}

bool isSignByte(char c)
{
    return c == '*' || c == '@' || c == '#';
}

/// Where the script, or its name, stands in a command that runs one: a key must not become a part of it. 0: it runs
/// none.
std::size_t scriptAt(std::string_view fullName)
{
    constexpr std::array<std::string_view, 6> first{"eval", "eval_ro", "evalsha", "evalsha_ro", "fcall", "fcall_ro"};
    constexpr std::array<std::string_view, 2> second{"script|load", "function|load"};
    if (std::ranges::find(first, fullName) != first.end()) {
        return 1;
    }
    return std::ranges::find(second, fullName) != second.end() ? 2 : 0;
}

std::string_view textOrNumber(const Reply& reply, std::string& room)
{
    if (reply.isInteger()) {
        room = std::to_string(reply.integer);
        return room;
    }
    return reply.text;
}

} // namespace

bool isScanName(std::string_view name)
{
    const std::string lower = lowerAscii(name);
    return lower == "scan" || lower == "sscan" || lower == "hscan" || lower == "zscan";
}

/// The elements from `from` to `to` of a reply, and what `@` is.
struct OperationTemplate::Scope {
    const ScannedElements& elements;
    std::size_t from = 0;
    std::size_t to = 0;
    std::size_t position = 0;

    /// Calls `take` with each text that a sign of elements stands for.
    template <typename Take> void each(Sign sign, const Take& take) const
    {
        std::string room;
        for (std::size_t at = from; at < to; ++at) {
            if (sign == Sign::Elements) {
                take(elements.name(at));
                continue;
            }
            for (const Reply& one : elements.part(at)) {
                take(textOrNumber(one, room));
            }
        }
    }
};

Result<OperationTemplate> OperationTemplate::parse(
    std::string_view operation, Mode mode, std::optional<std::string> delimiter, const CommandTable& table)
{
    const auto words = splitMarkedWords(operation);
    if (!words) {
        return badOperation(words.error().detail);
    }
    OperationTemplate made;
    made.m_mode = mode;
    made.m_delimiter = std::move(delimiter);
    for (const CommandWord& word : *words) {
        made.m_words.push_back(takeApart(word));
        for (const Piece& piece : made.m_words.back()) {
            made.m_namesElements = made.m_namesElements || piece.sign == Sign::Elements || piece.sign == Sign::Raw;
        }
    }
    if (Status good = made.check(table); !good) {
        return std::move(good).error();
    }
    return made;
}

/// Texts and signs of one word, in order.
OperationTemplate::Word OperationTemplate::takeApart(const CommandWord& word)
{
    const auto isOpen = [&word](std::size_t at) {
        return word.written[at] == Written::Plain || word.written[at] == Written::DoubleQuoted;
    };
    const auto is = [&](std::size_t at, char c) { return at < word.bytes.size() && word.bytes[at] == c && isOpen(at); };
    Word pieces;
    const auto addText = [&pieces](char c) {
        if (pieces.empty() || pieces.back().sign != Sign::None) {
            pieces.emplace_back();
        }
        pieces.back().text += c;
    };
    for (std::size_t at = 0; at < word.bytes.size(); ++at) {
        const char c = word.bytes[at];
        const bool escapesNext = c == '\\' && word.written[at] == Written::Plain && at + 1 < word.bytes.size()
            && word.written[at + 1] == Written::Plain && isSignByte(word.bytes[at + 1]);
        if (escapesNext) {
            addText(word.bytes[++at]);
        } else if (is(at, '*')) {
            const bool isRaw = is(at + 1, '*');
            pieces.push_back(Piece{isRaw ? Sign::Raw : Sign::Elements, {}});
            at += isRaw ? 1 : 0;
        } else if (is(at, '@') || is(at, '#')) {
            pieces.push_back(Piece{c == '@' ? Sign::Position : Sign::Count, {}});
        } else {
            addText(c);
        }
    }
    return pieces;
}

bool OperationTemplate::hasSign(const Word& word)
{
    return std::ranges::any_of(word, [](const Piece& piece) { return piece.sign != Sign::None; });
}

/// True if elements stand inside a longer word.
bool OperationTemplate::joins(const Word& word)
{
    return word.size() > 1 && std::ranges::any_of(word, [](const Piece& piece) {
        return piece.sign == Sign::Elements || piece.sign == Sign::Raw;
    });
}

/// True if what the reply says of elements stands inside a longer word.
bool OperationTemplate::joinsRaw(const Word& word)
{
    return word.size() > 1 && std::ranges::any_of(word, [](const Piece& piece) { return piece.sign == Sign::Raw; });
}

/// The bytes of a word without signs; of any other, nothing.
std::string_view OperationTemplate::fixedWord(std::size_t at) const
{
    const bool isFixed = at < m_words.size() && m_words[at].size() == 1 && m_words[at].front().sign == Sign::None;
    return isFixed ? std::string_view(m_words[at].front().text) : std::string_view();
}

Status OperationTemplate::check(const CommandTable& table) const
{
    if (m_words.empty()) {
        return badOperation(ConsoleText::tr("It is empty."));
    }
    if (Status fixed = checkFixedWords(table); !fixed) {
        return fixed;
    }
    if (isScanName(fixedWord(0))) {
        return badOperation(ConsoleText::tr("A scan can't run another scan."));
    }
    const auto joinsHere = [this](const Word& word) { return m_mode == Mode::ForAll ? joins(word) : joinsRaw(word); };
    if (!m_delimiter && std::ranges::any_of(m_words, joinsHere)) {
        return badOperation(m_mode == Mode::ForAll
                ? ConsoleText::tr(
                      "In FORALL, * inside a longer word joins all elements: DELIM has to say what stands between "
                      "them.")
                : ConsoleText::tr(
                      "** inside a longer word joins an element's parts: DELIM has to say what stands between "
                      "them."));
    }
    return ok();
}

/// What is done must not depend on what a key is called.
Status OperationTemplate::checkFixedWords(const CommandTable& table) const
{
    if (fixedWord(0).empty()) {
        return badOperation(ConsoleText::tr("It has to begin with the name of a command."));
    }
    const std::string first(fixedWord(0));
    if (m_words.size() > 1 && table.isContainer(lowerAscii(first)) && hasSign(m_words[1])) {
        return badOperation(
            ConsoleText::tr("%1 has to be followed by the name of a subcommand.").arg(displayText(first).toUpper()));
    }
    const std::size_t script = scriptAt(table.nameOf(Command{first, fixedWord(1)}));
    const std::size_t plainly = scriptAt(lowerAscii(first));
    for (const std::size_t at : {script, plainly}) {
        if (at > 0 && at < m_words.size() && hasSign(m_words[at])) {
            return badOperation(
                ConsoleText::tr("A script takes elements as its keys and arguments, not as a part of itself: put "
                                "it into single quotes, or write \\*, \\@ and \\#."));
        }
    }
    return ok();
}

Command OperationTemplate::forElement(const ScannedElements& elements, std::size_t at) const
{
    return build(Scope{elements, at, at + 1, at});
}

Command OperationTemplate::forAll(const ScannedElements& elements) const
{
    return build(Scope{elements, 0, elements.count(), 0});
}

Command OperationTemplate::sample() const
{
    Reply element;
    element.type = Reply::Type::String;
    element.text = "element";
    return build(Scope{ScannedElements{{element}, 1}, 0, 1, 0});
}

bool OperationTemplate::mayWriteElsewhere(const CommandTable& table) const
{
    const Command command = sample();
    const CommandTraits* const traits = table.find(table.nameOf(command));
    if (!traits) {
        return true;
    }
    if (!traits->isWrite && !traits->isScripting) {
        return false;
    }
    if (traits->isReadOnly) {
        return false; // EVAL_RO and the like
    }
    const auto at = static_cast<std::size_t>(std::max(traits->firstKey, 0));
    const bool isOfOneKey = !traits->isScripting && at > 0 && table.keyCount(command) == std::size_t{1};
    const bool isTheElement = isOfOneKey && at < m_words.size() && m_words[at].size() == 1
        && m_words[at].front().sign != Sign::None && m_words[at].front().sign != Sign::Position
        && m_words[at].front().sign != Sign::Count;
    return !isTheElement;
}

Command OperationTemplate::build(const Scope& scope) const
{
    Command command;
    for (const Word& word : m_words) {
        const Sign sign = word.size() == 1 ? word.front().sign : Sign::None;
        const bool spreads = !m_delimiter && (sign == Sign::Elements || sign == Sign::Raw);
        if (spreads) {
            scope.each(sign, [&command](std::string_view text) { command.add(text); });
        } else {
            command.add(textOf(word, scope));
        }
    }
    return command;
}

std::string OperationTemplate::textOf(const Word& word, const Scope& scope) const
{
    std::string text;
    for (const Piece& piece : word) {
        switch (piece.sign) {
        case Sign::None:
            text += piece.text;
            break;
        case Sign::Position:
            text += std::to_string(scope.position);
            break;
        case Sign::Count:
            text += std::to_string(scope.elements.count());
            break;
        case Sign::Elements:
        case Sign::Raw: {
            bool isFirst = true;
            scope.each(piece.sign, [&](std::string_view one) {
                text += std::exchange(isFirst, false) ? std::string_view() : std::string_view(m_delimiter.value_or(""));
                text += one;
            });
            break;
        }
        }
    }
    return text;
}

} // namespace keyglass
