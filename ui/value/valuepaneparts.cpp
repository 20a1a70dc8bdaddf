// SPDX-License-Identifier: GPL-3.0-or-later
// What of a value is selected, and how that is shown in full: elements, fields of entries, parts of documents.
#include "core/base/errortext.h"
#include "ui/common/texts.h"
#include "ui/value/bytecontent.h"
#include "ui/value/cellview.h"
#include "ui/value/documentview.h"
#include "ui/value/elementsview.h"
#include "ui/value/valuepane.h"
#include "ui/value/valuetablemodel.h"

#include <QItemSelection>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace keyglass::ui {

namespace {

/// All fields of a stream's entry, one to a line.
std::string entryText(const ValueRow& cells)
{
    QStringList lines;
    for (std::size_t i = 1; i + 1 < cells.size(); i += 2) {
        lines.append(nameLine(cells[i].bytes) + QStringLiteral(": ") + cellLine(cells[i + 1]));
    }
    return lines.join(u'\n').toStdString();
}

QStringList entryParts(const ValueRow& cells)
{
    QStringList parts{ValuePane::tr("All fields")};
    for (std::size_t i = 1; i + 1 < cells.size(); i += 2) {
        parts.append(nameLine(cells[i].bytes));
    }
    return parts;
}

} // namespace

// --- what is selected, and what of it is on screen

std::optional<ValuePane::Selected> ValuePane::selected() const
{
    if (m_head && m_head->type == KeyType::Json) {
        return selectedPart();
    }
    const ValueTableModel& model = m_elements->model();
    const int row = m_elements->currentRow();
    if (!m_head || m_head->type == KeyType::String || row < 0 || row >= model.rowCount()) {
        return std::nullopt;
    }
    Selected selected;
    selected.cells = model.cells(row);
    selected.cell = model.cellFor(m_elements->currentColumn());
    selected.number = model.number(row);
    selected.fieldEnd = model.fieldEnd(row);
    selected.fieldLeft = model.fieldLeft(row);
    if (model.type() == KeyType::List) {
        selected.before = model.neighbour(row, -1);
        selected.after = model.neighbour(row, 1);
    }
    return selected;
}

std::optional<ValuePane::Selected> ValuePane::selectedPart() const
{
    const auto part = m_document->part();
    if (!part) {
        return std::nullopt;
    }
    Selected selected;
    selected.cells = {ValueCell(part->path), ValueCell(std::string(part->text))};
    selected.cell = 1;
    const auto neighbour = [](const std::optional<std::string_view>& text) {
        if (!text || text->size() > largestCellInPage.value) {
            return SeenBytes::notLooked(); // it would have to be read each time
        }
        return text->empty() ? SeenBytes::absent() : SeenBytes::like(std::string(*text));
    };
    selected.before = neighbour(part->before);
    selected.after = neighbour(part->after);
    return selected;
}

SelectedRows ValuePane::selectedRows() const
{
    const bool hasRows = m_head && m_head->type != KeyType::String;
    return hasRows ? SelectedRows(m_elements->selection(), m_elements->model()) : SelectedRows();
}

std::size_t ValuePane::selectedCount() const
{
    return m_head && m_head->type != KeyType::String ? SelectedRows::count(m_elements->selection()) : 0;
}

ValueSight ValuePane::sight() const
{
    ValueSight sight = placeInSight();
    if (m_head) {
        sight.shown = shownGlance(*m_head, sight, elementsIn(sight));
    }
    return sight;
}

/// None where they are not all there, or more than can be looked at while somebody scrolls.
ShownElements ValuePane::elementsIn(const ValueSight& sight) const
{
    ShownElements shown;
    if (m_head->type == KeyType::String) {
        const ByteContent* content = m_cell->content();
        if (content && content->beginning()->size() >= sight.first + sight.count) {
            shown.rows = {{ValueCell(content->beginning()->substr(sight.first, sight.count))}};
        }
        return shown;
    }
    const ValueTableModel& model = m_elements->model();
    const bool isList = m_head->type == KeyType::List;
    const auto [first, last] = rowsInSight();
    shown.rows.resize(isList ? static_cast<std::size_t>(sight.count) : static_cast<std::size_t>(last - first));
    std::size_t bytes = 0;
    for (int row = first; row < last; ++row) {
        const std::uint64_t at = isList ? model.number(row) - sight.first : static_cast<std::uint64_t>(row - first);
        for (const ValueCell& cell : model.cells(row)) {
            bytes += cell.bytes.size();
        }
        if (at >= shown.rows.size() || bytes > ShownElements::mostBytes) {
            return {};
        }
        shown.rows[at] = model.cells(row);
        const auto end = m_head->type == KeyType::Hash ? model.fieldEnd(row) : std::nullopt;
        if (end) {
            shown.ends.push_back(end->at ? end->at->time_since_epoch().count() : -1);
        }
    }
    return shown;
}

/// From the first to before the last.
std::pair<int, int> ValuePane::rowsInSight() const
{
    const auto [first, rows] = m_elements->shownRows();
    const int most = static_cast<int>(ValueSight::mostNames);
    return {first, std::max(first, std::min({first + rows, m_elements->model().rowCount(), first + most}))};
}

ValueSight ValuePane::placeInSight() const
{
    ValueSight sight;
    if (!m_head) {
        return sight;
    }
    if (m_head->type == KeyType::String) {
        const std::uint64_t length = m_head->length.value_or(UINT64_MAX);
        const auto [first, room] = m_cell->shownBytes();
        sight.first = std::min(first, length);
        sight.count = std::min({length - sight.first, room, ValueSight::mostBytes});
        return sight;
    }
    const ValueTableModel& model = m_elements->model();
    const auto [first, last] = rowsInSight();
    if (m_head->type == KeyType::List && first < last) { // which may come from its end, or with others left out
        std::uint64_t end = 0;
        sight.first = model.number(first);
        for (int row = first; row < last; ++row) {
            sight.first = std::min(sight.first, model.number(row));
            end = std::max(end, model.number(row) + 1);
        }
        sight.count = std::min(end - sight.first, ValueSight::mostRows);
        return sight;
    }
    for (int row = first; row < last; ++row) {
        sight.names.push_back(model.nameOf(row));
    }
    return sight;
}

ValuePane::Content ValuePane::content(std::size_t mostBytes) const
{
    Content content;
    if (!m_head) {
        return content;
    }
    if (m_head->type == KeyType::Json) {
        if (const auto all = m_document->document()) {
            content.rows = {{ValueCell(all->substr(0, mostBytes))}};
            content.isWhole = all->size() <= mostBytes;
        }
        return content;
    }
    if (m_head->type == KeyType::String) {
        if (const ByteContent* shown = m_cell->content()) {
            content.rows = {{ValueCell(shown->beginning()->substr(0, mostBytes))}};
            content.isWhole = shown->isWhole() && shown->beginning()->size() <= mostBytes;
        }
        return content;
    }
    const ValueTableModel& model = m_elements->model();
    std::size_t bytes = 0;
    content.firstNumber = model.rowCount() > 0 ? model.number(0) : 0;
    for (int row = 0; row < model.rowCount() && bytes < mostBytes; ++row) {
        content.rows.push_back(model.cells(row));
        for (const ValueCell& cell : content.rows.back()) {
            bytes += cell.bytes.size();
            content.isWhole = content.isWhole && cell.isWhole();
        }
    }
    content.isWhole =
        content.isWhole && model.isComplete() && content.rows.size() == static_cast<std::size_t>(model.rowCount());
    return content;
}

ValuePane::Seen ValuePane::seen(std::size_t mostRows, std::size_t mostBytes) const
{
    Seen seen;
    if (!m_head || m_head->type == KeyType::String) {
        seen.rows = content(mostBytes).rows;
        return seen;
    }
    if (m_head->type == KeyType::Json) {
        seen.document = m_document->document();
        return seen;
    }
    const ValueTableModel& model = m_elements->model();
    const bool isSmall = static_cast<std::size_t>(model.rowCount()) <= mostRows;
    const auto [first, last] = isSmall ? std::pair(0, model.rowCount()) : rowsInSight();
    for (int row = first; row < last; ++row) {
        seen.rows.push_back(model.cells(row));
        seen.numbers.push_back(model.number(row));
    }
    return seen;
}

// --- elements

void ValuePane::showElement(const QModelIndex& index)
{
    const ValueTableModel& model = m_elements->model();
    const bool isEntry = index.isValid() && model.type() == KeyType::Stream;
    m_entryRow = isEntry ? index.row() : -1;
    if (!index.isValid()) {
        m_cell->setParts({});
        m_cell->clear();
    } else if (isEntry) {
        m_cell->setParts(entryParts(model.cells(index.row())));
        showEntryPart();
    } else {
        m_cell->setParts({});
        showCell(index.row(), model.cellFor(index.column()), elementTitle(index.row()));
    }
    Q_EMIT shownChanged();
}

/// A stream's entry: all of its fields, or the value of the one that is chosen.
void ValuePane::showEntryPart()
{
    if (m_entryRow < 0) {
        return;
    }
    const ValueRow& cells = m_elements->model().cells(m_entryRow);
    const int part = m_cell->part();
    if (part == 0) {
        m_cell->setRule({});
        m_cell->show(std::make_unique<ByteContent>(entryText(cells)), elementTitle(m_entryRow));
    } else {
        showCell(m_entryRow, static_cast<std::size_t>(part) * 2, elementTitle(m_entryRow));
    }
}

/// Names, scores and IDs are not decoded by rule.
std::optional<RuledDecoders> ValuePane::ruleFor(int row, std::size_t cell) const
{
    const ValueRow& cells = m_elements->model().cells(row);
    switch (m_elements->model().type()) {
    case KeyType::Hash:
        return cell == 1 ? m_source->ruleFor(m_key, cells[0].bytes) : std::nullopt;
    case KeyType::Stream:
        return cell >= 2 && cell % 2 == 0 ? m_source->ruleFor(m_key, cells[cell - 1].bytes) : std::nullopt;
    default:
        return cell == 0 ? m_source->ruleFor(m_key, std::nullopt) : std::nullopt;
    }
}

void ValuePane::followRules()
{
    if (!m_head) {
        return;
    }
    const ValueTableModel& model = m_elements->model();
    if (m_head->type == KeyType::String) {
        m_cell->setRule(m_source->ruleFor(m_key, std::nullopt));
        m_cell->renderAgain();
    } else if (m_elements->currentRow() >= 0) {
        showElement(model.index(m_elements->currentRow(), m_elements->currentColumn()));
    }
}

void ValuePane::showCell(int row, std::size_t cell, const QString& title)
{
    const ValueTableModel& model = m_elements->model();
    const ValueCell& content = model.cells(row)[cell];
    const bool keepPlace = std::exchange(m_keepPlace, false);
    m_cell->setRule(ruleFor(row, cell));
    if (content.isWhole()) {
        m_cell->show(std::make_unique<ByteContent>(content.bytes), title, keepPlace);
        return;
    }
    ValueSliceRequest request{m_key, model.type(), model.nameOf(row), model.number(row)};
    if (model.type() == KeyType::Stream) {
        request.index = cell;
    }
    auto loader = [source = m_source, request](std::uint64_t offset, std::uint64_t length) mutable {
        request.offset = offset;
        request.length = length;
        return source->loadSlice(request);
    };
    m_cell->show(
        std::make_unique<ByteContent>(content.size, std::string(), ByteContent::Reach::WholeOnly, std::move(loader)),
        title, keepPlace);
}

QString ValuePane::elementTitle(int row) const
{
    const ValueTableModel& model = m_elements->model();
    switch (model.type()) {
    case KeyType::List:
        return tr("index %1").arg(numberText(model.number(row)));
    case KeyType::SortedSet:
        return tr("rank %1").arg(numberText(model.number(row)));
    case KeyType::Set:
        return tr("member");
    default:
        break;
    }
    const std::string name = model.nameOf(row);
    return name.empty() ? tr("(empty)") : nameLine(name);
}

/// The splitter itself forgets how it was divided while a string has all the room.
void ValuePane::showAbove(QWidget* view)
{
    m_above->setCurrentWidget(view);
    if (!m_above->isHidden()) {
        return;
    }
    m_above->show();
    if (m_division.isEmpty() || !m_splitter->restoreState(m_division)) {
        constexpr int whole = 1000; // shares: the splitter scales them to its height
        m_splitter->setSizes({whole * 3 / 5, whole * 2 / 5});
    }
}

// --- JSON documents

void ValuePane::documentOpened()
{
    showAbove(m_document);
    showContent();
    contentCame();
}

/// A path that leads nowhere, or a document that is too large, leaves the field to type another path into.
void ValuePane::documentRefused(const Error& error)
{
    m_cell->clear();
    documentOpened();
    notice(errorText(error));
    Q_EMIT shownChanged();
}

void ValuePane::showPart()
{
    if (!m_head || m_head->type != KeyType::Json) {
        return;
    }
    if (const auto part = m_document->part()) {
        const QString title = part->path.empty() ? tr("all found") : QString::fromStdString(part->path);
        m_cell->show(std::make_unique<ByteContent>(std::string(part->text)), title, std::exchange(m_keepPlace, false));
    } else {
        m_cell->clear();
    }
    Q_EMIT shownChanged();
}

} // namespace keyglass::ui
