// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/batchstep.h"
#include "core/console/operationtemplate.h"

namespace keyglass {

/// Runs a command for each key, made by a template (FOREACH): `*` is the key, `@` its place in the batch and `#` how
/// many keys that has. Keys that are not there are left alone. Every reply that is no error is Outcome::Done, with the
/// reply as its detail.
class TemplateStep final : public BatchStep {
public:
    explicit TemplateStep(OperationTemplate operation);

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;
    /// It may be anything.
    [[nodiscard]] bool isRepeatable() const override { return false; }

private:
    const OperationTemplate m_operation;
    UnsettledKeys m_unsettled;
};

} // namespace keyglass
