// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/columns/tableexport.h"

#include "core/base/filewriting.h"
#include "core/index/keyroot.h"
#include "core/results/keyexport.h"
#include "core/source/lane.h"

#include <QSaveFile>

#include <algorithm>
#include <map>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t rowsAtOnce = 250;

template <typename T> std::string textOf(const std::optional<T>& number)
{
    return number ? std::to_string(*number) : std::string();
}

std::string wordOf(const std::string& word)
{
    return word.empty() ? word : csvField(word);
}

std::string cellOf(const KeyDetails& details, SortColumn column)
{
    switch (column) {
    case SortColumn::Name:
        break;
    case SortColumn::Type:
        return details.gone ? "none" : wordOf(details.typeName);
    case SortColumn::Ttl:
        return details.ttl ? std::to_string(details.ttl->count()) : std::string();
    case SortColumn::Memory:
        return details.memory ? std::to_string(details.memory->value) : std::string();
    case SortColumn::Length:
        return textOf(details.length);
    case SortColumn::Encoding:
        return wordOf(details.encoding);
    case SortColumn::Idle:
        return details.idle ? std::to_string(details.idle->count()) : std::string();
    case SortColumn::Frequency:
        return textOf(details.frequency);
    }
    return {};
}

/// Gathers rows, asks for what is known of them, and writes them in the order in which they came.
class TableWriter {
public:
    TableWriter(const TableExport& what, const MakeTableLane& lanes, const TakeText& take, std::stop_token stop)
        : m_what(what)
        , m_make(lanes)
        , m_take(take)
        , m_stop(std::move(stop))
        , m_details(detailsOf(what.columns))
    {
    }

    [[nodiscard]] bool writeHead()
    {
        std::string line = m_what.hasRoots ? "database,key" : "key";
        for (const SortColumn column : m_what.columns) {
            if (column != SortColumn::Name) {
                line += ',';
                line += columnName(column);
            }
        }
        return m_take(line + "\r\n");
    }

    [[nodiscard]] bool add(std::string_view key)
    {
        m_keys.emplace_back(key);
        return m_keys.size() < rowsAtOnce || flush();
    }

    [[nodiscard]] bool flush()
    {
        std::map<int, std::vector<std::string>> byDatabase;
        std::vector<RootedKey> places;
        for (const std::string& key : m_keys) {
            const auto rooted = m_what.hasRoots ? splitRoot(key) : std::nullopt;
            places.push_back(rooted.value_or(RootedKey{0, key}));
            byDatabase[places.back().database].emplace_back(places.back().key);
        }
        std::map<int, std::vector<KeyDetails>> details;
        for (const auto& [database, keys] : byDatabase) {
            auto found = fetchKeyDetails(laneTo(database), keys, m_details, m_stop);
            if (!found) {
                m_failure = std::move(found).error();
                return false;
            }
            details.emplace(database, *std::move(found));
        }
        std::string text;
        std::map<int, std::size_t> next;
        for (const RootedKey& place : places) {
            text += lineOf(place, details[place.database][next[place.database]++]);
        }
        m_rows += m_keys.size();
        m_keys.clear();
        return m_take(text);
    }

    [[nodiscard]] std::uint64_t rows() const { return m_rows; }
    [[nodiscard]] const std::optional<Error>& failure() const { return m_failure; }

private:
    [[nodiscard]] std::string lineOf(const RootedKey& place, const KeyDetails& details) const
    {
        std::string line = m_what.hasRoots ? std::to_string(place.database) + ',' : std::string();
        line += csvField(escapeLine(place.key));
        for (const SortColumn column : m_what.columns) {
            if (column != SortColumn::Name) {
                line += ',' + cellOf(details, column);
            }
        }
        return line += "\r\n";
    }

    [[nodiscard]] Lane& laneTo(int database)
    {
        auto& lane = m_lanes[database];
        if (!lane) {
            lane = m_make(database);
        }
        return *lane;
    }

    const TableExport& m_what;
    const MakeTableLane& m_make;
    const TakeText& m_take;
    const std::stop_token m_stop;
    const DetailColumns m_details;
    std::map<int, std::unique_ptr<Lane>> m_lanes;
    std::vector<std::string> m_keys;
    std::uint64_t m_rows = 0;
    std::optional<Error> m_failure;
};

} // namespace

Result<std::uint64_t> writeTable(const TableExport& what, const MakeTableLane& lanes, const TakeText& take,
    const std::stop_token& stop, const RowsDone& done)
{
    TableWriter writer(what, lanes, take, stop);
    const auto use = [&](std::uint64_t /*row*/, std::string_view key) {
        const std::uint64_t before = writer.rows();
        return writer.add(key) && (writer.rows() == before || done(writer.rows()));
    };
    const bool isWhole = writer.writeHead()
        && (what.selected ? what.rows.forEachSelected(*what.selected, stop, use) : what.rows.forEachRow(stop, use))
        && writer.flush();
    if (writer.failure()) {
        return *writer.failure();
    }
    return isWhole ? Result<std::uint64_t>(writer.rows()) : Result<std::uint64_t>(Error{ErrorKind::Cancelled, {}, {}});
}

Result<std::uint64_t> exportTable(const TableExport& what, const MakeTableLane& lanes, const QString& path,
    const std::stop_token& stop, const RowsDone& done)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return Error{ErrorKind::File, path, file.errorString()};
    }
    Status written = ok();
    const auto take = [&](std::string_view text) {
        written = writeWhole(file, text);
        return written.has_value();
    };
    auto rows = writeTable(what, lanes, take, stop, done);
    written = written && rows ? commitWhole(file) : std::move(written);
    return written ? std::move(rows) : Result<std::uint64_t>(std::move(written).error());
}

} // namespace keyglass
