// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/keydialogs.h"

#include "core/base/bytes.h"
#include "ui/edit/bytesfield.h"
#include "ui/edit/dialogwords.h"
#include "ui/edit/expiryfield.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>

#include <utility>

namespace keyglass::ui {

// --- rename

RenameDialog::RenameDialog(Session& session, SeenKey seen, QWidget* parent)
    : EditDialog(session, tr("Rename key"), tr("Rename"), parent)
    , m_seen(std::move(seen))
    , m_name(session.nameOf(m_seen.key).key)
    , m_to(new BytesField(tr("New name"), this))
    , m_overwrite(new QCheckBox(tr("&Overwrite the key that has this name; the undo archive keeps what it is"), this))
{
    m_to->setBytes(m_name);
    m_to->selectAll();
    m_overwrite->hide(); // until there is one
    form().addRow(sentence(shownBytes(m_name), this));
    form().addRow(tr("&New name"), m_to);
    form().addRow(m_overwrite);
    connect(m_to, &BytesField::textChanged, this, [this] {
        m_overwrite->hide();
        m_overwrite->setChecked(false);
        check();
    });
    connect(m_overwrite, &QCheckBox::toggled, this, &RenameDialog::check);
    m_to->setFocus();
    check();
}

Result<KeyEdit> RenameDialog::edit() const
{
    auto to = m_to->bytes();
    if (!to) {
        return std::move(to).error();
    }
    if (*to == m_name) {
        return Error{ErrorKind::Input, {}, {}}; // nothing to say: it is the name it has
    }
    KeyEdit edit = editOf(m_seen, RenameKey{*std::move(to), m_overwrite->isChecked()});
    edit.archives = m_overwrite->isChecked();
    return edit;
}

void RenameDialog::refused(const EditOutcome& outcome)
{
    const bool isTaken = outcome.status == EditOutcome::Status::Conflict && outcome.now.element;
    m_overwrite->setVisible(isTaken && !m_overwrite->isChecked());
}

// --- time to live

ExpiryDialog::ExpiryDialog(Session& session, SeenKey seen, QWidget* parent)
    : EditDialog(session, tr("Time to live"), tr("Set"), parent)
    , m_seen(std::move(seen))
    , m_expiry(new ExpiryField(this))
    , m_now(sentence(QString(), this))
{
    m_now->setAccessibleName(tr("What is there now"));
    m_now->hide();
    m_expiry->setLeft(m_seen.ttl);
    form().addRow(sentence(shownBytes(session.nameOf(m_seen.key).key), this));
    form().addRow(tr("&Expires"), m_expiry);
    form().addRow(m_now);
    connect(m_expiry, &ExpiryField::changed, this, &ExpiryDialog::check);
    m_expiry->setFocus();
    check();
}

Result<KeyEdit> ExpiryDialog::edit() const
{
    const auto expiry = m_expiry->expiry();
    return expiry ? editOf(m_seen, SetExpiry{*expiry}) : editOf(m_seen, ClearExpiry{});
}

/// What is there now is what the user sees now, and sets anew.
void ExpiryDialog::refused(const EditOutcome& outcome)
{
    if (outcome.status == EditOutcome::Status::Conflict && outcome.now.isExpiryKnown) {
        m_seen.expiry = SeenExpiry{outcome.now.expiresAt};
        m_now->setText(endNowText(outcome.now.expiresAt));
        m_now->show();
    }
}

// --- delete

DeleteDialog::DeleteDialog(Session& session, SeenKey seen, QWidget* parent)
    : EditDialog(session, tr("Delete key"), tr("Delete key"), parent)
    , m_seen(std::move(seen))
    , m_archives(new QCheckBox(tr("&Keep it in an undo archive on this computer"), this))
{
    form().addRow(sentence(tr("Delete %1?").arg(shownBytes(session.nameOf(m_seen.key).key)), this));
    if (!m_seen.typeName.empty()) {
        form().addRow(sentence(tr("It holds a value of the type %1.").arg(displayText(m_seen.typeName)), this));
    }
    m_archives->setChecked(true);
    form().addRow(m_archives);
    auto* warning = sentence(tr("This can't be undone."), this);
    warning->hide();
    form().addRow(warning);
    connect(m_archives, &QCheckBox::toggled, warning, &QLabel::setHidden);
    makeCancelDefault();
    check();
}

Result<KeyEdit> DeleteDialog::edit() const
{
    KeyEdit edit = editOf(m_seen, DeleteKey{});
    edit.archives = m_archives->isChecked();
    edit.seenLength = m_seen.elements;
    edit.seenContent = m_seen.content;
    return edit;
}

/// The user has been told that others change it, and deletes it whatever they do.
void DeleteDialog::refused(const EditOutcome& outcome)
{
    if (outcome.status == EditOutcome::Status::WrongType) {
        m_seen.typeName = outcome.now.typeName;
    }
    if (outcome.status == EditOutcome::Status::Conflict || outcome.status == EditOutcome::Status::WrongType) {
        m_seen.elements.reset();
        m_seen.expiry.reset();
        m_seen.content.reset();
    }
}

} // namespace keyglass::ui
