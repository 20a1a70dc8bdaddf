// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <optional>
#include <string>

namespace keyglass {
class Settings;
}

namespace keyglass::ui {

class KeyTablePanel;
class SessionPage;

/// The key table of a session's page: opens it as a tab, and brings together what it, the tree and the tabs know of
/// each other.
class PageTable : public QObject {
    Q_OBJECT

public:
    PageTable(SessionPage& page, Settings& settings);
    ~PageTable() override;

    /// Shows the keys of the list, or those of one folder, and goes there.
    void open(const std::optional<std::string>& folder);
    /// Null while it is not open.
    [[nodiscard]] KeyTablePanel* panel() const;
    /// The table, where it is in front and the user was in it last, not in the tree: then it is what commands mean.
    [[nodiscard]] KeyTablePanel* inUse() const;
    void saveLayout() const;

private:
    void make();
    void askExport();
    void write(const QString& path);

    SessionPage& m_page;
    Settings& m_settings;
    QPointer<KeyTablePanel> m_panel;
    bool m_wasInTable = false;
    QString m_lastFolder; ///< Where a table was written to last.
};

} // namespace keyglass::ui
