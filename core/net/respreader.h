// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/net/reply.h"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct redisReadTask;
struct redisReader;

namespace keyglass {

/// Takes RESP2 apart (hiredis's redisReader) and tells a ReplySink, with nothing allocated per element.
///
/// What the peer says is hostile: nothing is allocated by a length it names, a reply that is or announces to be larger
/// than `replyCap` bytes, or than its sink takes, is refused with Limit, a broken one with Protocol. After an Error the
/// reader is of no further use.
class RespReader {
public:
    explicit RespReader(std::size_t replyCap);
    RespReader(const RespReader&) = delete;
    RespReader& operator=(const RespReader&) = delete;
    ~RespReader();

    /// Adds bytes as they came, cut anywhere.
    [[nodiscard]] Status feed(std::string_view bytes);

    /// Goes on with the reply until it ends (true) or more must be fed (false); `sink` is the same until it ends. What
    /// a sink throws passes through.
    [[nodiscard]] Result<bool> parse(ReplySink& sink);

    /// True if part of a reply has been taken apart or fed.
    [[nodiscard]] bool isWithinReply() const;

private:
    struct Hooks;

    template <typename Tell> void* tell(Tell&& call);
    void checkAnnounced(std::uint64_t bytes);
    void checkSize();
    void checkUnfinishedItem();
    [[nodiscard]] Error readerError();
    [[nodiscard]] Error garbage() const;

    struct Free {
        void operator()(redisReader* reader) const;
    };
    std::unique_ptr<redisReader, Free> m_reader;
    std::size_t m_replyCap;
    std::size_t m_mostBytes; ///< Of this reply: what its sink takes, or the cap.
    std::uint64_t m_fed = 0;
    std::uint64_t m_replyStart = 0; ///< in the same count as m_fed
    std::string m_opening;          ///< the first bytes of all: what kind of stranger is that
    ReplySink* m_sink = nullptr;    ///< during parse() only
    std::optional<Error> m_failure;
    std::exception_ptr m_thrown;
};

} // namespace keyglass
