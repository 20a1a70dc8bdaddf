// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/valuetablemodel.h"

#include "core/base/bytes.h"
#include "ui/common/fonts.h"
#include "ui/common/texts.h"
#include "ui/common/theme.h"
#include "ui/common/whenready.h"
#include "ui/value/celltext.h"

#include <QGuiApplication>

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

namespace keyglass::ui {

namespace {

/// What the columns of a type are called, and what they show of a row's cells.
struct Column {
    static constexpr int number = -1; ///< Index or rank.
    static constexpr int allFields = -2;

    const char* title;
    int cell;
    bool isName = false;
};

const std::vector<Column>& columnsOf(KeyType type)
{
    static const std::vector<Column> hash{{QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Field"), 0, true},
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Value"), 1}};
    static const std::vector<Column> list{{QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Index"), Column::number},
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Value"), 0}};
    static const std::vector<Column> set{{QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Member"), 0, true}};
    static const std::vector<Column> sortedSet{
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Rank"), Column::number},
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Score"), 1},
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Member"), 0, true}};
    static const std::vector<Column> stream{{QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "ID"), 0, true},
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Fields"), Column::allFields}};
    static const std::vector<Column> none;
    switch (type) {
    case KeyType::Hash:
        return hash;
    case KeyType::List:
        return list;
    case KeyType::Set:
        return set;
    case KeyType::SortedSet:
        return sortedSet;
    case KeyType::Stream:
        return stream;
    default:
        return none;
    }
}

const Column& columnAt(KeyType type, int column)
{
    return columnsOf(type)[static_cast<std::size_t>(column)];
}

std::uint64_t keptBytes(const ValueRow& row)
{
    std::uint64_t bytes = sizeof(ValueRow);
    for (const ValueCell& cell : row) {
        bytes += sizeof(ValueCell) + cell.bytes.size();
    }
    return bytes;
}

constexpr int shownFields = 8; // of a stream's entry, in its one line

} // namespace

ValueTableModel::ValueTableModel(std::shared_ptr<ValueSource> source, QObject* parent)
    : QAbstractTableModel(parent)
    , m_source(std::move(source))
    , m_font(keyFont())
{
}

void ValueTableModel::open(const ValueHead& head, const std::string& match)
{
    if (head.key != m_request.key || head.type != m_request.type) {
        clear();
    }
    m_request = {};
    m_request.key = head.key;
    m_request.type = head.type;
    m_request.match = match;
    m_opening = true;
    m_complete = false;
    load();
}

void ValueTableModel::clear()
{
    beginResetModel();
    ++m_generation;
    m_request = {};
    m_request.type = KeyType::None;
    m_rows.clear();
    m_rowsByHash.clear();
    m_total.reset();
    m_error.reset();
    m_keptBytes = 0;
    m_loading = false;
    m_complete = true;
    m_hasGaps = false;
    endResetModel();
    Q_EMIT stateChanged();
}

void ValueTableModel::retry()
{
    if (m_error && !m_loading) {
        load();
    }
}

void ValueTableModel::load()
{
    m_error.reset();
    m_loading = true;
    const std::uint64_t generation = ++m_generation;
    whenReady(this, m_source->loadPage(m_request), [this, generation](const Result<ValuePage>& page) {
        if (generation == m_generation) {
            take(page);
        }
    });
    Q_EMIT stateChanged();
}

void ValueTableModel::take(const Result<ValuePage>& page)
{
    m_loading = false;
    const bool first = std::exchange(m_opening, false);
    if (!page) {
        m_error = page.error();
        m_opening = first; // a retry begins where this did
    } else if (first) {
        takeFirst(*page);
    } else {
        append(*page);
    }
    if (first) {
        Q_EMIT opened();
    }
    Q_EMIT stateChanged();
}

void ValueTableModel::takeFirst(const ValuePage& page)
{
    beginResetModel();
    m_rows.clear();
    m_rowsByHash.clear();
    m_keptBytes = 0;
    m_hasGaps = false;
    m_font = keyFont();
    addRows(newRows(page));
    takeState(page);
    endResetModel();
    goOnIfNothingCame(page);
}

void ValueTableModel::append(const ValuePage& page)
{
    std::vector<Row> rows = newRows(page);
    takeState(page);
    if (!rows.empty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(rows.size()) - 1);
        addRows(std::move(rows));
        endInsertRows();
    }
    goOnIfNothingCame(page);
}

void ValueTableModel::takeState(const ValuePage& page)
{
    m_total = page.total;
    m_complete = page.complete;
    m_hasGaps = m_hasGaps || page.hasGaps;
    m_request.from = page.next;
}

/// The view asks for more when it is scrolled to its end; a page in which the pattern hit nothing gives it no reason
/// to.
void ValueTableModel::goOnIfNothingCame(const ValuePage& page)
{
    if (page.rows.empty() && canFetchMore({})) {
        load();
    }
}

std::vector<ValueTableModel::Row> ValueTableModel::newRows(const ValuePage& page)
{
    std::vector<Row> rows;
    std::unordered_map<std::string_view, std::size_t> inPage;
    std::uint64_t number = page.firstIndex;
    for (const ValueRow& cells : page.rows) {
        const Row row{cells, number++};
        if (!isNamed() || cells.empty()) {
            rows.push_back(row);
            continue;
        }
        if (const int known = rowOf(cells.front().bytes, 0); known >= 0) {
            m_rows[static_cast<std::size_t>(known)].cells = cells;
            Q_EMIT dataChanged(index(known, 0), index(known, columnCount() - 1));
        } else if (inPage.emplace(cells.front().bytes, rows.size()).second) {
            rows.push_back(row);
        } else {
            rows[inPage[cells.front().bytes]] = row;
        }
    }
    return rows;
}

void ValueTableModel::addRows(std::vector<Row>&& rows)
{
    for (Row& row : rows) {
        m_keptBytes += keptBytes(row.cells);
        if (isNamed() && !row.cells.empty()) {
            m_rowsByHash.emplace(std::hash<std::string>{}(row.cells.front().bytes), static_cast<int>(m_rows.size()));
        }
        m_rows.push_back(std::move(row));
    }
}

bool ValueTableModel::isNamed() const
{
    return m_request.type != KeyType::List;
}

int ValueTableModel::rowOf(const std::string& name, std::uint64_t number) const
{
    if (!isNamed()) {
        return number < m_rows.size() ? static_cast<int>(number) : -1; // lists are read from their beginning
    }
    const auto [from, to] = m_rowsByHash.equal_range(std::hash<std::string>{}(name));
    const auto found = std::find_if(from, to,
        [&](const auto& entry) { return m_rows[static_cast<std::size_t>(entry.second)].cells.front().bytes == name; });
    return found == to ? -1 : found->second;
}

std::string ValueTableModel::nameOf(int row) const
{
    const ValueRow& content = cells(row);
    return isNamed() && !content.empty() ? content.front().bytes : std::string();
}

std::size_t ValueTableModel::cellFor(int column) const
{
    const int cell = columnAt(m_request.type, column).cell;
    if (cell >= 0) {
        return static_cast<std::size_t>(cell);
    }
    return cell == Column::allFields ? 2 : 0;
}

int ValueTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ValueTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columnsOf(m_request.type).size());
}

QVariant ValueTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::ToolTipRole:
        return toolTip(index.row(), index.column());
    case Qt::FontRole:
        return m_font;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (isNumberColumn(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        return isDimmed(index.row(), index.column()) ? QVariant(toneColor(Tone::Dimmed, QGuiApplication::palette()))
                                                     : QVariant();
    default:
        return {};
    }
}

QVariant ValueTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    if (role == Qt::DisplayRole) {
        return tr(columnAt(m_request.type, section).title);
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue((isNumberColumn(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    return {};
}

bool ValueTableModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_complete && !m_loading && !m_error && !isFull();
}

void ValueTableModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent)) {
        load();
    }
}

QString ValueTableModel::text(int row, int column) const
{
    const Column& shown = columnAt(m_request.type, column);
    if (shown.cell == Column::number) {
        return numberText(number(row));
    }
    const ValueRow& content = cells(row);
    if (shown.cell == Column::allFields) {
        return fieldsText(content);
    }
    if (static_cast<std::size_t>(shown.cell) >= content.size()) {
        return {};
    }
    const ValueCell& cell = content[static_cast<std::size_t>(shown.cell)];
    return shown.isName && cell.isWhole() ? nameLine(cell.bytes) : cellLine(cell);
}

QString ValueTableModel::fieldsText(const ValueRow& cells) const
{
    QStringList fields;
    const std::size_t end = std::min<std::size_t>(cells.size(), 1 + 2 * shownFields);
    for (std::size_t i = 1; i + 1 < end; i += 2) {
        fields.append(nameLine(cells[i].bytes) + QStringLiteral(": ") + cellLine(cells[i + 1]));
    }
    if (end < cells.size()) {
        fields.append(QStringLiteral("…"));
    }
    return fields.join(QStringLiteral("   "));
}

QVariant ValueTableModel::toolTip(int row, int column) const
{
    const Column& shown = columnAt(m_request.type, column);
    const ValueRow& content = cells(row);
    if (shown.cell < 0 || static_cast<std::size_t>(shown.cell) >= content.size()) {
        return {};
    }
    const std::optional<std::uint64_t> size = content[static_cast<std::size_t>(shown.cell)].size;
    return size ? QVariant(tr("%1 bytes").arg(numberText(*size))) : QVariant();
}

bool ValueTableModel::isNumberColumn(int column) const
{
    return columnAt(m_request.type, column).cell == Column::number
        || (m_request.type == KeyType::SortedSet && columnAt(m_request.type, column).cell == 1);
}

bool ValueTableModel::isDimmed(int row, int column) const
{
    const int cell = columnAt(m_request.type, column).cell;
    const ValueRow& content = cells(row);
    const bool isThere = cell >= 0 && static_cast<std::size_t>(cell) < content.size();
    return cell == Column::number || (isThere && !content[static_cast<std::size_t>(cell)].isWhole());
}

} // namespace keyglass::ui
