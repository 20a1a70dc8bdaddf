// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/clusterview.h"

#include "core/source/lane.h"
#include "core/source/redis/infotext.h"

#include <QCoreApplication>

namespace keyglass {

namespace {

/// Ranges and marks of one node; more than there could be are not read.
constexpr std::size_t mostWords = 4 * slotCount;

/// Cuts the next word off the front of `line`; empty at its end.
std::string_view nextWord(std::string_view& line)
{
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos) {
        line = {};
        return {};
    }
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    const std::string_view word = line.substr(begin, end - begin);
    line.remove_prefix(end);
    return word;
}

bool hasFlag(std::string_view flags, std::string_view flag)
{
    while (!flags.empty()) {
        const std::size_t comma = std::min(flags.find(','), flags.size());
        if (flags.substr(0, comma) == flag) {
            return true;
        }
        flags.remove_prefix(std::min(comma + 1, flags.size()));
    }
    return false;
}

/// "[93-<-id]" is imported, "[77->-id]" migrates.
bool addMark(NodeView& view, std::string_view mark)
{
    mark.remove_prefix(1);
    const std::size_t dash = mark.find('-');
    if (dash == std::string_view::npos) {
        return false;
    }
    const std::string_view arrow = mark.substr(dash, 3);
    if (arrow == "->-") {
        return addSlots(view.migrating, mark.substr(0, dash));
    }
    return arrow == "-<-" && addSlots(view.importing, mark.substr(0, dash));
}

/// id address flags master ping pong epoch link-state slot…
std::optional<NodeView> viewFromLine(std::string_view line)
{
    NodeView view;
    view.id = nextWord(line);
    nextWord(line); // its address, as it announces it
    view.isMaster = hasFlag(nextWord(line), "master");
    for (int skipped = 0; skipped < 3; ++skipped) {
        nextWord(line); // its master, the times of ping and pong
    }
    const auto epoch = wholeNumber(nextWord(line));
    nextWord(line); // the link's state
    if (!epoch) {
        return std::nullopt;
    }
    view.configEpoch = *epoch;
    std::size_t words = 0;
    for (std::string_view word = nextWord(line); !word.empty(); word = nextWord(line)) {
        const bool understood =
            ++words <= mostWords && (word.front() == '[' ? addMark(view, word) : addSlots(view.slots, word));
        if (!understood) {
            return std::nullopt;
        }
    }
    return view;
}

} // namespace

std::optional<NodeView> parseNodeView(std::string_view clusterNodes)
{
    while (!clusterNodes.empty()) {
        const std::size_t end = std::min(clusterNodes.find('\n'), clusterNodes.size());
        std::string_view line = clusterNodes.substr(0, end);
        clusterNodes.remove_prefix(std::min(end + 1, clusterNodes.size()));
        if (!line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        }
        std::string_view rest = line;
        nextWord(rest);
        nextWord(rest);
        if (hasFlag(nextWord(rest), "myself")) {
            return viewFromLine(line);
        }
    }
    return std::nullopt;
}

Result<NodeView> fetchNodeView(Lane& lane, std::stop_token stop)
{
    const auto reply = lane.call(Command{"CLUSTER", "NODES"}, std::move(stop));
    if (!reply) {
        return reply.error();
    }
    auto view = parseNodeView(reply->text);
    if (!view) {
        return Error{ErrorKind::Protocol, lane.nodeText(),
            QCoreApplication::translate("Topology", "The reply to CLUSTER NODES is not what it should be.")};
    }
    return *std::move(view);
}

} // namespace keyglass
