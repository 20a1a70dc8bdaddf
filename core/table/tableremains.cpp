// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tableremains.h"

#include "core/base/bytes.h"
#include "core/net/command.h"
#include "core/source/lane.h"
#include "core/source/redis/infotext.h"
#include "core/table/tabletransaction.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <set>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TableRemains", text);
}

constexpr std::uint64_t keysInOneGo = 1000;

/// How far a walk is: by its calls, as all of SCAN.
class Walked {
public:
    Walked(Lane& node, const KeyProgress& progress, const std::stop_token& stop)
        : m_progress(progress)
    {
        if (m_progress) { // where it may not be asked it is not known
            const auto keys = node.call(Command{"DBSIZE"}, stop);
            m_all =
                keys && keys->isInteger() ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, keys->integer)) : 0;
            m_progress(0, m_all);
        }
    }
    void tell(bool isOver)
    {
        m_looked += keysInOneGo;
        if (m_progress) {
            m_progress(isOver && m_all > 0 ? m_all : m_all > 0 ? std::min(m_looked, m_all - 1) : m_looked, m_all);
        }
    }

private:
    const KeyProgress& m_progress;
    std::uint64_t m_looked = 0;
    std::uint64_t m_all = 0;
};

/// One step of the walk; `cursor` is where it goes on.
Result<std::vector<std::string>> scanOnce(
    Lane& node, const std::string& prefix, std::string& cursor, const std::stop_token& stop)
{
    const std::string pattern = escapeGlob(prefix) + '*';
    auto reply = node.call(Command{"SCAN", cursor, "MATCH", pattern, "COUNT", std::to_string(keysInOneGo)}, stop);
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

Status scanKeys(Lane& node, const std::string& prefix, const std::stop_token& stop, const KeySink& take,
    const KeyProgress& progress)
{
    Walked walked(node, progress, stop);
    std::string cursor = "0";
    do {
        auto keys = scanOnce(node, prefix, cursor, stop);
        if (!keys) {
            return std::move(keys).error();
        }
        if (Status taken = take(*std::move(keys)); !taken) {
            return taken;
        }
        walked.tell(cursor == "0");
    } while (cursor != "0");
    return ok();
}

Status scanKeys(TableTransaction& transaction, const std::string& prefix, const std::stop_token& stop,
    const KeySink& take, const KeyProgress& progress)
{
    std::optional<Walked> walked(std::in_place, transaction.lane(), progress, stop);
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
        isOver = !hasMoved && cursor == "0";
        if (hasMoved) {
            cursor = "0";
            walked.emplace(transaction.lane(), progress, stop);
        } else {
            walked->tell(isOver);
        }
    }
    return ok();
}

QString TableRemains::text() const
{
    return tr("%1 rows, %2 index entries and %3 other keys").arg(rows).arg(entries).arg(others);
}

Result<TableRemains> findRemains(Lane& node, const TableKeys& keys, const std::string& column,
    const std::stop_token& stop, const KeyProgress& progress)
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
            if (key->part == TableKey::Part::Row) {
                remains.highestId = std::max(remains.highestId, wholeNumber(key->id).value_or(0));
            }
        }
        return ok();
    };
    const std::string prefix = column.empty() ? keys.prefix() : keys.indexPrefix(column);
    if (Status walked = scanKeys(node, prefix, stop, count, progress); !walked) {
        return std::move(walked).error();
    }
    return remains;
}

} // namespace keyglass
