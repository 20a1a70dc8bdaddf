// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bulk/copyfields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPointer>
#include <QSpinBox>

#include <algorithm>

namespace keyglass::ui {

namespace {

constexpr int mostDatabases = 16383;

bool isItself(const Profile& one, const Profile& other)
{
    return !one.id.isEmpty() && one.id == other.id;
}

} // namespace

CopyFields::CopyFields(const Profile& own, std::vector<Profile> profiles, FindPasswords findPasswords, QWidget* parent)
    : OperationFields(parent)
    , m_own(own)
    , m_profiles(std::move(profiles))
    , m_findPasswords(std::move(findPasswords))
    , m_place(new QComboBox(this))
    , m_database(new QSpinBox(this))
    , m_taken(new QComboBox(this))
    , m_moves(new QCheckBox(tr("&Delete each key here once its copy is there"), this))
{
    std::erase_if(m_profiles, [this](const Profile& each) { return isItself(each, m_own); });
    m_place->addItem(tr("this server"));
    for (const Profile& each : m_profiles) {
        m_place->addItem(each.title());
    }
    m_place->setAccessibleName(tr("Copy to"));
    m_database->setRange(0, mostDatabases);
    m_database->setValue(m_own.database == 0 ? 1 : 0);
    m_database->setAccessibleName(tr("Database"));
    m_taken->addItems({tr("is skipped"), tr("overwrites the other")});
    m_taken->setAccessibleName(tr("Where its name is taken there"));
    auto* form = new QFormLayout(this);
    form->setContentsMargins({});
    const auto add = [&](const QString& text, QWidget* field) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        form->addRow(label, field);
    };
    add(tr("C&opy to:"), m_place);
    add(tr("Data&base:"), m_database);
    add(tr("Where its name is &taken, the key"), m_taken);
    form->addRow(m_moves);
    connect(m_place, &QComboBox::currentIndexChanged, this, &CopyFields::placeChanged);
    connect(m_database, &QSpinBox::valueChanged, this, &OperationFields::changed);
    connect(m_taken, &QComboBox::currentIndexChanged, this, &OperationFields::changed);
    connect(m_moves, &QCheckBox::toggled, this, &OperationFields::changed);
}

/// Null: the session's own server.
const Profile* CopyFields::chosen() const
{
    const int at = m_place->currentIndex() - 1;
    return at < 0 ? nullptr : &m_profiles[static_cast<std::size_t>(at)];
}

void CopyFields::placeChanged()
{
    const Profile* const profile = chosen();
    m_database->setEnabled(!profile || profile->kind != ProfileKind::Cluster);
    m_database->setValue(profile ? profile->database : m_own.database == 0 ? 1 : 0);
    if (profile && !profile->readOnly && !m_passwords.contains(profile->id)) {
        const QPointer<CopyFields> self(this);
        m_findPasswords(*profile, [self, id = profile->id](Credentials passwords) {
            if (self) {
                self->m_passwords[id] = std::move(passwords);
                Q_EMIT self->changed();
            }
        });
    }
    Q_EMIT changed();
}

Result<JobOperation> CopyFields::operation() const
{
    const Profile* const profile = chosen();
    if (profile && profile->readOnly) {
        return Error{ErrorKind::ReadOnly, profile->title(),
            tr("%1 is read-only: nothing is copied there").arg(profile->title())};
    }
    if (profile && !m_passwords.contains(profile->id)) {
        return Error{ErrorKind::Input, profile->title(), tr("The password of %1 is not known").arg(profile->title())};
    }
    if (!profile && m_own.kind == ProfileKind::Cluster) {
        return Error{ErrorKind::Input, {}, tr("A cluster has one database. Choose another connection")};
    }
    if (!profile && m_database->value() == m_own.database) {
        return Error{ErrorKind::Input, {}, tr("The keys are in this database already")};
    }
    CopyKeys copy;
    const QString where = profile ? profile->title() : m_own.title();
    copy.target = (where + tr(", database %1").arg(m_database->value())).toStdString();
    copy.replaces = m_taken->currentIndex() == 1;
    copy.moves = m_moves->isChecked();
    return JobOperation(std::move(copy));
}

std::optional<JobTarget> CopyFields::target() const
{
    const Profile* const profile = chosen();
    JobTarget target;
    target.database = m_database->value();
    if (profile) {
        const auto passwords = m_passwords.find(profile->id);
        target.profile = *profile;
        target.passwords = passwords == m_passwords.end() ? Credentials{} : passwords->second;
    }
    return target;
}

} // namespace keyglass::ui
