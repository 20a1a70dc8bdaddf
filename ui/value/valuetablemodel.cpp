// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/valuetablemodel.h"

#include "core/base/bytes.h"
#include "core/value/formatters/geopoint.h"
#include "ui/common/fonts.h"
#include "ui/common/texts.h"
#include "ui/common/theme.h"
#include "ui/value/celltext.h"

#include <QGuiApplication>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr int shownFields = 8;   // of a stream's entry, in its one line
constexpr int shownDecimals = 6; // of degrees: a tenth of a metre, where 52 bits are good for half a metre

} // namespace

/// What the columns of a type are called, and what they show of a row's cells.
struct ValueTableModel::Column {
    static constexpr int number = -1; ///< Index or rank.
    static constexpr int allFields = -2;
    static constexpr int longitude = -3;
    static constexpr int latitude = -4;
    static constexpr int fieldEnd = -5; ///< The time a field has left.

    const char* title;
    int cell;
    bool isName = false;

    [[nodiscard]] bool isPlace() const { return cell == longitude || cell == latitude; }
    [[nodiscard]] static const std::vector<Column>& of(KeyType type, bool places, bool fieldEnds);
};

const std::vector<ValueTableModel::Column>& ValueTableModel::Column::of(KeyType type, bool places, bool fieldEnds)
{
    static const std::vector<Column> hash{{QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Field"), 0, true},
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Value"), 1}};
    static const std::vector<Column> endingHash{
        hash.front(), {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "TTL"), Column::fieldEnd}, hash.back()};
    static const std::vector<Column> list{{QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Index"), Column::number},
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Value"), 0}};
    static const std::vector<Column> set{{QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Member"), 0, true}};
    static const std::vector<Column> sortedSet{
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Rank"), Column::number},
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Score"), 1},
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Member"), 0, true}};
    static const std::vector<Column> geoSet{sortedSet[0], sortedSet[1],
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Longitude"), Column::longitude},
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Latitude"), Column::latitude}, sortedSet[2]};
    static const std::vector<Column> stream{{QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "ID"), 0, true},
        {QT_TRANSLATE_NOOP("keyglass::ui::ValueTableModel", "Fields"), Column::allFields}};
    static const std::vector<Column> none;
    switch (type) {
    case KeyType::Hash:
        return fieldEnds ? endingHash : hash;
    case KeyType::List:
        return list;
    case KeyType::Set:
        return set;
    case KeyType::SortedSet:
        return places ? geoSet : sortedSet;
    case KeyType::Stream:
        return stream;
    default:
        return none;
    }
}

const ValueTableModel::Column& ValueTableModel::columnAt(int column) const
{
    return Column::of(m_request.type, m_showsPlaces, m_ends.isShown())[static_cast<std::size_t>(column)];
}

ValueTableModel::ValueTableModel(std::shared_ptr<ValueSource> source, QObject* parent)
    : QAbstractTableModel(parent)
    , m_source(std::move(source))
    , m_sorting(new SortRun(this))
    , m_font(keyFont())
{
    connect(m_sorting, &SortRun::finished, this, &ValueTableModel::reorder);
    connect(m_sorting, &SortRun::progressed, this, &ValueTableModel::stateChanged);
    connect(&m_endTimer, &QTimer::timeout, this, &ValueTableModel::tick);
}

std::optional<SeenExpiry> ValueTableModel::fieldEnd(int row) const
{
    return m_ends.seen(m_rows[static_cast<std::size_t>(row)].end);
}

std::optional<Milliseconds> ValueTableModel::fieldLeft(int row) const
{
    return m_ends.left(m_rows[static_cast<std::size_t>(row)].end);
}

/// What is shown of the fields' time goes on as it does.
void ValueTableModel::tick()
{
    constexpr int endColumn = 1;
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, endColumn), index(rowCount() - 1, endColumn), {Qt::DisplayRole});
    }
}

int ValueTableModel::rowOf(const std::string& name, std::uint64_t number) const
{
    return m_rows.isNamed() ? m_rows.rowOfName(name) : m_rows.rowOfNumber(number);
}

ValueTableModel::Lent ValueTableModel::lend() const
{
    return {m_rows.lend(), m_rows.order(), m_ends, std::make_shared<const Beside>(m_beside)};
}

std::string ValueTableModel::nameOf(int row) const
{
    return m_rows.nameOf(static_cast<std::size_t>(row));
}

void ValueTableModel::setShowsPlaces(bool shows)
{
    if (shows == m_showsPlaces) {
        return;
    }
    m_sorting->stop();
    m_sort = {}; // its column is another now
    m_applied = {};
    if (m_request.type != KeyType::SortedSet) {
        m_showsPlaces = shows;
    } else if (shows) {
        beginInsertColumns({}, 2, 3);
        m_showsPlaces = true;
        endInsertColumns();
    } else {
        beginRemoveColumns({}, 2, 3);
        m_showsPlaces = false;
        endRemoveColumns();
    }
}

bool ValueTableModel::couldBePlaces() const
{
    constexpr double leastLikely = 1e12; // smaller whole numbers are rather counts and times; places are below 4.5e15
    constexpr std::size_t looked = 20;
    const std::size_t rows = std::min(m_rows.size(), looked);
    for (std::size_t row = 0; row < rows; ++row) {
        const ValueRow& content = m_rows[row].cells;
        const std::string score = content.size() > 1 ? content[1].bytes : std::string();
        if (!geoPointOf(score) || QByteArray::fromStdString(score).toDouble() < leastLikely) {
            return false;
        }
    }
    return m_request.type == KeyType::SortedSet && rows > 0;
}

QString ValueTableModel::degrees(int row, int column) const
{
    return degreesOf(columnAt(column), cells(row));
}

QString ValueTableModel::degreesOf(const Column& column, const ValueRow& cells)
{
    const auto point = column.isPlace() && cells.size() > 1 ? geoPointOf(cells[1].bytes) : std::nullopt;
    if (!point) {
        return {};
    }
    return QString::number(
        column.cell == Column::longitude ? point->longitude : point->latitude, 'f', QLocale::FloatingPointShortest);
}

/// Pure: for the thread that sorts.
SortKey ValueTableModel::sortKey(const Column& column, const ElementRow& row)
{
    if (column.isPlace()) {
        return sortKeyOf(degreesOf(column, row.cells).toStdString());
    }
    if (column.cell == Column::fieldEnd) { // what does not end comes after all that does
        const auto end = row.end.time_since_epoch().count();
        return sortKeyOf(end < 0 ? UINT64_MAX : static_cast<std::uint64_t>(end));
    }
    if (column.cell == Column::allFields) {
        return {0, true, fieldsText(row.cells).toStdString()};
    }
    const bool isThere = column.cell >= 0 && static_cast<std::size_t>(column.cell) < row.cells.size();
    return isThere ? sortKeyOf(row.cells[static_cast<std::size_t>(column.cell)].bytes) : sortKeyOf(row.number);
}

void ValueTableModel::applySort()
{
    SortWork work;
    work.count = m_rows.size();
    work.before = m_rows.order();
    work.isDescending = m_sort.order == Qt::DescendingOrder;
    work.keyOf = [rows = m_rows.lend(), column = columnAt(m_sort.column)](
                     std::size_t source) { return sortKey(column, (*rows)[source]); };
    m_sorting->start(std::move(work));
}

std::size_t ValueTableModel::cellFor(int column) const
{
    const int cell = columnAt(column).cell;
    if (cell >= 0) {
        return static_cast<std::size_t>(cell);
    }
    if (columnAt(column).isPlace() || cell == Column::fieldEnd) {
        return 1;
    }
    return cell == Column::allFields ? 2 : 0;
}

int ValueTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ValueTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::of(m_request.type, m_showsPlaces, m_ends.isShown()).size());
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
        return tr(columnAt(section).title);
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue((isNumberColumn(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    return {};
}

QString ValueTableModel::text(int row, int column) const
{
    const Column& shown = columnAt(column);
    if (shown.cell == Column::number) {
        return numberText(number(row));
    }
    const ValueRow& content = cells(row);
    if (shown.cell == Column::allFields) {
        return fieldsText(content);
    }
    if (shown.cell == Column::fieldEnd) {
        return m_ends.text(m_rows[static_cast<std::size_t>(row)].end);
    }
    if (shown.isPlace()) {
        const QString full = degrees(row, column);
        return full.isEmpty() ? QStringLiteral("–") : QString::number(full.toDouble(), 'f', shownDecimals);
    }
    if (static_cast<std::size_t>(shown.cell) >= content.size()) {
        return {};
    }
    const ValueCell& cell = content[static_cast<std::size_t>(shown.cell)];
    if (cell.isWhole() && cell.bytes.empty()) {
        return tr("(empty)");
    }
    return shown.isName && cell.isWhole() ? nameLine(cell.bytes) : cellLine(cell);
}

QString ValueTableModel::fieldsText(const ValueRow& cells)
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
    const Column& shown = columnAt(column);
    const ValueRow& content = cells(row);
    if (shown.cell == Column::fieldEnd) {
        return m_ends.toolTip(m_rows[static_cast<std::size_t>(row)].end);
    }
    if (shown.cell < 0 || static_cast<std::size_t>(shown.cell) >= content.size()) {
        return {};
    }
    const std::optional<std::uint64_t> size = content[static_cast<std::size_t>(shown.cell)].size;
    return size ? QVariant(tr("%1 bytes").arg(numberText(*size))) : QVariant();
}

bool ValueTableModel::isNumberColumn(int column) const
{
    return columnAt(column).cell == Column::number || columnAt(column).isPlace()
        || columnAt(column).cell == Column::fieldEnd
        || (m_request.type == KeyType::SortedSet && columnAt(column).cell == 1);
}

bool ValueTableModel::isDimmed(int row, int column) const
{
    const int cell = columnAt(column).cell;
    const ValueRow& content = cells(row);
    const bool isThere = cell >= 0 && static_cast<std::size_t>(cell) < content.size();
    return cell == Column::number || (cell == Column::fieldEnd && !fieldLeft(row))
        || (isThere && content[static_cast<std::size_t>(cell)].bytes.empty()); // empty, or left out
}

} // namespace keyglass::ui
