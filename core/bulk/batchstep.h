// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/base/result.h"
#include "core/bulk/callbudget.h"
#include "core/bulk/outcome.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keyglass {

class Lane;
class ShownWrites;
struct Redirect;

/// The connections of one node's worker; both are opened on first use.
struct StepLanes {
    /// The node and no other: what belongs together in a transaction goes here. In a cluster it answers MOVED, ASK,
    /// TRYAGAIN or CLUSTERDOWN for keys that are not, or no longer, its own (see OutcomeSink::elsewhere()).
    Lane& node;
    /// Finds the owner of each command's first key and follows redirects. For single commands only: a MULTI over it may
    /// fall apart. Outside clusters, the same as `node`.
    Lane& routed;
    /// Where keys are archived that are then written to: sendWrites() goes by this. Null: as they are.
    ShownWrites* shown = nullptr;
    /// To the node that a redirect names and no other, as `node`. Empty outside clusters.
    std::function<std::unique_ptr<Lane>(const Redirect&)> redirected{};
};

/// What of a step was not settled when its line broke or it was stopped.
struct UnsettledKeys {
    KeyBatch notSent;   ///< Nothing was done to these.
    KeyBatch maybeDone; ///< Sent, and no answer came: it may have been done, or not.
};

/// Does a job's operation to keys of one node, a batch at a time.
///
/// One object per node's worker, used by that thread alone. It may keep batches in flight between calls, so that round
/// trips and disks are not waited for one after the other. Every key it is given gets exactly one outcome, or goes to
/// elsewhere(), or comes back from takeUnsettled(): a zero answer is never a success, and one key's error never hides
/// another's.
class BatchStep {
public:
    BatchStep() = default;
    BatchStep(const BatchStep&) = delete;
    BatchStep& operator=(const BatchStep&) = delete;
    virtual ~BatchStep() = default;

    /// Takes `keys` on, and tells the outcomes of whatever is settled by now (of earlier batches, too).
    ///
    /// An Error ends more than single keys. Network and Timeout: the line is lost; the same keys are given again later.
    /// File: nothing may be done any more, the whole job ends. Cancelled: `stop` was requested. Any other ends this
    /// node's part.
    [[nodiscard]] virtual Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) = 0;

    /// Settles all that is in flight. Called at the end, before a pause, and when the job is cancelled or no more keys
    /// come for a while; `stop` then comes only where that takes longer than a cancel may. apply() may follow. Fails as
    /// apply().
    [[nodiscard]] virtual Status finish(const StepLanes& lanes, OutcomeSink& outcomes, std::stop_token stop) = 0;

    /// After a failed apply() or finish(): every key without an outcome. The step is empty then, and may be used again.
    [[nodiscard]] virtual UnsettledKeys takeUnsettled() = 0;

    /// Whether doing it once more to a key of `maybeDone` comes to the same (UNLINK, PEXPIREAT). Else it is told as
    /// Outcome::Unknown and left alone.
    [[nodiscard]] virtual bool isRepeatable() const { return true; }

    /// Of keys that come once more after they were `maybeDone`, and are not what they were before: whether they hold
    /// what it gives them already, so that doing it again takes nothing from anybody. One for each. Fails as apply().
    [[nodiscard]] virtual Result<std::vector<bool>> holdIt(
        const StepLanes&, const KeyBatch& keys, const std::stop_token&)
    {
        return std::vector<bool>(keys.size(), false);
    }

    /// The commands (lower case) that take several keys at once, and keep the server from others meanwhile: their time
    /// is measured. None: each command takes one key.
    [[nodiscard]] virtual std::vector<std::string> pacedCommands() const { return {}; }
    /// How much one of them may take on, from the next on.
    virtual void setCallSize(const CallSize&) { }
};

} // namespace keyglass
