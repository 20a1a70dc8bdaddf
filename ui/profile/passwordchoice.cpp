// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/passwordchoice.h"

#include "ui/profile/passwordfield.h"

#include <QComboBox>
#include <QFormLayout>
#include <QSignalBlocker>
#include <QStandardItemModel>

namespace keyglass::ui {

namespace {

int numberOf(PasswordSource source)
{
    return static_cast<int>(source);
}

} // namespace

PasswordChoice::PasswordChoice(const QString& passwordName, const QString& keepName, QWidget* page)
    : QObject(page)
    , m_password(new PasswordField(page))
    , m_keep(new QComboBox(page))
{
    m_password->setAccessibleName(passwordName);
    m_keep->setAccessibleName(keepName);
    m_keep->addItem(tr("None is asked for"), numberOf(PasswordSource::None));
    m_keep->addItem(tr("Keep it in the system's keychain"), numberOf(PasswordSource::Keychain));
    m_keep->addItem(tr("Ask each time"), numberOf(PasswordSource::Asked));
    connect(m_password, &QLineEdit::textEdited, this, &PasswordChoice::edited);
    connect(m_password, &QLineEdit::textChanged, this, &PasswordChoice::changed);
    connect(m_keep, &QComboBox::currentIndexChanged, this, &PasswordChoice::showHint);
    connect(m_keep, &QComboBox::currentIndexChanged, this, &PasswordChoice::changed);
}

void PasswordChoice::addTo(QFormLayout* form, const QString& label)
{
    form->addRow(label, m_password);
    form->addRow(QString(), m_keep);
}

void PasswordChoice::setVisible(QFormLayout* form, bool visible)
{
    form->setRowVisible(m_password, visible);
    form->setRowVisible(m_keep, visible);
}

void PasswordChoice::setSource(PasswordSource source, bool kept)
{
    m_wasKept = kept;
    choose(source);
    showHint();
}

PasswordSource PasswordChoice::source() const
{
    return static_cast<PasswordSource>(m_keep->currentData().toInt());
}

void PasswordChoice::setPassword(const QString& password)
{
    m_password->setText(password);
    edited(password);
}

std::optional<QString> PasswordChoice::password() const
{
    const bool unchanged = m_password->text().isEmpty() && m_wasKept && source() == PasswordSource::Keychain;
    return unchanged ? std::nullopt : std::optional(m_password->text());
}

void PasswordChoice::setKeychainAvailable(bool available)
{
    m_keychainAvailable = available;
    const int row = m_keep->findData(numberOf(PasswordSource::Keychain));
    m_keep->setItemText(row,
        available ? tr("Keep it in the system's keychain") : tr("Keep it in the system's keychain (none is running)"));
    if (auto* model = qobject_cast<QStandardItemModel*>(m_keep->model())) {
        model->item(row)->setEnabled(available);
    }
    if (!available && !m_wasKept && source() == PasswordSource::Keychain) {
        const QSignalBlocker quiet(this); // a test that runs is about the same server as before
        choose(PasswordSource::Asked);
    }
}

/// Who types a password means it to be used; who empties the field again means none.
void PasswordChoice::edited(const QString& text)
{
    if (!text.isEmpty() && source() == PasswordSource::None) {
        choose(m_keychainAvailable ? PasswordSource::Keychain : PasswordSource::Asked);
    } else if (text.isEmpty() && !m_wasKept && source() == PasswordSource::Keychain) {
        choose(PasswordSource::None);
    }
}

void PasswordChoice::choose(PasswordSource source)
{
    m_keep->setCurrentIndex(m_keep->findData(numberOf(source)));
}

void PasswordChoice::showHint()
{
    const bool kept = m_wasKept && source() == PasswordSource::Keychain;
    m_password->setPlaceholderText(kept ? tr("unchanged, in the keychain") : QString());
    if (source() == PasswordSource::None) {
        m_password->clear();
    }
}

} // namespace keyglass::ui
