// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/command.h"
#include "core/net/connection.h"
#include "core/net/reply.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace keyglass {

class CommandGate;
class Confirmation;

/// One connection to one node, bound to one database for its life, through which every command passes the gate.
///
/// Opens the connection on first use and again after it was lost (the handshake's SELECT goes before anything else).
/// Whether a command that was under way when the line broke is sent again is the caller's decision: a Lane never
/// repeats one. Blocks; belongs to one thread at a time.
class Lane {
public:
    Lane() = default;
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;
    virtual ~Lane() = default;

    /// Sends one command and waits for its reply. An error reply becomes a typed Error whose subject is the node;
    /// ReadOnly or Confirm comes from the gate before anything is sent.
    [[nodiscard]] virtual Result<Reply> call(const Command& command, std::stop_token stop) = 0;

    /// Sends all commands in one go and waits for all replies, in order. Error replies stay Replies, one per command,
    /// so that one key's failure never hides another's. The gate looks at every command before the first is sent.
    [[nodiscard]] virtual Result<std::vector<Reply>> pipeline(
        std::span<const Command> commands, std::stop_token stop) = 0;

    /// What the gate says of a command, with nothing sent: for who has to know before the first of several commands
    /// whether the last may be sent. Good where the lane has no gate.
    [[nodiscard]] virtual Status check(const Command& command) const;

    /// The two halves of a call for streaming (SCAN): send() may be called from within a callback of receive()'s sink.
    /// While replies are owed, send() opens no new connection in place of a lost one: it fails with Network, so that a
    /// reply is never taken for another command's. call() and pipeline() read and drop what is still owed first.
    [[nodiscard]] virtual Status send(const Command& command, std::stop_token stop) = 0;
    [[nodiscard]] virtual Status receive(ReplySink& sink, std::stop_token stop) = 0;

    /// Waits for what the server says unasked, after a SUBSCRIBE: nothing where no message begins within `patience`.
    /// That, and a stop (Cancelled), leaves the line as it is; opens none: Network where it is lost. Only while no
    /// reply is owed. Unsupported on lanes that have no one connection to listen to.
    [[nodiscard]] virtual Result<std::optional<Reply>> listen(Milliseconds patience, std::stop_token stop);

    /// receive() of a reply as a whole, for a small one among streamed ones; Limit where it takes more than `memoryCap`
    /// bytes.
    [[nodiscard]] Result<Reply> receiveWhole(std::size_t memoryCap, std::stop_token stop);

    /// This same lane with the user's yes to certain commands: `lane.confirmed({"UNLINK"})->call(…)`. The yes lives as
    /// long as what is returned and reaches only who is given it; this lane itself goes on asking. It must not outlive
    /// this lane.
    [[nodiscard]] virtual std::unique_ptr<Lane> confirmed(Confirmation confirmation);

    /// Closes the connection; the next use opens a new one.
    virtual void close() = 0;
    [[nodiscard]] virtual bool isOpen() const = 0;
    /// How often a connection has been opened: a changed number tells that the server may be another process.
    [[nodiscard]] virtual std::uint64_t openings() const = 0;
    /// "10.0.0.7:7001": how errors and reports name the node.
    [[nodiscard]] virtual QString nodeText() const = 0;

    /// How long a reply may stay silent on the connection that is open now, if one is; one opened later has what it is
    /// made with. For who asks several nodes at once and then waits for all of them together.
    virtual void setCallTimeout(Milliseconds callTimeout);
};

/// Commands that a lane sends by itself each time it has opened a connection (READONLY, CLIENT NO-TOUCH ON). Each has
/// to pass the gate; that the server refuses one is no error: it stays as it was.
using Greeting = std::vector<Command>;

/// Where to connect, asked for before each opening: behind a Sentinel a name is another server after a failover.
using ResolveNode = std::function<Result<ConnectionOptions>(std::stop_token)>;

/// A Lane over a real connection. `gate` is shared by all lanes of a session.
[[nodiscard]] std::unique_ptr<Lane> makeLane(
    ConnectionOptions options, std::shared_ptr<const CommandGate> gate, Greeting greeting = {});
/// The same to wherever `resolve` says. Until the first opening nodeText() is `name`.
[[nodiscard]] std::unique_ptr<Lane> makeLane(
    ResolveNode resolve, QString name, std::shared_ptr<const CommandGate> gate, Greeting greeting = {});

} // namespace keyglass
