// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/serverfacts.h"

#include "core/source/lane.h"
#include "core/source/redis/infotext.h"
#include "core/source/redis/serverprobes.h"

#include <algorithm>
#include <charconv>

namespace keyglass {

using namespace Qt::StringLiterals;

namespace {

QString productName(ServerProduct product)
{
    switch (product) {
    case ServerProduct::Redis:
        return u"Redis"_s;
    case ServerProduct::Valkey:
        return u"Valkey"_s;
    case ServerProduct::KeyDb:
        return u"KeyDB"_s;
    case ServerProduct::Unknown:
        break;
    }
    return {};
}

} // namespace

std::optional<ServerVersion> ServerVersion::parse(std::string_view text)
{
    ServerVersion version;
    int* const parts[] = {&version.major, &version.minor, &version.patch};
    const char* const end = text.data() + text.size();
    const char* from = text.data();
    for (int* const part : parts) {
        const auto [after, problem] = std::from_chars(from, end, *part);
        if (problem != std::errc{} || *part < 0) {
            *part = 0;
            return part == parts[0] ? std::nullopt : std::optional(version);
        }
        if (after == end || *after != '.') {
            return version;
        }
        from = after + 1;
    }
    return version;
}

QString ServerVersion::text() const
{
    return u"%1.%2.%3"_s.arg(major).arg(minor).arg(patch);
}

QString ServerFacts::productText() const
{
    const QString name = productName(product);
    return version.isKnown() && !name.isEmpty() ? name + u' ' + version.text() : name;
}

Result<ServerFacts> fetchServerFacts(Lane& lane, std::stop_token stop)
{
    std::vector<ServerProbe> probes;
    std::ranges::copy(basicProbes(), std::back_inserter(probes));
    std::ranges::copy(furtherProbes(), std::back_inserter(probes));
    ServerFacts facts;
    if (auto asked = ask(lane, probes, facts, stop); !asked) {
        return std::move(asked).error();
    }
    judgeByVersion(facts);
    return facts;
}

Result<std::optional<std::uint64_t>> fetchKeyCount(Lane& lane, std::stop_token stop)
{
    auto reply = lane.call({"DBSIZE"}, stop);
    if (reply) {
        const bool isCount = reply->isInteger() && reply->integer >= 0;
        return isCount ? std::optional(static_cast<std::uint64_t>(reply->integer)) : std::nullopt;
    }
    const ErrorKind kind = reply.error().kind;
    if (kind == ErrorKind::Permission || kind == ErrorKind::Server) {
        return std::optional<std::uint64_t>{};
    }
    return std::move(reply).error();
}

Result<std::optional<std::string>> fetchRunId(Lane& lane, std::stop_token stop)
{
    auto reply = lane.call({"INFO", "server"}, stop);
    if (reply) {
        const InfoText info(std::move(reply->text));
        const auto runId = info.value("run_id");
        return runId && !runId->empty() ? std::optional<std::string>(*runId) : std::nullopt;
    }
    const ErrorKind kind = reply.error().kind;
    if (kind == ErrorKind::Permission || kind == ErrorKind::Server) {
        return std::optional<std::string>{};
    }
    return std::move(reply).error();
}

} // namespace keyglass
