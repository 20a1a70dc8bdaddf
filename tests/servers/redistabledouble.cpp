// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/redistabledouble.h"

#include "tests/servers/redistablescript.h"

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <stop_token>
#include <string_view>

namespace keyglass::test {

namespace {

using namespace std::chrono_literals;

using Words = std::vector<std::string>;
constexpr int sliceMs = 5;
constexpr std::size_t pieceSize = 256 * 1024;
constexpr std::size_t longestName = 64;

std::string encoded(const Words& words)
{
    std::string out = "*" + std::to_string(words.size()) + "\r\n";
    for (const std::string& word : words) {
        out += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
    }
    return out;
}

/// The commands of a client, as they become whole.
class Requests {
public:
    void add(std::string_view bytes) { m_bytes += bytes; }

    /// The next whole command; its bytes as they came are in `raw`.
    std::optional<Words> next(std::string& raw)
    {
        std::size_t at = 0;
        const auto count = number('*', at);
        if (!count) {
            return std::nullopt;
        }
        Words words;
        for (std::size_t n = 0; n < *count; ++n) {
            const auto size = number('$', at);
            if (!size || at + *size + 2 > m_bytes.size()) {
                return std::nullopt;
            }
            words.push_back(m_bytes.substr(at, *size));
            at += *size + 2;
        }
        raw = m_bytes.substr(0, at);
        m_bytes.erase(0, at);
        return words;
    }

private:
    std::optional<std::size_t> number(char mark, std::size_t& at) const
    {
        const std::size_t end = m_bytes.find("\r\n", at);
        if (end == std::string::npos || m_bytes[at] != mark) {
            return std::nullopt;
        }
        const std::size_t value = std::stoul(m_bytes.substr(at + 1, end - at - 1));
        at = end + 2;
        return value;
    }

    std::string m_bytes;
};

/// The replies that come before the real one, for names that are too long.
Words repliesBefore(const Words& command)
{
    const auto tooLong = [](const char* what) {
        return std::string("ERR incorrect ") + what + " name, it exceeds the limit of 64 characters";
    };
    const std::string name = lower(command.front());
    Words replies;
    if (name == "table.namespace.create" && command.size() == 2 && command[1].size() > longestName) {
        replies.push_back(tooLong("namespace"));
    }
    const std::size_t dot = command.size() > 2 ? command[1].find('.') : std::string::npos;
    if (name == "table.schema.create" && dot != std::string::npos) {
        if (dot > longestName) {
            replies.push_back(tooLong("namespace"));
        }
        if (command[1].size() - dot - 1 > longestName) {
            replies.push_back(tooLong("table"));
        }
    }
    return replies;
}

bool takesConditions(const std::string& name)
{
    return name == "table.insert" || name == "table.select" || name == "table.update" || name == "table.delete";
}

bool isEndless(const Words& command)
{
    return takesConditions(lower(command.front())) && command.size() > 2
        && std::any_of(command.begin() + 2, command.end(), [](const std::string& word) { return word.empty(); });
}

} // namespace

/// One connection through the double. Everything happens on the thread that calls run().
class RedisTableDouble::Link {
public:
    Link(RedisTableDouble& owner, int client, int server)
        : m_owner(owner)
        , m_life(owner.m_life)
        , m_client(client)
        , m_server(server)
    {
        const int one = 1;
        for (const int socket : {client, server}) {
            setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        }
    }
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;
    ~Link()
    {
        closeOnce(m_client);
        closeOnce(m_server);
    }

    void run(const std::stop_token& stop)
    {
        while (!stop.stop_requested() && m_owner.m_life == m_life) {
            if (m_owner.isStandingStill()) {
                std::this_thread::sleep_for(1ms);
                continue;
            }
            std::array<pollfd, 2> both{{{m_client, POLLIN, 0}, {m_server, POLLIN, 0}}};
            ::poll(both.data(), both.size(), sliceMs);
            const bool goesOn = (both[1].revents == 0 || passReplies()) && (both[0].revents == 0 || takeRequests());
            if (!goesOn) {
                return;
            }
        }
    }

private:
    bool takeRequests()
    {
        const ssize_t size = ::recv(m_client, m_piece.data(), m_piece.size(), MSG_DONTWAIT);
        if (size <= 0) {
            return size < 0 && (errno == EAGAIN || errno == EINTR);
        }
        m_requests.add({m_piece.data(), static_cast<std::size_t>(size)});
        std::string raw;
        std::string out;
        while (const auto command = m_requests.next(raw)) {
            if (!command->empty() && !take(*command, raw, out)) {
                return false;
            }
        }
        return sendAll(m_server, out);
    }

    bool passReplies()
    {
        const ssize_t size = ::recv(m_server, m_piece.data(), m_piece.size(), MSG_DONTWAIT);
        if (size <= 0) {
            return size < 0 && (errno == EAGAIN || errno == EINTR);
        }
        return sendAll(m_client, {m_piece.data(), static_cast<std::size_t>(size)});
    }

    /// False: the connection ends here.
    bool take(const Words& command, const std::string& raw, std::string& out)
    {
        const std::string name = lower(command.front());
        const TableHazards hazards = m_owner.hazards();
        m_owner.note(command.front());
        if (name == hazards.answersTwice) {
            out += raw;
        }
        if (hazards.isMissing) {
            out += raw;
        } else if (name.starts_with("table.")) {
            return takeTable(name, command, hazards, out);
        } else if (name == "module" && command.size() == 2) {
            out += encoded(hazards.hidesModules
                    ? errorAsScript("NOPERM this user has no permissions to run the 'module|list' command")
                    : moduleListAsScript(hazards.scanLimitArgument));
        } else if (name == "command" && command.size() == 1) {
            out += encoded(commandListAsScript());
        } else if (name == "command" && command.size() > 2 && lower(command[1]) == "info") {
            out += encoded(commandInfoAsScript({command.begin() + 2, command.end()}));
        } else {
            out += raw;
            takeTransaction(name, out);
        }
        return true;
    }

    bool takeTable(const std::string& name, const Words& command, const TableHazards& hazards, std::string& out)
    {
        if (hazards.crashesOnEmpty && isEndless(command)) {
            m_owner.crash();
            return false;
        }
        m_owner.standStill(hazards.standstill);
        if (hazards.forbidden.contains(name)) {
            out += encoded(errorAsScript("NOPERM this user has no permissions to run the '" + name + "' command"));
        } else if (hazards.isMoving) {
            out += encoded(errorAsScript("ASK 1 127.0.0.1:1"));
        } else {
            const Words before = repliesBefore(command);
            if (m_isInTransaction) {
                m_afterExec += static_cast<int>(before.size());
            } else {
                std::ranges::for_each(before, [&out](const std::string& text) { out += encoded(errorAsScript(text)); });
            }
            out += encoded(tableCommandAsScript(command, hazards.scanLimit));
        }
        return true;
    }

    /// An EXEC that holds more than its header says reads as one with other replies after it.
    void takeTransaction(const std::string& name, std::string& out)
    {
        if (name == "multi") {
            m_isInTransaction = true;
        } else if (name == "exec" || name == "discard") {
            m_isInTransaction = false;
            for (; name == "exec" && m_afterExec > 0; --m_afterExec) {
                out += encoded({"EVAL", "return {ok = 'OK'}", "0"});
            }
            m_afterExec = 0;
        }
    }

    RedisTableDouble& m_owner;
    const int m_life;
    int m_client;
    int m_server;
    Requests m_requests;
    bool m_isInTransaction = false;
    int m_afterExec = 0;
    std::vector<char> m_piece = std::vector<char>(pieceSize);
};

RedisTableDouble::RedisTableDouble(ProxyTarget server, TableHazards hazards)
    : m_target(std::move(server))
    , m_listener(listenAt(tcpAddress(0), backlog))
    , m_port(portOf(m_listener))
    , m_hazards(std::move(hazards))
    , m_acceptor([this](const std::stop_token& stop) { acceptLoop(stop); })
{
}

RedisTableDouble::~RedisTableDouble()
{
    m_acceptor.request_stop();
    m_acceptor.join();
    closeOnce(m_listener);
    m_links.clear();
}

void RedisTableDouble::set(const TableHazards& hazards)
{
    const std::lock_guard lock(m_mutex);
    m_hazards = hazards;
}

TableHazards RedisTableDouble::hazards() const
{
    const std::lock_guard lock(m_mutex);
    return m_hazards;
}

std::vector<std::string> RedisTableDouble::commands() const
{
    const std::lock_guard lock(m_mutex);
    return m_commands;
}

void RedisTableDouble::forgetCommands()
{
    std::vector<std::string> forgotten; // may be tens of thousands: they go once the lock is free
    const std::lock_guard lock(m_mutex);
    forgotten.swap(m_commands);
}

void RedisTableDouble::note(const std::string& name)
{
    const std::lock_guard lock(m_mutex);
    m_commands.push_back(name);
}

void RedisTableDouble::crash()
{
    ++m_crashes;
    ++m_life;
}

void RedisTableDouble::standStill(std::chrono::milliseconds time)
{
    if (time.count() > 0) {
        m_stillUntil = (std::chrono::steady_clock::now() + time).time_since_epoch().count();
    }
}

bool RedisTableDouble::isStandingStill() const
{
    return std::chrono::steady_clock::now().time_since_epoch().count() < m_stillUntil;
}

void RedisTableDouble::acceptLoop(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        pollfd listener{m_listener, POLLIN, 0};
        ::poll(&listener, 1, sliceMs);
        const int client = listener.revents != 0 ? ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC) : -1;
        const int server = client >= 0 ? connectTo(m_target) : -1;
        if (client < 0 || server < 0) {
            int unused = client;
            closeOnce(unused);
            continue;
        }
        const std::lock_guard lock(m_mutex);
        m_links.emplace_back([this, client, server](const std::stop_token& end) {
            std::make_unique<Link>(*this, client, server)->run(end);
        });
    }
}

} // namespace keyglass::test
