// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schemawording.h"

#include "core/base/bytes.h"
#include "ui/common/texts.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace keyglass::ui {

namespace {

using Kind = SchemaChange::Kind;
using Found = TableFinding::Kind;

QString tr(const char* text, int count = -1)
{
    return QCoreApplication::translate("keyglass::ui::SchemaWording", text, nullptr, count);
}

QString bytesText(std::uint64_t bytes)
{
    return sizeText(ByteCount{bytes});
}

void addLines(QStringList& lines, const QString& head, const std::vector<std::string>& texts)
{
    if (texts.empty()) {
        return;
    }
    lines << QString() << head;
    for (const std::string& text : texts) {
        lines << QStringLiteral("  ") + displayText(text);
    }
}

/// "1,000 of 3,000", or as many as it is already.
QString farText(const SchemaStep& step, bool isAbout)
{
    const QString done = numberText(step.done);
    return step.of == 0 ? done
        : isAbout       ? tr("%1 of about %2").arg(done, numberText(step.of))
                        : tr("%1 of %2").arg(done, numberText(step.of));
}

QString stepText(const SchemaStep& step)
{
    if (step.done == 0 && step.removed == 0) {
        return tr("Running");
    }
    switch (step.kind) {
    case SchemaStep::Kind::Keys:
        return tr("Keys of the node looked at: %1").arg(farText(step, true));
    case SchemaStep::Kind::Removing:
        return tr("Removed: %1; keys of the node looked at: %2").arg(numberText(step.removed), farText(step, true));
    case SchemaStep::Kind::Restoring:
        return tr("Brought back: %1").arg(farText(step, false));
    case SchemaStep::Kind::Repairing:
        return tr("Repaired: %1").arg(farText(step, false));
    case SchemaStep::Kind::Rows:
        break;
    }
    return tr("Rows done: %1").arg(farText(step, true));
}

QString memoryLine(const SchemaPreview& preview)
{
    const TableSurroundings& around = preview.around;
    if (!around.hasInfo) {
        return tr("The server does not say how much memory it uses.");
    }
    QString text = tr("Memory: the server uses %1").arg(bytesText(around.usedMemory));
    if (around.maxMemory > 0) {
        const std::uint64_t left = around.maxMemory > around.usedMemory ? around.maxMemory - around.usedMemory : 0;
        text += tr(", %1 are left before maxmemory").arg(bytesText(left));
    }
    return preview.memory > 0 ? text + tr("; the change takes about %1 more.").arg(bytesText(preview.memory))
                              : text + u'.';
}

QString standstillLine(const SchemaPreview& preview)
{
    if (preview.way == ChangeWay::PlainKeys) {
        return tr("Made by plain commands in guarded transactions: nobody waits for long, and replicas and the "
                  "append-only file get it.");
    }
    return tr("Made by RedisTABLE itself: everybody waits for about %1.").arg(durationText(preview.standstill));
}

QString statusText(const SchemaReport& report, bool isUndo)
{
    switch (report.status) {
    case SchemaReport::Status::Done:
        return isUndo ? tr("Undone, and verified.") : tr("Done, and verified.");
    case SchemaReport::Status::Doubted:
        return tr("Done, but not all is as it should be:");
    case SchemaReport::Status::Changed:
        return tr("Nothing was done: the table is not as the preview saw it. Look at the preview again.");
    case SchemaReport::Status::TooBusy:
        return tr("Nothing was done: others wrote to the table all the time. Try again in a quieter moment.");
    case SchemaReport::Status::Stopped:
        return tr("Stopped. What was done stands; run it again for the rest.");
    case SchemaReport::Status::Unknown:
        break;
    }
    return tr("The connection was lost, and what became of the change could not be seen. Look at the table.");
}

} // namespace

QString titleOf(Kind kind)
{
    switch (kind) {
    case Kind::CreateNamespace:
        return tr("Create a namespace");
    case Kind::CreateTable:
        return tr("Create a table");
    case Kind::AddColumn:
        return tr("Add a column");
    case Kind::AddIndex:
        return tr("Add an index");
    case Kind::DropIndex:
        return tr("Drop an index");
    case Kind::RepairIndex:
        return tr("Build an index anew");
    case Kind::ChangeType:
        return tr("Change a column's type");
    case Kind::DropColumn:
        return tr("Drop a column");
    case Kind::DropTable:
        return tr("Drop a table");
    case Kind::DropNamespace:
        break;
    }
    return tr("Drop a namespace");
}

QString buttonOf(Kind kind)
{
    switch (kind) {
    case Kind::CreateNamespace:
        return tr("Create the namespace");
    case Kind::CreateTable:
        return tr("Create the table");
    case Kind::AddColumn:
        return tr("Add the column");
    case Kind::AddIndex:
        return tr("Add the index");
    case Kind::DropIndex:
        return tr("Drop the index");
    case Kind::RepairIndex:
        return tr("Build the index");
    case Kind::ChangeType:
        return tr("Change the type");
    case Kind::DropColumn:
        return tr("Drop the column");
    case Kind::DropTable:
        return tr("Drop the table");
    case Kind::DropNamespace:
        break;
    }
    return tr("Drop the namespace");
}

QString previewText(const SchemaPreview& preview, const std::vector<std::string>& drift)
{
    QStringList lines;
    if (!preview.refusal.isEmpty()) {
        lines << tr("It can't be run now: %1").arg(preview.refusal) << QString();
    }
    if (!drift.empty()) {
        addLines(lines, tr("The table is not as the plan was made on:"), drift);
        lines << QString();
    }
    lines << tr("Rows: %1").arg(numberText(preview.rows)) << standstillLine(preview) << memoryLine(preview);
    if (const QString warning = preview.around.warning(); !warning.isEmpty()) {
        lines << warning;
    }
    for (const QString& note : preview.notes) {
        lines << note;
    }
    addLines(lines, tr("The schema:"), preview.diff);
    addLines(lines, tr("What is sent:"), preview.lines);
    return lines.join(u'\n');
}

QString undoButtonOf(Kind kind)
{
    return kind == Kind::DropTable ? tr("&Bring the table back") : tr("&Bring the column back");
}

QString undoneByText(const UndoPreview& preview)
{
    return tr("What was done: %1").arg(textOf(preview.plan.change));
}

QString sealedText(const UndoPreview& preview)
{
    return tr("Archived: %1, from %2 (%3)")
               .arg(timeText(preview.info.created.toLocalTime()), preview.info.connection, preview.info.server)
        + u'\n' + preview.info.job;
}

QString undoPreviewText(const UndoPreview& preview, const QString& connection)
{
    QStringList lines;
    if (!preview.refusal.isEmpty()) {
        lines << tr("It can't be undone now: %1").arg(preview.refusal) << QString();
    }
    lines << undoneByText(preview)
          << tr("Archived: %1, from %2 (%3)")
                 .arg(timeText(preview.info.created.toLocalTime()), preview.info.connection, preview.info.server);
    if (preview.info.connection != connection) {
        lines << tr("That is another connection than this one, %1.").arg(connection);
    }
    lines << (preview.keys ? tr("Keys in the archive: %1").arg(numberText(*preview.keys))
                           : tr("The archive was not ended, as its change was cut off: what it has comes back."));
    lines << QString();
    if (preview.plan.change.kind == Kind::DropTable) {
        lines << tr("Rows and indexes come back first, the schema last: nobody works with half of the table. Keys that "
                    "are there again are left as they are.");
    } else {
        lines << tr("The column comes back with its type and index. Rows that are still there and have no such cell "
                    "get the one that they had; all else stays as it is now.");
    }
    lines << tr("Made by plain commands in guarded transactions: nobody waits for long, and replicas and the "
                "append-only file get it. It can be stopped, and gone on with later.");
    addLines(lines, tr("The schema:"), preview.diff);
    return lines.join(u'\n');
}

QString reportText(const SchemaReport& report, bool isUndo)
{
    QStringList lines{statusText(report, isUndo)};
    for (const QString& finding : report.findings) {
        lines << finding;
    }
    if (report.lineWasLost) {
        lines << tr("The connection was lost on the way.");
    }
    lines << QString()
          << tr("Rows: %1 before, %2 after").arg(numberText(report.rowsBefore), numberText(report.rowsAfter));
    if (report.removed > 0) {
        lines << tr("Removed: %1 keys or cells").arg(numberText(report.removed));
    }
    if (report.restored > 0) {
        lines << tr("Brought back: %1 keys or cells").arg(numberText(report.restored));
    }
    if (report.memoryBefore > 0 && report.memoryAfter > 0) {
        lines << tr("Memory of the server: %1 before, %2 after")
                     .arg(bytesText(report.memoryBefore), bytesText(report.memoryAfter));
    }
    if (!report.archiveFile.isEmpty()) {
        lines << tr("In the undo archive: %1 keys, %2").arg(numberText(report.archivedKeys), report.archiveFile);
    }
    addLines(lines, tr("The schema:"), report.diff);
    return lines.join(u'\n');
}

QString stageText(const SchemaStage& stage)
{
    switch (stage.phase.load()) {
    case SchemaStage::Phase::Waiting:
        return tr("Waiting for its time");
    case SchemaStage::Phase::WaitingForQuiet:
        return tr("Waiting for a quiet moment: %1 commands/s now, quiet for %2")
            .arg(numberText(stage.opsPerSecond), durationText(Milliseconds(std::uint64_t{stage.done})));
    case SchemaStage::Phase::Saving:
        return tr("The server saves its data");
    case SchemaStage::Phase::Changing:
        break;
    }
    return stepText({stage.step, stage.done, stage.of, stage.removed});
}

QString countText(Found kind, std::uint64_t count)
{
    const QString number = numberText(count);
    switch (kind) {
    case Found::MissingEntry:
        return tr("Cells that their column's index does not have: %1").arg(number);
    case Found::StaleEntry:
        return tr("Index entries of rows that have another value or are not there: %1").arg(number);
    case Found::LeftoverIndex:
        return tr("Index entries of columns without an index: %1").arg(number);
    case Found::GhostRow:
        return tr("Rows' keys that are not listed, as failed inserts leave them: %1").arg(number);
    case Found::GoneRow:
        return tr("Listed rows without a key: %1").arg(number);
    case Found::WrongTypeRow:
        return tr("Listed rows whose key is no hash: %1").arg(number);
    case Found::BadValue:
        return tr("Cells that do not fit their column's type: %1").arg(number);
    case Found::NoColumn:
        return tr("Fields of rows that are no columns: %1").arg(number);
    case Found::StrayMark:
        return tr("Columns said to be indexed that are none: %1").arg(number);
    case Found::BadLastId:
        return tr("The counter of ids is wrong: the next insert would hit a row");
    case Found::WrongTypeKey:
        return tr("Lists and index entries that are no sets: %1").arg(number);
    case Found::StrangeKey:
        break;
    }
    return tr("Keys named like the table's that are none of it: %1").arg(number);
}

QString checkText(const CheckedTable& checked)
{
    const TableReport& report = checked.report;
    QStringList lines{report.total() == 0 ? tr("Nothing is wrong with it.") : tr("What is wrong:")};
    for (std::size_t n = 0; n < findingKinds; ++n) {
        if (report.counts[n] > 0) {
            lines << QStringLiteral("  ") + countText(static_cast<Found>(n), report.counts[n]);
        }
    }
    lines << QString()
          << (report.isOfRowsOnly
                     ? tr("Looked at: %1 rows").arg(numberText(report.rows))
                     : tr("Looked at: %1 rows, %2 keys").arg(numberText(report.rows), numberText(report.keys)));
    if (!report.lostIndexes.empty()) {
        QStringList names;
        for (const std::string& column : report.lostIndexes) {
            names << displayText(column);
        }
        lines << tr(
            "These columns were indexed, by the entries that are there: %1. Repairing archives and removes what "
            "is in the place of their list; add their indexes again after it.")
                     .arg(names.join(QStringLiteral(", ")));
    }
    if (checked.schema.layout == TableLayout::Plain) {
        lines << tr(
            "It was made by RedisTABLE 1.0. Of such a table only the rows are checked, and nothing is repaired.");
    }
    if (!report.findings.empty()) {
        lines << QString() << tr("One by one:");
    }
    constexpr std::uint64_t mostOfAKind = 1000;
    std::array<std::uint64_t, findingKinds> shown{};
    for (const TableFinding& finding : report.findings) {
        if (++shown[static_cast<std::size_t>(finding.kind)] > mostOfAKind) {
            continue;
        }
        QString line = QStringLiteral("  ")
            + QString::fromLatin1(nameOf(finding.kind).data(), static_cast<qsizetype>(nameOf(finding.kind).size()))
            + QStringLiteral(": ") + displayText(finding.key);
        line += finding.id.empty() ? QString() : tr(", row %1").arg(displayText(finding.id));
        line += finding.column.empty() ? QString() : tr(", column %1").arg(displayText(finding.column));
        lines << line;
    }
    if (std::ranges::any_of(report.counts, [](std::uint64_t count) { return count > mostOfAKind; })) {
        lines << tr("Of each kind the first %1 are named.").arg(numberText(mostOfAKind));
    }
    return lines.join(u'\n');
}

} // namespace keyglass::ui
