// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"
#include "ui/value/valuesource.h"

#include <QAbstractTableModel>
#include <QFont>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace keyglass::ui {

/// The rows of a hash, list, set, sorted set or stream, read page by page as the view scrolls to them.
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
    void open(const ValueHead& head, const std::string& match);
    void clear();
    /// Asks for the page again that failed.
    void retry();

    [[nodiscard]] KeyType type() const { return m_request.type; }
    [[nodiscard]] const std::string& match() const { return m_request.match; }
    [[nodiscard]] std::optional<std::uint64_t> total() const { return m_total; }
    [[nodiscard]] bool isLoading() const { return m_loading; }
    [[nodiscard]] bool isComplete() const { return m_complete; }
    [[nodiscard]] bool isFull() const { return m_keptBytes >= keptBytesCap; }
    [[nodiscard]] bool hasGaps() const { return m_hasGaps; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

    /// The cells of a row as the server gave them, see ValueRow.
    [[nodiscard]] const ValueRow& cells(int row) const { return m_rows[static_cast<std::size_t>(row)].cells; }
    /// Index or rank of a row; its place in the order of arrival where rows have no number.
    [[nodiscard]] std::uint64_t number(int row) const { return m_rows[static_cast<std::size_t>(row)].number; }
    /// The row that is addressed by these bytes (field, member, ID) or this number; -1: not loaded.
    [[nodiscard]] int rowOf(const std::string& name, std::uint64_t number) const;
    /// What addresses a row: field, member or ID; empty for lists.
    [[nodiscard]] std::string nameOf(int row) const;
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

Q_SIGNALS:
    /// Something about loading is another than before: it began, ended, failed, is complete.
    void stateChanged();
    /// The first page of an open() is there, or failed.
    void opened();

private:
    struct Row {
        ValueRow cells;
        std::uint64_t number = 0;
    };

    void load();
    void take(const Result<ValuePage>& page);
    void takeFirst(const ValuePage& page);
    void append(const ValuePage& page);
    void takeState(const ValuePage& page);
    void goOnIfNothingCame(const ValuePage& page);
    void addRows(std::vector<Row>&& rows);
    /// The page's rows that are new; those that are there already are brought up to date.
    [[nodiscard]] std::vector<Row> newRows(const ValuePage& page);
    [[nodiscard]] bool isNamed() const;
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] QString fieldsText(const ValueRow& cells) const;
    [[nodiscard]] QVariant toolTip(int row, int column) const;
    [[nodiscard]] bool isNumberColumn(int column) const;
    [[nodiscard]] bool isDimmed(int row, int column) const;

    std::shared_ptr<ValueSource> m_source;
    ValuePageRequest m_request;
    std::vector<Row> m_rows;
    std::unordered_multimap<std::size_t, int> m_rowsByHash; ///< Of their names: finds what comes twice.
    std::optional<std::uint64_t> m_total;
    std::optional<Error> m_error;
    std::uint64_t m_keptBytes = 0;
    std::uint64_t m_generation = 0; ///< Of open(): answers to an earlier one are dropped.
    bool m_opening = false;
    bool m_loading = false;
    bool m_complete = true;
    bool m_hasGaps = false;
    QFont m_font;
};

} // namespace keyglass::ui
