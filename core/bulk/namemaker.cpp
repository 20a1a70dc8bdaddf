// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/namemaker.h"

#include <QByteArray>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

/// Bytes as characters 0 to 255, so that nothing of a key is lost on the way through text.
QString charactersOf(std::string_view bytes)
{
    return QString::fromLatin1(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

} // namespace

NameMaker::NameMaker(RenameKeys rule)
    : m_rule(std::move(rule))
    , m_regex(m_rule.isRegex ? charactersOf(m_rule.from) : QString(), QRegularExpression::DotMatchesEverythingOption)
{
}

std::optional<std::string> NameMaker::nameFor(std::string_view key) const
{
    if (!m_rule.isRegex) {
        if (!key.starts_with(m_rule.from)) {
            return std::nullopt;
        }
        return m_rule.to + std::string(key.substr(m_rule.from.size()));
    }
    const QString text = charactersOf(key);
    auto matches = m_regex.globalMatch(text);
    if (!matches.hasNext()) {
        return std::nullopt;
    }
    std::string name;
    std::size_t copied = 0;
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        name += key.substr(copied, static_cast<std::size_t>(match.capturedStart()) - copied);
        name += replacement(match);
        copied = static_cast<std::size_t>(match.capturedEnd());
    }
    return name + std::string(key.substr(copied));
}

std::string NameMaker::replacement(const QRegularExpressionMatch& match) const
{
    std::string text;
    for (std::size_t at = 0; at < m_rule.to.size(); ++at) {
        const char next = at + 1 < m_rule.to.size() ? m_rule.to[at + 1] : '\0';
        if (m_rule.to[at] == '\\' && next >= '0' && next <= '9') {
            text += match.captured(next - '0').toLatin1().toStdString();
            ++at;
        } else if (m_rule.to[at] == '\\' && next == '\\') {
            text += '\\';
            ++at;
        } else {
            text += m_rule.to[at];
        }
    }
    return text;
}

int NameMaker::highestGroup(std::string_view to)
{
    int highest = 0;
    for (std::size_t at = 0; at + 1 < to.size(); ++at) {
        if (to[at] != '\\') {
            continue;
        }
        const char next = to[++at];
        highest = next >= '0' && next <= '9' ? std::max(highest, next - '0') : highest;
    }
    return highest;
}

std::string NameMaker::numbered(const std::string& name, int number)
{
    return name + ':' + std::to_string(number);
}

} // namespace keyglass
