// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/seendifference.h"

#include "core/base/bytes.h"

#include <QCoreApplication>
#include <QStringList>

#include <map>
#include <utility>

namespace keyglass::ui {

namespace {

struct DifferenceText {
    Q_DECLARE_TR_FUNCTIONS(keyglass::ui::DifferenceText)
};

/// All fields of a stream's entry in one cell.
ValueCell entryCell(const ValueRow& cells)
{
    std::string text;
    for (std::size_t at = 1; at + 1 < cells.size(); at += 2) {
        text += text.empty() ? "" : "  ";
        text += cells[at].bytes + "=" + (cells[at + 1].isWhole() ? cells[at + 1].bytes : "…");
    }
    return ValueCell(std::move(text));
}

std::pair<std::string, ValueCell> nameAndContent(const SeenValue& value, std::size_t row)
{
    const ValueRow& cells = value.rows[row];
    switch (value.head.type) {
    case KeyType::Hash:
    case KeyType::SortedSet:
        return {cells[0].bytes, cells.size() > 1 ? cells[1] : ValueCell()};
    case KeyType::Set:
        return {cells[0].bytes, cells[0]};
    case KeyType::List:
        return {std::to_string(value.firstNumber + row), cells[0]};
    case KeyType::Stream:
        return {cells[0].bytes, entryCell(cells)};
    default:
        return {{}, cells.empty() ? ValueCell() : cells[0]};
    }
}

} // namespace

std::vector<SeenDifference> compareSeen(const SeenValue& before, const SeenValue& after)
{
    std::map<std::string, ValueCell> old;
    for (std::size_t row = 0; row < before.rows.size(); ++row) {
        old.insert(nameAndContent(before, row));
    }
    std::vector<SeenDifference> rows;
    for (std::size_t row = 0; row < after.rows.size(); ++row) {
        auto [name, content] = nameAndContent(after, row);
        const auto was = old.extract(name);
        rows.push_back({std::move(name), was ? std::optional(was.mapped()) : std::nullopt, std::move(content)});
    }
    for (std::size_t row = 0; row < before.rows.size(); ++row) { // what is left, in its own order
        const auto [name, content] = nameAndContent(before, row);
        if (old.erase(name) > 0) {
            rows.push_back({name, content, std::nullopt});
        }
    }
    return rows;
}

QString differenceText(const SeenValue& before, const SeenValue& after)
{
    if (before.head.typeName != after.head.typeName) {
        return DifferenceText::tr("type is now %1").arg(QString::fromStdString(after.head.typeName));
    }
    int changed = 0;
    int added = 0;
    int gone = 0;
    for (const SeenDifference& row : compareSeen(before, after)) {
        changed += row.isChange() && row.before && row.after ? 1 : 0;
        added += row.before ? 0 : 1;
        gone += row.after ? 0 : 1;
    }
    QStringList parts;
    if (isOneText(after.head.type)) {
        parts += changed > 0 ? DifferenceText::tr("value changed") : QString();
    } else {
        parts += changed > 0 ? DifferenceText::tr("%n changed", nullptr, changed) : QString();
        parts += added > 0 ? DifferenceText::tr("%n new", nullptr, added) : QString();
        parts += gone > 0 ? DifferenceText::tr("%n gone", nullptr, gone) : QString();
    }
    if (before.head.ttl.has_value() != after.head.ttl.has_value()) {
        parts += after.head.ttl ? DifferenceText::tr("TTL set") : DifferenceText::tr("TTL removed");
    }
    parts.removeAll(QString());
    return parts.isEmpty() ? DifferenceText::tr("changed outside of what was on screen")
                           : parts.join(QStringLiteral(", "));
}

} // namespace keyglass::ui
