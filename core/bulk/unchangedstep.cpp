// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/unchangedstep.h"

#include "core/bulk/keylook.h"
#include "core/bulk/stepreplies.h"

#include <utility>

namespace keyglass {

UnchangedStep::UnchangedStep(
    std::unique_ptr<BatchStep> step, std::shared_ptr<const PreviewMarks> marks, std::string root)
    : m_step(std::move(step))
    , m_marks(std::move(marks))
    , m_root(std::move(root))
{
}

Status UnchangedStep::apply(const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop)
{
    LookWays ways;
    ways.asksValues = m_marks->hasValues();
    const auto looks = lookAtKeys(lanes.routed, keys, ways, stop);
    if (!looks) {
        appendKeys(m_notSent, keys);
        return looks.error();
    }
    KeyBatch same;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        const KeyLook& look = (*looks)[at];
        const bool isOwnDoing = !m_inDoubt.empty() && m_inDoubt.contains(keys[at]);
        if (look.kind == KeyLook::Kind::Refused) {
            addFailure(outcomes, keys[at], look.text);
        } else if (look.kind == KeyLook::Kind::Missing || isOwnDoing) {
            same.append(keys[at]); // the step itself tells what becomes of these
        } else if (const auto why = m_marks->whyChanged(m_root + std::string(keys[at]), look.type, look.value)) {
            outcomes.add(keys[at], Outcome::Changed, *why);
        } else {
            same.append(keys[at]);
        }
    }
    return same.isEmpty() ? ok() : m_step->apply(lanes, std::move(same), outcomes, std::move(stop));
}

UnsettledKeys UnchangedStep::takeUnsettled()
{
    UnsettledKeys keys = m_step->takeUnsettled();
    for (std::size_t at = 0; at < keys.maybeDone.size(); ++at) {
        m_inDoubt.emplace(keys.maybeDone[at]);
    }
    appendKeys(keys.notSent, std::exchange(m_notSent, {}));
    return keys;
}

} // namespace keyglass
