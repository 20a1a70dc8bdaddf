// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/redis/keytracking.h"

#include <QCoreApplication>

#include <utility>

namespace keyglass {

namespace {

constexpr std::string_view channel = "__redis__:invalidate";

Error lineLost(const Lane& lane)
{
    return {ErrorKind::Network, lane.nodeText(), QCoreApplication::translate("Lane", "The connection was lost.")};
}

} // namespace

KeyTracking::KeyTracking(std::unique_ptr<Lane> listener, std::unique_ptr<Lane> reader)
    : m_listener(std::move(listener))
    , m_reader(std::move(reader))
{
}

void KeyTracking::close()
{
    m_isTracking = false;
    m_listener->close();
    m_reader->close();
}

bool KeyTracking::isOpen() const
{
    return m_isTracking && m_listener->isOpen() && m_reader->isOpen() && m_reader->openings() == m_readerOpenings;
}

Status KeyTracking::open(std::stop_token stop)
{
    close();
    const auto id = m_listener->call(Command{"CLIENT", "ID"}, stop);
    if (!id) {
        return id.error();
    }
    if (auto subscribed = m_listener->call(Command{"SUBSCRIBE", channel}, stop); !subscribed) {
        return std::move(subscribed).error();
    }
    Command track{"CLIENT", "TRACKING", "ON", "REDIRECT"};
    track.add(id->integer);
    if (auto tracked = m_reader->call(track, std::move(stop)); !tracked) {
        close();
        return std::move(tracked).error();
    }
    m_readerOpenings = m_reader->openings();
    m_isTracking = true;
    return ok();
}

Result<std::vector<std::string>> KeyTracking::watch(std::span<const std::string> keys, std::stop_token stop)
{
    if (!isOpen()) {
        close();
        return lineLost(*m_reader);
    }
    std::vector<Command> questions;
    for (const std::string& key : keys) {
        questions.push_back(Command{"TYPE", key}); // a key that is not there is tracked as well
    }
    const auto replies = m_reader->pipeline(questions, std::move(stop));
    if (!replies || m_reader->openings() != m_readerOpenings) { // another connection does not track
        close();
        return replies ? lineLost(*m_reader) : replies.error();
    }
    std::vector<std::string> types;
    for (const Reply& reply : *replies) {
        types.push_back(reply.isText() ? reply.text : std::string());
    }
    return types;
}

Result<KeyTracking::Written> KeyTracking::wait(Milliseconds patience, std::stop_token stop)
{
    if (!isOpen()) {
        close();
        return lineLost(*m_listener);
    }
    auto heard = m_listener->listen(patience, stop);
    if (heard && *heard) {
        return writtenIn(**heard);
    }
    if (heard) {
        // What comes first may be a message; the answer is then heard, and passed over, by the next wait.
        auto answer = m_listener->call(Command{"PING"}, std::move(stop));
        if (answer) {
            return writtenIn(*answer);
        }
        heard = std::move(answer).error();
    }
    if (!m_listener->isOpen()) {
        close();
    }
    return std::move(heard).error();
}

/// {"message", channel, {key, …}}; nil in place of the keys: all of them. Anything else is an answer of ours.
KeyTracking::Written KeyTracking::writtenIn(const Reply& message)
{
    constexpr std::size_t parts = 3;
    Written written;
    if (message.elements.size() != parts || message.elements[0].text != "message"
        || message.elements[1].text != channel) {
        return written;
    }
    const Reply& keys = message.elements[2];
    written.everything = keys.isNil();
    for (const Reply& key : keys.elements) {
        written.keys.push_back(key.text);
    }
    return written;
}

} // namespace keyglass
