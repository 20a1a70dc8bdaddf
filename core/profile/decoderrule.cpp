// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/decoderrule.h"

#include "core/base/bytes.h"
#include "core/base/globmatch.h"

#include <QStringList>

#include <algorithm>

namespace keyglass {

namespace {

bool fits(const QString& glob, std::string_view bytes)
{
    return matchesGlob(glob.toStdString(), bytes);
}

bool hasDigit(const QString& part)
{
    return std::any_of(part.begin(), part.end(), [](QChar c) { return c.isDigit(); });
}

} // namespace

std::optional<std::size_t> fittingRule(
    const std::vector<DecoderRule>& rules, std::string_view key, const std::optional<std::string_view>& field)
{
    for (std::size_t at = 0; at < rules.size(); ++at) {
        const DecoderRule& rule = rules[at];
        const bool fitsField = rule.fields.isEmpty() || (field && fits(rule.fields, *field));
        if (fitsField && fits(rule.keys, key)) {
            return at;
        }
    }
    return std::nullopt;
}

QString suggestedPattern(std::string_view key, const QString& separator)
{
    const QString whole = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
    QStringList parts = separator.isEmpty() ? QStringList{whole} : whole.split(separator);
    const bool isTaken = parts.size() > 1 && std::none_of(parts.begin(), parts.end(), hasDigit);
    for (QString& part : parts) {
        const bool isAny = parts.size() > 1 && (hasDigit(part) || (isTaken && &part == &parts.back()));
        // What is no UTF-8 stands as a replacement character by now: a glob can only leave it open.
        part = isAny
            ? QStringLiteral("*")
            : QString::fromStdString(escapeGlob(part.toStdString())).replace(QChar::ReplacementCharacter, u'*');
    }
    return parts.join(separator);
}

} // namespace keyglass
