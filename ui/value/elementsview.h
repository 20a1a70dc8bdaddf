// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"
#include "ui/value/valuesource.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class QItemSelection;
class QModelIndex;
class QPushButton;
class QToolButton;

namespace keyglass::ui {

class ElementTable;
class JumpField;
class LoadedLine;
class RangeButton;
class SearchField;
class ValueTableModel;
struct ElementScope;

/// The elements of a collection: a field that looks for some of them, one to go to any of them where they have an
/// order, how many are loaded, and their table.
///
/// A header sorts on the server where that keeps the order, else here once all rows are there. A search, a sort or a
/// jump that goes on is ended by Esc or its button: what was found stays, and who jumped stays where they were.
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
    [[nodiscard]] QItemSelection selection() const;
    /// The first row on screen, and how many there are from it on.
    [[nodiscard]] std::pair<int, int> shownRows() const;

Q_SIGNALS:
    /// The first page is there.
    void opened();
    /// The first page can't be had.
    void failed(const keyglass::Error& error);
    /// Another cell is the current one; an invalid index: none.
    void currentChanged(const QModelIndex& index);
    /// A row was double-clicked, or Return was pressed on it.
    void activated();
    /// Other rows are on screen.
    void scrolled();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

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

    /// What the bar's button does.
    enum class Offer { None, TryAgain, Stop, Cancel, GoOn, LoadRest };

    [[nodiscard]] QWidget* makeBar();
    void makePlacesButton(QWidget* bar);
    void connectBar();
    [[nodiscard]] ElementScope typedScope() const;
    void openScope(const std::optional<ValuePosition>& from = {});
    void rememberPlace();
    void restorePlace();
    void modelOpened();
    void applyFilter();
    void updateState();
    void updateOffer();
    void updateSortIndicator();
    void takeOffer();
    void stop();
    void stayHere();
    void jump();
    void sayCost();
    [[nodiscard]] std::uint64_t numberAt(const ValuePosition& position) const;
    [[nodiscard]] std::uint64_t jumpCost(const ValuePosition& position) const;
    [[nodiscard]] QString busyText() const;
    void goToStart();
    void goToEnd();
    void sortBy(int column);
    [[nodiscard]] bool isServersOrder(int column) const;
    void fetchBeforeTop();
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] QString loadedText() const;
    [[nodiscard]] QString searchText() const;
    [[nodiscard]] QString sortText() const;

    ValueTableModel* m_model;
    ElementTable* m_table;
    SearchField* m_filter = nullptr;
    LoadedLine* m_state = nullptr;
    JumpField* m_jump = nullptr;
    RangeButton* m_range = nullptr;
    QToolButton* m_places = nullptr; ///< Scores as longitude and latitude.
    QPushButton* m_button = nullptr;
    Offer m_offer = Offer::None;
    QString m_jumpText;    ///< Where a jump goes, and what it costs.
    QString m_said;        ///< Why what was asked for last can't be done.
    int m_wantedSort = -1; ///< The column that can't be sorted by before all rows are loaded.
    bool m_descending = false;
    bool m_selectsLast = false;
    bool m_owesReload = false; ///< Where the jump under way comes to nothing.
    QTimer m_filterTimer;
    QTimer m_busyTimer; ///< What takes longer can be stopped.
    bool m_isSlow = false;
    ValueHead m_head;
    Kept m_kept;
};

} // namespace keyglass::ui
