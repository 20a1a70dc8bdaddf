// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/editedcell.h"

#include <utility>

namespace keyglass {

KeyType typeOf(CellKind kind)
{
    switch (kind) {
    case CellKind::String:
    case CellKind::StringBytes:
        return KeyType::String;
    case CellKind::NewKey:
    case CellKind::NewElement:
        return KeyType::None;
    case CellKind::HashValue:
        return KeyType::Hash;
    case CellKind::ListElement:
        return KeyType::List;
    case CellKind::SetMember:
        return KeyType::Set;
    case CellKind::JsonPart:
        return KeyType::Json;
    case CellKind::SortedMember:
    case CellKind::Score:
        break;
    }
    return KeyType::SortedSet;
}

std::string cellId(const EditedCell& cell)
{
    const std::string kind = std::to_string(static_cast<int>(cell.kind)) + ':';
    switch (cell.kind) {
    case CellKind::String:
    case CellKind::StringBytes:
    case CellKind::NewKey:
    case CellKind::NewElement:
        return kind;
    case CellKind::HashValue:
    case CellKind::Score:
    case CellKind::JsonPart:
        return kind + cell.name;
    case CellKind::ListElement:
        return kind + std::to_string(cell.index);
    case CellKind::SetMember:
    case CellKind::SortedMember:
        break;
    }
    return kind + cell.seen; // members are what they are called
}

Result<EditAction> replacing(const EditedCell& cell, std::string content)
{
    switch (cell.kind) {
    case CellKind::String:
        return EditAction(SetString{std::move(content), cell.seen});
    case CellKind::HashValue:
        return EditAction(
            SetHashField{cell.name, std::move(content), SeenBytes::there(cell.seen), cell.end, cell.isEndKnown});
    case CellKind::ListElement:
        return EditAction(SetListElement{{cell.index, cell.seen, cell.before, cell.after}, std::move(content)});
    case CellKind::SetMember:
        return EditAction(ReplaceSetMember{cell.seen, std::move(content)});
    case CellKind::SortedMember:
        return EditAction(RenameSortedMember{cell.seen, std::move(content), cell.score});
    case CellKind::JsonPart:
        return EditAction(SetJson{cell.name, std::move(content), SeenBytes::there(cell.seen), cell.before, cell.after});
    case CellKind::StringBytes:
    case CellKind::NewKey:
    case CellKind::NewElement:
        return Error{ErrorKind::Unsupported, {}, {}};
    case CellKind::Score:
        break;
    }
    const auto score = parseScore(content);
    if (!score) {
        return score.error();
    }
    const auto seen = parseScore(cell.seen);
    return EditAction(SetScore{cell.name, *score, seen ? std::optional(*seen) : std::nullopt});
}

std::optional<std::string> contentNow(const EditedCell& cell, const KeyNow& now)
{
    const bool hasContent = cell.kind != CellKind::SetMember && cell.kind != CellKind::SortedMember;
    if (!hasContent || !now.element || now.element->empty()) {
        return std::nullopt;
    }
    return now.element->front();
}

EditedCell reseen(EditedCell cell, std::string content)
{
    cell.seen = std::move(content);
    return cell;
}

EditedCell asOf(EditedCell cell, const KeyNow& now)
{
    if (now.before.state != SeenBytes::State::NotLooked) {
        cell.before = now.before;
    }
    if (now.after.state != SeenBytes::State::NotLooked) {
        cell.after = now.after;
    }
    if (now.fieldEnd) {
        cell.end = now.fieldEnd->at;
        cell.isEndKnown = true;
    }
    return cell;
}

std::optional<EditAction> makingAnew(const EditedCell& cell, std::string content)
{
    switch (cell.kind) {
    case CellKind::String:
        return EditAction(CreateKey{NewString{std::move(content)}, std::nullopt});
    case CellKind::HashValue:
        return EditAction(CreateKey{NewHash{{{cell.name, std::move(content)}}}, std::nullopt});
    case CellKind::SetMember:
        return EditAction(CreateKey{NewSet{{std::move(content)}}, std::nullopt});
    case CellKind::JsonPart:
        return cell.name == "$" ? std::optional(EditAction(CreateKey{NewJson{std::move(content)}, std::nullopt}))
                                : std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace keyglass
