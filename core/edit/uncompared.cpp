// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/uncompared.h"

#include "core/base/bytes.h"
#include "core/value/jsonparts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <variant>

namespace keyglass {

namespace {

struct Uncompared {
    Q_DECLARE_TR_FUNCTIONS(Uncompared)
};

QString numberText(std::uint64_t number)
{
    return QLocale().toString(static_cast<qulonglong>(number));
}

/// What of one row is compared less than in full. An order of what to tell.
enum Gap : std::size_t { FieldLength, FieldNothing, EntryLength, EntryId, Before, After, Both, GapCount, None };

Gap gapOf(const DeleteHashField& field)
{
    const bool isRead = field.seen.state != SeenBytes::State::NotLooked;
    return isRead ? None : field.seenSize ? FieldLength : FieldNothing;
}

Gap gapOf(const DeleteStreamEntry& entry)
{
    const auto hasSize = [](const ValueCell& cell) { return cell.size.has_value(); };
    const bool isRead = std::ranges::all_of(entry.seenCells, &ValueCell::isWhole);
    return isRead ? None : std::ranges::all_of(entry.seenCells, hasSize) ? EntryLength : EntryId;
}

Gap gapBeside(bool isBeforeUnread, bool isAfterUnread)
{
    return isBeforeUnread && isAfterUnread ? Both : isBeforeUnread ? Before : isAfterUnread ? After : None;
}

/// Of a list's element. Before the first there is nothing to look at.
Gap gapOf(const SeenListPlace& place)
{
    using State = SeenBytes::State;
    return gapBeside(place.index > 0 && place.before.state == State::NotLooked, place.after.state == State::NotLooked);
}

/// Only of an array's element are the neighbours compared.
template <typename JsonEdit> Gap gapOfPart(const JsonEdit& edit)
{
    using State = SeenBytes::State;
    const auto place = jsonPlaceInArray(edit.path);
    return place
        ? gapBeside(place->index > 0 && edit.before.state == State::NotLooked, edit.after.state == State::NotLooked)
        : None;
}

Gap gapOf(const EditAction& action)
{
    if (const auto* field = std::get_if<DeleteHashField>(&action)) {
        return gapOf(*field);
    }
    if (const auto* entry = std::get_if<DeleteStreamEntry>(&action)) {
        return gapOf(*entry);
    }
    if (const auto* set = std::get_if<SetListElement>(&action)) {
        return gapOf(set->seen);
    }
    if (const auto* insert = std::get_if<InsertListElement>(&action)) {
        return gapOf(insert->seen);
    }
    if (const auto* gone = std::get_if<DeleteListElement>(&action)) {
        return gapOf(gone->seen);
    }
    if (const auto* set = std::get_if<SetJson>(&action)) {
        return set->seen.state == SeenBytes::State::Absent ? None : gapOfPart(*set); // a new part has no place yet
    }
    const auto* gone = std::get_if<DeleteJson>(&action);
    return gone ? gapOfPart(*gone) : None;
}

QString textOf(Gap gap)
{
    switch (gap) {
    case FieldLength:
        return Uncompared::tr("Its value was not read: only its length is compared before it is deleted.");
    case FieldNothing:
        return Uncompared::tr("Its value was not read: it is not compared before it is deleted.");
    case EntryLength:
        return Uncompared::tr("Not all of it was read: of the rest only the length is compared before it is deleted.");
    case EntryId:
        return Uncompared::tr("It is longer than one answer may be: only its ID is compared before it is deleted.");
    case Before:
        return Uncompared::tr("The element before it was not read and is not compared.");
    case After:
        return Uncompared::tr("The element behind it was not read and is not compared.");
    case Both:
        return Uncompared::tr("The elements before and behind it were not read and are not compared.");
    default:
        return {};
    }
}

QString textOf(Gap gap, std::size_t rows)
{
    const QString count = numberText(rows);
    switch (gap) {
    case FieldLength:
        return rows == 1
            ? Uncompared::tr("The value of 1 row was not read: only its length is compared.")
            : Uncompared::tr("The values of %1 rows were not read: only their lengths are compared.").arg(count);
    case FieldNothing:
        return rows == 1 ? Uncompared::tr("The value of 1 row was not read: it is not compared.")
                         : Uncompared::tr("The values of %1 rows were not read: they are not compared.").arg(count);
    case EntryLength:
        return rows == 1
            ? Uncompared::tr("Of 1 entry not all was read: of the rest only the length is compared.")
            : Uncompared::tr("Of %1 entries not all was read: of the rest only the lengths are compared.").arg(count);
    case EntryId:
        return rows == 1
            ? Uncompared::tr("1 entry is longer than one answer may be: only its ID is compared.")
            : Uncompared::tr("%1 entries are longer than one answer may be: only their IDs are compared.").arg(count);
    case Before:
    case After:
    case Both:
        return rows == 1
            ? Uncompared::tr("Beside 1 row stands an element that was not read: it is not compared.")
            : Uncompared::tr("Beside %1 rows stand elements that were not read: they are not compared.").arg(count);
    default:
        return {};
    }
}

/// Of a key that goes as a whole.
QString uncomparedText(const KeyEdit& edit, const DeleteKey& /*deletion*/)
{
    const auto& content = edit.seenContent;
    if (edit.seenDump) {
        return {};
    }
    if (!content || content->parts.empty()) {
        return edit.seenLength
            ? Uncompared::tr("Its content was not read: only its type, its length and its time to live are compared "
                             "before it is deleted.")
            : Uncompared::tr("Its content was not read and is not compared before it is deleted.");
    }
    if (content->type == KeyType::Json) {
        return {}; // all of it was seen
    }
    const auto isRead = [](const SeenContent::Part& part) { return part.content.state != SeenBytes::State::NotLooked; };
    const bool isString = content->type == KeyType::String;
    const std::uint64_t read = isString ? content->parts.front().size.value_or(0)
                                        : static_cast<std::uint64_t>(std::ranges::count_if(content->parts, isRead));
    if (!edit.seenLength) {
        return Uncompared::tr("Only what was read of it is compared before it is deleted.");
    }
    if (read >= *edit.seenLength) {
        return {};
    }
    return isString
        ? Uncompared::tr("The first %1 of its %2 are compared before it is deleted; of the rest only the length.")
              .arg(sizeText(ByteCount{read}), sizeText(ByteCount{*edit.seenLength}))
        : Uncompared::tr("%1 of its %2 elements are compared before it is deleted; of the others only their number, or "
                         "length.")
              .arg(numberText(read), numberText(*edit.seenLength));
}

} // namespace

QString uncomparedText(const KeyEdit& edit)
{
    if (const auto* deletion = std::get_if<DeleteKey>(&edit.action)) {
        return uncomparedText(edit, *deletion);
    }
    return textOf(gapOf(edit.action));
}

QString uncomparedText(const BatchPlan& plan)
{
    std::array<std::size_t, GapCount> rows{};
    const auto note = [&rows](Gap gap) {
        if (gap < GapCount) {
            ++rows.at(gap >= Before ? Both : gap);
        }
    };
    for (const KeyEdit& edit : plan.edits) {
        if (const auto* list = std::get_if<ChangeListElements>(&edit.action)) {
            std::ranges::for_each(list->changes, [&](const auto& change) { note(gapOf(change.seen)); });
        } else {
            note(gapOf(edit.action));
        }
    }
    QStringList sentences;
    for (std::size_t gap = 0; gap < GapCount; ++gap) {
        if (rows.at(gap) > 0) {
            sentences += textOf(static_cast<Gap>(gap), rows.at(gap));
        }
    }
    return sentences.join(u' ');
}

} // namespace keyglass
