// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/passphrasedialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace keyglass::ui {

PassphraseDialog::PassphraseDialog(For use, QWidget* parent)
    : QDialog(parent)
    , m_passphrase(new QLineEdit(this))
    , m_problem(new QLabel(this))
{
    const bool isNew = use == For::NewArchives;
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(isNew ? tr("Seal new archives") : tr("Sealed archive"));
    auto* form = new QFormLayout(this);
    auto* about = new QLabel(isNew
            ? tr("Undo archives of this session are encrypted from now on. Without the passphrase nobody brings their "
                 "keys back, you included; Keyglass keeps it until the session is closed and writes it nowhere.")
            : tr("This archive is encrypted by a passphrase."),
        this);
    about->setWordWrap(true);
    form->addRow(about);
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setAccessibleName(tr("Passphrase"));
    form->addRow(tr("&Passphrase"), m_passphrase);
    if (isNew) {
        m_again = new QLineEdit(this);
        m_again->setEchoMode(QLineEdit::Password);
        m_again->setAccessibleName(tr("Passphrase again"));
        form->addRow(tr("&Again"), m_again);
        connect(m_again, &QLineEdit::textChanged, this, &PassphraseDialog::check);
    }
    m_problem->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(m_problem);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_use = buttons->addButton(isNew ? tr("Seal new archives") : tr("Open archive"), QDialogButtonBox::AcceptRole);
    m_use->setDefault(true);
    form->addRow(buttons);
    connect(m_passphrase, &QLineEdit::textChanged, this, &PassphraseDialog::check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT entered(m_passphrase->text().toUtf8());
        accept();
    });
    m_passphrase->setFocus();
    check();
}

void PassphraseDialog::check()
{
    const bool isSame = m_again == nullptr || m_again->text() == m_passphrase->text();
    m_use->setEnabled(!m_passphrase->text().isEmpty() && isSame);
    m_problem->setText(isSame || m_again->text().isEmpty() ? QString() : tr("The two differ."));
}

} // namespace keyglass::ui
