// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/readinggaps.h"

#include <QCoreApplication>
#include <QStringList>

namespace keyglass::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

} // namespace

QString rowName(KeyType type, const ValueRow& row, std::uint64_t number)
{
    switch (type) {
    case KeyType::Hash:
        return tr("field %1").arg(displayText(row.front().bytes));
    case KeyType::Stream:
        return tr("entry %1").arg(displayText(row.front().bytes));
    case KeyType::List:
        return tr("index %1").arg(number);
    default:
        return tr("rank %1").arg(number);
    }
}

void ReadingGaps::noteTooLong(const QString& name, const std::optional<std::uint64_t>& size)
{
    note(m_tooLong, size ? tr("%1, of %2").arg(name, sizeText(ByteCount{*size})) : name);
}

Status ReadingGaps::status(const std::string& key, bool hasOthers) const
{
    QStringList parts;
    if (hasOthers) {
        parts << tr("Some elements are larger than one reply may be and were left out");
    }
    if (m_tooLong.count > 0) {
        parts << tr("Longer than the %1 that are read in one piece, and left out: %2; the first one: %3")
                     .arg(sizeText(largestWholeValue), QString::number(m_tooLong.count), m_tooLong.first);
    }
    if (m_gone.count > 0) {
        parts << tr("Gone while it was read: %1; the first one: %2").arg(QString::number(m_gone.count), m_gone.first);
    }
    if (parts.isEmpty()) {
        return ok();
    }
    const bool isOnlyGone = parts.size() == 1 && m_gone.count > 0;
    return Error{
        isOnlyGone ? ErrorKind::Conflict : ErrorKind::Limit, displayText(key), parts.join(QStringLiteral(". "))};
}

void ReadingGaps::note(Noted& noted, const QString& name)
{
    noted.first = noted.count++ == 0 ? name : noted.first;
}

} // namespace keyglass::cli
