// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/tlspage.h"

#include "ui/common/theme.h"
#include "ui/profile/checkedfield.h"
#include "ui/profile/filefield.h"

#include <QCheckBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace keyglass::ui {

using Field = ProfileProblem::Field;

TlsPage::TlsPage(To to, QWidget* parent)
    : QWidget(parent)
    , m_to(to)
    , m_enabled(new QCheckBox(
          to == To::Server ? tr("Encry&pt the connection (TLS)") : tr("Encry&pt the connection to the Sentinels (TLS)"),
          this))
    , m_notHere(new QLabel(tr("A unix socket stays on this machine and needs no TLS."), this))
    , m_fields(new QWidget(this))
    , m_caFile(new FileField(tr("CA certificate"), m_fields))
    , m_certificateFile(new FileField(tr("Client certificate"), m_fields))
    , m_keyFile(new FileField(tr("Client key"), m_fields))
    , m_serverName(new QLineEdit(m_fields))
    , m_verify(new QCheckBox(tr("&Verify the server's certificate"), m_fields))
    , m_warning(new QLabel(
          tr("Without it, anyone on the way can read and change everything, the password included."), m_fields))
    , m_checkedCa(new CheckedField(m_caFile, m_fields))
    , m_checkedCertificate(new CheckedField(m_certificateFile, m_fields))
    , m_checkedKey(new CheckedField(m_keyFile, m_fields))
{
    m_caFile->setHint(tr("the system's authorities"));
    m_certificateFile->setHint(tr("none"));
    m_keyFile->setHint(tr("none"));
    m_serverName->setAccessibleName(tr("Server name"));
    m_serverName->setPlaceholderText(tr("the host"));
    m_warning->setWordWrap(true);
    auto* form = new QFormLayout(m_fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->addRow(tr("C&A certificate"), m_checkedCa);
    form->addRow(tr("Cl&ient certificate"), m_checkedCertificate);
    form->addRow(tr("Client ke&y"), m_checkedKey);
    form->addRow(tr("Server &name"), m_serverName);
    form->addRow(QString(), m_verify);
    form->addRow(QString(), m_warning);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addWidget(m_enabled);
    layout->addWidget(m_notHere);
    layout->addWidget(m_fields);
    layout->addStretch();
    connectChanges();
    setTls({});
}

void TlsPage::connectChanges()
{
    for (FileField* file : {m_caFile, m_certificateFile, m_keyFile}) {
        connect(file, &FileField::changed, this, &TlsPage::changed);
    }
    for (QCheckBox* box : {m_enabled, m_verify}) {
        connect(box, &QCheckBox::toggled, this, &TlsPage::enableFields);
        connect(box, &QCheckBox::toggled, this, &TlsPage::changed);
    }
    connect(m_serverName, &QLineEdit::textChanged, this, &TlsPage::changed);
}

void TlsPage::setTls(const ProfileTls& tls)
{
    m_enabled->setChecked(tls.enabled);
    m_caFile->setPath(tls.caFile);
    m_certificateFile->setPath(tls.certificateFile);
    m_keyFile->setPath(tls.keyFile);
    m_serverName->setText(tls.serverName);
    m_verify->setChecked(tls.verify);
    enableFields();
}

ProfileTls TlsPage::tls() const
{
    ProfileTls tls;
    tls.enabled = m_enabled->isChecked() && m_applies;
    tls.verify = m_verify->isChecked();
    tls.caFile = m_caFile->path();
    tls.certificateFile = m_certificateFile->path();
    tls.keyFile = m_keyFile->path();
    tls.serverName = m_serverName->text().trimmed();
    return tls;
}

void TlsPage::setTlsEnabled(bool enabled)
{
    m_enabled->setChecked(enabled);
}

void TlsPage::setApplies(bool applies)
{
    m_applies = applies;
    enableFields();
}

bool TlsPage::showProblem(const ProfileProblem& problem)
{
    const bool own = m_to == To::Server;
    CheckedField* field = nullptr;
    if (problem.field == (own ? Field::CaFile : Field::SentinelCaFile)) {
        field = m_checkedCa;
    } else if (problem.field == (own ? Field::CertificateFile : Field::SentinelCertificateFile)) {
        field = m_checkedCertificate;
    } else if (problem.field == (own ? Field::KeyFile : Field::SentinelKeyFile)) {
        field = m_checkedKey;
    }
    if (!field) {
        return false;
    }
    field->setProblem(problem.text);
    field->setFocus();
    return true;
}

void TlsPage::clearProblems()
{
    for (CheckedField* field : {m_checkedCa, m_checkedCertificate, m_checkedKey}) {
        field->setProblem({});
    }
}

void TlsPage::enableFields()
{
    m_enabled->setEnabled(m_applies);
    m_notHere->setVisible(!m_applies);
    m_fields->setEnabled(m_applies && m_enabled->isChecked());
    m_warning->setVisible(!m_verify->isChecked());
    QPalette colors = palette();
    colors.setColor(QPalette::Active, QPalette::WindowText, toneColor(Tone::Warning, colors));
    colors.setColor(QPalette::Inactive, QPalette::WindowText, toneColor(Tone::Warning, colors));
    m_warning->setPalette(colors);
}

void TlsPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        enableFields();
    }
}

} // namespace keyglass::ui
