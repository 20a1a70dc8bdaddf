// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/connection.h"

#include "core/net/handshake.h"
#include "core/net/nettext.h"
#include "core/net/replybuilder.h"
#include "core/net/respreader.h"
#include "core/net/transport.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t chunkSize = 128 * 1024; ///< Of one read from the socket.
/// Given to the reader at once: it moves all that it still has to the front with each thousand bytes it has taken.
constexpr std::size_t pieceSize = 8 * 1024;
constexpr std::size_t muchUnsent = 1024 * 1024; ///< From here on send() waits for the peer to take some.
constexpr std::size_t treeOverhead = 4;         ///< A tree may take this many times the reply's cap.

Error cancelled()
{
    return {ErrorKind::Cancelled, {}, {}};
}

Error notOpen()
{
    return {ErrorKind::Network, {}, netText("The connection is closed.")};
}

QString secondsText(Milliseconds time)
{
    return QString::number(static_cast<double>(time.count()) / 1000);
}

} // namespace

QString Endpoint::text() const
{
    if (isUnixSocket()) {
        return socketPath;
    }
    const QString bracketed = host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(host) : host;
    return bracketed + QLatin1Char(':') + QString::number(port);
}

class Connection::Private {
public:
    explicit Private(ConnectionOptions options)
        : m_options(std::move(options))
        , m_reader(m_options.replyCap)
    {
    }

    [[nodiscard]] Status connect(const std::stop_token& stop)
    {
        m_connecting = Deadline(m_options.connectTimeout);
        Result<std::unique_ptr<Transport>> transport = Transport::open(m_options.endpoint, *m_connecting, stop);
        if (!transport) {
            return named(std::move(transport).error());
        }
        m_transport = *std::move(transport);
        Status greeted = greet(stop);
        m_connecting.reset();
        return greeted;
    }

    [[nodiscard]] Status send(std::span<const Command> commands, const std::stop_token& stop)
    {
        if (!m_transport) {
            return named(notOpen());
        }
        if (std::ranges::any_of(commands, &Command::isEmpty)) { // would never be answered
            return named({ErrorKind::Input, {}, netText("There is no command.")});
        }
        m_encoded.clear();
        for (const Command& command : commands) {
            command.encodeTo(m_encoded);
        }
        if (Status written = m_transport->write(m_encoded); !written) {
            return fail(std::move(written).error());
        }
        if (m_encoded.capacity() > muchUnsent) {
            m_encoded = {};
        }
        m_pending += commands.size();
        return m_transport->unsent() > muchUnsent ? awaitSending(stop) : ok();
    }

    [[nodiscard]] Status receive(ReplySink& sink, const std::stop_token& stop)
    {
        if (stop.stop_requested()) {
            return failReading(cancelled());
        }
        for (;;) {
            const Result<bool> whole = parse(sink);
            if (!whole) {
                return fail(whole.error());
            }
            if (*whole) {
                m_pending -= m_pending > 0 ? 1 : 0;
                return ok();
            }
            if (Status fed = feedMore(stop); !fed) {
                return fed;
            }
        }
    }

    [[nodiscard]] Result<Reply> receiveTree(const std::stop_token& stop)
    {
        ReplyBuilder builder(m_options.replyCap * treeOverhead);
        if (Status received = receive(builder, stop); !received) {
            return std::move(received).error();
        }
        if (builder.isOverCap()) {
            return fail({ErrorKind::Limit, {}, netText("The reply has more elements than this connection takes.")})
                .error();
        }
        return builder.take();
    }

    [[nodiscard]] Result<std::optional<Reply>> listen(Milliseconds patience, const std::stop_token& stop)
    {
        Q_ASSERT(m_pending == 0);
        m_patience = Deadline(patience);
        Result<Reply> reply = receiveTree(stop);
        m_patience.reset();
        if (!reply && reply.error().kind == ErrorKind::Timeout && isOpen()) {
            return std::optional<Reply>();
        }
        return reply ? Result<std::optional<Reply>>(std::optional(*std::move(reply))) : std::move(reply).error();
    }

    /// What has ended is no news here: the next use tells.
    [[nodiscard]] bool hasUnasked()
    {
        if (!m_transport || m_pending > 0) {
            return false;
        }
        return m_reader.isWithinReply() || !m_unfed.empty() || !m_early.empty()
            || m_transport->read(m_chunk, Deadline(Milliseconds{0}), {}).has_value();
    }

    void setCallTimeout(Milliseconds callTimeout) { m_options.callTimeout = callTimeout; }
    [[nodiscard]] bool isOpen() const { return m_transport != nullptr; }
    [[nodiscard]] const ConnectionOptions& options() const { return m_options; }
    [[nodiscard]] std::size_t pending() const { return m_pending; }

private:
    [[nodiscard]] Status greet(const std::stop_token& stop)
    {
        const Handshake handshake(m_options);
        if (Status sent = send(handshake.commands(), stop); !sent) {
            return sent;
        }
        for (std::size_t n = 0; n < handshake.commands().size(); ++n) {
            const Result<Reply> reply = receiveTree(stop);
            if (!reply) {
                return reply.error();
            }
            if (std::optional<Error> error = handshake.judge(n, *reply)) {
                return fail(*std::move(error));
            }
        }
        return ok();
    }

    /// A sink that throws leaves the reader in the middle of a reply.
    [[nodiscard]] Result<bool> parse(ReplySink& sink)
    {
        try {
            return m_reader.parse(sink);
        } catch (...) {
            m_transport.reset();
            m_lost = named(notOpen());
            throw;
        }
    }

    /// What was read before, what came while sending, else what comes next.
    [[nodiscard]] Status feedMore(const std::stop_token& stop)
    {
        if (!m_unfed.empty()) {
            return feedPiece();
        }
        if (!m_early.empty()) {
            const std::string early = std::exchange(m_early, {});
            return fedOrFailed(m_reader.feed(early));
        }
        if (!m_transport) {
            return m_lost ? Status(*m_lost) : named(notOpen());
        }
        const Result<std::size_t> size = m_transport->read(m_chunk, nextDeadline(), stop);
        if (!size) {
            return failReading(size.error());
        }
        m_heard = true;
        m_unfed = {m_chunk.data(), *size};
        return feedPiece();
    }

    [[nodiscard]] Status feedPiece()
    {
        const std::string_view piece = m_unfed.substr(0, pieceSize);
        m_unfed.remove_prefix(piece.size());
        return fedOrFailed(m_reader.feed(piece));
    }

    /// A stop while nothing is owed leaves the connection as good as it was; so does silence for who only listens.
    [[nodiscard]] Status failReading(Error error)
    {
        const bool isHarmless =
            error.kind == ErrorKind::Cancelled || (error.kind == ErrorKind::Timeout && m_patience.has_value());
        if (isHarmless && m_pending == 0 && !m_reader.isWithinReply()) {
            return named(std::move(error));
        }
        return fail(explained(std::move(error)));
    }

    [[nodiscard]] Status fedOrFailed(Status fed) { return fed ? fed : fail(std::move(fed).error()); }

    /// Until little is unsent. A server that waits for us to read its replies before it reads on is listened to
    /// meanwhile.
    [[nodiscard]] Status awaitSending(const std::stop_token& stop)
    {
        std::array<char, 16 * 1024> piece; // not m_chunk: that may just be being taken apart, when a sink sends
        while (m_transport->unsent() > muchUnsent) {
            const Result<std::size_t> size = m_transport->readOrSend(piece, nextDeadline(), stop);
            if (!size) {
                return fail(explained(size.error()));
            }
            m_early.append(piece.data(), *size);
            if (m_early.size() > m_options.replyCap) {
                return fail({ErrorKind::Limit, {}, netText("More replies came than this connection keeps.")});
            }
        }
        return ok();
    }

    [[nodiscard]] Deadline nextDeadline() const
    {
        if (m_patience && !m_reader.isWithinReply()) {
            return *m_patience;
        }
        return m_connecting ? *m_connecting : Deadline(m_options.callTimeout);
    }

    [[nodiscard]] Error explained(Error error) const
    {
        if (error.kind == ErrorKind::Timeout) {
            const Milliseconds waited = m_connecting ? m_options.connectTimeout : m_options.callTimeout;
            error.detail = netText("There was no answer for %1 s.").arg(secondsText(waited));
        }
        if (error.kind == ErrorKind::Network && !m_heard && !m_options.endpoint.tls
            && !m_options.endpoint.isUnixSocket()) {
            error.detail += QLatin1Char(' ') + netText("It said nothing at all; it may expect TLS.");
        }
        return error;
    }

    [[nodiscard]] Error named(Error error) const { return std::move(error).about(m_options.endpoint.text()); }

    /// Closes the connection: where a reply ends in the stream is no longer known, or there is no stream.
    [[nodiscard]] Status fail(Error error)
    {
        m_transport.reset();
        m_pending = 0;
        m_lost = named(std::move(error));
        return *m_lost;
    }

    ConnectionOptions m_options;
    RespReader m_reader;
    std::unique_ptr<Transport> m_transport; ///< null: closed
    std::string m_encoded;
    std::string m_early; ///< received while sending, not yet fed
    std::array<char, chunkSize> m_chunk;
    std::string_view m_unfed; ///< Of m_chunk.
    std::size_t m_pending = 0;
    bool m_heard = false;
    std::optional<Deadline> m_connecting; ///< while connecting: the end of all waits
    std::optional<Deadline> m_patience;   ///< while listening: how long for something to begin
    std::optional<Error> m_lost;
};

Result<std::unique_ptr<Connection>> Connection::open(const ConnectionOptions& options, std::stop_token stop)
{
    auto d = std::make_unique<Private>(options);
    if (Status connected = d->connect(stop); !connected) {
        return std::move(connected).error();
    }
    return std::unique_ptr<Connection>(new Connection(std::move(d)));
}

Connection::Connection(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

Connection::~Connection() = default;

Status Connection::send(const Command& command, std::stop_token stop)
{
    return m_d->send({&command, 1}, stop);
}

Status Connection::send(std::span<const Command> commands, std::stop_token stop)
{
    return m_d->send(commands, stop);
}

Status Connection::receive(ReplySink& sink, std::stop_token stop)
{
    return m_d->receive(sink, stop);
}

Result<Reply> Connection::receive(std::stop_token stop)
{
    return m_d->receiveTree(stop);
}

Result<std::optional<Reply>> Connection::listen(Milliseconds patience, std::stop_token stop)
{
    return m_d->listen(patience, stop);
}

void Connection::setCallTimeout(Milliseconds callTimeout)
{
    m_d->setCallTimeout(callTimeout);
}

bool Connection::hasUnasked()
{
    return m_d->hasUnasked();
}

bool Connection::isOpen() const
{
    return m_d->isOpen();
}

const ConnectionOptions& Connection::options() const
{
    return m_d->options();
}

std::size_t Connection::pendingReplies() const
{
    return m_d->pending();
}

} // namespace keyglass
