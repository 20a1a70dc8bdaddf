// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/profile.h"

#include <QCoreApplication>
#include <QFileInfo>
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

void checkHost(const Profile& profile, Problems& problems)
{
    const QString& host = profile.host;
    if (host.isEmpty()) {
        problems.push_back({Field::Host, tr("The host is missing.")});
    } else if (std::ranges::any_of(
                   host, [](QChar c) { return c.isSpace() || !c.isPrint() || c == u'/' || c == u'@'; })) {
        problems.push_back({Field::Host, tr("A host is a name or an address, without spaces, / or @.")});
    }
    if (profile.port == 0) {
        problems.push_back({Field::Port, tr("A port is a number from 1 to 65535.")});
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

void checkTls(const ProfileTls& tls, Problems& problems)
{
    checkFile(Field::CaFile, tls.caFile, problems);
    checkFile(Field::CertificateFile, tls.certificateFile, problems);
    checkFile(Field::KeyFile, tls.keyFile, problems);
    if (!tls.certificateFile.isEmpty() && tls.keyFile.isEmpty()) {
        problems.push_back({Field::KeyFile, tr("A client certificate needs its key file.")});
    } else if (tls.certificateFile.isEmpty() && !tls.keyFile.isEmpty()) {
        problems.push_back({Field::CertificateFile, tr("A key file needs its client certificate.")});
    }
}

} // namespace

QString Profile::address() const
{
    if (isUnixSocket()) {
        return socketPath;
    }
    const bool needsBrackets = host.contains(u':');
    return (needsBrackets ? u'[' + host + u']' : host) + u':' + QString::number(port);
}

QString Profile::title() const
{
    return name.isEmpty() ? address() : name;
}

QString newProfileId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
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
    if (profile.isUnixSocket()) {
        if (!profile.socketPath.startsWith(u'/')) {
            problems.push_back({Field::SocketPath, tr("The path of a socket begins with a slash.")});
        }
    } else {
        checkHost(profile, problems);
    }
    if (profile.database < 0) {
        problems.push_back({Field::Database, tr("Databases are counted from 0.")});
    }
    if (profile.tls.enabled && !profile.isUnixSocket()) {
        checkTls(profile.tls, problems);
    }
    return problems;
}

} // namespace keyglass
