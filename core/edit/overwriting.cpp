// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/keyedit.h"

namespace keyglass {

namespace {

using Action = std::optional<EditAction>;
using Element = std::optional<std::vector<std::string>>;

SeenListPlace placeNow(SeenListPlace seen, const KeyNow& now)
{
    seen.element = now.element->front();
    seen.before = now.before;
    seen.after = now.after;
    return seen;
}

/// The same action, for one who has seen what is there now.
struct Reseen {
    const KeyNow& now;
    const Element& element = now.element;
    const std::optional<SeenExpiry>& fieldEnd = now.fieldEnd;

    template <typename List> Action list(List action) const
    {
        if (!hasOne()) {
            return std::nullopt;
        }
        action.seen = placeNow(action.seen, now);
        return action;
    }
    template <typename String> Action string(String action) const
    {
        if (!hasOne()) {
            return std::nullopt;
        }
        action.seen = element->front();
        return action;
    }
    template <typename Scored> Action scored(Scored action) const
    {
        const auto score = hasOne() ? parseScore(element->front()) : Result<double>(Error{});
        if (!score) {
            return std::nullopt;
        }
        action.seen = *score;
        return action;
    }
    [[nodiscard]] bool hasOne() const { return element && !element->empty(); }

    Action operator()(const SetString& action) const { return string(action); }
    Action operator()(const SetStringRange& action) const { return string(action); }
    /// Whoever wanted to append has no place to point at any more.
    Action operator()(const InsertBytes& action) const { return action.seen.empty() ? Action() : string(action); }
    Action operator()(SetHashField action) const
    {
        action.seen = hasOne() ? SeenBytes::there(element->front()) : SeenBytes::absent();
        if (fieldEnd) {
            action.seenEnd = fieldEnd->at;
            action.isEndKnown = true;
        }
        return action;
    }
    Action operator()(DeleteHashField action) const
    {
        if (!element) {
            return std::nullopt;
        }
        if (hasOne()) {
            action.seen = SeenBytes::there(element->front());
        } else {
            action.seenSize = now.fieldSize; // nobody has looked at its bytes by now either
        }
        if (fieldEnd && action.seenEnd != fieldEnd) {
            action.seenEnd.reset();
        }
        return action;
    }
    Action operator()(SetJson action) const
    {
        action.seen = hasOne() ? SeenBytes::there(element->front()) : SeenBytes::absent();
        action.before = now.before;
        action.after = now.after;
        return action;
    }
    Action operator()(DeleteJson action) const
    {
        action.before = now.before;
        action.after = now.after;
        return string(std::move(action));
    }
    Action operator()(const SetListElement& action) const { return list(action); }
    Action operator()(const InsertListElement& action) const { return list(action); }
    Action operator()(const DeleteListElement& action) const { return list(action); }
    Action operator()(SetScore action) const
    {
        if (!hasOne()) {
            action.seen.reset();
            return action;
        }
        return scored(action);
    }
    Action operator()(const RenameSortedMember& action) const
    {
        const Action again = scored(action);
        const bool isAsBefore = again && std::get<RenameSortedMember>(*again).seen == action.seen;
        return isAsBefore ? std::nullopt : again; // the new name is what is in the way
    }
    Action operator()(const RemoveSortedMember& action) const { return scored(action); }
    Action operator()(DeleteStreamEntry action) const
    {
        if (!element) {
            return std::nullopt;
        }
        action.seen.clear();
        action.seenCells.clear();
        for (std::size_t at = 0; at + 1 < element->size(); at += 2) {
            action.seen.emplace_back((*element)[at], (*element)[at + 1]);
        }
        return action;
    }
    Action operator()(RenameKey action) const
    {
        action.overwrite = true;
        return action;
    }
    Action operator()(const DeleteKey& action) const { return action; }
    Action operator()(const SetExpiry& action) const { return action; }
    Action operator()(const ClearExpiry& action) const { return action; }
    Action operator()(SetFieldExpiry action) const
    {
        action.seen = fieldEnd;
        return element ? Action(action) : std::nullopt;
    }
    /// What has nothing to overwrite: it is there already, or gone.
    template <typename Other> Action operator()(const Other&) const { return std::nullopt; }
};

} // namespace

std::optional<KeyEdit> overwriting(const KeyEdit& edit, const KeyNow& now)
{
    Action action = std::visit(Reseen{now}, edit.action);
    if (!action || now.type == KeyType::None) {
        return std::nullopt;
    }
    KeyEdit again = edit;
    again.action = *std::move(action);
    again.seenExpiry = now.isExpiryKnown ? std::optional(SeenExpiry{now.expiresAt}) : std::nullopt;
    again.seenLength = now.length;
    again.seenContent.reset(); // it was told to be another
    return again;
}

} // namespace keyglass
