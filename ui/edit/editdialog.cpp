// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/editdialog.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/edit/draftkeeper.h"
#include "core/edit/uncompared.h"
#include "core/session/tablekeys.h"
#include "ui/common/noticebar.h"
#include "ui/common/whenready.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

/// What the dialogs here send that production may ask about: said yes to together, as they are one action to the user.
const std::vector<std::string> confirmedCommands{"DEL", "UNLINK", "RENAME", "RENAMENX", "RESTORE", "EVAL"};

} // namespace

EditDialog::EditDialog(Session& session, const QString& title, const QString& button, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_form(new QFormLayout)
    , m_table(new QLabel(this))
    , m_uncompared(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_confirmText(new QLabel(this))
    , m_confirm(new QLineEdit(this))
    , m_broughtBack(new NoticeBar(tr("Typed before"), this))
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    m_table->setTextFormat(Qt::PlainText);
    m_table->setWordWrap(true);
    m_table->setAccessibleName(tr("About the table"));
    m_table->hide();
    m_uncompared->setTextFormat(Qt::PlainText);
    m_uncompared->setWordWrap(true);
    m_uncompared->setAccessibleName(tr("What is not compared"));
    m_uncompared->hide();
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setAccessibleName(tr("Problem"));
    m_problem->hide();
    m_confirmText->setTextFormat(Qt::PlainText);
    m_confirmText->setWordWrap(true);
    m_confirmText->hide();
    m_confirm->setAccessibleName(tr("Name of the connection"));
    m_confirm->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_button = buttons->addButton(button, QDialogButtonBox::AcceptRole);
    m_cancel = buttons->button(QDialogButtonBox::Cancel);
    m_button->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_broughtBack);
    layout->addLayout(m_form);
    layout->addWidget(m_table);
    layout->addWidget(m_uncompared);
    layout->addWidget(m_problem);
    layout->addWidget(m_confirmText);
    layout->addWidget(m_confirm);
    layout->addStretch(1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &EditDialog::send);
    connect(m_confirm, &QLineEdit::textChanged, this, &EditDialog::check);
    connect(this, &QDialog::finished, this, &EditDialog::releaseDraft);
}

EditDialog::~EditDialog()
{
    releaseDraft();
}

/// The next dialog may bring it back, also before this one is deleted.
void EditDialog::releaseDraft()
{
    if (m_drafts) {
        m_drafts->release(m_draftKey, m_draftCell);
        m_drafts = nullptr;
    }
}

void EditDialog::makeCancelDefault()
{
    m_button->setAutoDefault(false);
    m_cancel->setDefault(true);
    m_cancel->setFocus();
}

void EditDialog::check()
{
    const auto wanted = edit();
    m_button->setEnabled(wanted && !m_isSending && (m_confirm->isHidden() || isConfirmed()));
    say(wanted ? QString() : wanted.error().detail);
    if (wanted) {
        warnOfTable(*wanted);
        tellUncompared(*wanted);
    }
    noteTyped();
}

void EditDialog::warnOfTable(const KeyEdit& edit)
{
    const TableKeyNames names(m_session.shownKeys(), m_session.hasSeveralDatabases());
    const auto table = names.tableOf(edit.key);
    m_table->setVisible(table.has_value());
    if (table) {
        m_table->setText(tr("This key is a part of table %1 of RedisTABLE. An edit of the plain key leaves the table's "
                            "other keys as they are, and may damage its rows and indexes.")
                .arg(displayText(*table)));
    }
}

/// What of it nobody has read may be another by now.
void EditDialog::tellUncompared(const KeyEdit& edit)
{
    const QString text = uncomparedText(edit);
    m_uncompared->setText(text);
    m_uncompared->setVisible(!text.isEmpty());
}

void EditDialog::say(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

bool EditDialog::isConfirmed() const
{
    return !m_confirm->isHidden() && m_confirm->text() == m_session.profile().title();
}

void EditDialog::send()
{
    auto wanted = edit();
    if (!wanted || m_isSending) {
        return;
    }
    m_isSending = true;
    m_button->setEnabled(false);
    const KeyEdit sent = *wanted;
    whenReady(this, m_session.edit(*std::move(wanted), isConfirmed() ? confirmedCommands : std::vector<std::string>()),
        [this, sent](const Result<EditOutcome>& outcome) { take(sent, outcome); });
}

void EditDialog::take(const KeyEdit& sent, const Result<EditOutcome>& outcome)
{
    m_isSending = false;
    if (outcome && outcome->status == EditOutcome::Status::Done) {
        dropDraft();
        Q_EMIT done(sent, *outcome);
        accept();
        return;
    }
    check();
    if (!outcome && outcome.error().kind == ErrorKind::Confirm) {
        askConfirmation();
    } else {
        KeyEdit named = sent; // as the server calls it
        named.key = m_session.nameOf(sent.key).key;
        say(outcome ? outcomeText(named, *outcome) : errorText(outcome.error()));
    }
    if (outcome) {
        refused(*outcome);
    }
}

void EditDialog::askConfirmation()
{
    const QString name = m_session.profile().title();
    m_confirmText->setText(tr("This is a production connection. Type its name, %1, to confirm.").arg(name));
    m_confirmText->show();
    m_confirm->show();
    m_confirm->setFocus();
    check();
}

} // namespace keyglass::ui
