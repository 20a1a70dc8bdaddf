// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/uri.h"

#include "core/profile/uriparts.h"

#include <QCoreApplication>
#include <QStringList>
#include <QUrl>
#include <QUrlQuery>

#include <limits>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

using Transport = UriScheme::Transport;

QString tr(const char* text)
{
    return QCoreApplication::translate("Uri", text);
}

bool isKnownButMissing(const QString& scheme)
{
    static const QStringList schemes{u"redis+ssh"_s, u"rediss+ssh"_s, u"hypercache"_s, u"keydb"_s};
    return schemes.contains(scheme);
}

/// What is gathered while a URI is read: the parts of it may say the same thing.
struct Reading {
    ConnectTarget target;
    std::optional<int> database;
    QStringList moreSeeds{}; ///< Options "node=host:port".
    bool hasMaster = false;  ///< An option or the fragment names it; then the path is only the database.
};

Status takeUserInfo(const UriParts& parts, ConnectTarget& target)
{
    if (!parts.hasUserInfo) {
        return ok();
    }
    const qsizetype colon = parts.userInfo.indexOf(u':');
    const Result<QString> user =
        percentDecoded(parts.userInfo.first(colon < 0 ? parts.userInfo.size() : colon), tr("the user"));
    if (!user) {
        return user.error();
    }
    target.profile.user = *user;
    if (colon < 0) {
        return ok();
    }
    const Result<QString> password = percentDecoded(parts.userInfo.sliced(colon + 1), tr("the password"));
    if (!password) {
        return password.error();
    }
    target.password = *password;
    return ok();
}

Result<HostPort> hostPortOf(QStringView text, std::uint16_t otherwise)
{
    QStringView host = text;
    QStringView port;
    if (text.startsWith(u'[')) {
        const qsizetype close = text.indexOf(u']');
        const QStringView behind = close < 0 ? QStringView() : text.sliced(close + 1);
        if (close < 0 || (!behind.isEmpty() && !behind.startsWith(u':'))) {
            return badUri(tr("An IPv6 address stands in [ ], then comes :port"));
        }
        host = text.sliced(1, close - 1);
        port = behind.isEmpty() ? behind : behind.sliced(1);
    } else if (const qsizetype colon = text.indexOf(u':'); colon >= 0) {
        host = text.first(colon);
        port = text.sliced(colon + 1);
        if (port.contains(u':')) {
            return badUri(tr("An IPv6 address stands in [ ], then comes :port"));
        }
    }
    const Result<QString> name = percentDecoded(host, tr("the host"));
    if (!name) {
        return name.error();
    }
    const auto number = port.isEmpty() ? std::optional<int>(otherwise)
                                       : plainNumber(port, 1, std::numeric_limits<std::uint16_t>::max());
    if (!number) {
        return badUri(tr("The port is a number from 1 to 65535"));
    }
    return HostPort{*name, static_cast<std::uint16_t>(*number)};
}

/// One host; for clusters and Sentinels several with commas between, and those of `more`.
Status takeHosts(QStringView text, const QStringList& more, Profile& profile)
{
    const std::uint16_t port = defaultPort(profile.kind);
    auto texts = profile.kind == ProfileKind::Standalone ? QList<QStringView>{text} : text.split(u',');
    for (const QString& one : more) {
        texts.append(one);
    }
    std::vector<HostPort> hosts;
    for (const QStringView one : texts) {
        auto host = hostPortOf(one, port);
        if (!host) {
            return std::move(host).error();
        }
        hosts.push_back(*std::move(host));
    }
    profile.host = hosts.front().host;
    profile.port = hosts.front().port;
    profile.seeds.assign(hosts.begin() + 1, hosts.end());
    return ok();
}

Status takeSocketPath(const UriParts& parts, Profile& profile)
{
    if (!parts.hostPort.isEmpty() || parts.path.size() < 2) {
        return badUri(
            tr("The path of the socket is missing; it comes after three slashes: redis+unix:///run/redis.sock"));
    }
    const Result<QString> path = percentDecoded(parts.path, tr("the path"));
    if (!path) {
        return path.error();
    }
    profile.host.clear();
    profile.socketPath = *path;
    return ok();
}

Status takeDatabase(QStringView text, std::optional<int>& database)
{
    const auto number = plainNumber(text, 0, std::numeric_limits<int>::max());
    if (!number) {
        return badUri(tr("The database is a number from 0"));
    }
    if (database && *database != *number) {
        return badUri(tr("It names two different databases"));
    }
    database = number;
    return ok();
}

/// "/main", "/main/3"; where the master is named elsewhere "/3".
Status takeSentinelPath(QStringView path, Reading& reading)
{
    Profile& profile = reading.target.profile;
    path = path.sliced(path.isEmpty() ? 0 : 1);
    if (!reading.hasMaster) {
        const qsizetype slash = path.indexOf(u'/');
        const Result<QString> name =
            percentDecoded(path.first(slash < 0 ? path.size() : slash), tr("the name of the master"));
        if (!name) {
            return name.error();
        }
        profile.sentinelMaster = *name;
        path = slash < 0 ? QStringView() : path.sliced(slash + 1);
    }
    if (profile.sentinelMaster.isEmpty()) {
        return badUri(tr("The name of the master is missing: redis+sentinel://host:26379/name"));
    }
    return path.isEmpty() ? ok() : takeDatabase(path, reading.database);
}

Status takePlace(const UriParts& parts, const UriScheme& scheme, Reading& reading)
{
    Profile& profile = reading.target.profile;
    if (scheme.transport == Transport::UnixSocket) {
        return takeSocketPath(parts, profile);
    }
    if (const Status hosts = takeHosts(parts.hostPort, reading.moreSeeds, profile); !hosts) {
        return hosts;
    }
    if (scheme.kind == ProfileKind::Sentinel) {
        return takeSentinelPath(parts.path, reading);
    }
    return parts.path.size() > 1 ? takeDatabase(parts.path.sliced(1), reading.database) : ok();
}

std::optional<bool> yesOrNo(const QString& text)
{
    if (text == u"yes"_s || text == u"true"_s || text == u"1"_s) {
        return true;
    }
    return text == u"no"_s || text == u"false"_s || text == u"0"_s ? std::optional(false) : std::nullopt;
}

/// An option whose being ignored would make another connection than was meant.
Status takeSwitch(const QString& name, const QString& value, bool& place)
{
    const auto wanted = yesOrNo(value);
    if (!wanted) {
        return badUri(tr("%1 is yes or no").arg(name));
    }
    place = *wanted;
    return ok();
}

/// Also what other programs write: "sentinelServiceName", "sentinelMasterId", "sentinelUsername", "sentinelPassword".
Status takeSentinelOption(const QString& name, const QString& value, Reading& reading)
{
    Profile& profile = reading.target.profile;
    const QString plain = QString(name).remove(u'-').remove(u'_').toLower();
    if (plain == u"sentineltls"_s) {
        return takeSwitch(u"sentinel-tls"_s, value, profile.sentinelTls.enabled);
    }
    if (plain == u"sentinelmasterid"_s || plain == u"sentinelservicename"_s) {
        profile.sentinelMaster = value;
        reading.hasMaster = !value.isEmpty();
    } else if (plain == u"sentineluser"_s || plain == u"sentinelusername"_s) {
        profile.sentinelUser = value;
    } else if (plain == u"sentinelpassword"_s) {
        reading.target.sentinelPassword = value;
    }
    return ok();
}

Status takeOption(const QString& name, const QString& value, Reading& reading)
{
    ConnectTarget& target = reading.target;
    const ProfileKind kind = target.profile.kind;
    if (name == u"db"_s || name == u"database"_s) {
        return takeDatabase(value, reading.database);
    }
    if (kind == ProfileKind::Sentinel && name.startsWith(u"sentinel"_s)) {
        return takeSentinelOption(name, value, reading);
    }
    if (kind == ProfileKind::Cluster && name == u"use-seed-address"_s) {
        return takeSwitch(name, value, target.profile.useSeedAddress);
    }
    if (kind != ProfileKind::Standalone && (name == u"node"_s || name == u"addr"_s)) {
        reading.moreSeeds.append(value);
    } else if (name == u"password"_s && !target.password) {
        target.password = value;
    } else if ((name == u"user"_s || name == u"username"_s) && target.profile.user.isEmpty()) {
        target.profile.user = value;
    }
    return ok();
}

/// The options after the question mark. Options of other programs are ignored: none of them makes a connection less
/// safe by being ignored.
Status takeQuery(const UriParts& parts, Reading& reading)
{
    const QUrlQuery query(parts.query.toString());
    for (const auto& [name, value] : query.queryItems(QUrl::FullyDecoded)) {
        if (const Status taken = takeOption(name, value, reading); !taken) {
            return taken;
        }
    }
    return ok();
}

/// "redis-sentinel://host/3#main", as Lettuce writes it.
Status takeFragment(const UriParts& parts, Reading& reading)
{
    if (reading.target.profile.kind != ProfileKind::Sentinel || parts.fragment.isEmpty()) {
        return ok();
    }
    const Result<QString> name = percentDecoded(parts.fragment, tr("the name of the master"));
    if (!name) {
        return name.error();
    }
    reading.target.profile.sentinelMaster = *name;
    reading.hasMaster = true;
    return ok();
}

PasswordSource sourceOf(const std::optional<QString>& password)
{
    return password && !password->isEmpty() ? PasswordSource::Asked : PasswordSource::None;
}

Result<ConnectTarget> targetOf(const UriParts& parts, const UriScheme& scheme)
{
    Reading reading;
    Profile& profile = reading.target.profile;
    profile.kind = scheme.kind;
    profile.tls.enabled = scheme.transport == Transport::Tls;
    profile.sentinelTls.enabled = scheme.kind == ProfileKind::Sentinel && profile.tls.enabled;
    Status taken = takeUserInfo(parts, reading.target);
    taken = taken ? takeFragment(parts, reading) : taken;
    taken = taken ? takeQuery(parts, reading) : taken;
    taken = taken ? takePlace(parts, scheme, reading) : taken;
    if (!taken) {
        return std::move(taken).error();
    }
    profile.database = scheme.kind == ProfileKind::Cluster ? 0 : reading.database.value_or(0);
    profile.passwordSource = sourceOf(reading.target.password);
    profile.sentinelPasswordSource = sourceOf(reading.target.sentinelPassword);
    const auto problems = problemsOf(profile);
    return problems.empty() ? Result(std::move(reading.target)) : Result<ConnectTarget>(badUri(problems.front().text));
}

} // namespace

Result<ConnectTarget> parseUri(const QString& text)
{
    const QString trimmed = text.trimmed();
    const Result<UriParts> parts = splitUri(trimmed);
    if (!parts) {
        return parts.error();
    }
    if (const auto scheme = knownUriScheme(parts->scheme)) {
        return targetOf(*parts, *scheme);
    }
    const QString scheme = parts->scheme + u"://"_s;
    if (isKnownButMissing(parts->scheme)) {
        return Error{ErrorKind::Unsupported, tr("This version"), tr("%1 can't be opened yet").arg(scheme)};
    }
    return badUri(
        tr("%1 is not known; it begins with redis://, rediss://, redis+unix://, redis+cluster:// or redis+sentinel://")
            .arg(scheme));
}

bool looksLikeUri(const QString& text)
{
    return !uriSchemeName(QStringView(text).trimmed()).isEmpty();
}

} // namespace keyglass
