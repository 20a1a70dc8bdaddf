// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/bulkcommands.h"

#include "core/base/errortext.h"
#include "core/profile/profilestore.h"
#include "core/session/jobhistory.h"
#include "core/session/planfile.h"
#include "ui/bulk/commandfields.h"
#include "ui/bulk/copyfields.h"
#include "ui/bulk/filefields.h"
#include "ui/bulk/jobhistorydialog.h"
#include "ui/bulk/jobwording.h"
#include "ui/bulk/operationfields.h"
#include "ui/bulk/undoarchivesdialog.h"
#include "ui/common/texts.h"
#include "ui/keytable/keytablepanel.h"
#include "ui/window/jobscopes.h"
#include "ui/window/mainwindow.h"
#include "ui/window/pagetable.h"
#include "ui/window/schemacommands.h"
#include "ui/window/sessionopener.h"
#include "ui/window/sessionpage.h"
#include "ui/window/wording.h"

#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QStandardPaths>

#include <algorithm>

namespace keyglass::ui {

namespace {

/// ~/Documents/keys-2026-11-21.jsonl
QString newExportFile()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return (QDir(documents).exists() ? documents : QDir::homePath())
        + QStringLiteral("/keys-%1.jsonl").arg(QDate::currentDate().toString(Qt::ISODate));
}

} // namespace

BulkCommands::BulkCommands(MainWindow& window, WindowServices services, WindowActions& actions)
    : QObject(&window)
    , m_window(window)
    , m_services(std::move(services))
    , m_actions(actions)
    , m_passwords(new SessionOpener(m_services, &window))
{
    on(ActionId::UndoArchives, [this](SessionPage& page) { showArchives(page); });
    connect(m_passwords, &SessionOpener::failed, this, [this](const QString& why) {
        if (SessionPage* page = m_window.currentPage()) {
            Q_EMIT page->said(LogLevel::Error, why);
        }
    });
    on(ActionId::DeleteKeys, [this](SessionPage& page) { askDelete(page); });
    on(ActionId::ExpireKeys, [this](SessionPage& page) {
        ask(page, tr("Time to live of keys"), [](const auto&) { return new ExpiryFields; });
    });
    on(ActionId::RenameKeys, [this](SessionPage& page) {
        ask(page, tr("Rename keys"), [session = &page.session()](const std::vector<JobScope>& scopes) {
            const auto folder = std::find_if(
                scopes.begin(), scopes.end(), [](const JobScope& each) { return !each.keys.bytes.empty(); });
            return new RenameFields(folder == scopes.end() ? std::string() : session->nameOf(folder->keys.bytes).key);
        });
    });
    on(ActionId::CopyKeysTo, [this](SessionPage& page) {
        Profile own = page.session().profile();
        constexpr int notOne = -1;
        own.database = page.session().hasSeveralDatabases() ? notOne : page.session().database();
        ask(page, tr("Copy keys"), [this, own = std::move(own)](const auto&) {
            return new CopyFields(own, m_services.profiles.profiles(),
                [this](const Profile& profile, std::function<void(Credentials)> then) {
                    m_passwords->open(
                        profile, {}, [then = std::move(then)](const Opened& opened) { then(opened.passwords); });
                });
        });
    });
    on(ActionId::SetFieldOfKeys,
        [this](SessionPage& page) { ask(page, tr("Set a field"), [](const auto&) { return new SetFieldFields; }); });
    on(ActionId::RunForKeys,
        [this](SessionPage& page) { ask(page, tr("Run a command"), [](const auto&) { return new TemplateFields; }); });
    on(ActionId::ExportValues, [this](SessionPage& page) {
        ask(page, tr("Export keys"), [](const auto&) { return new ExportFields(newExportFile()); });
    });
    on(ActionId::ImportKeysFrom, [this](SessionPage& page) { askImport(page); });
    on(ActionId::OpenPlan, [this](SessionPage& page) { askPlanFile(page); });
    m_actions.on(ActionId::PastJobs, [this] { showHistory(); });
}

void BulkCommands::on(ActionId id, std::function<void(SessionPage&)> run)
{
    m_actions.on(id, [this, run = std::move(run)] {
        if (SessionPage* page = m_window.currentPage()) {
            run(*page);
        }
    });
}

void BulkCommands::askDelete(SessionPage& page)
{
    ask(page, tr("Delete keys"), [](const auto&) { return new DeleteFields; });
}

void BulkCommands::showArchives(SessionPage& page)
{
    auto* dialog = new UndoArchivesDialog(page.session(), m_services.settings, &m_window);
    connect(dialog, &UndoArchivesDialog::said, &page, &SessionPage::said);
    connect(dialog, &UndoArchivesDialog::schemaUndoWanted, &page,
        [this, &page](const QString& file, const QByteArray& passphrase) {
            SchemaCommands::undo(page, file, passphrase, &m_window);
        });
    connect(&page, &QObject::destroyed, dialog, &QObject::deleteLater); // its session is gone with it
    dialog->open();
}

void BulkCommands::ask(SessionPage& page, const QString& title, const MakeFields& fields)
{
    KeyTablePanel* table = page.table().inUse();
    if (table == nullptr || table->selectedCount() == 0) {
        plan(page, title, fields, jobScopesOf(page));
        return;
    }
    table->chooseSelected([this, &page, title, fields](KeyChoice selected) {
        const QString text = SessionPage::tr("Selected in the key table: %1").arg(keysText(selected.count()));
        plan(page, title, fields, {chosenKeys(text, std::move(selected))});
    });
}

bool BulkCommands::isOneDatabase(SessionPage& page)
{
    const bool isOne = !page.session().hasSeveralDatabases();
    if (!isOne) {
        Q_EMIT page.said(
            LogLevel::Info, tr("Several databases are open, and a file or a plan is for one. Choose it first."));
    }
    return isOne;
}

void BulkCommands::askImport(SessionPage& page)
{
    if (!isOneDatabase(page)) {
        return;
    }
    JobScope file;
    file.text = tr("All keys of the file");
    plan(page, tr("Import keys"), [](const auto&) { return new ImportFields; }, {file});
}

void BulkCommands::askPlanFile(SessionPage& page)
{
    auto* dialog = new QFileDialog(&m_window, tr("Open a plan"), QString(), tr("Plans (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(&page, &QObject::destroyed, dialog, &QDialog::reject);
    connect(dialog, &QFileDialog::fileSelected, this, [this, &page](const QString& file) {
        const auto kept = loadPlan(file);
        if (kept) {
            openPlan(page, *kept);
        } else {
            Q_EMIT page.said(LogLevel::Error, errorText(kept.error()));
        }
    });
    dialog->open();
}

/// A plan that was kept, with its own keys: what they are now is looked at again.
void BulkCommands::openPlan(SessionPage& page, const JobPlan& kept)
{
    if (!isOneDatabase(page)) {
        return;
    }
    if (!kept.databases.empty()) {
        Q_EMIT page.said(LogLevel::Info,
            tr("The plan is for several databases. Run it by keyglass bulk run, or choose their keys anew."));
        return;
    }
    if (kept.database != page.session().database()) {
        Q_EMIT page.said(LogLevel::Info,
            tr("The plan is for database %1, and this session shows %2.")
                .arg(kept.database)
                .arg(page.session().database()));
        return;
    }
    if (std::holds_alternative<CopyKeys>(kept.operation)) {
        Q_EMIT page.said(LogLevel::Info,
            tr("Where a plan copies keys to is not kept. Run it by keyglass bulk run with --to-profile, or plan it "
               "anew."));
        return;
    }
    JobScope scope;
    scope.keys = kept.keys;
    scope.text = queryText(kept.keys, false);
    const bool isImport = std::holds_alternative<ImportKeys>(kept.operation);
    scope.text = isImport ? tr("All keys of the file") : scope.text;
    JobDialog* const dialog =
        plan(page, planTitle(kept, false), [&kept](const auto&) { return new PlanFields(kept.operation); }, {scope});
    dialog->setPlan(kept);
}

void BulkCommands::showHistory()
{
    const auto jobs = JobHistory().load();
    SessionPage* const page = m_window.currentPage();
    const bool canPlan = page && page->session().state() == SessionState::Connected;
    auto* dialog = new JobHistoryDialog(jobs.value_or(std::vector<PastJob>()), canPlan, &m_window);
    if (!jobs && page) {
        Q_EMIT page->said(LogLevel::Error, errorText(jobs.error()));
    }
    connect(dialog, &JobHistoryDialog::archivesWanted, this, [this] {
        if (SessionPage* now = m_window.currentPage()) {
            showArchives(*now);
        }
    });
    connect(dialog, &JobHistoryDialog::planWanted, this, [this](const JobPlan& kept) {
        if (SessionPage* now = m_window.currentPage()) {
            openPlan(*now, kept);
        }
    });
    dialog->open();
}

JobDialog* BulkCommands::plan(
    SessionPage& page, const QString& title, const MakeFields& fields, const std::vector<JobScope>& scopes)
{
    auto* dialog = new JobDialog(page.session(), title, fields(scopes), scopes, &m_window);
    connect(&page, &QObject::destroyed, dialog, &QDialog::reject); // its session is gone with it
    dialog->open();
    return dialog;
}

} // namespace keyglass::ui
