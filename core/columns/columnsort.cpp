// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/columns/columnsort.h"

#include "core/bulk/jobexecutor.h"
#include "core/columns/columnstep.h"
#include "core/index/keyroot.h"
#include "core/index/keystretch.h"
#include "core/index/sortedwriter.h"
#include "core/net/reply.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t fedAtOnce = 1000;
constexpr std::uint64_t sampled = 2000;
constexpr double gentleShare = 0.25; // of the time that a node may be busy with us

/// What both ranges have.
KeyRange common(const KeyRange& one, const KeyRange& other)
{
    KeyRange both{std::max(one.first, other.first), one.end};
    if (other.end && (!both.end || *other.end < *both.end)) {
        both.end = other.end;
    }
    return both;
}

JobOptions optionsOf(ScanPace pace)
{
    JobOptions options;
    options.batchKeys = 500;
    options.busyShare = pace == ScanPace::Gentle ? gentleShare : 1;
    return options;
}

/// Some stretches of keys, spread over the scope, as neighbours are alike; all of them where they are few.
std::shared_ptr<const Snapshot> sampleOf(const ColumnScope& scope)
{
    constexpr std::uint64_t stretches = 20;
    constexpr std::uint64_t each = sampled / stretches;
    const std::uint64_t keys = scope.count();
    const std::uint64_t first = scope.firstRank();
    SortedSnapshotWriter writer;
    SnapshotCursor cursor(scope.keys);
    const auto take = [&](std::uint64_t rank, std::uint64_t count) {
        bool more = cursor.seekRank(rank);
        for (std::uint64_t taken = 0; more && taken < count; ++taken) {
            writer.append(cursor.key());
            more = cursor.next();
        }
    };
    if (keys <= sampled) {
        take(first, keys);
    }
    for (std::uint64_t part = 0; keys > sampled && part < stretches; ++part) {
        take(first + keys / stretches * part, each);
    }
    return writer.publish();
}

/// A policy keeps either of idle time and frequency.
Error refusal(const QString& why)
{
    Error error = replyError(why.toStdString());
    if (why.contains(QStringLiteral("maxmemory policy"))) {
        error.kind = ErrorKind::Unsupported;
        error.detail = QCoreApplication::translate("KeyPredicate",
            "Its maxmemory-policy keeps only one of idle time and frequency, and not the one asked for.");
    }
    return error;
}

} // namespace

ColumnSort::ColumnSort(ColumnSource source, ColumnScope scope, SortColumn column, ScanPace pace)
    : m_source(std::move(source))
    , m_scope(std::move(scope))
    , m_column(column)
    , m_pace(pace)
{
}

Status ColumnSort::checkSize() const
{
    if (m_scope.count() > ColumnOrderBuilder::mostKeys) {
        return Error{ErrorKind::Limit, QCoreApplication::translate("Columns", "The key table"),
            QCoreApplication::translate("Columns", "More than four billion keys can't be sorted by a column")};
    }
    return ok();
}

Status ColumnSort::readDatabase(
    int database, ColumnReading& reading, std::uint64_t before, const std::stop_token& stop, const Done& done) const
{
    JobReport report;
    JobExecutor job(
        m_source.nodes(database), [&reading] { return std::make_unique<ColumnStep>(reading); }, optionsOf(m_pace),
        report);
    const std::stop_callback cancel(stop, [&job] { job.cancel(); });
    KeyBatch batch;
    bool goesOn = true;
    const auto feed = [&] {
        goesOn = job.take(std::exchange(batch, {})) && done(before + job.progress().settled);
        return goesOn;
    };
    const KeyRange all = m_source.hasRoots ? prefixRange(reading.root) : KeyRange{};
    forEachKey(m_scope.keys, common(m_scope.range, all), [&](std::string_view key) {
        batch.append(key.substr(reading.root.size()));
        return !stop.stop_requested() && (batch.size() < fedAtOnce || feed());
    });
    if (goesOn && !stop.stop_requested()) {
        feed();
    }
    if (!goesOn || stop.stop_requested()) {
        job.cancel();
    }
    if (Status ended = job.finish(); !ended) {
        return ended;
    }
    for (const NodeOutcomes& node : report.nodes()) {
        if (node.givenUp) {
            reading.into.setWhy(QStringLiteral("%1: %2").arg(node.node, node.givenUp->detail));
        }
    }
    const bool nothingRead = report.counts().done() == 0 && report.counts().missing() == 0;
    for (const NodeOutcomes& node : report.nodes()) {
        if (nothingRead && node.givenUp) {
            return *node.givenUp;
        }
    }
    return ok();
}

/// Reads and sorts; an error where no key has a value, and for a reason.
Result<ColumnSort::Read> ColumnSort::read(const std::stop_token& stop, const Done& done) const
{
    ColumnOrderBuilder into(m_scope, m_column);
    ColumnReading reading{into, m_column, m_pace, {}, Clock::now()};
    std::uint64_t before = 0;
    for (const int database : m_source.databases) {
        reading.root = m_source.hasRoots ? rootOf(database) : std::string();
        if (Status ended = readDatabase(database, reading, before, stop, done); !ended) {
            return std::move(ended).error();
        }
        before += m_source.hasRoots ? m_scope.keys->count(common(m_scope.range, prefixRange(reading.root))) : 0;
    }
    Read read{into.sorted(stop), reading.secondsPerKey};
    if (!read.order) {
        return Error{ErrorKind::Cancelled, {}, {}};
    }
    const ColumnOrder& order = *read.order;
    const bool hasNone = order.count() > 0 && order.withoutValue() + order.gone() == order.count();
    if (hasNone && !order.whyWithoutValue().isEmpty()) {
        return refusal(order.whyWithoutValue());
    }
    return read;
}

Result<SortCost> ColumnSort::measure(const std::stop_token& stop) const
{
    if (Status fits = checkSize(); !fits) {
        return std::move(fits).error();
    }
    const ColumnSort some(m_source, ColumnScope{sampleOf(m_scope)}, m_column, m_pace);
    const auto begun = Clock::now();
    const auto read = some.read(stop, [](std::uint64_t) { return true; });
    if (!read) {
        return read.error();
    }
    SortCost cost;
    cost.keys = m_scope.count();
    cost.commandsPerKey = commandsFor(m_column);
    cost.memory = ByteCount{ColumnOrder::bytesFor(cost.keys)};
    const std::uint64_t asked = std::max<std::uint64_t>(1, read->order->count());
    const std::chrono::duration<double> took = Clock::now() - begun;
    const double share = m_pace == ScanPace::Gentle ? gentleShare : 1;
    const double perKey =
        read->secondsPerKey > 0 ? read->secondsPerKey / share : took.count() / static_cast<double>(asked);
    const auto cluster = m_source.nodes(m_source.databases.front()).cluster;
    const auto nodes =
        cluster ? static_cast<double>(std::max<std::size_t>(1, cluster->topology()->masters().size())) : 1;
    cost.expected =
        std::chrono::ceil<Milliseconds>(std::chrono::duration<double>(perKey * static_cast<double>(cost.keys) / nodes));
    return cost;
}

Result<std::shared_ptr<const ColumnOrder>> ColumnSort::run(const std::stop_token& stop, const Done& done) const
{
    if (Status fits = checkSize(); !fits) {
        return std::move(fits).error();
    }
    auto all = read(stop, done);
    if (!all) {
        return std::move(all).error();
    }
    return std::move(all->order);
}

} // namespace keyglass
