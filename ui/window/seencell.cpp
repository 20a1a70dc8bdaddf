// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/seencell.h"

#include "core/base/bytes.h"
#include "ui/common/texts.h"
#include "ui/value/valuepane.h"

#include <QCoreApplication>

#include <map>
#include <utility>

namespace keyglass::ui {

namespace {

constexpr std::size_t titleBytes = 80;

QString tr(const char* text)
{
    return QCoreApplication::translate("keyglass::ui::SeenCell", text);
}

QString nameText(const std::string& name)
{
    const QString text = displayText(std::string_view(name).substr(0, titleBytes));
    return name.size() > titleBytes ? text + u'…' : text;
}

/// `at`: which cell of the row its content is.
void fillCell(ShownCell& shown, const SeenElement& seen, std::size_t at)
{
    const ValueCell& content = seen.cells[at];
    shown.cell.seen = content.bytes;
    shown.isWhole = content.isWhole();
    shown.size = content.size;
    switch (seen.key.type) {
    case KeyType::Hash:
        shown.cell.kind = CellKind::HashValue;
        shown.cell.name = seen.cells[0].bytes;
        shown.cell.end = seen.fieldEnd ? seen.fieldEnd->at : std::nullopt;
        shown.cell.isEndKnown = seen.fieldEnd.has_value();
        shown.title = nameText(shown.cell.name);
        return;
    case KeyType::List:
        shown.cell.kind = CellKind::ListElement;
        shown.cell.index = seen.number;
        shown.cell.before = seen.before;
        shown.cell.after = seen.after;
        shown.title = tr("index %1").arg(numberText(seen.number));
        return;
    case KeyType::Set:
        shown.cell.kind = CellKind::SetMember;
        shown.title = nameText(content.bytes);
        return;
    case KeyType::Json:
        shown.cell.kind = CellKind::JsonPart;
        shown.cell.name = seen.cells[0].bytes;
        shown.cell.before = seen.before;
        shown.cell.after = seen.after;
        shown.title = nameText(shown.cell.name);
        return;
    default:
        break;
    }
    shown.cell.kind = at == 1 ? CellKind::Score : CellKind::SortedMember;
    shown.cell.name = at == 1 ? seen.cells[0].bytes : std::string();
    shown.cell.score = parseScore(seen.cells[1].bytes).value_or(0.0);
    shown.cell.index = seen.number;
    shown.title = at == 1 ? tr("score of %1").arg(nameText(seen.cells[0].bytes)) : nameText(seen.cells[0].bytes);
}

QString whyNot(const ShownCell& shown)
{
    if (shown.key.type == KeyType::Stream) {
        return tr("Entries of a stream can be added and deleted, but not changed.");
    }
    const bool isJson = shown.key.type == KeyType::Json;
    if (shown.key.type != KeyType::String && !isTable(shown.key.type) && !isJson) {
        return tr("Values of this type can't be edited.");
    }
    if (isJson && shown.cell.name.empty()) {
        return tr("The path leads to several values: type one that leads to the one that is meant.");
    }
    if (isJson && shown.size.value_or(0) > longestEdited.value) {
        return tr("This is longer than %1, which is the most that can be edited here: choose a part of it.")
            .arg(sizeText(longestEdited));
    }
    if (shown.size.value_or(UINT64_MAX) > longestEdited.value) {
        return tr("This value is longer than %1, which is the most that can be edited here.")
            .arg(sizeText(longestEdited));
    }
    return {};
}

} // namespace

SeenKey seenKey(const ValueHead& head)
{
    SeenKey seen;
    seen.key = head.key;
    seen.typeName = head.typeName;
    seen.type = head.type;
    seen.expiry = seenExpiry(head);
    seen.ttl = head.ttl;
    seen.elements = head.length;
    seen.memory = head.memory;
    return seen;
}

std::optional<SeenKey> seenWhole(const ValuePane& pane)
{
    if (!pane.head() || pane.isReading()) {
        return std::nullopt;
    }
    SeenKey key = seenKey(*pane.head());
    const ValuePane::Seen seen = pane.seen(SeenContent::mostParts, SeenContent::mostBytes);
    if (seen.document) {
        key.content = seenDocument(seen.document);
    } else if (!seen.rows.empty()) {
        key.content = seenContent(key.type, seen.rows, seen.numbers);
    }
    return key;
}

std::optional<SeenElement> seenElement(const ValuePane& pane)
{
    if (!pane.head()) {
        return std::nullopt;
    }
    SeenElement seen;
    seen.key = seenKey(*pane.head());
    if (const auto selected = pane.selected()) {
        seen.cells = selected->cells;
        seen.number = selected->number;
        seen.before = selected->before;
        seen.after = selected->after;
        seen.fieldEnd = selected->fieldEnd;
        seen.fieldLeft = selected->fieldLeft;
    }
    return seen;
}

std::vector<SeenRow> seenRows(const SelectedRows& rows)
{
    std::vector<SeenRow> seen;
    seen.reserve(rows.size());
    std::map<std::uint64_t, SeenBytes> digested; // by index: the one before another is the one after a third
    const auto neighbour = [&](std::size_t at, std::uint64_t number, int away) {
        if (!rows.isList()) {
            return SeenBytes::notLooked();
        }
        const auto found = digested.find(number);
        return found != digested.end() ? found->second
                                       : digested.emplace(number, rows.neighbour(at, away)).first->second;
    };
    for (std::size_t at = 0; at < rows.size(); ++at) {
        SelectedRows::Row row = rows[at];
        const SeenBytes before = neighbour(at, row.number - 1, -1);
        const SeenBytes after = neighbour(at, row.number + 1, 1);
        seen.push_back(SeenRow{std::move(row.cells), row.number, before, after, row.fieldEnd});
    }
    return seen;
}

bool areFew(const SelectedRows& rows)
{
    constexpr std::size_t mostRows = 1000;
    constexpr std::size_t mostBytes = 512UL * 1024; // with both neighbours of each: three times that
    std::size_t bytes = 0;
    for (std::size_t at = 0; rows.size() <= mostRows && at < rows.size() && bytes <= mostBytes; ++at) {
        for (const ValueCell& cell : rows.element(at).cells) {
            bytes += cell.bytes.size();
        }
    }
    return rows.size() <= mostRows && bytes <= mostBytes;
}

std::size_t contentCell(KeyType type)
{
    return type == KeyType::Hash || type == KeyType::Json ? 1 : 0;
}

bool isTable(KeyType type)
{
    return type == KeyType::Hash || type == KeyType::List || type == KeyType::Set || type == KeyType::SortedSet
        || type == KeyType::Stream;
}

std::optional<ShownCell> shownCell(const ValuePane& pane)
{
    const auto seen = seenElement(pane);
    if (!seen) {
        return std::nullopt;
    }
    ShownCell shown;
    shown.key = seen->key;
    if (seen->key.type == KeyType::String) {
        shown.size = seen->key.elements;
        if (const auto bytes = pane.shownString()) {
            shown.cell.seen = *bytes;
            shown.size = bytes->size();
            shown.isWhole = true;
        }
        shown.title = tr("the value");
    } else if (seen->key.type == KeyType::Json || (isTable(seen->key.type) && seen->key.type != KeyType::Stream)) {
        if (seen->cells.empty()) {
            return std::nullopt;
        }
        const bool isScore = seen->key.type == KeyType::SortedSet && pane.selected()->cell == 1;
        fillCell(shown, *seen, isScore ? 1 : contentCell(seen->key.type));
    }
    shown.whyNot = whyNot(shown);
    return shown;
}

ValueSliceRequest contentRequest(const ShownCell& shown)
{
    ValueSliceRequest request{shown.key.key, shown.key.type, {}};
    request.name = shown.cell.name;
    request.index = shown.cell.index;
    return request;
}

} // namespace keyglass::ui
