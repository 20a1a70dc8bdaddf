// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/profilejson.h"

#include <limits>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

QString passwordSourceName(PasswordSource source)
{
    switch (source) {
    case PasswordSource::None:
        return u"none"_s;
    case PasswordSource::Keychain:
        return u"keychain"_s;
    case PasswordSource::Asked:
        break;
    }
    return u"asked"_s;
}

PasswordSource passwordSourceFromName(const QString& name)
{
    for (const PasswordSource source : {PasswordSource::None, PasswordSource::Keychain}) {
        if (name == passwordSourceName(source)) {
            return source;
        }
    }
    return PasswordSource::Asked;
}

int numberIn(const QJsonObject& object, const QString& name, int lowest, int highest, int otherwise)
{
    const int number = object.value(name).toInt(otherwise);
    return number < lowest || number > highest ? otherwise : number;
}

ProfileTls tlsFromJson(const QJsonObject& object)
{
    ProfileTls tls;
    tls.enabled = object.value(u"enabled"_s).toBool();
    tls.verify = object.value(u"verify"_s).toBool(true);
    tls.caFile = object.value(u"caFile"_s).toString();
    tls.certificateFile = object.value(u"certificateFile"_s).toString();
    tls.keyFile = object.value(u"keyFile"_s).toString();
    tls.serverName = object.value(u"serverName"_s).toString();
    return tls;
}

void writeTls(const ProfileTls& tls, QJsonObject& object)
{
    object[u"enabled"_s] = tls.enabled;
    object[u"verify"_s] = tls.verify;
    object[u"caFile"_s] = tls.caFile;
    object[u"certificateFile"_s] = tls.certificateFile;
    object[u"keyFile"_s] = tls.keyFile;
    object[u"serverName"_s] = tls.serverName;
}

void readAddress(const QJsonObject& object, Profile& profile)
{
    profile.host = object.value(u"host"_s).toString(profile.host);
    constexpr int highest = std::numeric_limits<std::uint16_t>::max();
    profile.port = static_cast<std::uint16_t>(numberIn(object, u"port"_s, 1, highest, profile.port));
    profile.socketPath = object.value(u"socketPath"_s).toString();
    profile.database = numberIn(object, u"database"_s, 0, std::numeric_limits<int>::max(), 0);
    profile.tls = tlsFromJson(object.value(u"tls"_s).toObject());
}

} // namespace

QString paceName(ScanPace pace)
{
    switch (pace) {
    case ScanPace::Gentle:
        return u"gentle"_s;
    case ScanPace::Balanced:
        return u"balanced"_s;
    case ScanPace::Full:
        break;
    }
    return u"full"_s;
}

std::optional<ScanPace> paceFromName(const QString& name)
{
    for (const ScanPace pace : {ScanPace::Gentle, ScanPace::Balanced, ScanPace::Full}) {
        if (name == paceName(pace)) {
            return pace;
        }
    }
    return {};
}

std::optional<Profile> profileFromJson(const QJsonObject& object)
{
    Profile profile;
    profile.id = object.value(u"id"_s).toString();
    if (profile.id.isEmpty() || object.value(u"kind"_s).toString() != u"standalone"_s) {
        return {};
    }
    readAddress(object, profile);
    profile.name = object.value(u"name"_s).toString();
    profile.user = object.value(u"user"_s).toString();
    profile.passwordSource = passwordSourceFromName(object.value(u"passwordSource"_s).toString());
    profile.readOnly = object.value(u"readOnly"_s).toBool();
    profile.environment = environmentFromName(object.value(u"environment"_s).toString());
    profile.separator = object.value(u"separator"_s).toString(profile.separator);
    profile.pace = paceFromName(object.value(u"pace"_s).toString());
    return profile;
}

void writeProfile(const Profile& profile, QJsonObject& object)
{
    object[u"id"_s] = profile.id;
    object[u"name"_s] = profile.name;
    object[u"kind"_s] = u"standalone"_s;
    object[u"host"_s] = profile.host;
    object[u"port"_s] = profile.port;
    object[u"socketPath"_s] = profile.socketPath;
    object[u"user"_s] = profile.user;
    object[u"passwordSource"_s] = passwordSourceName(profile.passwordSource);
    object[u"database"_s] = profile.database;
    QJsonObject tls = object.value(u"tls"_s).toObject();
    writeTls(profile.tls, tls);
    object[u"tls"_s] = tls;
    object[u"readOnly"_s] = profile.readOnly;
    object[u"environment"_s] = environmentName(profile.environment);
    object[u"separator"_s] = profile.separator;
    if (profile.pace) {
        object[u"pace"_s] = paceName(*profile.pace);
    } else {
        object.remove(u"pace"_s);
    }
}

} // namespace keyglass
