// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/uri.h"

#include <QStringList>
#include <QUrl>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

QString encoded(const QString& text, const QByteArray& kept = {})
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, kept));
}

QString hostsOf(const Profile& profile)
{
    const bool isAlone = profile.kind == ProfileKind::Standalone;
    QStringList hosts;
    for (HostPort place : isAlone ? std::vector<HostPort>{{profile.host, profile.port}} : profile.allSeeds()) {
        place.host = encoded(place.host, place.host.contains(u':') ? ":" : "");
        hosts.append(place.text());
    }
    return hosts.join(u',');
}

QString schemeOf(const Profile& profile)
{
    const QString plain = profile.tls.enabled ? u"rediss"_s : u"redis"_s;
    switch (profile.kind) {
    case ProfileKind::Cluster:
        return plain + u"+cluster"_s;
    case ProfileKind::Sentinel:
        return plain + u"+sentinel"_s;
    case ProfileKind::Standalone:
        break;
    }
    return plain;
}

QString pathOf(const Profile& profile)
{
    if (profile.kind == ProfileKind::Cluster) {
        return {};
    }
    const QString database = profile.database == 0 ? QString() : u'/' + QString::number(profile.database);
    return (profile.kind == ProfileKind::Sentinel ? u'/' + encoded(profile.sentinelMaster) : QString()) + database;
}

/// Options that no other part of a URI can say.
QString queryOf(const Profile& profile)
{
    QStringList options;
    if (profile.kind == ProfileKind::Sentinel && !profile.sentinelUser.isEmpty()) {
        options.append(u"sentinel-user="_s + encoded(profile.sentinelUser));
    }
    if (profile.kind == ProfileKind::Sentinel && profile.sentinelTls.enabled != profile.tls.enabled) {
        options.append(u"sentinel-tls="_s + (profile.sentinelTls.enabled ? u"yes"_s : u"no"_s));
    }
    if (profile.kind == ProfileKind::Cluster && profile.useSeedAddress) {
        options.append(u"use-seed-address=yes"_s);
    }
    return options.isEmpty() ? QString() : u'?' + options.join(u'&');
}

} // namespace

QString toUri(const Profile& profile)
{
    const QString user = profile.user.isEmpty() ? QString() : encoded(profile.user) + u'@';
    if (profile.isUnixSocket()) {
        const QString database = profile.database == 0 ? QString() : u"?db="_s + QString::number(profile.database);
        return u"redis+unix://"_s + user + encoded(profile.socketPath, "/") + database;
    }
    return schemeOf(profile) + u"://"_s + user + hostsOf(profile) + pathOf(profile) + queryOf(profile);
}

} // namespace keyglass
