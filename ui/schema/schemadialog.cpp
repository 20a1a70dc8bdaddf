// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schemadialog.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/base/filewriting.h"
#include "ui/common/fonts.h"
#include "ui/common/scrollpane.h"
#include "ui/common/whenready.h"
#include "ui/schema/schemafields.h"
#include "ui/schema/schemaoptions.h"
#include "ui/schema/schemawording.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>

#include <utility>

namespace keyglass::ui {

namespace {

using Kind = SchemaChange::Kind;

QLabel* plainLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAccessibleName(name);
    label->hide();
    return label;
}

} // namespace

SchemaDialog::SchemaDialog(Session& session, const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_text(new QPlainTextEdit(this))
    , m_passphraseText(plainLabel(tr("Why a passphrase"), this))
    , m_passphrase(new QLineEdit(this))
    , m_confirmText(plainLabel(tr("What to type"), this))
    , m_confirm(new QLineEdit(this))
    , m_problem(plainLabel(tr("Problem"), this))
    , m_progress(new QProgressBar(this))
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    m_text->setReadOnly(true);
    m_text->setFont(keyFont());
    m_text->setAccessibleName(tr("Preview"));
    m_passphraseText->setText(tr("The archive is sealed. Its &passphrase:"));
    m_passphraseText->setBuddy(m_passphrase);
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setAccessibleName(tr("Passphrase"));
    m_passphrase->hide();
    m_confirm->setAccessibleName(tr("Confirmation"));
    m_confirm->hide();
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_run = buttons->addButton(title, QDialogButtonBox::AcceptRole);
    m_save = buttons->addButton(tr("&Save plan…"), QDialogButtonBox::ActionRole);
    m_undo = buttons->addButton(tr("&Undo"), QDialogButtonBox::ActionRole);
    m_clear = buttons->addButton(tr("&Drop what is left…"), QDialogButtonBox::ActionRole);
    m_clear->setToolTip(tr("Removes the keys of the former table, and keeps them in an undo archive"));
    m_cancel = buttons->button(QDialogButtonBox::Cancel);
    for (QPushButton* button : {m_run, m_save, m_undo, m_clear}) {
        button->setAutoDefault(false);
    }
    m_cancel->setDefault(true);
    m_undo->hide();
    m_clear->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_passphraseText);
    layout->addWidget(m_passphrase);
    layout->addWidget(m_confirmText);
    layout->addWidget(m_confirm);
    layout->addWidget(m_problem);
    layout->addWidget(m_progress);
    layout->addWidget(buttons);
    m_typing.setSingleShot(true);
    m_typing.setInterval(300);
    m_ticking.setInterval(200);
    connect(buttons, &QDialogButtonBox::accepted, this, &SchemaDialog::begin);
    connect(buttons, &QDialogButtonBox::rejected, this, &SchemaDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &SchemaDialog::savePlan);
    connect(m_undo, &QPushButton::clicked, this, &SchemaDialog::undo);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        if (m_preview) {
            Q_EMIT undoWanted({Kind::DropTable, m_preview->plan.change.table});
        }
    });
    connect(m_passphrase, &QLineEdit::textChanged, this, &SchemaDialog::check);
    connect(m_confirm, &QLineEdit::textChanged, this, &SchemaDialog::check);
    connect(&m_typing, &QTimer::timeout, this, &SchemaDialog::askPreview);
    connect(&m_ticking, &QTimer::timeout, this, &SchemaDialog::tellStage);
    resize(QSize(680, 620).boundedTo(roomOnScreen(*this)));
}

SchemaDialog::SchemaDialog(Session& session, std::vector<Kind> kinds, const SchemaChange& change, QWidget* parent)
    : SchemaDialog(session, kinds.size() == 1 ? titleOf(kinds.front()) : tr("Change a table"), parent)
{
    makeAsking(std::move(kinds), change);
}

SchemaDialog::SchemaDialog(Session& session, const SchemaPlan& plan, QWidget* parent)
    : SchemaDialog(session, titleOf(plan.change.kind), parent)
{
    m_plan = plan;
    makeAsking({plan.change.kind}, plan.change);
    m_fields->setEnabled(false); // another change would be another plan
}

SchemaDialog::SchemaDialog(Session& session, const Archive& archive, QWidget* parent)
    : SchemaDialog(session, tr("Undo a change of a table"), parent)
{
    m_undone = archive;
    m_save->hide();
    m_cancel->setFocus();
    askUndoPreview();
    check();
}

SchemaDialog::~SchemaDialog()
{
    m_stop.request_stop();
    m_previewStop.request_stop();
}

SchemaDialog* SchemaDialog::ask(Session& session, const SchemaChange& change, QWidget* parent, QObject* life)
{
    return shown(new SchemaDialog(session, {change.kind}, change, parent), life);
}

SchemaDialog* SchemaDialog::shown(SchemaDialog* dialog, QObject* life)
{
    connect(life, &QObject::destroyed, dialog, &QObject::deleteLater);
    connect(dialog, &SchemaDialog::undoWanted, life, [dialog, life](const SchemaChange& change) {
        auto* undoing = ask(dialog->m_session, change, dialog->parentWidget(), life);
        connect(undoing, &SchemaDialog::changed, dialog, &SchemaDialog::changed);
        connect(undoing, &SchemaDialog::changed, dialog, &SchemaDialog::lookAgain);
    });
    dialog->show();
    return dialog;
}

void SchemaDialog::makeAsking(std::vector<Kind> kinds, const SchemaChange& change)
{
    m_session.schemas().forgetRights();
    m_fields = new SchemaFields(m_session, std::move(kinds), change, this);
    m_options = new SchemaOptions(this);
    auto* all = qobject_cast<QVBoxLayout*>(layout());
    all->insertWidget(0, m_fields);
    all->insertWidget(2, m_options);
    connect(m_fields, &SchemaFields::changed, this, [this] {
        m_preview.reset();
        m_clear->hide();
        m_looking.reset();
        ++m_previewNumber;
        m_previewStop.request_stop(); // one at a time: each may go through all keys of the node
        m_typing.start();
        check();
    });
    m_fields->focusFirst(); // else the empty preview had it
    m_typing.start();
    check();
}

/// What was in the way may be gone.
void SchemaDialog::lookAgain()
{
    if (m_fields && !isRunning() && !m_isOver) {
        Q_EMIT m_fields->changed();
    }
}

void SchemaDialog::askPreview()
{
    const auto change = m_fields->change();
    ++m_previewNumber;
    m_previewStop.request_stop();
    if (isRunning() || m_isOver) {
        return;
    }
    m_text->setPlainText(change ? tr("Looking at the table and the keys of its node…") : QString());
    m_looking.reset();
    if (!change) {
        return;
    }
    auto work = m_session.schemas().preview(*change);
    m_looking = work.stage;
    m_ticking.start();
    m_previewStop = work.stop;
    whenReady(this, work.answer, [this, number = m_previewNumber](const Result<SchemaPreview>& preview) {
        if (number == m_previewNumber && !isRunning() && !m_isOver) {
            take(preview);
        }
    });
}

/// A walk over all keys of a node takes its time.
void SchemaDialog::tellLooking()
{
    if (m_looking->done > 0) {
        m_text->setPlainText(tr("Looking at the table and the keys of its node…") + u'\n' + stageText(*m_looking));
    }
}

void SchemaDialog::take(const Result<SchemaPreview>& preview)
{
    m_looking.reset();
    m_ticking.stop();
    if (preview) {
        m_preview = *preview;
        m_fields->offerFormerRows(preview->former.total() > 0);
        m_clear->setVisible(preview->former.total() > 0);
        m_text->setPlainText(
            previewText(*preview, m_plan ? driftOf(*m_plan, preview->plan.madeOn) : std::vector<std::string>()));
    } else {
        m_text->clear();
    }
    check();
    if (!preview) {
        say(errorText(preview.error()));
    }
}

/// What drops data asks for what it drops, production for its own name; empty: nothing has to be typed.
QString SchemaDialog::wantedText() const
{
    if (m_preview && isDestructive(m_preview->plan.change.kind)) {
        return displayText(m_preview->plan.change.table);
    }
    const Profile& profile = m_session.profile();
    return profile.environment == Environment::Production ? profile.title() : QString();
}

bool SchemaDialog::isReady() const
{
    return m_fields ? m_preview && m_preview->refusal.isEmpty() : m_undoPreview && m_undoPreview->refusal.isEmpty();
}

void SchemaDialog::check()
{
    if (isRunning() || m_isOver) {
        return;
    }
    if (m_fields) {
        checkFields();
    }
    const QString wanted = isReady() ? wantedText() : QString();
    m_confirmText->setText(tr("To have it done, type %1.").arg(wanted));
    m_confirmText->setVisible(!wanted.isEmpty());
    m_confirm->setVisible(!wanted.isEmpty());
    m_run->setEnabled(
        isSealed() ? !m_passphrase->text().isEmpty() : isReady() && (wanted.isEmpty() || m_confirm->text() == wanted));
}

void SchemaDialog::checkFields()
{
    const auto change = m_fields->change();
    m_run->setText(buttonOf(m_fields->kind()));
    const bool drops = isDestructive(m_fields->kind());
    m_options->setDrops(drops);
    m_run->setDefault(!drops); // while it can't be pressed, Return in a field does nothing
    m_cancel->setDefault(drops);
    m_save->setEnabled(m_preview.has_value());
    say(change ? QString() : change.error().detail);
}

void SchemaDialog::say(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void SchemaDialog::begin()
{
    if (m_run->isEnabled() && isSealed()) {
        m_undone.passphrase = m_passphrase->text().toUtf8();
        m_run->setEnabled(false);
        askUndoPreview();
        return;
    }
    if (!m_run->isEnabled() || !isReady() || isRunning()) {
        return;
    }
    if (m_undoPreview) {
        m_confirm->setEnabled(false);
        m_run->setEnabled(false);
        beginUndo(m_undone);
        return;
    }
    SchemaRun run{*m_preview, m_options->wait(), m_options->saves(), m_options->archives(), schemaCommands()};
    for (QWidget* widget : std::initializer_list<QWidget*>{m_fields, m_options, m_run, m_save, m_confirm, m_clear}) {
        widget->setEnabled(false);
    }
    follow(m_session.schemas().run(std::move(run)));
}

void SchemaDialog::follow(const SchemaWork<SchemaReport>& work)
{
    m_stage = work.stage;
    m_stop = work.stop;
    m_cancel->setText(tr("S&top"));
    m_progress->show();
    m_ticking.start();
    say({});
    tellStage();
    whenReady(this, work.answer, [this](const Result<SchemaReport>& report) { ended(report); });
}

void SchemaDialog::tellStage()
{
    if (!isRunning()) {
        if (m_looking) {
            tellLooking();
        }
        return;
    }
    const std::uint64_t of = m_stage->of;
    m_progress->setRange(0, of > 0 ? 1000 : 0);
    m_progress->setValue(of > 0 ? static_cast<int>(std::min<std::uint64_t>(m_stage->done * 1000 / of, 1000)) : 0);
    say(stageText(*m_stage));
}

void SchemaDialog::ended(const Result<SchemaReport>& report)
{
    m_stage.reset();
    m_ticking.stop();
    m_progress->hide();
    m_cancel->setEnabled(true);
    m_cancel->setText(tr("Close"));
    m_text->setAccessibleName(tr("Report"));
    m_isOver = true;
    m_confirm->hide();
    m_confirmText->hide();
    if (m_fields) {
        m_fields->hide();
        m_options->hide();
    }
    m_run->hide();
    m_save->hide();
    m_clear->hide();
    if (!report) {
        m_text->setPlainText(tr("Nothing was done."));
        say(report.error().kind == ErrorKind::Cancelled ? tr("Stopped.") : errorText(report.error()));
        return;
    }
    say({});
    m_text->setPlainText(reportText(*report, m_isUndo));
    offerUndo(*report);
    Q_EMIT changed(displayText(report->change.table));
}

void SchemaDialog::savePlan()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Save plan"), {}, tr("Schema plans (*.json)"));
    if (file.isEmpty() || !m_preview) {
        return;
    }
    QSaveFile out(file);
    const Status saved = out.open(QIODevice::WriteOnly) ? saveWhole(out, planToJson(m_preview->plan))
                                                        : Status(Error{ErrorKind::File, file, out.errorString()});
    say(saved ? tr("The plan is in %1.").arg(file) : errorText(saved.error()));
}

/// What runs is stopped first, and told.
void SchemaDialog::reject()
{
    if (isRunning()) {
        m_stop.request_stop();
        m_cancel->setEnabled(false);
        return;
    }
    QDialog::reject();
}

} // namespace keyglass::ui
