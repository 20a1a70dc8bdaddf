// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/keytreeaccessible.h"
#include "ui/tree/keytreeheader.h"
#include "ui/tree/keytreeview.h"

#include <QResizeEvent>
#include <QScrollBar>

#include <algorithm>
#include <limits>
#include <utility>

namespace keyglass::ui {

namespace {

/// Steps of a scroll bar; above, one step is several rows.
constexpr quint64 mostScrollBarSteps = 1'000'000'000;

} // namespace

int KeyTreeView::pageRows() const
{
    return std::max(1, viewport()->height() / TreeMetrics::rowHeight);
}

int KeyTreeView::lineOf(const RowId& id) const
{
    const QModelIndex index = m_model.indexOf(id);
    return index.isValid() && index.row() < pageRows() ? index.row() : -1;
}

void KeyTreeView::showWindow(TreeWindow window)
{
    m_model.setWindow(std::move(window));
    m_namesAreOld = true;
    m_hovered = std::min(m_hovered, m_model.rowCount() - 1);
    if (m_current) {
        const QModelIndex current = m_model.indexOf(*m_current);
        if (current != currentIndex()) {
            selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
        }
    }
    updateScrollBar();
    viewport()->update();
}

void KeyTreeView::showFrom(quint64 number)
{
    const auto page = static_cast<quint64>(pageRows());
    const quint64 all = rows()->rowCount();
    const bool isEnd = number + page >= all;
    showWindow(
        rows()->rows(isEnd ? all - std::min(all, page) : number, static_cast<std::size_t>(page + (isEnd ? 0 : 1))));
}

/// Shows row `id` with `before` rows above it, as far as there are; the last page stays full.
void KeyTreeView::showAround(const RowId& id, int before)
{
    const auto page = static_cast<std::size_t>(pageRows());
    TreeWindow window = rows()->rowsAround(id, static_cast<std::size_t>(std::max(0, before)), page + 1);
    if (window.rows.size() < page) {
        scrollToEnd();
    } else {
        showWindow(std::move(window));
    }
}

void KeyTreeView::scrollToEnd()
{
    const auto page = static_cast<quint64>(pageRows());
    const quint64 all = rows()->rowCount();
    showWindow(rows()->rows(all - std::min(all, page), static_cast<std::size_t>(page)));
}

/// Row by row where that is near, whether numbers are exact or not; by number where it is far.
void KeyTreeView::scrollBy(qint64 by)
{
    const auto& shown = m_model.window().rows;
    const qint64 page = pageRows();
    if (shown.empty() || by == 0) {
        return;
    }
    if (by > 0 && by < static_cast<qint64>(shown.size())) {
        showAround(shown[static_cast<std::size_t>(by)].id(), 0);
    } else if (by < 0 && by >= -4 * page) {
        showAround(shown.front().id(), static_cast<int>(-by));
        if (static_cast<qint64>(m_model.window().rows.size()) > page + 1) {
            updateScrollBar();
        }
    } else {
        const auto first = static_cast<qint64>(m_model.firstRow());
        showFrom(static_cast<quint64>(std::max<qint64>(0, first + by)));
    }
}

void KeyTreeView::updateScrollBar()
{
    QScrollBar* bar = verticalScrollBar();
    if (bar->isSliderDown()) {
        return; // the user holds it; it is set when it is let go
    }
    const quint64 all = rows()->rowCount();
    const quint64 hidden = all - std::min(all, static_cast<quint64>(pageRows()));
    m_scrollBarScale = static_cast<qint64>(1 + hidden / mostScrollBarSteps);
    const auto scaled = [this](quint64 row) { return static_cast<int>(static_cast<qint64>(row) / m_scrollBarScale); };
    m_settingScrollBar = true;
    bar->setRange(0, scaled(hidden));
    bar->setPageStep(std::max(1, scaled(static_cast<quint64>(pageRows()))));
    bar->setSingleStep(1);
    bar->setValue(scaled(std::min(m_model.firstRow(), hidden)));
    m_scrollBarValue = bar->value();
    m_settingScrollBar = false;
}

void KeyTreeView::scrollBarMoved(int value)
{
    if (m_settingScrollBar) {
        return;
    }
    const int by = value - std::exchange(m_scrollBarValue, value);
    const QScrollBar* bar = verticalScrollBar();
    if (value == bar->maximum()) {
        scrollToEnd();
    } else if (m_scrollBarScale == 1 && !bar->isSliderDown() && std::abs(by) <= pageRows()) {
        scrollBy(by);
    } else {
        showFrom(static_cast<quint64>(value) * static_cast<quint64>(m_scrollBarScale));
    }
}

void KeyTreeView::ensureVisible(const RowId& id)
{
    if (lineOf(id) >= 0) {
        return;
    }
    const auto number = rows()->rowOf(id);
    if (number) {
        const bool isBelow = *number >= m_model.firstRow();
        const QModelIndex cut = m_model.indexOf(id); // the row that does not fit whole is below whatever its number
        showAround(id, isBelow || cut.isValid() ? pageRows() - 1 : 0);
    }
}

QRect KeyTreeView::visualRect(const QModelIndex& index) const
{
    if (!index.isValid()) {
        return {};
    }
    const QRect row(0, index.row() * TreeMetrics::rowHeight, viewport()->width(), TreeMetrics::rowHeight);
    return {m_header->sectionViewportPosition(index.column()), row.top(), m_header->sectionSize(index.column()),
        row.height()};
}

void KeyTreeView::scrollTo(const QModelIndex& index, ScrollHint /*hint*/)
{
    if (index.isValid() && index.row() >= pageRows()) {
        ensureVisible(m_model.row(index.row()).id());
    }
}

QModelIndex KeyTreeView::indexAt(const QPoint& point) const
{
    const int row = rowAtY(point.y());
    return row < 0 ? QModelIndex() : m_model.index(row, std::max(0, m_header->logicalIndexAt(point.x())));
}

QRegion KeyTreeView::visualRegionForSelection(const QItemSelection& /*selection*/) const
{
    return viewport()->rect();
}

void KeyTreeView::updateGeometries()
{
    const int height = m_header->isHidden() ? 0 : m_header->sizeHint().height();
    setViewportMargins(0, height, 0, 0);
    const QRect area = viewport()->geometry();
    m_header->setGeometry(area.left(), area.top() - height, area.width(), height);
    m_header->fitTo(area.width());
    QAbstractItemView::updateGeometries();
}

void KeyTreeView::resizeEvent(QResizeEvent* event)
{
    QAbstractItemView::resizeEvent(event);
    m_namesAreOld = true;
    if (m_model.window().rows.empty()) {
        showFrom(0);
    } else {
        showAround(m_model.row(0).id(), 0);
    }
}

} // namespace keyglass::ui
