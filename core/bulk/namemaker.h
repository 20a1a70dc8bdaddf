// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/joboperation.h"

#include <QRegularExpression>

#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// New names for keys by a rule. Belongs to one thread.
///
/// A regular expression is Perl's, matched on the key's bytes, each a character of its own, so that every key can be
/// renamed and back; every match is replaced. In the replacement \0 is the whole match, \1 to \9 its groups, \\ a
/// backslash.
class NameMaker {
public:
    /// The rule must have passed checkPlan().
    explicit NameMaker(RenameKeys rule);

    /// Nothing where the rule does not fit the key.
    [[nodiscard]] std::optional<std::string> nameFor(std::string_view key) const;
    /// The `number`-th try for a name that is taken: "name:2".
    [[nodiscard]] static std::string numbered(const std::string& name, int number);

    /// The highest group that a replacement names; 0: none.
    [[nodiscard]] static int highestGroup(std::string_view to);

private:
    [[nodiscard]] std::string replacement(const QRegularExpressionMatch& match) const;

    const RenameKeys m_rule;
    QRegularExpression m_regex;
};

} // namespace keyglass
