// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"
#include "core/value/valuepage.h"
#include "ui/value/elementrows.h"
#include "ui/value/sortrun.h"
#include "ui/value/valuesource.h"

#include <QAbstractTableModel>
#include <QFont>
#include <QTimer>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace keyglass::ui {

/// Which elements of a collection are read, and in which order.
struct ElementScope {
    std::string match;       ///< As ValuePageRequest::match.
    bool descending = false; ///< So are these, where the type has an order.
    std::optional<NumberRange> numbers{};
    std::optional<ScoreRange> scores{};

    friend bool operator==(const ElementScope&, const ElementScope&) = default;
};

/// A list's element for comparing only. No cells: the list ended there.
[[nodiscard]] SeenBytes seenIn(const ValueRow& cells);

/// The rows of a hash, list, set, sorted set or stream, read page by page as the view scrolls to them.
///
/// What is loaded is one stretch without gaps. It begins at the start, or where goTo() and goToEnd() lead: then there
/// are rows before it as well, which fetchBefore() gets, and nothing in between was read.
///
/// Keeps at most keptBytesCap of content; then it says so (isFull()) instead of filling the memory. What HSCAN and
/// SSCAN return twice stands there once, as it was last seen.
class ValueTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr std::uint64_t keptBytesCap = 256ULL * 1024 * 1024;

    explicit ValueTableModel(std::shared_ptr<ValueSource> source, QObject* parent = nullptr);

    /// Starts anew with the value that `head` is of; `match`: a glob for hashes, sets and sorted sets. What is shown
    /// stays until the first page is there, if it is of the same key and type.
    void open(const ValueHead& head, const std::string& match) { open(head, ElementScope{match}); }
    /// `from`: where to begin, of the scope's order; nothing: at its start.
    void open(const ValueHead& head, const ElementScope& scope, const std::optional<ValuePosition>& from = {});
    void clear();
    /// Asks for the page again that failed, or goes on after stop().
    void retry();
    /// Reads from there on instead, where the type has an order; opened() follows.
    void goTo(const ValuePosition& position);
    /// The same for the last page.
    void goToEnd();
    /// Where the loaded rows begin, for opening it again.
    [[nodiscard]] ValuePosition place() const;
    /// Drops what is being read, or sorted; what is there stays. Of a jump nothing is left, and the rows go on from
    /// where they are; else nothing more is read before retry() or an open().
    void stop();
    /// Reads all that is left, page by page, until stop().
    void loadAll();

    /// Puts the rows in the order of a column once all of them are there, and keeps them so when the same is opened
    /// again. Sorted on another thread, which is all that takes time: layoutChanged() comes later, or never after
    /// stop(), which leaves the rows as they are.
    void sortBy(int column, Qt::SortOrder order);
    [[nodiscard]] bool isSorting() const { return m_sorting->isRunning(); }
    [[nodiscard]] int sortedPercent() const { return m_sorting->percent(); }
    /// The column the rows are sorted by here; -1: they are in the server's order.
    [[nodiscard]] int sortedColumn() const { return m_sort.column; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sort.order; }

    /// Shows the scores of a sorted set as longitude and latitude as well.
    void setShowsPlaces(bool shows);
    [[nodiscard]] bool showsPlaces() const { return m_showsPlaces; }
    /// Whether the scores of the loaded rows could all be places: a hint, no more.
    [[nodiscard]] bool couldBePlaces() const;
    /// Longitude or latitude in full where the column shows one and the score is one; else empty.
    [[nodiscard]] QString degrees(int row, int column) const;

    [[nodiscard]] KeyType type() const { return m_request.type; }
    [[nodiscard]] const std::string& match() const { return m_request.match; }
    [[nodiscard]] ElementScope scope() const;
    [[nodiscard]] std::optional<std::uint64_t> total() const { return m_total; }
    [[nodiscard]] bool isLoading() const { return m_loading; }
    /// Nothing follows on the loaded rows.
    [[nodiscard]] bool isComplete() const { return m_complete; }
    /// Rows before the loaded ones are not loaded.
    [[nodiscard]] bool hasBefore() const { return !m_beforeComplete; }
    /// The server keeps the rows in an order, so that they can be read from anywhere and from the end.
    [[nodiscard]] bool hasOrder() const;
    /// All that the scope has is loaded.
    [[nodiscard]] bool isWhole() const { return m_complete && m_beforeComplete && !m_opening; }
    /// Another place is being gone to; the rows are those of the last one still.
    [[nodiscard]] bool isJumping() const { return m_loading && m_back; }
    [[nodiscard]] bool isStopped() const { return m_stopped; }
    [[nodiscard]] bool isLoadingAll() const { return m_wantsAll && !isWhole(); }
    /// Elements that the pages so far went through, of a cursor about; for searches.
    [[nodiscard]] std::uint64_t lookedThrough() const { return m_request.from.lookedThrough; }
    [[nodiscard]] bool isFull() const { return keptBytes() >= keptBytesCap; }
    /// How much memory what is loaded takes, about.
    [[nodiscard]] std::uint64_t keptBytes() const { return m_rows.bytes() + m_besideBytes; }
    [[nodiscard]] bool hasGaps() const { return m_hasGaps; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

    /// The cells of a row as the server gave them, see ValueRow.
    [[nodiscard]] const ValueRow& cells(int row) const { return m_rows[static_cast<std::size_t>(row)].cells; }
    /// Elements that are no rows, by index, for comparing only: nobody sees them, and a search leads by many long ones.
    using Beside = std::map<std::uint64_t, SeenBytes>;
    /// All rows as they are now, for another thread to read.
    struct Lent {
        std::shared_ptr<const ElementRows::Rows> rows;
        std::shared_ptr<const RowOrder> order;
        FieldEndClock ends;
        std::shared_ptr<const Beside> beside; ///< A list's, see neighbour().

        [[nodiscard]] const ElementRow& row(std::size_t at) const { return ElementRows::rowOf(*rows, order.get(), at); }
    };
    [[nodiscard]] Lent lend() const;
    /// Index or rank of a row; its place in the order of arrival where rows have no number.
    [[nodiscard]] std::uint64_t number(int row) const { return m_rows[static_cast<std::size_t>(row)].number; }
    /// The row that is addressed by these bytes (field, member, ID) or this number; -1: not loaded.
    [[nodiscard]] int rowOf(const std::string& name, std::uint64_t number) const;
    /// The element `away` places (1, -1) from a row's by its number, where it is known: a list's neighbours, whatever
    /// the order of rows, also those that are on no page that is loaded, which are read once the rows are there.
    [[nodiscard]] SeenBytes neighbour(int row, int away) const;
    /// What addresses a row: field, member or ID; empty for lists.
    [[nodiscard]] std::string nameOf(int row) const;
    /// When a hash's field is to end by itself, by the server's clock; nothing: not known.
    [[nodiscard]] std::optional<SeenExpiry> fieldEnd(int row) const;
    /// The time it has left; nothing: it does not end, or that is not known.
    [[nodiscard]] std::optional<Milliseconds> fieldLeft(int row) const;
    /// Which cell of the row is shown in full for a column: the value for an index, the member for a rank.
    [[nodiscard]] std::size_t cellFor(int column) const;
    /// The column that shows content, not what names it.
    [[nodiscard]] int contentColumn() const { return std::max(columnCount() - 1, 0); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    [[nodiscard]] bool canFetchBefore() const;
    void fetchBefore();

Q_SIGNALS:
    /// Something about loading is another than before: it began, ended, failed, is complete.
    void stateChanged();
    /// The first page of an open() is there, or failed.
    void opened();
    /// Another place can't be gone to now: the rows go on from where they are. That the value is gone, or another,
    /// comes by opened().
    void jumpFailed(const keyglass::Error& error);

private:
    struct Column;
    enum class Direction { Forward, Back };
    struct Sort {
        int column = -1;
        Qt::SortOrder order = Qt::AscendingOrder;
    };

    /// What a jump has changed, for staying where one was.
    struct Back {
        ValuePosition from;
        ValuePosition before;
        Direction direction = Direction::Forward;
        bool stopped = false;
    };

    void rememberBack();
    void goBack();
    void load(Direction direction);
    [[nodiscard]] ValuePageRequest requestFor(Direction direction) const;
    void take(const Result<ValuePage>& page);
    void takeFirst(const ValuePage& page);
    void takeFirstState(const ValuePage& page);
    void append(const ValuePage& page);
    void prepend(const ValuePage& page);
    void goOn(const ValuePage& page);
    void forgetBeside();
    void takeBeside(const ValuePage& page);
    void askBeside();
    void applySort();
    void reorder(const std::shared_ptr<const RowOrder>& order);
    void endSorting();
    /// The page's rows that are new; those that are there already are brought up to date.
    [[nodiscard]] std::vector<ElementRow> newRows(const ValuePage& page);
    [[nodiscard]] const Column& columnAt(int column) const;
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] static SortKey sortKey(const Column& column, const ElementRow& row);
    [[nodiscard]] static QString degreesOf(const Column& column, const ValueRow& cells);
    [[nodiscard]] static QString fieldsText(const ValueRow& cells);
    [[nodiscard]] QVariant toolTip(int row, int column) const;
    [[nodiscard]] bool isNumberColumn(int column) const;
    [[nodiscard]] bool isDimmed(int row, int column) const;
    void tick();

    std::shared_ptr<ValueSource> m_source;
    ValuePageRequest m_request;
    ElementRows m_rows;
    Beside m_beside; ///< As ValuePage::beside, of all pages.
    std::uint64_t m_besideBytes = 0;
    std::set<std::uint64_t> m_borders;    ///< As ValuePage::borders, what of them has not been asked for.
    std::uint64_t m_besideGeneration = 0; ///< Of the rows that neighbours are asked for.
    bool m_asksBeside = false;
    ValuePosition m_before; ///< Where to go on before the first row, in the other order.
    std::optional<std::uint64_t> m_total;
    std::optional<Error> m_error;
    std::uint64_t m_generation = 0;             ///< Of load(): answers to an earlier one are dropped.
    Direction m_direction = Direction::Forward; ///< Of what is being read.
    Sort m_sort;                                ///< As it is wanted.
    Sort m_applied;                             ///< As the rows are.
    SortRun* m_sorting;
    std::optional<Back> m_back; ///< While a jump is under way.
    bool m_opening = false;
    bool m_owesOpened = false;
    bool m_beforeComplete = true;
    bool m_stopped = false;
    bool m_wantsAll = false;
    bool m_loading = false;
    bool m_complete = true;
    bool m_hasGaps = false;
    bool m_showsPlaces = false;
    FieldEndClock m_ends;
    QTimer m_endTimer; ///< While there are fields that end.
    QFont m_font;
};

} // namespace keyglass::ui
