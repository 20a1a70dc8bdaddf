// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/saveresultdialog.h"

#include "ui/window/resultwording.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace keyglass::ui {

namespace {

constexpr int longestName = 120;

} // namespace

SaveResultDialog::SaveResultDialog(KeyScopes scopes, QWidget* parent)
    : QDialog(parent)
    , m_scopes(std::move(scopes))
    , m_name(new QLineEdit(this))
    , m_scope(new KeyScopeBox(m_scopes, this))
    , m_about(new QLabel(this))
{
    setWindowTitle(tr("Save result"));
    setMinimumWidth(420);
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(longestName);
    m_about->setWordWrap(true);
    m_about->setTextFormat(Qt::PlainText);
    m_about->setForegroundRole(QPalette::PlaceholderText);
    auto* form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(8);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("Keys"), m_scope);
    form->addRow(m_about);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("Save result"), QDialogButtonBox::AcceptRole);
    m_save->setDefault(true);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &SaveResultDialog::refresh);
    connect(m_scope, &KeyScopeBox::scopeChanged, this, &SaveResultDialog::refresh);
    refresh();
    m_name->selectAll();
    m_name->setFocus();
}

void SaveResultDialog::refresh()
{
    const ResultSetInfo info = m_scopes.aboutScope(m_scope->scope());
    if (m_name->text() == m_suggested) { // the user has not given it another
        m_suggested = suggestedName(info);
        m_name->setText(m_suggested);
    }
    const QString gaps = gapsText(info);
    m_about->setText(gaps.isEmpty() ? tr("Holds %1.").arg(originText(info))
                                    : tr("Holds %1. Keys may be missing: %2.").arg(originText(info), gaps));
    m_save->setEnabled(!m_name->text().trimmed().isEmpty());
}

KeyChoice SaveResultDialog::keys() const
{
    return m_scopes.choice(m_scope->scope());
}

ResultSetInfo SaveResultDialog::about() const
{
    ResultSetInfo info = m_scopes.aboutScope(m_scope->scope());
    info.name = m_name->text().trimmed();
    return info;
}

} // namespace keyglass::ui
