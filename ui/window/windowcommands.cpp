// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowcommands.h"

#include "core/base/bytes.h"
#include "core/profile/settings.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/aboutdialog.h"
#include "ui/window/bulkcommands.h"
#include "ui/window/commandpalette.h"
#include "ui/window/editcommands.h"
#include "ui/window/filterbar.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"
#include "ui/window/mainwindow.h"
#include "ui/window/pagetable.h"
#include "ui/window/pagetables.h"
#include "ui/window/resultcommands.h"
#include "ui/window/schemacommands.h"
#include "ui/window/sessionpage.h"
#include "ui/window/settingsdialog.h"
#include "ui/window/valuecommands.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QMenu>

#include <algorithm>

namespace keyglass::ui {

WindowCommands::WindowCommands(MainWindow& window, WindowServices services)
    : QObject(&window)
    , m_window(window)
    , m_services(std::move(services))
    , m_actions(window.actions())
{
    connectApplication();
    connectConnections();
    connectView();
    connectKeys();
    connectScan();
    connectTabs();
    new ResultCommands(m_window, m_services); // the window's children
    new ValueCommands(m_window, m_actions);
    new SchemaCommands(m_window, m_actions);
    new EditCommands(m_window, m_actions, *new BulkCommands(m_window, m_services, m_actions), m_services.drafts);
}

void WindowCommands::onPage(ActionId id, std::function<void(SessionPage&)> run)
{
    m_actions.on(id, [this, run = std::move(run)] {
        if (SessionPage* page = m_window.currentPage()) {
            run(*page);
        }
    });
}

void WindowCommands::connectApplication()
{
    m_actions.on(ActionId::NewWindow, [this] { newWindow(); });
    m_actions.on(ActionId::Quit, [] { MainWindow::closeAll(false); });
    m_actions.on(ActionId::Settings, [this] { showDialog(new SettingsDialog(m_services.settings, &m_window)); });
    m_actions.on(ActionId::Commands, [this] { showCommands(); });
    m_actions.on(ActionId::About, [this] { showDialog(new AboutDialog(&m_window)); });
    m_actions.on(ActionId::AboutQt, [] { QApplication::aboutQt(); });
}

void WindowCommands::connectConnections()
{
    m_actions.on(ActionId::NewConnection, [this] { m_window.newConnection(); });
    m_actions.on(ActionId::TryDemo, [this] { m_window.openDemo(); });
    onPage(ActionId::NewSession, [this](SessionPage& page) { m_window.openAgain(page); });
    onPage(ActionId::EditConnection, [this](SessionPage& page) { m_window.editConnection(page); });
    onPage(ActionId::Connect, [](SessionPage& page) { page.session().open(); });
    onPage(ActionId::Disconnect, [](SessionPage& page) { page.session().close(); });
    onPage(ActionId::CloseSession, [this](SessionPage& page) { m_window.closePageAsking(page); });
    m_actions.on(ActionId::NextSession, [this] { m_window.stepSession(1); });
    m_actions.on(ActionId::PreviousSession, [this] { m_window.stepSession(-1); });
}

void WindowCommands::connectView()
{
    Settings& settings = m_services.settings;
    QAction* memory = m_actions.action(ActionId::ShowMemory);
    memory->setChecked(settings.showsMemory());
    connect(memory, &QAction::toggled, this, [&settings](bool shows) { settings.setShowsMemory(shows); });
    connect(&settings, &Settings::changed, memory, [memory, &settings] { memory->setChecked(settings.showsMemory()); });
    onPage(ActionId::KeyTable, [](SessionPage& page) { page.table().open(std::nullopt); });
    onPage(ActionId::FolderTable, [](SessionPage& page) {
        if (const auto row = page.keys().tree().currentRow(); row && row->isFolder) {
            page.table().open(row->bytes);
        }
    });
    QAction* plainKeys = m_actions.action(ActionId::PlainTableKeys);
    plainKeys->setChecked(PageTables::showsPlainKeys(settings));
    connect(plainKeys, &QAction::toggled, this, [this](bool shows) {
        PageTables::setShowsPlainKeys(m_services.settings, shows);
        for (SessionPage* page : m_window.findChildren<SessionPage*>()) {
            page->tables().followSettings();
        }
    });
    onPage(ActionId::Tables, [](SessionPage& page) { page.tables().openList(); });
    onPage(ActionId::Separator, [](SessionPage& page) { page.askSeparator(); });
    onPage(ActionId::ExpandFolder, [](SessionPage& page) { page.setFolderOpen(true); });
    onPage(ActionId::CollapseFolder, [](SessionPage& page) { page.setFolderOpen(false); });
    m_actions.on(ActionId::LargerText, [this] { changeFont(1); });
    m_actions.on(ActionId::SmallerText, [this] { changeFont(-1); });
}

void WindowCommands::connectKeys()
{
    m_actions.on(ActionId::CopyName, [this] { copyKey(false); });
    m_actions.on(ActionId::CopyEscaped, [this] { copyKey(true); });
    onPage(ActionId::SelectAll, [](SessionPage& page) { page.selectAllKeys(); });
    onPage(ActionId::Find, [](SessionPage& page) { page.focusFind(); });
    onPage(ActionId::Pattern, [](SessionPage& page) { page.focusPattern(); });
    onPage(ActionId::ShowAll, [](SessionPage& page) { page.keys().filters().clearPattern(); });
    onPage(ActionId::OpenKey, [](SessionPage& page) { page.openCurrent(); });
    onPage(ActionId::PreviewKey, [](SessionPage& page) { page.previewCurrent(); });
    onPage(ActionId::ReloadValue, [](SessionPage& page) { page.reloadValue(); });
    onPage(ActionId::GoToKey, [](SessionPage& page) { page.askKey(); });
    onPage(ActionId::GoToRow, [](SessionPage& page) { page.askRow(); });
    onPage(ActionId::Escape, [](SessionPage& page) { page.escape(); });
}

void WindowCommands::connectScan()
{
    onPage(ActionId::StartScan, [](SessionPage& page) { page.keys().filters().start(); });
    onPage(ActionId::PauseScan, [](SessionPage& page) { page.session().pauseScan(); });
    onPage(ActionId::StopScan, [](SessionPage& page) { page.session().stopScan(); });
    onPage(ActionId::Rescan, [](SessionPage& page) { page.keys().filters().rescan(); });
    onPage(ActionId::RescanFolder, [](SessionPage& page) { page.rescanFolder(); });
    onPage(ActionId::LoadMore, [](SessionPage& page) { page.keys().loadMore(); });
    onPage(ActionId::LoadAll, [](SessionPage& page) { page.keys().loadAll(); });
    onPage(ActionId::RetryNodes, [](SessionPage& page) { page.session().retryFailedNodes(); });
    onPage(ActionId::ScanLimits, [](SessionPage& page) { page.keys().filters().askLimits(); });
    onPage(ActionId::Console, [](SessionPage& page) { page.toggleConsole(); });
    onPage(ActionId::KeysCommand, [](SessionPage& page) { page.keys().filters().offerKeys(); });
}

void WindowCommands::connectTabs()
{
    onPage(ActionId::CloseTab, [](SessionPage& page) { page.tabs().closeCurrent(); });
    onPage(ActionId::KeepTab, [](SessionPage& page) { page.tabs().keepCurrent(); });
    onPage(ActionId::Back, [](SessionPage& page) { page.tabs().back(); });
    onPage(ActionId::Forward, [](SessionPage& page) { page.tabs().forward(); });
    for (int tab = 0; tab < 9; ++tab) {
        const auto id = static_cast<ActionId>(static_cast<int>(ActionId::Tab1) + tab);
        onPage(id, [tab](SessionPage& page) { page.tabs().select(tab); });
    }
}

void WindowCommands::showDialog(QDialog* dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void WindowCommands::newWindow()
{
    auto* window = new MainWindow(m_services);
    window->resize(m_window.size());
    window->move(m_window.pos() + QPoint(24, 24));
    window->show();
}

void WindowCommands::showCommands()
{
    auto* palette = new CommandPalette(m_actions.all(), &m_window);
    showDialog(palette);
    palette->move(m_window.mapToGlobal(QPoint((m_window.width() - palette->width()) / 2, 80)));
}

void WindowCommands::changeFont(int by)
{
    const int now = m_services.settings.fontSize().value_or(QApplication::font().pointSize());
    m_services.settings.setFontSize(std::clamp(now + by, Settings::smallestFont, Settings::largestFont));
}

void WindowCommands::copyKey(bool escaped)
{
    SessionPage* page = m_window.currentPage();
    const auto current = page ? page->currentKey() : std::nullopt;
    if (current) {
        const std::string key = page->session().nameOf(*current).key;
        QApplication::clipboard()->setText(
            escaped || !isUtf8(key) ? QString::fromStdString(escapeLine(key)) : QString::fromStdString(key));
    }
}

void WindowCommands::showKeyMenu(const QPoint& at)
{
    auto* menu = new QMenu(&m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions.fillKeyMenu(menu);
    SessionPage* page = m_window.currentPage();
    if (page && page->keys().tree().currentTable()) {
        QAction* before = m_actions.action(ActionId::ExpireKeys);
        menu->insertActions(before, {m_actions.action(ActionId::ChangeTable), m_actions.action(ActionId::CheckTable)});
        menu->insertSeparator(before);
    }
    menu->popup(at);
}

} // namespace keyglass::ui
