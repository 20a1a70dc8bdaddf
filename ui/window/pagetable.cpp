// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pagetable.h"

#include "core/base/errortext.h"
#include "core/profile/settings.h"
#include "ui/common/texts.h"
#include "ui/keytable/keytablecolumns.h"
#include "ui/keytable/keytablepanel.h"
#include "ui/keytable/keytablewords.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/keypanel.h"
#include "ui/window/keytabs.h"
#include "ui/window/resultjobs.h"
#include "ui/window/sessionpage.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QShortcut>
#include <QStandardPaths>

namespace keyglass::ui {

namespace {

const QString tableLayout = QStringLiteral("keytable");

} // namespace

PageTable::PageTable(SessionPage& page, Settings& settings)
    : QObject(&page)
    , m_page(page)
    , m_settings(settings)
{
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget* /*before*/, const QWidget* now) {
        if (now == nullptr || !m_panel) {
            return; // a menu or another window: the user comes back to where he was
        }
        if (m_panel->isAncestorOf(now)) {
            m_wasInTable = true;
        } else if (m_page.isAncestorOf(now)) {
            m_wasInTable = false;
        }
    });
}

PageTable::~PageTable() = default;

KeyTablePanel* PageTable::panel() const
{
    return m_panel;
}

void PageTable::open(const std::optional<std::string>& folder)
{
    if (!m_panel) {
        make();
    }
    if (m_panel->folder() != folder) {
        m_panel->setFolder(folder);
    }
    m_page.tabs().selectPage(*m_panel);
    m_panel->setFocus();
    m_wasInTable = true;
    Q_EMIT m_page.situationChanged();
}

void PageTable::make()
{
    m_panel = new KeyTablePanel(m_page.session());
    m_panel->restoreColumns(m_settings.layout(tableLayout));
    m_page.tabs().addPage(m_panel, tr("Key table"));
    connect(m_panel, &KeyTablePanel::keyActivated, &m_page.tabs(), &KeyTabs::open);
    connect(m_panel, &KeyTablePanel::keyPreviewed, &m_page.tabs(), &KeyTabs::preview);
    connect(m_panel, &KeyTablePanel::keyRevealed, &m_page, [this](const std::string& key) {
        KeyTreeView& tree = m_page.keys().tree();
        if (tree.goToKey(key)) {
            tree.setFocus();
        } else {
            Q_EMIT m_page.said(LogLevel::Info, tr("The tree does not show this key."));
        }
    });
    connect(m_panel, &KeyTablePanel::selectionChanged, &m_page, &SessionPage::situationChanged);
    connect(m_panel, &KeyTablePanel::deleteWanted, &m_page, &SessionPage::deleteWanted);
    connect(m_panel, &KeyTablePanel::said, &m_page, &SessionPage::said);
    connect(
        &m_panel->columns(), &KeyTableColumns::changed, this, &PageTable::saveLayout); // the tab may be closed later
    connect(m_panel, &KeyTablePanel::exportWanted, this, &PageTable::askExport);
    auto* del = new QShortcut(QKeySequence::Delete, m_panel);
    del->setContext(Qt::WidgetWithChildrenShortcut);
    del->setAutoRepeat(false);
    connect(del, &QShortcut::activated, m_panel, &KeyTablePanel::deleteWanted);
}

KeyTablePanel* PageTable::inUse() const
{
    return m_panel && m_wasInTable && m_page.tabs().currentPage() == m_panel ? m_panel.data() : nullptr;
}

void PageTable::saveLayout() const
{
    const QByteArray now = m_panel ? m_panel->saveColumns() : QByteArray();
    if (m_panel && now != m_settings.layout(tableLayout)) {
        m_settings.setLayout(tableLayout, now);
    }
}

// --- files

void PageTable::askExport()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString folder = !m_lastFolder.isEmpty() ? m_lastFolder
        : QFileInfo(documents).isDir()             ? documents
                                                   : QDir::homePath();
    auto* dialog = new QFileDialog(m_panel, tr("Export the table"), QDir(folder).filePath(QStringLiteral("keys.csv")));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("CSV (*.csv)"));
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, &PageTable::write);
    connect(&m_page, &QObject::destroyed, dialog, &QDialog::reject);
    dialog->open();
}

/// The selected rows where these are several, else all.
void PageTable::write(const QString& path)
{
    if (!m_panel) {
        return;
    }
    m_lastFolder = QFileInfo(path).absolutePath();
    const KeyTableView& view = m_panel->view();
    TableExport what{view.rows(), std::nullopt, view.columns(), false};
    if (m_panel->selectedCount() > 1) {
        what.selected = view.selection();
    }
    m_page.jobs().follow<std::uint64_t>(m_page.session().exportTable(std::move(what), path), tr("Writing %1").arg(path),
        [this, path](const Result<std::uint64_t>& rows) {
            if (rows) {
                Q_EMIT m_page.said(LogLevel::Info, tr("%1 were written to %2.").arg(keyCountText(*rows), path));
            } else if (rows.error().kind != ErrorKind::Cancelled) {
                Q_EMIT m_page.said(LogLevel::Error, errorText(rows.error()));
            }
        });
}

} // namespace keyglass::ui
