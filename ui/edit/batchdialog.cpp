// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/batchdialog.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "ui/common/fonts.h"
#include "ui/common/onpool.h"
#include "ui/common/texts.h"
#include "ui/edit/dialogwords.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr QSize designSize(620, 480);
constexpr int rowHeight = 22;
constexpr std::size_t shownRows = 100;
const std::vector<std::string> confirmedCommands{"EVAL"};

/// Given back on the pool, whoever lets go of it last: of many rows that takes its time.
template <typename T> std::shared_ptr<const T> freedElsewhere(T what)
{
    return {new T(std::move(what)),
        [](const T* old) { QThreadPool::globalInstance()->start([rest = std::shared_ptr<const T>(old)] { }); }};
}

QTableWidgetItem* cellOf(const std::string& bytes)
{
    constexpr std::size_t longest = 200;
    auto* item = new QTableWidgetItem(displayText(std::string_view(bytes).substr(0, longest)));
    item->setFont(keyFont());
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

} // namespace

BatchDialog::BatchDialog(Session& session, SeenKey key, Rows rows, Begin begin, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_key(std::move(key))
    , m_given(std::move(rows))
    , m_whyNoRows(tr("Reading the rows…"))
    , m_plan(std::make_shared<const PlannedRows>())
    , m_form(new QFormLayout)
    , m_kind(new QComboBox(this))
    , m_find(new QLineEdit(this))
    , m_text(new QLineEdit(this))
    , m_regex(new QCheckBox(tr("&Regular expression"), this))
    , m_empty(new QCheckBox(tr("&Empty content"), this))
    , m_sample(new QTableWidget(0, 3, this))
    , m_about(new QLabel(this))
    , m_confirmText(new QLabel(this))
    , m_confirm(new QLineEdit(this))
    , m_progress(new QProgressBar(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(begin == Begin::Delete ? countedText(m_given.count, tr("Delete 1 row"), tr("Delete %1 rows"))
                                          : countedText(m_given.count, tr("Change 1 row"), tr("Change %1 rows")));
    resize(designSize);
    addFields();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_button = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_button->setAutoDefault(false);
    m_cancel = buttons->button(QDialogButtonBox::Cancel);
    m_cancel->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(m_form);
    layout->addWidget(m_sample, 1);
    layout->addWidget(m_about);
    layout->addWidget(m_confirmText);
    layout->addWidget(m_confirm);
    layout->addWidget(m_progress);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &BatchDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &BatchDialog::run);
    if (begin == Begin::Delete) {
        m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(Kind::Delete)));
    }
    showFields();
    readRows();
}

void BatchDialog::readRows()
{
    auto read = [make = std::exchange(m_given.read, nullptr)]() mutable -> Result<SeenRows> {
        const auto once = std::exchange(make, nullptr); // what it holds on to goes with it
        return freedElsewhere(once());
    };
    const auto taken = [this](const Result<SeenRows>& rows) {
        if (rows) {
            m_rows = *rows;
            plan();
        } else {
            m_whyNoRows = errorText(rows.error());
            showPlan(m_whyNoRows);
        }
    };
    if (m_given.areFew) {
        taken(read());
    } else {
        onPool<SeenRows>(this, std::move(read), taken);
    }
}

void BatchDialog::addFields()
{
    addKind(tr("Set to"), Kind::Set, SetRows{});
    addKind(tr("Replace in the text"), Kind::Replace, ReplaceInRows{});
    addKind(tr("Add a number"), Kind::Add, AddToRows{});
    addKind(tr("Delete"), Kind::Delete, DeleteRows{});
    m_kind->setAccessibleName(tr("What to do"));
    m_find->setAccessibleName(tr("Find"));
    m_text->setAccessibleName(tr("Content"));
    m_sample->setAccessibleName(tr("What will change"));
    m_sample->setHorizontalHeaderLabels({tr("Name"), tr("Now"), tr("Then")});
    m_sample->verticalHeader()->hide();
    m_sample->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_sample->horizontalHeader()->setStretchLastSection(true);
    m_sample->setShowGrid(false);
    m_sample->setWordWrap(false);
    m_sample->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_about->setAccessibleName(tr("About the change"));
    m_confirm->setAccessibleName(tr("Name of the connection"));
    m_progress->setAccessibleName(tr("Progress"));
    for (QLabel* label : {m_about, m_confirmText}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_confirmText->hide();
    m_confirm->hide();
    m_progress->hide();
    m_form->addRow(tr("&Do:"), m_kind);
    m_form->addRow(tr("&Find:"), m_find);
    m_form->addRow(tr("&Content:"), m_text);
    m_form->addRow(QString(), m_regex);
    m_form->addRow(QString(), m_empty);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &BatchDialog::showFields);
    connect(m_find, &QLineEdit::textChanged, this, &BatchDialog::plan);
    connect(m_text, &QLineEdit::textChanged, this, &BatchDialog::plan);
    connect(m_regex, &QCheckBox::toggled, this, &BatchDialog::plan);
    connect(m_empty, &QCheckBox::toggled, this, [this](bool isEmpty) {
        m_text->setEnabled(!isEmpty);
        plan();
    });
    connect(m_confirm, &QLineEdit::textChanged, this, [this] { showPlan({}); });
}

void BatchDialog::addKind(const QString& text, Kind kind, const BatchAction& example)
{
    if (isMeantFor(example, m_key.type)) {
        m_kind->addItem(text, static_cast<int>(kind));
    }
}

BatchDialog::Kind BatchDialog::kind() const
{
    return static_cast<Kind>(m_kind->currentData().toInt());
}

BatchAction BatchDialog::action() const
{
    const std::string text = m_text->text().toStdString();
    switch (kind()) {
    case Kind::Set:
        return SetRows{m_empty->isChecked() ? std::string() : text};
    case Kind::Replace:
        return ReplaceInRows{m_find->text().toStdString(), text, m_regex->isChecked()};
    case Kind::Add:
        return AddToRows{text};
    case Kind::Delete:
        break;
    }
    return DeleteRows{};
}

void BatchDialog::showFields()
{
    const bool replaces = kind() == Kind::Replace;
    m_form->setRowVisible(m_find, replaces);
    m_form->setRowVisible(m_regex, replaces);
    m_form->setRowVisible(m_empty, kind() == Kind::Set && m_key.type != KeyType::SortedSet);
    m_form->setRowVisible(m_text, kind() != Kind::Delete);
    if (auto* label = qobject_cast<QLabel*>(m_form->labelForField(m_text))) {
        label->setText(replaces ? tr("Replace &by:") : kind() == Kind::Add ? tr("&Number:") : tr("&Content:"));
    }
    plan();
}

/// Nothing is set to nothing only because nothing has been typed yet.
bool BatchDialog::isWritten() const
{
    return kind() != Kind::Set || !m_text->text().isEmpty() || m_empty->isChecked();
}

/// Many rows are planned beside the window: what is typed meanwhile is planned after that.
void BatchDialog::plan()
{
    ++m_generation;
    if (!m_rows) {
        showPlan(m_whyNoRows);
        return;
    }
    if (!isWritten()) {
        m_isPlanned = false;
        m_plan = std::make_shared<const PlannedRows>();
        showSample();
        showPlan(tr("Type what the rows are set to."));
        return;
    }
    const auto work = [key = m_key.key, type = m_key.type, expiry = m_key.expiry, rows = m_rows, what = action(),
                          size = ListSize{m_key.elements, m_key.memory}]() -> Result<Plan> {
        auto planned = planBatch(key, type, expiry, *rows, what, size);
        return planned ? Result<Plan>(freedElsewhere(plannedRows(*std::move(planned))))
                       : Result<Plan>(std::move(planned).error());
    };
    if (m_given.areFew) {
        take(work());
        return;
    }
    m_isPlanned = false;
    m_button->setEnabled(false);
    if (m_isPlanning) {
        return;
    }
    m_isPlanning = true;
    onPool<Plan>(this, work, [this, generation = m_generation](const Result<Plan>& planned) {
        m_isPlanning = false;
        if (generation != m_generation) {
            plan();
        } else if (!m_run) {
            take(planned);
        }
    });
}

void BatchDialog::take(const Result<Plan>& planned)
{
    m_isPlanned = planned.has_value();
    m_plan = planned ? *planned : std::make_shared<const PlannedRows>();
    showSample();
    showPlan(m_isPlanned ? QString() : planned.error().detail);
}

void BatchDialog::showSample()
{
    const std::vector<ShownRow> rows = firstRows(m_plan->plan, shownRows);
    m_sample->setRowCount(static_cast<int>(rows.size()));
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const ShownRow& shown = rows[at];
        const int row = static_cast<int>(at);
        m_sample->setItem(row, 0, cellOf(shown.name));
        m_sample->setItem(row, 1, cellOf(shown.before));
        m_sample->setItem(row, 2, shown.after ? cellOf(*shown.after) : new QTableWidgetItem(tr("deleted")));
    }
    m_sample->setColumnHidden(0, m_key.type == KeyType::Set);
    m_sample->resizeColumnsToContents();
}

void BatchDialog::showPlan(const QString& problem)
{
    const std::size_t edits = m_plan->rows;
    const std::size_t meant = isWritten() && m_rows ? edits : m_given.count;
    m_button->setText(kind() == Kind::Delete ? countedText(meant, tr("&Delete 1 row"), tr("&Delete %1 rows"))
                                             : countedText(meant, tr("Change 1 &row"), tr("Change %1 &rows")));
    QStringList sentences;
    if (!problem.isEmpty()) {
        sentences += problem;
    } else {
        sentences += edits == 0 ? tr("Nothing would change.") : QString();
        sentences += edits > shownRows ? tr("The first %1 rows are shown.").arg(shownRows) : QString();
        sentences += m_plan->plan.unchanged > 0
            ? countedText(m_plan->plan.unchanged, tr("1 row stays as it is."), tr("%1 rows stay as they are."))
            : QString();
        if (const auto& left = m_plan->plan.left; !left.empty()) {
            const auto& first = left.front();
            sentences += countedText(left.size(), tr("1 row is left out:"), tr("%1 rows are left out:")) + u' '
                + tr("%1: %2.", "name, reason").arg(shownBytes(first.name), first.why);
        }
        sentences += m_plan->uncompared;
        sentences += edits > 0 ? comparedText(m_key.type, *m_plan) : QString();
    }
    sentences.removeAll(QString());
    m_about->setText(sentences.join(u' '));
    const bool isConfirmed = m_confirm->isHidden() || m_confirm->text() == m_session.profile().title();
    m_button->setEnabled(m_isPlanned && edits > 0 && !m_run && isConfirmed);
}

void BatchDialog::run()
{
    if (m_run || m_plan->plan.edits.empty()) {
        return;
    }
    const bool isConfirmed = !m_confirm->isHidden();
    m_run = new BatchRun(m_session, std::shared_ptr<const BatchPlan>(m_plan, &m_plan->plan), m_plan->rows,
        isConfirmed ? confirmedCommands : std::vector<std::string>(), this);
    connect(m_run, &BatchRun::progressed, this, &BatchDialog::showProgress);
    connect(m_run, &BatchRun::ended, this, &BatchDialog::ended);
    for (QWidget* field :
        std::initializer_list<QWidget*>{m_kind, m_find, m_text, m_regex, m_empty, m_button, m_confirm}) {
        field->setEnabled(false);
    }
    m_progress->setRange(0, static_cast<int>(m_run->total()));
    m_progress->setValue(0);
    m_progress->show();
    m_run->start();
}

void BatchDialog::showProgress()
{
    m_progress->setValue(static_cast<int>(m_run->total() - m_run->notBegun()));
}

void BatchDialog::ended()
{
    const BatchRun& run = *m_run;
    if (run.done() > 0) {
        Q_EMIT written(run.keyVanished());
    }
    if (!run.error() && run.troubles().empty() && run.notes().empty() && !run.isExpiryChanged()) {
        std::exchange(m_run, nullptr)->deleteLater();
        accept();
        return;
    }
    const bool asks = run.error() && run.error()->kind == ErrorKind::Confirm && run.done() == 0;
    const QString report = reportText(*m_run, m_session);
    std::exchange(m_run, nullptr)->deleteLater();
    m_progress->hide();
    if (asks) {
        askConfirmation();
        return;
    }
    m_about->setText(report);
    m_cancel->setText(tr("Close"));
    m_cancel->setEnabled(true);
}

void BatchDialog::askConfirmation()
{
    m_confirmText->setText(
        tr("This is a production connection. Type its name, %1, to confirm.").arg(m_session.profile().title()));
    m_confirmText->show();
    m_confirm->show();
    m_confirm->setEnabled(true);
    m_confirm->setFocus();
    showPlan({});
}

void BatchDialog::reject()
{
    if (m_run) {
        m_run->cancel(); // ended() then tells how far it came
        m_cancel->setEnabled(false);
        return;
    }
    QDialog::reject();
}

} // namespace keyglass::ui
