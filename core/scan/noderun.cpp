// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scan/noderun.h"

#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;

/// Keys gathered from several replies before they are handed on, so that a sorted run is worth its while; small enough
/// that sorting it takes less time than the call that is under way meanwhile.
constexpr std::size_t gatherKeys = 4096;
constexpr std::size_t gatherBytes = 4U * 1024 * 1024;
/// Keys don't wait longer than this for company.
constexpr auto gatherTime = 30ms;

} // namespace

NodeRun::NodeRun(Lane& ofLane, const ScanRequest& ofRequest, ScanControl& ofControl, NodeProgress& ofProgress,
    std::stop_token ofStop, const NodeScanner::Sink& sink)
    : lane(ofLane)
    , request(ofRequest)
    , control(ofControl)
    , progress(ofProgress)
    , stop(std::move(ofStop))
    , ledger(progress)
    , m_sink(sink)
{
    end.node = lane.nodeText();
}

bool NodeRun::gather()
{
    const std::size_t arrived = arriving.size();
    const auto granted = static_cast<std::size_t>(control.takeKeys(arrived));
    if (m_gathered.isEmpty()) {
        m_gatheringSince = Clock::now();
    }
    if (granted == arrived && m_gathered.isEmpty()) {
        std::swap(m_gathered, arriving);
    } else if (granted == arrived) {
        m_gathered.append(arriving);
    } else {
        for (std::size_t at = 0; at < granted; ++at) {
            m_gathered.append(arriving[at]);
        }
    }
    arriving.clear();
    progress.keys += granted;
    if (granted < arrived) {
        end.limit = ScanLimit::MaxKeys;
        static_cast<void>(flush());
        return false;
    }
    const bool enough = m_gathered.size() >= gatherKeys || m_gathered.byteCount() >= gatherBytes || !m_handedOnAny
        || Clock::now() - m_gatheringSince >= gatherTime;
    return !enough || flush();
}

bool NodeRun::flush()
{
    if (m_gathered.isEmpty()) {
        return !m_refused;
    }
    m_handedOnAny = true;
    KeyBatch batch;
    std::swap(batch, m_gathered);
    // While the sink makes us wait, it is not the node that owes anything.
    const auto owesSince = progress.owesSince();
    progress.answered({}, false);
    m_refused = !m_sink(std::move(batch));
    if (owesSince) {
        progress.asked(lane.isOpen() ? Clock::now() : *owesSince);
    }
    return !m_refused;
}

Status NodeRun::keepWanted(bool asksType)
{
    const std::size_t perKey = request.predicate.questions() + (asksType ? 1 : 0);
    if (arriving.isEmpty() || perKey == 0) {
        return ok();
    }
    std::vector<Command> asks;
    asks.reserve(arriving.size() * perKey);
    for (std::size_t at = 0; at < arriving.size(); ++at) {
        if (asksType) {
            asks.push_back(Command{"TYPE", arriving[at]});
        }
        request.predicate.ask(arriving[at], asks);
    }
    const auto answers = lane.pipeline(asks, stop);
    if (!answers) {
        return answers.error();
    }
    KeyBatch kept;
    for (std::size_t at = 0; at < arriving.size(); ++at) {
        const auto isWanted = wants(std::span(*answers).subspan(at * perKey, perKey), asksType);
        if (!isWanted) {
            return Error(isWanted.error()).about(lane.nodeText());
        }
        if (*isWanted) {
            kept.append(arriving[at]);
        }
    }
    arriving = std::move(kept);
    return ok();
}

/// Whether a key with these answers is one to keep.
Result<bool> NodeRun::wants(std::span<const Reply> answers, bool asksType) const
{
    if (asksType) {
        if (answers.front().isError()) {
            return replyError(answers.front().text);
        }
        if (answers.front().text != request.type) {
            return false;
        }
        answers = answers.subspan(1);
    }
    return request.predicate.accepts(answers);
}

Error NodeRun::cancelled() const
{
    return Error{ErrorKind::Cancelled, lane.nodeText(), {}};
}

Status NodeRun::ended(bool goesOn) const
{
    return goesOn || end.limit ? ok() : Status(cancelled());
}

} // namespace keyglass
