// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/rowmodel.h"

#include "core/base/bytes.h"
#include "ui/common/theme.h"
#include "ui/table/tablewords.h"

#include <QGuiApplication>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace keyglass::ui {

namespace {

bool hasTrouble(const TableRow& row)
{
    return row.isDamaged() || !row.strays.empty() || row.staleEntry;
}

/// After an edit the entry that led to it is still there: the row has its value now, or stays marked.
void keepMark(const TableSchema& schema, const TableRow& before, TableRow& now)
{
    const auto place = before.staleEntry ? schema.place(before.staleEntry->first) : std::nullopt;
    if (place && *place < now.cells.size() && now.cells[*place] != before.staleEntry->second) {
        now.staleEntry = before.staleEntry;
    }
}

} // namespace

RowModel::RowModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void RowModel::setSchema(TableSchema schema)
{
    beginResetModel();
    m_schema = std::move(schema);
    m_rows.clear();
    m_shown.clear();
    m_sortColumn = -1;
    m_troubles = 0;
    m_hasMore = false;
    endResetModel();
}

void RowModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_shown.clear();
    m_troubles = 0;
    m_hasMore = false;
    endResetModel();
}

void RowModel::append(std::vector<TableRow>&& rows)
{
    std::vector<Place> shown;
    for (TableRow& row : rows) {
        m_troubles += hasTrouble(row) ? 1 : 0;
        if (isFound(row)) {
            shown.push_back(static_cast<Place>(m_rows.size()));
        }
        m_rows.push_back(std::move(row));
    }
    if (shown.empty()) {
        return;
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(shown.size()) - 1);
    m_shown.insert(m_shown.end(), shown.begin(), shown.end());
    endInsertRows();
    if (isSorted()) {
        arrange();
    }
}

void RowModel::replace(const std::vector<TableRow>& rows)
{
    std::map<std::string_view, const TableRow*> byId;
    for (const TableRow& row : rows) {
        byId.emplace(row.id, &row);
    }
    for (TableRow& row : m_rows) {
        if (const auto found = byId.find(row.id); found != byId.end()) {
            TableRow now = *found->second;
            keepMark(m_schema, row, now);
            row = std::move(now);
        }
    }
    countTroubles();
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
    arrange();
}

void RowModel::remove(const std::vector<std::string>& ids)
{
    const std::set<std::string_view> gone(ids.begin(), ids.end());
    const auto isGone = [&](const TableRow& row) { return gone.contains(row.id); };
    for (int number = rowCount() - 1; number >= 0; --number) {
        if (isGone(row(number))) {
            beginRemoveRows({}, number, number);
            m_shown.erase(m_shown.begin() + number);
            endRemoveRows();
        }
    }
    std::vector<Place> placeNow(m_rows.size()); // nothing shown changes from here on
    Place next = 0;
    for (std::size_t place = 0; place < m_rows.size(); ++place) {
        placeNow[place] = next;
        next += isGone(m_rows[place]) ? 0 : 1;
    }
    std::erase_if(m_rows, isGone);
    for (Place& place : m_shown) {
        place = placeNow[place];
    }
    countTroubles();
}

void RowModel::countTroubles()
{
    m_troubles = static_cast<std::uint64_t>(std::ranges::count_if(m_rows, hasTrouble));
}

void RowModel::find(const QString& text)
{
    m_needle = text;
    arrange();
}

bool RowModel::isFound(const TableRow& row) const
{
    if (m_needle.isEmpty()) {
        return true;
    }
    const auto holds = [this](const std::string& bytes) {
        return displayText(bytes).contains(m_needle, Qt::CaseInsensitive);
    };
    return holds(row.id) || std::ranges::any_of(row.cells, [&](const auto& cell) { return cell && holds(*cell); });
}

/// By the module's own comparison; cells that are not there come first, ids by their numbers.
bool RowModel::isBefore(Place left, Place right) const
{
    const TableRow& one = m_rows[left];
    const TableRow& other = m_rows[right];
    if (m_sortColumn == idColumn) {
        return compareCells(ColumnType::Integer, one.id, other.id) < 0;
    }
    if (m_sortColumn == troubleColumn()) {
        return !hasTrouble(one) && hasTrouble(other);
    }
    const auto at = static_cast<std::size_t>(m_sortColumn - 1);
    const auto& mine = one.cells[at];
    const auto& its = other.cells[at];
    if (!mine || !its) {
        return !mine && its;
    }
    return compareCells(m_schema.columns[at].type(), *mine, *its) < 0;
}

/// Sorts and narrows anew; what is selected stays so by its row.
void RowModel::arrange()
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<Place> places;
    places.reserve(static_cast<std::size_t>(before.size()));
    for (const QModelIndex& index : before) {
        places.push_back(m_shown[static_cast<std::size_t>(index.row())]);
    }
    m_shown.clear();
    for (Place place = 0; place < m_rows.size(); ++place) {
        if (isFound(m_rows[place])) {
            m_shown.push_back(place);
        }
    }
    if (isSorted() && m_order == Qt::AscendingOrder) {
        std::ranges::stable_sort(m_shown, [this](Place left, Place right) { return isBefore(left, right); });
    } else if (isSorted()) {
        std::ranges::stable_sort(m_shown, [this](Place left, Place right) { return isBefore(right, left); });
    }
    constexpr int none = -1;
    std::vector<int> rowOf(m_rows.size(), none);
    for (std::size_t row = 0; row < m_shown.size(); ++row) {
        rowOf[m_shown[row]] = static_cast<int>(row);
    }
    QModelIndexList after;
    for (qsizetype n = 0; n < before.size(); ++n) {
        const int row = rowOf[places[static_cast<std::size_t>(n)]];
        after << (row == none ? QModelIndex() : index(row, before[n].column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

int RowModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int RowModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_schema.columns.size()) + 2;
}

bool RowModel::isNumber(int column) const
{
    if (column == idColumn) {
        return true;
    }
    const auto at = static_cast<std::size_t>(column - 1);
    if (at >= m_schema.columns.size()) {
        return false;
    }
    const ColumnType type = m_schema.columns[at].type();
    return type == ColumnType::Integer || type == ColumnType::Float;
}

/// Null where the column is no cell's.
const std::optional<std::string>* RowModel::cell(const QModelIndex& index) const
{
    const TableRow& of = row(index.row());
    const auto at = static_cast<std::size_t>(index.column() - 1);
    return index.column() > idColumn && at < of.cells.size() ? &of.cells[at] : nullptr;
}

QString RowModel::words(const QModelIndex& index) const
{
    if (const auto* content = cell(index)) {
        return !*content ? QStringLiteral("–") : (*content)->empty() ? tr("(empty)") : cellText(**content);
    }
    return index.column() == idColumn ? displayText(row(index.row()).id) : troubleText(row(index.row()));
}

QString RowModel::toolTip(const QModelIndex& index) const
{
    const auto* content = cell(index);
    if (content == nullptr) {
        return words(index);
    }
    if (row(index.row()).staleEntry) {
        return (*content ? cellText(**content) + u'\n' : QString()) + troubleText(row(index.row()));
    }
    if (!*content) {
        return row(index.row()).isDamaged() ? troubleText(row(index.row())) : tr("The row has no such cell");
    }
    const TableColumn& column = m_schema.columns[static_cast<std::size_t>(index.column() - 1)];
    if (const Status good = checkValue(column.name, column.type(), **content); !good && !(*content)->empty()) {
        return cellText(**content) + u'\n' + good.error().detail;
    }
    return (*content)->empty() ? tr("An empty cell") : cellText(**content);
}

QVariant RowModel::color(const QModelIndex& index) const
{
    const QPalette palette = QGuiApplication::palette();
    if (row(index.row()).isDamaged()) {
        return toneColor(Tone::Error, palette);
    }
    const auto* content = cell(index);
    if (row(index.row()).staleEntry && index.column() != troubleColumn()) {
        return toneColor(Tone::Dimmed, palette); // it is none of the rows that were asked for
    }
    if (content == nullptr) {
        return index.column() == idColumn ? QVariant() : QVariant(toneColor(Tone::Warning, palette));
    }
    if (!*content || (*content)->empty()) {
        return toneColor(Tone::Dimmed, palette);
    }
    const TableColumn& column = m_schema.columns[static_cast<std::size_t>(index.column() - 1)];
    return accepts(column.type(), **content) ? QVariant() : QVariant(toneColor(Tone::Warning, palette));
}

QVariant RowModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return words(index);
    case Qt::AccessibleTextRole: {
        const auto* content = cell(index);
        if (index.column() == idColumn && hasTrouble(row(index.row()))) {
            return tr("%1: %2").arg(words(index), troubleText(row(index.row())));
        }
        return content == nullptr ? words(index)
            : !*content           ? tr("no cell")
            : (*content)->empty() ? tr("empty")
                                  : words(index);
    }
    case Qt::ToolTipRole:
        return toolTip(index);
    case Qt::ForegroundRole:
        return color(index);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft)));
    default:
        return {};
    }
}

QVariant RowModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft)));
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    if (section == idColumn) {
        return role == Qt::DisplayRole ? tr("id") : tr("The number of the row; not a column of the table");
    }
    if (section == troubleColumn()) {
        return role == Qt::DisplayRole ? tr("Trouble") : tr("What is wrong with the row");
    }
    const TableColumn& column = m_schema.columns[static_cast<std::size_t>(section - 1)];
    if (role == Qt::ToolTipRole) {
        return tr("%1: %2").arg(displayText(column.name), typeText(column));
    }
    return tr("%1 · %2").arg(displayText(column.name), typeText(column));
}

/// A negative column: as loaded.
void RowModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column < columnCount() ? column : -1;
    m_order = order;
    arrange();
}

/// Not while rows are looked for: all of a large table would come in search of a few.
bool RowModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_hasMore && m_needle.isEmpty();
}

void RowModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent)) {
        m_hasMore = false; // until they have come
        Q_EMIT moreWanted();
    }
}

} // namespace keyglass::ui
