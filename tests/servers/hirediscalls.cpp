// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/hirediscalls.h"

#include <signal.h>

#include <ctime>

namespace keyglass::test {

namespace {

/// hiredis writes with write(): to a connection that the server closed, that would end the test. Blocks SIGPIPE on this
/// thread alone, so that what the test's other threads do with sockets is not covered up.
class WithoutSigpipe {
public:
    WithoutSigpipe()
    {
        sigemptyset(&m_pipe);
        sigaddset(&m_pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    WithoutSigpipe(const WithoutSigpipe&) = delete;
    WithoutSigpipe& operator=(const WithoutSigpipe&) = delete;
    ~WithoutSigpipe()
    {
        const timespec atOnce{};
        sigtimedwait(&m_pipe, nullptr, &atOnce);
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }

private:
    sigset_t m_pipe{};
    sigset_t m_before{};
};

} // namespace

std::string textOf(const redisReply& reply)
{
    switch (reply.type) {
    case REDIS_REPLY_INTEGER:
        return std::to_string(reply.integer);
    case REDIS_REPLY_NIL:
        return {};
    case REDIS_REPLY_ARRAY: {
        std::string text;
        for (std::size_t i = 0; i < reply.elements; ++i) {
            text += (i == 0 ? "" : "\n") + textOf(*reply.element[i]);
        }
        return text;
    }
    case REDIS_REPLY_ERROR:
        return "-" + std::string(reply.str, reply.len);
    default:
        return {reply.str, reply.len};
    }
}

int append(redisContext* context, const std::vector<std::string>& arguments)
{
    std::vector<const char*> data;
    std::vector<std::size_t> sizes;
    for (const std::string& argument : arguments) {
        data.push_back(argument.data());
        sizes.push_back(argument.size());
    }
    return redisAppendCommandArgv(context, static_cast<int>(data.size()), data.data(), sizes.data());
}

ReplyPointer nextReply(redisContext* context)
{
    const WithoutSigpipe guard;
    void* reply = nullptr;
    redisGetReply(context, &reply);
    return ReplyPointer(static_cast<redisReply*>(reply));
}

} // namespace keyglass::test
