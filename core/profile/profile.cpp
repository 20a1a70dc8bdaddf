// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/profile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>
#include <QUuid>

#include <algorithm>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Profile", text);
}

using Field = ProfileProblem::Field;
using Problems = std::vector<ProfileProblem>;

QString badHost(const QString& host)
{
    return host.isEmpty() ? tr("The host is missing.") : tr("A host is a name or an address, without spaces, / or @.");
}

QString badPort()
{
    return tr("A port is a number from 1 to 65535.");
}

void checkHost(const Profile& profile, Problems& problems)
{
    if (!canBeHost(profile.host)) {
        problems.push_back({Field::Host, badHost(profile.host)});
    }
    if (profile.port == 0) {
        problems.push_back({Field::Port, badPort()});
    }
}

void checkSeeds(const Profile& profile, Problems& problems)
{
    for (const HostPort& seed : profile.seeds) {
        if (!canBeHost(seed.host)) {
            problems.push_back({Field::Seeds, badHost(seed.host)});
        } else if (seed.port == 0) {
            problems.push_back({Field::Seeds, badPort()});
        }
    }
}

void checkAddressMap(const Profile& profile, Problems& problems)
{
    for (const AddressMapping& mapping : profile.addressMap) {
        for (const QString& address : {mapping.announced, mapping.reachable}) {
            if (!hostPortFromText(address)) {
                problems.push_back(
                    {Field::AddressMap, tr("\"%1\" is not an address: host, or host:port.").arg(address)});
            }
        }
    }
}

void checkFile(Field field, const QString& path, Problems& problems)
{
    if (path.isEmpty()) {
        return;
    }
    const QFileInfo file(path);
    if (!file.isFile()) {
        problems.push_back({field, tr("There is no file %1.").arg(path)});
    } else if (!file.isReadable()) {
        problems.push_back({field, tr("%1 can't be read.").arg(path)});
    }
}

/// The fields that the files of one ProfileTls stand in.
struct TlsFields {
    Field caFile;
    Field certificateFile;
    Field keyFile;
};

void checkTls(const ProfileTls& tls, const TlsFields& fields, Problems& problems)
{
    if (!tls.enabled) {
        return;
    }
    checkFile(fields.caFile, tls.caFile, problems);
    checkFile(fields.certificateFile, tls.certificateFile, problems);
    checkFile(fields.keyFile, tls.keyFile, problems);
    if (!tls.certificateFile.isEmpty() && tls.keyFile.isEmpty()) {
        problems.push_back({fields.keyFile, tr("A client certificate needs its key file.")});
    } else if (tls.certificateFile.isEmpty() && !tls.keyFile.isEmpty()) {
        problems.push_back({fields.certificateFile, tr("A key file needs its client certificate.")});
    }
}

void checkSentinel(const Profile& profile, Problems& problems)
{
    if (profile.sentinelMaster.isEmpty()) {
        problems.push_back({Field::SentinelMaster, tr("The name of the master is missing, as the Sentinels know it.")});
    }
    checkTls(
        profile.sentinelTls, {Field::SentinelCaFile, Field::SentinelCertificateFile, Field::SentinelKeyFile}, problems);
}

QString listed(const std::vector<HostPort>& places)
{
    constexpr std::size_t most = 3;
    QStringList texts;
    for (std::size_t i = 0; i < std::min(places.size(), most); ++i) {
        texts.append(places[i].text());
    }
    return texts.join(QStringLiteral(", ")) + (places.size() > most ? QStringLiteral(", …") : QString());
}

QString sentinelAddress(const Profile& profile)
{
    const auto places = profile.allSeeds();
    const QString text = places.size() == 1 ? tr("%1 at sentinel %2") : tr("%1 at sentinels %2");
    return text.arg(profile.sentinelMaster, listed(places));
}

} // namespace

std::vector<HostPort> Profile::allSeeds() const
{
    std::vector<HostPort> all{{host, port}};
    all.insert(all.end(), seeds.begin(), seeds.end());
    return all;
}

QString Profile::address() const
{
    const QString first = isUnixSocket() ? socketPath : HostPort{host, port}.text();
    switch (kind) {
    case ProfileKind::Standalone:
        break;
    case ProfileKind::Cluster:
        return tr("cluster at %1").arg(first);
    case ProfileKind::Sentinel:
        return sentinelAddress(*this);
    }
    return first;
}

QString Profile::title() const
{
    return name.isEmpty() ? address() : name;
}

QString newProfileId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QString sentinelSecretId(const QString& profileId)
{
    return profileId + QStringLiteral("-sentinel");
}

std::uint16_t defaultPort(ProfileKind kind)
{
    return kind == ProfileKind::Sentinel ? 26379 : 6379;
}

QString environmentName(Environment environment)
{
    switch (environment) {
    case Environment::Development:
        return QStringLiteral("development");
    case Environment::Staging:
        return QStringLiteral("staging");
    case Environment::Production:
        break;
    }
    return QStringLiteral("production");
}

Environment environmentFromName(const QString& name)
{
    for (const Environment environment : {Environment::Development, Environment::Staging}) {
        if (name == environmentName(environment)) {
            return environment;
        }
    }
    return Environment::Production;
}

std::vector<ProfileProblem> problemsOf(const Profile& profile)
{
    Problems problems;
    if (!profile.isUnixSocket()) {
        checkHost(profile, problems);
    } else if (!profile.socketPath.startsWith(u'/')) {
        problems.push_back({Field::SocketPath, tr("The path of a socket begins with a slash.")});
    }
    if (profile.database < 0) {
        problems.push_back({Field::Database, tr("Databases are counted from 0.")});
    }
    if (!profile.isUnixSocket()) {
        checkTls(profile.tls, {Field::CaFile, Field::CertificateFile, Field::KeyFile}, problems);
    }
    if (profile.kind != ProfileKind::Standalone) {
        checkSeeds(profile, problems);
        checkAddressMap(profile, problems);
    }
    if (profile.kind == ProfileKind::Sentinel) {
        checkSentinel(profile, problems);
    }
    return problems;
}

} // namespace keyglass
