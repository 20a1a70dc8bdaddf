// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"
#include "ui/value/valuesource.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <string>

class QLabel;
class QLineEdit;
class QModelIndex;
class QPushButton;

namespace keyglass::ui {

class ElementTable;
class ValueTableModel;

/// The elements of a collection: a field that filters them on the server, how many are loaded, and their table.
class ElementsView : public QWidget {
    Q_OBJECT

public:
    explicit ElementsView(std::shared_ptr<ValueSource> source, QWidget* parent = nullptr);

    /// What becomes of the place where the user was: another value begins at its top, a reloaded one where it was.
    enum class Place { Top, Keep };
    void open(const ValueHead& head, Place place);
    void clear();
    [[nodiscard]] const ValueTableModel& model() const { return *m_model; }
    /// -1: none.
    [[nodiscard]] int currentRow() const;
    [[nodiscard]] int currentColumn() const;

Q_SIGNALS:
    /// The first page is there.
    void opened();
    /// The first page can't be had.
    void failed(const keyglass::Error& error);
    /// Another cell is the current one; an invalid index: none.
    void currentChanged(const QModelIndex& index);
    /// A row was double-clicked, or Return was pressed on it.
    void activated();

private:
    /// Where the user was when a value was read again.
    struct Kept {
        bool wanted = false;
        std::string name;
        std::uint64_t number = 0;
        int column = -1;
        int rows = 0;
        int scrolled = 0;
    };

    [[nodiscard]] QWidget* makeBar();
    void rememberPlace();
    void restorePlace();
    void modelOpened();
    void applyFilter();
    void updateState();
    [[nodiscard]] QString loadedText() const;

    ValueTableModel* m_model;
    ElementTable* m_table;
    QLineEdit* m_filter = nullptr;
    QLabel* m_state = nullptr;
    QPushButton* m_retry = nullptr;
    QTimer m_filterTimer;
    ValueHead m_head;
    Kept m_kept;
};

} // namespace keyglass::ui
