// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/editcommands.h"

#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"
#include "ui/edit/fieldexpirydialog.h"
#include "ui/editor/celleditor.h"
#include "ui/tree/keytreeview.h"
#include "ui/value/valuepane.h"
#include "ui/window/bulkcommands.h"
#include "ui/window/jobscopes.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"
#include "ui/window/mainwindow.h"
#include "ui/window/seencell.h"
#include "ui/window/sessionpage.h"

namespace keyglass::ui {

namespace {

/// The key in the tab in front and what is selected of it; nothing while it is not read.
std::optional<SeenElement> seenElement(SessionPage& page)
{
    const auto* pane = qobject_cast<const ValuePane*>(page.tabs().currentPane());
    if (pane == nullptr) {
        return std::nullopt;
    }
    return seenElement(*pane);
}

/// The current key as a tab shows it; nothing where none does.
std::optional<SeenKey> seenOpen(const SessionPage& page)
{
    const auto key = page.currentKey();
    for (const ValuePane* pane : page.findChildren<ValuePane*>()) {
        if (key && pane->key() == key) {
            return seenWhole(*pane);
        }
    }
    return std::nullopt;
}

bool takesJson(const SeenElement& seen)
{
    return seen.cells.size() == 2 && !seen.cells[0].bytes.empty()
        && (seen.cells[1].bytes.starts_with('{') || seen.cells[1].bytes.starts_with('['));
}

} // namespace

EditCommands::EditCommands(MainWindow& window, WindowActions& actions, BulkCommands& bulk, DraftKeeper& drafts)
    : QObject(&window)
    , m_window(window)
    , m_actions(actions)
    , m_drafts(drafts)
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
    on(ActionId::FieldExpiry, [this](SessionPage& page) { askFieldExpiry(page); });
    on(ActionId::EditValue, [](SessionPage& page) { page.editValue(); });
    on(ActionId::SaveValue, [](SessionPage& page) { page.saveValue(); });
    on(ActionId::AddElement, [this](SessionPage& page) { askAddElement(page); });
    on(ActionId::ChangeRows, [this](SessionPage& page) { askChangeRows(page, BatchDialog::Begin::Change); });
    on(ActionId::DeleteElement, [this](SessionPage& page) { askDeleteElement(page); });
    on(ActionId::DeleteKey, [this, &bulk](SessionPage& page) {
        if (meansSeveralKeys(page)) {
            bulk.askDelete(page);
            return;
        }
        if (auto seen = seenOpen(page)) { // as the user saw it
            show(page, new DeleteDialog(page.session(), *std::move(seen), &m_window));
            return;
        }
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
    auto* dialog = new NewKeyDialog(page.session(), place.key, place.database, &m_window);
    DraftKey none = CellEditor::draftKey(page.session(), {});
    none.database = place.database;
    none.key.clear();
    dialog->keepDrafts(m_drafts, none, CellKind::NewKey);
    show(page, dialog);
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

void EditCommands::askAddElement(SessionPage& page)
{
    auto seen = seenElement(page);
    if (!seen) {
        return;
    }
    const bool isContainer = seen->key.type == KeyType::Json && takesJson(*seen);
    if (!isTable(seen->key.type) && !isContainer) {
        Q_EMIT page.said(LogLevel::Info,
            seen->key.type == KeyType::Json ? tr("Select the object or array to add to first.")
                                            : tr("A value of this type has no elements to add to."));
        return;
    }
    if (!seen->cells.empty() && !seen->cells.front().isWhole()) {
        seen->cells.clear(); // its place can't be told by it
    }
    const DraftKey key = CellEditor::draftKey(page.session(), seen->key.key);
    auto* dialog = new AddElementDialog(page.session(), *std::move(seen), &m_window);
    dialog->keepDrafts(m_drafts, key, CellKind::NewElement);
    show(page, dialog);
}

void EditCommands::askDeleteElement(SessionPage& page)
{
    const auto* pane = qobject_cast<const ValuePane*>(page.tabs().currentPane());
    if (pane != nullptr && pane->selectedCount() > 1) {
        askChangeRows(page, BatchDialog::Begin::Delete);
        return;
    }
    auto seen = seenElement(page);
    if (!seen || seen->cells.empty()) {
        Q_EMIT page.said(LogLevel::Info, tr("Select the element to delete first."));
        return;
    }
    if (seen->key.type == KeyType::Json && (seen->cells.front().bytes.empty() || seen->cells.front().bytes == "$")) {
        Q_EMIT page.said(LogLevel::Info, tr("Select the part of the document to delete first."));
        return;
    }
    withWhole(page, *std::move(seen),
        [this, &page](const SeenElement& whole) { return new DeleteElementDialog(page.session(), whole, &m_window); });
}

void EditCommands::askChangeRows(SessionPage& page, BatchDialog::Begin begin)
{
    const auto* pane = qobject_cast<const ValuePane*>(page.tabs().currentPane());
    const auto head = pane != nullptr ? pane->head() : std::nullopt;
    SelectedRows rows;
    if (head && isTable(head->type)) {
        rows = pane->selectedRows();
    }
    if (rows.size() == 0) {
        Q_EMIT page.said(LogLevel::Info, tr("Select the rows to change first."));
        return;
    }
    BatchDialog::Rows lent{rows.size(), areFew(rows), [rows] { return seenRows(rows); }};
    rows = {}; // the dialog gives them back as soon as it has read them
    auto* dialog = new BatchDialog(page.session(), seenKey(*head), std::move(lent), begin, &m_window);
    connect(dialog, &BatchDialog::written, &page,
        [&page, key = head->key](bool keyVanished) { page.rowsWritten(key, keyVanished); });
    connect(&page, &QObject::destroyed, dialog, &QObject::deleteLater); // its session is gone with it
    dialog->open();
}

void EditCommands::askFieldExpiry(SessionPage& page)
{
    auto seen = seenElement(page);
    const auto& server = page.session().server();
    if (!seen || seen->key.type != KeyType::Hash || seen->cells.empty()) {
        Q_EMIT page.said(
            LogLevel::Info, tr("Select a field of a hash first: only those have a time to live of their own."));
    } else if (!server || !server->mayUse(ServerFeature::HashFieldExpiry)) {
        Q_EMIT page.said(LogLevel::Info,
            tr("Fields have no time to live of their own on this server: that came with Redis 7.4 and Valkey 9."));
    } else {
        show(page, new FieldExpiryDialog(page.session(), *std::move(seen), &m_window));
    }
}

void EditCommands::withWhole(
    SessionPage& page, SeenElement seen, const std::function<EditDialog*(const SeenElement&)>& ask)
{
    const std::size_t at = contentCell(seen.key.type);
    const ValueCell& content = seen.cells[at];
    const std::uint64_t size = content.size.value_or(UINT64_MAX);
    const bool isLongField = seen.key.type == KeyType::Hash && size > longestEdited.value; // compared by its length
    if (content.isWhole() || isLongField) {
        show(page, ask(seen));
        return;
    }
    if (size > largestWholeValue.value) {
        Q_EMIT page.said(LogLevel::Info,
            tr("This element is longer than %1, which is the most that can be compared before it is deleted.")
                .arg(sizeText(largestWholeValue)));
        return;
    }
    ValueSliceRequest request{seen.key.key, seen.key.type, {}};
    request.name =
        seen.key.type == KeyType::Hash || seen.key.type == KeyType::Json ? seen.cells.front().bytes : std::string();
    request.index = seen.number;
    whenReady(&page, page.session().loadValueSlice(std::move(request)),
        [this, &page, seen, ask, at](const Result<std::string>& bytes) mutable {
            if (bytes) {
                seen.cells[at] = ValueCell(*bytes);
                show(page, ask(seen));
            } else {
                Q_EMIT page.said(LogLevel::Error, errorText(bytes.error()));
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
