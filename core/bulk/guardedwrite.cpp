// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/guardedwrite.h"

#include "core/base/dumpdigest.h"
#include "core/bulk/keyreading.h"
#include "core/source/lane.h"

#include <QByteArrayView>
#include <QCryptographicHash>

#include <utility>
#include <vector>

namespace keyglass {

namespace {

/// Two bytes of a version, and a checksum (https://github.com/redis/redis/blob/7.0/src/cluster.c, createDumpPayload).
constexpr std::size_t footerBytes = 10;
constexpr std::size_t formatBytes = 2;

} // namespace

SeenState seenState(const std::string& dump, std::string end)
{
    const QByteArrayView bytes(dump.data(), static_cast<qsizetype>(dump.size()));
    return {QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha1).toHex().toStdString(),
        dumpDigest(dump), dump.size(), std::move(end),
        dump.size() < footerBytes ? std::string() : dump.substr(dump.size() - footerBytes, formatBytes)};
}

bool isWithoutScripts(const Reply& reply)
{
    return isUnknownCommand(reply)
        || (reply.isError() && reply.text.starts_with("NOPERM") && reply.text.find("'eval'") != std::string::npos);
}

Result<GuardedReply> writeIfUnchanged(Lane& node, std::string_view key, const SeenState& seen, const Command& write,
    bool& isSent, const std::stop_token& stop)
{
    // Where MULTI is refused and WATCH is not, the write would be done without one: that is asked first.
    std::vector<Command> looks{Command{"MULTI"}, Command{"EXEC"}, Command{"WATCH", key}, Command{"DUMP", key}};
    if (!seen.end.empty()) {
        looks.push_back(Command{"PEXPIRETIME", key});
    }
    auto looked = node.pipeline(looks, stop);
    if (!looked) {
        return std::move(looked).error();
    }
    const std::uint64_t opening = node.openings();
    const Reply* const refusal = firstError(*looked);
    const Reply& dump = (*looked)[3];
    const bool isSame = refusal == nullptr && dump.isText() && dumpDigest(dump.text) == seen.content
        && (seen.end.empty() || std::to_string(looked->back().integer) == seen.end);
    std::vector<Command> commands{Command{"UNWATCH"}};
    if (isSame) {
        commands = {Command{"MULTI"}, write, Command{"EXEC"}};
    }
    if (!node.isOpen() || node.openings() != opening) { // a new connection would watch nothing
        return Error{ErrorKind::Network, node.nodeText(), {}};
    }
    isSent = isSame;
    auto replies = node.pipeline(commands, stop);
    if (!replies) {
        return std::move(replies).error();
    }
    isSent = false;
    if (refusal != nullptr) {
        return GuardedReply{false, *refusal};
    }
    Reply& executed = replies->back();
    if (!isSame || executed.isNil()) {
        return GuardedReply{true, {}, dump.isNil()};
    }
    if (executed.isArray() && executed.elements.size() == 1) {
        return GuardedReply{false, std::move(executed.elements.front())};
    }
    const Reply* const error = firstError(*replies);
    return GuardedReply{false, error != nullptr ? *error : executed};
}

} // namespace keyglass
