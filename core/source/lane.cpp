// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/lane.h"

#include "core/net/replybuilder.h"
#include "core/source/commandgate.h"
#include "core/source/laneview.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

namespace keyglass {

namespace {

// What may be under way at once in a pipeline. So much always fits into the buffers between us and the peer, so that it
// never waits for us to read while we wait for it to read; and its replies are all that the server has to hold for us.
constexpr std::size_t windowCommands = 2048;
constexpr std::size_t windowBytes = 128 * 1024;

/// About what a command takes on the wire.
std::size_t wireBytes(const Command& command)
{
    constexpr std::size_t framing = 16; // "$1234567\r\n" and "\r\n" around an argument
    std::size_t bytes = framing;
    for (const std::string& argument : command.arguments()) {
        bytes += argument.size() + framing;
    }
    return bytes;
}

/// Commands sent whose replies are still to come.
class Window {
public:
    [[nodiscard]] bool takes(std::size_t bytes) const
    {
        return m_commands == 0 || (m_commands < windowCommands && m_bytes + bytes <= windowBytes);
    }
    /// Time to send the next slice: refilling after each reply would cost a system call per command.
    [[nodiscard]] bool isHalfEmpty() const { return m_commands <= windowCommands / 2 && m_bytes <= windowBytes / 2; }
    void sent(std::size_t bytes)
    {
        ++m_commands;
        m_bytes += bytes;
    }
    void answered(std::size_t bytes)
    {
        --m_commands;
        m_bytes -= bytes;
    }

private:
    std::size_t m_commands = 0;
    std::size_t m_bytes = 0;
};

/// From then on the server speaks unasked.
bool subscribes(const Command& command)
{
    constexpr std::string_view word = "subscribe";
    const std::string_view name = command.name();
    constexpr std::string_view lastButOne = "bBoO"; // most end otherwise, and a job asks of millions
    if (name.size() < 2 || lastButOne.find(name[name.size() - 2]) == std::string_view::npos) {
        return false;
    }
    return (name.size() >= word.size() && lowerAscii(name.substr(name.size() - word.size())) == word)
        || lowerAscii(name) == "monitor";
}

/// The RedisTABLE module goes on after this error and answers once more.
bool isAnsweredTwice(const Reply& reply)
{
    return reply.isError() && reply.text.find("name, it exceeds the limit of 64 characters") != std::string::npos;
}

class DroppingSink : public ReplySink {
public:
    void arrayBegins(int, std::size_t, std::size_t) override { }
    void text(Reply::Type, int, std::size_t, std::string_view) override { }
    void integer(int, std::size_t, std::int64_t) override { }
    void nil(int, std::size_t) override { }
};

class ConnectionLane final : public Lane {
public:
    ConnectionLane(ResolveNode resolve, QString name, std::shared_ptr<const CommandGate> gate, Greeting greeting)
        : m_resolve(std::move(resolve))
        , m_name(std::move(name))
        , m_gate(std::move(gate))
        , m_greeting(std::move(greeting))
    {
        Q_ASSERT(m_gate);
    }

    Result<Reply> call(const Command& command, std::stop_token stop) override { return call(command, {}, stop); }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        return pipeline(commands, {}, stop);
    }
    Status check(const Command& command) const override { return ask(command, {}); }
    Status send(const Command& command, std::stop_token stop) override { return send(command, {}, stop); }
    Status receive(ReplySink& sink, std::stop_token stop) override;
    Result<std::optional<Reply>> listen(Milliseconds patience, std::stop_token stop) override;
    void setCallTimeout(Milliseconds callTimeout) override
    {
        if (m_connection) {
            m_connection->setCallTimeout(callTimeout);
        }
    }
    std::unique_ptr<Lane> confirmed(Confirmation confirmation) override;

    Result<Reply> call(const Command& command, const Confirmation& confirmation, std::stop_token stop);
    Result<std::vector<Reply>> pipeline(
        std::span<const Command> commands, const Confirmation& confirmation, std::stop_token stop);
    Status send(const Command& command, const Confirmation& confirmation, std::stop_token stop);
    [[nodiscard]] Status ask(const Command& command, const Confirmation& confirmation) const;

    void close() override
    {
        m_connection.reset();
        m_hasSubscribed = false;
        m_owed = 0;
    }
    [[nodiscard]] bool isOpen() const override { return m_connection && m_connection->isOpen(); }
    [[nodiscard]] std::uint64_t openings() const override { return m_openings; }
    [[nodiscard]] QString nodeText() const override { return m_name; }

private:
    [[nodiscard]] Status makeReady(bool needsThisConnection, std::stop_token stop);
    [[nodiscard]] Status open(std::stop_token stop);
    [[nodiscard]] Status greet(std::stop_token stop);
    [[nodiscard]] Status fillWindow(std::span<const Command>& unsent, Window& window, std::stop_token stop);
    [[nodiscard]] Result<std::vector<Reply>> exchange(std::span<const Command> commands, std::stop_token stop);
    [[nodiscard]] Error cancelled() const { return {ErrorKind::Cancelled, nodeText(), {}}; }
    [[nodiscard]] Error lost();
    [[nodiscard]] Error named(Error error) const;

    const ResolveNode m_resolve;
    QString m_name; ///< Of the node last connected to.
    std::shared_ptr<const CommandGate> m_gate;
    const Greeting m_greeting;
    std::unique_ptr<Connection> m_connection;
    std::uint64_t m_openings = 0;
    std::size_t m_owed = 0; ///< Replies to send() that receive() has not brought yet, also of a connection since lost.
    bool m_hasSubscribed = false;
    bool m_isReceiving = false; ///< A sink is being called: the connection must stay, even dead.
};

/// A ConnectionLane with the user's yes to certain commands.
class ConfirmedLane final : public LaneView {
public:
    ConfirmedLane(ConnectionLane& lane, Confirmation confirmation)
        : LaneView(lane)
        , m_lane(lane)
        , m_confirmation(std::move(confirmation))
    {
    }
    Result<Reply> call(const Command& command, std::stop_token stop) override
    {
        return m_lane.call(command, m_confirmation, stop);
    }
    Result<std::vector<Reply>> pipeline(std::span<const Command> commands, std::stop_token stop) override
    {
        return m_lane.pipeline(commands, m_confirmation, stop);
    }
    Status check(const Command& command) const override { return m_lane.ask(command, m_confirmation); }
    Status send(const Command& command, std::stop_token stop) override
    {
        return m_lane.send(command, m_confirmation, stop);
    }

private:
    ConnectionLane& m_lane;
    Confirmation m_confirmation;
};

std::unique_ptr<Lane> ConnectionLane::confirmed(Confirmation confirmation)
{
    return std::make_unique<ConfirmedLane>(*this, std::move(confirmation));
}

Result<Reply> ConnectionLane::call(const Command& command, const Confirmation& confirmation, std::stop_token stop)
{
    auto replies = pipeline({&command, 1}, confirmation, stop);
    if (!replies) {
        return std::move(replies).error();
    }
    if (replies->front().isError()) {
        return named(replyError(replies->front().text));
    }
    return std::move(replies->front());
}

Result<std::vector<Reply>> ConnectionLane::pipeline(
    std::span<const Command> commands, const Confirmation& confirmation, std::stop_token stop)
{
    for (const Command& command : commands) {
        if (auto asked = ask(command, confirmation); !asked) {
            return std::move(asked).error();
        }
    }
    if (commands.empty()) {
        return std::vector<Reply>{};
    }
    if (stop.stop_requested()) {
        return cancelled();
    }
    const bool endsTransaction = lowerAscii(commands.back().name()) == "exec";
    if (auto ready = makeReady(endsTransaction, stop); !ready) {
        return std::move(ready).error();
    }
    auto replies = exchange(commands, stop);
    if (!replies) {
        close(); // what is still under way must not answer the next command
    }
    return replies;
}

Result<std::vector<Reply>> ConnectionLane::exchange(std::span<const Command> commands, std::stop_token stop)
{
    std::vector<Reply> replies;
    replies.reserve(commands.size());
    std::span<const Command> unsent = commands;
    Window window;
    while (replies.size() < commands.size()) {
        if (auto filled = fillWindow(unsent, window, stop); !filled) {
            return std::move(filled).error();
        }
        auto reply = m_connection->receive(stop);
        if (!reply) {
            return named(std::move(reply).error());
        }
        window.answered(wireBytes(commands[replies.size()]));
        replies.push_back(std::move(*reply));
    }
    m_hasSubscribed = m_hasSubscribed || std::ranges::any_of(commands, subscribes);
    if (std::ranges::any_of(replies, isAnsweredTwice)) {
        close(); // another reply is on its way, and would be taken for the next command's
    }
    return replies;
}

/// Sends from the front of `unsent` what the window takes, once there is room for a good slice.
Status ConnectionLane::fillWindow(std::span<const Command>& unsent, Window& window, std::stop_token stop)
{
    if (!window.isHalfEmpty()) {
        return ok();
    }
    std::size_t slice = 0;
    while (slice < unsent.size() && window.takes(wireBytes(unsent[slice]))) {
        window.sent(wireBytes(unsent[slice]));
        ++slice;
    }
    if (slice == 0) {
        return ok();
    }
    if (auto sent = m_connection->send(unsent.first(slice), std::move(stop)); !sent) {
        return named(std::move(sent).error());
    }
    unsent = unsent.subspan(slice);
    return ok();
}

Status ConnectionLane::send(const Command& command, const Confirmation& confirmation, std::stop_token stop)
{
    if (auto asked = ask(command, confirmation); !asked) {
        return asked;
    }
    if (stop.stop_requested()) {
        return cancelled();
    }
    if (!isOpen()) {
        if (m_owed > 0 || m_isReceiving) {
            return lost();
        }
        if (auto opened = open(stop); !opened) {
            return opened;
        }
    }
    if (auto sent = m_connection->send(command, std::move(stop)); !sent) {
        m_owed = 0;
        return named(std::move(sent).error());
    }
    m_hasSubscribed = m_hasSubscribed || subscribes(command);
    ++m_owed;
    return ok();
}

Status ConnectionLane::receive(ReplySink& sink, std::stop_token stop)
{
    if (!isOpen() || m_owed == 0) {
        return lost();
    }
    --m_owed; // before it is read, because the sink may send the next command
    m_isReceiving = true;
    auto received = m_connection->receive(sink, stop);
    m_isReceiving = false;
    if (!received) {
        close();
        return named(std::move(received).error());
    }
    return ok();
}

Result<std::optional<Reply>> ConnectionLane::listen(Milliseconds patience, std::stop_token stop)
{
    Q_ASSERT(!m_isReceiving && m_owed == 0);
    if (!isOpen()) {
        return lost();
    }
    auto heard = m_connection->listen(patience, std::move(stop));
    if (!heard && !m_connection->isOpen()) {
        close();
    }
    return heard ? std::move(heard) : named(std::move(heard).error());
}

Status ConnectionLane::ask(const Command& command, const Confirmation& confirmation) const
{
    if (auto asked = m_gate->check(command, confirmation); !asked) {
        return named(std::move(asked).error());
    }
    return ok();
}

/// An open connection on which no reply is owed to anyone else, and none has come unasked. `needsThisConnection`: a new
/// one is no substitute, as it watches nothing.
Status ConnectionLane::makeReady(bool needsThisConnection, std::stop_token stop)
{
    Q_ASSERT(!m_isReceiving);
    DroppingSink sink;
    while (isOpen() && m_owed > 0) {
        if (auto dropped = receive(sink, stop); !dropped && dropped.error().kind == ErrorKind::Cancelled) {
            return dropped; // any other failure: a new connection owes nothing
        }
    }
    if (isOpen() && !m_hasSubscribed && m_connection->hasUnasked()) {
        close();
        if (needsThisConnection) {
            return Error{ErrorKind::Network, nodeText(),
                QCoreApplication::translate("Lane", "The server answered more than it was asked. Nothing was sent.")};
        }
    }
    return isOpen() ? ok() : open(stop);
}

Status ConnectionLane::open(std::stop_token stop)
{
    close();
    const auto options = m_resolve(stop);
    if (!options) {
        return options.error();
    }
    m_name = options->endpoint.text();
    auto connection = Connection::open(*options, stop);
    if (!connection) {
        return named(std::move(connection).error());
    }
    m_connection = std::move(*connection);
    ++m_openings;
    return greet(std::move(stop));
}

/// Sends what this lane always says first. What the server or the gate refuses is left out.
Status ConnectionLane::greet(std::stop_token stop)
{
    Greeting allowed;
    std::ranges::copy_if(m_greeting, std::back_inserter(allowed),
        [this](const Command& command) { return m_gate->check(command).has_value(); });
    if (allowed.empty()) {
        return ok();
    }
    if (auto answered = exchange(allowed, std::move(stop)); !answered) {
        close();
        return std::move(answered).error();
    }
    return ok();
}

/// The line is gone with replies outstanding; told once, then the next use opens a new one.
Error ConnectionLane::lost()
{
    m_owed = 0;
    return {ErrorKind::Network, nodeText(), QCoreApplication::translate("Lane", "The connection was lost.")};
}

Error ConnectionLane::named(Error error) const
{
    return std::move(error).about(nodeText());
}

} // namespace

Result<Reply> Lane::receiveWhole(std::size_t memoryCap, std::stop_token stop)
{
    ReplyBuilder builder(memoryCap);
    if (Status received = receive(builder, std::move(stop)); !received) {
        return std::move(received).error();
    }
    if (builder.isOverCap()) {
        return Error{ErrorKind::Limit, nodeText(), QCoreApplication::translate("Lane", "The reply is too large.")};
    }
    return builder.take();
}

Result<std::optional<Reply>> Lane::listen(Milliseconds, std::stop_token)
{
    return Error{ErrorKind::Unsupported, nodeText(), {}};
}

void Lane::setCallTimeout(Milliseconds) { }

Status Lane::check(const Command&) const
{
    return ok();
}

std::unique_ptr<Lane> Lane::confirmed(Confirmation)
{
    return std::make_unique<LaneView>(*this); // a lane without a gate asks for nothing
}

std::unique_ptr<Lane> makeLane(ConnectionOptions options, std::shared_ptr<const CommandGate> gate, Greeting greeting)
{
    QString name = options.endpoint.text();
    return makeLane([options = std::move(options)](const std::stop_token&) { return options; }, std::move(name),
        std::move(gate), std::move(greeting));
}

std::unique_ptr<Lane> makeLane(
    ResolveNode resolve, QString name, std::shared_ptr<const CommandGate> gate, Greeting greeting)
{
    return std::make_unique<ConnectionLane>(std::move(resolve), std::move(name), std::move(gate), std::move(greeting));
}

} // namespace keyglass
