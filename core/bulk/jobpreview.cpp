// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/jobpreview.h"

#include "core/bulk/keysizes.h"
#include "core/bulk/keytransfer.h"
#include "core/bulk/largereader.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace keyglass {

namespace {

constexpr std::size_t samplesKept = 100;
constexpr std::size_t leftAloneKept = 500;
constexpr std::size_t tagsKept = 100;

/// Empty: there is none of the two forms.
std::string_view tagIn(std::string_view key)
{
    constexpr std::string_view schemaLead = "schema:{";
    if (key.starts_with(schemaLead) && key.ends_with('}')) {
        return key.substr(schemaLead.size(), key.size() - schemaLead.size() - 1);
    }
    const std::size_t end = key.starts_with('{') ? key.find("}:") : std::string_view::npos;
    return end == std::string_view::npos ? std::string_view() : key.substr(1, end - 1);
}

void addTag(JobPreview& to, std::string_view tag)
{
    if (tag.find('.') != std::string_view::npos && to.tags.size() < tagsKept) {
        to.tags.emplace(tag);
    }
}

struct TtlBound {
    std::string_view name;
    std::int64_t upTo; ///< In milliseconds.
};
constexpr std::int64_t day = 86'400'000;
constexpr std::array<TtlBound, JobPreview::ttlBounds> bounds{{{"none", -1}, {"1m", 60'000}, {"1h", 3'600'000},
    {"1d", day}, {"7d", 7 * day}, {"30d", 30 * day}, {"more", INT64_MAX}}};

/// `why`: of the key that has the name now.
std::string replacedText(const std::string& why)
{
    return QCoreApplication::translate("Bulk", "the key that it would replace: %1")
        .arg(QString::fromStdString(why))
        .toStdString();
}

std::string tooLargeText(ByteCount memory, ByteCount largest)
{
    return QCoreApplication::translate("Bulk", "it can't be undone: %1 in memory, more than the %2 that are archived")
        .arg(sizeText(memory), sizeText(largest))
        .toStdString();
}

std::string untoldText(const std::string& error)
{
    return QCoreApplication::translate("Bulk", "it is not known whether its new name is taken: %1")
        .arg(displayText(error))
        .toStdString();
}

} // namespace

void addLeftAlone(JobPreview& to, const JobPreview::LeftAlone& key)
{
    if (to.leftAlone.size() < leftAloneKept) {
        to.leftAlone.push_back(key);
    }
}

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
    m_sum.inParts += part.inParts;
    m_sum.inTheWay += part.inTheWay;
    for (const JobPreview::LeftAlone& key : part.leftAlone) {
        addLeftAlone(m_sum, key);
    }
    for (const std::string& tag : part.tags) {
        addTag(m_sum, tag);
    }
    for (const JobPreview::Sample& sample : part.samples) {
        if (m_sum.samples.size() < samplesKept) {
            m_sum.samples.push_back(sample);
        }
    }
}

std::uint64_t PreviewTally::begin()
{
    const std::lock_guard lock(m_mutex);
    return ++m_steps;
}

void PreviewTally::measured(std::uint64_t step, const NodeMeasure& measure)
{
    const std::lock_guard lock(m_mutex);
    m_measures.insert_or_assign(step, measure);
}

JobPreview PreviewTally::preview() const
{
    const std::lock_guard lock(m_mutex);
    JobPreview preview = m_sum;
    for (const auto& [step, measure] : m_measures) {
        preview.nodes.push_back(measure);
    }
    std::ranges::sort(preview.samples, {}, &JobPreview::Sample::key); // they came in no order
    std::ranges::sort(preview.leftAlone, {}, &JobPreview::LeftAlone::key);
    return preview;
}

PreviewStep::PreviewStep(
    JobOperation operation, PreviewWays ways, PreviewTally& tally, PreviewMarks* marks, std::string root)
    : m_operation(std::move(operation))
    , m_ways(std::move(ways))
    , m_names(std::holds_alternative<RenameKeys>(m_operation)
              ? std::optional<NameMaker>(std::get<RenameKeys>(m_operation))
              : std::nullopt)
    , m_tally(tally)
    , m_marks(marks)
    , m_root(std::move(root))
    , m_number(m_tally.begin())
    , m_meter(m_operation, m_ways.samplesValues)
{
}

PreviewStep::~PreviewStep() = default;

Status PreviewStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    const auto begun = Clock::now();
    const auto looks =
        lookAtKeys(lanes.routed, keys, {true, m_ways.asksMemory, m_ways.asksValues, m_ways.largest}, stop);
    if (!looks) {
        appendKeys(m_notSent, keys);
        return looks.error();
    }
    const auto waited = Clock::now() - begun;
    const std::size_t each = 2U + (m_ways.asksMemory || m_ways.asksValues ? 1U : 0U) + (m_ways.asksValues ? 1U : 0U);
    m_meter.looked(keys.size(), keys.size() * each, waited);
    if (m_meter.wantsSample()) {
        m_meter.sample(lanes.node, keys, stop);
    }
    m_tally.measured(m_number, m_meter.measure());
    const auto taken = m_ways.makeTarget ? takenThere(keys, stop) : takenNames(lanes, keys, stop);
    if (!taken) {
        appendKeys(m_notSent, keys);
        return taken.error();
    }
    JobPreview part;
    std::vector<PreviewMarks::Mark> marks;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const KeyLook& look = (*looks)[at];
        switch (look.kind) {
        case KeyLook::Kind::Refused:
            addFailure(outcomes, keys[at], look.text);
            break;
        case KeyLook::Kind::Missing:
            outcomes.add(keys[at], Outcome::Missing);
            break;
        case KeyLook::Kind::There:
            if (const auto untold = taken->untold.find(at); untold != taken->untold.end()) {
                outcomes.add(keys[at], Outcome::Failed, untoldText(untold->second));
                break;
            }
            take(keys[at], look, taken->taken.contains(at), part);
            if (const auto large = taken->large.find(at); large != taken->large.end()) {
                ++part.notUndoable;
                addLeftAlone(part, {std::string(keys[at]), replacedText(large->second)});
            }
            marks.push_back(PreviewMarks::markOf(m_root + std::string(keys[at]), look.type, look.value));
            outcomes.add(keys[at], Outcome::Done);
            break;
        }
    }
    m_tally.add(part);
    if (m_marks) {
        m_marks->add(marks);
    }
    return ok();
}

/// What answers for `places`, in order, says of each. Fails where the server refuses for now: it is asked again later.
Result<PreviewStep::TakenNames> PreviewStep::takenBy(
    Lane& lane, std::span<const Command> asking, std::span<const std::size_t> places, const std::stop_token& stop) const
{
    TakenNames found;
    if (asking.empty()) {
        return found;
    }
    const auto replies = lane.pipeline(asking, stop);
    if (!replies) {
        return replies.error();
    }
    for (std::size_t at = 0; at < places.size(); ++at) {
        const Reply& reply = (*replies)[at];
        if (isElsewhere(reply)) {
            return refusalForNow(lane, reply.text);
        }
        if (reply.isError()) {
            found.untold.emplace(places[at], reply.text);
        } else if (reply.isInteger() && reply.integer > 0) {
            found.taken.insert(places[at]);
        }
    }
    if (m_ways.asksTakenSizes && !found.taken.empty()) {
        if (Status sized = findLarge(lane, asking, places, found, stop); !sized) {
            return std::move(sized).error();
        }
    }
    return found;
}

/// Among the names that are taken.
Status PreviewStep::findLarge(Lane& lane, std::span<const Command> asking, std::span<const std::size_t> places,
    TakenNames& found, const std::stop_token& stop) const
{
    std::vector<std::string_view> names;
    std::vector<std::size_t> ofNames;
    for (std::size_t at = 0; at < places.size(); ++at) {
        if (found.taken.contains(places[at])) {
            names.emplace_back(asking[at].arguments().back());
            ofNames.push_back(places[at]);
        }
    }
    const auto sizes = keySizes(lane, names, stop);
    if (!sizes) {
        return sizes.error();
    }
    for (std::size_t at = 0; at < names.size(); ++at) {
        const Reply& size = (*sizes)[at];
        if (size.isInteger() && size.integer > static_cast<std::int64_t>(m_ways.largest.value)) {
            const ByteCount memory{static_cast<std::uint64_t>(size.integer)};
            found.large.emplace(ofNames[at], tooLargeText(memory, m_ways.largest));
        } else if (size.isError() && isUntoldSize(size.text)) {
            found.large.emplace(ofNames[at], size.text);
        }
    }
    return ok();
}

/// The places of keys whose new name is another key's that keeps it, as far as the rule tells. Which of several keys
/// gets one name is not known before.
Result<PreviewStep::TakenNames> PreviewStep::takenNames(
    const StepLanes& lanes, const KeyBatch& keys, const std::stop_token& stop) const
{
    std::vector<Command> asked;
    std::vector<std::size_t> places;
    for (std::size_t at = 0; m_names && at < keys.size(); ++at) {
        const auto name = m_names->nameFor(keys[at]);
        if (name && *name != keys[at] && m_names->nameFor(*name).value_or(*name) == *name) {
            asked.push_back(Command{"EXISTS", *name});
            places.push_back(at);
        }
    }
    return takenBy(lanes.routed, asked, places, stop);
}

/// The places of keys whose names are taken where a copy goes.
Result<PreviewStep::TakenNames> PreviewStep::takenThere(const KeyBatch& keys, const std::stop_token& stop)
{
    if (!m_target) {
        m_target = m_ways.makeTarget();
    }
    std::vector<Command> asked;
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        asked.push_back(Command{"EXISTS", keys[at]});
        places.push_back(at);
    }
    return takenBy(*m_target, asked, places, stop);
}

void PreviewStep::take(std::string_view key, const KeyLook& look, bool isNameTaken, JobPreview& part) const
{
    ++part.keys;
    part.inTheWay += isNameTaken ? 1 : 0;
    ++part.types[look.type];
    ++part.ttls[ttlBoundOf(look.ttl)];
    if (look.memory) {
        part.memory = ByteCount{part.memory.value_or(ByteCount{}).value + look.memory->value};
        const bool isArchived = destroys(m_operation) && !archivesOthers(m_operation);
        const bool isLarge = isArchived && *look.memory > m_ways.largest;
        if (isLarge && isReadInParts(look.type)) {
            ++part.inParts;
        } else if (isLarge) {
            ++part.notUndoable;
            addLeftAlone(part, {std::string(key), tooLargeText(*look.memory, m_ways.largest)});
        }
    }
    addTag(part, tagIn(key));
    if (auto why = whySkipped(key, look, isNameTaken)) {
        addLeftAlone(part, {std::string(key), *why});
        ++part.skipped[*std::move(why)];
    } else if (part.samples.size() < samplesKept) {
        part.samples.push_back(
            {std::string(key), look.type, m_names ? m_names->nameFor(key) : std::optional<std::string>()});
    }
}

std::optional<std::string> PreviewStep::whySkipped(std::string_view key, const KeyLook& look, bool isNameTaken) const
{
    const auto* copy = std::get_if<CopyKeys>(&m_operation);
    if (copy && isNameTaken && !copy->replaces) {
        return std::string(nameIsTaken);
    }
    if (m_names) {
        const auto name = m_names->nameFor(key);
        if (!name) {
            return "the rule does not fit its name";
        }
        if (isNameTaken && std::get<RenameKeys>(m_operation).collision == Collision::Skip) {
            return "there is a key of the new name already";
        }
        return *name == key ? std::optional<std::string>("it would keep its name") : std::nullopt;
    }
    if (std::holds_alternative<SetField>(m_operation) && look.type != "hash") {
        return "it is no hash, but a " + look.type;
    }
    return whyTimeStays(look);
}

std::optional<std::string> PreviewStep::whyTimeStays(const KeyLook& look) const
{
    const bool hasTtl = look.ttl.count() >= 0;
    const auto* expiry = std::get_if<ExpireKeys>(&m_operation);
    const bool adds = expiry && expiry->mode == ExpireKeys::Mode::Add;
    if ((std::holds_alternative<PersistKeys>(m_operation) || adds) && !hasTtl) {
        return "it has no time to live";
    }
    if (adds && look.ttl + expiry->time + expiry->jitter <= Milliseconds{0}) {
        return "it would be over already";
    }
    if (expiry && expiry->mode == ExpireKeys::Mode::Cap && hasTtl && look.ttl <= expiry->time) {
        return "it ends sooner";
    }
    return std::nullopt;
}

UnsettledKeys PreviewStep::takeUnsettled()
{
    return UnsettledKeys{std::exchange(m_notSent, {}), {}};
}

} // namespace keyglass
