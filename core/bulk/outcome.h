// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace keyglass {

/// What became of one key of a job.
enum class Outcome {
    Done,              ///< The server said that it was done.
    DoneThoughChanged, ///< Done; the key had changed since it was archived, and the newer state is archived, too.
    Missing,           ///< There was no such key (any more).
    Changed,           ///< Left alone: it is not what it was when the plan was made, or when it was archived.
    Skipped,           ///< Left alone by a rule of the plan; the detail says which.
    NotUndoable,       ///< Left alone: it could not be archived, and the plan does not allow to go on without.
    Failed,            ///< The server refused; the detail is its own text.
    ExpiredMeanwhile,  ///< Its time was over before it could be written.
    Unknown,           ///< Sent, and no answer came: it may have been done.
    Gone,              ///< Deleted now, or missing before: the server answered for several keys with one number.
    NotDone,           ///< Not tried, or given up: cancelled, node lost; the detail says why.
};

/// The number of outcomes that there are.
inline constexpr std::size_t outcomeCount = 11;

/// The detail of a Skipped key that stands before itself in the same batch.
inline constexpr std::string_view givenTwice = "it was given twice";

/// "done", "not_undoable": how reports name it.
[[nodiscard]] std::string_view outcomeName(Outcome outcome);

/// Takes the outcomes of one node's keys, on that node's thread, several at once on different threads for different
/// nodes.
class OutcomeSink {
public:
    OutcomeSink() = default;
    OutcomeSink(const OutcomeSink&) = delete;
    OutcomeSink& operator=(const OutcomeSink&) = delete;
    virtual ~OutcomeSink() = default;

    /// `detail`: the server's text of a Failed, why of a Skipped, a remark; bytes, may be empty. Both are only looked
    /// at during the call.
    virtual void add(std::string_view key, Outcome outcome, std::string_view detail = {}) = 0;

    /// Outcome::Gone for all of `keys`, of which the server says that it deleted `deleted`.
    virtual void addGone(std::span<const std::string_view> keys, [[maybe_unused]] std::size_t deleted)
    {
        for (const std::string_view key : keys) {
            add(key, Outcome::Gone);
        }
    }

    /// The node is not the key's owner, or not alone (MOVED, ASK, TRYAGAIN, CLUSTERDOWN), or refuses for now (BUSY,
    /// LOADING): the key is given again, to whom the cluster names by then, until the job's patience is over. Nothing
    /// has been done to it.
    virtual void elsewhere(std::string_view key, std::string_view redirect) = 0;
};

} // namespace keyglass
