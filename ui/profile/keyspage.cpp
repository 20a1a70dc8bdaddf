// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/profile/keyspage.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

namespace keyglass::ui {

namespace {

/// Stands for "as the settings say" beside the paces.
constexpr int ofSettings = -1;

QLabel* hint(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

KeysPage::KeysPage(QWidget* parent)
    : QWidget(parent)
    , m_separator(new QLineEdit(this))
    , m_pace(new QComboBox(this))
{
    m_separator->setAccessibleName(tr("Separator"));
    m_separator->setFont(keyFont());
    m_separator->setPlaceholderText(tr("none: a flat list"));
    m_separator->setMaximumWidth(200);
    m_pace->setAccessibleName(tr("Pace"));
    m_pace->addItem(tr("As in the settings"), ofSettings);
    m_pace->addItem(tr("Full: done soonest"), static_cast<int>(ScanPace::Full));
    m_pace->addItem(tr("Balanced: others hardly notice"), static_cast<int>(ScanPace::Balanced));
    m_pace->addItem(tr("Gentle: others come first"), static_cast<int>(ScanPace::Gentle));
    auto* form = new QFormLayout(this);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->addRow(tr("Se&parator"), m_separator);
    form->addRow(QString(), hint(tr("What parts folders in the names of keys; one or several characters."), this));
    form->addRow(tr("Scan p&ace"), m_pace);
    form->addRow(QString(), hint(tr("How much of the server's time reading its keys may take."), this));
    connect(m_separator, &QLineEdit::textChanged, this, &KeysPage::changed);
    connect(m_pace, &QComboBox::currentIndexChanged, this, &KeysPage::changed);
}

void KeysPage::setProfile(const Profile& profile)
{
    m_separator->setText(profile.separator);
    m_pace->setCurrentIndex(m_pace->findData(profile.pace ? static_cast<int>(*profile.pace) : ofSettings));
}

void KeysPage::writeTo(Profile& profile) const
{
    profile.separator = m_separator->text();
    const int pace = m_pace->currentData().toInt();
    profile.pace = pace == ofSettings ? std::nullopt : std::optional(static_cast<ScanPace>(pace));
}

} // namespace keyglass::ui
