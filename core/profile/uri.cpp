// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/uri.h"

#include <QCoreApplication>
#include <QStringList>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <limits>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Uri", text);
}

Error badUri(const QString& why)
{
    return {ErrorKind::Input, tr("The URI"), why};
}

/// The text between scheme and end, cut where RFC 3986 cuts it. Views into the caller's string.
struct Parts {
    QString scheme; ///< Lower case.
    QStringView userInfo;
    bool hasUserInfo = false;
    QStringView hostPort;
    QStringView path;
    QStringView query;
};

enum class Transport { Tcp, Tls, UnixSocket };

std::optional<Transport> transportOf(const QString& scheme)
{
    if (scheme == u"redis"_s || scheme == u"valkey"_s) {
        return Transport::Tcp;
    }
    if (scheme == u"rediss"_s || scheme == u"valkeys"_s) {
        return Transport::Tls;
    }
    if (scheme == u"redis+unix"_s || scheme == u"unix"_s || scheme == u"redis-socket"_s) {
        return Transport::UnixSocket;
    }
    return {};
}

bool isKnownButMissing(const QString& scheme)
{
    static const QStringList schemes{u"redis+cluster"_s, u"rediss+cluster"_s, u"redis+sentinel"_s, u"rediss+sentinel"_s,
        u"redis-sentinel"_s, u"rediss-sentinel"_s, u"redis+ssh"_s, u"rediss+ssh"_s, u"hypercache"_s, u"keydb"_s};
    return schemes.contains(scheme);
}

bool isSchemeCharacter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'+' || c == u'-' || c == u'.';
}

/// The scheme of `text` in lower case; empty if there is none that could be one.
QString schemeOf(QStringView text)
{
    constexpr qsizetype longest = 32;
    const QString scheme = text.first(std::max<qsizetype>(text.indexOf("://"_L1), 0)).toString().toLower();
    const bool fits = !scheme.isEmpty() && scheme.size() <= longest && std::ranges::all_of(scheme, isSchemeCharacter);
    return fits ? scheme : QString();
}

Result<Parts> split(QStringView text)
{
    Parts parts;
    parts.scheme = schemeOf(text);
    if (parts.scheme.isEmpty()) {
        return badUri(tr("It begins with redis://, rediss:// or redis+unix://"));
    }
    QStringView rest = text.sliced(parts.scheme.size() + 3);
    const auto isEnd = [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; };
    const qsizetype authority = std::ranges::find_if(rest, isEnd) - rest.begin();
    // A raw / ? or # in a password ends the authority early and leaves its @ behind.
    if (rest.sliced(authority).contains(u'@')) {
        return badUri(tr("Write a / in the password as %2F, a ? as %3F, a # as %23, an @ as %40"));
    }
    const QStringView head = rest.first(authority);
    const qsizetype at = head.lastIndexOf(u'@');
    parts.hasUserInfo = at >= 0;
    parts.userInfo = head.first(std::max<qsizetype>(at, 0));
    parts.hostPort = head.sliced(at + 1);
    rest = rest.sliced(authority);
    rest = rest.first(rest.contains(u'#') ? rest.indexOf(u'#') : rest.size());
    const qsizetype question = rest.contains(u'?') ? rest.indexOf(u'?') : rest.size();
    parts.path = rest.first(question);
    parts.query = question < rest.size() ? rest.sliced(question + 1) : QStringView();
    return parts;
}

bool isHex(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// `text` with %XX taken back. Strict: a stray % is an error, since "100%" for "100%25" would be another password.
Result<QString> decoded(QStringView text, const QString& part)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'%' && (i + 2 >= text.size() || !isHex(text[i + 1]) || !isHex(text[i + 2]))) {
            return badUri(
                tr("In %1, a percent sign is followed by two hexadecimal digits; itself it is written %25").arg(part));
        }
    }
    return QUrl::fromPercentEncoding(text.toUtf8());
}

Status takeUserInfo(const Parts& parts, ConnectTarget& target)
{
    if (!parts.hasUserInfo) {
        return ok();
    }
    const qsizetype colon = parts.userInfo.indexOf(u':');
    const Result<QString> user =
        decoded(parts.userInfo.first(colon < 0 ? parts.userInfo.size() : colon), tr("the user"));
    if (!user) {
        return user.error();
    }
    target.profile.user = *user;
    if (colon < 0) {
        return ok();
    }
    const Result<QString> password = decoded(parts.userInfo.sliced(colon + 1), tr("the password"));
    if (!password) {
        return password.error();
    }
    target.password = *password;
    return ok();
}

/// A number written with digits only; nothing else that toInt() would let pass (signs, spaces).
std::optional<int> plainNumber(QStringView text, int lowest, int highest)
{
    const bool digits = !text.isEmpty() && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool fits = false;
    const int number = text.toInt(&fits);
    if (!digits || !fits || number < lowest || number > highest) {
        return {};
    }
    return number;
}

Status takePort(QStringView text, Profile& profile)
{
    if (text.isEmpty()) {
        return ok();
    }
    const auto port = plainNumber(text, 1, std::numeric_limits<std::uint16_t>::max());
    if (!port) {
        return badUri(tr("The port is a number from 1 to 65535"));
    }
    profile.port = static_cast<std::uint16_t>(*port);
    return ok();
}

Status takeHost(QStringView text, Profile& profile)
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
    const Result<QString> name = decoded(host, tr("the host"));
    if (!name) {
        return name.error();
    }
    profile.host = *name;
    if (const Status portTaken = takePort(port, profile); !portTaken) {
        return portTaken;
    }
    const auto problems = problemsOf(profile);
    return problems.empty() ? ok() : Status(badUri(problems.front().text));
}

Status takeSocketPath(const Parts& parts, Profile& profile)
{
    if (!parts.hostPort.isEmpty() || parts.path.size() < 2) {
        return badUri(
            tr("The path of the socket is missing; it comes after three slashes: redis+unix:///run/redis.sock"));
    }
    const Result<QString> path = decoded(parts.path, tr("the path"));
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

/// The options after the question mark. Options of other programs are ignored: none of them makes a connection less
/// safe by being ignored.
Status takeQuery(const Parts& parts, ConnectTarget& target, std::optional<int>& database)
{
    const QUrlQuery query(parts.query.toString());
    for (const auto& [name, value] : query.queryItems(QUrl::FullyDecoded)) {
        if (name == u"db"_s || name == u"database"_s) {
            if (const Status taken = takeDatabase(value, database); !taken) {
                return taken;
            }
        } else if (name == u"password"_s && !target.password) {
            target.password = value;
        } else if ((name == u"user"_s || name == u"username"_s) && target.profile.user.isEmpty()) {
            target.profile.user = value;
        }
    }
    return ok();
}

Status takePlace(const Parts& parts, Transport transport, Profile& profile, std::optional<int>& database)
{
    if (transport == Transport::UnixSocket) {
        return takeSocketPath(parts, profile);
    }
    profile.tls.enabled = transport == Transport::Tls;
    if (const Status host = takeHost(parts.hostPort, profile); !host) {
        return host;
    }
    return parts.path.size() > 1 ? takeDatabase(parts.path.sliced(1), database) : ok();
}

Result<ConnectTarget> targetOf(const Parts& parts, Transport transport)
{
    ConnectTarget target;
    std::optional<int> database;
    if (const Status user = takeUserInfo(parts, target); !user) {
        return user.error();
    }
    if (const Status place = takePlace(parts, transport, target.profile, database); !place) {
        return place.error();
    }
    if (const Status query = takeQuery(parts, target, database); !query) {
        return query.error();
    }
    target.profile.database = database.value_or(0);
    const bool hasPassword = target.password && !target.password->isEmpty();
    target.profile.passwordSource = hasPassword ? PasswordSource::Asked : PasswordSource::None;
    return target;
}

QString encoded(const QString& text, const QByteArray& kept = {})
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, kept));
}

} // namespace

Result<ConnectTarget> parseUri(const QString& text)
{
    const QString trimmed = text.trimmed();
    const Result<Parts> parts = split(trimmed);
    if (!parts) {
        return parts.error();
    }
    if (const auto transport = transportOf(parts->scheme)) {
        return targetOf(*parts, *transport);
    }
    const QString scheme = parts->scheme + u"://"_s;
    if (isKnownButMissing(parts->scheme)) {
        return Error{ErrorKind::Unsupported, tr("This version"), tr("%1 can't be opened yet").arg(scheme)};
    }
    return badUri(tr("%1 is not known; it begins with redis://, rediss:// or redis+unix://").arg(scheme));
}

QString toUri(const Profile& profile)
{
    const QString user = profile.user.isEmpty() ? QString() : encoded(profile.user) + u'@';
    if (profile.isUnixSocket()) {
        const QString database = profile.database == 0 ? QString() : u"?db="_s + QString::number(profile.database);
        return u"redis+unix://"_s + user + encoded(profile.socketPath, "/") + database;
    }
    Profile readable = profile;
    readable.host = encoded(profile.host, profile.host.contains(u':') ? ":" : "");
    const QString database = profile.database == 0 ? QString() : u'/' + QString::number(profile.database);
    return (profile.tls.enabled ? u"rediss://"_s : u"redis://"_s) + user + readable.address() + database;
}

bool looksLikeUri(const QString& text)
{
    return !schemeOf(QStringView(text).trimmed()).isEmpty();
}

} // namespace keyglass
