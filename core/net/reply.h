// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// One RESP2 reply, whole, as a tree of values. For small and middling replies; big ones are taken as they come by a
/// ReplySink.
struct Reply {
    enum class Type { Nil, String, SimpleString, Error, Integer, Array };

    Type type = Type::Nil;
    std::int64_t integer = 0;
    std::string text;            ///< Of String, SimpleString and Error.
    std::vector<Reply> elements; ///< Of Array.

    [[nodiscard]] bool isNil() const { return type == Type::Nil; }
    [[nodiscard]] bool isError() const { return type == Type::Error; }
    [[nodiscard]] bool isInteger() const { return type == Type::Integer; }
    [[nodiscard]] bool isArray() const { return type == Type::Array; }
    [[nodiscard]] bool isText() const { return type == Type::String || type == Type::SimpleString; }
};

/// Why a server took no transaction, of "EXECABORT Transaction discarded because of: NOPERM …"; other texts as they
/// are.
[[nodiscard]] std::string_view reasonOf(std::string_view errorReply);

/// The typed error for an error reply's text ("NOPERM this user has no permissions…"): NOPERM and protected mode are
/// Permission; NOAUTH, WRONGPASS and "invalid password" Auth; LOADING Loading; WRONGTYPE WrongType; READONLY ReadOnly;
/// else Server. Of a transaction that was not taken it is the reason's.
[[nodiscard]] Error replyError(std::string_view errorReply);

/// Takes a reply apart while it arrives, with nothing allocated between the socket and the sink.
///
/// `depth` is 0 for the reply itself, 1 for the elements of a top-level array, and so on; `index` is the place in the
/// enclosing array (0 at depth 0). Called on the thread that receives, with no lock held. `bytes` live for the call
/// only.
class ReplySink {
public:
    ReplySink() = default;
    ReplySink(const ReplySink&) = delete;
    ReplySink& operator=(const ReplySink&) = delete;
    virtual ~ReplySink() = default;

    /// An array of `size` elements begins. `size` is the peer's word: don't allocate by it.
    virtual void arrayBegins(int depth, std::size_t index, std::size_t size) = 0;
    /// A bulk string, simple string or error.
    virtual void text(Reply::Type type, int depth, std::size_t index, std::string_view bytes) = 0;
    virtual void integer(int depth, std::size_t index, std::int64_t value) = 0;
    virtual void nil(int depth, std::size_t index) = 0;
    /// A reply of more bytes is of no use here: it is refused with Limit as soon as it announces them, which ends the
    /// connection. Above the connection's own cap nothing passes whatever this says.
    [[nodiscard]] virtual std::size_t mostBytes() const { return SIZE_MAX; }
};

} // namespace keyglass
