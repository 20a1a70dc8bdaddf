// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/respreader.h"

#include "core/base/bytes.h"
#include "core/net/nettext.h"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>

namespace keyglass {

namespace {

constexpr std::size_t keptBuffer = 1024 * 1024; ///< The reader frees an emptied buffer larger than this.
constexpr std::size_t maxLine =
    64 * 1024; ///< Of a simple string, error or number. Without an end, it'd be searched again and again.
constexpr std::size_t openingSize = 8;
constexpr std::uint64_t smallestElement = 4; ///< Bytes: ":0\r\n"
void* const goOn = const_cast<char*>("");    ///< What a hook returns: anything but null, which stops the reader.

Error tooLarge()
{
    return {ErrorKind::Limit, {}, netText("The reply is larger than this connection takes.")};
}

Error outOfMemory()
{
    return {ErrorKind::Limit, {}, netText("There is not enough memory for the reply.")};
}

Reply::Type textType(int type)
{
    switch (type) {
    case REDIS_REPLY_STATUS:
        return Reply::Type::SimpleString;
    case REDIS_REPLY_ERROR:
        return Reply::Type::Error;
    default:
        return Reply::Type::String;
    }
}

/// The reader's stack of tasks begins with the reply itself: a task's place in it is its depth.
int depthOf(const redisReader* reader, const redisReadTask* task)
{
    return static_cast<int>(task - reader->rstack);
}

std::size_t indexOf(const redisReadTask* task)
{
    return static_cast<std::size_t>(std::max(task->idx, 0));
}

} // namespace

struct RespReader::Hooks {
    static RespReader& self(const redisReadTask* task) { return *static_cast<RespReader*>(task->privdata); }

    static void* createString(const redisReadTask* task, char* bytes, std::size_t size)
    {
        RespReader& reader = self(task);
        return reader.tell([&](ReplySink& sink) {
            sink.text(textType(task->type), depthOf(reader.m_reader.get(), task), indexOf(task), {bytes, size});
        });
    }

    static void* createArray(const redisReadTask* task, int size)
    {
        RespReader& reader = self(task);
        const auto elements = static_cast<std::size_t>(size);
        reader.checkAnnounced(elements * smallestElement);
        return reader.tell(
            [&](ReplySink& sink) { sink.arrayBegins(depthOf(reader.m_reader.get(), task), indexOf(task), elements); });
    }

    static void* createInteger(const redisReadTask* task, long long value)
    {
        RespReader& reader = self(task);
        return reader.tell(
            [&](ReplySink& sink) { sink.integer(depthOf(reader.m_reader.get(), task), indexOf(task), value); });
    }

    static void* createNil(const redisReadTask* task)
    {
        RespReader& reader = self(task);
        return reader.tell([&](ReplySink& sink) { sink.nil(depthOf(reader.m_reader.get(), task), indexOf(task)); });
    }

    static void freeObject(void* /*object*/) { }

    static redisReplyObjectFunctions* table()
    {
        static redisReplyObjectFunctions functions = [] {
            redisReplyObjectFunctions all{};
            all.createString = createString;
            all.createArray = createArray;
            all.createInteger = createInteger;
            all.createNil = createNil;
            all.freeObject = freeObject;
            return all;
        }();
        return &functions;
    }
};

void RespReader::Free::operator()(redisReader* reader) const
{
    redisReaderFree(reader);
}

RespReader::RespReader(std::size_t replyCap)
    : m_reader(redisReaderCreateWithFunctions(Hooks::table()))
    , m_replyCap(replyCap)
    , m_mostBytes(replyCap)
{
    if (m_reader) {
        m_reader->privdata = this;
        m_reader->maxbuf = keptBuffer;
    }
}

RespReader::~RespReader() = default;

Status RespReader::feed(std::string_view bytes)
{
    if (m_opening.size() < openingSize) {
        m_opening += bytes.substr(0, openingSize - m_opening.size());
    }
    if (!m_reader || redisReaderFeed(m_reader.get(), bytes.data(), bytes.size()) != REDIS_OK) {
        return outOfMemory();
    }
    m_fed += bytes.size();
    return ok();
}

Result<bool> RespReader::parse(ReplySink& sink)
{
    if (!m_reader) {
        return outOfMemory();
    }
    m_sink = &sink;
    m_mostBytes = std::min(m_replyCap, sink.mostBytes());
    void* reply = nullptr;
    const int result = redisReaderGetReply(m_reader.get(), &reply);
    m_sink = nullptr;
    if (m_thrown) {
        std::rethrow_exception(std::exchange(m_thrown, nullptr));
    }
    if (result != REDIS_OK) {
        return readerError();
    }
    checkSize();
    if (reply == nullptr) {
        checkUnfinishedItem();
    }
    if (m_failure) {
        return *m_failure;
    }
    if (reply != nullptr) {
        m_replyStart = m_fed - (m_reader->len - m_reader->pos);
    }
    return reply != nullptr;
}

bool RespReader::isWithinReply() const
{
    return m_fed > m_replyStart;
}

/// Calls the sink from within hiredis, which is C: nothing may be thrown through it.
template <typename Tell> void* RespReader::tell(Tell&& call)
{
    if (m_failure) {
        return nullptr;
    }
    try {
        call(*m_sink);
        return goOn;
    } catch (const std::bad_alloc&) {
        m_failure = outOfMemory();
    } catch (...) {
        m_thrown = std::current_exception();
    }
    return nullptr;
}

/// A reply with `bytes` more to come may be larger than allowed.
void RespReader::checkAnnounced(std::uint64_t bytes)
{
    if (bytes > m_mostBytes) {
        m_failure = tooLarge();
    }
}

void RespReader::checkSize()
{
    const std::uint64_t parsedTo = m_fed - (m_reader->len - m_reader->pos);
    if (parsedTo - m_replyStart > m_mostBytes) {
        m_failure = tooLarge();
    }
}

/// The item the reader waits for: the length it announces, if that has come, else that its line ends some time.
void RespReader::checkUnfinishedItem()
{
    const std::string_view rest(m_reader->buf + m_reader->pos, m_reader->len - m_reader->pos);
    const redisReadTask& task = m_reader->rstack[std::max(m_reader->ridx, 0)];
    std::uint64_t length = 0;
    if (task.type == REDIS_REPLY_STRING
        && std::from_chars(rest.data(), rest.data() + rest.size(), length).ptr != rest.data() + rest.size()) {
        checkAnnounced(length);
    } else if (rest.size() > maxLine && rest.substr(0, maxLine).find('\n') == std::string_view::npos) {
        m_failure = Error{ErrorKind::Protocol, {}, netText("A line of the reply does not end.")};
    }
}

Error RespReader::readerError()
{
    if (m_failure) {
        return *m_failure;
    }
    if (m_reader->err == REDIS_ERR_OOM) {
        return outOfMemory();
    }
    if (std::strstr(m_reader->errstr, "nested") != nullptr) {
        return {ErrorKind::Protocol, {},
            netText("The reply has more than 8 arrays in each other, the most that can be read.")};
    }
    return garbage();
}

Error RespReader::garbage() const
{
    if (m_opening.starts_with("HTTP/")) {
        return {ErrorKind::Protocol, {}, netText("A web server answers there.")};
    }
    if (m_opening.starts_with("\x15\x03")) { // a TLS alert
        return {ErrorKind::Protocol, {}, netText("The server expects TLS on this port.")};
    }
    return {ErrorKind::Protocol, {}, displayText(m_reader->errstr)};
}

} // namespace keyglass
