// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tableremains.h"

#include "core/base/bytes.h"
#include "core/net/command.h"
#include "core/source/lane.h"
#include "core/table/tabletransaction.h"

#include <QCoreApplication>

#include <set>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TableRemains", text);
}

/// One step of the walk; `cursor` is where it goes on.
Result<std::vector<std::string>> scanOnce(
    Lane& node, const std::string& prefix, std::string& cursor, const std::stop_token& stop)
{
    const std::string pattern = escapeGlob(prefix) + '*';
    auto reply = node.call(Command{"SCAN", cursor, "MATCH", pattern, "COUNT", "1000"}, stop);
    if (!reply) {
        return std::move(reply).error();
    }
    if (!reply->isArray() || reply->elements.size() != 2) {
        return Error{ErrorKind::Protocol, node.nodeText(), {}};
    }
    cursor = reply->elements[0].text;
    std::vector<std::string> keys;
    for (Reply& key : reply->elements[1].elements) {
        if (key.text.starts_with(prefix)) {
            keys.push_back(std::move(key.text));
        }
    }
    return keys;
}

} // namespace

Status scanKeys(Lane& node, const std::string& prefix, const std::stop_token& stop, const KeySink& take)
{
    std::string cursor = "0";
    do {
        auto keys = scanOnce(node, prefix, cursor, stop);
        if (!keys) {
            return std::move(keys).error();
        }
        if (Status taken = take(*std::move(keys)); !taken) {
            return taken;
        }
    } while (cursor != "0");
    return ok();
}

Status scanKeys(
    TableTransaction& transaction, const std::string& prefix, const std::stop_token& stop, const KeySink& take)
{
    std::string cursor = "0";
    bool isOver = false;
    while (!isOver) {
        const int redirects = transaction.redirects();
        auto keys = scanOnce(transaction.lane(), prefix, cursor, stop);
        if (!keys) {
            return std::move(keys).error();
        }
        if (Status taken = take(*std::move(keys)); !taken) {
            return taken;
        }
        const bool hasMoved = transaction.redirects() != redirects;
        cursor = hasMoved ? "0" : cursor;
        isOver = !hasMoved && cursor == "0";
    }
    return ok();
}

QString TableRemains::text() const
{
    return tr("%1 rows, %2 index entries and %3 other keys").arg(rows).arg(entries).arg(others);
}

Result<TableRemains> findRemains(
    Lane& node, const TableKeys& keys, const std::string& column, const std::stop_token& stop)
{
    TableRemains remains;
    constexpr std::size_t mostSeen = 200'000; // of more it does not matter whether one counts twice
    std::set<std::string> seen;               // what SCAN gives twice is there once
    const auto count = [&](std::vector<std::string>&& found) {
        for (std::string& name : found) {
            const auto key = parseTableKey(name);
            const bool isOurs = key && key->table == keys.table() && (column.empty() || key->column == column);
            if (!isOurs || (seen.size() < mostSeen && !seen.insert(std::move(name)).second)) {
                continue;
            }
            std::uint64_t& of = key->part == TableKey::Part::Row ? remains.rows
                : key->part == TableKey::Part::Index             ? remains.entries
                                                                 : remains.others;
            ++of;
        }
        return ok();
    };
    const std::string prefix = column.empty() ? keys.prefix() : keys.indexPrefix(column);
    if (Status walked = scanKeys(node, prefix, stop, count); !walked) {
        return std::move(walked).error();
    }
    return remains;
}

} // namespace keyglass
