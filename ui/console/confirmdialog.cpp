// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/confirmdialog.h"

#include "ui/common/fonts.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace keyglass::ui {

namespace {

QLabel* plainLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

ConfirmDialog::ConfirmDialog(const Profile& profile, const QString& line, const Error& why, QWidget* parent)
    : QDialog(parent)
    , m_name(profile.environment == Environment::Production ? profile.title() : QString())
    , m_typed(new QLineEdit(this))
{
    setWindowTitle(tr("Run a command"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* command = plainLabel(line, this);
    command->setFont(keyFont());
    m_typed->setAccessibleName(tr("Name of the connection"));
    m_typed->setVisible(!m_name.isEmpty());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    const QString name = why.subject.section(QStringLiteral(": "), -1);
    m_run =
        buttons->addButton(tr("Run %1").arg(name.isEmpty() ? tr("the command") : name), QDialogButtonBox::AcceptRole);
    m_run->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(command);
    layout->addWidget(plainLabel(why.detail, this));
    if (!m_name.isEmpty()) {
        layout->addWidget(plainLabel(tr("To run it on %1, type that name.").arg(m_name), this));
    }
    layout->addWidget(m_typed);
    layout->addStretch(1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_typed, &QLineEdit::textChanged, this, &ConfirmDialog::check);
    check();
    setMinimumWidth(420);
}

void ConfirmDialog::check()
{
    m_run->setEnabled(m_name.isEmpty() || m_typed->text() == m_name);
}

} // namespace keyglass::ui
