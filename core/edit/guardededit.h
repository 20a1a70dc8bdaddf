// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/editconnection.h"

#include <memory>
#include <stop_token>

namespace keyglass {

/// One edit on its way: the transaction, its retries, the script after them, and the looking again after a lost line.
class GuardedEdit {
public:
    /// Everything given must outlive it.
    GuardedEdit(EditLanes& lanes, const KeyEdit& edit, const EditSteps& steps, const Confirmation& confirmation,
        std::stop_token stop);
    /// As applyEdit().
    [[nodiscard]] Result<EditOutcome> run();

private:
    /// Nothing: try again.
    using Ended = std::optional<Result<EditOutcome>>;

    [[nodiscard]] Ended tryOnce();
    [[nodiscard]] Ended judge(const Look& look);
    [[nodiscard]] Ended write(const Look& look);
    [[nodiscard]] Ended writeByScript(const Look& look);
    [[nodiscard]] Ended scriptRefused(const Look& look, Error why);
    [[nodiscard]] Ended refused(const std::string& errorReply, bool isHalfDone = false);
    [[nodiscard]] bool follows(const std::string& errorReply);
    [[nodiscard]] EditOutcome findOut(const Look& before, Error lost);
    [[nodiscard]] std::optional<EditOutcome> lookAfterLoss(const Look& before, EditOutcome& soFar);
    [[nodiscard]] EditOutcome done(const Look& before, std::span<const Reply> replies);
    [[nodiscard]] EditOutcome ended(EditOutcome::Status status, const Observation& now) const;
    [[nodiscard]] std::vector<Command> questionsAfterwards(const Look& before) const;
    void goTo(const EditPlace& place);

    EditLanes& m_lanes;
    const KeyEdit& m_edit;
    const EditSteps& m_steps;
    const Confirmation& m_confirmation;
    const std::stop_token m_stop;
    std::unique_ptr<EditConnection> m_connection;
    const Deadline m_patience; ///< With a cluster that is changing.
    int m_retries = 0;
    int m_scripts = 0;
};

/// What is at the key, as an outcome tells it.
[[nodiscard]] KeyNow keyNow(const EditSteps& steps, const Observation& seen);
/// Waits, or returns early when stopped.
void pauseFor(Milliseconds time, const std::stop_token& stop);
/// The typed error of an error reply, saying that nothing was changed.
[[nodiscard]] Error unchanged(Error error);

} // namespace keyglass
