// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/value/lanevaluesource.h"
#include "ui/value/cellview.h"
#include "ui/value/texteditor.h"
#include "ui/value/valuepane.h"
#include "ui/value/valuestate.h"
#include "ui/value/valuetablemodel.h"

#include <QObject>
#include <QTableView>
#include <QTest>

#include <memory>

namespace keyglass::test {

/// What tests of the pane stand on: each function has a server and a pane of its own.
class ValuePaneFixture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

protected:
    using Args = RedisServer::Args;

    /// Whether the running function has a model tester, which fetches all rows by itself.
    [[nodiscard]] virtual bool testsModel() const
    {
        return QByteArray(QTest::currentTestFunction()) != "loadsMoreRowsWhileScrolling";
    }
    /// Opens a key and waits until something is shown for it.
    void open(const std::string& key);
    /// The table's rows, cells joined by " | ".
    [[nodiscard]] QStringList drawn() const;
    [[nodiscard]] QString editorText() const { return m_pane->findChild<ui::TextEditor*>()->text(); }
    [[nodiscard]] QString labelText(const QString& accessibleName) const;
    [[nodiscard]] QTableView* table() const { return m_pane->findChild<QTableView*>(); }
    [[nodiscard]] ui::CellView* cell() const { return m_pane->findChild<ui::CellView*>(); }
    /// The page in place of the whole value, not that of one cell.
    [[nodiscard]] ui::ValueState* state() const;
    [[nodiscard]] ui::ValueTableModel* model() const { return m_pane->findChild<ui::ValueTableModel*>(); }
    /// Goes on as an ACL user with these rules.
    void useUser(const QString& rules);

    std::unique_ptr<RedisServer> m_server;
    std::shared_ptr<LaneValueSource> m_source;
    std::unique_ptr<ui::ValuePane> m_pane;
};

} // namespace keyglass::test
