// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/formatters/xmltext.h"

#include <QCoreApplication>
#include <QXmlStreamReader>

#include <algorithm>
#include <utility>
#include <vector>

namespace keyglass {

namespace {

constexpr int deepest = 512;
constexpr auto noPlace = std::string_view::npos;

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == noPlace;
}

/// One piece of a well-formed document, as it stands.
struct Token {
    enum class Kind { Open, Close, Empty, Text, Other };
    Kind kind = Kind::Text;
    std::string_view text;
    std::size_t close = 0;   ///< Of an Open: its Close.
    bool isVerbatim = false; ///< Of an Open: it holds text beside what else it holds, or wants to be left alone.
};

/// Takes a document apart that is known to be well-formed.
class Tokens {
public:
    static std::vector<Token> of(std::string_view xml)
    {
        Tokens tokens(xml);
        while (tokens.m_at < xml.size()) {
            tokens.next();
        }
        return std::move(tokens.m_all);
    }

private:
    explicit Tokens(std::string_view xml)
        : m_xml(xml)
    {
    }

    void next()
    {
        const std::string_view rest = m_xml.substr(m_at);
        if (rest.front() != '<') {
            take(Token::Kind::Text, rest.find('<'));
        } else if (rest.starts_with("<!--")) {
            take(Token::Kind::Other, after(rest, "-->", 4));
        } else if (rest.starts_with("<![CDATA[")) {
            take(Token::Kind::Text, after(rest, "]]>", 9));
        } else if (rest.starts_with("<?")) {
            take(Token::Kind::Other, after(rest, "?>", 2));
        } else if (rest.starts_with("<!")) {
            take(Token::Kind::Other, declarationEnd(rest));
        } else {
            takeTag(rest.substr(0, tagEnd(rest)));
        }
    }

    static std::size_t after(std::string_view rest, std::string_view end, std::size_t from)
    {
        const std::size_t at = rest.find(end, from);
        return at == noPlace ? noPlace : at + end.size();
    }

    /// A '>' within quotes does not end a tag.
    static std::size_t tagEnd(std::string_view rest)
    {
        char quote = 0;
        for (std::size_t at = 1; at < rest.size(); ++at) {
            const char c = rest[at];
            if (quote != 0) {
                quote = c == quote ? '\0' : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return at + 1;
            }
        }
        return noPlace;
    }

    /// A document type holds declarations of its own between brackets, with quotes and comments in them.
    static std::size_t declarationEnd(std::string_view rest)
    {
        int open = 0;
        for (std::size_t at = 1; at < rest.size(); ++at) {
            if (rest.substr(at).starts_with("<!--")) {
                at = std::min(after(rest, "-->", at + 4), rest.size()) - 1;
            } else if (rest[at] == '"' || rest[at] == '\'') {
                at = std::min(rest.find(rest[at], at + 1), rest.size());
            } else if (rest[at] == '[') {
                ++open;
            } else if (rest[at] == ']') {
                --open;
            } else if (rest[at] == '>' && open == 0) {
                return at + 1;
            }
        }
        return noPlace;
    }

    void takeTag(std::string_view tag)
    {
        if (tag.starts_with("</")) {
            if (!m_open.empty()) {
                const bool onlySpaces = m_all.size() == m_open.back() + 2 && m_all.back().kind == Token::Kind::Text;
                m_all[m_open.back()].isVerbatim |= onlySpaces; // they may be what it is about
                m_all[m_open.back()].close = m_all.size();
                m_open.pop_back();
            }
            take(Token::Kind::Close, tag.size());
        } else if (tag.ends_with("/>")) {
            take(Token::Kind::Empty, tag.size());
        } else {
            take(Token::Kind::Open, tag.size());
            m_all.back().isVerbatim = tag.find("xml:space") != noPlace;
            m_open.push_back(m_all.size() - 1);
        }
    }

    void take(Token::Kind kind, std::size_t length)
    {
        const std::string_view text = m_xml.substr(m_at, length);
        m_at += text.size();
        if (kind == Token::Kind::Text && !m_open.empty() && !isBlank(text)) {
            m_all[m_open.back()].isVerbatim = true;
        }
        m_all.push_back({kind, text, 0, false});
    }

    const std::string_view m_xml;
    std::size_t m_at = 0;
    std::vector<Token> m_all;
    std::vector<std::size_t> m_open; ///< Elements that have not ended, innermost last.
};

/// Puts the pieces together again; with `indent` each on a line of its own.
std::string joined(std::string_view xml, bool indent)
{
    const std::vector<Token> tokens = Tokens::of(xml);
    std::string out;
    out.reserve(xml.size());
    std::size_t level = 0;
    bool afterOpen = false; // an element without content is not broken in two
    const auto put = [&](std::string_view text, bool onOwnLine) {
        if (indent && onOwnLine && !out.empty()) {
            out += '\n';
            out.append(level * 2, ' ');
        }
        out += text;
    };
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        const Token& token = tokens[at];
        if (token.kind == Token::Kind::Text) {
            continue; // blank: what holds more is left as it stands, see below
        }
        if (token.kind == Token::Kind::Close) {
            level -= level > 0 ? 1 : 0;
            put(token.text, !afterOpen);
            afterOpen = false;
            continue;
        }
        put(token.text, true);
        afterOpen = false;
        if (token.kind == Token::Kind::Open && token.isVerbatim && token.close > at) {
            for (++at; at < token.close; ++at) {
                out += tokens[at].text;
            }
            out += tokens[at].text;
        } else if (token.kind == Token::Kind::Open) {
            ++level;
            afterOpen = true;
        }
    }
    return out;
}

} // namespace

std::optional<XmlFault> xmlFault(std::string_view text)
{
    const QString units = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    QXmlStreamReader reader(units);
    int depth = 0;
    while (!reader.atEnd()) {
        const auto token = reader.readNext();
        depth += token == QXmlStreamReader::StartElement ? 1 : token == QXmlStreamReader::EndElement ? -1 : 0;
        if (depth > deepest) {
            reader.raiseError(QCoreApplication::translate("XmlText", "nested too deeply"));
        }
    }
    if (!reader.hasError()) {
        return std::nullopt;
    }
    const auto offset = std::clamp<qint64>(reader.characterOffset(), 0, units.size());
    QString what = reader.errorString();
    while (what.endsWith(u'.')) {
        what.chop(1);
    }
    return XmlFault{static_cast<std::size_t>(QStringView(units).left(offset).toUtf8().size()), std::move(what)};
}

std::string prettyXml(std::string_view xml)
{
    return joined(xml, true);
}

std::string compactXml(std::string_view xml)
{
    return joined(xml, false);
}

} // namespace keyglass
