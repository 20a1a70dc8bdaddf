// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/tablecheckdialog.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/fonts.h"
#include "ui/common/texts.h"
#include "ui/common/whenready.h"
#include "ui/schema/schemawording.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

using Kind = TableFinding::Kind;

bool isRepairable(const CheckedTable& found)
{
    const TableReport& report = found.report;
    if (found.schema.layout == TableLayout::Plain) {
        return false;
    }
    for (const Kind kind : {Kind::MissingEntry, Kind::StaleEntry, Kind::LeftoverIndex, Kind::GhostRow, Kind::GoneRow,
             Kind::StrayMark, Kind::BadLastId, Kind::WrongTypeKey}) {
        if (report.count(kind) > 0) {
            return true;
        }
    }
    return false;
}

} // namespace

TableCheckDialog::TableCheckDialog(Session& session, const std::string& table, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_table(table)
    , m_name(new QLineEdit(this))
    , m_text(new QPlainTextEdit(this))
    , m_ghosts(new QCheckBox(tr("Delete rows' keys that are not &listed"), this))
    , m_leftovers(new QCheckBox(
          tr("Delete index &entries of no index, and what is no set in the place of one or of their list"), this))
    , m_problem(new QLabel(this))
    , m_progress(new QProgressBar(this))
{
    setWindowTitle(table.empty() ? tr("Check a table") : tr("Check table %1").arg(displayText(table)));
    m_name->setVisible(table.empty());
    m_name->setAccessibleName(tr("Table"));
    m_name->setPlaceholderText(tr("namespace.table"));
    m_name->setFont(keyFont());
    setAttribute(Qt::WA_DeleteOnClose);
    m_text->setReadOnly(true);
    m_text->setFont(keyFont());
    m_text->setAccessibleName(tr("Report"));
    m_leftovers->setChecked(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setAccessibleName(tr("State"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setRange(0, 0);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_repair = buttons->addButton(tr("&Repair"), QDialogButtonBox::ActionRole);
    m_again = buttons->addButton(table.empty() ? tr("&Check") : tr("&Check again"), QDialogButtonBox::ActionRole);
    m_cancel = buttons->button(QDialogButtonBox::Cancel);
    m_cancel->setDefault(true);
    for (QPushButton* button : {m_repair, m_again}) {
        button->setAutoDefault(false);
    }
    m_repair->setEnabled(false);
    m_repair->setToolTip(tr("Index entries and the counter of ids follow the rows. What is deleted goes into an undo "
                            "archive first."));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    if (table.empty()) {
        auto* label = new QLabel(tr("&Table"), this);
        label->setBuddy(m_name);
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(label);
        row->addWidget(m_name, 1);
        layout->addLayout(row);
    }
    layout->addWidget(m_text, 1);
    layout->addWidget(m_ghosts);
    layout->addWidget(m_leftovers);
    layout->addWidget(m_problem);
    layout->addWidget(m_progress);
    layout->addWidget(buttons);
    m_ticking.setInterval(200);
    connect(&m_ticking, &QTimer::timeout, this, &TableCheckDialog::tellStage);
    connect(m_again, &QPushButton::clicked, this, [this] {
        m_repairText.clear();
        if (!m_name->isHidden()) {
            m_table = m_name->text().toStdString();
        }
        check();
    });
    connect(
        m_name, &QLineEdit::textChanged, this, [this](const QString& name) { m_again->setEnabled(!name.isEmpty()); });
    connect(m_repair, &QPushButton::clicked, this, &TableCheckDialog::repair);
    connect(buttons, &QDialogButtonBox::rejected, this, &TableCheckDialog::reject);
    resize(640, 520);
    for (QWidget* later : std::initializer_list<QWidget*>{m_ghosts, m_leftovers, m_problem, m_progress}) {
        later->hide();
    }
    m_again->setEnabled(!m_table.empty());
    if (m_table.empty()) {
        m_name->setFocus();
    } else {
        check();
    }
}

TableCheckDialog::~TableCheckDialog()
{
    m_stop.request_stop();
}

void TableCheckDialog::suggest(const std::string& table)
{
    m_name->setText(displayText(table));
    m_name->selectAll();
}

template <typename T, typename Then> void TableCheckDialog::follow(const SchemaWork<T>& work, Then then)
{
    m_stage = work.stage;
    m_stop = work.stop;
    m_repair->setEnabled(false);
    m_again->setEnabled(false);
    m_cancel->setText(tr("S&top"));
    m_progress->show();
    m_ticking.start();
    tellStage();
    whenReady(this, work.answer, [this, then](const Result<T>& answer) {
        m_stage.reset();
        m_ticking.stop();
        m_progress->hide();
        m_cancel->setEnabled(true);
        m_cancel->setText(tr("Close"));
        m_again->setEnabled(true);
        say({});
        then(answer);
    });
}

void TableCheckDialog::check()
{
    m_found.reset();
    follow(m_session.schemas().check(m_table), [this](const Result<CheckedTable>& found) { checked(found); });
}

void TableCheckDialog::checked(const Result<CheckedTable>& found)
{
    if (!found) {
        say(found.error().kind == ErrorKind::Cancelled ? tr("Stopped before all was looked at.")
                                                       : errorText(found.error()));
        return;
    }
    m_found = *found;
    m_text->setPlainText(m_repairText + checkText(*found));
    m_ghosts->setVisible(found->report.count(Kind::GhostRow) > 0);
    m_leftovers->setVisible(
        found->report.count(Kind::LeftoverIndex) > 0 || found->report.count(Kind::WrongTypeKey) > 0);
    m_repair->setEnabled(isRepairable(*found) && !m_session.profile().readOnly);
}

void TableCheckDialog::repair()
{
    if (m_found && !m_stage) {
        const RepairWays ways{m_ghosts->isChecked(), true, m_leftovers->isChecked()};
        follow(m_session.schemas().repair(*m_found, ways, schemaCommands()),
            [this](const Result<TableRepair>& repair) { repaired(repair); });
    }
}

/// And looks again at what is there now.
void TableCheckDialog::repaired(const Result<TableRepair>& repair)
{
    if (!repair) {
        say(repair.error().kind == ErrorKind::Cancelled ? tr("Stopped; what was repaired stands.")
                                                        : errorText(repair.error()));
        return;
    }
    m_repairText = tr("Repaired: %1").arg(numberText(repair->repaired)) + u'\n';
    if (repair->passedOver > 0) {
        m_repairText += tr("Left as it is: %1").arg(numberText(repair->passedOver)) + u'\n';
    }
    for (const Error& failure : repair->failures) {
        m_repairText += errorText(failure) + u'\n';
    }
    if (!repair->archiveFile.isEmpty()) {
        m_repairText += tr("What was deleted is in the undo archive %1").arg(repair->archiveFile) + u'\n';
    }
    m_repairText += u'\n';
    Q_EMIT changed(displayText(m_table));
    if (repair->isStopped) {
        m_text->setPlainText(m_repairText);
        say(tr("Stopped; what was repaired stands."));
        return;
    }
    check();
}

void TableCheckDialog::tellStage()
{
    if (m_stage) {
        const std::uint64_t of = m_stage->of;
        m_progress->setRange(0, of > 0 ? 1000 : 0);
        m_progress->setValue(of > 0 ? static_cast<int>(std::min<std::uint64_t>(m_stage->done * 1000 / of, 1000)) : 0);
        say(stageText(*m_stage));
    }
}

void TableCheckDialog::say(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void TableCheckDialog::reject()
{
    if (m_stage) {
        m_stop.request_stop();
        m_cancel->setEnabled(false);
        return;
    }
    QDialog::reject();
}

} // namespace keyglass::ui
