// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/formerrows.h"

#include "core/base/bytes.h"
#include "core/table/rowpages.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <set>

namespace keyglass {

namespace {

constexpr std::size_t mostNamed = 10;

QString tr(const char* text)
{
    return QCoreApplication::translate("FormerRows", text);
}

/// The rows that are listed, by the columns that they are to get.
struct Former {
    std::uint64_t unfit = 0; ///< With a cell that does not fit.
    QString firstUnfit{};
    std::uint64_t damaged = 0;           ///< No row's key, or none that can be read.
    std::set<std::string> otherFields{}; ///< That are no columns; one more than are named.
};

void look(const TableSchema& schema, const TableRow& row, Former& former)
{
    former.damaged += row.isDamaged() ? 1 : 0;
    for (const auto& [name, value] : row.strays) {
        if (former.otherFields.size() <= mostNamed) {
            former.otherFields.insert(name);
        }
    }
    for (std::size_t n = 0; n < schema.columns.size(); ++n) {
        const ColumnType type = schema.columns[n].type();
        if (row.cells[n] && type != ColumnType::String && !accepts(type, *row.cells[n])) {
            if (++former.unfit == 1) {
                former.firstUnfit =
                    tr("row %1 has %2 in %3")
                        .arg(displayText(row.id), displayText(*row.cells[n]), displayText(schema.columns[n].name));
            }
            return;
        }
    }
}

Result<Former> lookAtAll(Lane& lane, const TableSchema& schema, std::uint64_t expected, const std::stop_token& stop,
    const SchemaProgress& progress)
{
    RowReader reader(lane, schema);
    RowCursor cursor;
    SeenIds seen;
    Former former;
    std::uint64_t looked = 0;
    while (!cursor.isAtEnd()) {
        auto page = reader.page(std::move(cursor), {}, stop);
        if (!page) {
            return std::move(page).error();
        }
        for (const TableRow& row : page->rows) {
            if (seen.add(row.id)) {
                look(schema, row, former);
                ++looked;
            }
        }
        cursor = std::move(page->next);
        if (progress) {
            progress({SchemaStep::Kind::Rows, looked, std::max(expected, looked), 0});
        }
    }
    return former;
}

QString namesOf(const std::set<std::string>& fields)
{
    QStringList names;
    for (const std::string& field : fields) {
        if (names.size() < static_cast<qsizetype>(mostNamed)) {
            names << displayText(field);
        }
    }
    return names.join(QStringLiteral(", ")) + (fields.size() > mostNamed ? QStringLiteral(", …") : QString());
}

} // namespace

Status lookAtFormerRows(Lane& lane, const TableRemains& left, SchemaPreview& preview, const std::stop_token& stop,
    const SchemaProgress& progress)
{
    if (!preview.refusal.isEmpty()) {
        return ok();
    }
    if (preview.rows == 0) {
        preview.refusal = tr("There is no list of rows of a former table that could be taken over.");
        return ok();
    }
    const auto former = lookAtAll(lane, *preview.after, preview.rows, stop, progress);
    if (!former) {
        return former.error();
    }
    const auto note = [&preview](const QString& text) { preview.notes.push_back(text); };
    if (former->unfit > 0) {
        preview.refusal = tr("%1 of the rows that are there have cells of another type: %2.")
                              .arg(former->unfit)
                              .arg(former->firstUnfit);
    }
    note(
        tr("The %1 rows that are listed there become rows of the table. What their columns were, and of which type, is "
           "written nowhere any more: that they fit is all that can be tested.")
            .arg(preview.rows));
    if (!former->otherFields.empty()) {
        note(tr("The rows have fields that are no columns, and keep them: %1.").arg(namesOf(former->otherFields)));
    }
    if (former->damaged > 0) {
        note(tr("%1 of the listed rows are not there or can't be read: check the table when it is there.")
                .arg(former->damaged));
    }
    const std::uint64_t whole = preview.rows - std::min(preview.rows, former->damaged);
    if (left.rows > whole) {
        note(tr("%1 keys of rows are not listed, as failed inserts leave them. They stay out of the table.")
                .arg(left.rows - whole));
    }
    if (left.entries > 0) {
        preview.leftovers = left.entries;
        note(tr(
            "%1 entries of former indexes are removed first, as nobody has kept them meanwhile. Add the indexes when "
            "the table is there.")
                .arg(left.entries));
    }
    return ok();
}

} // namespace keyglass
