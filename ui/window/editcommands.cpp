// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/editcommands.h"

#include "core/base/errortext.h"
#include "ui/common/whenready.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/keypanel.h"
#include "ui/window/mainwindow.h"
#include "ui/window/sessionpage.h"

namespace keyglass::ui {

namespace {

SeenKey seenKey(const ValueHead& head)
{
    SeenKey seen;
    seen.key = head.key;
    seen.typeName = head.typeName;
    seen.type = head.type;
    seen.expiry = seenExpiry(head);
    seen.ttl = head.ttl;
    seen.elements = head.length;
    return seen;
}

} // namespace

EditCommands::EditCommands(MainWindow& window, WindowActions& actions)
    : QObject(&window)
    , m_window(window)
    , m_actions(actions)
{
    on(ActionId::NewKey, [this](SessionPage& page) { askNewKey(page); });
    on(ActionId::RenameKey, [this](SessionPage& page) {
        withCurrentKey(page,
            [this](SessionPage& at, const SeenKey& seen) { return new RenameDialog(at.session(), seen, &m_window); });
    });
    on(ActionId::KeyExpiry, [this](SessionPage& page) {
        withCurrentKey(page,
            [this](SessionPage& at, const SeenKey& seen) { return new ExpiryDialog(at.session(), seen, &m_window); });
    });
    on(ActionId::DeleteKey, [this](SessionPage& page) {
        withCurrentKey(page,
            [this](SessionPage& at, const SeenKey& seen) { return new DeleteDialog(at.session(), seen, &m_window); });
    });
}

void EditCommands::on(ActionId id, std::function<void(SessionPage&)> run)
{
    m_actions.on(id, [this, run = std::move(run)] {
        if (SessionPage* page = m_window.currentPage()) {
            run(*page);
        }
    });
}

/// In the folder and the database where the user is.
void EditCommands::askNewKey(SessionPage& page)
{
    const KeyTreeView& tree = page.keys().tree();
    const auto& row = tree.currentRow();
    std::optional<RowId> folder;
    if (row && page.keys().showsTree()) {
        folder = row->isFolder ? row : tree.rows()->parentOf(*row);
    }
    const KeyName place = folder ? page.session().nameOf(folder->bytes) : KeyName{{}, page.session().database()};
    show(page, new NewKeyDialog(page.session(), place.key, place.database, &m_window));
}

void EditCommands::withCurrentKey(SessionPage& page, const Ask& ask)
{
    const auto key = page.currentKey();
    if (!key) {
        return;
    }
    whenReady(&page, page.session().loadValueHead(*key), [this, &page, ask](const Result<ValueHead>& head) {
        if (head) {
            show(page, ask(page, seenKey(*head)));
        } else {
            Q_EMIT page.said(LogLevel::Error, errorText(head.error()));
        }
    });
}

void EditCommands::show(SessionPage& page, EditDialog* dialog)
{
    connect(dialog, &EditDialog::done, &page, &SessionPage::edited);
    connect(&page, &QObject::destroyed, dialog, &QObject::deleteLater); // its session is gone with it
    dialog->open();
}

} // namespace keyglass::ui
