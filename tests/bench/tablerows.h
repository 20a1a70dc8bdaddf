// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/servers/redisserver.h"

#include <cstddef>
#include <string>

/// The table of the benches, by plain keys.
namespace keyglass::bench {

[[nodiscard]] inline std::string rowKey(std::size_t n)
{
    return "{shop.items}:" + std::to_string(n + 1);
}

/// shop.items with five columns, two of them indexed, and this many rows.
inline void fillTable(test::RedisServer& server, std::size_t rows)
{
    using Args = test::RedisServer::Args;
    server.command({"SET", "schema:{shop}", "1"});
    server.command({"HSET", "schema:{shop.items}", "sku", "string", "qty", "integer", "price", "float", "made", "date",
        "note", "string"});
    server.command({"SADD", "{shop.items}:idx:meta", "sku", "made"});
    server.command({"SET", "{shop.items}:id", std::to_string(rows)});
    server.fill(rows, [](std::size_t n) {
        const std::string day = "2024-01-" + std::to_string(10 + n % 20);
        return Args{"HSET", rowKey(n), "sku", "SKU-" + std::to_string(n), "qty", std::to_string(n % 1000), "price",
            std::to_string(n % 97) + ".50", "made", day, "note", "row number " + std::to_string(n)};
    });
    server.fill(rows, [](std::size_t n) { return Args{"SADD", "{shop.items}:rows", std::to_string(n + 1)}; });
    server.fill(rows, [](std::size_t n) {
        return Args{"SADD", "{shop.items}:idx:sku:SKU-" + std::to_string(n), std::to_string(n + 1)};
    });
    server.fill(rows, [](std::size_t n) {
        return Args{"SADD", "{shop.items}:idx:made:2024-01-" + std::to_string(10 + n % 20), std::to_string(n + 1)};
    });
}

} // namespace keyglass::bench
