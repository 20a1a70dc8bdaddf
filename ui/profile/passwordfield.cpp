// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/passwordfield.h"

#include "ui/common/icons.h"

#include <QAction>

namespace keyglass::ui {

using namespace Qt::StringLiterals;

PasswordField::PasswordField(QWidget* parent)
    : QLineEdit(parent)
    , m_show(addAction(icon(u"show"_s), TrailingPosition))
{
    m_show->setCheckable(true);
    setAccessibleName(tr("Password"));
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase | Qt::ImhSensitiveData);
    connect(m_show, &QAction::toggled, this, &PasswordField::showPassword);
    showPassword(false);
}

void PasswordField::showPassword(bool shown)
{
    setEchoMode(shown ? Normal : Password);
    m_show->setIcon(icon(shown ? u"hide"_s : u"show"_s));
    m_show->setText(shown ? tr("Hide the password") : tr("Show the password"));
}

} // namespace keyglass::ui
