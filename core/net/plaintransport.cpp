// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/plaintransport.h"

#include "core/net/nettext.h"

#include <sys/socket.h>

#include <cerrno>
#include <string>

namespace keyglass {

namespace {

bool wouldBlock(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

/// The system's own calls, not QTcpSocket: that one copies everything through a buffer of its own (unbuffered it can
/// only be where it connects itself, and then it can't wait for the connection in slices), and it closes the descriptor
/// when a write fails, with the server's last words ("max number of clients reached") still unread.
class PlainTransport : public Transport {
public:
    PlainTransport(Descriptor socket, std::unique_ptr<const Waiter> waiter)
        : m_socket(std::move(socket))
    {
        m_waiter = std::move(waiter);
    }

    [[nodiscard]] std::size_t unsent() const override { return m_left.size() - m_leftFrom; }

protected:
    [[nodiscard]] int socket() const override { return m_socket.get(); }
    [[nodiscard]] bool hasReceived() const override { return false; }

    [[nodiscard]] std::ptrdiff_t receive(std::span<char> into) override
    {
        const ssize_t size = ::recv(m_socket.get(), into.data(), into.size(), 0);
        if (size > 0) {
            return size;
        }
        if (size < 0 && wouldBlock(errno)) {
            return 0;
        }
        m_error = size < 0 ? errno : 0;
        return -1;
    }

    /// A peer that takes nothing more is no failure here: reading tells what it said before it closed.
    [[nodiscard]] bool send(std::string_view bytes) override
    {
        if (unsent() == 0) {
            bytes.remove_prefix(sendNow(bytes));
        }
        m_left.append(bytes);
        return true;
    }

    void flush() override
    {
        m_leftFrom += sendNow(std::string_view(m_left).substr(m_leftFrom));
        if (m_leftFrom == m_left.size()) {
            m_left.clear();
            m_leftFrom = 0;
        }
    }

    [[nodiscard]] Error failure() const override
    {
        const bool closed = m_error == 0 || m_error == ECONNRESET || m_error == EPIPE;
        return {ErrorKind::Network, {}, closed ? netText("The server closed the connection.") : systemText(m_error)};
    }

private:
    /// How many bytes are done with.
    std::size_t sendNow(std::string_view bytes)
    {
        const ssize_t size = ::send(m_socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size >= 0) {
            return static_cast<std::size_t>(size);
        }
        return wouldBlock(errno) ? 0 : bytes.size();
    }

    Descriptor m_socket;
    std::string m_left; ///< what the system has not taken yet, from m_leftFrom on
    std::size_t m_leftFrom = 0;
    int m_error = 0; ///< errno of the failure; 0: the stream ended
};

} // namespace

std::unique_ptr<Transport> openPlain(Descriptor socket, std::unique_ptr<const Waiter> waiter)
{
    return std::make_unique<PlainTransport>(std::move(socket), std::move(waiter));
}

} // namespace keyglass
