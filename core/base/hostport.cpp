// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hostport.h"

#include <algorithm>
#include <limits>

namespace keyglass {

using namespace Qt::StringLiterals;

QString HostPort::text() const
{
    const QString name = host.contains(u':') ? u'[' + host + u']' : host;
    return port == 0 ? name : name + u':' + QString::number(port);
}

std::optional<HostPort> hostPortFromText(QStringView text)
{
    const bool isBracketed = text.startsWith(u'[');
    const bool isBareIpv6 = !isBracketed && text.count(u':') > 1;
    const qsizetype end = isBracketed ? text.indexOf(u']') : text.indexOf(u':');
    if (isBracketed && end < 0) {
        return {};
    }
    QStringView host = text;
    QStringView rest;
    if (isBracketed) {
        host = text.sliced(1, end - 1);
        rest = text.sliced(end + 1);
    } else if (end >= 0 && !isBareIpv6) {
        host = text.first(end);
        rest = text.sliced(end);
    }
    if (!canBeHost(host) || (!rest.isEmpty() && !rest.startsWith(u':'))) {
        return {};
    }
    if (rest.isEmpty()) {
        return HostPort{host.toString(), 0};
    }
    const auto port = plainNumber(rest.sliced(1), 1, std::numeric_limits<std::uint16_t>::max());
    return port ? std::optional(HostPort{host.toString(), static_cast<std::uint16_t>(*port)}) : std::nullopt;
}

bool canBeHost(QStringView text)
{
    return !text.isEmpty()
        && std::ranges::none_of(text, [](QChar c) { return c.isSpace() || !c.isPrint() || c == u'/' || c == u'@'; });
}

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

} // namespace keyglass
