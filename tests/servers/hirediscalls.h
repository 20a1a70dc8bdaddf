// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hiredis/hiredis.h>

#include <memory>
#include <string>
#include <vector>

namespace keyglass::test {

struct FreeReply {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using ReplyPointer = std::unique_ptr<redisReply, FreeReply>;

/// As RedisServer::command() gives it.
[[nodiscard]] std::string textOf(const redisReply& reply);
int append(redisContext* context, const std::vector<std::string>& arguments);
/// Null where the connection is lost.
[[nodiscard]] ReplyPointer nextReply(redisContext* context);

} // namespace keyglass::test
