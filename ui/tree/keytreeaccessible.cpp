// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/keytreeaccessible.h"

#include "core/base/bytes.h"
#include "ui/common/texts.h"
#include "ui/tree/keytreeview.h"

#include <QAccessibleWidget>
#include <QCoreApplication>
#include <QPointer>
#include <QWindow>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace keyglass::ui {

namespace {

QString treeText(const char* text)
{
    return QCoreApplication::translate("KeyTreeView", text);
}

/// One row, or one of its cells beside the name (`column` above 0). Lives at least as long as its row is on screen, and
/// is found by the row's bytes.
class RowAccessible : public QAccessibleInterface,
                      public QAccessibleTableCellInterface,
                      public QAccessibleActionInterface {
public:
    RowAccessible(KeyTreeView* view, TreeRow row, int column)
        : m_view(view)
        , m_row(std::move(row))
        , m_id(m_row.id())
        , m_column(column)
    {
    }

    [[nodiscard]] bool isValid() const override { return !m_view.isNull(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_view);
    }
    [[nodiscard]] QAccessibleInterface* child(int /*index*/) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int /*x*/, int /*y*/) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* /*child*/) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::TreeItem; }
    void setText(QAccessible::Text /*kind*/, const QString& /*text*/) override { }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (!m_view) {
            return {};
        }
        switch (kind) {
        case QAccessible::Name:
            return m_view->keyModel().cellText(m_row, static_cast<KeyColumn>(m_column));
        case QAccessible::Description:
            return m_column == 0 ? description() : QString();
        case QAccessible::Value:
            return m_row.isFolder ? numberText(shown().keyCount) : QString();
        default:
            return {};
        }
    }

    [[nodiscard]] QRect rect() const override
    {
        const int line = this->line();
        if (line < 0) {
            return {};
        }
        QRect row(0, line * TreeMetrics::rowHeight, m_view->viewport()->width(), TreeMetrics::rowHeight);
        if (m_column > 0) {
            row = m_view->visualRect(m_view->keyModel().index(line, m_column));
        }
        return {m_view->viewport()->mapToGlobal(row.topLeft()), row.size()};
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!m_view) {
            state.invalid = true;
            return state;
        }
        const TreeRow row = shown();
        state.selectable = true;
        state.multiSelectable = true;
        state.focusable = true;
        state.focused = m_view->hasFocus() && m_view->currentRow() == m_id;
        const bool isTable = m_view->keyModel().tableOf(row).has_value();
        state.expandable = row.isFolder && !isTable;
        state.expanded = row.isExpanded;
        state.collapsed = state.expandable && !row.isExpanded;
        state.offscreen = line() < 0;
        state.invisible = line() < 0;
        const auto keys = childKeys(row.bytes, row.isFolder);
        state.selected = m_view->selectedKeys().share(keys, *m_view->rows()->snapshot()) == SelectedShare::All;
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TableCellInterface) {
            return static_cast<QAccessibleTableCellInterface*>(this);
        }
        if (type == QAccessible::ActionInterface) {
            return static_cast<QAccessibleActionInterface*>(this);
        }
        return nullptr;
    }

    // --- cell
    [[nodiscard]] int columnExtent() const override { return 1; }
    [[nodiscard]] int rowExtent() const override { return 1; }
    [[nodiscard]] QList<QAccessibleInterface*> columnHeaderCells() const override { return {}; }
    [[nodiscard]] QList<QAccessibleInterface*> rowHeaderCells() const override { return {}; }
    [[nodiscard]] int columnIndex() const override { return m_column; }
    [[nodiscard]] int rowIndex() const override
    {
        const auto number = m_view ? m_view->rows()->rowOf(m_id) : std::nullopt;
        return number ? static_cast<int>(std::min<quint64>(*number, std::numeric_limits<int>::max())) : -1;
    }
    [[nodiscard]] bool isSelected() const override { return state().selected; }
    [[nodiscard]] QAccessibleInterface* table() const override { return parent(); }

    // --- actions
    [[nodiscard]] QStringList actionNames() const override
    {
        return m_row.isFolder ? QStringList{toggleAction(), setFocusAction()}
                              : QStringList{pressAction(), setFocusAction()};
    }
    void doAction(const QString& name) override
    {
        if (!m_view) {
            return;
        }
        if (name == setFocusAction()) {
            m_view->setFocus();
            m_view->setCurrentRow(m_id);
        } else if (name == pressAction() && !m_row.isFolder) {
            m_view->setCurrentRow(m_id);
            if (!m_view->activateTable(shown())) {
                Q_EMIT m_view->keyActivated(m_row.bytes);
            }
        } else if (name == toggleAction() && m_row.isFolder && !m_view->activateTable(shown())) {
            shown().isExpanded ? m_view->collapseFolder(m_row.bytes) : m_view->expandFolder(m_row.bytes);
        }
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString& name) const override
    {
        return name == pressAction() ? QStringList{QStringLiteral("Return")} : QStringList();
    }

private:
    /// Its place on screen, -1 if it is not there.
    [[nodiscard]] int line() const
    {
        const QModelIndex index = m_view ? m_view->keyModel().indexOf(m_id) : QModelIndex();
        return index.isValid() ? index.row() : -1;
    }
    /// The row as it is now.
    [[nodiscard]] TreeRow shown() const
    {
        const int line = this->line();
        return line < 0 ? m_row : m_view->keyModel().row(line);
    }

    [[nodiscard]] QString description() const
    {
        const TreeRow row = shown();
        const auto table = m_view->keyModel().tableOf(row);
        QStringList parts{table ? treeText("table %1").arg(displayText(*table))
                : row.isFolder  ? treeText("folder, %1 keys").arg(numberText(row.keyCount))
                                : treeText("key")};
        for (const KeyColumn column : {KeyColumn::Type, KeyColumn::Ttl, KeyColumn::Memory}) {
            const QString text = m_view->keyModel().cellText(row, column);
            if (!text.isEmpty() && text != QStringLiteral("–")) {
                parts.append(text);
            }
        }
        parts.append(treeText("level %1").arg(row.depth + 1));
        const int line = this->line();
        if (line >= 0) {
            const quint64 number = m_view->keyModel().firstRow() + static_cast<quint64>(line) + 1;
            const auto& all = *m_view->rows();
            const QString place = all.isExact() ? treeText("row %1 of %2") : treeText("about row %1 of %2");
            parts.append(place.arg(numberText(number), numberText(all.rowCount())));
        }
        return parts.join(QStringLiteral(", "));
    }

    QPointer<KeyTreeView> m_view;
    TreeRow m_row; // as it was when it came on screen
    RowId m_id;
    int m_column;
};

/// The tree. The table interface makes Qt's bridge say ManagesDescendants, and reports the real number of rows.
class TreeAccessible : public QAccessibleWidget, public QAccessibleTableInterface {
public:
    explicit TreeAccessible(KeyTreeView* view)
        : QAccessibleWidget(view, QAccessible::Tree)
    {
    }
    TreeAccessible(const TreeAccessible&) = delete;
    TreeAccessible& operator=(const TreeAccessible&) = delete;
    ~TreeAccessible() override
    {
        for (const auto& [id, row] : m_rows) {
            QAccessible::deleteAccessibleInterface(row);
        }
    }

    [[nodiscard]] int childCount() const override { return model().rowCount(); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        return index >= 0 && index < childCount() ? rowFor(model().row(index)) : nullptr;
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (int at = 0; at < childCount(); ++at) {
            const auto found = m_rows.find({model().row(at).id(), 0});
            if (found != m_rows.end() && QAccessible::accessibleInterface(found->second) == child) {
                return at;
            }
        }
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        return child(view()->indexAt(view()->viewport()->mapFromGlobal(QPoint(x, y))).row());
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override
    {
        const auto current = view()->currentRow();
        return current ? child(model().indexOf(*current).row()) : nullptr;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface*>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }

    // --- table
    [[nodiscard]] QAccessibleInterface* caption() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* summary() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* cellAt(int row, int column) const override
    {
        const bool isThere = row >= 0 && row < rowCount() && column >= 0 && column < columnCount();
        const auto wanted = isThere ? view()->rows()->rowAt(static_cast<quint64>(row)) : std::nullopt;
        return wanted ? rowFor(*wanted, column) : nullptr;
    }
    [[nodiscard]] int selectedCellCount() const override { return static_cast<int>(selectedCells().size()); }
    [[nodiscard]] QList<QAccessibleInterface*> selectedCells() const override
    {
        QList<QAccessibleInterface*> cells;
        for (int at = 0; at < childCount(); ++at) {
            if (QAccessibleInterface* row = child(at); row->state().selected) {
                cells.append(row);
            }
        }
        return cells;
    }
    [[nodiscard]] QString columnDescription(int column) const override
    {
        return model().headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    }
    [[nodiscard]] QString rowDescription(int /*row*/) const override { return {}; }
    [[nodiscard]] int selectedColumnCount() const override { return 0; }
    [[nodiscard]] int selectedRowCount() const override { return selectedCellCount(); }
    [[nodiscard]] int columnCount() const override { return keyColumnCount; }
    [[nodiscard]] int rowCount() const override
    {
        return static_cast<int>(std::min<quint64>(view()->rows()->rowCount(), std::numeric_limits<int>::max()));
    }
    [[nodiscard]] QList<int> selectedColumns() const override { return {}; }
    [[nodiscard]] QList<int> selectedRows() const override
    {
        QList<int> rows;
        for (int at = 0; at < childCount(); ++at) {
            if (child(at)->state().selected) {
                rows.append(static_cast<int>(model().firstRow()) + at);
            }
        }
        return rows;
    }
    [[nodiscard]] bool isColumnSelected(int /*column*/) const override { return false; }
    [[nodiscard]] bool isRowSelected(int row) const override
    {
        const QAccessibleInterface* cell = cellAt(row, 0);
        return cell != nullptr && cell->state().selected;
    }
    bool selectRow(int row) override
    {
        const auto wanted = row < 0 ? std::nullopt : view()->rows()->rowAt(static_cast<quint64>(row));
        if (wanted) {
            view()->setCurrentRow(wanted->id());
        }
        return wanted.has_value();
    }
    bool selectColumn(int /*column*/) override { return false; }
    bool unselectRow(int row) override
    {
        const auto wanted = row < 0 ? std::nullopt : view()->rows()->rowAt(static_cast<quint64>(row));
        if (wanted) {
            KeySelection selection = view()->selectedKeys();
            selection.remove(childKeys(wanted->bytes, wanted->isFolder));
            view()->setSelectedKeys(std::move(selection));
        }
        return wanted.has_value();
    }
    bool unselectColumn(int /*column*/) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent* /*event*/) override { forgetRows(); }

private:
    [[nodiscard]] KeyTreeView* view() const { return static_cast<KeyTreeView*>(widget()); }
    [[nodiscard]] const KeyTreeModel& model() const { return view()->keyModel(); }

    QAccessibleInterface* rowFor(const TreeRow& row, int column = 0) const
    {
        const auto [place, isNew] = m_rows.try_emplace({row.id(), column}, 0);
        if (isNew) {
            // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): registering hands it to QAccessible
            place->second = QAccessible::registerAccessibleInterface(new RowAccessible(view(), row, column));
        }
        return QAccessible::accessibleInterface(place->second);
    }

    /// Rows that left the screen go, but not at once: a reader may just hold one.
    void forgetRows()
    {
        constexpr std::size_t kept = 4000;
        if (m_rows.size() <= kept) {
            return;
        }
        std::erase_if(m_rows, [this](const auto& entry) {
            if (model().indexOf(entry.first.first).isValid()) {
                return false;
            }
            QAccessible::deleteAccessibleInterface(entry.second);
            return true;
        });
    }

    mutable std::map<std::pair<RowId, int>, QAccessible::Id> m_rows; // by row and column: made when asked for
};

QAccessibleInterface* makeAccessible(const QString& /*className*/, QObject* object)
{
    auto* view = qobject_cast<KeyTreeView*>(object);
    return view != nullptr ? new TreeAccessible(view) : nullptr;
}

} // namespace

void installKeyTreeAccessibility()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

void announceFocus(KeyTreeView& view, int line)
{
    if (QAccessible::isActive() && line >= 0) {
        QAccessibleEvent event(&view, QAccessible::Focus);
        event.setChild(line);
        QAccessible::updateAccessibility(&event);
    }
}

} // namespace keyglass::ui
