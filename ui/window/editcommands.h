// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"
#include "core/value/valuepage.h"
#include "ui/edit/batchdialog.h"
#include "ui/edit/elementdialogs.h"
#include "ui/edit/keydialogs.h"
#include "ui/window/windowactions.h"

#include <QObject>

#include <functional>
#include <string>

namespace keyglass::ui {

class BulkCommands;
class MainWindow;
class SessionPage;

/// Says what the actions that change one key do: new, rename, time to live, delete, and what is in it. What was done is
/// seen at once in the list and in the key's tab.
class EditCommands : public QObject {
    Q_OBJECT

public:
    /// `bulk`: where Del goes when it means several keys.
    EditCommands(MainWindow& window, WindowActions& actions, BulkCommands& bulk, DraftKeeper& drafts);

private:
    using Ask = std::function<EditDialog*(SessionPage& page, const SeenKey& seen)>;

    void on(ActionId id, std::function<void(SessionPage&)> run);
    void askNewKey(SessionPage& page);
    void askAddElement(SessionPage& page);
    void askDeleteElement(SessionPage& page);
    void askChangeRows(SessionPage& page, BatchDialog::Begin begin);
    void askFieldExpiry(SessionPage& page);
    /// Reads what was left out of the page, then asks.
    void withWhole(SessionPage& page, SeenElement seen, const std::function<EditDialog*(const SeenElement&)>& ask);
    /// Looks at the current key, then asks.
    void withCurrentKey(SessionPage& page, const Ask& ask);
    void show(SessionPage& page, EditDialog* dialog);

    MainWindow& m_window;
    WindowActions& m_actions;
    DraftKeeper& m_drafts;
};

} // namespace keyglass::ui
