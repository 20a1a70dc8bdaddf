// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/importnodes.h"

#include "core/base/clock.h"
#include "core/base/errortext.h"
#include "core/base/stopwait.h"
#include "core/bulk/stepreplies.h"
#include "core/source/lane.h"

#include <algorithm>
#include <iterator>
#include <thread>
#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds firstBackoff = 50ms;
constexpr Milliseconds longestBackoff = 2000ms;
constexpr Milliseconds longestSweep = 80ms;

/// Takes those that have no outcome out of `keys`.
std::vector<ImportedKey> takeOpen(std::vector<ImportedKey>& keys)
{
    const auto open =
        std::stable_partition(keys.begin(), keys.end(), [](const ImportedKey& key) { return key.outcome.has_value(); });
    std::vector<ImportedKey> taken(std::make_move_iterator(open), std::make_move_iterator(keys.end()));
    keys.erase(open, keys.end());
    return taken;
}

void putBack(std::vector<ImportedKey>& keys, std::vector<ImportedKey>&& open)
{
    keys.insert(keys.end(), std::make_move_iterator(open.begin()), std::make_move_iterator(open.end()));
}

} // namespace

ImportNodes::ImportNodes(ImportSteps& steps, ImportLanes& lanes, const ImportOptions& options, JobReport& report)
    : m_steps(steps)
    , m_lanes(lanes)
    , m_options(options)
    , m_report(report)
{
}

QString ImportNodes::nodeOf(const std::string& key) const
{
    return m_lanes.nodeOf ? m_lanes.nodeOf(key) : m_options.node;
}

Status ImportNodes::makeAll(std::vector<ImportedKey>&& keys, const std::stop_token& stop)
{
    std::map<QString, std::vector<ImportedKey>> nodes;
    for (ImportedKey& key : keys) {
        nodes[nodeOf(key.part.key)].push_back(std::move(key));
    }
    Status done = ok();
    for (auto& [node, own] : nodes) {
        done = done ? makeOf(node, own, stop) : std::move(done);
        tell(node, std::move(own));
    }
    return done;
}

Status ImportNodes::look(std::vector<ImportedKey>& key, const std::stop_token& stop)
{
    return patiently(nodeOf(key.front().part.key), key, stop, [&](bool) { return m_steps.look(key, stop); });
}

Status ImportNodes::makeOf(const QString& node, std::vector<ImportedKey>& keys, const std::stop_token& stop)
{
    Status done = patiently(node, keys, stop, [&](bool isAgain) {
        std::vector<ImportedKey> open = takeOpen(keys);
        Status tried = isAgain ? beginAgain(open, stop) : ok();
        putBack(keys, std::move(open));
        return tried ? tryOnce(keys, stop) : std::move(tried);
    });
    if (m_givenUp.contains(node)) {
        return done; // nobody is there to clean up for: passing names end by themselves
    }
    if (!done) {
        sweep(keys, stop);
        return done;
    }
    return m_steps.clean(keys, stop);
}

void ImportNodes::sweep(std::vector<ImportedKey>& keys, const std::stop_token& stop)
{
    if (!stop.stop_requested()) {
        static_cast<void>(m_steps.clean(keys, stop));
        return;
    }
    std::stop_source over;
    const std::jthread clock([&over](const std::stop_token& own) {
        waitOrStop(longestSweep, own);
        over.request_stop();
    });
    static_cast<void>(m_steps.clean(keys, over.get_token()));
}

Status ImportNodes::tryOnce(std::vector<ImportedKey>& keys, const std::stop_token& stop)
{
    std::vector<ImportedKey> open = takeOpen(keys);
    Status done = m_steps.look(open, stop);
    done = done ? m_steps.make(open, stop) : std::move(done);
    done = done ? m_steps.name(open, stop) : std::move(done);
    if (!done && m_steps.mayBeNamed()) {
        for (ImportedKey& key : open) {
            key.mayBeNamed = !key.outcome;
        }
    }
    putBack(keys, std::move(open));
    return done;
}

/// After a lost line: what was made by then is looked for, and made anew under another name where it is not named yet.
Status ImportNodes::beginAgain(std::vector<ImportedKey>& keys, const std::stop_token& stop)
{
    std::vector<Command> commands;
    for (const ImportedKey& key : keys) {
        if (key.isBegun) {
            commands.push_back(Command{"EXISTS", key.name});
            commands.push_back(Command{"EXISTS", key.part.key});
            commands.push_back(Command{m_options.hasUnlink ? "UNLINK" : "DEL", key.name});
        }
    }
    if (commands.empty()) {
        return ok();
    }
    const auto replies = m_lanes.routed.pipeline(commands, stop);
    if (!replies) {
        return replies.error();
    }
    const auto isThere = [](const Reply& reply) { return reply.isInteger() && reply.integer == 1; };
    std::size_t at = 0;
    for (ImportedKey& key : keys) {
        if (key.isBegun) {
            foundAgain(key, isThere((*replies)[at]), isThere((*replies)[at + 1]));
            at += 3;
        }
    }
    return ok();
}

void ImportNodes::foundAgain(ImportedKey& key, bool hasPassing, bool hasOwn) const
{
    key.isBegun = false;
    if (key.mayBeNamed && !hasPassing && hasOwn) { // renaming is what takes the passing name away
        key.settle(key.isThere ? Outcome::Unknown : Outcome::Done,
            key.isThere ? "the line was lost when it was to take the place of another" : std::string_view());
        return;
    }
    key = ImportedKey{std::move(key.part), {}};
    key.isAgain = true;
}

/// `work` is done again, told so, until the line holds or the patience is over.
template <typename Work>
Status ImportNodes::patiently(
    const QString& node, std::vector<ImportedKey>& keys, const std::stop_token& stop, const Work& work)
{
    if (const auto gone = m_givenUp.find(node); gone != m_givenUp.end()) {
        return giveUp(node, keys, gone->second);
    }
    const auto begun = Clock::now();
    Milliseconds backoff = firstBackoff;
    for (bool isAgain = false;; isAgain = true) {
        Status done = work(isAgain);
        if (done || !isLostLine(done.error().kind)) {
            return done;
        }
        if (stop.stop_requested()) {
            return Error{ErrorKind::Cancelled, node, {}};
        }
        if (Clock::now() - begun > m_options.patience) {
            m_report.giveUp(node, done.error());
            m_givenUp.insert_or_assign(node, done.error());
            return giveUp(node, keys, done.error());
        }
        m_report.retried(node);
        waitOrStop(backoff, stop);
        backoff = std::min(backoff * 2, longestBackoff);
        if (m_lanes.refresh) {
            m_lanes.refresh(stop);
        }
    }
}

/// The other nodes of a cluster go on.
Status ImportNodes::giveUp(const QString& node, std::vector<ImportedKey>& keys, const Error& why)
{
    const std::string text = errorText(why).toStdString();
    for (ImportedKey& key : keys) {
        if (!key.outcome) {
            key.settle(key.mayBeNamed ? Outcome::Unknown : Outcome::NotDone, text);
        }
    }
    return m_options.isCluster ? ok() : Status(m_givenUp.at(node));
}

void ImportNodes::tell(const QString& node, std::vector<ImportedKey>&& keys)
{
    OutcomeCounts counts;
    std::vector<KeyOutcome> rows;
    for (ImportedKey& key : keys) {
        const Outcome outcome = key.outcome.value_or(key.mayBeNamed ? Outcome::Unknown : Outcome::NotDone);
        ++counts[outcome];
        if (m_report.wantsAllRows() || hasTrouble(outcome)) {
            rows.push_back({std::move(key.part.key), outcome, std::move(key.detail), {}});
        }
    }
    m_report.add(node, counts, std::move(rows));
}

void ImportNodes::report(const std::string& key, Outcome outcome, std::string_view detail)
{
    OutcomeCounts counts;
    ++counts[outcome];
    std::vector<KeyOutcome> rows;
    if (m_report.wantsAllRows() || hasTrouble(outcome)) {
        rows.push_back({key, outcome, std::string(detail), {}});
    }
    m_report.add(nodeOf(key), counts, std::move(rows));
}

} // namespace keyglass
