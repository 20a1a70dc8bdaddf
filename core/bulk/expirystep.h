// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/batchstep.h"
#include "core/bulk/joboperation.h"
#include "core/bulk/putoffends.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <optional>
#include <random>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace keyglass {

/// Gives keys a time to live, or takes it from them. One batch at a time; in a cluster, redirects are followed. An end
/// that is put off is so from where it is, to the millisecond.
class ExpiryStep final : public BatchStep {
public:
    explicit ExpiryStep(ExpireKeys expiry);
    explicit ExpiryStep(PersistKeys persist);

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;
    /// Adding twice is twice as much.
    [[nodiscard]] bool isRepeatable() const override;

private:
    /// One key's command, or why there is none.
    struct Choice {
        std::optional<Command> command;
        Outcome outcome = Outcome::Skipped;
        std::string why{};
    };
    [[nodiscard]] bool looksFirst() const;
    [[nodiscard]] bool adds() const;
    [[nodiscard]] Choice choose(std::string_view key, const KeyEnd* known);
    [[nodiscard]] Choice chooseByTtl(std::string_view key, const KeyEnd& known);
    [[nodiscard]] Milliseconds jitter();
    [[nodiscard]] Status read(
        const StepLanes& lanes, const KeyBatch& keys, std::vector<KeyEnd>& known, const std::stop_token& stop);

    const std::variant<ExpireKeys, PersistKeys> m_change;
    bool m_hasExpireTime = true;     ///< PEXPIRETIME (7.0) is there, and allowed.
    std::vector<PutOffEnd> m_putOff; ///< Of one batch.
    std::mt19937_64 m_random{std::random_device{}()};
    UnsettledKeys m_unsettled;
};

} // namespace keyglass
