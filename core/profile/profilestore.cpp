// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/profilestore.h"

#include "core/profile/profilejson.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>

#include <algorithm>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ProfileStore", text);
}

QJsonArray entriesOf(const QJsonObject& content)
{
    return content.value(u"profiles"_s).toArray();
}

qsizetype indexOf(const QJsonArray& entries, const QString& id)
{
    const auto hasId = [&id](const QJsonValue& entry) { return entry.toObject().value(u"id"_s).toString() == id; };
    return std::ranges::find_if(entries, hasId) - entries.begin();
}

void setEntries(QJsonObject& content, const QJsonArray& entries)
{
    content[u"version"_s] = content.value(u"version"_s).toInt(1);
    content[u"profiles"_s] = entries;
}

QDateTime lastUseIn(const QJsonObject& entry)
{
    return QDateTime::fromString(entry.value(u"lastUsed"_s).toString(), Qt::ISODateWithMs);
}

} // namespace

ProfileStore::ProfileStore(const QString& folder)
    : m_file(QDir(folder).filePath(u"profiles.json"_s))
{
    if (const Status loaded = m_file.load(); !loaded) {
        m_trouble = loaded.error();
    }
    takeContent();
}

std::vector<Profile> ProfileStore::recentlyUsed() const
{
    std::vector<Profile> sorted = m_profiles;
    std::ranges::stable_sort(sorted, std::ranges::greater(), [this](const Profile& profile) {
        const auto used = lastUsed(profile.id);
        return used ? used->toMSecsSinceEpoch() : 0;
    });
    return sorted;
}

std::optional<QDateTime> ProfileStore::lastUsed(const QString& id) const
{
    const QJsonArray entries = entriesOf(m_file.content());
    const qsizetype at = indexOf(entries, id);
    const QDateTime used = at < entries.size() ? lastUseIn(entries[at].toObject()) : QDateTime();
    return used.isValid() ? std::optional(used) : std::nullopt;
}

std::optional<Profile> ProfileStore::find(const QString& idOrName) const
{
    for (const auto field : {&Profile::id, &Profile::name}) {
        const auto found = std::ranges::find(m_profiles, idOrName, field);
        if (found != m_profiles.end()) {
            return *found;
        }
    }
    return {};
}

QStringList ProfileStore::unknownProfiles() const
{
    QStringList names;
    for (const QJsonValue& value : entriesOf(m_file.content())) {
        const QJsonObject entry = value.toObject();
        const QString id = entry.value(u"id"_s).toString();
        if (!id.isEmpty() && !profileFromJson(entry)) {
            const QString name = entry.value(u"name"_s).toString();
            names.append(name.isEmpty() ? id : name);
        }
    }
    return names;
}

Result<Profile> ProfileStore::save(Profile profile)
{
    if (profile.id.isEmpty()) {
        profile.id = newProfileId();
    }
    const Status saved = change([profile](QJsonObject& content) {
        QJsonArray entries = entriesOf(content);
        const qsizetype at = indexOf(entries, profile.id);
        QJsonObject entry = at < entries.size() ? entries[at].toObject() : QJsonObject();
        writeProfile(profile, entry);
        if (at < entries.size()) {
            entries[at] = entry;
        } else {
            entries.append(entry);
        }
        setEntries(content, entries);
    });
    return saved ? Result<Profile>(profile) : Result<Profile>(saved.error());
}

Result<Profile> ProfileStore::duplicate(const QString& id)
{
    std::optional<Profile> copy = find(id);
    if (!copy) {
        return Error{ErrorKind::Gone, tr("The profile"), {}};
    }
    copy->id = newProfileId();
    copy->name = freeNameLike(copy->title());
    for (PasswordSource* source : {&copy->passwordSource, &copy->sentinelPasswordSource}) {
        if (*source == PasswordSource::Keychain) {
            *source = PasswordSource::Asked; // the secret belongs to the id of the original
        }
    }
    return save(*copy);
}

QString ProfileStore::freeNameLike(const QString& name) const
{
    const QString first = tr("%1 copy").arg(name);
    QString free = first;
    for (int number = 2; std::ranges::find(m_profiles, free, &Profile::name) != m_profiles.end(); ++number) {
        free = first + u' ' + QString::number(number);
    }
    return free;
}

Status ProfileStore::remove(const QString& id)
{
    return change([id](QJsonObject& content) {
        QJsonArray entries = entriesOf(content);
        if (const qsizetype at = indexOf(entries, id); at < entries.size()) {
            entries.removeAt(at);
            setEntries(content, entries);
        }
    });
}

Status ProfileStore::markUsed(const QString& id, const QDateTime& when)
{
    return change([id, when](QJsonObject& content) {
        QJsonArray entries = entriesOf(content);
        if (const qsizetype at = indexOf(entries, id); at < entries.size()) {
            QJsonObject entry = entries[at].toObject();
            entry[u"lastUsed"_s] = when.toUTC().toString(Qt::ISODateWithMs);
            entries[at] = entry;
            setEntries(content, entries);
        }
    });
}

Status ProfileStore::change(const JsonFile::Change& change)
{
    Status changed = m_file.change(change);
    takeContent();
    return changed;
}

void ProfileStore::takeContent()
{
    m_profiles.clear();
    const QJsonArray entries = entriesOf(m_file.content());
    for (const QJsonValue& entry : entries) {
        if (auto profile = profileFromJson(entry.toObject())) {
            m_profiles.push_back(std::move(*profile));
        }
    }
}

} // namespace keyglass
