// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/schemacommands.h"

#include "core/base/errortext.h"
#include "ui/schema/schemadialog.h"
#include "ui/schema/tablecheckdialog.h"
#include "ui/window/mainwindow.h"
#include "ui/window/pagetables.h"
#include "ui/window/sessionpage.h"
#include "ui/window/windowactions.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>

namespace keyglass::ui {

namespace {

using Kind = SchemaChange::Kind;

Result<SchemaPlan> planIn(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    constexpr qint64 longest = 1 << 20;
    return planFromJson(file.read(longest).toStdString());
}

} // namespace

SchemaCommands::SchemaCommands(MainWindow& window, WindowActions& actions)
    : QObject(&window)
    , m_window(window)
    , m_actions(actions)
{
    const auto ask = [this](SessionPage& page, std::vector<Kind> kinds) {
        const bool isOfOne = kinds.size() > 1; // of a table that is there, and most likely the one that is looked at
        const SchemaChange change{kinds.front(), isOfOne ? page.tables().currentTable().value_or("") : std::string()};
        show(page, new SchemaDialog(page.session(), std::move(kinds), change, &m_window));
    };
    on(ActionId::CreateNamespace, [ask](SessionPage& page) { ask(page, {Kind::CreateNamespace}); });
    on(ActionId::CreateTable, [ask](SessionPage& page) { ask(page, {Kind::CreateTable}); });
    on(ActionId::ChangeTable, [ask](SessionPage& page) {
        ask(page,
            {Kind::AddColumn, Kind::AddIndex, Kind::DropIndex, Kind::RepairIndex, Kind::ChangeType, Kind::DropColumn,
                Kind::DropTable, Kind::DropNamespace});
    });
    on(ActionId::CheckTable, [this](SessionPage& page) { askCheck(page); });
    on(ActionId::SchemaPlanFile, [this](SessionPage& page) { askPlan(page); });
    on(ActionId::UndoSchema, [this](SessionPage& page) { askArchive(page); });
}

void SchemaCommands::on(ActionId id, std::function<void(SessionPage&)> run)
{
    m_actions.on(id, [this, run = std::move(run)] {
        if (SessionPage* page = m_window.currentPage()) {
            run(*page);
        }
    });
}

void SchemaCommands::show(SessionPage& page, SchemaDialog* dialog)
{
    connect(dialog, &SchemaDialog::changed, &page, [&page](const QString& table) {
        Q_EMIT page.said(LogLevel::Info, tr("The schema of %1 was changed.").arg(table));
    });
    SchemaDialog::shown(dialog, &page);
}

void SchemaCommands::askPlan(SessionPage& page)
{
    const QString path =
        QFileDialog::getOpenFileName(&m_window, tr("Run a schema plan"), {}, tr("Schema plans (*.json)"));
    if (path.isEmpty()) {
        return;
    }
    const auto plan = planIn(path);
    if (!plan) {
        Q_EMIT page.said(LogLevel::Error, errorText(plan.error()));
        return;
    }
    show(page, new SchemaDialog(page.session(), *plan, &m_window));
}

void SchemaCommands::askArchive(SessionPage& page)
{
    const QString folder = QFileInfo(page.session().newArchiveFile()).absolutePath();
    const QString path =
        QFileDialog::getOpenFileName(&m_window, tr("Undo a change of a table"), folder, tr("Undo archives (*.kga)"));
    if (!path.isEmpty()) {
        undo(page, path, {}, &m_window);
    }
}

void SchemaCommands::undo(SessionPage& page, const QString& archiveFile, const QByteArray& passphrase, QWidget* parent)
{
    show(page, new SchemaDialog(page.session(), SchemaDialog::Archive{archiveFile, passphrase}, parent));
}

void SchemaCommands::askCheck(SessionPage& page)
{
    auto* dialog = new TableCheckDialog(page.session(), {}, &m_window);
    connect(&page, &QObject::destroyed, dialog, &QObject::deleteLater); // its session is gone with it
    dialog->suggest(page.tables().currentTable().value_or(""));
    dialog->show();
}

} // namespace keyglass::ui
