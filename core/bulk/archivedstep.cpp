// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/archivedstep.h"

#include "core/base/dumpdigest.h"
#include "core/bulk/largewrites.h"
#include "core/bulk/shownwrites.h"
#include "core/bulk/stepreplies.h"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace keyglass {

namespace {

constexpr std::string_view leftAfterLoss =
    "the line was lost while it was written to, and somebody changed it before it "
    "was written to again: it was left alone; the archive holds what it was "
    "before the job";
/// Of a key in parts, which are not compared with what was sent.
constexpr std::string_view unknownAfterLoss =
    "the line was lost while it was written to: it was written to, or not, and was left alone after that; the archive "
    "holds what it was before the job";
constexpr std::string_view writtenAfterLoss =
    "the line was lost while it was written to, and somebody changed it before "
    "it was written to again: what it was by then stands in the archive, "
    "beside what it was before the job";

/// Hands outcomes on, and says of which keys they are that had changed.
class Compared final : public OutcomeSink {
public:
    using Keys = std::set<std::string, std::less<>>;
    Compared(
        OutcomeSink& to, const ShownWrites& shown, const Keys& strange, std::function<void(std::string_view)> leftAlone)
        : m_to(to)
        , m_shown(shown)
        , m_strange(strange)
        , m_leftAlone(std::move(leftAlone))
    {
    }
    void add(std::string_view key, Outcome outcome, std::string_view detail) override
    {
        if (const std::string* const why = m_shown.whyNotUndoable(key)) {
            m_to.add(key, Outcome::NotUndoable, *why);
        } else if (m_shown.wasRefused(key) || m_shown.isGone(key)) {
            m_to.add(key, m_shown.isGone(key) ? Outcome::Missing : Outcome::Changed, {});
        } else if (outcome == Outcome::Done && m_strange.contains(key)) {
            m_to.add(key, Outcome::DoneThoughChanged, detail.empty() ? writtenAfterLoss : detail);
        } else {
            const bool isChanged = outcome == Outcome::Done && m_shown.wasChanged(key);
            m_to.add(key, isChanged ? Outcome::DoneThoughChanged : outcome, detail);
        }
    }
    void elsewhere(std::string_view key, std::string_view redirect) override
    {
        m_leftAlone(key);
        m_to.elsewhere(key, redirect);
    }

private:
    OutcomeSink& m_to;
    const ShownWrites& m_shown;
    const Keys& m_strange;
    const std::function<void(std::string_view)> m_leftAlone;
};

/// Each key once: archived for the second time, it would be what we made of it the first time.
KeyBatch withoutSeconds(KeyBatch&& keys, OutcomeSink& outcomes)
{
    KeyBatch once;
    std::set<std::string_view> seen;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        if (seen.insert(keys[at]).second) {
            once.append(keys[at]);
        } else {
            outcomes.add(keys[at], Outcome::Skipped, givenTwice);
        }
    }
    return seen.size() == keys.size() ? std::move(keys) : std::move(once);
}

} // namespace

ArchivedStep::ArchivedStep(
    std::unique_ptr<BatchStep> step, UndoArchiveWriter& archive, ArchivingOptions options, bool evenUnarchived)
    : m_step(std::move(step))
    , m_archive(archive)
    , m_options(options)
    , m_evenUnarchived(evenUnarchived)
{
    m_options.givesStates = m_options.showsWrites;
    m_options.recorded = &m_recorded;
    if (m_options.largeReader && m_options.showsWrites) {
        m_largeWrite =
            std::make_unique<LargeWrite>(m_archive, m_options.largeReader(), m_options.database, m_options.reason);
    }
}

Status ArchivedStep::apply(const StepLanes& lanes, KeyBatch&& given, OutcomeSink& outcomes, std::stop_token stop)
{
    const KeyBatch keys = withoutSeconds(std::move(given), outcomes);
    m_recorded = {};
    m_known.clear();
    auto archived = archiveBefore(lanes.node, keys, m_options, m_archive, stop);
    if (!archived) {
        appendKeys(m_notSent, keys);
        return archived.error();
    }
    if (Status found = findStrange(lanes, keys, *archived, stop); !found) {
        appendKeys(m_notSent, keys);
        return found;
    }
    KeyBatch safe;
    KeyBatch large; // not archived, and written to all the same: there is nothing to compare them with
    std::vector<Large> inParts;
    m_newest = 0;
    ShownWrites shown(m_options.ways, m_options.refusesChanged,
        [this, &stop](std::string_view key, const SeenKey& newer) { archiveNewer(key, newer, stop); });
    for (std::size_t at = 0; at < keys.size(); ++at) {
        ArchivedKey& key = (*archived)[at];
        switch (key.kind) {
        case ArchivedKey::Kind::Archived:
            if (m_options.refusesChanged && m_strange.contains(keys[at])) {
                outcomes.add(keys[at], Outcome::Changed, leftAfterLoss);
                break;
            }
            safe.append(keys[at]);
            if (key.seen) {
                shown.expect(keys[at], *std::move(key.seen));
            }
            break;
        case ArchivedKey::Kind::Missing:
            outcomes.add(keys[at], Outcome::Missing);
            break;
        case ArchivedKey::Kind::TooLarge:
            if (key.size > 0 && m_largeWrite) {
                inParts.push_back({std::string(keys[at]), key.size});
            } else if (m_evenUnarchived) {
                large.append(keys[at]);
            } else {
                outcomes.add(keys[at], Outcome::NotUndoable, key.text);
            }
            break;
        case ArchivedKey::Kind::Elsewhere:
            outcomes.elsewhere(keys[at], key.text);
            break;
        case ArchivedKey::Kind::Refused:
            outcomes.add(keys[at], Outcome::Failed, key.text);
            break;
        }
    }
    Status done = safe.isEmpty() ? ok() : applySafe(lanes, std::move(safe), shown, outcomes, stop);
    if (!done) {
        appendKeys(m_notSent, large);
        for (const Large& key : inParts) {
            m_notSent.append(key.key);
        }
        return done;
    }
    done = applyInParts(lanes, inParts, outcomes, stop);
    if (!done) {
        appendKeys(m_notSent, large);
        return done;
    }
    return large.isEmpty() ? ok() : m_step->apply(lanes, std::move(large), outcomes, std::move(stop));
}

/// Keys that we may have written to on a line that was lost, and that are neither what they were nor what we write.
Status ArchivedStep::findStrange(
    const StepLanes& lanes, const KeyBatch& keys, const std::vector<ArchivedKey>& archived, const std::stop_token& stop)
{
    m_strange.clear();
    KeyBatch strange;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        if (archived[at].isStrange) {
            strange.append(keys[at]);
        }
    }
    if (strange.isEmpty()) {
        return ok();
    }
    const auto held = m_step->holdIt(lanes, strange, stop);
    if (!held) {
        return held.error();
    }
    for (std::size_t at = 0; at < strange.size(); ++at) {
        if (!(*held)[at]) {
            m_strange.emplace(strange[at]);
        }
    }
    return ok();
}

/// One after the other; those of which the type has no parts as all that can't be archived.
Status ArchivedStep::applyInParts(
    const StepLanes& lanes, std::span<const Large> keys, OutcomeSink& outcomes, const std::stop_token& stop)
{
    for (std::size_t at = 0; at < keys.size(); ++at) {
        if (m_archive.keepsFirst(m_options.database, keys[at].key)) {
            outcomes.add(keys[at].key, Outcome::Unknown, unknownAfterLoss);
            continue;
        }
        KeyBatch one;
        one.append(keys[at].key);
        LargeWrites shown(*m_largeWrite, keys[at].size, m_evenUnarchived, m_options.ways);
        Compared compared(outcomes, shown, m_strange,
            [this](std::string_view key) { m_archive.expectAgain(m_options.database, key); });
        KeyBatch given;
        given.append(keys[at].key);
        Status done = m_step->apply({lanes.node, lanes.routed, &shown}, std::move(given), compared, stop);
        if (shown.mayBeWritten()) {
            appendKeys(m_recorded, one);
        }
        if (!done) {
            for (const Large& key : keys.subspan(at + 1)) {
                m_notSent.append(key.key);
            }
            return done;
        }
    }
    return ok();
}

/// What stands in the archive.
Status ArchivedStep::applySafe(
    const StepLanes& lanes, KeyBatch&& safe, ShownWrites& shown, OutcomeSink& outcomes, const std::stop_token& stop)
{
    if (!m_options.showsWrites) {
        return m_step->apply(lanes, std::move(safe), outcomes, stop);
    }
    Compared compared(
        outcomes, shown, m_strange, [this](std::string_view key) { m_archive.expectAgain(m_options.database, key); });
    Status done = m_step->apply({lanes.node, lanes.routed, &shown}, std::move(safe), compared, stop);
    if (!done) {
        for (const auto& [key, state] : shown.expected()) {
            m_known[key].push_back(state);
            if (m_options.reason == UndoReason::ExpiryChanged) {
                m_known[key].back().end.clear(); // that is what we change
            }
        }
    }
    Status kept = m_newest > 0 ? m_archive.waitDurable(m_newest, stop) : ok();
    return done ? std::move(kept) : std::move(done);
}

/// What was written to though it was another by then.
void ArchivedStep::archiveNewer(std::string_view key, const SeenKey& newer, const std::stop_token& stop)
{
    const UndoRecordView record{
        key, newer.dump, typeOfDump(newer.dump), newer.expireAt, m_options.database, m_options.reason, true};
    m_newest = m_archive.append({&record, 1}, stop);
}

UnsettledKeys ArchivedStep::takeUnsettled()
{
    UnsettledKeys keys = m_step->takeUnsettled();
    appendKeys(keys.notSent, std::exchange(m_notSent, {}));
    noteUnsettled(m_archive, m_options.database, keys, m_recorded, m_known);
    return keys;
}

} // namespace keyglass
