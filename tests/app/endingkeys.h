// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/servers/redisserver.h"

#include <cstddef>
#include <string>

namespace keyglass::test {

/// "key:0" … with "value 0" …, of which every third ends, on 1 January 2100.
inline void fillEndingKeys(RedisServer& server, std::size_t count)
{
    server.fill(count, [](std::size_t at) {
        RedisServer::Args command{"SET", "key:" + std::to_string(at), "value " + std::to_string(at)};
        if (at % 3 == 0) {
            command.insert(command.end(), {"PXAT", "4102444800123"});
        }
        return command;
    });
}

} // namespace keyglass::test
