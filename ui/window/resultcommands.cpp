// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/resultcommands.h"

#include "core/base/errortext.h"
#include "core/profile/settings.h"
#include "ui/tree/keytreeview.h"
#include "ui/window/exportkeysdialog.h"
#include "ui/window/keypanel.h"
#include "ui/window/mainwindow.h"
#include "ui/window/resultjobs.h"
#include "ui/window/resultsetsdialog.h"
#include "ui/window/saveresultdialog.h"
#include "ui/window/sessionpage.h"
#include "ui/window/wording.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>

#include <limits>

namespace keyglass::ui {

namespace {

void showFor(QDialog* dialog, SessionPage& page)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // Where the session goes while the question is open, it is not asked any more.
    QObject::connect(&page, &QObject::destroyed, dialog, &QDialog::reject);
    dialog->open();
}

void sayError(SessionPage& page, const Error& error)
{
    if (error.kind != ErrorKind::Cancelled) {
        Q_EMIT page.said(LogLevel::Error, errorText(error));
    }
}

} // namespace

ResultCommands::ResultCommands(MainWindow& window, WindowServices services)
    : QObject(&window)
    , m_window(window)
    , m_services(std::move(services))
{
    const auto onPage = [this](ActionId id, void (ResultCommands::*run)(SessionPage&)) {
        m_window.actions().on(id, [this, run] {
            if (SessionPage* page = m_window.currentPage()) {
                (this->*run)(*page);
            }
        });
    };
    onPage(ActionId::SaveResult, &ResultCommands::askSave);
    onPage(ActionId::ResultSets, &ResultCommands::showSets);
    onPage(ActionId::ExportKeys, &ResultCommands::askExport);
}

void ResultCommands::askSave(SessionPage& page)
{
    const KeySelection& selected = page.keys().tree().selectedKeys();
    auto* dialog = new SaveResultDialog(keyScopesOf(page.session(), selected), &m_window);
    connect(dialog, &QDialog::accepted, &page, [this, dialog, &page] {
        const ResultSetInfo about = dialog->about();
        page.jobs().follow<ResultSetInfo>(m_services.results.save(about, dialog->keys()),
            tr("Saving the set “%1”").arg(about.name), [&page](const Result<ResultSetInfo>& saved) {
                if (saved) {
                    Q_EMIT page.said(
                        LogLevel::Info, tr("Saved the set “%1” of %2.").arg(saved->name, keysText(saved->keys)));
                } else {
                    sayError(page, saved.error());
                }
            });
    });
    showFor(dialog, page);
}

void ResultCommands::showSets(SessionPage& page)
{
    auto* dialog = new ResultSetsDialog(m_services.results, page.session().profile(), &m_window);
    connect(dialog, &ResultSetsDialog::openWanted, &page, [this, &page](const ResultSetInfo& set) { open(page, set); });
    connect(dialog, &ResultSetsDialog::exportWanted, &page,
        [this, &page](const ResultSetInfo& set) { askExportOf(page, set); });
    connect(dialog, &ResultSetsDialog::failed, &page,
        [&page](const QString& why) { Q_EMIT page.said(LogLevel::Error, why); });
    showFor(dialog, page);
}

void ResultCommands::open(SessionPage& page, const ResultSetInfo& set)
{
    page.jobs().follow<OpenedResult>(m_services.results.load(set, mostMemory()),
        tr("Opening the set “%1”").arg(set.name), [&page](const Result<OpenedResult>& loaded) {
            if (loaded) {
                page.session().openResult(*loaded);
            } else {
                sayError(page, loaded.error());
            }
        });
}

// --- files

void ResultCommands::askExport(SessionPage& page)
{
    const KeySelection& selected = page.keys().tree().selectedKeys();
    auto* dialog = new ExportKeysDialog(keyScopesOf(page.session(), selected), exportFolder(), &m_window);
    connect(dialog, &QDialog::accepted, &page, [this, dialog, &page] {
        const KeyExport wanted = dialog->wanted();
        page.jobs().follow<std::monostate>(m_services.results.exportKeys(dialog->keys(), dialog->about(), wanted),
            tr("Writing %1").arg(wanted.path),
            [this, &page, path = wanted.path](const Status& status) { exported(page, status, path); });
    });
    showFor(dialog, page);
}

void ResultCommands::askExportOf(SessionPage& page, const ResultSetInfo& set)
{
    auto* dialog = new ExportKeysDialog(set, exportFolder(), &m_window);
    connect(dialog, &QDialog::accepted, &page, [this, dialog, &page, set] {
        const KeyExport wanted = dialog->wanted();
        page.jobs().follow<std::monostate>(m_services.results.exportSet(set, mostMemory(), wanted),
            tr("Writing %1").arg(wanted.path),
            [this, &page, path = wanted.path](const Status& status) { exported(page, status, path); });
    });
    showFor(dialog, page);
}

void ResultCommands::exported(SessionPage& page, const Status& status, const QString& path)
{
    if (!status) {
        sayError(page, status.error());
        return;
    }
    m_lastFolder = QFileInfo(path).absolutePath();
    Q_EMIT page.said(LogLevel::Info, tr("Keys were written to %1.").arg(path));
}

ByteCount ResultCommands::mostMemory() const
{
    const auto most = memoryCapOf(m_services.settings.memoryCap()).index;
    return most.value_or(ByteCount{std::numeric_limits<std::uint64_t>::max()});
}

QString ResultCommands::exportFolder() const
{
    if (!m_lastFolder.isEmpty()) {
        return m_lastFolder;
    }
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

} // namespace keyglass::ui
