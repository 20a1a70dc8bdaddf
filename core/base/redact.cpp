// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redact.h"

#include <QRegularExpression>

namespace keyglass {

namespace {

struct Rule {
    QRegularExpression what;
    QString instead;
};

const QList<Rule>& rules()
{
    constexpr auto anyCase = QRegularExpression::CaseInsensitiveOption;
    static const QList<Rule> all{
        {QRegularExpression(QStringLiteral(R"((\w+://)[^/\s@]*@)")), QStringLiteral("\\1***@")},
        {QRegularExpression(QStringLiteral(R"(\b(AUTH)\s+\S.*)"), anyCase), QStringLiteral("\\1 ***")},
        {QRegularExpression(QStringLiteral(R"(\b(requirepass|masterauth|masteruser)\s+\S+)"), anyCase),
            QStringLiteral("\\1 ***")},
        {QRegularExpression(QStringLiteral(R"(\b(ACL\s+SETUSER\s+\S+)\s.*)"), anyCase), QStringLiteral("\\1 ***")},
        {QRegularExpression(QStringLiteral(R"(\b(password|pass)=\S+)"), anyCase), QStringLiteral("\\1=***")},
    };
    return all;
}

} // namespace

QString redacted(QString text)
{
    for (const Rule& rule : rules()) {
        text.replace(rule.what, rule.instead);
    }
    return text;
}

} // namespace keyglass
