// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/nodemeter.h"

#include "core/base/clock.h"
#include "core/bulk/callbudget.h"
#include "core/source/commandtable.h"
#include "core/source/lane.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t keysRead = 8;
/// Larger ones are not read unasked.
constexpr std::int64_t largestRead = 64 * 1024;

template <typename Duration> NodeMeasure::Time nanoseconds(Duration time)
{
    return std::chrono::duration_cast<NodeMeasure::Time>(time);
}

std::optional<std::vector<Reply>> asked(Lane& lane, const std::vector<Command>& commands, const std::stop_token& stop)
{
    auto replies = lane.pipeline(commands, stop);
    return replies ? std::optional(*std::move(replies)) : std::nullopt;
}

/// What of the sum `later` came after `before`.
std::optional<double> between(const std::optional<CommandTime>& before, const std::optional<CommandTime>& later)
{
    const CommandTime first = before.value_or(CommandTime{});
    if (!later || later->calls <= first.calls) {
        return std::nullopt;
    }
    return static_cast<double>((later->time - first.time).count()) / static_cast<double>(later->calls - first.calls);
}

} // namespace

NodeMeter::NodeMeter(const JobOperation& operation, bool readsValues)
    : m_names({"type", "pttl", "exists", "set"})
    , m_readsValues(readsValues)
{
    for (const std::string& name : commandsOf(operation)) {
        m_names.push_back(lowerAscii(name.substr(0, name.find(' '))));
    }
}

void NodeMeter::looked(std::uint64_t keys, std::uint64_t commands, std::chrono::nanoseconds waited)
{
    m_measure.keys += keys;
    m_measure.commands += commands;
    m_measure.waited += waited;
}

void NodeMeter::sample(Lane& lane, const KeyBatch& keys, const std::stop_token& stop)
{
    m_sampleAt = std::max<std::uint64_t>(2 * m_measure.keys, 1);
    const auto begun = Clock::now();
    if (!asked(lane, {Command{"PING"}}, stop)) {
        return;
    }
    const auto trip = nanoseconds(Clock::now() - begun);
    m_measure.roundTrip = m_measure.roundTrip > 0ns ? std::min(m_measure.roundTrip, trip) : trip;
    if (m_readsValues) {
        readSome(lane, keys, stop);
    } else if (const auto info = asked(lane, {Command{"INFO", "commandstats"}}, stop)) {
        takeTimes(info->front().text);
    }
}

/// Where the server counts reading as a use (before 7.2), only keys that were used within the last second are read:
/// what it knows of their idleness stays as it is.
void NodeMeter::readSome(Lane& lane, const KeyBatch& keys, const std::stop_token& stop)
{
    if (m_mayNotTouch) {
        const auto spared =
            asked(lane, {Command{"CLIENT", "NO-TOUCH", "ON"}, Command{"CLIENT", "NO-TOUCH", "OFF"}}, stop);
        m_mayNotTouch = spared && !spared->front().isError(); // since 7.2
    }
    std::vector<Command> looks{Command{"INFO", "commandstats"}};
    std::vector<std::string_view> names;
    const std::size_t step = std::max<std::size_t>(keys.size() / keysRead, 1);
    for (std::size_t at = 0; at < keys.size() && names.size() < keysRead; at += step) {
        names.push_back(keys[at]);
        looks.push_back(Command{"MEMORY", "USAGE", keys[at]});
        looks.push_back(Command{"OBJECT", "IDLETIME", keys[at]});
    }
    const auto known = asked(lane, looks, stop);
    if (!known) {
        return;
    }
    std::vector<Command> reads;
    for (std::size_t n = 0; n < names.size(); ++n) {
        const Reply& size = (*known)[1 + 2 * n];
        const Reply& idle = (*known)[2 + 2 * n];
        const bool isSpared = m_mayNotTouch || (idle.isInteger() && idle.integer == 0);
        if (isSpared && size.isInteger() && size.integer <= largestRead) {
            reads.push_back(Command{"DUMP", names[n]});
            reads.push_back(Command{"PTTL", names[n]});
        }
    }
    takeTimes(known->front().text);
    if (!reads.empty()) {
        const auto before = commandTime(known->front().text, {"dump"});
        readNow(lane, reads, before, stop);
    }
}

void NodeMeter::readNow(Lane& lane, const std::vector<Command>& reads, const std::optional<CommandTime>& before,
    const std::stop_token& stop)
{
    std::vector<Command> commands;
    if (m_mayNotTouch) {
        commands.push_back(Command{"CLIENT", "NO-TOUCH", "ON"}); // of this connection, whichever it is
    }
    const std::size_t first = commands.size();
    commands.insert(commands.end(), reads.begin(), reads.end());
    const auto begun = Clock::now();
    const auto values = asked(lane, commands, stop);
    const auto took = nanoseconds(Clock::now() - begun);
    std::vector<Command> after{Command{"INFO", "commandstats"}};
    if (m_mayNotTouch) {
        after.push_back(Command{"CLIENT", "NO-TOUCH", "OFF"});
    }
    const auto info = asked(lane, after, stop);
    if (!values || !info) {
        return;
    }
    for (std::size_t at = first; at < values->size(); at += 2) {
        const Reply& dump = (*values)[at];
        m_measure.sampled += dump.isText() ? 1 : 0;
        m_measure.sampledBytes.value += dump.isText() ? dump.text.size() : 0;
    }
    m_measure.sampleTime += std::max<NodeMeasure::Time>(took - m_measure.roundTrip, 0ns);
    takeTimes(info->front().text);
    if (const auto dump = between(before, commandTime(info->front().text, {"dump"}))) {
        double& most = m_measure.serverTimes["dump"]; // the dearest values that were seen count
        most = std::max(most, *dump);
    }
}

void NodeMeter::takeTimes(const std::string& info)
{
    for (const std::string& name : m_names) {
        const auto time = commandTime(info, {name});
        if (time && time->calls > 0) {
            m_measure.serverTimes[name] = static_cast<double>(time->time.count()) / static_cast<double>(time->calls);
        }
    }
}

} // namespace keyglass
