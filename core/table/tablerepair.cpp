// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/lane.h"
#include "core/source/redis/infotext.h"
#include "core/table/roweditor.h"
#include "core/table/tablearchive.h"
#include "core/table/tablecheck.h"
#include "core/table/tabletransaction.h"

#include <algorithm>

namespace keyglass {

namespace {

using Kind = TableFinding::Kind;

/// What is looked at again before a finding is repaired, and what then is sent.
struct Fix {
    std::vector<std::string> watched;
    std::vector<Command> reads;
    /// Nothing to send where it is not so any more.
    std::function<std::vector<Command>(const std::vector<Reply>&)> writes;
    bool replacesKey = false; ///< All that it holds goes.
};

bool isMember(const Reply& reply)
{
    return reply.isInteger() && reply.integer == 1;
}

/// Index entries follow the row: what it holds now is what counts.
Fix entryFix(const TableKeys& keys, const TableFinding& finding)
{
    const std::string row = keys.row(finding.id);
    return {{row, keys.indexed(), finding.key},
        {Command{"HGET", row, finding.column}, Command{"SISMEMBER", keys.indexed(), finding.column},
            Command{"SISMEMBER", finding.key, finding.id}, Command{"SISMEMBER", keys.rows(), finding.id}},
        [keys, finding](const std::vector<Reply>& seen) -> std::vector<Command> {
            const bool hasValue = seen[0].isText() && keys.index(finding.column, seen[0].text) == finding.key;
            const bool isWanted = hasValue && isMember(seen[1]) && isMember(seen[3]);
            if (isWanted == isMember(seen[2])) {
                return {};
            }
            return {Command{isWanted ? "SADD" : "SREM", finding.key, finding.id}};
        }};
}

Fix leftoverFix(const TableKeys& keys, const TableFinding& finding)
{
    return {{keys.indexed(), finding.key}, {Command{"SISMEMBER", keys.indexed(), finding.column}},
        [finding](const std::vector<Reply>& seen) {
            const bool isLeft = seen[0].isInteger() && seen[0].integer == 0;
            return isLeft ? std::vector{Command{"DEL", finding.key}} : std::vector<Command>();
        },
        true};
}

Fix ghostFix(const TableKeys& keys, const TableFinding& finding)
{
    return {{keys.rows(), finding.key}, {Command{"SISMEMBER", keys.rows(), finding.id}},
        [finding](const std::vector<Reply>& seen) {
            const bool isGhost = seen[0].isInteger() && seen[0].integer == 0;
            return isGhost ? std::vector{Command{"DEL", finding.key}} : std::vector<Command>();
        },
        true};
}

Fix goneFix(const TableKeys& keys, const TableFinding& finding)
{
    return {{keys.rows(), finding.key}, {Command{"EXISTS", finding.key}, Command{"SISMEMBER", keys.rows(), finding.id}},
        [keys, finding](const std::vector<Reply>& seen) {
            const bool isGone = seen[0].integer == 0 && isMember(seen[1]);
            return isGone ? std::vector{Command{"SREM", keys.rows(), finding.id}} : std::vector<Command>();
        }};
}

Fix markFix(const TableKeys& keys, const TableFinding& finding)
{
    return {{keys.schema(), keys.indexed()}, {Command{"HEXISTS", keys.schema(), finding.column}},
        [keys, finding](const std::vector<Reply>& seen) {
            return isMember(seen[0]) ? std::vector<Command>()
                                     : std::vector{Command{"SREM", keys.indexed(), finding.column}};
        }};
}

/// Nothing reads it as an index entry; those that belong there are missing ones, and repaired after it. Without what is
/// in the place of the list of indexed columns there is no index: to mark columns whose entries nobody has kept would
/// have others find some of their rows, and not all.
Fix noSetFix(const TableFinding& finding)
{
    return {{finding.key}, {Command{"TYPE", finding.key}},
        [finding](const std::vector<Reply>& seen) {
            const bool isOther = seen[0].text != "set" && seen[0].text != "none";
            return isOther ? std::vector{Command{"DEL", finding.key}} : std::vector<Command>();
        },
        true};
}

/// `finding.id` is the highest id that is there.
Fix lastIdFix(const TableKeys& keys, const TableFinding& finding)
{
    return {{keys.lastId(), keys.rows()}, {Command{"GET", keys.lastId()}},
        [keys, finding](const std::vector<Reply>& seen) {
            const auto number = seen[0].isText() ? wholeNumber(seen[0].text) : std::nullopt;
            const bool isGood = number && *number >= wholeNumber(finding.id).value_or(0);
            return isGood ? std::vector<Command>() : std::vector{Command{"SET", keys.lastId(), finding.id}};
        },
        true}; // whatever stands there in its place
}

std::optional<Fix> fixFor(const TableKeys& keys, const TableFinding& finding, const RepairWays& ways)
{
    switch (finding.kind) {
    case Kind::MissingEntry:
    case Kind::StaleEntry:
        return entryFix(keys, finding);
    case Kind::LeftoverIndex:
        return ways.removesLeftovers ? std::optional(leftoverFix(keys, finding)) : std::nullopt;
    case Kind::GhostRow:
        return ways.removesGhosts ? std::optional(ghostFix(keys, finding)) : std::nullopt;
    case Kind::GoneRow:
        return ways.removesGoneRows ? std::optional(goneFix(keys, finding)) : std::nullopt;
    case Kind::StrayMark:
        return markFix(keys, finding);
    case Kind::BadLastId:
        return finding.id.empty() ? std::nullopt : std::optional(lastIdFix(keys, finding));
    case Kind::WrongTypeKey: { // of the list of rows nobody knows what was in it
        const bool isOfIndexes = !finding.column.empty() || finding.key == keys.indexed();
        return ways.removesLeftovers && isOfIndexes ? std::optional(noSetFix(finding)) : std::nullopt;
    }
    case Kind::WrongTypeRow:
    case Kind::BadValue:
    case Kind::NoColumn:
    case Kind::StrangeKey:
        break; // what they should be nobody but their owner knows
    }
    return std::nullopt;
}

struct Repairing {
    const TableKeys& keys;
    const std::string& key; ///< What is repaired.
    TableArchive* archive = nullptr;
};

/// True: something was sent.
Result<bool> repairOne(
    TableTransaction& transaction, const Fix& fix, const Repairing& repairing, const std::stop_token& stop)
{
    constexpr int tries = 5;
    for (int n = 0; n < tries; ++n) {
        const auto seen = transaction.look(fix.watched, fix.reads, stop);
        if (!seen) {
            return seen.error();
        }
        std::vector<Command> writes = fix.writes(*seen);
        if (writes.empty()) {
            transaction.leave(stop);
            return false;
        }
        const bool keeps = fix.replacesKey && repairing.archive;
        if (Status kept = keeps ? repairing.archive->keep(transaction.lane(), {repairing.key}, stop) : ok(); !kept) {
            transaction.leave(stop);
            return std::move(kept).error();
        }
        const auto end = transaction.commit(std::move(writes), stop);
        if (!end) {
            return end.error();
        }
        if (end->kind == TableTransaction::End::Kind::Done) {
            return true;
        }
        if (end->kind != TableTransaction::End::Kind::CalledOff) {
            return aboutTable(replyError(end->error), repairing.keys);
        }
        if (keeps) {
            repairing.archive->calledOff();
        }
    }
    return false;
}

} // namespace

Result<TableRepair> repairTable(EditLanes& lanes, const TableSchema& schema, const TableReport& report,
    const RepairWays& ways, std::stop_token stop, Confirmation confirmation, TableArchive* archive,
    const std::function<void(std::uint64_t)>& progress)
{
    const TableKeys keys = schema.keys();
    if (schema.layout == TableLayout::Plain) {
        return checkCells(schema, {}).error();
    }
    TableTransaction transaction(lanes, keys, std::move(confirmation));
    TableRepair repair;
    std::uint64_t done = 0;
    std::vector<TableFinding> findings = report.findings; // what stands in the way of others first
    std::ranges::stable_partition(
        findings, [](const TableFinding& finding) { return finding.kind == Kind::WrongTypeKey; });
    for (const TableFinding& finding : findings) {
        if (stop.stop_requested()) {
            repair.isStopped = true;
            break;
        }
        const auto fix = fixFor(keys, finding, ways);
        const auto repaired = fix ? repairOne(transaction, *fix, {keys, finding.key, archive}, stop) : Result(false);
        if (!repaired && repaired.error().kind == ErrorKind::Cancelled) {
            repair.isStopped = true;
            break;
        }
        if (!repaired) {
            repair.failures.push_back(repaired.error());
            if (repaired.error().kind == ErrorKind::ReadOnly || repaired.error().kind == ErrorKind::Confirm) {
                return repaired.error(); // so would all the others be
            }
        } else {
            repair.repaired += *repaired ? 1 : 0;
            repair.passedOver += *repaired ? 0 : 1;
        }
        if (progress) {
            progress(++done);
        }
    }
    repair.archiveFile = archive ? archive->file() : QString();
    return repair;
}

} // namespace keyglass
