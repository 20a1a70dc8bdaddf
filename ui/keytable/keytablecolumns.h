// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/columns/sortcolumn.h"
#include "core/source/redis/serverfacts.h"

#include <QByteArray>
#include <QObject>

#include <array>
#include <optional>

class QHeaderView;
class QMenu;

namespace keyglass::ui {

/// Which columns of the key table are shown: as the user chose, as this server can tell them. Owns what the header's
/// menu does.
class KeyTableColumns : public QObject {
    Q_OBJECT

public:
    /// `header`: of the table; hides and shows its sections.
    explicit KeyTableColumns(QHeaderView& header, QObject* parent = nullptr);

    void setServer(const std::optional<ServerFacts>& facts);
    /// Those shown now, the name always.
    [[nodiscard]] TableColumns shown() const;
    [[nodiscard]] bool isShown(SortColumn column) const;
    void setShown(SortColumn column, bool shown);
    /// Why this server does not tell a column; empty where it does.
    [[nodiscard]] QString whyMissing(SortColumn column) const;
    /// Lets the names have the rest of so many pixels.
    void fit(int width);
    /// A line for each column but the name, to be ticked.
    void fillMenu(QMenu& menu);
    /// Choices, widths and order.
    [[nodiscard]] QByteArray save() const;
    bool restore(const QByteArray& state);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] bool isDefault(SortColumn column) const;
    [[nodiscard]] QString menuText(SortColumn column) const;
    [[nodiscard]] bool sparesIdleTime() const;
    void apply();
    void fit();
    void showMenu(const QPoint& at);

    QHeaderView& m_header;
    std::optional<ServerFacts> m_facts;
    int m_width = 0;
    std::array<std::optional<bool>, tableColumnCount> m_chosen; ///< Nothing: as the server suggests.
};

} // namespace keyglass::ui
