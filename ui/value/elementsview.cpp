// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/elementsview.h"

#include "core/base/errortext.h"
#include "core/value/pagejump.h"
#include "ui/common/texts.h"
#include "ui/value/elementtable.h"
#include "ui/value/jumpfield.h"
#include "ui/value/loadedline.h"
#include "ui/value/rangebutton.h"
#include "ui/value/searchfield.h"
#include "ui/value/valuetablemodel.h"
#include "ui/value/valuewords.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr Milliseconds filterAfter{250};
constexpr Milliseconds stoppableAfter{300};
constexpr int mostRowsToGoBackTo = 20'000;

/// The server looks for names itself. Elements of lists and streams have to come here to be looked at: only on request.
bool filtersOnServer(KeyType type)
{
    return type == KeyType::Hash || type == KeyType::Set || type == KeyType::SortedSet;
}

} // namespace

ElementsView::ElementsView(std::shared_ptr<ValueSource> source, QWidget* parent)
    : QWidget(parent)
    , m_model(new ValueTableModel(std::move(source), this))
    , m_table(new ElementTable(m_model, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_state->below());
    layout->addWidget(m_table, 1);
    m_filterTimer.setSingleShot(true);
    m_filterTimer.setInterval(filterAfter);
    m_busyTimer.setSingleShot(true);
    m_busyTimer.setInterval(stoppableAfter);
    connectBar();
    connect(m_table, &ElementTable::currentCellChanged, this, &ElementsView::currentChanged);
    connect(m_table, &QAbstractItemView::activated, this, &ElementsView::activated);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &ElementsView::scrolled);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &ElementsView::rememberPlace);
    connect(m_model, &ValueTableModel::opened, this, &ElementsView::modelOpened);
    connect(m_model, &ValueTableModel::stateChanged, this, &ElementsView::updateState);
    connect(m_model, &ValueTableModel::jumpFailed, this, [this](const Error& error) {
        m_said = errorText(error);
        stayHere();
    });
    connect(m_table, &ElementTable::sortWanted, this, &ElementsView::sortBy);
    connect(m_table, &ElementTable::startWanted, this, &ElementsView::goToStart);
    connect(m_table, &ElementTable::endWanted, this, &ElementsView::goToEnd);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &ElementsView::fetchBeforeTop);
    setFocusProxy(m_table);
    updateState();
}

void ElementsView::makePlacesButton(QWidget* bar)
{
    m_places = new QToolButton(bar);
    m_places->setText(tr("Places"));
    m_places->setAccessibleName(tr("Scores as places"));
    m_places->setCheckable(true);
    m_places->setAutoRaise(true);
    m_places->setFocusPolicy(Qt::StrongFocus);
    connect(m_places, &QToolButton::toggled, this, [this](bool shows) {
        m_model->setShowsPlaces(shows);
        m_table->fitColumns();
    });
}

void ElementsView::connectBar()
{
    connect(&m_filterTimer, &QTimer::timeout, this, &ElementsView::applyFilter);
    connect(m_filter, &SearchField::changed, this, [this] {
        if (filtersOnServer(m_head.type) || m_filter->text().isEmpty()) {
            m_filterTimer.start();
        }
    });
    connect(m_filter, &SearchField::returnPressed, this, &ElementsView::applyFilter);
    connect(m_jump, &JumpField::jumpWanted, this, &ElementsView::jump);
    connect(m_jump, &JumpField::typedChanged, this, &ElementsView::sayCost);
    connect(m_range, &RangeButton::rangeChanged, this, &ElementsView::applyFilter);
    connect(m_button, &QPushButton::clicked, this, &ElementsView::takeOffer);
    connect(&m_busyTimer, &QTimer::timeout, this, [this] {
        m_isSlow = isBusy();
        updateState();
    });
    auto* go = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_J), this);
    go->setContext(Qt::WindowShortcut); // of the value in front, also where the key was opened from the tree
    connect(go, &QShortcut::activated, m_jump, qOverload<>(&QWidget::setFocus));
}

QWidget* ElementsView::makeBar()
{
    auto* bar = new QWidget(this);
    m_filter = new SearchField(bar);
    m_state = new LoadedLine(tr("Loaded fields"), bar);
    m_jump = new JumpField(bar);
    m_range = new RangeButton(bar);
    makePlacesButton(bar);
    m_button = new QPushButton(bar);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 0, 8, 6);
    layout->setSpacing(8);
    layout->addWidget(m_filter, 3);
    layout->addWidget(m_range);
    layout->addWidget(m_places);
    layout->addWidget(m_jump, 1);
    layout->addWidget(m_state, 3);
    layout->addWidget(m_button);
    return bar;
}

void ElementsView::open(const ValueHead& head, Place place)
{
    const bool isSame = m_head.key == head.key && m_head.type == head.type;
    m_owesReload = place == Place::Keep && isSame && m_model->isJumping();
    if (m_owesReload) {
        m_head = head;
        return; // where the user is on the way to is read anew in any case
    }
    if (place == Place::Top || !isSame) {
        const QSignalBlocker blocker(m_filter); // another value begins without the filter of the last
        m_filter->setText({});
        m_jump->clear();
        m_range->setRange({});
        m_places->setChecked(false);
        m_descending = false;
    }
    m_filterTimer.stop();
    m_head = head;
    m_kept = {};
    m_kept.wanted = place == Place::Keep;
    m_filter->setType(head.type);
    m_jump->setType(head.type);
    m_range->setVisible(head.type == KeyType::SortedSet);
    m_places->setVisible(head.type == KeyType::SortedSet);
    const bool goesOn = place == Place::Keep && isSame && m_model->type() == head.type;
    openScope(goesOn ? std::optional(m_model->place()) : std::nullopt);
}

/// While members are looked for, they come in the server's order: ranges and jumps are for all of them.
ElementScope ElementsView::typedScope() const
{
    ElementScope scope;
    scope.match = m_filter->glob();
    const bool isByCursor = m_head.type == KeyType::SortedSet && !scope.match.empty();
    scope.descending = m_descending && canJump(m_head.type) && !isByCursor;
    if (m_head.type == KeyType::SortedSet && !isByCursor) {
        scope.scores = m_range->range().scores;
        scope.numbers = m_range->range().ranks;
    }
    return scope;
}

void ElementsView::openScope(const std::optional<ValuePosition>& from)
{
    m_said.clear();
    m_wantedSort = -1;
    m_selectsLast = false;
    m_model->open(m_head, typedScope(), from);
    m_range->setEnabled(m_model->hasOrder());
    m_jump->setEnabled(m_model->hasOrder());
}

void ElementsView::clear()
{
    m_filterTimer.stop();
    m_owesReload = false;
    m_kept = {};
    m_model->clear();
}

void ElementsView::applyFilter()
{
    m_filterTimer.stop();
    if (m_model->type() != KeyType::None && m_model->scope() != typedScope()) {
        m_kept = {};
        openScope();
    }
}

int ElementsView::currentRow() const
{
    return m_table->currentIndex().row();
}

int ElementsView::currentColumn() const
{
    return m_table->currentIndex().column();
}

QItemSelection ElementsView::selection() const
{
    return m_table->selectionModel()->selection();
}

std::pair<int, int> ElementsView::shownRows() const
{
    const int first = std::max(m_table->rowAt(0), 0);
    const int last = m_table->rowAt(m_table->viewport()->height() - 1);
    return {first, (last < 0 ? m_model->rowCount() : last + 1) - first};
}

void ElementsView::rememberPlace()
{
    const QModelIndex current = m_table->currentIndex();
    if (m_kept.wanted && current.isValid() && m_kept.column < 0) {
        m_kept.name = m_model->nameOf(current.row());
        m_kept.number = m_model->number(current.row());
        m_kept.column = current.column();
        m_kept.rows = m_model->rowCount();
        m_kept.scrolled = m_table->verticalScrollBar()->value();
    }
}

void ElementsView::modelOpened()
{
    m_owesReload = false;
    if (const auto& error = m_model->error()) {
        Q_EMIT failed(*error);
        return;
    }
    Q_EMIT opened();
    m_table->fitColumns();
    m_places->setToolTip(m_model->couldBePlaces()
            ? tr("Shows the scores as longitude and latitude too: they could be places (GEOADD)")
            : tr("Shows the scores as longitude and latitude too (GEOADD)"));
    if (m_model->rowCount() == 0) {
        Q_EMIT currentChanged({});
        return;
    }
    restorePlace();
}

/// Goes back to the row the user was at, by its name; where it is on a page not read again yet, once that is there.
void ElementsView::restorePlace()
{
    const bool toEnd = std::exchange(m_selectsLast, false);
    const int usual = toEnd ? m_model->rowCount() - 1 : 0;
    const int row = m_kept.column >= 0 ? m_model->rowOf(m_kept.name, m_kept.number) : usual;
    const bool comesLater = row < 0 && m_model->rowCount() < std::min(m_kept.rows, mostRowsToGoBackTo);
    if (comesLater && m_model->canFetchMore({})) {
        m_model->fetchMore({});
        return;
    }
    const int column = m_kept.column >= 0 ? m_kept.column : m_model->contentColumn();
    m_table->setCurrentIndex(m_model->index(std::max(row, 0), column));
    if (toEnd) {
        m_table->scrollToBottom();
    } else {
        m_table->verticalScrollBar()->setValue(m_kept.scrolled);
    }
    m_kept = {};
}

void ElementsView::updateState()
{
    m_state->setText(loadedText());
    updateOffer();
    updateSortIndicator();
    if (m_kept.column >= 0 && !m_model->isLoading() && m_model->rowCount() > 0) {
        restorePlace();
    }
    fetchBeforeTop();
}

QString ElementsView::loadedText() const
{
    if (const auto& error = m_model->error()) {
        return errorText(*error);
    }
    if (const QString text = busyText(); !text.isEmpty()) {
        return text;
    }
    if (!m_said.isEmpty()) {
        return m_said;
    }
    if (m_wantedSort >= 0 && !m_model->isWhole()) {
        return sortText();
    }
    const auto rows = static_cast<std::uint64_t>(m_model->rowCount());
    QString text = lengthText(m_model->type(), rows);
    if (!m_model->match().empty()) {
        text = searchText();
    } else if (!m_model->isWhole()) {
        const auto total = m_model->total();
        text = total ? tr("%1 of %2 loaded").arg(numberText(rows), lengthText(m_model->type(), *total))
                     : tr("%1 loaded").arg(text);
    }
    if (m_model->isStopped()) {
        text += QStringLiteral(" – ") + tr("stopped");
    }
    if (m_model->isFull()) {
        text += QStringLiteral(" – ") + tr("no more fit in memory");
    }
    if (m_model->hasGaps()) {
        text += QStringLiteral(" – ") + tr("some beside a value of over 64 MB can't be read");
    }
    return text;
}

/// While a search goes on, what it went through so far; of cursors that is an estimate.
QString ElementsView::searchText() const
{
    const QString found = lengthText(m_model->type(), static_cast<std::uint64_t>(m_model->rowCount()));
    if (m_model->isComplete()) {
        return tr("%1 found").arg(found);
    }
    const auto total = m_model->total();
    const std::uint64_t through = m_model->lookedThrough();
    if (!total || through == 0) {
        return tr("%1 found so far").arg(found);
    }
    return tr("%1 found so far, %2 of %3 looked through")
        .arg(found, numberText(std::min(through, *total)), numberText(*total));
}

} // namespace keyglass::ui
