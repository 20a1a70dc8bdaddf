// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/loglevel.h"
#include "core/session/session.h"
#include "core/session/tablequery.h"
#include "core/session/tablesession.h"
#include "core/table/indexadvice.h"
#include "ui/table/rowloader.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QTableView;

namespace keyglass::ui {

class NoticeBar;
class QueryBar;
class RowEditDialog;
class RowModel;
class WorkNotice;

/// The rows of one table: read page by page as they are scrolled to, queried, edited, copied, and written to files and
/// back.
class TableView : public QWidget {
    Q_OBJECT

public:
    TableView(Session& session, std::string table, QWidget* parent = nullptr);
    ~TableView() override;

    [[nodiscard]] const std::string& table() const { return m_table; }
    [[nodiscard]] RowModel& model() { return *m_model; }
    [[nodiscard]] QTableView& grid() { return *m_grid; }
    [[nodiscard]] QueryBar& query() { return *m_query; }
    /// Reads schema and rows anew; a query is run again.
    void reload();
    /// And what the user may do with it, too.
    void readAgain();
    void runQuery();
    [[nodiscard]] bool isQuerying() const { return m_running != nullptr && m_running->isRunning(); }
    /// Ends what runs; false where nothing does.
    bool cancel();

    /// As columnsMoved() told it; kept when the table is read again.
    void setColumns(const QByteArray& order);
    /// The current column goes to the left or to the right.
    void moveColumn(int by);

    void insertRow();
    void changeRows();
    void deleteRows();
    void copy(std::optional<RowFormat> format);
    void exportTo(const QString& path, RowFormat format);
    void importFrom(const QString& path);

Q_SIGNALS:
    /// A sentence for the status bar.
    void said(keyglass::LogLevel level, const QString& text);
    /// The user has moved a column: the order to keep.
    void columnsMoved(const QByteArray& order);
    /// A query was begun.
    void queried(const std::string& table, const keyglass::RowFilter& filter);

private:
    // tableviewparts.cpp
    [[nodiscard]] QWidget* makeHead();
    [[nodiscard]] QWidget* makeActions();
    void wire();
    void wireKeys();
    void showMenu(const QPoint& at);
    void fillCopyMenu(QMenu& menu);
    void showFacts();

    void take(const Result<OpenedTable>& opened);
    void forget();
    void browse();
    void takePage(std::vector<TableRow>& rows);
    void takeQueried();
    void queryEnded();
    void askForecast(const RowFilter& filter);
    void askSelect();
    void select(const RowFilter& filter, Milliseconds forecast);
    void clearQuery();
    void showState();
    void showColumns();
    void orderColumns();
    void fail(const QString& what, const Error& error);
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString whyNotEditable() const;
    [[nodiscard]] QString whyNoInserts() const;
    [[nodiscard]] std::vector<TableRow> selectedRows(bool needsIds) const;
    void follow(RowEditDialog* dialog, RowEdit::Kind kind);
    void applied(RowEdit::Kind kind, const std::vector<RowResult>& results);
    void askExport();
    void askImport();

    Session& m_session;
    const std::string m_table;
    std::optional<OpenedTable> m_opened;
    std::optional<TableFacts> m_facts;
    RowFilter m_filter;        ///< Of the query that is shown; empty: all rows.
    bool m_isOfModule = false; ///< What is shown came by TABLE.SELECT.
    std::optional<SelectForecast> m_forecast;
    RowFilter m_forecastOf;
    IndexHistory m_history;                ///< Of the queries while this is open.
    std::unique_ptr<TableQuery> m_running; ///< Also when it has ended, for its tally.
    std::uint64_t m_generation = 0;
    bool m_isOpening = false;
    bool m_asksRights = false; ///< The next opening asks for them again.
    bool m_hasSizedColumns = false;
    QByteArray m_columns; ///< Their order.
    bool m_isOrdering = false;
    QString m_lastFolder;
    RowLoader* m_loader;
    RowModel* m_model;
    QTableView* m_grid;
    QueryBar* m_query;
    NoticeBar* m_factsBar;
    NoticeBar* m_notice;
    WorkNotice* m_work;
    QLabel* m_title = nullptr;
    QLabel* m_state = nullptr;
    QLineEdit* m_find = nullptr;
    QComboBox* m_order = nullptr;
    QPushButton* m_insert = nullptr;
    QPushButton* m_change = nullptr;
    QPushButton* m_delete = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_import = nullptr;
};

} // namespace keyglass::ui
