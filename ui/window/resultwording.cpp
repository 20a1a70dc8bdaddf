// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/resultwording.h"

#include "ui/common/texts.h"
#include "ui/window/wording.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace keyglass::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("keyglass::ui::ResultWording", text);
}

QString patternText(const ResultSetInfo& info)
{
    if (info.patternKind == u"prefix"_s) {
        return tr("keys that begin with “%1”").arg(info.pattern);
    }
    if (info.patternKind == u"glob"_s) {
        return tr("keys that match “%1”").arg(info.pattern);
    }
    return info.patternKind == u"exact"_s ? tr("the key “%1”").arg(info.pattern) : tr("all keys");
}

} // namespace

QString originText(const ResultSetInfo& info)
{
    QStringList parts{patternText(info)};
    if (!info.type.isEmpty()) {
        parts << tr("of type %1").arg(info.type);
    }
    if (!info.conditions.isEmpty()) {
        parts << info.conditions;
    }
    if (!info.find.isEmpty()) {
        parts << tr("found by “%1”").arg(info.find);
    }
    const QString keys = parts.join(u", "_s);
    return info.isSelection ? tr("selected from %1").arg(keys) : keys;
}

QString headingText(const ResultSetInfo& info)
{
    const QString taken = timeText(info.taken.toLocalTime());
    const bool isAll = originText(info) == originText({});
    if (isAll) {
        return tr("Result set “%1”: all %2, taken %3.").arg(info.name, keysText(info.keys), taken);
    }
    return info.isSelection
        ? tr("Result set “%1”: %2 %3, taken %4.").arg(info.name, keysText(info.keys), originText(info), taken)
        : tr("Result set “%1”: %2 from %3, taken %4.").arg(info.name, keysText(info.keys), originText(info), taken);
}

QString gapsText(const ResultSetInfo& info)
{
    QStringList sentences;
    if (!info.partialNodes.isEmpty()) {
        sentences << tr("%1 could not be read").arg(info.partialNodes.join(u", "_s));
    }
    if (info.isTruncated) {
        sentences << tr("the scan had not come to its end");
    }
    return sentences.join(u"; "_s);
}

QString suggestedName(const ResultSetInfo& info)
{
    QStringList parts;
    for (const QString& part : {info.pattern, info.type, info.conditions, info.find}) {
        if (!part.isEmpty()) {
            parts << part;
        }
    }
    if (parts.isEmpty()) {
        parts << info.profileName << QLocale().toString(info.taken.toLocalTime().date(), QLocale::ShortFormat);
    }
    constexpr qsizetype longest = 80;
    return parts.join(u' ').left(longest);
}

} // namespace keyglass::ui
