// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/keytreeview.h"

#include "ui/tree/keytreeaccessible.h"
#include "ui/tree/keytreeheader.h"
#include "ui/tree/rownames.h"

#include <QFontDatabase>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr int markTime = 1200;                  // ms that a jump's goal stays marked
constexpr std::size_t partsCountedAtOnce = 200; // of a selection; more are counted by a worker
constexpr int detailsPause = 30;                // ms in which rows that come on screen are gathered

} // namespace

KeyTreeView::KeyTreeView(QWidget* parent)
    : QAbstractItemView(parent)
    , m_model(m_details)
    , m_header(new KeyTreeHeader(m_model, this))
{
    installKeyTreeAccessibility();
    setModel(&m_model);
    setAccessibleName(QStringLiteral("Keys"));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerItem);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(ExtendedSelection);
    setAutoScroll(false); // by Qt's own rows; we scroll by bytes
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    m_markTimer.setSingleShot(true);
    m_detailsTimer.setSingleShot(true);
    m_detailsTimer.setInterval(detailsPause);
    m_ttlTimer.setInterval(1000);
    connect(&m_markTimer, &QTimer::timeout, this, [this] {
        m_marked.reset();
        viewport()->update();
    });
    connect(&m_detailsTimer, &QTimer::timeout, this, &KeyTreeView::askForDetails);
    connect(&m_ttlTimer, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    connect(&m_layouter, &TreeLayouter::rowsChanged, this, &KeyTreeView::takeRows);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &KeyTreeView::scrollBarMoved);
    connect(m_header, &QHeaderView::sectionResized, this, [this] {
        m_namesAreOld = true;
        viewport()->update();
    });
    connect(m_header, &KeyTreeHeader::shownChanged, this, [this] {
        reloadDetails();
        Q_EMIT shownColumnsChanged();
    });
}

KeyTreeView::~KeyTreeView() = default;

void KeyTreeView::setSnapshot(std::shared_ptr<const Snapshot> snapshot)
{
    m_layouter.setSnapshot(std::move(snapshot));
}

void KeyTreeView::setTreeOptions(const TreeOptions& options)
{
    m_model.setHasRoots(options.hasRoots);
    m_layouter.setOptions(options);
}

const TreeOptions& KeyTreeView::treeOptions() const
{
    return m_layouter.options();
}

const std::shared_ptr<const TreeRows>& KeyTreeView::rows() const
{
    return m_layouter.rows();
}

bool KeyTreeView::isSettled() const
{
    return m_layouter.isSettled();
}

/// New rows are laid out: what the user holds is found again by its bytes.
void KeyTreeView::takeRows()
{
    const TreeRows& tree = *rows();
    const TreeWindow& before = m_model.window();
    const auto top = before.rows.empty() ? std::nullopt : std::optional(before.rows.front().id());
    const int currentLine = m_current ? lineOf(*m_current) : -1;
    if (m_current) {
        const auto current = tree.nearest(*m_current);
        const bool moved = current != m_current;
        m_current = current;
        if (moved && m_current) {
            Q_EMIT currentRowChanged(*m_current);
        }
    }
    const bool isAtStart = before.first == 0 && !m_current;
    if (isAtStart || !top) {
        showFrom(0);
    } else if (currentLine >= 0 && m_current) {
        showAround(*m_current, currentLine);
    } else if (const auto still = tree.nearest(*top)) {
        showAround(*still, 0);
    } else {
        showFrom(0);
    }
    finishReveal();
    Q_EMIT rowsChanged(tree.rowCount(), tree.isExact());
    if (!m_selection.isEmpty()) {
        countSelected();
    }
}

void KeyTreeView::finishReveal()
{
    if (!m_revealing) {
        return;
    }
    const RowId id = *m_revealing;
    if (rows()->nearest(id) != id) {
        if (m_layouter.isSettled()) {
            m_revealing.reset();
        }
        return;
    }
    m_revealing.reset();
    showAround(id, pageRows() / 3);
    moveTo(id, Choice::Replace);
    m_marked = id;
    m_markTimer.start(markTime);
    Q_EMIT revealed(id.bytes);
}

void KeyTreeView::expandFolder(const std::string& prefix)
{
    auto expanded = expandedFolders();
    expanded.insert(prefix);
    changeExpanded(std::move(expanded));
}

void KeyTreeView::collapseFolder(const std::string& prefix)
{
    auto expanded = expandedFolders();
    expanded.erase(prefix);
    changeExpanded(std::move(expanded));
}

void KeyTreeView::collapseAll()
{
    changeExpanded({});
}

const ExpandedFolders& KeyTreeView::expandedFolders() const
{
    return m_layouter.expanded();
}

void KeyTreeView::setExpandedFolders(ExpandedFolders expanded)
{
    changeExpanded(std::move(expanded));
}

void KeyTreeView::changeExpanded(ExpandedFolders expanded)
{
    m_layouter.setExpanded(std::move(expanded));
}

void KeyTreeView::setCurrentRow(const RowId& id, bool select)
{
    if (rows()->nearest(id) == id) {
        moveTo(id, select ? Choice::Replace : Choice::Keep);
    }
}

/// The folders to open for a row: of a folder, those around it.
std::vector<std::string> KeyTreeView::foldersTo(const RowId& id) const
{
    if (!id.isFolder) {
        return rows()->foldersTo(id.bytes);
    }
    SnapshotCursor cursor(rows()->snapshot());
    auto folders = cursor.seek(id.bytes) ? rows()->foldersTo(cursor.key()) : std::vector<std::string>();
    std::erase_if(folders, [&id](const std::string& folder) { return folder.size() >= id.bytes.size(); });
    return folders;
}

bool KeyTreeView::goToKey(const std::string& key)
{
    const RowId id = m_rowOfKey ? m_rowOfKey(key) : RowId{key, false};
    if (rows()->snapshot()->count(keysOf(id)) == 0) {
        return false;
    }
    auto expanded = expandedFolders();
    for (std::string& folder : foldersTo(id)) {
        expanded.insert(std::move(folder));
    }
    m_revealing = id;
    if (expanded == expandedFolders()) {
        finishReveal();
    } else {
        changeExpanded(std::move(expanded));
    }
    return true;
}

void KeyTreeView::goToRow(quint64 number)
{
    if (const auto row = rows()->rowAt(number)) {
        showAround(row->id(), pageRows() / 3);
        moveTo(row->id(), Choice::Replace);
    }
}

void KeyTreeView::goToPercent(double percent)
{
    if (const auto row = rows()->rowAtShare(percent / 100)) {
        showAround(row->id(), pageRows() / 3);
        moveTo(row->id(), Choice::Replace);
    }
}

void KeyTreeView::setSelectedKeys(KeySelection selection)
{
    m_selection = std::move(selection);
    selectionEdited();
}

quint64 KeyTreeView::selectedCount() const
{
    return m_selection.count(*rows()->snapshot());
}

void KeyTreeView::selectFolderOfCurrent()
{
    const auto parent = m_current ? rows()->parentOf(*m_current) : std::nullopt;
    const std::string prefix = parent ? parent->bytes : std::string();
    const bool isAlready = m_selection.rules() == std::vector{prefix} && m_selection.exceptionsOf(prefix).empty();
    m_selection.clear();
    m_selection.addRule(isAlready ? std::string() : prefix);
    selectionEdited();
}

void KeyTreeView::selectionEdited()
{
    viewport()->update();
    countSelected();
}

void KeyTreeView::countSelected()
{
    const quint64 version = ++m_selectionVersion;
    if (m_selection.partCount() <= partsCountedAtOnce) {
        Q_EMIT selectedKeysChanged(selectedCount());
        return;
    }
    const auto job = [this, version, selection = m_selection, snapshot = rows()->snapshot()](const std::stop_token&) {
        const quint64 count = selection.count(*snapshot);
        QMetaObject::invokeMethod(this, [this, version, count] {
            if (version == m_selectionVersion) {
                Q_EMIT selectedKeysChanged(count);
            }
        });
    };
    m_selectionCounter.post(job, false);
}

void KeyTreeView::setDetails(const std::vector<KeyDetails>& details)
{
    const auto now = Clock::now();
    for (const KeyDetails& one : details) {
        m_details.put(one, now);
    }
    m_model.detailsChanged();
    viewport()->update();
}

void KeyTreeView::reloadDetails()
{
    m_details.outdateAll();
    m_asked.clear();
    m_detailsTimer.start();
    m_model.detailsChanged();
    viewport()->update();
}

void KeyTreeView::clearDetails()
{
    m_details.clear();
    m_asked.clear();
    m_model.detailsChanged();
    viewport()->update();
}

DetailColumns KeyTreeView::shownColumns() const
{
    DetailColumns columns;
    columns.type = m_header->isShown(KeyColumn::Type);
    columns.ttl = m_header->isShown(KeyColumn::Ttl);
    columns.memory = m_header->isShown(KeyColumn::Memory);
    return columns;
}

void KeyTreeView::setColumnShown(KeyColumn column, bool shown)
{
    m_header->setShown(column, shown);
}

QByteArray KeyTreeView::saveColumns() const
{
    return m_header->saveColumns();
}

bool KeyTreeView::restoreColumns(const QByteArray& state)
{
    return m_header->restoreColumns(state);
}

/// Keys on screen whose details are missing, or have run out: all of them, so that the answerer may drop the others.
void KeyTreeView::askForDetails()
{
    std::vector<std::string> wanted;
    const auto now = Clock::now();
    for (const TreeRow& row : m_model.window().rows) {
        if (row.isFolder) {
            continue;
        }
        if (const auto* known = m_details.find(row.bytes); known != nullptr && known->state == RowDetails::There) {
            if (known->ttl(now) == Milliseconds(0)) {
                m_details.outdate(row.bytes);
            }
        }
        const RowDetails state = m_details.state(row.bytes);
        if (state != RowDetails::There && state != RowDetails::Gone) {
            wanted.push_back(row.bytes);
        }
    }
    m_details.ask(wanted);
    if (wanted != m_asked) {
        m_asked = wanted;
        if (!wanted.empty()) {
            Q_EMIT detailsWanted(wanted);
        }
    }
}

RowLook KeyTreeView::lookOf(int at) const
{
    const TreeRow& row = m_model.row(at);
    RowLook look;
    look.rect = QRect(0, at * TreeMetrics::rowHeight, viewport()->width(), TreeMetrics::rowHeight);
    for (int column = 0; column < keyColumnCount; ++column) {
        if (!m_header->isSectionHidden(column)) {
            look.cells[static_cast<std::size_t>(column)] = QRect(m_header->sectionViewportPosition(column),
                look.rect.top(), m_header->sectionSize(column), look.rect.height());
        }
    }
    if (!row.isFolder) {
        look.selected = m_selection.contains(row.bytes) ? SelectedShare::All : SelectedShare::None;
    } else if (!m_selection.isEmpty()) {
        look.selected = m_selection.share(prefixRange(row.bytes), *rows()->snapshot());
    }
    look.isCurrent = m_current && m_current->isFolder == row.isFolder && m_current->bytes == row.bytes;
    look.hasFocus = hasFocus() || viewport()->hasFocus();
    look.isHovered = at == m_hovered;
    look.isMarked = m_marked && m_marked->isFolder == row.isFolder && m_marked->bytes == row.bytes;
    look.isTable = m_model.tableOf(row).has_value();
    look.palette = palette();
    look.font = font();
    return look;
}

void KeyTreeView::updateNames()
{
    if (!m_namesAreOld) {
        return;
    }
    std::vector<double> widths;
    for (int at = 0; at < m_model.rowCount(); ++at) {
        widths.push_back(nameWidth(m_model.row(at), lookOf(at)));
    }
    m_names = fittingNames(m_model.window().rows, widths, QFontMetricsF(font()));
    m_namesAreOld = false;
}

void KeyTreeView::paintEvent(QPaintEvent* event)
{
    updateNames();
    QPainter painter(viewport());
    painter.setFont(font());
    bool countsDown = false;
    for (int at = 0; at < m_model.rowCount(); ++at) {
        const RowLook look = lookOf(at);
        const TreeRow& row = m_model.row(at);
        const auto* known = row.isFolder ? nullptr : m_details.find(row.bytes);
        const bool isMissing = !row.isFolder && (known == nullptr || known->state != RowDetails::There);
        const bool runsOut = known != nullptr && known->state == RowDetails::There && known->details.ttl;
        countsDown = countsDown || runsOut;
        if ((isMissing || (runsOut && known->ttl(Clock::now()) == Milliseconds(0))) && !m_detailsTimer.isActive()) {
            m_detailsTimer.start();
        }
        if (event->region().intersects(look.rect)) {
            paintRow(painter, row, m_names[static_cast<std::size_t>(at)], look, known, m_model);
        }
    }
    if (countsDown != m_ttlTimer.isActive()) {
        countsDown ? m_ttlTimer.start() : m_ttlTimer.stop();
    }
}

void KeyTreeView::changeEvent(QEvent* event)
{
    QAbstractItemView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange
        || event->type() == QEvent::StyleChange) {
        m_namesAreOld = true;
        viewport()->update();
    }
}

void KeyTreeView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
    if (m_current) {
        announceFocus(*this, lineOf(*m_current));
    }
}

void KeyTreeView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace keyglass::ui
