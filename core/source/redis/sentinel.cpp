// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/sentinel.h"

#include "core/source/redis/infotext.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace keyglass {

namespace {

constexpr Milliseconds patience{1500}; // another Sentinel knows as well
constexpr std::uint64_t largestPort = 65535;

QString tr(const char* text)
{
    return QCoreApplication::translate("Sentinel", text);
}

/// First all are asked in a hurry. Where no Sentinel answers they may only be far away, and are given their whole time;
/// so is a master that is silent, but not the other Sentinels for it.
enum class Haste { Hurried, Patient };

ConnectionOptions inHaste(ConnectionOptions options, Haste haste)
{
    if (haste == Haste::Hurried) {
        options.connectTimeout = std::min(options.connectTimeout, patience);
        options.callTimeout = std::min(options.callTimeout, patience);
    }
    options.database = 0;
    return options;
}

/// Who is refused by a Sentinel is to look at other credentials than those of the servers.
Error ofSentinel(Error error)
{
    if (error.kind == ErrorKind::Auth) {
        error.detail = tr("It is a Sentinel, which has a user and a password of its own: %1").arg(error.detail);
    }
    return error;
}

/// What one Sentinel says; nothing where it does not know the name.
Result<std::optional<ConnectionOptions>> askSentinel(const SentinelGroup& options, const ConnectionOptions& sentinel,
    const std::shared_ptr<const CommandGate>& gate, Haste haste, std::stop_token stop)
{
    const auto lane = makeLane(inHaste(sentinel, haste), gate);
    const auto reply = lane->call(Command{"SENTINEL", "GET-MASTER-ADDR-BY-NAME", options.masterName}, std::move(stop));
    if (!reply) {
        return ofSentinel(reply.error());
    }
    if (reply->isNil()) {
        return std::optional<ConnectionOptions>();
    }
    const bool isAddress = reply->isArray() && reply->elements.size() == 2;
    const auto port = isAddress ? wholeNumber(reply->elements[1].text) : std::nullopt;
    if (!port || *port == 0 || *port > largestPort) {
        return Error{ErrorKind::Protocol, lane->nodeText(), tr("Its answer is no address.")};
    }
    ConnectionOptions seed = options.master;
    seed.endpoint.host = sentinel.endpoint.host; // whose host stands for all where the rules say so
    const ClusterAddresses addresses(seed, options.addresses);
    const std::string& host = reply->elements[0].text;
    return std::optional(addresses.optionsFor(QString::fromUtf8(host.data(), static_cast<qsizetype>(host.size())),
        static_cast<std::uint16_t>(*port), sentinel.endpoint));
}

/// Good where the server says that it is a master, or may not be asked.
Status checkMaster(
    const ConnectionOptions& options, const std::shared_ptr<const CommandGate>& gate, Haste haste, std::stop_token stop)
{
    const auto lane = makeLane(inHaste(options, haste), gate);
    const auto role = lane->call(Command{"ROLE"}, std::move(stop));
    if (!role) {
        const ErrorKind kind = role.error().kind;
        const bool didAnswer = kind == ErrorKind::Permission || kind == ErrorKind::Server || kind == ErrorKind::Loading;
        return didAnswer ? ok() : Status(role.error());
    }
    if (!role->elements.empty() && role->elements.front().text == "slave") {
        return Error{ErrorKind::Network, lane->nodeText(), tr("The Sentinels name it as master, but it is a replica.")};
    }
    return ok();
}

/// Who is asked how, and who did not answer in time.
struct Asking {
    Haste sentinels = Haste::Hurried;
    Haste master = Haste::Hurried;
    bool wereSentinelsSilent = false; ///< One was, and no other has answered.
    bool wasMasterSilent = false;
};

Result<ConnectionOptions> askAll(const SentinelGroup& options, const std::shared_ptr<const CommandGate>& gate,
    Asking& asking, const std::stop_token& stop)
{
    std::optional<Error> whyNot;
    bool isUnknown = false;
    bool wasNamed = false;
    bool wasSentinelSlow = false;
    QString silent;
    for (const ConnectionOptions& sentinel : options.sentinels) {
        const auto named = askSentinel(options, sentinel, gate, asking.sentinels, stop);
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, sentinel.endpoint.text(), {}};
        }
        if (!named) {
            wasSentinelSlow = wasSentinelSlow || named.error().kind == ErrorKind::Timeout;
            whyNot = whyNot.value_or(named.error());
            continue;
        }
        if (!*named) {
            isUnknown = true;
            continue;
        }
        wasNamed = true;
        const QString address = (*named)->endpoint.text();
        if (address == silent) {
            continue; // waited for just now; another Sentinel may name another
        }
        Status usable = checkMaster(**named, gate, asking.master, stop);
        if (usable) {
            return **named;
        }
        if (usable.error().kind == ErrorKind::Timeout) {
            silent = address;
            asking.wasMasterSilent = true;
        }
        whyNot = std::move(usable).error();
    }
    asking.wereSentinelsSilent = wasSentinelSlow && !isUnknown && !wasNamed;
    if (isUnknown && !wasNamed) {
        return Error{ErrorKind::Input, QString::fromStdString(options.masterName),
            tr("The Sentinels know no master of this name.")};
    }
    return whyNot.value_or(Error{ErrorKind::Input, tr("The profile"), tr("It names no Sentinel.")});
}

} // namespace

Result<ConnectionOptions> fetchMaster(
    const SentinelGroup& options, const std::shared_ptr<const CommandGate>& gate, std::stop_token stop)
{
    Asking asking;
    auto found = askAll(options, gate, asking, stop);
    if (found || stop.stop_requested() || !(asking.wereSentinelsSilent || asking.wasMasterSilent)) {
        return found;
    }
    asking.sentinels = asking.wereSentinelsSilent ? Haste::Patient : Haste::Hurried;
    asking.master = Haste::Patient;
    return askAll(options, gate, asking, stop);
}

} // namespace keyglass
