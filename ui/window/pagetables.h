// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <optional>
#include <string>
#include <vector>

class QWidget;

namespace keyglass {
class Settings;
}

namespace keyglass::ui {

class NoticeBar;
class SessionPage;
class TableListView;
class TableView;

/// The tables of a session's page: their list and each opened table as tabs, and what the tree knows of them.
class PageTables : public QObject {
    Q_OBJECT

public:
    PageTables(SessionPage& page, Settings& settings);
    ~PageTables() override;

    /// Shows the list, and goes there.
    void openList();
    /// Shows a table ("shop.items") in its tab, and goes there.
    void open(const std::string& table);
    /// Null while it is not open.
    [[nodiscard]] TableListView* list() const;
    /// The table whose tab is in front; null where none is.
    [[nodiscard]] TableView* current() const;
    /// The table whose row has the tree's focus, else the one in front, current in the list in front, or in the tree.
    [[nodiscard]] std::optional<std::string> currentTable() const;
    /// Reads what is open again: after a change of schemas.
    void reload();
    /// Reads what is in front again; false where that is no table and not their list.
    bool reloadCurrent();
    /// Ends the query of the table in front; false where none runs.
    bool cancel();

    /// Whether the keys of tables stand in the tree like others, instead of one row for each table.
    static bool showsPlainKeys(const Settings& settings);
    static void setShowsPlainKeys(Settings& settings, bool shows);
    void followSettings();

    /// A line that offers the list where a scan has seen tables.
    [[nodiscard]] NoticeBar* makeOffer(QWidget* parent);
    /// Lets a value's pane say that its key is a part of a table.
    void attach(QWidget& pane);
    void shown(QWidget& pane, const std::string& key);

private:
    [[nodiscard]] bool isOpen(const QWidget* page) const;
    void show(QWidget* view);
    void offer();

    SessionPage& m_page;
    Settings& m_settings;
    NoticeBar* m_offer = nullptr;
    bool m_hasOffered = false;
    QPointer<TableListView> m_list;
    std::vector<QPointer<TableView>> m_views;
};

} // namespace keyglass::ui
