// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/profilejson.h"

#include <QJsonArray>

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

QString kindName(ProfileKind kind)
{
    switch (kind) {
    case ProfileKind::Cluster:
        return u"cluster"_s;
    case ProfileKind::Sentinel:
        return u"sentinel"_s;
    case ProfileKind::Standalone:
        break;
    }
    return u"standalone"_s;
}

std::optional<ProfileKind> kindFromName(const QString& name)
{
    for (const ProfileKind kind : {ProfileKind::Standalone, ProfileKind::Cluster, ProfileKind::Sentinel}) {
        if (name == kindName(kind)) {
            return kind;
        }
    }
    return {};
}

QString scanReplicasName(ScanReplicas which)
{
    switch (which) {
    case ScanReplicas::Replicas:
        return u"replicas"_s;
    case ScanReplicas::Both:
        return u"both"_s;
    case ScanReplicas::Masters:
        break;
    }
    return u"masters"_s;
}

ScanReplicas scanReplicasFromName(const QString& name)
{
    for (const ScanReplicas which : {ScanReplicas::Replicas, ScanReplicas::Both}) {
        if (name == scanReplicasName(which)) {
            return which;
        }
    }
    return ScanReplicas::Masters;
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

void readSeeds(const QJsonObject& object, Profile& profile)
{
    for (const QJsonValue& value : object.value(u"seeds"_s).toArray()) {
        if (auto seed = hostPortFromText(value.toString())) {
            seed->port = seed->port == 0 ? defaultPort(profile.kind) : seed->port;
            profile.seeds.push_back(*std::move(seed));
        }
    }
    for (const QJsonValue& value : object.value(u"addressMap"_s).toArray()) {
        const QJsonObject mapping = value.toObject();
        profile.addressMap.push_back(
            {mapping.value(u"announced"_s).toString(), mapping.value(u"reachable"_s).toString()});
    }
    profile.useSeedAddress = object.value(u"useSeedAddress"_s).toBool();
    profile.scanReplicas = scanReplicasFromName(object.value(u"scanReplicas"_s).toString());
}

void writeSeeds(const Profile& profile, QJsonObject& object)
{
    QJsonArray seeds;
    for (const HostPort& seed : profile.seeds) {
        seeds.append(seed.text());
    }
    QJsonArray map;
    for (const AddressMapping& mapping : profile.addressMap) {
        map.append(QJsonObject{{u"announced"_s, mapping.announced}, {u"reachable"_s, mapping.reachable}});
    }
    object[u"seeds"_s] = seeds;
    object[u"addressMap"_s] = map;
    object[u"useSeedAddress"_s] = profile.useSeedAddress;
    object[u"scanReplicas"_s] = scanReplicasName(profile.scanReplicas);
}

void readSentinel(const QJsonObject& object, Profile& profile)
{
    const QJsonObject sentinel = object.value(u"sentinel"_s).toObject();
    profile.sentinelMaster = sentinel.value(u"master"_s).toString();
    profile.sentinelUser = sentinel.value(u"user"_s).toString();
    profile.sentinelPasswordSource =
        passwordSourceFromName(sentinel.value(u"passwordSource"_s).toString(passwordSourceName(PasswordSource::None)));
    profile.sentinelTls = tlsFromJson(sentinel.value(u"tls"_s).toObject());
}

void writeSentinel(const Profile& profile, QJsonObject& object)
{
    QJsonObject sentinel = object.value(u"sentinel"_s).toObject();
    sentinel[u"master"_s] = profile.sentinelMaster;
    sentinel[u"user"_s] = profile.sentinelUser;
    sentinel[u"passwordSource"_s] = passwordSourceName(profile.sentinelPasswordSource);
    QJsonObject tls = sentinel.value(u"tls"_s).toObject();
    writeTls(profile.sentinelTls, tls);
    sentinel[u"tls"_s] = tls;
    object[u"sentinel"_s] = sentinel;
}

void readDecoderRules(const QJsonObject& object, Profile& profile)
{
    for (const QJsonValue& value : object.value(u"decoderRules"_s).toArray()) {
        const QJsonObject rule = value.toObject();
        const QString keys = rule.value(u"keys"_s).toString();
        const QString decoders = rule.value(u"decoders"_s).toString();
        if (!keys.isEmpty() && !decoders.isEmpty()) {
            profile.decoderRules.push_back({keys, rule.value(u"fields"_s).toString(), decoders});
        }
    }
}

/// The entry of the same keys and fields as it stands in the file, for what else is said there.
QJsonObject writtenRule(const QJsonArray& written, const DecoderRule& rule)
{
    for (const QJsonValue& value : written) {
        const QJsonObject entry = value.toObject();
        if (entry.value(u"keys"_s).toString() == rule.keys && entry.value(u"fields"_s).toString() == rule.fields) {
            return entry;
        }
    }
    return {};
}

void writeDecoderRules(const Profile& profile, QJsonObject& object)
{
    const QJsonArray written = object.value(u"decoderRules"_s).toArray();
    QJsonArray rules;
    for (const DecoderRule& rule : profile.decoderRules) {
        QJsonObject entry = writtenRule(written, rule);
        entry[u"keys"_s] = rule.keys;
        entry[u"fields"_s] = rule.fields;
        entry[u"decoders"_s] = rule.decoders;
        rules.append(entry);
    }
    for (const QJsonValue& value : written) { // of a kind that this version doesn't know
        if (value.toObject().value(u"keys"_s).toString().isEmpty()
            || value.toObject().value(u"decoders"_s).toString().isEmpty()) {
            rules.append(value);
        }
    }
    object[u"decoderRules"_s] = rules;
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
    const auto kind = kindFromName(object.value(u"kind"_s).toString());
    if (profile.id.isEmpty() || !kind) {
        return {};
    }
    profile.kind = *kind;
    profile.port = defaultPort(*kind);
    readAddress(object, profile);
    readSeeds(object, profile);
    readSentinel(object, profile);
    profile.name = object.value(u"name"_s).toString();
    profile.user = object.value(u"user"_s).toString();
    profile.passwordSource = passwordSourceFromName(object.value(u"passwordSource"_s).toString());
    profile.readOnly = object.value(u"readOnly"_s).toBool();
    profile.environment = environmentFromName(object.value(u"environment"_s).toString());
    profile.separator = object.value(u"separator"_s).toString(profile.separator);
    profile.pace = paceFromName(object.value(u"pace"_s).toString());
    readDecoderRules(object, profile);
    return profile;
}

void writeProfile(const Profile& profile, QJsonObject& object)
{
    object[u"id"_s] = profile.id;
    object[u"name"_s] = profile.name;
    object[u"kind"_s] = kindName(profile.kind);
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
    writeDecoderRules(profile, object);
    writeSeeds(profile, object);
    writeSentinel(profile, object);
}

} // namespace keyglass
