// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/copystep.h"

#include "core/source/lane.h"

#include <utility>

namespace keyglass {

CopyStep::CopyStep(std::function<std::unique_ptr<Lane>()> makeTarget, TransferWays ways, Confirmation confirmation)
    : m_makeTarget(std::move(makeTarget))
    , m_ways(ways)
    , m_confirmation(std::move(confirmation))
{
}

CopyStep::~CopyStep() = default;

Status CopyStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    if (!m_target) {
        m_plainTarget = m_makeTarget();
        m_target = m_plainTarget->confirmed(m_confirmation);
    }
    std::vector<Carried> carried;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        carried.push_back({keys[at], keys[at]});
    }
    std::size_t settled = 0;
    const LineWatch watch(*m_target);
    Status done = transferKeys(lanes, *m_target, carried, m_ways, outcomes, settled, stop);
    if (!done) {
        KeyBatch& left = watch.mayHaveSent(done.error()) ? m_unsettled.maybeDone : m_unsettled.notSent;
        for (; settled < keys.size(); ++settled) {
            left.append(keys[settled]);
        }
    }
    return done;
}

UnsettledKeys CopyStep::takeUnsettled()
{
    return std::exchange(m_unsettled, {});
}

} // namespace keyglass
