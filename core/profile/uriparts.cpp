// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile/uriparts.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

using Transport = UriScheme::Transport;

QString tr(const char* text)
{
    return QCoreApplication::translate("Uri", text);
}

std::optional<Transport> tcpOrTls(const QString& name)
{
    if (name == u"redis"_s || name == u"valkey"_s) {
        return Transport::Tcp;
    }
    if (name == u"rediss"_s || name == u"valkeys"_s) {
        return Transport::Tls;
    }
    return {};
}

bool isSchemeCharacter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'+' || c == u'-' || c == u'.';
}

bool isHex(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// The text behind `mark`, which is cut off `text`, mark and all.
QStringView cutBehind(QStringView& text, QChar mark)
{
    const qsizetype at = text.indexOf(mark);
    const QStringView behind = at < 0 ? QStringView() : text.sliced(at + 1);
    text = at < 0 ? text : text.first(at);
    return behind;
}

} // namespace

Error badUri(const QString& why)
{
    return {ErrorKind::Input, tr("The URI"), why};
}

QString uriSchemeName(QStringView text)
{
    constexpr qsizetype longest = 32;
    const QString scheme = text.first(std::max<qsizetype>(text.indexOf("://"_L1), 0)).toString().toLower();
    const bool fits = !scheme.isEmpty() && scheme.size() <= longest && std::ranges::all_of(scheme, isSchemeCharacter);
    return fits ? scheme : QString();
}

std::optional<UriScheme> knownUriScheme(const QString& name)
{
    if (name == u"redis+unix"_s || name == u"unix"_s || name == u"redis-socket"_s) {
        return UriScheme{Transport::UnixSocket, ProfileKind::Standalone};
    }
    const auto isJoint = [](QChar c) { return c == u'+' || c == u'-'; };
    const qsizetype joint = std::ranges::find_if(name, isJoint) - name.begin();
    const auto transport = tcpOrTls(name.first(joint));
    const QString kind = name.sliced(std::min(joint + 1, name.size()));
    if (!transport || (kind.isEmpty() && joint < name.size())) {
        return {};
    }
    if (kind.isEmpty()) {
        return UriScheme{*transport, ProfileKind::Standalone};
    }
    if (kind == u"cluster"_s) {
        return UriScheme{*transport, ProfileKind::Cluster};
    }
    return kind == u"sentinel"_s ? std::optional(UriScheme{*transport, ProfileKind::Sentinel}) : std::nullopt;
}

Result<UriParts> splitUri(QStringView text)
{
    UriParts parts;
    parts.scheme = uriSchemeName(text);
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
    parts.fragment = cutBehind(rest, u'#');
    parts.query = cutBehind(rest, u'?');
    parts.path = rest;
    return parts;
}

Result<QString> percentDecoded(QStringView text, const QString& part)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'%' && (i + 2 >= text.size() || !isHex(text[i + 1]) || !isHex(text[i + 2]))) {
            return badUri(
                tr("In %1, a percent sign is followed by two hexadecimal digits; itself it is written %25").arg(part));
        }
    }
    return QUrl::fromPercentEncoding(text.toUtf8());
}

} // namespace keyglass
