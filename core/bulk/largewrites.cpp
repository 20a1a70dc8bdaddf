// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/largewrites.h"

#include "core/base/bytes.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <span>
#include <utility>

namespace keyglass {

namespace {

Reply errorReply(std::string_view text)
{
    Reply reply;
    reply.type = Reply::Type::Error;
    reply.text = text;
    return reply;
}

} // namespace

LargeWrites::LargeWrites(LargeWrite& write, std::uint64_t size, bool evenUnarchived, ArchivingWays ways)
    : ShownWrites(ways, true, {})
    , m_write(write)
    , m_size(size)
    , m_evenUnarchived(evenUnarchived)
{
}

Result<std::vector<Reply>> LargeWrites::send(const StepLanes& lanes, std::span<const Command> commands,
    const KeyBatch& keys, UnsettledKeys& unsettled, const std::stop_token& stop)
{
    Replies replies;
    for (std::size_t at = 0; at < keys.size(); ++at) { // there is one
        auto reply = sendOne(lanes, commands[at], keys[at], stop);
        if (!reply) {
            appendKeys(m_isUnderWay ? unsettled.maybeDone : unsettled.notSent, keys);
            return std::move(reply).error();
        }
        replies.push_back(*std::move(reply));
    }
    if (m_notUndoable) {
        return replies;
    }
    if (Status sent = sendPlain(lanes, commands, keys, replies, stop); !sent) {
        m_isUnderWay = true;
        appendKeys(unsettled.maybeDone, keys);
        return std::move(sent).error();
    }
    return replies;
}

Result<Reply> LargeWrites::sendOne(
    const StepLanes& lanes, const Command& command, std::string_view key, const std::stop_token& stop)
{
    const std::vector<Command> probe{Command{"MULTI"}, Command{"EXEC"}}; // without it the watch would be in vain
    const auto probed = lanes.node.pipeline(probe, stop);
    if (!probed) {
        return probed.error();
    }
    if (const Reply* const error = firstError(*probed)) {
        return errorReply(error->text);
    }
    auto told = m_write.run(lanes.node, std::string(key), m_size, std::span(&command, 1), m_isUnderWay, stop);
    if (!told) {
        return std::move(told).error();
    }
    switch (told->what.outcome) {
    case Outcome::Done:
        return std::move(told->answer);
    case Outcome::Missing:
        noteGone(key);
        return Reply{};
    case Outcome::Changed:
        noteRefused(key);
        return Reply{};
    case Outcome::NotUndoable:
        break;
    default:
        return errorReply(told->what.detail);
    }
    if (!m_evenUnarchived) {
        m_notUndoable = sizeText(ByteCount{m_size}).toStdString();
        return Reply{};
    }
    const std::vector<Command> alone{command};
    m_isUnderWay = true;
    auto replies = lanes.routed.pipeline(alone, stop);
    if (!replies) {
        return std::move(replies).error();
    }
    m_isUnderWay = false;
    return std::move(replies->front());
}

} // namespace keyglass
