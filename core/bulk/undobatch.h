// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/keyreading.h"
#include "core/bulk/undorun.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// The restoring of some records of one database, in as few round trips as what is found there allows.
class UndoBatch {
public:
    /// All must outlive it.
    UndoBatch(std::span<const UndoRecord> records, const UndoOptions& options);

    /// What became of one record's key.
    using Settled = LargeMaker::Told;

    /// Goes on until each has its outcome. An Error is the lane's, or Timeout where the server refuses for now (it runs
    /// a script, …); run() may be called again then, and begins anew.
    [[nodiscard]] Status run(Lane& lane, std::stop_token stop);
    /// One for each record, in order.
    [[nodiscard]] const std::vector<Settled>& outcomes() const { return m_settled; }

private:
    enum class Next {
        Restore,
        RestoreForever, ///< Without an end, since that is over.
        Verify,         ///< Restored; whether it is there and when it ends was not seen.
        LookAtFields,   ///< Restored; some of its fields' times are over, or those of all.
        Look,           ///< There is a key: whether it is the same.
        Normalize,      ///< Its DUMP differs; what the archived value's is once it was restored.
        Replace,
        SetEnd,
        Nothing,
    };
    struct State {
        Next next = Next::Restore;
        int steps = 0;
        bool isForever = false;   ///< Is restored without an end.
        std::uint64_t digest = 0; ///< Of the key that is there.
        std::optional<Milliseconds> end;
        std::string dump{};       ///< Of the key that is there, where it may be overwritten.
        bool isOfAnother = false; ///< What was overwritten was not that any more.
    };

    [[nodiscard]] Status begin(Lane& lane, const std::stop_token& stop);
    [[nodiscard]] Status learnTime(Lane& lane, const std::stop_token& stop);
    void addCommands(std::size_t at, std::vector<Command>& commands) const;
    [[nodiscard]] Command restoring(std::size_t at, bool replaces) const;
    [[nodiscard]] Command asking(std::size_t at) const;
    void addExists(std::vector<Command>& commands);
    [[nodiscard]] bool isVerifiedTogether(std::size_t at) const;
    void tookTime(const Reply& time);
    void took(std::size_t at, std::span<Reply> replies);
    void tookRestored(std::size_t at, const Reply& restored, const Reply* ending);
    void tookEnding(std::size_t at, const Reply& ending);
    void restored(std::size_t at);
    void tookField(std::size_t at, const Reply& field);
    void tookLook(std::size_t at, std::span<Reply> replies);
    void tookNormalized(std::size_t at, std::span<const Reply> replies);
    void judge(std::size_t at, bool isSame);
    void tookExists(std::span<const Reply> replies);
    void addReplacing(std::size_t at, std::vector<Command>& commands) const;
    void tookReplaced(std::size_t at, std::span<Reply> replies);
    void lookedOnce(std::size_t at, std::span<Reply> seen);
    [[nodiscard]] std::optional<Milliseconds> endIn(const Reply& ending) const;
    [[nodiscard]] Status archiveChanged(const std::stop_token& stop);
    [[nodiscard]] Status archiveOverwritten(const std::stop_token& stop);
    [[nodiscard]] bool isOver(std::size_t at) const;
    [[nodiscard]] bool areFieldsOver(std::size_t at) const;
    [[nodiscard]] bool endsAlike(std::optional<Milliseconds> one, std::optional<Milliseconds> other) const;
    void settle(std::size_t at, Outcome outcome, std::string_view detail = {});
    void settle(std::size_t at, const Reply& error);
    [[nodiscard]] bool tookRefusal(const Reply& reply);

    const std::span<const UndoRecord> m_records;
    const UndoOptions& m_options;
    const std::string m_scratch; ///< The name of a key of ours, for a moment.
    std::vector<State> m_states;
    std::vector<Settled> m_settled;
    std::vector<std::vector<std::size_t>> m_together; ///< Restored in this round, and asked for by one EXISTS each.
    std::vector<std::size_t> m_overwritten;           ///< To be archived before the next round.
    /// What was overwritten in this round though it was another by then than what is archived.
    struct Overwritten {
        std::size_t at = 0;
        std::string dump;
        std::optional<Milliseconds> end;
    };
    std::vector<Overwritten> m_changed;
    bool m_hasScripts = true; ///< EVAL is there, and allowed; asked in clusters only.
    std::size_t m_open = 0;
    std::optional<Milliseconds> m_now; ///< The server's.
    std::string m_refusal;             ///< Why it takes nothing for now; empty: it did.
};

} // namespace keyglass
