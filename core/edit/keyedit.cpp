// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/keyedit.h"

#include "core/base/errortext.h"
#include "core/edit/editsteps.h"
#include "core/edit/groupsteps.h"
#include "core/value/pagereading.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace keyglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("KeyEdit", text);
}

QString shortName(const std::string& name)
{
    constexpr std::size_t longest = 200;
    return displayText(std::string_view(name).substr(0, longest))
        + (name.size() > longest ? QStringLiteral("…") : QString());
}

/// What was done, where that is one word: to the key as a whole.
QString deedText(const EditAction& action, const QString& subject)
{
    if (std::holds_alternative<CreateKey>(action)) {
        return tr("Created %1.").arg(subject);
    }
    if (const auto* rename = std::get_if<RenameKey>(&action)) {
        return tr("Renamed %1 to %2.").arg(subject, displayText(rename->to));
    }
    if (std::holds_alternative<DeleteKey>(action)) {
        return tr("Deleted %1.").arg(subject);
    }
    if (std::holds_alternative<SetExpiry>(action)) {
        return tr("Set the time to live of %1.").arg(subject);
    }
    if (std::holds_alternative<ClearExpiry>(action)) {
        return tr("%1 does not expire any more.").arg(subject);
    }
    if (const auto* field = std::get_if<SetFieldExpiry>(&action)) {
        return (field->expiry ? tr("Set the time to live of field %1 of %2.")
                              : tr("Field %1 of %2 does not expire any more."))
            .arg(shortName(field->field), subject);
    }
    return tr("Changed %1.").arg(subject);
}

/// What else came of what is done; each sentence with a space before it.
QString notesText(const EditAction& action, const EditOutcome& outcome)
{
    QString text;
    if (outcome.keyVanished && !std::holds_alternative<DeleteKey>(action)) {
        text += u' ' + tr("With its last element the key is gone.");
    }
    if (outcome.expiryChanged) {
        text += u' ' + tr("Somebody else has changed its time to live meanwhile; that was kept.");
    }
    if (outcome.fieldExpiryChanged) {
        text += u' ' + tr("Somebody else has changed when the field expires meanwhile; that was kept.");
    }
    if (!outcome.isAtomic) {
        text +=
            u' ' + tr("It moved to another slot by a copy and a deletion, which is not one step for other clients.");
    }
    if (outcome.lineWasLost) {
        text += u' ' + tr("The connection was lost before the answer; looking again showed it.");
    }
    return text;
}

QString doneText(const EditAction& action, const QString& subject, const EditOutcome& outcome)
{
    QString text = deedText(action, subject);
    const auto* field = std::get_if<DeleteHashField>(&action);
    if (field && field->seen.state == SeenBytes::State::NotLooked) {
        text += u' '
            + (field->seenSize ? tr("Only the length of its value was compared, for it had not been read.")
                               : tr("Its value was not compared, for it had not been read."));
    }
    const auto* entry = std::get_if<DeleteStreamEntry>(&action);
    if (entry && !entry->seenCells.empty()) {
        const bool isReadable =
            std::ranges::all_of(entry->seenCells, [](const ValueCell& cell) { return cell.size.has_value(); });
        text += u' '
            + (isReadable ? tr("Of what had not been read only the length was compared.")
                          : tr("Only its ID was compared, for it is longer than one answer may be."));
    }
    return text + notesText(action, outcome);
}

/// Which field of a hash it is about; null: about none.
const std::string* fieldOf(const EditAction& action)
{
    if (const auto* set = std::get_if<SetHashField>(&action)) {
        return &set->field;
    }
    if (const auto* gone = std::get_if<DeleteHashField>(&action)) {
        return &gone->field;
    }
    const auto* expiry = std::get_if<SetFieldExpiry>(&action);
    return expiry ? &expiry->field : nullptr;
}

/// The field has ended by itself, and perhaps its key with it.
QString endedText(const KeyEdit& edit, const QString& subject)
{
    return tr("Field %1 of %2 is gone: its time to live ran out since it was loaded. Nothing was changed.")
        .arg(shortName(*fieldOf(edit.action)), subject);
}

QString fieldExpiryConflict(const std::string& field, const QString& subject, const EditOutcome& outcome)
{
    return (outcome.now.element ? tr("Field %1 of %2 has another time to live by now; nothing was changed.")
                                : tr("Field %1 of %2 is not there any more; nothing was changed."))
        .arg(shortName(field), subject);
}

/// A field that was to be deleted holds what it held, and ends at another time.
bool isAnotherEndAlone(const DeleteHashField& action, const KeyNow& now)
{
    const bool isAnotherEnd = action.seenEnd && now.fieldEnd && action.seenEnd != now.fieldEnd;
    return isAnotherEnd && now.element && !now.element->empty() && action.seen.fits(now.element->front());
}

/// The score that a sorted set's member has now; empty: it is about none, or the member is gone.
QString scoreNow(const EditAction& action, const KeyNow& now)
{
    const bool isScored = std::holds_alternative<SetScore>(action) || std::holds_alternative<RenameSortedMember>(action)
        || std::holds_alternative<RemoveSortedMember>(action);
    return isScored && now.element && !now.element->empty() ? displayText(now.element->front()) : QString();
}

/// What was to be new is there already: nobody need have changed anything since. Empty: that is not what is in the way.
QString takenText(const EditAction& action, const QString& subject, const KeyNow& now)
{
    if (!now.element) {
        return {};
    }
    const auto* renamed = std::get_if<RenameSortedMember>(&action);
    const auto score = renamed && !now.element->empty() ? parseScore(now.element->front()) : Result<double>(Error{});
    if (std::holds_alternative<ReplaceSetMember>(action) || (score && *score == renamed->seen)) {
        return tr("%1 has a member of the new content already; nothing was changed.").arg(subject);
    }
    if (std::holds_alternative<AddSetMember>(action)) {
        return tr("%1 has this member already; nothing was changed.").arg(subject);
    }
    if (const auto* added = std::get_if<SetScore>(&action); added && !added->seen) {
        return tr("%1 has this member already, with the score %2; nothing was changed.")
            .arg(subject, scoreNow(action, now));
    }
    if (const auto* field = std::get_if<SetHashField>(&action);
        field && field->seen.state == SeenBytes::State::Absent) {
        return tr("%1 has field %2 already; nothing was overwritten.").arg(subject, shortName(field->field));
    }
    if (const auto* part = std::get_if<SetJson>(&action); part && part->seen.state == SeenBytes::State::Absent) {
        return tr("%1 has a value at %2 already; nothing was overwritten.").arg(subject, shortName(part->path));
    }
    const auto* entry = std::get_if<AddStreamEntry>(&action);
    return entry ? tr("%1 has an entry of the ID %2 already; nothing was changed.").arg(subject, shortName(entry->id))
                 : QString();
}

QString conflictText(const KeyEdit& edit, const QString& subject, const EditOutcome& outcome)
{
    if (const QString text = takenText(edit.action, subject, outcome.now); !text.isEmpty()) {
        return text;
    }
    if (const QString score = scoreNow(edit.action, outcome.now); !score.isEmpty()) {
        return tr("%1 was changed by somebody else since it was loaded: the score is %2 now. Nothing was overwritten.")
            .arg(subject, score);
    }
    if (const auto* field = std::get_if<SetFieldExpiry>(&edit.action)) {
        return fieldExpiryConflict(field->field, subject, outcome);
    }
    const auto* gone = std::get_if<DeleteHashField>(&edit.action);
    if (gone && isAnotherEndAlone(*gone, outcome.now)) {
        return fieldExpiryConflict(gone->field, subject, outcome);
    }
    if (std::holds_alternative<CreateKey>(edit.action)) {
        return tr("%1 exists already; nothing was changed.").arg(subject);
    }
    if (std::holds_alternative<DeleteKey>(edit.action)) {
        return tr("%1 was changed by somebody else since it was loaded; it was not deleted.").arg(subject);
    }
    if (const auto* rename = std::get_if<RenameKey>(&edit.action)) {
        return tr("%1 can't get the name %2: there is such a key. Nothing was changed.")
            .arg(subject, displayText(rename->to));
    }
    const bool isExpiry =
        std::holds_alternative<SetExpiry>(edit.action) || std::holds_alternative<ClearExpiry>(edit.action);
    if (isExpiry) {
        return tr("%1 has another time to live by now; nothing was changed.").arg(subject);
    }
    if (outcome.now.index) {
        return tr("%1 was changed by somebody else since it was loaded, at index %2 or beside it; none of its elements "
                  "was changed.")
            .arg(subject)
            .arg(*outcome.now.index);
    }
    return outcome.now.element
        ? tr("%1 was changed by somebody else since it was loaded; nothing was overwritten.").arg(subject)
        : tr("%1: what was to be changed is not there any more; nothing was changed.").arg(subject);
}

} // namespace

bool isAnotherThanSeen(const KeyEdit& edit, const KeyNow& now)
{
    if (!std::holds_alternative<DeleteKey>(edit.action)) {
        return false;
    }
    Observation seen;
    seen.isExpiryKnown = now.isExpiryKnown;
    seen.ttl = now.ttl;
    seen.asOf = now.expiresAt && now.ttl ? *now.expiresAt - *now.ttl : ExpiryTime();
    const bool isOtherLength = now.length && edit.seenLength && *now.length != *edit.seenLength;
    return isOtherLength || now.isOtherContent || isExpiryChanged(edit.seenExpiry, seen);
}

QString outcomeText(const KeyEdit& edit, const EditOutcome& outcome)
{
    const QString subject = keySubject(edit.key);
    const QString why = outcome.why ? u' ' + errorText(*outcome.why) : QString();
    if (outcome.fieldEnded && fieldOf(edit.action)) {
        return endedText(edit, subject);
    }
    if (const QString text = groupOutcomeText(edit, outcome); !text.isEmpty()) {
        return outcome.status == EditOutcome::Status::Done ? text + notesText(edit.action, outcome) : text;
    }
    switch (outcome.status) {
    case EditOutcome::Status::Done:
        return doneText(edit.action, subject, outcome);
    case EditOutcome::Status::NotDone:
        return tr("%1 was not changed: the connection was lost before.").arg(subject) + why;
    case EditOutcome::Status::Conflict:
        return conflictText(edit, subject, outcome);
    case EditOutcome::Status::Gone:
        return tr("%1 does not exist any more; nothing was changed.").arg(subject);
    case EditOutcome::Status::WrongType:
        return tr("%1 holds another type by now (%2); nothing was changed.")
            .arg(subject, displayText(outcome.now.typeName));
    case EditOutcome::Status::TooBusy:
        return tr("%1 is changed by others all the time; nothing was changed. Try again.").arg(subject) + why;
    case EditOutcome::Status::Unknown:
        break;
    }
    const QString kept = outcome.archiveFile.isEmpty()
        ? QString()
        : u' ' + tr("What it may have destroyed is kept in the undo archive %1.").arg(outcome.archiveFile);
    return tr("Whether %1 was changed is not known: the connection was lost. Reload it to see.").arg(subject) + kept
        + why;
}

std::optional<SeenExpiry> seenExpiry(const ValueHead& head)
{
    if (head.gap(ValueHead::Gap::Part::Ttl)) {
        return std::nullopt;
    }
    if (head.expiresAt) {
        return SeenExpiry{std::chrono::floor<Milliseconds>(*head.expiresAt)};
    }
    if (!head.ttl) {
        return SeenExpiry{};
    }
    const auto now = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
    return SeenExpiry{*head.ttl > ExpiryTime::max() - now ? ExpiryTime::max() : now + *head.ttl};
}

std::string scoreText(double score)
{
    if (std::isinf(score)) {
        return score < 0 ? "-inf" : "inf";
    }
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), score);
    return {text.data(), end.ptr};
}

Result<double> parseScore(std::string_view text)
{
    const std::string_view number = text.starts_with('+') ? text.substr(1) : text;
    double score = 0;
    const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), score);
    if (number.empty() || problem != std::errc{} || end != number.data() + number.size() || std::isnan(score)) {
        return Error{ErrorKind::Input, tr("The score"), tr("It has to be a number, inf or -inf.")};
    }
    return score;
}

} // namespace keyglass
