// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/editlanes.h"
#include "core/net/command.h"
#include "core/source/commandgate.h"
#include "core/source/lane.h"
#include "core/table/tablename.h"

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// A look at some keys of a table and a change of them that happens only if nobody has touched them since: WATCH,
/// reads, MULTI, writes, EXEC, on the node that has the table.
///
/// Follows MOVED. A table whose slot is on its way to another node (ASK) is left alone: Refused. Borrows the lanes;
/// belongs to one thread.
class TableTransaction {
public:
    /// What EXEC answered.
    struct End {
        enum class Kind {
            Done,
            CalledOff, ///< A watched key has changed.
            Refused,   ///< `error`: nothing was done.
            HalfDone,  ///< `error`: one command failed, the others stand.
        };
        Kind kind = Kind::Done;
        std::vector<Reply> replies;
        std::string error;
    };

    TableTransaction(EditLanes& lanes, TableKeys keys, Confirmation confirmation = {});

    /// The gate's word on all of them, with nothing sent.
    [[nodiscard]] Status check(std::span<const Command> commands) const;
    /// WATCHes and reads. Error replies to reads stay Replies. Fails as the line does, and with what WATCH is refused
    /// for.
    [[nodiscard]] Result<std::vector<Reply>> look(
        const std::vector<std::string>& watched, std::vector<Command> reads, std::stop_token stop);
    /// After look(). An Error says that the line was lost: whether it was done is not known; but Refused, ReadOnly and
    /// Confirm, that nothing was sent.
    [[nodiscard]] Result<End> commit(std::vector<Command> writes, std::stop_token stop);
    /// Of an Error of commit(): whether all of it may have been done.
    [[nodiscard]] static bool mayBeDone(const Error& error);
    /// A question about a key that is never there: while the table's slot is on its way it is answered by ASK, where
    /// keys that are there still are not, and so both look() and commit() with it fail with Refused.
    [[nodiscard]] Command moveProbe() const { return Command{"EXISTS", m_keys.prefix() + "moving"}; }
    /// UNWATCH, for who does not commit.
    void leave(std::stop_token stop);

    /// The node that has the table, with the user's yes; of the last look. Gone with the next look() or commit().
    [[nodiscard]] Lane& lane() { return *m_lane; }
    [[nodiscard]] QString nodeText() const { return m_lane->nodeText(); }
    /// How often it was sent to another node: where it changes, lane() is another one, and a cursor of it worth
    /// nothing.
    [[nodiscard]] int redirects() const { return m_redirects; }

private:
    void goTo(const EditPlace& place);
    /// True: look again, elsewhere.
    [[nodiscard]] bool follows(const std::string& errorReply, const std::stop_token& stop);
    [[nodiscard]] Error moving() const;

    EditLanes& m_lanes;
    const TableKeys m_keys;
    const Confirmation m_confirmation;
    std::unique_ptr<Lane> m_lane;
    std::uint64_t m_opening = 0; ///< In which WATCH was said.
    int m_redirects = 0;
};

} // namespace keyglass
