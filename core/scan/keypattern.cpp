// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/keypattern.h"

#include "core/base/bytes.h"

#include <QCoreApplication>

#include <algorithm>

namespace keyglass {

namespace {

/// True where a glob character stands that no backslash takes the meaning from.
bool hasGlobCharacter(std::string_view text)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == '*' || text[at] == '?' || text[at] == '[') {
            return true;
        }
    }
    return false;
}

/// The position of a `[` that is never closed, as the server's matcher reads brackets: a backslash inside takes the
/// next character as it is.
std::optional<std::size_t> unclosedBracket(std::string_view glob)
{
    for (std::size_t at = 0; at < glob.size(); ++at) {
        if (glob[at] == '\\') {
            ++at;
            continue;
        }
        if (glob[at] != '[') {
            continue;
        }
        const std::size_t open = at;
        for (++at; at < glob.size() && glob[at] != ']'; ++at) {
            if (glob[at] == '\\') {
                ++at;
            }
        }
        if (at >= glob.size()) {
            return open;
        }
    }
    return std::nullopt;
}

/// A literal as people type it: glob characters may carry a backslash, the rest are the escapes of the `lines` format.
Result<std::string> literal(std::string_view text)
{
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool escapedGlob = text[at] == '\\' && at + 1 < text.size()
            && std::string_view("*?[]").find(text[at + 1]) != std::string_view::npos;
        if (escapedGlob) {
            ++at;
            plain += text[at];
        } else if (text[at] == '\\' && at + 1 < text.size()) {
            plain += text.substr(at, 2);
            ++at;
        } else {
            plain += text[at];
        }
    }
    return unescapeLine(plain);
}

} // namespace

Result<KeyPattern> KeyPattern::fromText(std::string_view text)
{
    if (text.empty()) {
        return KeyPattern();
    }
    return fromText(text, hasGlobCharacter(text) ? Kind::Glob : Kind::Prefix);
}

Result<KeyPattern> KeyPattern::fromText(std::string_view text, Kind kind)
{
    if (kind == Kind::All || (text.empty() && kind != Kind::Exact)) {
        return KeyPattern();
    }
    if (kind != Kind::Glob) {
        auto bytes = literal(text);
        if (!bytes) {
            return std::move(bytes).error();
        }
        return KeyPattern(kind, *std::move(bytes));
    }
    if (const auto at = unclosedBracket(text)) {
        return Error{ErrorKind::Input,
            QCoreApplication::translate("KeyPattern", "The pattern \"%1\"").arg(displayText(text)),
            QCoreApplication::translate(
                "KeyPattern", "The [ at position %1 has no closing ]. Write \\[ for the character itself")
                .arg(*at + 1)};
    }
    return KeyPattern(Kind::Glob, std::string(text));
}

KeyPattern KeyPattern::prefix(std::string_view bytes)
{
    return bytes.empty() ? KeyPattern() : KeyPattern(Kind::Prefix, std::string(bytes));
}

KeyPattern KeyPattern::exact(std::string_view bytes)
{
    return KeyPattern(Kind::Exact, std::string(bytes));
}

std::optional<std::string> KeyPattern::matchArgument() const
{
    switch (m_kind) {
    case Kind::All:
        return std::nullopt;
    case Kind::Prefix:
        return escapeGlob(m_bytes) + '*';
    case Kind::Exact:
        return escapeGlob(m_bytes);
    case Kind::Glob:
        return m_bytes;
    }
    return std::nullopt;
}

bool KeyPattern::accepts(std::string_view key) const
{
    switch (m_kind) {
    case Kind::Prefix:
        return key.starts_with(m_bytes);
    case Kind::Exact:
        return key == m_bytes;
    case Kind::All:
    case Kind::Glob:
        return true;
    }
    return true;
}

} // namespace keyglass
