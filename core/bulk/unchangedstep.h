// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/batchstep.h"
#include "core/bulk/previewmarks.h"

#include <memory>
#include <set>
#include <string>

namespace keyglass {

/// Looks at each batch before another step is given it: keys that are not what the preview saw are left alone and told
/// as Outcome::Changed. One round trip more for a batch, with values two.
class UnchangedStep final : public BatchStep {
public:
    /// `root`: stands before the keys in the marks.
    UnchangedStep(std::unique_ptr<BatchStep> step, std::shared_ptr<const PreviewMarks> marks, std::string root = {});

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes& lanes, OutcomeSink& outcomes, std::stop_token stop) override
    {
        return m_step->finish(lanes, outcomes, std::move(stop));
    }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;
    [[nodiscard]] bool isRepeatable() const override { return m_step->isRepeatable(); }
    [[nodiscard]] std::vector<std::string> pacedCommands() const override { return m_step->pacedCommands(); }
    void setCallSize(const CallSize& size) override { m_step->setCallSize(size); }

private:
    const std::unique_ptr<BatchStep> m_step;
    const std::shared_ptr<const PreviewMarks> m_marks;
    const std::string m_root;
    KeyBatch m_notSent;
    /// Keys that may have been changed by this job itself, on a line that was lost: it goes on with them.
    std::set<std::string, std::less<>> m_inDoubt;
};

} // namespace keyglass
