// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemarun.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/source/redis/infotext.h"
#include "core/table/previewedtable.h"
#include "core/table/schemasteps.h"
#include "core/table/schemaverify.h"
#include "core/table/schemawrites.h"
#include "core/table/tableremains.h"

#include <QCoreApplication>

#include <algorithm>
#include <thread>
#include <utility>

namespace keyglass {

namespace {

using namespace std::chrono_literals;
using Kind = SchemaChange::Kind;
using State = SchemaReport::Status;
using End = TableTransaction::End;

constexpr int mostTries = 8;
QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaRun", text);
}

/// One change on its way.
class Run {
public:
    Run(SchemaPlace& place, const SchemaPreview& preview, std::stop_token stop, const SchemaProgress& progress)
        : m_preview(preview)
        , m_change(preview.plan.change)
        , m_keys(m_change.table)
        , m_transaction(place.lanes, m_keys, place.confirmation)
        , m_seen(preview, m_keys, m_transaction.moveProbe())
        , m_schema(preview.plan.madeOn.value_or(TableSchema{m_change.table, TableLayout::Braced, {}, {}}))
        , m_archive(place.archive)
        , m_steps(m_transaction, m_schema, place.archive, stop, progress)
        , m_progress(progress)
        , m_stop(std::move(stop))
    {
    }

    Result<SchemaReport> run();

private:
    [[nodiscard]] bool isOfIndex() const
    {
        return m_change.kind == Kind::AddIndex || m_change.kind == Kind::RepairIndex;
    }

    /// What is left of a former table or index there, which the change would take for its own.
    Status clearWay();
    Result<std::vector<Command>> counterWrites();
    Status changeSchema();
    /// Nothing: try again.
    std::optional<Status> tryOnce();
    Status lost(const Error& why);
    /// What of the schema's own keys is dropped; archived under the WATCH of `seen`.
    Status keepDropped();
    /// A table is dropped whose schema is gone already: what is left of it goes.
    [[nodiscard]] bool isOfLeftovers() const { return m_change.kind == Kind::DropTable && !m_preview.plan.madeOn; }
    Status stepsAfter();
    Status verify();
    /// What is to be said where it was not done to its end.
    void tellEnd(const Status& done);
    void finding(const QString& text)
    {
        m_report.findings.push_back(text);
        m_report.status = State::Doubted;
    }

    const SchemaPreview& m_preview;
    const SchemaChange& m_change;
    const TableKeys m_keys;
    TableTransaction m_transaction;
    const PreviewedTable m_seen;
    const TableSchema m_schema;
    TableArchive* const m_archive;
    SchemaSteps m_steps;
    const SchemaProgress& m_progress;
    const std::stop_token m_stop;
    SchemaReport m_report;
    std::uint64_t m_highestId = 0; ///< Of the keys of rows of a former table.
    bool m_isOver = false;         ///< m_report.status says how, before the end.
    bool m_isChanged = false; ///< The schema is: an error of a later step is no reason to say that nothing was done.
};

Result<SchemaReport> Run::run()
{
    m_report.change = m_change;
    m_report.before = m_preview.plan.madeOn;
    m_report.rowsBefore = m_preview.rows;
    m_report.memoryBefore = m_preview.around.usedMemory;
    Status done = m_transaction.check(schemaWrites(m_preview.plan, m_preview.way));
    done = done ? clearWay() : std::move(done);
    done = done && !m_isOver && !isOfLeftovers() ? changeSchema() : std::move(done);
    done = done && !m_isOver ? stepsAfter() : std::move(done);
    done = done && !m_isOver ? verify() : std::move(done);
    m_report.removed = m_steps.removed();
    if (m_archive) {
        m_report.archiveFile = m_archive->file();
        m_report.archivedKeys = m_archive->keys();
    }
    const bool isLost = !done && done.error().kind != ErrorKind::Cancelled && m_steps.isUncertain();
    m_report.lineWasLost = m_report.lineWasLost || isLost;
    if (!done && !m_isChanged && !m_steps.mayHaveRemoved()) {
        return std::move(done).error();
    }
    tellEnd(done);
    const TableSchema none{m_change.table, TableLayout::Braced, {}, {}};
    m_report.diff = schemaDiff(m_report.before.value_or(none), m_report.after.value_or(none));
    return m_report;
}

void Run::tellEnd(const Status& done)
{
    const bool isStopped = !done && done.error().kind == ErrorKind::Cancelled;
    if (!done) {
        m_report.status = isStopped ? State::Stopped : State::Doubted;
    }
    if (!done && !isStopped) {
        m_report.findings.push_back(errorText(done.error()));
    }
    if (m_isChanged || isOfLeftovers() || !m_steps.mayHaveRemoved()) {
        return;
    }
    // the change is not made, but what was in its way is gone, or some of it
    if (m_report.status == State::Changed) {
        m_report.findings.push_back(tr("The table is not as the preview saw it."));
    } else if (m_report.status == State::TooBusy) {
        m_report.findings.push_back(tr("Others write to it all the time."));
    }
    m_report.status = State::Stopped;
    const QString what = m_change.kind == Kind::CreateTable
        ? tr("The table was not made. Entries of its former indexes are gone already, or may be.")
        : tr("The index was not made. Entries of a former index are gone already, or may be.");
    const QString kept =
        m_report.archivedKeys > 0 ? u' ' + tr("They are in the archive %1.").arg(m_report.archiveFile) : QString();
    m_report.findings.push_back(what + kept + u' ' + tr("Run it again: it goes on where it ended."));
}

Status Run::clearWay()
{
    const bool isNewIndex = m_change.kind == Kind::AddIndex;
    if (!isNewIndex && m_change.kind != Kind::CreateTable) {
        return ok();
    }
    const auto seen = m_transaction.look(m_seen.watched(), m_seen.questions(), m_stop);
    if (!seen) {
        return seen.error();
    }
    m_transaction.leave(m_stop);
    const auto left = m_change.kind == Kind::CreateTable
        ? findRemains(m_transaction.lane(), m_keys, {}, m_stop, keysTold(m_progress))
        : Result(TableRemains{});
    if (!left) {
        return left.error();
    }
    m_highestId = left->highestId;
    const bool isInWay = left->total() > 0 && !m_change.keepsRows;
    if (!m_seen.isAsPreviewed(*seen) || isInWay) {
        m_isOver = true;
        m_report.status = State::Changed;
        m_report.after = m_seen.schemaIn(*seen);
        if (isInWay) {
            m_report.findings.push_back(tr("Keys of a former table of this name are there now: %1.").arg(left->text()));
        }
        return ok();
    }
    // the new index is added to what is found under its keys, so that what is left of a former one goes first
    return isNewIndex        ? m_steps.removeEntries(m_change.column)
        : m_change.keepsRows ? m_steps.removeFormerIndexes()
                             : ok();
}

/// The next insert must not be given the id of a row that is there. Under the WATCH of what was seen.
Result<std::vector<Command>> Run::counterWrites()
{
    const auto last = m_transaction.lane().call(Command{"GET", m_keys.lastId()}, m_stop);
    if (!last && last.error().kind != ErrorKind::WrongType) {
        return aboutTable(last.error(), m_keys);
    }
    const auto number = last ? wholeNumber(last->text) : std::nullopt;
    return number && *number >= m_highestId
        ? std::vector<Command>()
        : std::vector<Command>{Command{"SET", m_keys.lastId(), std::to_string(m_highestId)}};
}

Status Run::changeSchema()
{
    for (int n = 0; n < mostTries; ++n) {
        if (auto end = tryOnce()) {
            return *std::move(end);
        }
    }
    m_isOver = true;
    m_report.status = State::TooBusy;
    return ok();
}

std::optional<Status> Run::tryOnce()
{
    std::vector<Command> writes = schemaWrites(m_preview.plan, m_preview.way);
    std::vector<Reply> seen;
    if (isOfIndex() && m_preview.way == ChangeWay::PlainKeys) {
        auto build = m_steps.buildIndex(m_change.column, m_seen.watched(), m_seen.questions());
        if (!build) {
            return build.error().kind == ErrorKind::Conflict && build.error().detail.isEmpty()
                ? std::nullopt
                : std::optional(Status(build.error()));
        }
        seen = std::move(build->seen);
        writes.insert(writes.begin(), build->writes.begin(), build->writes.end());
    } else {
        auto looked = m_transaction.look(m_seen.watched(), m_seen.questions(), m_stop);
        if (!looked) {
            return Status(looked.error());
        }
        seen = *std::move(looked);
    }
    if (!m_seen.isAsPreviewed(seen)) {
        m_transaction.leave(m_stop);
        m_isOver = true;
        m_report.status = State::Changed;
        m_report.after = isOfNamespace(m_change.kind) ? std::nullopt : m_seen.schemaIn(seen);
        return ok();
    }
    if (Status kept = keepDropped(); !kept) {
        m_transaction.leave(m_stop);
        return kept;
    }
    if (m_change.keepsRows) {
        const auto counter = counterWrites();
        if (!counter) {
            m_transaction.leave(m_stop);
            return Status(counter.error());
        }
        writes.insert(writes.end(), counter->begin(), counter->end());
    }
    std::vector<Command> asked = m_seen.questions();
    for (std::size_t n = 0; n < asked.size(); ++n) {
        if (seen[n].isError()) { // a damaged key; an error in the transaction would look like one of the change
            asked[n] = Command{"EXISTS", asked[n].arguments()[1]};
        }
    }
    writes.insert(writes.begin(), asked[PreviewedTable::AtRows]); // others may insert until the transaction begins
    const std::size_t sent = writes.size();
    writes.insert(writes.end(), asked.begin(), asked.end());
    auto end = m_transaction.commit(std::move(writes), m_stop);
    if (!end) {
        const ErrorKind kind = end.error().kind;
        const bool isBefore = kind == ErrorKind::Refused || kind == ErrorKind::ReadOnly || kind == ErrorKind::Confirm;
        return isBefore ? Status(end.error()) : lost(end.error());
    }
    if (end->kind == End::Kind::CalledOff) {
        if (m_archive) {
            m_archive->calledOff();
        }
        return std::nullopt;
    }
    if (end->kind == End::Kind::Refused) {
        return Status(aboutTable(replyError(end->error), m_keys));
    }
    m_isChanged = true;
    if (end->kind == End::Kind::HalfDone) {
        return Status(aboutTable(replyError(end->error), m_keys));
    }
    const bool hasRows = !seen[PreviewedTable::AtRows].isError();
    const auto rowsIn = [hasRows](const Reply& count) {
        return hasRows ? static_cast<std::uint64_t>(std::max<std::int64_t>(0, count.integer)) : 0;
    };
    m_report.rowsBefore = rowsIn(end->replies.front());
    const std::vector<Reply> after(end->replies.begin() + static_cast<std::ptrdiff_t>(sent), end->replies.end());
    m_report.after = isOfNamespace(m_change.kind) ? std::nullopt : m_seen.schemaIn(after);
    m_report.rowsAfter = rowsIn(after[PreviewedTable::AtRows]);
    if (!isOfNamespace(m_change.kind) && !m_seen.isAsPlanned(m_report.after)) {
        finding(tr("The schema is not as planned right after the change."));
    }
    const bool isOfRows = m_change.kind == Kind::CreateTable ? m_change.keepsRows : m_change.kind != Kind::DropTable;
    if (isOfRows && m_report.rowsAfter != m_report.rowsBefore) {
        finding(tr("There were %1 rows before and are %2 after it.").arg(m_report.rowsBefore).arg(m_report.rowsAfter));
    }
    return ok();
}

/// Whether it was done is seen by the schema, once the server answers again: it may stand still for as long as the
/// change takes. Nothing is sent a second time.
Status Run::lost(const Error& why)
{
    m_report.lineWasLost = true;
    const Deadline patience(m_preview.standstill * 5 + 10s);
    while (!patience.hasPassed() && !m_stop.stop_requested()) {
        const auto seen = m_transaction.look({m_keys.schema()}, m_seen.questions(), m_stop);
        if (seen) {
            m_transaction.leave(m_stop);
            m_report.after = isOfNamespace(m_change.kind) ? std::nullopt : m_seen.schemaIn(*seen);
            m_report.rowsAfter =
                static_cast<std::uint64_t>(std::max<std::int64_t>(0, (*seen)[PreviewedTable::AtRows].integer));
            const bool isDone = isOfNamespace(m_change.kind) || m_seen.isAsPlanned(m_report.after);
            if (!m_seen.isAsPreviewed(*seen) && isDone) { // for a repair the two are the same
                m_isChanged = true;
                return ok();
            }
            if (!m_seen.isAsPreviewed(*seen)) {
                m_report.findings.push_back(
                    tr("Another has changed the schema meanwhile: it is neither as it was nor as planned."));
                break;
            }
        }
        std::this_thread::sleep_for(100ms);
        if (seen && m_change.kind == Kind::RepairIndex) {
            m_isChanged = true; // which verifying tells
            return ok();
        }
    }
    m_isOver = true;
    m_isChanged = true; // as far as is known
    m_report.status = State::Unknown;
    m_report.findings.push_back(why.detail);
    return ok();
}

Status Run::keepDropped()
{
    if (!m_archive) {
        return ok();
    }
    if (!isDestructive(m_change.kind)) {
        return m_archive->keep(m_transaction.lane(), {}, m_stop); // nothing; what steps before kept is not called off
    }
    if (isOfNamespace(m_change.kind)) {
        return m_archive->keep(m_transaction.lane(), {namespaceKey(m_change.table)}, m_stop);
    }
    return m_archive->keep(m_transaction.lane(), {m_keys.schema(), m_keys.indexed()}, m_stop);
}

Status Run::stepsAfter()
{
    const TableColumn* column = m_schema.find(m_change.column);
    const bool hadIndex = column && column->isIndexed;
    if ((m_change.kind == Kind::DropIndex || m_change.kind == Kind::DropColumn) && hadIndex) {
        if (Status removed = m_steps.removeEntries(m_change.column); !removed) {
            return removed;
        }
    }
    if (m_change.kind == Kind::DropColumn) {
        if (Status removed = m_steps.removeField(m_change.column); !removed) {
            return removed;
        }
        if (m_steps.keptRows() > 0) {
            finding(tr("%1 rows have nothing but this column; they keep it, as they would be gone without it.")
                    .arg(m_steps.keptRows()));
        }
    }
    if (m_change.kind == Kind::DropTable) {
        Status removed = m_steps.removeLeftovers();
        m_report.rowsAfter = 0;
        if (!removed) {
            m_report.findings.push_back(tr("The table is gone, and not yet all of its keys. Drop it once more to have "
                                           "the rest removed, or undo it."));
        }
        return removed;
    }
    return ok();
}

Status Run::verify()
{
    const auto findings = verifyChange(
        m_transaction.lane(), {m_change, m_report.before, m_report.after, m_steps.keptRows()}, m_stop, m_progress);
    if (!findings) {
        return findings.error();
    }
    std::ranges::for_each(*findings, [this](const QString& text) { finding(text); });
    const auto around = fetchTableSurroundings(m_transaction.lane(), m_stop);
    if (!around) {
        return around.error();
    }
    m_report.memoryAfter = around->usedMemory;
    return ok();
}

} // namespace

Result<SchemaReport> runChange(
    SchemaPlace& place, const SchemaPreview& preview, std::stop_token stop, const SchemaProgress& progress)
{
    if (!preview.refusal.isEmpty()) {
        return Error{ErrorKind::Refused, textOf(preview.plan.change), preview.refusal};
    }
    if (place.archive && !preview.unarchivable.isEmpty()) {
        return Error{ErrorKind::Refused, textOf(preview.plan.change), preview.unarchivable};
    }
    if (Status empty = checkEmpty(place.nodes, preview.plan.change, stop); !empty) {
        return std::move(empty).error();
    }
    auto report = Run(place, preview, stop, progress).run();
    if (report && report->status == State::Done) { // a table may have been made since
        if (const Status empty = checkEmpty(place.nodes, preview.plan.change, stop); !empty) {
            report->status = State::Doubted;
            report->findings.push_back(empty.error().subject + QStringLiteral(": ") + empty.error().detail);
        }
    }
    return report;
}

} // namespace keyglass
