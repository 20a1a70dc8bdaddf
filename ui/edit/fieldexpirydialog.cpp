// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/fieldexpirydialog.h"

#include "core/base/bytes.h"
#include "ui/edit/dialogwords.h"
#include "ui/edit/expiryfield.h"

#include <QFormLayout>
#include <QLabel>

#include <utility>

namespace keyglass::ui {

FieldExpiryDialog::FieldExpiryDialog(Session& session, SeenElement seen, QWidget* parent)
    : EditDialog(session, tr("Time to live of a field"), tr("Set"), parent)
    , m_seen(std::move(seen))
    , m_expiry(new ExpiryField(this))
    , m_now(sentence(QString(), this))
{
    m_expiry->setLeft(m_seen.fieldLeft);
    const QString field = shownBytes(m_seen.cells.front().bytes);
    form().addRow(sentence(tr("Field %1 of %2").arg(field, shownBytes(session.nameOf(m_seen.key.key).key)), this));
    form().addRow(tr("&Expires"), m_expiry);
    form().addRow(m_now);
    m_now->setAccessibleName(tr("What is there now"));
    m_now->hide();
    connect(m_expiry, &ExpiryField::changed, this, &FieldExpiryDialog::check);
    m_expiry->setFocus();
    check();
}

Result<KeyEdit> FieldExpiryDialog::edit() const
{
    return editOf(m_seen.key, SetFieldExpiry{m_seen.cells.front().bytes, m_expiry->expiry(), m_seen.fieldEnd});
}

/// What is there now is what the user sees now, and sets anew.
void FieldExpiryDialog::refused(const EditOutcome& outcome)
{
    if (outcome.status == EditOutcome::Status::Conflict && outcome.now.fieldEnd) {
        m_seen.fieldEnd = outcome.now.fieldEnd;
        m_now->setText(endNowText(outcome.now.fieldEnd->at));
        m_now->show();
    }
}

} // namespace keyglass::ui
