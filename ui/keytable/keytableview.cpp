// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keytable/keytableview.h"

#include "ui/keytable/keytabledelegate.h"
#include "ui/keytable/keytablegrid.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::uint64_t mostBarSteps = 1'000'000'000;
constexpr int detailsPause = 30;                    // ms in which rows that come on screen are gathered
constexpr std::uint64_t searchedAtOnce = 4'000'000; // rows of an order looked through for one key: some 10 ms
constexpr std::uint64_t rowsKeptByBytes = 2000;     // of a selection, where rows come to stand otherwise

} // namespace

KeyTableView::KeyTableView(QWidget* parent)
    : QWidget(parent)
    , m_model(m_details)
    , m_grid(new KeyTableGrid(this))
    , m_bar(new QScrollBar(Qt::Vertical, this))
{
    m_grid->setModel(&m_model);
    m_grid->setItemDelegate(new KeyTableDelegate(m_model, this));
    m_grid->setAccessibleName(tr("Key table"));
    m_bar->setAccessibleName(tr("Rows"));
    setFocusProxy(m_grid);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_grid, 1);
    layout->addWidget(m_bar);
    m_detailsTimer.setSingleShot(true);
    m_detailsTimer.setInterval(detailsPause);
    m_ttlTimer.setInterval(1000);
    wire();
}

KeyTableView::~KeyTableView() = default;

void KeyTableView::wire()
{
    connect(m_grid, &KeyTableGrid::rowPressed, this, &KeyTableView::press);
    connect(m_grid, &KeyTableGrid::rowDragged, this, &KeyTableView::drag);
    connect(m_grid, &KeyTableGrid::keyPressed, this, &KeyTableView::pressKey);
    connect(m_grid, &KeyTableGrid::turned, this, [this](int by) { scrollBy(by); });
    connect(m_grid, &KeyTableGrid::menuWanted, this, &KeyTableView::openMenu);
    connect(m_grid, &KeyTableGrid::resized, this, [this] { showFrom(m_first); });
    connect(m_grid, &KeyTableGrid::rowDoubleClicked, this, [this](int line) {
        if (line >= 0 && line < m_model.rowCount()) {
            Q_EMIT keyActivated(std::string(m_model.key(line)));
        }
    });
    connect(m_grid, &KeyTableGrid::painted, this, [this] {
        if (!m_detailsTimer.isActive()) {
            m_detailsTimer.start();
        }
    });
    connect(&m_detailsTimer, &QTimer::timeout, this, &KeyTableView::askForDetails);
    connect(&m_ttlTimer, &QTimer::timeout, this, [this] { m_grid->viewport()->update(); });
    connect(m_bar, &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_settingBar) {
            const bool isEnd = value == m_bar->maximum();
            showFrom(isEnd ? lastFirst() : static_cast<std::uint64_t>(value) * static_cast<std::uint64_t>(m_barScale));
        }
    });
}

void KeyTableView::setRows(TableRows rows, Place place)
{
    const std::optional<std::string> top =
        m_model.keys().empty() || m_first == 0 ? std::nullopt : std::optional(m_model.key(0));
    const bool staysByName = place == Place::Keep && !m_rows.order() && !rows.order();
    if (!m_selection.rows.isEmpty() && m_rows.order() != rows.order()) {
        if (m_selection.rows.count() <= rowsKeptByBytes) {
            for (const RowSet::Stretch& stretch : m_selection.rows.stretches()) {
                for (std::uint64_t row = stretch.first; row < stretch.end; ++row) {
                    m_selection.keys.addKey(m_rows.key(row));
                }
            }
        }
        const std::uint64_t dropped = m_selection.rows.count() > rowsKeptByBytes ? m_selection.rows.count() : 0;
        m_selection.rows.clear();
        if (dropped > 0) {
            Q_EMIT selectionDropped(dropped);
        }
    }
    m_rows = std::move(rows);
    const auto placeOf = [this](const std::optional<std::string>& key) -> std::optional<std::uint64_t> {
        const bool isTooFar = m_rows.order() && m_rows.count() > searchedAtOnce;
        return key && !isTooFar && m_rows.scope().keys->contains(*key) ? m_rows.rowOf(*key) : std::nullopt;
    };
    m_current = placeOf(m_currentKey);
    m_currentKey = m_current ? m_currentKey : std::nullopt;
    m_anchor = placeOf(m_anchorKey);
    m_first = staysByName && top ? m_rows.rowOf(*top).value_or(0) : place == Place::Top ? 0 : m_first;
    showFrom(m_first);
    Q_EMIT selectionChanged();
}

/// The first row of the last page.
std::uint64_t KeyTableView::lastFirst() const
{
    const auto page = static_cast<std::uint64_t>(m_grid->pageRows());
    return m_rows.count() - std::min(m_rows.count(), page);
}

void KeyTableView::showFrom(std::uint64_t row)
{
    m_first = std::min(row, lastFirst());
    showWindow();
}

void KeyTableView::showWindow()
{
    m_model.setWindow(m_first, m_rows.keys(m_first, static_cast<std::size_t>(m_grid->pageRows()) + 1));
    markSelected();
    updateScrollBar();
}

void KeyTableView::updateScrollBar()
{
    if (m_bar->isSliderDown()) {
        return; // the user holds it
    }
    const std::uint64_t hidden = lastFirst();
    m_barScale = static_cast<std::int64_t>(1 + hidden / mostBarSteps);
    const auto scaled = [this](std::uint64_t rows) {
        return static_cast<int>(rows / static_cast<std::uint64_t>(m_barScale));
    };
    m_settingBar = true;
    m_bar->setRange(0, scaled(hidden));
    m_bar->setPageStep(std::max(1, scaled(static_cast<std::uint64_t>(m_grid->pageRows()))));
    m_bar->setValue(scaled(m_first));
    m_settingBar = false;
}

void KeyTableView::scrollBy(std::int64_t by)
{
    const auto first = static_cast<std::int64_t>(m_first);
    showFrom(static_cast<std::uint64_t>(std::max<std::int64_t>(0, first + by)));
}

/// Qt's own selection carries what is on screen, so that it is painted and read aloud as any other.
void KeyTableView::markSelected()
{
    QItemSelection shown;
    const int last = m_model.columnCount() - 1;
    for (int line = 0; line < m_model.rowCount(); ++line) {
        if (isSelected(m_first + static_cast<std::uint64_t>(line), m_model.key(line))) {
            shown.append(QItemSelectionRange(m_model.index(line, 0), m_model.index(line, last)));
        }
    }
    QItemSelectionModel* marks = m_grid->selectionModel();
    marks->select(shown, QItemSelectionModel::ClearAndSelect);
    const auto line = m_current && *m_current >= m_first ? static_cast<std::int64_t>(*m_current - m_first) : -1;
    const bool isShown = line >= 0 && line < m_model.rowCount();
    marks->setCurrentIndex(
        isShown ? m_model.index(static_cast<int>(line), 0) : QModelIndex(), QItemSelectionModel::NoUpdate);
    m_grid->viewport()->update();
}

// --- details

void KeyTableView::setColumns(const TableColumns& columns)
{
    const bool asksMore = !std::ranges::includes(m_columns, columns);
    m_columns = columns;
    if (asksMore) {
        reloadDetails();
    }
}

void KeyTableView::setDetails(const std::vector<KeyDetails>& details)
{
    const auto now = Clock::now();
    for (const KeyDetails& one : details) {
        m_details.put(one, now);
    }
    m_model.detailsChanged();
}

void KeyTableView::reloadDetails()
{
    m_details.outdateAll();
    m_asked.clear();
    m_detailsTimer.start();
    m_model.detailsChanged();
}

void KeyTableView::clearDetails()
{
    m_details.clear();
    m_asked.clear();
    m_model.detailsChanged();
}

void KeyTableView::askForDetails()
{
    const auto now = Clock::now();
    bool countsDown = false;
    std::vector<std::string> wanted;
    for (const std::string& key : m_model.keys()) {
        const DetailsCache::Entry* known = m_details.find(key);
        const bool isThere = known != nullptr && known->state == RowDetails::There;
        countsDown = countsDown || (isThere && known->details.ttl);
        if (isThere && known->ttl(now) == Milliseconds(0)) {
            m_details.outdate(key);
        }
        const RowDetails state = m_details.state(key);
        if (state != RowDetails::There && state != RowDetails::Gone) {
            wanted.push_back(key);
        }
    }
    const bool hasColumns = m_columns.size() > 1 || (m_columns.size() == 1 && !m_columns.contains(SortColumn::Name));
    countsDown = countsDown && m_columns.contains(SortColumn::Ttl);
    if (countsDown != m_ttlTimer.isActive()) {
        countsDown ? m_ttlTimer.start() : m_ttlTimer.stop();
    }
    if (!isVisible() || !hasColumns) {
        return;
    }
    m_details.ask(wanted);
    if (wanted != m_asked) {
        m_asked = wanted;
        if (!wanted.empty()) {
            Q_EMIT detailsWanted(wanted);
        }
    }
}

} // namespace keyglass::ui
