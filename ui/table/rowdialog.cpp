// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/rowdialog.h"

#include "core/base/bytes.h"
#include "ui/edit/dialogwords.h"
#include "ui/table/cellfield.h"
#include "ui/table/rowconflict.h"
#include "ui/table/tablewords.h"

#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace keyglass::ui {

namespace {

constexpr std::size_t namedRows = 10;

QString titleOf(const std::vector<TableRow>& seen)
{
    if (seen.empty()) {
        return RowDialog::tr("New row");
    }
    return seen.size() == 1 ? RowDialog::tr("Change row %1").arg(displayText(seen.front().id))
                            : RowDialog::tr("Change %1").arg(rowCountText(seen.size()));
}

QString buttonOf(const std::vector<TableRow>& seen)
{
    return seen.empty()    ? RowDialog::tr("&Insert row")
        : seen.size() == 1 ? RowDialog::tr("&Change row")
                           : RowDialog::tr("&Change %1").arg(rowCountText(seen.size()));
}

/// Of those rows that were not done: as they are now where that is known, so that a second try is meant for that.
/// Those that are gone are left out.
std::vector<TableRow> stillMeant(const std::vector<TableRow>& seen, const std::vector<RowResult>& left)
{
    std::unordered_map<std::string_view, const RowOutcome*> byId; // after a stop they may be many
    for (const RowResult& result : left) {
        byId.emplace(result.id, result.outcome ? &*result.outcome : nullptr);
    }
    std::vector<TableRow> rows;
    for (const TableRow& row : seen) {
        const auto found = byId.find(row.id);
        if (found == byId.end() || (found->second && found->second->status == RowOutcome::Status::Gone)) {
            continue;
        }
        rows.push_back(found->second && found->second->now ? *found->second->now : row);
    }
    return rows;
}

} // namespace

// --- new and changed rows

RowDialog::RowDialog(Session& session, const TableSchema& schema, std::vector<TableRow> seen, QWidget* parent)
    : RowEditDialog(session, schema, titleOf(seen), buttonOf(seen), parent)
    , m_seen(std::move(seen))
    , m_isNew(m_seen.empty())
{
    auto* area = new QScrollArea(this);
    auto* inside = new QWidget(area);
    auto* fields = new QFormLayout(inside);
    fields->setContentsMargins({});
    for (std::size_t n = 0; n < schema.columns.size(); ++n) {
        const TableColumn& column = schema.columns[n];
        auto* field = new CellField(column, m_seen.size() > 1, inside);
        if (m_isNew) {
            field->setCell(std::nullopt);
        } else if (m_seen.size() == 1) {
            field->setCell(m_seen.front().cells[n]);
        }
        auto* label = new QLabel(tr("%1 · %2").arg(displayText(column.name), typeText(column)), inside);
        label->setTextFormat(Qt::PlainText);
        label->setBuddy(field);
        fields->addRow(label, field);
        m_fields.push_back(field);
        connect(field, &CellField::changed, this, &RowDialog::check);
    }
    area->setWidget(inside);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setMinimumSize(QSize(520, std::min(420, inside->sizeHint().height() + 8)));
    form().addRow(area);
    m_area = area;
    addConflict();
    if (!m_fields.empty()) {
        m_fields.front()->setFocus();
    }
    check();
}

Result<RowEdit::Cells> RowDialog::cells() const
{
    RowEdit::Cells cells;
    for (std::size_t n = 0; n < m_fields.size(); ++n) {
        auto cell = m_fields[n]->cell();
        if (!cell) {
            return std::move(cell).error();
        }
        const bool isAsSeen =
            *cell && ((m_isNew && !**cell) || (m_seen.size() == 1 && m_seen.front().cells[n] == **cell));
        if (*cell && !isAsSeen) {
            cells.emplace(schema().columns[n].name, **std::move(cell));
        }
    }
    if (Status good = checkCells(schema(), cells); !good) {
        return std::move(good).error();
    }
    return cells;
}

Result<std::vector<RowEdit>> RowDialog::edits() const
{
    auto wanted = cells();
    if (!wanted) {
        return std::move(wanted).error();
    }
    std::vector<RowEdit> edits;
    if (wanted->empty() || !m_conflict->isHidden()) {
        return edits;
    }
    if (m_isNew) {
        edits.push_back({RowEdit::Kind::Insert, {}, *std::move(wanted), {}});
        return edits;
    }
    for (const TableRow& row : m_seen) {
        edits.push_back({RowEdit::Kind::Change, row.id, *wanted, row});
    }
    return edits;
}

void RowDialog::addConflict()
{
    m_conflict = new RowConflict(schema(), this);
    m_conflict->hide();
    form().addRow(m_conflict);
    connect(m_conflict, &RowConflict::editWanted, this, [this] { showConflict(false); });
    connect(m_conflict, &RowConflict::overwriteWanted, this, [this] {
        showConflict(false);
        send();
    });
    connect(m_conflict, &RowConflict::reloadWanted, this, [this] {
        for (std::size_t n = 0; n < m_fields.size(); ++n) {
            m_fields[n]->setCell(m_seen.front().cells[n]);
        }
        showConflict(false);
    });
}

void RowDialog::showConflict(bool shows)
{
    m_area->setVisible(!shows);
    m_conflict->setVisible(shows);
    check();
    if (shows) {
        m_conflict->setFocus();
    } else if (!m_fields.empty()) {
        m_fields.front()->setFocus();
    }
}

bool RowDialog::notDone(const std::vector<RowResult>& left)
{
    if (m_isNew) {
        return false;
    }
    const std::vector<TableRow> before = m_seen;
    const auto written = cells();
    m_seen = stillMeant(m_seen, left);
    if (before.size() != 1 || m_seen.size() != 1) {
        return false;
    }
    for (std::size_t n = 0; n < m_fields.size(); ++n) { // what was not touched follows what others have written
        const auto typed = m_fields[n]->cell();
        if (typed && *typed && **typed == before.front().cells[n]) {
            m_fields[n]->setCell(m_seen.front().cells[n]);
        }
    }
    const auto& outcome = left.front().outcome;
    if (!written || !outcome || outcome->status != RowOutcome::Status::Conflict || !outcome->now) {
        return false;
    }
    m_conflict->setRows(before.front(), m_seen.front(), *written);
    showConflict(true);
    return true;
}

// --- rows that go

DeleteRowsDialog::DeleteRowsDialog(
    Session& session, const TableSchema& schema, std::vector<TableRow> seen, QWidget* parent)
    : RowEditDialog(session, schema, tr("Delete rows"),
          seen.size() == 1 ? tr("&Delete row") : tr("&Delete %1").arg(rowCountText(seen.size())), parent)
    , m_seen(std::move(seen))
{
    QStringList ids;
    for (std::size_t n = 0; n < std::min(m_seen.size(), namedRows); ++n) {
        ids << displayText(m_seen[n].id);
    }
    const QString more = m_seen.size() > namedRows ? tr(" and %1 more").arg(m_seen.size() - namedRows) : QString();
    form().addRow(sentence(m_seen.size() == 1
            ? tr("Row %1 of %2 will be deleted, with its index entries.").arg(ids.front(), displayText(schema.table))
            : tr("%1 of %2 will be deleted, with their index entries: %3%4.")
                  .arg(rowCountText(m_seen.size()), displayText(schema.table), ids.join(QStringLiteral(", ")), more),
        this));
    form().addRow(sentence(tr("This can't be undone."), this));
    makeCancelDefault();
    if (session.profile().environment == Environment::Production && m_seen.size() > 1) {
        askConfirmation();
    }
    check();
}

Result<std::vector<RowEdit>> DeleteRowsDialog::edits() const
{
    std::vector<RowEdit> edits;
    for (const TableRow& row : m_seen) {
        edits.push_back({RowEdit::Kind::Delete, row.id, {}, row});
    }
    return edits;
}

bool DeleteRowsDialog::notDone(const std::vector<RowResult>& left)
{
    m_seen = stillMeant(m_seen, left);
    return false;
}

} // namespace keyglass::ui
