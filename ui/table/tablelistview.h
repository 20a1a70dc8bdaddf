// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/session/tablesession.h"

#include <QWidget>

#include <optional>
#include <stop_token>
#include <string>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace keyglass::ui {

class NoticeBar;
class TableListModel;

/// The tables of a session's server. Reads the list when it is made, and again when it is asked to.
class TableListView : public QWidget {
    Q_OBJECT

public:
    explicit TableListView(Session& session, QWidget* parent = nullptr);
    ~TableListView() override;

    void reload();
    /// Of the current row; nothing: there is none.
    [[nodiscard]] std::optional<std::string> currentTable() const;
    /// Nothing before the first list came.
    [[nodiscard]] const std::optional<TablesFound>& found() const { return m_found; }

Q_SIGNALS:
    /// "shop.items"
    void tableActivated(const std::string& table);
    void listed();

private:
    [[nodiscard]] QWidget* makeHead();
    void take(const Result<TablesFound>& found);
    void showState();
    void showNotice();
    void openCurrent();

    Session& m_session;
    std::optional<TablesFound> m_found;
    std::optional<Error> m_error;
    bool m_isLoading = false;
    std::uint64_t m_generation = 0;
    std::stop_source m_stop{std::nostopstate};
    TableListModel* m_model;
    QSortFilterProxyModel* m_sorted;
    NoticeBar* m_notice;
    QTableView* m_grid;
    QLabel* m_state = nullptr;
    QPushButton* m_open = nullptr;
    QPushButton* m_reload = nullptr;
};

} // namespace keyglass::ui
