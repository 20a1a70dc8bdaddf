// SPDX-License-Identifier: GPL-3.0-or-later
// How the rows of a ValueTableModel come, go and are sorted; what they look like is in valuetablemodel.cpp.
#include "core/value/pagejump.h"
#include "ui/common/fonts.h"
#include "ui/common/whenready.h"
#include "ui/value/valuetablemodel.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace keyglass::ui {

void ValueTableModel::open(const ValueHead& head, const ElementScope& scope, const std::optional<ValuePosition>& from)
{
    m_back.reset();
    const bool isSameValue = head.key == m_request.key && head.type == m_request.type;
    if (!isSameValue) {
        clear();
    }
    if (!isSameValue || this->scope() != scope) {
        m_sort = {};
    }
    m_wantsAll = m_sort.column >= 0;
    m_request = {};
    m_request.key = head.key;
    m_request.type = head.type;
    m_request.match = scope.match;
    m_request.descending = scope.descending && hasOrder();
    m_request.numbers = scope.numbers;
    m_request.scores = scope.scores;
    m_request.fieldEnds = head.type == KeyType::Hash && m_source->hasFieldEnds();
    m_request.from = from.value_or(startOf(m_request.descending));
    m_opening = true;
    m_complete = false;
    load(Direction::Forward);
}

bool ValueTableModel::hasOrder() const
{
    const bool isByCursor = m_request.type == KeyType::SortedSet && !m_request.match.empty();
    return canJump(m_request.type) && !isByCursor;
}

ElementScope ValueTableModel::scope() const
{
    return {m_request.match, m_request.descending, m_request.numbers, m_request.scores};
}

void ValueTableModel::clear()
{
    beginResetModel();
    ++m_generation;
    m_sorting->stop();
    m_request = {};
    m_request.type = KeyType::None;
    m_rows.reset(true);
    forgetBeside();
    m_sort = {};
    m_applied = {};
    m_back.reset();
    m_showsPlaces = false;
    m_total.reset();
    m_error.reset();
    m_loading = false;
    m_opening = false;
    m_owesOpened = false;
    m_complete = true;
    m_beforeComplete = true;
    m_stopped = false;
    m_wantsAll = false;
    m_hasGaps = false;
    m_ends = {};
    m_endTimer.stop();
    endResetModel();
    Q_EMIT stateChanged();
}

void ValueTableModel::retry()
{
    if ((m_error || m_stopped) && !m_loading) {
        load(m_direction);
    }
}

void ValueTableModel::goTo(const ValuePosition& position)
{
    if (!hasOrder()) {
        return;
    }
    rememberBack();
    m_request.from = position;
    load(Direction::Forward);
}

void ValueTableModel::goToEnd()
{
    if (!hasOrder()) {
        return;
    }
    rememberBack();
    m_before = startOf(!m_request.descending);
    load(Direction::Back);
}

/// A jump after a jump goes back to where the first began; one before the value is there, nowhere.
void ValueTableModel::rememberBack()
{
    if (!m_opening) {
        m_back = {m_request.from, m_before, m_direction, m_stopped};
    }
    m_sort = {};
    m_wantsAll = false;
    m_opening = true;
}

void ValueTableModel::goBack()
{
    m_request.from = m_back->from;
    m_before = m_back->before;
    m_direction = m_back->direction;
    m_stopped = m_back->stopped;
    m_sort = m_applied;
    m_opening = false;
    m_back.reset();
}

ValuePosition ValueTableModel::place() const
{
    const ValuePosition& before = m_back ? m_back->before : m_before;
    return m_beforeComplete ? startOf(m_request.descending) : otherSide(m_request.type, before, !m_request.descending);
}

void ValueTableModel::stop()
{
    m_wantsAll = false;
    endSorting();
    if (m_loading) {
        ++m_generation;
        m_loading = false;
        m_stopped = true;
        if (m_back) {
            goBack();
        }
    }
    Q_EMIT stateChanged();
}

void ValueTableModel::loadAll()
{
    m_wantsAll = true;
    if (m_stopped && !m_loading) {
        load(m_direction);
    } else if (canFetchMore({})) {
        load(Direction::Forward);
    } else {
        fetchBefore();
    }
}

// --- pages

ValuePageRequest ValueTableModel::requestFor(Direction direction) const
{
    ValuePageRequest request = m_request;
    request.beside = true;
    if (direction == Direction::Back) {
        request.descending = !request.descending;
        request.from = m_before;
    }
    return request;
}

void ValueTableModel::load(Direction direction)
{
    m_sorting->stop(); // a wanted order comes with what is read
    m_error.reset();
    m_loading = true;
    m_stopped = false;
    m_direction = direction;
    const std::uint64_t generation = ++m_generation;
    whenReady(this, m_source->loadPage(requestFor(direction)), [this, generation](const Result<ValuePage>& page) {
        if (generation == m_generation) {
            take(page);
        }
    });
    Q_EMIT stateChanged();
}

void ValueTableModel::take(const Result<ValuePage>& page)
{
    m_loading = false;
    if (!page && m_back && page.error().kind != ErrorKind::Gone && page.error().kind != ErrorKind::WrongType) {
        goBack();
        Q_EMIT jumpFailed(page.error());
        Q_EMIT stateChanged();
        return;
    }
    m_back.reset();
    const bool first = std::exchange(m_opening, false);
    if (!page) {
        m_error = page.error();
        m_opening = first; // a retry begins where this did
    } else if (first) {
        takeFirst(*page);
    } else if (m_direction == Direction::Forward) {
        append(*page);
    } else {
        prepend(*page);
    }
    m_owesOpened = m_owesOpened || first;
    if (page) {
        goOn(*page);
    }
    const bool isEmptyYet = m_loading && m_direction == Direction::Back && m_rows.size() == 0;
    if (m_owesOpened && !isEmptyYet) {
        m_owesOpened = false;
        Q_EMIT opened();
    }
    Q_EMIT stateChanged();
    askBeside();
}

void ValueTableModel::takeFirst(const ValuePage& page)
{
    beginResetModel();
    m_rows.reset(m_request.type != KeyType::List);
    m_applied = {};
    m_hasGaps = false;
    forgetBeside();
    m_ends = {};
    m_endTimer.stop();
    m_font = keyFont();
    std::vector<ElementRow> rows = newRows(page);
    if (m_direction == Direction::Back) {
        std::reverse(rows.begin(), rows.end());
    }
    m_rows.append(std::move(rows));
    takeFirstState(page);
    endResetModel();
}

/// A page from somewhere in the middle leaves both ends open.
void ValueTableModel::takeFirstState(const ValuePage& page)
{
    m_total = page.total;
    m_hasGaps = page.hasGaps;
    const bool isBack = m_direction == Direction::Back;
    const bool isStart = m_request.from == startOf(m_request.descending)
        || (m_request.type != KeyType::Stream && !m_request.descending && page.began.offset == 0);
    const ValuePosition other = otherSide(m_request.type, page.began, page.descending);
    m_complete = isBack || page.complete;
    m_beforeComplete = isBack ? page.complete : isStart || !hasOrder();
    m_request.from = isBack ? other : page.next;
    m_before = isBack ? page.next : other;
}

void ValueTableModel::append(const ValuePage& page)
{
    std::vector<ElementRow> rows = newRows(page);
    m_total = page.total;
    m_complete = page.complete;
    m_hasGaps = m_hasGaps || page.hasGaps;
    m_request.from = page.next;
    if (!rows.empty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(rows.size()) - 1);
        m_rows.append(std::move(rows));
        endInsertRows();
    }
}

void ValueTableModel::prepend(const ValuePage& page)
{
    std::vector<ElementRow> rows = newRows(page);
    std::reverse(rows.begin(), rows.end());
    m_beforeComplete = page.complete;
    m_hasGaps = m_hasGaps || page.hasGaps;
    m_before = page.next;
    if (!rows.empty()) {
        beginInsertRows({}, 0, static_cast<int>(rows.size()) - 1);
        m_rows.prepend(std::move(rows));
        endInsertRows();
    }
}

/// The view asks for more when it is scrolled to its end; a page in which the pattern hit nothing gives it no reason
/// to. Behind a jump past the end there is nothing, but before it.
void ValueTableModel::goOn(const ValuePage& page)
{
    if (m_loading) {
        return;
    }
    if ((page.rows.empty() || m_wantsAll) && canFetchMore({})) {
        load(Direction::Forward);
    } else if ((m_rows.size() == 0 || m_wantsAll || (page.rows.empty() && m_direction == Direction::Back))
        && canFetchBefore()) {
        load(Direction::Back);
    } else if (isWhole() && m_sort.column >= 0) {
        applySort();
    }
}

std::vector<ElementRow> ValueTableModel::newRows(const ValuePage& page)
{
    std::vector<ElementRow> rows;
    std::unordered_map<std::string_view, std::size_t> inPage;
    takeBeside(page);
    m_borders.insert(page.borders.begin(), page.borders.end());
    m_ends.take(page.fieldEnds);
    if (m_ends.isRunning() && !m_endTimer.isActive()) {
        m_endTimer.start(Milliseconds{1000});
    }
    for (std::size_t at = 0; at < page.rows.size(); ++at) {
        const ValueRow& cells = page.rows[at];
        const ElementRow row{cells, page.numberOf(at), FieldEndClock::endOf(page, at)};
        if (!m_rows.isNamed() || cells.empty()) {
            rows.push_back(row);
            continue;
        }
        if (const int known = m_rows.rowOfName(cells.front().bytes); known >= 0) {
            m_rows.replace(static_cast<std::size_t>(known), row);
            Q_EMIT dataChanged(index(known, 0), index(known, columnCount() - 1));
        } else if (inPage.emplace(cells.front().bytes, rows.size()).second) {
            rows.push_back(row);
        } else {
            rows[inPage[cells.front().bytes]] = row;
        }
    }
    return rows;
}

bool ValueTableModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_complete && !m_loading && !m_stopped && !m_error && !isFull();
}

void ValueTableModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent)) {
        load(Direction::Forward);
    }
}

bool ValueTableModel::canFetchBefore() const
{
    return !m_beforeComplete && !m_loading && !m_stopped && !m_error && !isFull();
}

void ValueTableModel::fetchBefore()
{
    if (canFetchBefore()) {
        load(Direction::Back);
    }
}

// --- sorting

void ValueTableModel::sortBy(int column, Qt::SortOrder order)
{
    m_sort = {column, order};
    if (isWhole() && !m_loading) {
        applySort();
    } else {
        loadAll();
    }
    Q_EMIT stateChanged();
}

void ValueTableModel::reorder(const std::shared_ptr<const RowOrder>& order)
{
    if (order->sources.size() != m_rows.size()) {
        return; // can't be: whatever adds rows ends the sorting
    }
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const auto last = m_rows.order();
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex& each : before) {
        const auto row = static_cast<std::size_t>(each.row());
        const std::size_t source = last ? last->sources[row] : row;
        after.append(index(static_cast<int>(order->rows[source]), each.column()));
    }
    m_rows.setOrder(order);
    m_applied = m_sort;
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
    Q_EMIT stateChanged();
}

/// What was being sorted stays as it is.
void ValueTableModel::endSorting()
{
    if (m_sorting->isRunning()) {
        m_sorting->stop();
        m_sort = m_applied;
    }
}

} // namespace keyglass::ui
