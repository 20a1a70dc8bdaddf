// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/jobdialog.h"

#include "core/base/errortext.h"
#include "ui/bulk/jobconfirmation.h"
#include "ui/bulk/jobtables.h"
#include "ui/bulk/jobways.h"
#include "ui/bulk/jobwording.h"
#include "ui/bulk/operationfields.h"
#include "ui/bulk/previewpane.h"
#include "ui/common/scrollpane.h"

#include <QAbstractSpinBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr std::uint64_t keysLookedAtUnasked = 50'000;

} // namespace

JobDialog::JobDialog(
    Session& session, const QString& title, OperationFields* fields, std::vector<JobScope> scopes, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_fields(fields)
    , m_scopes(std::move(scopes))
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_begin = buttons->addButton(title, QDialogButtonBox::AcceptRole);
    m_begin->setAutoDefault(false);
    m_cancel = buttons->button(QDialogButtonBox::Cancel);
    m_save = buttons->addButton(tr("Save &plan…"), QDialogButtonBox::ActionRole);
    m_save->setAutoDefault(false);
    m_save->setToolTip(tr("Keeps the plan in a file, to be run later, here or by keyglass bulk run."));
    connect(m_save, &QPushButton::clicked, this, &JobDialog::askPlanFile);
    m_problem = new QLabel(this);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setAccessibleName(tr("Problem"));
    m_problem->hide();
    m_preview = new PreviewPane(this);
    connect(m_preview, &PreviewPane::lookClicked, this, [this] {
        if (m_job && m_job->isWorking()) {
            m_job->cancel();
        } else {
            look();
        }
    });
    m_commands = new QLabel(this);
    m_commands->setTextFormat(Qt::PlainText);
    m_commands->setWordWrap(true);
    m_ways = new JobWays(this);
    connect(m_ways, &JobWays::changed, this, &JobDialog::planChanged);
    m_confirmation = new JobConfirmation(this);
    connect(m_confirmation, &JobConfirmation::changed, this, &JobDialog::check);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    auto* pane = new ScrollPane(this);
    pane->column()->setSpacing(12);
    pane->column()->addWidget(makeScopes());
    pane->column()->addWidget(m_fields);
    pane->column()->addWidget(m_preview, 1);
    pane->column()->addWidget(m_commands);
    pane->column()->addWidget(m_ways);
    layout->addWidget(pane, 1);
    layout->addWidget(m_confirmation);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &JobDialog::begin);
    connect(m_fields, &OperationFields::changed, this, &JobDialog::planChanged);
    connect(&session, &Session::stateChanged, this, &JobDialog::check);
    connect(&session, &Session::snapshotChanged, this, &JobDialog::followList);
    connect(&session, &Session::scanStateChanged, this, &JobDialog::followList);
    resize(QSize(700, 740).boundedTo(roomOnScreen(*this)));
    m_cancel->setDefault(true);
    const bool wantsInput = m_fields->focusProxy() != nullptr && !m_fields->operation();
    (wantsInput ? static_cast<QWidget*>(m_fields) : m_cancel)->setFocus();
    planChanged();
}

JobDialog::~JobDialog()
{
    dropJob();
}

QWidget* JobDialog::makeScopes()
{
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    for (const JobScope& each : m_scopes) {
        auto* button = new QRadioButton(QString(each.text).replace(u'&', QStringLiteral("&&")), box);
        button->setChecked(m_scopeButtons.empty());
        connect(button, &QRadioButton::toggled, this, [this](bool isChosen) {
            if (isChosen) {
                planChanged();
            }
        });
        layout->addWidget(button);
        m_scopeButtons.push_back(button);
    }
    m_scopeButtons.front()->setEnabled(m_scopes.size() > 1 || m_scopes.front().choice); // else there is no other
    return box;
}

void JobDialog::setPlan(const JobPlan& kept)
{
    m_ways->setPlan(kept);
    planChanged();
}

const JobScope& JobDialog::scope() const
{
    for (std::size_t at = 0; at < m_scopeButtons.size(); ++at) {
        if (m_scopeButtons[at]->isChecked()) {
            return m_scopes[at];
        }
    }
    return m_scopes.front();
}

/// Exact for chosen keys and after a look; else what the list has of them.
std::optional<std::uint64_t> JobDialog::keyCount() const
{
    if (const auto* found = previewed()) {
        return found->preview.keys;
    }
    const bool isExact = scope().shown.keys && scope().gap.isEmpty();
    return isExact ? std::optional<std::uint64_t>(scope().shown.count()) : std::nullopt;
}

std::optional<std::uint64_t> JobDialog::changeCount() const
{
    const auto* found = previewed();
    if (!found) {
        return keyCount();
    }
    std::uint64_t left = m_ways->archives() ? found->preview.notUndoable : 0;
    for (const auto& [why, keys] : found->preview.skipped) {
        left += keys;
    }
    return found->preview.keys - std::min(left, found->preview.keys);
}

const BulkRun::Previewed* JobDialog::previewed() const
{
    return m_job && m_job->previewed() && *m_job->previewed() ? &**m_job->previewed() : nullptr;
}

Result<JobPlan> JobDialog::plan() const
{
    auto operation = m_fields->operation();
    if (!operation) {
        return std::move(operation).error();
    }
    JobPlan plan;
    plan.keys = scope().keys;
    plan.operation = *std::move(operation);
    plan.database = m_session.database();
    m_ways->fill(plan);
    plan.refusesChanged = m_session.profile().environment == Environment::Production;
    return plan;
}

Result<PlacedPlan> JobDialog::placedPlan() const
{
    auto wanted = plan();
    return wanted ? m_session.placed(*std::move(wanted), scope().choice) : std::move(wanted).error();
}

/// The list grows while its scan runs, and with it what is known of a folder.
void JobDialog::followList()
{
    const bool hadGap = !scope().gap.isEmpty();
    for (JobScope& each : m_scopes) {
        if (each.renew && !each.gap.isEmpty()) {
            each.renew(each);
        }
    }
    if (!hadGap || m_job) {
        return;
    }
    if (scope().gap.isEmpty()) {
        planChanged();
    } else {
        showPreview();
        check();
    }
}

/// Other keys, or another operation: what was found out does not hold any more.
void JobDialog::planChanged()
{
    dropJob();
    m_preview->showKeys(scope().shown, m_session.hasSeveralDatabases());
    showPreview();
    check();
    if (keyCount().value_or(keysLookedAtUnasked + 1) <= keysLookedAtUnasked) {
        look();
    }
}

void JobDialog::check()
{
    const auto wanted = plan();
    m_confirmation->ask(questions());
    if (wanted) {
        m_begin->setText(beginText(wanted->operation, changeCount()));
        const bool writes = !commandsOf(wanted->operation).empty();
        const QString tables = writes ? jobTablesText(m_session, scope().shown) : QString();
        m_commands->setText(tables.isEmpty() ? commandsText(*wanted) : commandsText(*wanted) + u'\n' + tables);
    }
    const QString why = whyNot();
    m_begin->setEnabled(why.isEmpty() && m_confirmation->isGiven());
    const bool isConnected = m_session.state() == SessionState::Connected;
    m_preview->showLooking(m_job && m_job->isWorking(), wanted && isConnected);
    m_save->setEnabled(wanted.has_value());
    if (wanted) {
        m_ways->showFor(wanted->operation);
    }
    say(why);
}

void JobDialog::look()
{
    auto wanted = plan();
    if (!wanted) {
        return;
    }
    auto job = m_session.addJob(*std::move(wanted), scope().choice, m_fields->target());
    if (!job) {
        say(errorText(job.error()));
        return;
    }
    dropJob();
    m_job = *job;
    connect(m_job, &BulkJob::changed, this, &JobDialog::showPreview);
    connect(m_job, &BulkJob::progressed, this, &JobDialog::showPreview);
    m_job->preview({});
}

void JobDialog::showPreview()
{
    const bool isLooking = m_job && m_job->isWorking();
    if (isLooking) {
        m_preview->showText(tr("Looking through the keys: %1").arg(progressText(*m_job)));
        m_preview->showLooking(true, true);
        return;
    }
    if (!m_job || !m_job->previewed()) {
        m_preview->showText(unseenText());
        m_preview->showLooking(false, m_session.state() == SessionState::Connected);
        return;
    }
    const auto* found = previewed();
    if (!found) {
        const Error& error = m_job->previewed()->error();
        m_preview->showText(error.kind == ErrorKind::Cancelled ? tr("Stopped looking.") : errorText(error));
        check();
        return;
    }
    const auto wanted = plan();
    QString text = previewText(wanted ? *wanted : m_job->plan(), *found);
    if (const auto target = m_fields->target(); target && target->profile) { // it is not connected to yet
        text += u'\n' + tr("Which names are taken there is not looked at.");
    }
    if (const QString space = spaceText(*found); !space.isEmpty()) {
        text += u'\n' + space;
    }
    if (found->report.failure) {
        text += u'\n' + errorText(*found->report.failure);
    }
    m_preview->showPreview(text, found->preview);
    check();
}

void JobDialog::dropJob()
{
    if (m_job) {
        m_job->disconnect(this);
        m_session.removeJob(m_job);
        m_job = nullptr;
    }
}

void JobDialog::keyPressEvent(QKeyEvent* event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool isField =
        qobject_cast<QLineEdit*>(focusWidget()) != nullptr || qobject_cast<QAbstractSpinBox*>(focusWidget()) != nullptr;
    if (!isReturn || !isField) {
        QDialog::keyPressEvent(event);
    } else if (m_begin->isEnabled()) {
        m_begin->setFocus();
    }
}

void JobDialog::begin()
{
    auto wanted = plan();
    if (!wanted || !m_begin->isEnabled()) {
        return;
    }
    const std::vector<std::string> confirmed = m_session.profile().environment == Environment::Production
        ? commandsOf(wanted->operation)
        : std::vector<std::string>();
    auto job = m_session.addJob(*std::move(wanted), scope().choice, m_fields->target());
    if (!job) {
        say(errorText(job.error()));
        return;
    }
    if (const auto* found = previewed()) {
        (*job)->compareWith(found->marks);
    }
    (*job)->expect(keyCount());
    (*job)->setReportFile(m_ways->reportFile());
    (*job)->run(confirmed);
    Q_EMIT begun(*job);
    accept();
}

void JobDialog::askPlanFile()
{
    auto* dialog = new QFileDialog(this, tr("Save the plan"), QString(), tr("Plans (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &JobDialog::savePlanTo);
    dialog->open();
}

void JobDialog::savePlanTo(const QString& file)
{
    const auto wanted = placedPlan();
    if (!wanted) {
        say(errorText(wanted.error()));
        return;
    }
    const auto* found = previewed();
    const Status saved =
        savePlan(file, wanted->plan, scope().choice, found ? found->marks.get() : nullptr, wanted->choiceRoot);
    say(saved ? tr("The plan is in %1.").arg(file) : errorText(saved.error()));
}

void JobDialog::say(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

} // namespace keyglass::ui
