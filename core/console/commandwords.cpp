// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/console/commandwords.h"

#include "core/console/consoletext.h"

#include <optional>

namespace keyglass {

namespace {

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Outside of quotes a vertical tab or a form feed is skipped before a word, but belongs to one that has begun.
bool endsWord(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::optional<int> hexDigit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? std::optional(lower - 'a' + 10) : std::nullopt;
}

char escaped(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'b':
        return '\b';
    case 'a':
        return '\a';
    default:
        return c;
    }
}

/// Reads a line from left to right, one word at a time.
class Splitter {
public:
    explicit Splitter(std::string_view line)
        : m_line(line)
    {
    }

    Result<std::vector<CommandWord>> all()
    {
        std::vector<CommandWord> words;
        for (skipSpace(); !atEnd(); skipSpace()) {
            m_word = {};
            if (Status read = word(); !read) {
                return std::move(read).error();
            }
            words.push_back(std::move(m_word));
        }
        return words;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at == m_line.size(); }
    void skipSpace()
    {
        while (!atEnd() && isSpace(m_line[m_at])) {
            ++m_at;
        }
    }
    void take(char byte, Written how, std::size_t used = 1)
    {
        m_word.bytes += byte;
        m_word.written.push_back(how);
        m_at += used;
    }

    Status word()
    {
        while (!atEnd() && !endsWord(m_line[m_at])) {
            const char c = m_line[m_at];
            if (c == '"' || c == '\'') {
                ++m_at;
                return quoted(c);
            }
            take(c, Written::Plain);
        }
        return ok();
    }

    Status quoted(char quote)
    {
        while (!atEnd() && m_line[m_at] != quote) {
            quote == '"' ? doubleQuotedByte() : singleQuotedByte();
        }
        if (atEnd()) {
            return consoleInput(ConsoleText::tr("The line"),
                quote == '"' ? ConsoleText::tr("A double quote is not closed.")
                             : ConsoleText::tr("A single quote is not closed."));
        }
        ++m_at;
        if (!atEnd() && !isSpace(m_line[m_at])) {
            return consoleInput(
                ConsoleText::tr("The line"), ConsoleText::tr("After a closing quote there has to be a space."));
        }
        return ok();
    }

    void doubleQuotedByte()
    {
        const std::string_view rest = m_line.substr(m_at);
        if (rest.size() < 2 || rest[0] != '\\') {
            take(rest[0], Written::DoubleQuoted);
            return;
        }
        const auto high = rest.size() > 3 && rest[1] == 'x' ? hexDigit(rest[2]) : std::nullopt;
        const auto low = high ? hexDigit(rest[3]) : std::nullopt;
        if (low) {
            take(static_cast<char>(*high * 16 + *low), Written::Escaped, 4);
        } else {
            take(escaped(rest[1]), Written::Escaped, 2);
        }
    }

    void singleQuotedByte()
    {
        const bool isQuote = m_line.substr(m_at).starts_with("\\'");
        take(isQuote ? '\'' : m_line[m_at], Written::SingleQuoted, isQuote ? 2 : 1);
    }

    std::string_view m_line;
    std::size_t m_at = 0;
    CommandWord m_word;
};

bool isSafe(unsigned char c)
{
    return c > ' ' && c < 0x7f && c != '"' && c != '\'' && c != '\\';
}

} // namespace

Result<std::vector<CommandWord>> splitMarkedWords(std::string_view line)
{
    return Splitter(line).all();
}

Result<std::vector<std::string>> splitCommandLine(std::string_view line)
{
    auto marked = splitMarkedWords(line);
    if (!marked) {
        return std::move(marked).error();
    }
    std::vector<std::string> words;
    words.reserve(marked->size());
    for (CommandWord& word : *marked) {
        words.push_back(std::move(word.bytes));
    }
    return words;
}

std::string quotedWord(std::string_view bytes)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    bool needsQuotes = bytes.empty();
    for (const char byte : bytes) {
        const auto c = static_cast<unsigned char>(byte);
        needsQuotes = needsQuotes || !isSafe(c);
        if (c == '"' || c == '\\') {
            text += '\\';
        }
        if (c < ' ' || c >= 0x7f) {
            text += {'\\', 'x', digits[c / 16], digits[c % 16]};
        } else {
            text += byte;
        }
    }
    return needsQuotes ? '"' + text + '"' : std::string(bytes);
}

} // namespace keyglass
