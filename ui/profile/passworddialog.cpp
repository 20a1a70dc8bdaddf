// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/passworddialog.h"

#include "ui/profile/passwordfield.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

namespace {

QString question(const Profile& profile)
{
    const QString where =
        profile.name.isEmpty() ? profile.address() : u"%1 (%2)"_s.arg(profile.name, profile.address());
    return profile.user.isEmpty() ? PasswordDialog::tr("Password for %1").arg(where)
                                  : PasswordDialog::tr("Password of %1 for %2").arg(profile.user, where);
}

QLabel* plainLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

PasswordDialog::PasswordDialog(const Profile& profile, const QString& why, bool canKeep, QWidget* parent)
    : QDialog(parent)
    , m_password(new PasswordField(this))
    , m_keep(new QCheckBox(tr("&Keep it in the system's keychain"), this))
{
    setWindowTitle(tr("Password"));
    auto* reason = plainLabel(why, this);
    reason->setVisible(!why.isEmpty());
    auto* label = plainLabel(question(profile), this);
    label->setBuddy(m_password);
    m_keep->setVisible(canKeep);
    m_keep->setChecked(canKeep && profile.passwordSource == PasswordSource::Keychain);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    auto* connectButton = new QPushButton(tr("C&onnect"), this);
    cancel->setAutoDefault(false);
    connectButton->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(connectButton);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(reason);
    layout->addWidget(label);
    layout->addWidget(m_password);
    layout->addWidget(m_keep);
    layout->addStretch();
    layout->addLayout(buttons);
    setMinimumWidth(400);
    m_password->setFocus();
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(connectButton, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT entered(password(), keepsInKeychain()); });
}

QString PasswordDialog::password() const
{
    return m_password->text();
}

bool PasswordDialog::keepsInKeychain() const
{
    return m_keep->isChecked();
}

} // namespace keyglass::ui
