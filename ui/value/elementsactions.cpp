// SPDX-License-Identifier: GPL-3.0-or-later
// Going to places, sorting and stopping in an ElementsView.
#include "core/value/pagejump.h"
#include "ui/common/texts.h"
#include "ui/value/elementsview.h"
#include "ui/value/elementtable.h"
#include "ui/value/jumpfield.h"
#include "ui/value/valuetablemodel.h"
#include "ui/value/valuewords.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::uint64_t mostLoadedForSorting = 200'000;
constexpr int rowsBeforeTop = 20; ///< From the first loaded row at which what is before it is read.

} // namespace

// --- going to places

void ElementsView::jump()
{
    const auto position = m_jump->position(m_model->total(), m_descending);
    if (!position) {
        m_said = position.error().detail;
        updateState();
        return;
    }
    const std::uint64_t cost = jumpCost(*position);
    m_jumpText = cost > 0 ? tr("Going to index %1: the server has to step over %2 to get there. Esc stays here.")
                                .arg(numberText(numberAt(*position)), lengthText(m_head.type, cost))
                          : QString();
    m_said.clear();
    m_wantedSort = -1;
    m_kept = {};
    m_selectsLast = false;
    m_model->goTo(*position);
    m_table->setFocus();
}

/// The index that a position was made of: in descending order it is the border behind it.
std::uint64_t ElementsView::numberAt(const ValuePosition& position) const
{
    return m_descending && position.offset > 0 ? position.offset - 1 : position.offset;
}

/// What the server has to step over, from the end that is nearer; 0 where that is nothing to speak of: only lists are
/// walked through.
std::uint64_t ElementsView::jumpCost(const ValuePosition& position) const
{
    constexpr std::uint64_t leastSaid = 100'000;
    const std::uint64_t total = m_model->total().value_or(0);
    const std::uint64_t away = std::min(position.offset, total - std::min(position.offset, total));
    return m_head.type == KeyType::List && away >= leastSaid ? away : 0;
}

/// Before Return: who types an index learns what it takes to go there.
void ElementsView::sayCost()
{
    m_said.clear();
    const auto position = m_jump->position(m_model->total(), m_descending);
    const std::uint64_t cost = position ? jumpCost(*position) : 0;
    if (cost > 0) {
        m_said = tr("Index %1 lies in the middle: the server has to step over %2 to get there")
                     .arg(numberText(numberAt(*position)), lengthText(m_head.type, cost));
    }
    updateState();
}

/// What goes on that can be ended, where there is something to say about it.
QString ElementsView::busyText() const
{
    if (m_model->isJumping()) {
        return !m_jumpText.isEmpty() ? m_jumpText : m_isSlow ? tr("Going there… Esc stays here.") : QString();
    }
    if (m_model->isSorting() && m_isSlow) {
        const QString column = m_model->headerData(m_model->sortedColumn(), Qt::Horizontal, Qt::DisplayRole).toString();
        return tr("Sorting by %1: %2 %").arg(column).arg(m_model->sortedPercent());
    }
    return {};
}

void ElementsView::goToStart()
{
    m_jumpText.clear();
    m_kept = {};
    m_selectsLast = false;
    m_model->goTo(startOf(m_descending));
}

void ElementsView::goToEnd()
{
    m_jumpText.clear();
    m_kept = {};
    m_selectsLast = true;
    m_model->goToEnd();
}

/// What is before the first loaded row is read as soon as that row comes near.
void ElementsView::fetchBeforeTop()
{
    if (!m_model->isLoading() && m_model->rowCount() > 0 && m_table->verticalScrollBar()->value() < rowsBeforeTop) {
        m_model->fetchBefore();
    }
}

// --- sorting

/// The columns by which the server has its order: reading it from its other end is all it takes.
bool ElementsView::isServersOrder(int column) const
{
    const bool isRanked = m_head.type == KeyType::SortedSet && column < 2;
    return m_model->hasOrder() && (column == 0 || isRanked);
}

void ElementsView::sortBy(int column)
{
    m_said.clear();
    m_wantedSort = -1;
    if (isServersOrder(column)) {
        m_descending = m_model->sortedColumn() < 0 ? !m_descending : false;
        m_kept = {};
        openScope();
    } else if (m_model->isWhole() && !m_model->hasGaps()) {
        const bool isAgain = m_model->sortedColumn() == column && m_model->sortOrder() == Qt::AscendingOrder;
        m_model->sortBy(column, isAgain ? Qt::DescendingOrder : Qt::AscendingOrder);
    } else {
        m_wantedSort = column;
    }
    updateState();
}

void ElementsView::updateSortIndicator()
{
    QHeaderView* header = m_table->horizontalHeader();
    const int sorted = m_model->sortedColumn();
    const bool isServers = sorted < 0 && m_descending && m_model->hasOrder();
    header->setSortIndicatorShown(sorted >= 0 || isServers);
    if (sorted >= 0) {
        header->setSortIndicator(sorted, m_model->sortOrder());
    } else if (isServers) {
        header->setSortIndicator(m_head.type == KeyType::SortedSet ? 1 : 0, Qt::DescendingOrder);
    }
}

QString ElementsView::sortText() const
{
    const QString column = m_model->headerData(m_wantedSort, Qt::Horizontal, Qt::DisplayRole).toString();
    const auto total = m_model->total();
    if (m_model->hasGaps()) {
        return tr("Sorting by %1 needs all rows, and some can't be read").arg(column);
    }
    const QString all = total ? lengthText(m_model->type(), *total) : tr("all rows");
    if (total.value_or(UINT64_MAX) > mostLoadedForSorting) {
        return tr("Sorting by %1 needs %2; at most %3 are loaded for it")
            .arg(column, all, numberText(mostLoadedForSorting));
    }
    return tr("Sorting by %1 needs %2").arg(column, all);
}

// --- stopping

bool ElementsView::isBusy() const
{
    const bool isLong = !m_model->match().empty() || m_model->isLoadingAll() || m_model->isJumping();
    return m_model->isSorting() || (m_model->isLoading() && isLong);
}

void ElementsView::stop()
{
    const bool wasJumping = m_model->isJumping();
    m_model->stop();
    if (wasJumping) {
        stayHere();
    }
}

/// A jump has come to nothing; what was to be read again meanwhile is read now.
void ElementsView::stayHere()
{
    m_selectsLast = false;
    if (std::exchange(m_owesReload, false)) {
        m_kept = {};
        m_kept.wanted = true;
        openScope(m_model->place());
    }
}

bool ElementsView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && isBusy()) {
        const auto* press = static_cast<QKeyEvent*>(event);
        if (press->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void ElementsView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isBusy()) {
        stop();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void ElementsView::takeOffer()
{
    switch (m_offer) {
    case Offer::TryAgain:
    case Offer::GoOn:
        m_model->retry();
        break;
    case Offer::Stop:
    case Offer::Cancel:
        stop();
        break;
    case Offer::LoadRest:
        m_model->sortBy(std::exchange(m_wantedSort, -1), Qt::AscendingOrder);
        break;
    case Offer::None:
        break;
    }
    updateState();
}

void ElementsView::updateOffer()
{
    if (isBusy() && !m_isSlow && !m_busyTimer.isActive()) {
        m_busyTimer.start();
    } else if (!isBusy()) {
        m_busyTimer.stop();
        m_isSlow = false;
    }
    const bool canLoadRest = m_wantedSort >= 0 && !m_model->hasGaps() && !m_model->isWhole()
        && m_model->total().value_or(UINT64_MAX) <= mostLoadedForSorting;
    m_offer = m_model->error() ? Offer::TryAgain
        : m_isSlow             ? (m_model->isJumping() ? Offer::Cancel : Offer::Stop)
        : canLoadRest          ? Offer::LoadRest
        : m_model->isStopped() ? Offer::GoOn
                               : Offer::None;
    static const std::array<const char*, 6> texts{"", QT_TR_NOOP("Try again"), QT_TR_NOOP("Stop"), QT_TR_NOOP("Cancel"),
        QT_TR_NOOP("Go on"), QT_TR_NOOP("Load the rest")};
    m_button->setText(m_offer == Offer::None ? QString() : tr(texts[static_cast<std::size_t>(m_offer)]));
    m_button->setVisible(m_offer != Offer::None);
}

} // namespace keyglass::ui
