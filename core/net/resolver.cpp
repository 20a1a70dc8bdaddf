// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/resolver.h"

#include "core/net/nettext.h"

#include <netdb.h>

#include <QUrl>

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

namespace keyglass {

namespace {

constexpr std::size_t maxThreads = 16; // each may hang in a dead name server for half a minute

/// One lookup, shared by who waits for it and the thread that does it; the last of them frees it.
struct Lookup {
    LookupFunction function;
    std::string host;
    std::uint16_t port = 0;
    std::mutex mutex; ///< `answer`: given on a pool thread while the asker waits, who may have left
    std::condition_variable_any answered;
    std::optional<LookupAnswer> answer;
};

/// Threads that wait for lookups to do. They may hang in getaddrinfo() for as long as the system likes, at the
/// program's end too: so the pool is never destroyed, nobody joins them, and they touch only what lives as long as the
/// process.
class LookupPool {
public:
    static LookupPool& instance()
    {
        static auto* const pool = new LookupPool;
        return *pool;
    }

    void setFunction(LookupFunction function)
    {
        const std::lock_guard lock(m_mutex);
        m_function = std::move(function);
    }

    /// False if no thread can be had for it.
    bool add(const std::shared_ptr<Lookup>& lookup)
    {
        const std::lock_guard lock(m_mutex);
        lookup->function = m_function ? m_function : LookupFunction(systemLookup);
        if (m_idle <= m_waiting.size() && m_threads.size() < maxThreads && !addThread() && m_threads.empty()) {
            return false;
        }
        m_waiting.push_back(lookup);
        m_added.notify_one();
        return true;
    }

private:
    bool addThread()
    {
        try {
            m_threads.emplace_back([this] { serve(); });
            return true;
        } catch (const std::system_error&) { // the process has as many threads as it may
            return false;
        }
    }

    std::shared_ptr<Lookup> next()
    {
        std::unique_lock lock(m_mutex);
        ++m_idle;
        m_added.wait(lock, [this] { return !m_waiting.empty(); });
        --m_idle;
        std::shared_ptr<Lookup> lookup = std::move(m_waiting.front());
        m_waiting.pop_front();
        return lookup;
    }

    void serve()
    {
        for (;;) {
            const std::shared_ptr<Lookup> lookup = next();
            LookupAnswer answer = lookup->function(lookup->host, lookup->port);
            const std::lock_guard lock(lookup->mutex);
            lookup->answer = std::move(answer);
            lookup->answered.notify_all();
        }
    }

    std::mutex m_mutex; ///< all below: a queue between any number of askers and the pool's threads
    std::condition_variable m_added;
    std::deque<std::shared_ptr<Lookup>> m_waiting;
    std::size_t m_idle = 0;
    std::list<std::thread> m_threads;
    LookupFunction m_function;
};

LookupAnswer resolve(const std::string& host, std::uint16_t port, int flags)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    LookupAnswer answer;
    answer.code = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    answer.systemError = errno;
    for (const addrinfo* info = answer.code == 0 ? found : nullptr; info != nullptr; info = info->ai_next) {
        SocketAddress address;
        address.size = info->ai_addrlen;
        std::memcpy(&address.storage, info->ai_addr, info->ai_addrlen);
        answer.addresses.push_back(address);
    }
    if (answer.code == 0) {
        ::freeaddrinfo(found);
    }
    return answer;
}

Error lookupError(const LookupAnswer& answer, const QString& host)
{
    if (answer.code == EAI_NONAME || answer.code == EAI_NODATA) {
        return {ErrorKind::Network, {}, netText("There is no host named %1.").arg(host)};
    }
    const QString reason = answer.code == EAI_SYSTEM ? systemText(answer.systemError)
                                                     : QString::fromLocal8Bit(::gai_strerror(answer.code));
    return {ErrorKind::Network, {}, netText("The name %1 could not be looked up: %2.").arg(host, reason)};
}

Result<LookupAnswer> waitFor(Lookup& lookup, const Deadline& deadline, const std::stop_token& stop)
{
    std::unique_lock lock(lookup.mutex);
    if (lookup.answered.wait_for(lock, stop, deadline.left(), [&] { return lookup.answer.has_value(); })) {
        return std::move(*lookup.answer);
    }
    if (stop.stop_requested()) {
        return Error{ErrorKind::Cancelled, {}, {}};
    }
    return Error{ErrorKind::Timeout, {}, netText("The name server did not answer in time.")};
}

/// What to ask for: international names go to the name server in their ASCII form.
std::string asciiName(const QString& host)
{
    const bool isAscii = std::ranges::all_of(host, [](QChar c) { return c.unicode() < 0x80; });
    return isAscii ? host.toStdString() : QUrl::toAce(host).toStdString();
}

} // namespace

LookupAnswer systemLookup(const std::string& host, std::uint16_t port)
{
    return resolve(host, port, 0);
}

Result<std::vector<SocketAddress>> lookUp(
    const QString& host, std::uint16_t port, const Deadline& deadline, const std::stop_token& stop)
{
    auto lookup = std::make_shared<Lookup>();
    lookup->host = asciiName(host);
    lookup->port = port;
    if (lookup->host.empty()) {
        return Error{ErrorKind::Network, {}, netText("There is no host named %1.").arg(host)};
    }
    if (LookupAnswer numeric = resolve(lookup->host, port, AI_NUMERICHOST); numeric.code == 0) {
        return std::move(numeric.addresses);
    }
    if (!LookupPool::instance().add(lookup)) {
        return Error{ErrorKind::Limit, {}, netText("The system gives no more threads.")};
    }
    Result<LookupAnswer> answer = waitFor(*lookup, deadline, stop);
    if (!answer) {
        return std::move(answer).error();
    }
    if (answer->code != 0 || answer->addresses.empty()) {
        return lookupError(*answer, host);
    }
    return std::move(answer->addresses);
}

void setLookupFunction(LookupFunction function)
{
    LookupPool::instance().setFunction(std::move(function));
}

} // namespace keyglass
