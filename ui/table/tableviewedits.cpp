// SPDX-License-Identifier: GPL-3.0-or-later
// What a TableView does with rows: edits, copies and files.
#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/noticebar.h"
#include "ui/common/texts.h"
#include "ui/table/rowcopies.h"
#include "ui/table/rowdialog.h"
#include "ui/table/rowmodel.h"
#include "ui/table/tableimportdialog.h"
#include "ui/table/tableview.h"
#include "ui/table/tablewords.h"
#include "ui/table/worknotice.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace keyglass::ui {

namespace {

QString startFolder(const QString& last)
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return !last.isEmpty() ? last : QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

} // namespace

// --- edits

void TableView::insertRow()
{
    if (const QString why = whyNoInserts(); !why.isEmpty()) {
        Q_EMIT said(LogLevel::Info, why);
        return;
    }
    follow(new RowDialog(m_session, m_opened->schema, {}, this), RowEdit::Kind::Insert);
}

void TableView::changeRows()
{
    if (const QString why = whyNotEditable(); !why.isEmpty()) {
        Q_EMIT said(LogLevel::Info, why);
        return;
    }
    if (auto rows = selectedRows(true); !rows.empty()) {
        follow(new RowDialog(m_session, m_opened->schema, std::move(rows), this), RowEdit::Kind::Change);
    }
}

void TableView::deleteRows()
{
    if (const QString why = whyNotEditable(); !why.isEmpty()) {
        Q_EMIT said(LogLevel::Info, why);
        return;
    }
    if (auto rows = selectedRows(true); !rows.empty()) {
        follow(new DeleteRowsDialog(m_session, m_opened->schema, std::move(rows), this), RowEdit::Kind::Delete);
    }
}

void TableView::follow(RowEditDialog* dialog, RowEdit::Kind kind)
{
    connect(dialog, &RowEditDialog::applied, this,
        [this, kind](const std::vector<RowResult>& results) { applied(kind, results); });
    dialog->open();
}

void TableView::applied(RowEdit::Kind kind, const std::vector<RowResult>& results)
{
    std::vector<TableRow> now;
    std::vector<std::string> ids;
    for (const RowResult& result : results) {
        if (result.isDone()) {
            ids.push_back(result.id);
            if (result.outcome->now) {
                now.push_back(*result.outcome->now);
            }
        }
    }
    const QString count = rowCountText(ids.size());
    if (kind == RowEdit::Kind::Insert) {
        m_opened->extent.rows += ids.size();
        m_model->append(std::move(now));
        showColumns();
        Q_EMIT said(
            LogLevel::Info, tr("Row %1 was inserted into %2.").arg(displayText(ids.front()), displayText(m_table)));
    } else if (kind == RowEdit::Kind::Delete) {
        m_opened->extent.rows -= std::min<std::uint64_t>(m_opened->extent.rows, ids.size());
        m_model->remove(ids);
        Q_EMIT said(LogLevel::Info, tr("Deleted from %1: %2.").arg(displayText(m_table), count));
    } else {
        m_model->replace(now);
        Q_EMIT said(LogLevel::Info, tr("Changed in %1: %2.").arg(displayText(m_table), count));
    }
    showState();
}

// --- copies

void TableView::copy(std::optional<RowFormat> format)
{
    constexpr std::size_t mostCopied = 16U << 20U; // bytes
    const auto rows = selectedRows(false);
    if (rows.empty()) {
        return;
    }
    const std::string text = format ? formattedRows(*format, m_opened->schema, rows) : plainRows(rows);
    if (text.size() > mostCopied) {
        Q_EMIT said(LogLevel::Error, tr("The selected rows make more than 16 MB; export them to a file."));
        return;
    }
    QApplication::clipboard()->setText(QString::fromStdString(text));
    Q_EMIT said(LogLevel::Info, tr("Copied: %1").arg(rowCountText(rows.size())));
}

// --- files

void TableView::askExport()
{
    if (!m_opened) {
        return;
    }
    const auto formats = rowFileFormats();
    QStringList filters;
    for (const RowFileFormat& format : formats) {
        filters << format.filter;
    }
    auto* dialog = new QFileDialog(this, tr("Export the rows of %1").arg(displayText(m_table)),
        QDir(startFolder(m_lastFolder)).filePath(displayText(m_table).replace(u'/', u'_') + QStringLiteral(".csv")));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(formats.front().suffix);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, formats](const QString& filter) {
        const auto chosen = std::ranges::find(formats, filter, &RowFileFormat::filter);
        dialog->setDefaultSuffix(chosen->suffix);
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, formats](const QString& path) {
        const auto chosen = std::ranges::find(formats, QFileInfo(path).suffix().toLower(), &RowFileFormat::suffix);
        exportTo(path, chosen == formats.end() ? RowFormat::Csv : chosen->format);
    });
    dialog->open();
}

/// The rows of the query that is shown, else all of them.
void TableView::exportTo(const QString& path, RowFormat format)
{
    if (!m_opened || m_work->isWorking()) {
        return;
    }
    m_lastFolder = QFileInfo(path).absolutePath();
    m_work->follow<std::uint64_t>(
        m_session.tables().exportRows({m_opened->schema, m_filter, format, m_opened->extent.rows}, path),
        tr("Writing %1").arg(path), [this, path](const Result<std::uint64_t>& rows) {
            if (rows) {
                Q_EMIT said(LogLevel::Info, tr("Written to %1: %2.").arg(path, rowCountText(*rows)));
            } else if (rows.error().kind != ErrorKind::Cancelled) {
                Q_EMIT said(LogLevel::Error, errorText(rows.error()));
            } else {
                Q_EMIT said(LogLevel::Info, tr("%1 was not written.").arg(path));
            }
        });
}

void TableView::askImport()
{
    if (!m_opened) {
        return;
    }
    auto* dialog = new QFileDialog(this, tr("Import into %1").arg(displayText(m_table)), startFolder(m_lastFolder));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("CSV (*.csv)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &TableView::importFrom);
    dialog->open();
}

void TableView::importFrom(const QString& path)
{
    if (!m_opened) {
        return;
    }
    m_lastFolder = QFileInfo(path).absolutePath();
    auto* dialog = new TableImportDialog(m_session, m_opened->schema, path, this);
    connect(dialog, &TableImportDialog::imported, this, [this](quint64 rows) {
        Q_EMIT said(LogLevel::Info, tr("Inserted into %1: %2.").arg(displayText(m_table), rowCountText(rows)));
        reload();
    });
    dialog->open();
}

} // namespace keyglass::ui
