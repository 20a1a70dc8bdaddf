// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/scaninfo.h"

#include "core/scan/scanparts.h"
#include "core/source/redis/infotext.h"

#include <algorithm>
#include <array>

namespace keyglass {

bool isPassingRefusal(const Error& error)
{
    constexpr std::array beginnings{"BUSY ", "MASTERDOWN ", "CLUSTERDOWN ", "TRYAGAIN ",
        "ERR max number of clients"}; // the server's own words, never translated
    return error.kind == ErrorKind::Server && std::ranges::any_of(beginnings, [&](const char* beginning) {
        return error.detail.startsWith(QLatin1String(beginning));
    });
}

Result<ServerProcess> fetchProcess(Lane& lane, std::stop_token stop)
{
    auto reply = lane.call(Command{"INFO", "server"}, std::move(stop));
    if (!reply) {
        const ErrorKind kind = reply.error().kind;
        const bool isRefused =
            kind == ErrorKind::Permission || (kind == ErrorKind::Server && !isPassingRefusal(reply.error()));
        return isRefused ? Result<ServerProcess>(ServerProcess{}) : std::move(reply).error();
    }
    const InfoText info(std::move(reply->text));
    return ServerProcess{std::string(info.value("run_id").value_or("")), provenForParts(info)};
}

std::optional<ScanStats> scanStatsOf(std::string commandStats)
{
    const InfoText text(std::move(commandStats));
    const auto scan = text.value("cmdstat_scan");
    if (!scan) {
        // There is a line once it was called; other lines show that there are lines at all.
        return text.lines().empty() ? std::nullopt : std::optional(ScanStats{});
    }
    const auto calls = InfoText::part(*scan, "calls");
    const auto time = InfoText::part(*scan, "usec");
    if (!calls || !time) {
        return std::nullopt;
    }
    return ScanStats{*calls, std::chrono::microseconds(*time)};
}

} // namespace keyglass
