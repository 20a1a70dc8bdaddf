// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keytable/keytablewords.h"

#include "ui/common/texts.h"
#include "ui/keytable/keytablemodel.h"
#include "ui/keytable/keytablesorter.h"

#include <QCoreApplication>
#include <QStringList>

namespace keyglass::ui {

using namespace std::chrono_literals;

namespace {

QString tableText(const char* text)
{
    return QCoreApplication::translate("KeyTable", text);
}

QString timeWords(Milliseconds time)
{
    return time < 1s ? tableText("under a second") : tableText("about %1").arg(durationText(time));
}

} // namespace

QString keyCountText(std::uint64_t keys)
{
    return keys == 1 ? tableText("1 key") : tableText("%1 keys").arg(numberText(keys));
}

QString costText(const KeyTableSorter& sorter)
{
    const SortCost& cost = sorter.cost();
    const QString commands = cost.commandsPerKey == 1
        ? tableText("1 command for each of %1").arg(keyCountText(cost.keys))
        : tableText("%1 commands for each of %2").arg(cost.commandsPerKey).arg(keyCountText(cost.keys));
    return tableText("Sorting by %1 takes %2 (%3, by a sample of them), and %4 of memory here.")
        .arg(columnWords(sorter.column()), commands, timeWords(cost.expected), sizeText(cost.memory));
}

QString sortingText(const KeyTableSorter& sorter)
{
    QString text =
        tableText("Sorting %1 by %2: %3")
            .arg(keyCountText(sorter.cost().keys), columnWords(sorter.column()), percentText(sorter.progress()));
    if (const auto left = sorter.timeLeft()) {
        text += tableText(", %1 left").arg(timeWords(*left));
    }
    return text;
}

QString orderText(const TableRows& rows)
{
    if (!rows.order()) {
        return rows.direction() == SortDirection::Ascending ? tableText("by name") : tableText("by name, backwards");
    }
    const ColumnOrder& order = *rows.order();
    QStringList parts{tableText("sorted by %1 as of %2")
            .arg(columnWords(order.column()), order.takenAt().toString(QStringLiteral("HH:mm:ss")))};
    if (order.gone() > 0) {
        parts << (order.gone() == 1
                ? tableText("1 key was gone, and stands at the end")
                : tableText("%1 keys were gone, and stand at the end").arg(numberText(order.gone())));
    }
    if (order.withoutValue() > 0) {
        const QString keys = keyCountText(order.withoutValue());
        parts << (order.whyWithoutValue().isEmpty()
                ? tableText("%1 without a value").arg(keys)
                : tableText("%1 without a value (%2)").arg(keys, order.whyWithoutValue()));
    }
    return parts.join(QStringLiteral(" · "));
}

QString changesText(const KeyChanges& changes)
{
    QStringList parts;
    if (changes.added > 0) {
        parts << (changes.added == 1 ? tableText("1 new key is not sorted in.")
                                     : tableText("%1 new keys are not sorted in.").arg(numberText(changes.added)));
    }
    if (changes.removed > 0) {
        parts << (changes.removed == 1
                ? tableText("1 key is not in the list any more.")
                : tableText("%1 keys are not in the list any more.").arg(numberText(changes.removed)));
    }
    return parts.join(u' ');
}

} // namespace keyglass::ui
