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

QString sentinelQuestion(const Profile& profile)
{
    return profile.sentinelUser.isEmpty()
        ? PasswordDialog::tr("Password for the Sentinels themselves")
        : PasswordDialog::tr("Password of %1 for the Sentinels themselves").arg(profile.sentinelUser);
}

bool isKept(const Profile& profile, PasswordDialog::Asked asked)
{
    return (asked.server && profile.passwordSource == PasswordSource::Keychain)
        || (asked.sentinels && profile.sentinelPasswordSource == PasswordSource::Keychain);
}

QLabel* plainLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

PasswordDialog::PasswordDialog(const Profile& profile, const QString& why, bool canKeep, Asked asked, QWidget* parent)
    : QDialog(parent)
    , m_password(new PasswordField(this))
    , m_sentinelPassword(new PasswordField(this))
    , m_keep(new QCheckBox(tr("&Keep it in the system's keychain"), this))
{
    setWindowTitle(tr("Password"));
    auto* reason = plainLabel(why, this);
    reason->setVisible(!why.isEmpty());
    m_sentinelPassword->setAccessibleName(tr("Sentinels' password"));
    m_keep->setVisible(canKeep);
    m_keep->setText(asked.server && asked.sentinels ? tr("&Keep them in the system's keychain")
                                                    : tr("&Keep it in the system's keychain"));
    m_keep->setChecked(canKeep && isKept(profile, asked));
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
    addField(m_password, asked.server ? question(profile) : QString(), layout);
    addField(m_sentinelPassword, asked.sentinels ? sentinelQuestion(profile) : QString(), layout);
    layout->addWidget(m_keep);
    layout->addStretch();
    layout->addLayout(buttons);
    setMinimumWidth(400);
    (asked.server ? m_password : m_sentinelPassword)->setFocus();
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(connectButton, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT entered(passwords(), keepsInKeychain()); });
}

/// Without a question the field is not shown.
void PasswordDialog::addField(PasswordField* field, const QString& question, QBoxLayout* layout)
{
    field->setVisible(!question.isEmpty());
    if (question.isEmpty()) {
        return;
    }
    auto* label = plainLabel(question, this);
    label->setBuddy(field);
    layout->addWidget(label);
    layout->addWidget(field);
}

Credentials PasswordDialog::passwords() const
{
    return {m_password->text(), m_sentinelPassword->text()};
}

bool PasswordDialog::keepsInKeychain() const
{
    return m_keep->isChecked();
}

} // namespace keyglass::ui
