// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/jobpreview.h"

#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t samplesKept = 100;
constexpr std::int64_t isMissing = -2;

struct TtlBound {
    std::string_view name;
    std::int64_t upTo; ///< In milliseconds.
};
constexpr std::int64_t day = 86'400'000;
constexpr std::array<TtlBound, JobPreview::ttlBounds> bounds{{{"none", -1}, {"1m", 60'000}, {"1h", 3'600'000},
    {"1d", day}, {"7d", 7 * day}, {"30d", 30 * day}, {"more", INT64_MAX}}};

} // namespace

std::string_view ttlBoundName(std::size_t bound)
{
    return bounds.at(bound).name;
}

std::size_t ttlBoundOf(Milliseconds ttl)
{
    std::size_t bound = 0;
    while (ttl.count() > bounds[bound].upTo) {
        ++bound;
    }
    return bound;
}

void PreviewTally::add(const JobPreview& part)
{
    const std::lock_guard lock(m_mutex);
    m_sum.keys += part.keys;
    for (const auto& [type, count] : part.types) {
        m_sum.types[type] += count;
    }
    for (std::size_t at = 0; at < part.ttls.size(); ++at) {
        m_sum.ttls[at] += part.ttls[at];
    }
    if (part.memory) {
        m_sum.memory = ByteCount{m_sum.memory.value_or(ByteCount{}).value + part.memory->value};
    }
    for (const auto& [why, count] : part.skipped) {
        m_sum.skipped[why] += count;
    }
    m_sum.notUndoable += part.notUndoable;
    for (const JobPreview::Sample& sample : part.samples) {
        if (m_sum.samples.size() < samplesKept) {
            m_sum.samples.push_back(sample);
        }
    }
}

JobPreview PreviewTally::preview() const
{
    const std::lock_guard lock(m_mutex);
    return m_sum;
}

PreviewStep::PreviewStep(JobOperation operation, PreviewWays ways, PreviewTally& tally)
    : m_operation(std::move(operation))
    , m_ways(ways)
    , m_names(std::holds_alternative<RenameKeys>(m_operation)
              ? std::optional<NameMaker>(std::get<RenameKeys>(m_operation))
              : std::nullopt)
    , m_tally(tally)
{
}

Status PreviewStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    const std::size_t each = m_ways.asksMemory ? 3 : 2;
    std::vector<Command> commands;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        commands.push_back(Command{"TYPE", keys[at]});
        commands.push_back(Command{"PTTL", keys[at]});
        if (m_ways.asksMemory) {
            commands.push_back(Command{"MEMORY", "USAGE", keys[at]});
        }
    }
    const auto replies = lanes.routed.pipeline(commands, std::move(stop));
    if (!replies) {
        appendKeys(m_notSent, keys);
        return replies.error();
    }
    JobPreview part;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const auto own = std::span(*replies).subspan(at * each, each);
        if (own[0].isError() || own[1].isError()) {
            addFailure(outcomes, keys[at], own[0].isError() ? own[0] : own[1]);
        } else {
            outcomes.add(keys[at], take(keys[at], own, part) ? Outcome::Done : Outcome::Missing);
        }
    }
    m_tally.add(part);
    return ok();
}

/// False where the key is missing.
bool PreviewStep::take(std::string_view key, std::span<const Reply> replies, JobPreview& part) const
{
    const std::int64_t ttl = replies[1].integer;
    if (ttl == isMissing) {
        return false;
    }
    ++part.keys;
    ++part.types[replies[0].text];
    ++part.ttls[ttlBoundOf(Milliseconds{ttl})];
    if (replies.size() > 2 && replies[2].isInteger()) {
        const auto memory = static_cast<std::uint64_t>(replies[2].integer);
        part.memory = ByteCount{part.memory.value_or(ByteCount{}).value + memory};
        part.notUndoable += memory > m_ways.largest.value ? 1 : 0;
    }
    if (auto why = whySkipped(key, ttl)) {
        ++part.skipped[*std::move(why)];
    } else if (part.samples.size() < samplesKept) {
        part.samples.push_back(
            {std::string(key), replies[0].text, m_names ? m_names->nameFor(key) : std::optional<std::string>()});
    }
    return true;
}

std::optional<std::string> PreviewStep::whySkipped(std::string_view key, std::int64_t ttl) const
{
    if (m_names) {
        const auto name = m_names->nameFor(key);
        if (!name) {
            return "the rule does not fit its name";
        }
        return *name == key ? std::optional<std::string>("it would keep its name") : std::nullopt;
    }
    const auto* expiry = std::get_if<ExpireKeys>(&m_operation);
    const bool wantsTtl =
        std::holds_alternative<PersistKeys>(m_operation) || (expiry && expiry->mode == ExpireKeys::Mode::Add);
    if (wantsTtl && ttl < 0) {
        return "it has no time to live";
    }
    if (expiry && expiry->mode == ExpireKeys::Mode::Cap && ttl >= 0 && ttl <= expiry->time.count()) {
        return "it ends sooner";
    }
    return std::nullopt;
}

UnsettledKeys PreviewStep::takeUnsettled()
{
    return UnsettledKeys{std::exchange(m_notSent, {}), {}};
}

} // namespace keyglass
