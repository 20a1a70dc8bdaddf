// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/jobdialog.h"

#include "core/base/errortext.h"
#include "core/session/bulkjob.h"
#include "core/session/planfile.h"
#include "ui/bulk/jobtables.h"
#include "ui/bulk/jobwording.h"
#include "ui/bulk/operationfields.h"
#include "ui/common/fonts.h"
#include "ui/common/texts.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

constexpr std::uint64_t keysWorthTyping = 1000;
constexpr std::uint64_t keysLookedAtUnasked = 50'000;
constexpr int sampleSize = 200;
constexpr int fastestRate = 10'000'000;

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
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addWidget(makeScopes());
    layout->addWidget(m_fields);
    layout->addWidget(makeFacts(), 1);
    layout->addWidget(makeSafety());
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &JobDialog::begin);
    connect(m_fields, &OperationFields::changed, this, &JobDialog::planChanged);
    connect(&session, &Session::stateChanged, this, &JobDialog::check);
    resize(640, 560);
    m_cancel->setDefault(true);
    m_cancel->setFocus();
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

QWidget* JobDialog::makeFacts()
{
    auto* box = new QWidget(this);
    m_facts = new QLabel(box);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setWordWrap(true);
    m_facts->setAccessibleName(tr("Preview"));
    m_look = new QPushButton(tr("&Look through the keys"), box);
    m_look->setAutoDefault(false);
    m_look->setToolTip(tr("Asks for the type and the time to live of each key; nothing is changed."));
    connect(m_look, &QPushButton::clicked, this, [this] {
        if (m_job && m_job->isWorking()) {
            m_job->cancel();
        } else {
            look();
        }
    });
    m_sample = new QListWidget(box);
    m_sample->setFont(keyFont());
    m_sample->setAccessibleName(tr("Some of the keys"));
    m_sample->setUniformItemSizes(true);
    m_commands = new QLabel(box);
    m_commands->setTextFormat(Qt::PlainText);
    m_commands->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->addWidget(m_facts, 1);
    row->addWidget(m_look, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->addLayout(row);
    layout->addWidget(m_sample, 1);
    layout->addWidget(m_commands);
    return box;
}

QWidget* JobDialog::makeSafety()
{
    auto* box = new QWidget(this);
    m_archives =
        new QCheckBox(tr("&Keep an undo archive: each key is on this computer's disk before it is touched"), box);
    m_archives->setChecked(true);
    m_rate = new QSpinBox(box);
    m_rate->setRange(0, fastestRate);
    m_rate->setSingleStep(1000);
    m_rate->setGroupSeparatorShown(true);
    m_rate->setSpecialValueText(tr("as fast as the server lets"));
    m_rate->setSuffix(tr(" keys/s"));
    m_rate->setAccessibleName(tr("Rate limit"));
    auto* rateLabel = new QLabel(tr("&At most"), box);
    rateLabel->setBuddy(m_rate);
    m_confirmText = new QLabel(box);
    m_confirmText->setTextFormat(Qt::PlainText);
    m_confirmText->setWordWrap(true);
    m_confirm = new QLineEdit(box);
    m_confirm->setAccessibleName(tr("Confirmation"));
    auto* rate = new QHBoxLayout;
    rate->addWidget(rateLabel);
    rate->addWidget(m_rate);
    rate->addStretch(1);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->addWidget(m_archives);
    layout->addLayout(rate);
    layout->addWidget(m_confirmText);
    layout->addWidget(m_confirm);
    connect(m_archives, &QCheckBox::toggled, this, &JobDialog::planChanged);
    connect(m_confirm, &QLineEdit::textChanged, this, &JobDialog::check);
    return box;
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
    if (m_job && m_job->previewed() && *m_job->previewed()) {
        return (*m_job->previewed())->preview.keys;
    }
    return scope().shown.keys ? std::optional<std::uint64_t>(scope().shown.count()) : std::nullopt;
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
    plan.archives = m_archives->isChecked();
    plan.refusesChanged = m_session.profile().environment == Environment::Production;
    if (m_rate->value() > 0) {
        plan.keysPerSecond = static_cast<std::uint64_t>(m_rate->value());
    }
    return plan;
}

QString JobDialog::wantedText() const
{
    const auto wanted = m_fields->operation();
    if (!wanted || commandsOf(*wanted).empty()) {
        return {}; // it can't begin yet, or only reads
    }
    if (m_session.profile().environment == Environment::Production) {
        return m_session.profile().title();
    }
    const auto target = m_fields->target();
    if (target && target->profile && target->profile->environment == Environment::Production) {
        return target->profile->title();
    }
    const std::uint64_t keys = keyCount().value_or(0);
    const bool isMuch = keys >= keysWorthTyping || (!m_archives->isChecked() && keys > 1);
    return isMuch ? QString::number(keys) : QString();
}

/// Other keys, or another operation: what was found out does not hold any more.
void JobDialog::planChanged()
{
    dropJob();
    showSample();
    showPreview();
    check();
    if (keyCount().value_or(keysLookedAtUnasked + 1) <= keysLookedAtUnasked) {
        look();
    }
}

void JobDialog::check()
{
    const auto wanted = plan();
    const QString text = wantedText();
    m_confirmText->setVisible(!text.isEmpty());
    m_confirm->setVisible(!text.isEmpty());
    const bool isName = text != QString::number(keyCount().value_or(0));
    m_confirmText->setText(isName ? tr("This is a production connection. Type its name, %1, to confirm.").arg(text)
            : m_archives->isChecked()
            ? tr("Type the number of keys, %1, to confirm.").arg(text)
            : tr("Without an undo archive this can't be undone. Type the number of keys, %1, to confirm.").arg(text));
    if (wanted) {
        m_begin->setText(beginText(wanted->operation, keyCount()));
        const bool writes = !commandsOf(wanted->operation).empty();
        const QString tables = writes ? jobTablesText(m_session, scope().shown) : QString();
        m_commands->setText(tables.isEmpty() ? commandsText(*wanted) : commandsText(*wanted) + u'\n' + tables);
    }
    const bool isConnected = m_session.state() == SessionState::Connected;
    m_begin->setEnabled(wanted && isConnected && (text.isEmpty() || m_confirm->text().trimmed() == text));
    m_look->setEnabled(wanted && isConnected);
    m_save->setEnabled(wanted.has_value());
    m_archives->setVisible(wanted && destroys(wanted->operation));
    say(wanted ? isConnected ? QString() : tr("There is no connection.") : wanted.error().detail);
}

void JobDialog::look()
{
    auto wanted = plan();
    if (!wanted) {
        return;
    }
    auto job = m_session.addJob(*std::move(wanted), scope().choice);
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
    m_look->setText(isLooking ? tr("&Stop looking") : tr("&Look through the keys"));
    if (isLooking) {
        m_facts->setText(tr("Looking through the keys: %1").arg(progressText(*m_job)));
        return;
    }
    if (!m_job || !m_job->previewed()) {
        const auto keys = keyCount();
        m_facts->setText(
            keys ? tr("%1 in the list.").arg(countOfKeys(*keys)) : tr("How many keys that are is not known yet."));
        return;
    }
    const auto& previewed = *m_job->previewed();
    if (!previewed) {
        m_facts->setText(
            previewed.error().kind == ErrorKind::Cancelled ? tr("Stopped looking.") : errorText(previewed.error()));
        return;
    }
    const auto wanted = plan();
    QString text = previewText(wanted ? *wanted : m_job->plan(), *previewed);
    if (const QString space = spaceText(*previewed); !space.isEmpty()) {
        text += u'\n' + space;
    }
    if (previewed->report.failure) {
        text += u'\n' + errorText(*previewed->report.failure);
    }
    m_facts->setText(text);
    check();
}

void JobDialog::showSample()
{
    m_sample->clear();
    if (!scope().shown.keys) {
        return;
    }
    scope().shown.forEachKey(KeyOrder::Ascending, {}, [this](std::string_view key) {
        m_sample->addItem(displayText(key));
        return m_sample->count() < sampleSize;
    });
    if (const auto all = scope().shown.count(); all > sampleSize) {
        m_sample->addItem(tr("… and %1 more").arg(numberText(all - sampleSize)));
        m_sample->item(sampleSize)->setFlags(Qt::NoItemFlags);
    }
}

void JobDialog::dropJob()
{
    if (m_job) {
        m_job->disconnect(this);
        m_session.removeJob(m_job);
        m_job = nullptr;
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
    auto wanted = plan();
    if (!wanted) {
        return;
    }
    const Status saved = savePlan(file, *std::move(wanted), scope().choice);
    say(saved ? tr("The plan is in %1.").arg(file) : errorText(saved.error()));
}

void JobDialog::say(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

} // namespace keyglass::ui
