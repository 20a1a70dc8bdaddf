// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/columns/columnstep.h"

#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"
#include "core/value/pagereading.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>
#include <utility>

namespace keyglass {

namespace {

Command questionOf(SortColumn column, std::string_view key)
{
    switch (column) {
    case SortColumn::Ttl:
        return Command{"PTTL", key};
    case SortColumn::Memory:
        return Command{"MEMORY", "USAGE", key};
    case SortColumn::Encoding:
        return Command{"OBJECT", "ENCODING", key};
    case SortColumn::Idle:
        return Command{"OBJECT", "IDLETIME", key};
    case SortColumn::Frequency:
        return Command{"OBJECT", "FREQ", key};
    default:
        return Command{"TYPE", key}; // of a length as well, which is asked for after it
    }
}

/// A type without a length; no reply of a server looks like it.
Reply noLength()
{
    Reply reply;
    reply.type = Reply::Type::Array;
    return reply;
}

bool saysGone(SortColumn column, const Reply& reply)
{
    switch (column) {
    case SortColumn::Type:
    case SortColumn::Length:
        return reply.isText() && reply.text == "none";
    case SortColumn::Ttl:
        return reply.isInteger() && reply.integer == -2;
    default:
        return reply.isNil() || (reply.isError() && reply.text.starts_with("ERR no such key"));
    }
}

} // namespace

ColumnStep::ColumnStep(ColumnReading& reading)
    : m_reading(reading)
    , m_pace(reading.pace)
{
}

std::uint64_t ColumnStep::rankOf(std::string_view key)
{
    m_name = m_reading.root;
    m_name += key;
    return m_reading.into.scope().keys->rank(m_name);
}

std::vector<std::uint64_t> ColumnStep::ranksOf(const KeyBatch& keys)
{
    std::vector<std::uint64_t> ranks(keys.size());
    if (keys.isEmpty()) {
        return ranks;
    }
    // They come in byte order, each once: as many as there are ranks from the first to the last are all of them.
    const std::uint64_t first = rankOf(keys[0]);
    const std::uint64_t last = rankOf(keys[keys.size() - 1]);
    if (last >= first && last - first == keys.size() - 1) {
        std::iota(ranks.begin(), ranks.end(), first);
        return ranks;
    }
    for (std::size_t at = 0; at < keys.size(); ++at) {
        ranks[at] = rankOf(keys[at]);
    }
    return ranks;
}

Status ColumnStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    const std::vector<std::uint64_t> ranks = ranksOf(keys);
    for (std::size_t from = 0; from < keys.size();) {
        const std::size_t to = std::min(keys.size(), from + m_pace.next());
        if (Status read = readSlice(lanes.routed, keys, from, to, ranks, outcomes, stop); !read) {
            for (std::size_t at = from; at < keys.size(); ++at) {
                m_notSent.append(keys[at]); // reading again what was read changes nothing
            }
            return read;
        }
        from = to;
    }
    m_reading.secondsPerKey = m_pace.perKey().count();
    return ok();
}

Status ColumnStep::readSlice(Lane& lane, const KeyBatch& keys, std::size_t from, std::size_t to,
    std::span<const std::uint64_t> ranks, OutcomeSink& outcomes, const std::stop_token& stop)
{
    const auto replies = ask(lane, keys, from, to, stop);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t at = from; at < to; ++at) {
        take(keys[at], ranks[at], (*replies)[at - from], outcomes);
    }
    return ok();
}

Result<std::vector<Reply>> ColumnStep::ask(
    Lane& lane, const KeyBatch& keys, std::size_t from, std::size_t to, const std::stop_token& stop)
{
    constexpr std::size_t bytesAround = 40; // the words of a command and its lengths
    std::vector<Command> commands;
    commands.reserve(to - from);
    std::size_t bytes = 0;
    for (std::size_t at = from; at < to; ++at) {
        commands.push_back(questionOf(m_reading.column, keys[at]));
        bytes += keys[at].size() + bytesAround;
    }
    const bool wasOpen = lane.isOpen();
    const auto begun = Clock::now();
    auto replies = lane.pipeline(commands, stop);
    if (replies && m_reading.column == SortColumn::Length) {
        if (Status added = addLengths(lane, keys, from, *replies, stop); !added) {
            return std::move(added).error();
        }
    }
    if (replies && wasOpen) { // else what was measured is the connecting
        m_pace.answered(to - from, bytes, Clock::now() - begun);
    }
    return replies;
}

/// Puts lengths into the places of the types that have one.
Status ColumnStep::addLengths(
    Lane& lane, const KeyBatch& keys, std::size_t from, std::vector<Reply>& types, const std::stop_token& stop) const
{
    std::vector<Command> commands;
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < types.size(); ++at) {
        if (!types[at].isText() || types[at].text == "none") {
            continue;
        }
        const std::string_view command = lengthCommandName(keyTypeFromName(types[at].text));
        if (command.empty()) {
            types[at] = noLength();
        } else {
            commands.push_back(Command{command, keys[from + at]});
            places.push_back(at);
        }
    }
    auto lengths = lane.pipeline(commands, stop);
    if (!lengths) {
        return std::move(lengths).error();
    }
    for (std::size_t at = 0; at < places.size(); ++at) {
        types[places[at]] = std::move((*lengths)[at]);
    }
    return ok();
}

void ColumnStep::take(std::string_view key, std::uint64_t rank, const Reply& reply, OutcomeSink& outcomes) const
{
    const SortColumn column = m_reading.column;
    ColumnOrderBuilder& into = m_reading.into;
    if (saysGone(column, reply)) {
        into.setGone(rank);
        outcomes.add(key, Outcome::Missing);
    } else if (reply.isError()) {
        addFailure(outcomes, key, reply);
        if (!isElsewhere(reply)) {
            into.setWhy(QString::fromUtf8(reply.text.data(), static_cast<qsizetype>(reply.text.size())));
        }
    } else if (column == SortColumn::Ttl && reply.isInteger()) {
        const auto passed = std::chrono::duration_cast<Milliseconds>(Clock::now() - m_reading.begun).count();
        const auto ends = static_cast<std::uint64_t>(std::max<std::int64_t>(0, reply.integer))
            + static_cast<std::uint64_t>(std::max<std::int64_t>(0, passed));
        into.setValue(rank, reply.integer < 0 ? ColumnOrderBuilder::forever : ends);
        outcomes.add(key, Outcome::Done);
    } else {
        if (reply.isInteger()) {
            into.setValue(rank, static_cast<std::uint64_t>(std::max<std::int64_t>(0, reply.integer)));
        } else if (reply.isText()) {
            into.setWord(rank, reply.text);
        }
        outcomes.add(key, Outcome::Done); // a type without a length has none
    }
}

UnsettledKeys ColumnStep::takeUnsettled()
{
    return UnsettledKeys{std::exchange(m_notSent, {}), {}};
}

} // namespace keyglass
