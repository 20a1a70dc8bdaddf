// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/valuewords.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/texts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>

namespace keyglass::ui {

namespace {

using Part = ValueHead::Gap::Part;

QString tr(const char* text, const char* comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("keyglass::ui::ValueWords", text, comment, n);
}

/// One thing or several, with the number grouped.
QString counted(std::uint64_t count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(numberText(count));
}

QDateTime localTime(std::chrono::system_clock::time_point time)
{
    const auto sinceEpoch = std::chrono::duration_cast<Milliseconds>(time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch.count());
}

QString unknownText(const QString& what, const Error& why)
{
    return tr("%1: %2").arg(what, errorKindText(why.kind));
}

QString exactUnknownText(const QString& what, const Error& why)
{
    return tr("%1 is not known. %2").arg(what, errorText(why));
}

void addTtl(QStringList& parts, const ValueHead& head, std::optional<Milliseconds> left)
{
    if (const Error* why = head.gap(Part::Ttl)) {
        parts.append(unknownText(tr("TTL"), *why));
        return;
    }
    parts.append(ttlText(left));
    if (left && head.expiresAt && left->count() > 0) {
        parts.append(tr("expires %1").arg(timeText(localTime(*head.expiresAt))));
    }
}

} // namespace

QString lengthText(KeyType type, std::uint64_t length)
{
    switch (type) {
    case KeyType::String:
        return sizeText(ByteCount{length});
    case KeyType::Hash:
        return counted(length, tr("1 field"), tr("%1 fields"));
    case KeyType::Set:
    case KeyType::SortedSet:
        return counted(length, tr("1 member"), tr("%1 members"));
    case KeyType::Stream:
        return counted(length, tr("1 entry"), tr("%1 entries"));
    default:
        return counted(length, tr("1 element"), tr("%1 elements"));
    }
}

QString ttlText(std::optional<Milliseconds> left)
{
    if (!left) {
        return tr("no expiry");
    }
    return left->count() > 0 ? tr("TTL %1").arg(durationText(*left)) : tr("expired");
}

QString headText(const ValueHead& head, std::optional<Milliseconds> left)
{
    QStringList parts{QString::fromStdString(head.typeName)};
    if (const Error* why = head.gap(Part::Length)) {
        parts.append(unknownText(tr("length"), *why));
    } else if (head.length) {
        parts.append(lengthText(head.type, *head.length));
    }
    addTtl(parts, head, left);
    if (const Error* why = head.gap(Part::Memory)) {
        parts.append(unknownText(tr("memory"), *why));
    } else if (head.memory) {
        parts.append(tr("%1 in memory").arg(sizeText(*head.memory)));
    }
    if (const Error* why = head.gap(Part::Encoding)) {
        parts.append(unknownText(tr("encoding"), *why));
    } else if (head.encoding) {
        parts.append(QString::fromStdString(*head.encoding));
    }
    return parts.join(QStringLiteral("  ·  "));
}

QString exactHeadText(const ValueHead& head, std::optional<Milliseconds> left)
{
    QStringList lines;
    if (head.length) {
        const bool bytes = head.type == KeyType::String;
        lines.append(
            bytes ? tr("Length: %1 bytes").arg(numberText(*head.length)) : lengthText(head.type, *head.length));
    }
    if (left && left->count() > 0) {
        lines.append(tr("TTL: %1").arg(exactDurationText(*left)));
    }
    if (head.expiresAt) {
        lines.append(tr("Expires: %1 (by this computer's clock)").arg(isoTimeText(localTime(*head.expiresAt))));
    }
    if (head.memory) {
        lines.append(
            tr("Memory: %1 bytes; of a collection an estimate from 5 elements").arg(numberText(head.memory->value)));
    }
    if (head.encoding) {
        lines.append(tr("Encoding: %1").arg(QString::fromStdString(*head.encoding)));
    }
    for (const ValueHead::Gap& gap : head.gaps) {
        const QString what = gap.part == Part::Length ? tr("The length")
            : gap.part == Part::Ttl                   ? tr("The TTL")
            : gap.part == Part::Memory                ? tr("The memory")
                                                      : tr("The encoding");
        lines.append(exactUnknownText(what, gap.why));
    }
    return lines.join(u'\n');
}

} // namespace keyglass::ui
