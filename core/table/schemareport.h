// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/table/modulefacts.h"
#include "core/table/schemachange.h"
#include "core/table/schemastep.h"

#include <QDateTime>
#include <QString>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// How a change is made.
enum class ChangeWay {
    PlainKeys, ///< By plain commands in guarded transactions: nobody waits, replicas and the append-only file get it.
    Module,    ///< By TABLE.SCHEMA.ALTER in a guarded transaction: everybody waits, and no replica gets it.
};

/// What a change would do, before it does it.
struct SchemaPreview {
    SchemaPlan plan;                  ///< With the schema as it is now.
    std::optional<TableSchema> after; ///< Nothing: there is no table afterwards.
    std::vector<std::string> diff;    ///< schemaDiff()
    ChangeWay way = ChangeWay::PlainKeys;
    std::vector<std::string> lines; ///< What is sent, as command lines; of what is sent often, one with "…".
    std::uint64_t rows = 0;
    std::uint64_t leftovers = 0; ///< Entries of a former index of the column that gets one: they go first.
    TableRemains former;         ///< What a former table of that name has left, and what is in the way of a new one.
    Milliseconds standstill{0};  ///< Of everybody, in one go; rough.
    std::uint64_t memory = 0;    ///< More of the server, about, while it runs or for good; bytes.
    std::vector<QString> notes;  ///< What other programs will feel, what reaches no replica, what to do after.
    QString refusal;             ///< Why it can't be run now; empty: it can.
    QString unarchivable;        ///< Why what goes can't be archived; empty: it can, or nothing goes.
    TableModule module;
    TableSurroundings around;
};

/// How a change went.
struct SchemaReport {
    enum class Status {
        Done,    ///< And verified.
        Doubted, ///< Done, but what was looked at afterwards is not as it should be: `findings`.
        Changed, ///< Nothing was done: the table is not as the preview saw it. Preview again.
        TooBusy, ///< Nothing was done: others wrote to it all the time.
        Stopped, ///< On the user's word, or on the way to it; what was done stands, and the change can be run again.
        Unknown, ///< The line was lost, and what became of it could not be seen.
    };
    Status status = Status::Done;
    SchemaChange change;
    std::optional<TableSchema> before;
    std::optional<TableSchema> after; ///< As it was read last.
    std::vector<std::string> diff;    ///< schemaDiff() of the two.
    std::uint64_t rowsBefore = 0;
    std::uint64_t rowsAfter = 0;
    std::uint64_t removed = 0;  ///< Keys, entries or cells.
    std::uint64_t restored = 0; ///< The same, by an undo.
    std::uint64_t memoryBefore = 0;
    std::uint64_t memoryAfter = 0;
    bool lineWasLost = false;
    std::vector<QString> findings;
    QString archiveFile; ///< What undoes it; empty: nothing was archived.
    std::uint64_t archivedKeys = 0;
};

/// When a change begins.
struct SchemaWait {
    std::optional<QDateTime> notBefore{};
    std::optional<std::uint64_t> quietBelow{}; ///< Commands a second on the table's node; nothing: however busy it is.
    Milliseconds quietFor{60'000};             ///< All of this time.

    [[nodiscard]] bool isWanted() const { return notBefore || quietBelow; }
};

/// What the server is told to write to its disk, and is waited for.
struct SchemaSaves {
    bool rdbBefore = false; ///< BGSAVE
    bool aofBefore = false; ///< BGREWRITEAOF
    bool rdbAfter = false;
    bool aofAfter = false;
};

/// Where a change stands, to be looked at from any thread.
struct SchemaStage {
    enum class Phase { Waiting, WaitingForQuiet, Saving, Changing };
    std::atomic<Phase> phase = Phase::Changing;
    std::atomic<SchemaStep::Kind> step = SchemaStep::Kind::Rows; ///< Of Changing.
    std::atomic<std::uint64_t> done = 0; ///< Of the step; of a wait for quiet, milliseconds of it.
    std::atomic<std::uint64_t> of = 0;   ///< 0: not known.
    std::atomic<std::uint64_t> removed = 0;
    std::atomic<std::uint64_t> opsPerSecond = 0;

    void take(const SchemaStep& now)
    {
        step = now.kind;
        done = now.done;
        of = now.of;
        removed = now.removed;
    }
};

/// The names of all commands that changes, undoing them and their saves may send, for the user's yes to them.
[[nodiscard]] const std::vector<std::string>& schemaCommands();

} // namespace keyglass
