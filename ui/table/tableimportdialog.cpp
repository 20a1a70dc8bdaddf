// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/tableimportdialog.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"
#include "ui/edit/dialogwords.h"
#include "ui/table/tablewords.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QFutureWatcher>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <set>
#include <utility>

namespace keyglass::ui {

namespace {

/// What an import sends that production may ask about.
const std::vector<std::string> confirmedCommands{"HSET", "SADD", "SET", "INCR", "INCRBY"};

} // namespace

TableImportDialog::TableImportDialog(Session& session, TableSchema schema, QString path, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_schema(std::move(schema))
    , m_path(std::move(path))
    , m_form(new QFormLayout)
    , m_problem(sentence({}, this))
    , m_leavesOut(new QCheckBox(tr("&Leave out lines that don't fit, instead of stopping at the first"), this))
    , m_confirm(new QLineEdit(this))
    , m_report(new QPlainTextEdit(this))
    , m_progress(new QProgressBar(this))
{
    setWindowTitle(tr("Import into %1").arg(displayText(m_schema.table)));
    setAttribute(Qt::WA_DeleteOnClose);
    m_problem->setAccessibleName(tr("Problem"));
    m_problem->hide();
    m_confirm->setAccessibleName(tr("Name of the connection"));
    m_confirm->setPlaceholderText(tr("production: type %1 to confirm").arg(m_session.profile().title()));
    m_confirm->setVisible(m_session.profile().environment == Environment::Production);
    m_report->setAccessibleName(tr("Report"));
    m_report->setReadOnly(true);
    m_report->hide();
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setRange(0, WorkTasks::wholeProgress);
    m_progress->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_import = buttons->addButton(tr("&Import"), QDialogButtonBox::ActionRole);
    m_dry = buttons->addButton(tr("&Dry run"), QDialogButtonBox::ActionRole);
    m_import->setAutoDefault(false);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(sentence(m_path, this));
    layout->addLayout(m_form);
    layout->addWidget(m_leavesOut);
    layout->addWidget(m_problem);
    layout->addWidget(m_confirm);
    layout->addWidget(m_report, 1);
    layout->addWidget(m_progress);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_dry, &QPushButton::clicked, this, [this] { start(true); });
    connect(m_import, &QPushButton::clicked, this, [this] { start(false); });
    connect(m_confirm, &QLineEdit::textChanged, this, &TableImportDialog::check);
    whenReady(this, m_session.tables().readCsvHead(m_path).answer,
        [this](const Result<CsvRecord>& names) { takeHead(names); });
    check();
}

TableImportDialog::~TableImportDialog()
{
    m_stop.request_stop();
}

/// A field goes to the column of its name; "id" goes nowhere, as new rows get new ids.
void TableImportDialog::takeHead(const Result<CsvRecord>& names)
{
    if (!names) {
        m_problem->setText(errorText(names.error()));
        m_problem->show();
        return;
    }
    for (const auto& field : names->fields) {
        const std::string name = field.value_or(std::string());
        auto* box = new QComboBox(this);
        box->setAccessibleName(tr("Column for %1").arg(cellText(name)));
        box->addItem(tr("(nowhere)"));
        for (const TableColumn& column : m_schema.columns) {
            box->addItem(tr("%1 · %2").arg(displayText(column.name), typeText(column)));
        }
        if (const auto place = m_schema.place(name)) {
            box->setCurrentIndex(static_cast<int>(*place) + 1);
        }
        auto* label = new QLabel(name.empty() ? tr("(no name)") : cellText(name), this);
        label->setTextFormat(Qt::PlainText);
        label->setBuddy(box);
        m_form->addRow(label, box);
        m_fields.push_back(box);
        connect(box, &QComboBox::currentIndexChanged, this, &TableImportDialog::check);
    }
    check();
}

Result<ColumnMap> TableImportDialog::map() const
{
    ColumnMap map;
    std::set<int> used;
    for (const QComboBox* box : m_fields) {
        const int column = box->currentIndex() - 1;
        if (column < 0) {
            map.emplace_back(std::nullopt);
            continue;
        }
        const std::string& name = m_schema.columns[static_cast<std::size_t>(column)].name;
        if (!used.insert(column).second) {
            return Error{ErrorKind::Input, displayText(name), tr("Two fields go to column %1.").arg(displayText(name))};
        }
        map.emplace_back(name);
    }
    if (!m_fields.empty() && used.empty()) {
        return Error{ErrorKind::Input, {}, tr("No field goes to a column.")};
    }
    return map;
}

void TableImportDialog::check()
{
    const auto wanted = map();
    const bool isUsable = wanted && !m_fields.empty() && !m_isRunning;
    const bool isConfirmed =
        m_session.profile().environment != Environment::Production || m_confirm->text() == m_session.profile().title();
    m_dry->setEnabled(isUsable);
    m_import->setEnabled(isUsable && isConfirmed);
    if (!m_fields.empty()) {
        m_problem->setText(wanted ? QString() : wanted.error().detail);
        m_problem->setVisible(!wanted);
    }
}

void TableImportDialog::start(bool isDry)
{
    auto columns = map();
    if (!columns || m_isRunning) {
        return;
    }
    RowImport what{m_schema, m_path, *std::move(columns), isDry, m_leavesOut->isChecked()};
    if (m_confirm->text() == m_session.profile().title()) {
        what.confirmed = confirmedCommands;
    }
    auto work = m_session.tables().importRows(std::move(what));
    m_stop = work.stop;
    m_isRunning = true;
    m_progress->setValue(0);
    m_progress->show();
    check();
    auto* watcher = new QFutureWatcher<Result<ImportReport>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, m_progress, &QProgressBar::setValue);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, isDry] {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0) {
            take(watcher->result(), isDry);
        }
    });
    watcher->setFuture(work.answer);
}

void TableImportDialog::take(const Result<ImportReport>& report, bool isDry)
{
    m_isRunning = false;
    m_progress->hide();
    check();
    m_report->setPlainText(report ? reportText(*report, isDry) : errorText(report.error()));
    m_report->show();
    if (report && !isDry && report->inserted + report->halfDone + report->unknown > 0) {
        Q_EMIT imported(report->inserted);
    }
}

QString TableImportDialog::reportText(const ImportReport& report, bool isDry) const
{
    QStringList lines;
    lines << (isDry ? tr("Dry run: %1 of %2 records would be inserted.") : tr("%1 of %2 records were inserted."))
                 .arg(numberText(report.inserted), numberText(report.records));
    if (!report.firstId.empty()) {
        lines << tr("Rows %1 to %2.").arg(displayText(report.firstId), displayText(report.lastId));
    }
    if (report.halfDone > 0) {
        lines << tr("%1 more were written in part: check the table.").arg(numberText(report.halfDone));
    }
    if (report.unknown > 0) {
        lines << tr("Of %1 more it is not known whether they are there: look at rows %2 to %3.")
                     .arg(numberText(report.unknown), displayText(report.unknownFrom), displayText(report.unknownTo));
    }
    if (report.end) {
        lines << tr("It ended early: %1").arg(errorText(*report.end));
    }
    for (const ImportReport::Fault& fault : report.faults) {
        lines << tr("Line %1: %2").arg(numberText(fault.line), errorText(fault.error));
    }
    if (report.faulty > report.faults.size()) {
        lines << tr("And %1 more lines that don't fit.").arg(numberText(report.faulty - report.faults.size()));
    }
    return lines.join(u'\n');
}

} // namespace keyglass::ui
