// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/jsontext.h"

#include "core/value/formatters/utf8step.h"

namespace keyglass {

namespace {

/// How far one token could be read.
enum class Read { Good, Cut, Bad };

class JsonLayout {
public:
    JsonLayout(std::string_view json, const JsonLimits& limits)
        : m_json(json)
        , m_limits(limits)
    {
    }

    JsonText run()
    {
        while (m_outcome == JsonText::Outcome::Whole && !m_done) {
            skipSpace();
            if (m_at == m_json.size()) {
                m_outcome = JsonText::Outcome::Cut;
            } else if (m_out.size() > m_limits.outputBytes) {
                m_outcome = JsonText::Outcome::Limit;
            } else {
                step();
            }
        }
        if (m_done) {
            skipSpace();
            if (m_at < m_json.size()) {
                m_outcome = JsonText::Outcome::Invalid; // something follows the value
            }
        }
        return {m_outcome, std::move(m_out), m_at};
    }

private:
    /// What the grammar allows next.
    enum class Expect { Value, ValueOrEnd, Name, NameOrEnd, Colon, CommaOrEnd };

    void step()
    {
        switch (m_expect) {
        case Expect::ValueOrEnd:
        case Expect::NameOrEnd:
            if (isClosing()) {
                close();
                return;
            }
            newLine();
            m_expect = m_expect == Expect::NameOrEnd ? Expect::Name : Expect::Value;
            return;
        case Expect::Name:
            takeString(Expect::Colon);
            return;
        case Expect::Colon:
            takeSign(':', ": ", Expect::Value);
            return;
        case Expect::CommaOrEnd:
            afterElement();
            return;
        case Expect::Value:
            takeValue();
            return;
        }
    }

    bool isClosing() const { return !m_open.empty() && m_json[m_at] == m_open.back(); }

    void afterElement()
    {
        if (isClosing()) {
            m_open.pop_back();
            newLine();
            m_open.push_back(m_json[m_at]);
            close();
            return;
        }
        takeSign(',', ",", m_open.back() == '}' ? Expect::Name : Expect::Value);
        if (m_outcome == JsonText::Outcome::Whole) {
            newLine();
        }
    }

    void takeSign(char sign, std::string_view shown, Expect next)
    {
        if (m_json[m_at] != sign) {
            m_outcome = JsonText::Outcome::Invalid;
            return;
        }
        ++m_at;
        m_out += shown;
        m_expect = next;
    }

    void close()
    {
        m_out += m_open.back();
        m_open.pop_back();
        ++m_at;
        valueEnds();
    }

    void valueEnds()
    {
        m_done = m_open.empty();
        m_expect = Expect::CommaOrEnd;
    }

    void newLine()
    {
        m_out += '\n';
        m_out.append(m_open.size() * m_limits.indent, ' ');
    }

    void takeValue()
    {
        const char c = m_json[m_at];
        if (c == '{' || c == '[') {
            open(c);
        } else if (c == '"') {
            takeString(Expect::CommaOrEnd);
            m_done = m_outcome == JsonText::Outcome::Whole && m_open.empty();
        } else if (c == 't' || c == 'f' || c == 'n') {
            takeToken(readWord(c == 't' ? "true" : c == 'f' ? "false" : "null"));
        } else {
            takeToken(readNumber());
        }
    }

    void open(char c)
    {
        if (m_open.size() >= m_limits.depth) {
            m_outcome = JsonText::Outcome::Limit;
            return;
        }
        m_out += c;
        ++m_at;
        m_open += c == '{' ? '}' : ']';
        m_expect = c == '{' ? Expect::NameOrEnd : Expect::ValueOrEnd;
    }

    /// What readString(), readWord() or readNumber() went over, as it stands.
    void takeToken(Read read)
    {
        m_out += m_json.substr(m_tokenFrom, m_at - m_tokenFrom);
        if (read == Read::Good) {
            valueEnds();
        } else {
            m_outcome = read == Read::Cut ? JsonText::Outcome::Cut : JsonText::Outcome::Invalid;
        }
    }

    void takeString(Expect next)
    {
        const Read read = readString();
        m_out += m_json.substr(m_tokenFrom, m_at - m_tokenFrom);
        m_expect = next;
        if (read != Read::Good) {
            m_outcome = read == Read::Cut ? JsonText::Outcome::Cut : JsonText::Outcome::Invalid;
        }
    }

    Read readWord(std::string_view word)
    {
        m_tokenFrom = m_at;
        for (const char c : word) {
            if (m_at == m_json.size()) {
                return Read::Cut;
            }
            if (m_json[m_at] != c) {
                return Read::Bad;
            }
            ++m_at;
        }
        return Read::Good;
    }

    bool hasDigit() const { return m_at < m_json.size() && m_json[m_at] >= '0' && m_json[m_at] <= '9'; }

    Read readDigits()
    {
        if (!hasDigit()) {
            return m_at == m_json.size() ? Read::Cut : Read::Bad;
        }
        while (hasDigit()) {
            ++m_at;
        }
        return Read::Good;
    }

    bool skipIf(char c)
    {
        const bool there = m_at < m_json.size() && m_json[m_at] == c;
        m_at += there ? 1 : 0;
        return there;
    }

    Read readNumber()
    {
        m_tokenFrom = m_at;
        skipIf('-');
        Read read = Read::Good;
        if (!skipIf('0')) { // no digit follows a leading zero
            read = readDigits();
        }
        if (read == Read::Good && skipIf('.')) {
            read = readDigits();
        }
        if (read == Read::Good && (skipIf('e') || skipIf('E'))) {
            if (!skipIf('+')) {
                skipIf('-');
            }
            read = readDigits();
        }
        return read;
    }

    Read readString()
    {
        m_tokenFrom = m_at;
        if (m_json[m_at] != '"') {
            return Read::Bad;
        }
        ++m_at;
        while (m_at < m_json.size()) {
            const auto c = static_cast<unsigned char>(m_json[m_at]);
            if (c == '"') {
                ++m_at;
                return Read::Good;
            }
            const Read read = c == '\\' ? readEscape() : readCharacter(c);
            if (read != Read::Good) {
                return read;
            }
        }
        return Read::Cut;
    }

    Read readCharacter(unsigned char c)
    {
        if (c < 0x20) {
            return Read::Bad;
        }
        if (c < 0x80) {
            ++m_at;
            return Read::Good;
        }
        const Utf8Step step = utf8StepAt(m_json, m_at);
        if (step.kind != Utf8Step::Kind::Character) {
            return step.kind == Utf8Step::Kind::Cut ? Read::Cut : Read::Bad;
        }
        m_at += step.length;
        return Read::Good;
    }

    Read readEscape()
    {
        static constexpr std::string_view single = "\"\\/bfnrt";
        if (m_at + 1 == m_json.size()) {
            return Read::Cut;
        }
        const char kind = m_json[m_at + 1];
        if (kind != 'u') {
            if (single.find(kind) == std::string_view::npos) {
                return Read::Bad;
            }
            m_at += 2;
            return Read::Good;
        }
        for (std::size_t i = m_at + 2; i < m_at + 6; ++i) {
            if (i >= m_json.size()) {
                return Read::Cut;
            }
            static constexpr std::string_view hex = "0123456789abcdefABCDEF";
            if (hex.find(m_json[i]) == std::string_view::npos) {
                return Read::Bad;
            }
        }
        m_at += 6;
        return Read::Good;
    }

    void skipSpace()
    {
        while (m_at < m_json.size()
            && (m_json[m_at] == ' ' || m_json[m_at] == '\n' || m_json[m_at] == '\r' || m_json[m_at] == '\t')) {
            ++m_at;
        }
    }

    const std::string_view m_json;
    const JsonLimits m_limits;
    std::size_t m_at = 0;
    std::size_t m_tokenFrom = 0;
    std::string m_out;
    std::string m_open; ///< The closing signs that are due, innermost last.
    Expect m_expect = Expect::Value;
    JsonText::Outcome m_outcome = JsonText::Outcome::Whole;
    bool m_done = false;
};

} // namespace

JsonText prettyJson(std::string_view json, const JsonLimits& limits)
{
    return JsonLayout(json, limits).run();
}

} // namespace keyglass
