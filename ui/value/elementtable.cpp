// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/elementtable.h"

#include "core/base/bytes.h"
#include "core/value/formatters/editortext.h"
#include "ui/common/texts.h"
#include "ui/value/valuetablemodel.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QProxyStyle>
#include <QScrollBar>
#include <QStyleOption>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int leastRowHeight = 22;
constexpr int fittedRows = 200;
constexpr double widestShare = 0.45; // of the table, for any column but the last
constexpr int cellPadding = 8;

/// The application's style with room between columns.
class RoomyStyle : public QProxyStyle {
public:
    RoomyStyle()
        : QProxyStyle(QStringLiteral("Fusion"))
    {
    }
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override
    {
        switch (metric) {
        case PM_FocusFrameHMargin:
            return cellPadding - 1; // styles add one
        case PM_HeaderMargin:
            return cellPadding;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
        }
    }
    void drawControl(
        ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override
    {
        const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
        if (element != CE_HeaderLabel || header == nullptr) {
            QProxyStyle::drawControl(element, option, painter, widget);
            return;
        }
        QStyleOptionHeader label(
            *header); // the margin is meant for the sides: above and below it would cut the letters
        label.rect.adjust(0, -cellPadding, 0, cellPadding);
        QProxyStyle::drawControl(element, &label, painter, widget);
    }
};

} // namespace

ElementTable::ElementTable(ValueTableModel* model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
{
    setModel(model);
    auto* roomy = new RoomyStyle;
    roomy->setParent(this);
    setStyle(roomy);
    horizontalHeader()->setStyle(roomy);
    setAccessibleName(tr("Fields"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTextElideMode(Qt::ElideRight);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setResizeContentsPrecision(fittedRows);
    disconnect(horizontalHeader(), &QHeaderView::sectionPressed, this, nullptr); // a click sorts, it selects nothing
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, &ElementTable::sortWanted);
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        keepScrolled(first, last);
        widenNumbers();
    });
    connect(model, &ValueTableModel::opened, this, &ElementTable::widenNumbers);
    applyRowHeight();
    addCopyAction();
    addSortAction();
}

void ElementTable::addSortAction()
{
    auto* sort = new QAction(tr("Sort by this column"), this);
    connect(sort, &QAction::triggered, this, [this] { Q_EMIT sortWanted(std::max(currentIndex().column(), 0)); });
    addAction(sort);
}

void ElementTable::keepScrolled(int first, int last)
{
    if (first == 0 && last + 1 < m_model->rowCount()) {
        const int scrolled = verticalScrollBar()->value();
        updateGeometries();
        verticalScrollBar()->setValue(scrolled + last - first + 1);
    }
}

void ElementTable::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers() == Qt::ControlModifier;
    if (control && event->key() == Qt::Key_End && !m_model->isComplete() && m_model->hasOrder()) {
        Q_EMIT endWanted();
    } else if (control && event->key() == Qt::Key_Home && m_model->hasBefore()) {
        Q_EMIT startWanted();
    } else {
        QTableView::keyPressEvent(event);
    }
}

void ElementTable::addCopyAction()
{
    auto* copy = new QAction(tr("Copy"), this);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &ElementTable::copyCell);
    addAction(copy);
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

/// The bytes of the cell itself, not their picture in the table; degrees to their last digit.
void ElementTable::copyCell() const
{
    const QModelIndex index = currentIndex();
    if (!index.isValid()) {
        return;
    }
    if (const QString degrees = m_model->degrees(index.row(), index.column()); !degrees.isEmpty()) {
        QGuiApplication::clipboard()->setText(degrees);
        return;
    }
    const ValueRow& cells = m_model->cells(index.row());
    const std::size_t cell = m_model->cellFor(index.column());
    if (cell >= cells.size() || !cells[cell].isWhole()) {
        return;
    }
    const std::string& bytes = cells[cell].bytes;
    const std::string text = isUtf8(bytes) ? bytes : editorText(bytes).utf8;
    QGuiApplication::clipboard()->setText(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
}

void ElementTable::fitColumns()
{
    const int type = static_cast<int>(m_model->type()) * 2 + (m_model->showsPlaces() ? 1 : 0);
    if (type == m_fittedType || m_model->rowCount() == 0) {
        return;
    }
    m_fittedType = type;
    const int widest = static_cast<int>(viewport()->width() * widestShare);
    for (int column = 0; column + 1 < m_model->columnCount(); ++column) {
        resizeColumnToContents(column);
        setColumnWidth(column, std::min(columnWidth(column), widest));
    }
    widenNumbers();
}

/// Indexes, ranks and IDs grow with what is scrolled and jumped to, and say nothing where they are cut.
void ElementTable::widenNumbers()
{
    const KeyType type = m_model->type();
    const bool isNumbered = type == KeyType::List || type == KeyType::SortedSet;
    if (m_model->rowCount() == 0 || (!isNumbered && type != KeyType::Stream)) {
        return;
    }
    int widest = 0;
    for (const int row : {0, m_model->rowCount() - 1}) {
        const QModelIndex index = m_model->index(row, 0);
        const QFontMetrics metrics(qvariant_cast<QFont>(index.data(Qt::FontRole)));
        widest = std::max(widest, metrics.horizontalAdvance(index.data().toString()));
        if (isNumbered) {
            widest = std::max(widest, metrics.horizontalAdvance(numberText(m_model->total().value_or(0))));
        }
    }
    const int wanted = std::min(widest + 2 * cellPadding, static_cast<int>(viewport()->width() * widestShare));
    if (columnWidth(0) < wanted) {
        setColumnWidth(0, wanted);
    }
}

void ElementTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT currentCellChanged(current);
}

void ElementTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        applyRowHeight();
    }
}

void ElementTable::applyRowHeight()
{
    const int height = std::max(leastRowHeight, fontMetrics().height() + 6);
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
    horizontalHeader()->setFixedHeight(height + 2);
}

} // namespace keyglass::ui
