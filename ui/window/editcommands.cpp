// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/editcommands.h"

#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"
#include "ui/tree/keytreeview.h"
#include "ui/value/valuepane.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"
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

/// The longest that a dialog's text field can be asked to hold.
constexpr std::uint64_t longestEdited = 1024ULL * 1024;

SeenBytes neighbour(const std::optional<ValueRow>& row)
{
    return row && row->front().isWhole() ? SeenBytes::there(row->front().bytes) : SeenBytes::notLooked();
}

/// The key in the tab in front and what is selected of it; nothing while it is not read.
std::optional<SeenElement> seenElement(SessionPage& page)
{
    const auto* pane = qobject_cast<const ValuePane*>(page.tabs().currentPane());
    if (pane == nullptr || !pane->head()) {
        return std::nullopt;
    }
    SeenElement seen;
    seen.key = seenKey(*pane->head());
    if (const auto selected = pane->selected()) {
        seen.cells = selected->cells;
        seen.number = selected->number;
        seen.before = neighbour(selected->before);
        seen.after = neighbour(selected->after);
    }
    return seen;
}

/// Which cell holds the content.
std::size_t contentCell(KeyType type)
{
    return type == KeyType::Hash ? 1 : 0;
}

bool isTable(KeyType type)
{
    return type == KeyType::Hash || type == KeyType::List || type == KeyType::Set || type == KeyType::SortedSet
        || type == KeyType::Stream;
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
    on(ActionId::EditValue, [this](SessionPage& page) { askEditValue(page); });
    on(ActionId::AddElement, [this](SessionPage& page) { askAddElement(page); });
    on(ActionId::DeleteElement, [this](SessionPage& page) { askDeleteElement(page); });
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

void EditCommands::askEditValue(SessionPage& page)
{
    auto seen = seenElement(page);
    if (!seen) {
        return;
    }
    const KeyType type = seen->key.type;
    if (type == KeyType::Stream) {
        Q_EMIT page.said(LogLevel::Info, tr("Entries of a stream can be added and deleted, but not changed."));
        return;
    }
    if (type != KeyType::String && !isTable(type)) {
        Q_EMIT page.said(LogLevel::Info, tr("Values of this type can't be edited."));
        return;
    }
    if (type == KeyType::String) {
        seen->cells = {ValueCell::placeholder(seen->key.elements)};
    } else if (seen->cells.empty()) {
        Q_EMIT page.said(LogLevel::Info, tr("Select what to edit first."));
        return;
    }
    withWhole(page, *std::move(seen), [this, &page](const SeenElement& whole) {
        return new ElementDialog(page.session(), whole, ElementDialog::Task::Change, &m_window);
    });
}

void EditCommands::askAddElement(SessionPage& page)
{
    auto seen = seenElement(page);
    if (!seen) {
        return;
    }
    if (!isTable(seen->key.type)) {
        Q_EMIT page.said(LogLevel::Info, tr("A value of this type has no elements to add to."));
        return;
    }
    if (!seen->cells.empty() && !seen->cells.front().isWhole()) {
        seen->cells.clear(); // its place can't be told by it
    }
    show(page, new ElementDialog(page.session(), *std::move(seen), ElementDialog::Task::Add, &m_window));
}

void EditCommands::askDeleteElement(SessionPage& page)
{
    auto seen = seenElement(page);
    if (!seen || seen->cells.empty()) {
        Q_EMIT page.said(LogLevel::Info, tr("Select the element to delete first."));
        return;
    }
    withWhole(page, *std::move(seen),
        [this, &page](const SeenElement& whole) { return new DeleteElementDialog(page.session(), whole, &m_window); });
}

void EditCommands::withWhole(
    SessionPage& page, SeenElement seen, const std::function<EditDialog*(const SeenElement&)>& ask)
{
    const std::size_t at = contentCell(seen.key.type);
    const ValueCell& content = seen.cells[at];
    if (content.size.value_or(UINT64_MAX) > longestEdited) {
        Q_EMIT page.said(LogLevel::Info,
            tr("This value is longer than %1, which is the most that can be edited here.")
                .arg(sizeText(ByteCount{longestEdited})));
        return;
    }
    if (content.isWhole()) {
        show(page, ask(seen));
        return;
    }
    ValueSliceRequest request{seen.key.key, seen.key.type, {}};
    request.name = seen.key.type == KeyType::Hash ? seen.cells.front().bytes : std::string();
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
