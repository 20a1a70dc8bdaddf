// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/keysrequest.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace keyglass::cli {

namespace {

Result<KeyPattern> patternOf(const Options& options)
{
    constexpr std::size_t bySight = 3; // no --match: the text itself tells
    const auto kind = options.choice("--match", {"prefix", "glob", "exact"}, bySight);
    if (!kind) {
        return kind.error();
    }
    const auto text = options.value("--pattern");
    if (*kind == bySight) {
        return KeyPattern::fromText(text.value_or(std::string()));
    }
    if (!text) {
        return Error{ErrorKind::Input, QStringLiteral("--match"),
            QCoreApplication::translate("cli", "It says how to read --pattern, which is missing")};
    }
    constexpr std::array known{KeyPattern::Kind::Prefix, KeyPattern::Kind::Glob, KeyPattern::Kind::Exact};
    return KeyPattern::fromText(*text, known[*kind]);
}

Status readLimits(const Options& options, ScanRequest& scan)
{
    const auto count = options.number("--count");
    const auto iterations = options.number("--max-iterations");
    const auto keys = options.number("--max-keys");
    const auto seconds = options.number("--max-seconds");
    for (const auto* number : {&count, &iterations, &keys, &seconds}) {
        if (!*number) {
            return number->error();
        }
    }
    if (count->value_or(0) > std::uint64_t{std::numeric_limits<int>::max()}) {
        return Error{ErrorKind::Input, QStringLiteral("--count"),
            QCoreApplication::translate("cli", "It is larger than any server takes")};
    }
    if (*count) {
        scan.count = static_cast<int>(**count);
    }
    scan.limits.maxIterations = *iterations;
    scan.limits.maxKeys = *keys;
    if (*seconds) {
        constexpr std::uint64_t longest = 1'000'000'000; // thirty years
        scan.limits.maxTime = std::chrono::seconds(std::min(**seconds, longest));
    }
    return ok();
}

constexpr std::array predicateOptions{"--ttl-below", "--ttl-above", "--bytes-below", "--bytes-above", "--idle-below",
    "--idle-above", "--freq-below", "--freq-above"};

using Bounds = std::array<std::optional<std::uint64_t>, predicateOptions.size()>;

/// Input where no key can be what is asked for: that is a slip, and not a result of none.
Status checkBounds(const Bounds& bounds, std::optional<bool> hasTtl)
{
    if (hasTtl == false && bounds[0]) {
        return Error{ErrorKind::Input, QStringLiteral("--ttl-below"),
            QCoreApplication::translate("cli", "Keys without a time to live have none that is below anything")};
    }
    for (std::size_t below = 0; below < bounds.size(); below += 2) {
        if (bounds[below] && bounds[below + 1] && *bounds[below] <= *bounds[below + 1]) {
            return Error{ErrorKind::Input, QString::fromLatin1(predicateOptions[below]),
                QCoreApplication::translate("cli", "Nothing is below %1 and above %2")
                    .arg(*bounds[below])
                    .arg(*bounds[below + 1])};
        }
    }
    return ok();
}

/// --ttl none|some, and the bounds of predicateOptions.
Status readPredicate(const Options& options, KeyPredicate& predicate)
{
    Bounds bounds;
    for (std::size_t at = 0; at < bounds.size(); ++at) {
        const auto number = options.number(predicateOptions[at]);
        if (!number) {
            return number.error();
        }
        bounds[at] = *number;
    }
    constexpr std::size_t any = 2;
    const auto ttl = options.choice("--ttl", {"none", "some"}, any);
    if (!ttl) {
        return ttl.error();
    }
    predicate.hasTtl = *ttl == any ? std::nullopt : std::optional(*ttl == 1);
    const auto seconds = [](const std::optional<std::uint64_t>& bound) {
        constexpr std::uint64_t longest = 1'000'000'000'000; // no TTL is longer than 30,000 years
        return bound ? std::optional(std::chrono::seconds(std::min(*bound, longest))) : std::nullopt;
    };
    const auto bytes = [](const std::optional<std::uint64_t>& bound) {
        return bound ? std::optional(ByteCount{*bound}) : std::nullopt;
    };
    predicate.ttlBelow = seconds(bounds[0]);
    predicate.ttlAbove = seconds(bounds[1]);
    predicate.bytesBelow = bytes(bounds[2]);
    predicate.bytesAbove = bytes(bounds[3]);
    predicate.idleBelow = seconds(bounds[4]);
    predicate.idleAbove = seconds(bounds[5]);
    predicate.frequencyBelow = bounds[6];
    predicate.frequencyAbove = bounds[7];
    return checkBounds(bounds, predicate.hasTtl);
}

} // namespace

std::vector<OptionSpec> keysOptions()
{
    std::vector<OptionSpec> known;
    for (const char* name :
        {"--pattern", "--match", "--type", "--count", "--max-iterations", "--max-keys", "--max-seconds", "--max-memory",
            "--replicas", "--pace", "--format", "--ttl", "--columns", "--databases"}) {
        known.push_back(OptionSpec{name});
    }
    for (const char* name : predicateOptions) {
        known.push_back(OptionSpec{name});
    }
    known.push_back(OptionSpec{"--use-keys", false});
    known.push_back(OptionSpec{"--ledger", false});
    return known;
}

Result<KeysRequest> keysRequest(const Options& options)
{
    KeysRequest request;
    auto pattern = patternOf(options);
    if (!pattern) {
        return std::move(pattern).error();
    }
    request.scan.pattern = *std::move(pattern);
    request.patternText = options.value("--pattern").value_or("*");
    if (Status read = readLimits(options, request.scan); !read) {
        return std::move(read).error();
    }
    if (Status read = readPredicate(options, request.scan.predicate); !read) {
        return std::move(read).error();
    }
    const auto pace = options.choice("--pace", {"gentle", "balanced", "full"}, 2);
    const auto format = options.choice("--format", {"json", "lines", "jsonl", "count"}, 0);
    constexpr std::size_t byProfile = 3;
    const auto replicas = options.choice("--replicas", {"masters", "replicas", "both"}, byProfile);
    for (const auto* choice : {&pace, &format, &replicas}) {
        if (!*choice) {
            return choice->error();
        }
    }
    request.scan.pace = static_cast<ScanPace>(*pace);
    request.format = static_cast<KeysFormat>(*format);
    const auto megabytes = options.number("--max-memory");
    if (!megabytes) {
        return megabytes.error();
    }
    if (*megabytes) {
        constexpr std::uint64_t most = 1U << 30U;
        constexpr std::uint64_t megabyte = 1024U * 1024;
        request.maxMemory = ByteCount{std::min(**megabytes, most) * megabyte};
    }
    if (*replicas != byProfile) {
        constexpr std::array known{ScanReplicas::Masters, ScanReplicas::Replicas, ScanReplicas::Both};
        request.replicas = known[*replicas];
    }
    request.scan.type = options.value("--type").value_or(std::string());
    request.scan.useKeysCommand = options.has("--use-keys");
    request.ledger = options.has("--ledger");
    auto columns = columnsFrom(options);
    if (!columns) {
        return std::move(columns).error();
    }
    request.columns = *std::move(columns);
    if (request.columns && options.has("--format")) {
        return Error{ErrorKind::Input, QStringLiteral("--columns"),
            QCoreApplication::translate("cli", "A table is written as CSV: leave --format out")};
    }
    return request;
}

} // namespace keyglass::cli
