// SPDX-License-Identifier: GPL-3.0-or-later
// What a session does to tables: edits of rows, and files.
#include "core/base/filewriting.h"
#include "core/session/tablesession.h"
#include "core/session/tableways.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <span>
#include <utility>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TableSession", text);
}

std::unique_ptr<EditLanes> editLanes(const TablePlace& place)
{
    return place.source.cluster ? std::make_unique<EditLanes>(place.source.cluster)
                                : std::make_unique<EditLanes>(place.lane());
}

// --- edits

Result<std::vector<RowResult>> applyAll(const TablePlace& place, const std::string& table,
    const std::vector<RowEdit>& edits, const std::vector<std::string>& confirmed, const std::stop_token& stop,
    const WorkTasks::Progress& progress)
{
    const auto lanes = editLanes(place);
    RowEditor editor(*lanes, table, Confirmation(confirmed));
    std::vector<RowResult> results;
    for (const RowEdit& edit : edits) {
        if (stop.stop_requested()) {
            results.push_back({edit.id, {}, Error{ErrorKind::Cancelled, {}, {}}});
            continue;
        }
        auto outcome = editor.apply(edit, stop);
        if (!outcome && outcome.error().kind == ErrorKind::Confirm && results.empty()) {
            return std::move(outcome).error();
        }
        RowResult& result = results.emplace_back();
        result.id = outcome && !outcome->id.empty() ? outcome->id : edit.id;
        if (outcome) {
            result.outcome = *std::move(outcome);
        } else {
            result.error = std::move(outcome).error();
            if (place.rights && result.error->kind == ErrorKind::Permission) {
                place.rights->forget(TableKeys(table));
            }
        }
        progress(results.size());
    }
    return results;
}

Result<std::vector<RowPreview>> previewAll(
    const TablePlace& place, const std::string& table, const std::vector<RowEdit>& edits, const std::stop_token& stop)
{
    const auto lanes = editLanes(place);
    RowEditor editor(*lanes, table);
    std::vector<RowPreview> previews;
    for (const RowEdit& edit : edits) {
        auto preview = editor.preview(edit, stop);
        if (!preview) {
            return std::move(preview).error();
        }
        previews.push_back(*std::move(preview));
    }
    return previews;
}

// --- files

Error fileError(const QFileDevice& file)
{
    return {ErrorKind::File, file.fileName(), file.errorString()};
}

Result<std::uint64_t> writeRows(const TablePlace& place, const RowExport& what, const QString& path,
    const std::stop_token& stop, const WorkTasks::Progress& progress)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return fileError(file);
    }
    RowText text(what.format, what.schema);
    std::uint64_t rows = 0;
    Status written = writeWhole(file, text.head());
    const auto lane = place.lane();
    const auto tally = runQuery(
        *lane, what.schema, {what.filter, {}, true}, stop, [&](std::vector<TableRow>&& found, const QueryTally& soFar) {
            std::string part;
            for (const TableRow& row : found) {
                part += text.line(row);
            }
            rows += found.size();
            written = written ? writeWhole(file, part) : std::move(written);
            progress(soFar.looked);
            return written.has_value();
        });
    if (!tally) {
        return tally.error();
    }
    if (stop.stop_requested()) {
        return Error{ErrorKind::Cancelled, path, {}};
    }
    written = written ? saveWhole(file, text.tail()) : std::move(written);
    return written ? Result<std::uint64_t>(rows) : Result<std::uint64_t>(std::move(written).error());
}

CsvReader readerOf(QFile& file)
{
    return CsvReader([&file](std::span<char> into) -> Result<std::size_t> {
        const qint64 size = file.read(into.data(), static_cast<qint64>(into.size()));
        return size < 0 ? Result<std::size_t>(fileError(file)) : Result<std::size_t>(static_cast<std::size_t>(size));
    });
}

Result<CsvRecord> headOf(CsvReader& csv, const QString& path)
{
    auto names = csv.next();
    if (!names) {
        return std::move(names).error().about(path);
    }
    if (!*names) {
        return Error{ErrorKind::Input, path, tr("It is empty; its first record names the columns.")};
    }
    return **std::move(names);
}

Result<CsvRecord> readHead(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fileError(file);
    }
    CsvReader csv = readerOf(file);
    return headOf(csv, path);
}

Result<ImportReport> importFile(
    const TablePlace& place, const RowImport& what, const std::stop_token& stop, const WorkTasks::Progress& progress)
{
    QFile file(what.path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fileError(file);
    }
    CsvReader csv = readerOf(file);
    if (const auto names = headOf(csv, what.path); !names) {
        return names.error();
    }
    ImportWays ways;
    ways.isDry = what.isDry;
    ways.leavesOutFaulty = what.leavesOutFaulty;
    ways.confirmation = Confirmation(what.confirmed);
    ways.progress = [&](const ImportReport&) { progress(static_cast<std::uint64_t>(file.pos())); };
    const auto lanes = editLanes(place);
    return importRows(*lanes, what.schema, csv, what.map, ways, stop);
}

} // namespace

ResultWork<std::vector<RowResult>> TableSession::edit(
    const std::string& table, std::vector<RowEdit> edits, const std::vector<std::string>& confirmed)
{
    using Results = std::vector<RowResult>;
    const std::uint64_t whole = edits.size();
    return m_tasks.run<Results>(whole,
        [place = tablePlace(*m_ways), table, edits = std::move(edits), confirmed](
            const std::stop_token& stop, const WorkTasks::Progress& progress) -> Result<Results> {
            return place ? applyAll(*place, table, edits, confirmed, stop, progress) : Result<Results>(place.error());
        });
}

ResultWork<std::vector<RowPreview>> TableSession::preview(const std::string& table, std::vector<RowEdit> edits)
{
    using Previews = std::vector<RowPreview>;
    return m_tasks.run<Previews>(0,
        [place = tablePlace(*m_ways), table, edits = std::move(edits)](
            const std::stop_token& stop, const auto&) -> Result<Previews> {
            return place ? previewAll(*place, table, edits, stop) : Result<Previews>(place.error());
        });
}

ResultWork<std::uint64_t> TableSession::exportRows(RowExport what, QString path)
{
    const std::uint64_t whole = what.expected;
    return m_tasks.run<std::uint64_t>(whole,
        [place = tablePlace(*m_ways), what = std::move(what), path = std::move(path)](
            const std::stop_token& stop, const WorkTasks::Progress& progress) -> Result<std::uint64_t> {
            return place ? writeRows(*place, what, path, stop, progress) : Result<std::uint64_t>(place.error());
        });
}

ResultWork<CsvRecord> TableSession::readCsvHead(QString path)
{
    return m_tasks.run<CsvRecord>(
        0, [path = std::move(path)](const std::stop_token&, const auto&) { return readHead(path); });
}

ResultWork<ImportReport> TableSession::importRows(RowImport what)
{
    const auto whole = static_cast<std::uint64_t>(QFile(what.path).size());
    return m_tasks.run<ImportReport>(whole,
        [place = tablePlace(*m_ways), what = std::move(what)](
            const std::stop_token& stop, const WorkTasks::Progress& progress) -> Result<ImportReport> {
            return place ? importFile(*place, what, stop, progress) : Result<ImportReport>(place.error());
        });
}

} // namespace keyglass
