// SPDX-License-Identifier: GPL-3.0-or-later
// Following asks for what is behind the last entry, at an interval and on the lane that everything else is read on: one
// short question among others, which never makes anybody wait as a blocking read would.
#include "ui/stream/rangemodel.h"

#include "core/value/streamid.h"
#include "ui/common/whenready.h"
#include "ui/stream/groupmodels.h"
#include "ui/value/celltext.h"

#include <algorithm>
#include <array>

namespace keyglass::ui {

namespace {

using namespace std::chrono_literals;

constexpr std::array columns{TextTable::Column{QT_TRANSLATE_NOOP("keyglass::ui::TextTable", "ID")},
    TextTable::Column{QT_TRANSLATE_NOOP("keyglass::ui::TextTable", "Time")},
    TextTable::Column{QT_TRANSLATE_NOOP("keyglass::ui::TextTable", "Fields")}};
constexpr std::size_t entriesPerPage = 500;
constexpr std::size_t shownFields = 8;
constexpr Milliseconds lookEvery = 500ms;
constexpr Milliseconds goOnAfter = 10ms; ///< Where a whole page came: more is waiting.

std::uint64_t bytesOf(const ValueRow& row)
{
    std::uint64_t bytes = sizeof(ValueRow);
    for (const ValueCell& cell : row) {
        bytes += sizeof(ValueCell) + cell.bytes.size();
    }
    return bytes;
}

} // namespace

RangeModel::RangeModel(std::shared_ptr<StreamSource> source, QObject* parent)
    : TextTable(columns, parent)
    , m_source(std::move(source))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RangeModel::lookForMore);
}

void RangeModel::open(StreamRangeRequest request)
{
    m_isFollowing = false;
    request.maxRows = entriesPerPage;
    start(std::move(request));
}

void RangeModel::follow(const std::string& key, bool newestFirst)
{
    m_isFollowing = true;
    m_isNewestFirst = newestFirst;
    StreamRangeRequest newest;
    newest.key = key;
    newest.newestFirst = true;
    newest.maxRows = firstFollowed;
    start(std::move(newest));
}

void RangeModel::start(StreamRangeRequest request)
{
    m_timer.stop();
    m_request = std::move(request);
    m_isFirst = true;
    m_isLast = false;
    m_dropped = 0;
    load();
}

void RangeModel::stopFollowing()
{
    if (std::exchange(m_isFollowing, false)) {
        m_timer.stop();
        ++m_generation;
        m_isLoading = false;
        m_isComplete = true;
        Q_EMIT stateChanged();
    }
}

void RangeModel::setActive(bool active)
{
    m_isActive = active;
    if (m_isFollowing && active && !m_isLoading && !m_isFirst && !m_isLast) {
        m_timer.start(goOnAfter);
    } else if (!active) {
        m_timer.stop();
    }
}

void RangeModel::clear()
{
    m_timer.stop();
    beginResetModel();
    ++m_generation;
    m_rows.clear();
    m_bytes = 0;
    m_dropped = 0;
    m_error.reset();
    m_isLoading = false;
    m_isComplete = true;
    m_isFollowing = false;
    endResetModel();
    Q_EMIT stateChanged();
}

void RangeModel::load()
{
    m_error.reset();
    m_isLoading = true;
    const std::uint64_t generation = ++m_generation;
    whenReady(this, m_source->loadRange(m_request), [this, generation](const Result<StreamRange>& range) {
        if (generation == m_generation) {
            take(range);
        }
    });
    Q_EMIT stateChanged();
}

void RangeModel::take(const Result<StreamRange>& range)
{
    m_isLoading = false;
    if (range) {
        takePage(*range);
    } else {
        m_error = range.error();
        m_isFollowing = m_isFollowing && range.error().kind != ErrorKind::Gone;
    }
    if (m_isFollowing && m_isActive && !m_isLast) {
        m_timer.start(range && range->rows.size() >= entriesPerPage ? goOnAfter : lookEvery);
    }
    Q_EMIT stateChanged();
}

/// Where the next page begins is settled first: a view may ask for it as soon as it hears of the new rows.
void RangeModel::takePage(const StreamRange& range)
{
    m_isComplete = range.complete || m_isFollowing;
    const bool isFirst = std::exchange(m_isFirst, false);
    if (m_isFollowing && !range.rows.empty()) {
        const ValueRow& newest = m_request.newestFirst ? range.rows.front() : range.rows.back();
        const auto id = StreamId::parse(newest.front().bytes);
        m_isLast = id && id->next() == *id;
    }
    if (isFirst && m_isFollowing) {
        beginFollowing(range);
    } else {
        (m_request.newestFirst ? m_request.to : m_request.from) = range.next;
    }
    std::vector<ValueRow> rows = range.rows;
    if (isFirst) {
        takeFirst(std::move(rows));
    } else if (m_isFollowing && m_isNewestFirst) {
        prepend(std::move(rows));
    } else {
        append(std::move(rows));
    }
}

/// The newest ones are there; what is looked for from now on lies behind them.
void RangeModel::beginFollowing(const StreamRange& range)
{
    const auto last = range.rows.empty() ? std::nullopt : StreamId::parse(range.rows.front().front().bytes);
    m_request.newestFirst = false;
    m_request.maxRows = entriesPerPage;
    m_request.from = last ? last->next().text() : std::string();
    m_request.to.clear();
}

void RangeModel::lookForMore()
{
    if (m_isFollowing && m_isActive && !m_isLoading) {
        load();
    }
}

void RangeModel::takeFirst(std::vector<ValueRow>&& rows)
{
    if (m_isFollowing && !m_isNewestFirst) {
        std::ranges::reverse(rows);
    }
    beginResetModel();
    m_rows.assign(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    m_bytes = 0;
    for (const ValueRow& row : m_rows) {
        m_bytes += bytesOf(row);
    }
    endResetModel();
}

void RangeModel::append(std::vector<ValueRow>&& rows)
{
    if (rows.empty()) {
        return;
    }
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(rows.size()) - 1);
    for (ValueRow& row : rows) {
        m_bytes += bytesOf(row);
        m_rows.push_back(std::move(row));
    }
    endInsertRows();
    dropOldest();
}

void RangeModel::prepend(std::vector<ValueRow>&& rows)
{
    if (rows.empty()) {
        return;
    }
    beginInsertRows({}, 0, static_cast<int>(rows.size()) - 1);
    for (ValueRow& row : rows) {
        m_bytes += bytesOf(row);
        m_rows.push_front(std::move(row));
    }
    endInsertRows();
    dropOldest();
}

void RangeModel::dropOldest()
{
    if (!m_isFollowing) {
        return;
    }
    std::size_t drop = 0;
    std::uint64_t bytes = m_bytes;
    while (m_rows.size() - drop > mostFollowed || (bytes > mostBytes && m_rows.size() - drop > 1)) {
        bytes -= bytesOf(m_isNewestFirst ? m_rows[m_rows.size() - 1 - drop] : m_rows[drop]);
        ++drop;
    }
    if (drop == 0) {
        return;
    }
    const int first = m_isNewestFirst ? rowCount() - static_cast<int>(drop) : 0;
    beginRemoveRows({}, first, first + static_cast<int>(drop) - 1);
    const auto from = m_rows.begin() + first;
    m_rows.erase(from, from + static_cast<std::ptrdiff_t>(drop));
    m_bytes = bytes;
    m_dropped += drop;
    endRemoveRows();
}

int RangeModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

bool RangeModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_isFollowing && !m_isComplete && !m_isLoading && !m_error && !isFull();
}

void RangeModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent)) {
        load();
    }
}

QString RangeModel::text(int row, int column) const
{
    const ValueRow& shown = cells(row);
    if (column == 0) {
        return nameLine(shown.front().bytes);
    }
    if (column == 1) {
        return entryTimeText(shown.front().bytes);
    }
    QStringList fields;
    const std::size_t end = std::min<std::size_t>(shown.size(), 1 + 2 * shownFields);
    for (std::size_t at = 1; at + 1 < end; at += 2) {
        fields << nameLine(shown[at].bytes) + QStringLiteral(": ") + cellLine(shown[at + 1]);
    }
    if (end < shown.size()) {
        fields << QStringLiteral("…");
    }
    return fields.join(QStringLiteral("   "));
}

} // namespace keyglass::ui
