// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/edit/groupedits.h"
#include "core/edit/seencontent.h"
#include "core/value/valuepage.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace keyglass {

/// A point in time of a key's end, in whole milliseconds as servers count them.
using ExpiryTime = std::chrono::sys_time<Milliseconds>;

/// When a key ends by itself, as it was seen; `at` by this machine's clock. Nothing in it: it did not end by itself.
struct SeenExpiry {
    std::optional<ExpiryTime> at;

    friend bool operator==(const SeenExpiry&, const SeenExpiry&) = default;
};

using FieldValues = std::vector<std::pair<std::string, std::string>>;
using MemberScores = std::vector<std::pair<std::string, double>>;

// --- what can be done to one key. What an action holds beside the new content is what the user saw.

/// The whole string. Both at most largestWholeValue.
struct SetString {
    std::string value;
    std::string seen;
};
/// The bytes from `offset` on are replaced by `bytes`, beyond the end too; the string never becomes shorter. `seen` is
/// what stood in their place: shorter than `bytes` where the string ended before.
struct SetStringRange {
    std::uint64_t offset = 0;
    std::string bytes;
    std::string seen;
};

/// What stands at `offset` and behind it moves on by `bytes`. Limit where that is more than longestMovedTail.
struct InsertBytes {
    std::uint64_t offset = 0;
    std::string bytes;
    std::string seen; ///< What stood there, as far as it was looked at: nothing at the end of the string.
};
/// The most that an insertion moves: it is read and written again in one step.
inline constexpr ByteCount longestMovedTail{16ULL * 1024 * 1024};

/// Adds the field (seen: absent) or changes it; its own time to live is kept.
struct SetHashField {
    std::string field;
    std::string value;
    SeenBytes seen;
    std::optional<ExpiryTime> seenEnd{}; ///< When it was to end, by the server's clock: tells what became of it.
    bool isEndKnown = false;             ///< That it was asked for: nothing in seenEnd means that it did not end then.
};
struct DeleteHashField {
    std::string field;
    SeenBytes seen;
    std::optional<std::uint64_t> seenSize{}; ///< Where nobody looked at its bytes: how many there were.
    /// When it was seen to end, by the server's clock: Conflict where that is another by now. Nothing: not compared.
    std::optional<SeenExpiry> seenEnd{};
};

/// An element of a list by its index, known again by its neighbours where they were looked at.
struct SeenListPlace {
    std::uint64_t index = 0;
    std::string element;
    SeenBytes before = SeenBytes::notLooked();
    SeenBytes after = SeenBytes::notLooked();
};
struct SetListElement {
    SeenListPlace seen;
    std::string value;
};
struct InsertListElement {
    enum class Side { Before, After };
    SeenListPlace seen;
    Side side = Side::Before;
    std::string value;
};
struct PushListElement {
    enum class End { Left, Right };
    End end = End::Right;
    std::string value;
};
struct DeleteListElement {
    SeenListPlace seen;
};

/// Several elements of a list in one transaction: before the first of them is changed, all of them and their neighbours
/// have to be as they were seen; else none is changed, and KeyNow::index says where.
struct ChangeListElements {
    struct Change {
        SeenListPlace seen;
        std::optional<std::string> value; ///< Nothing: it goes.
    };
    std::vector<Change> changes; ///< At least one, by ascending index, none twice.
};

struct AddSetMember {
    std::string member;
};
struct RemoveSetMember {
    std::string member;
};
struct ReplaceSetMember {
    std::string from;
    std::string to;
};

/// Adds the member (seen: nothing) or changes its score.
struct SetScore {
    std::string member;
    double score = 0;
    std::optional<double> seen;
};
struct RenameSortedMember {
    std::string from;
    std::string to;
    double seen = 0; ///< The score, which it keeps.
};
struct RemoveSortedMember {
    std::string member;
    double seen = 0;
};

struct AddStreamEntry {
    FieldValues fields;
    std::string id = "*"; ///< "*": the server gives it; EditOutcome::newId says which.
};
struct DeleteStreamEntry {
    std::string id;
    FieldValues seen; ///< Empty where not all of it was read.
    /// Its fields and values in turn, where not all of them were read: those that were are compared, and how long the
    /// others are. Where that is not known either, the entry is longer than a reply may be: its ID alone counts.
    std::vector<ValueCell> seenCells{};
};

/// What the path leads to in a JSON document (a path of jsonparts.h) becomes `json`, or comes to be: a member that its
/// object has not got yet. The path has to lead to one value; Input where `json` is none.
struct SetJson {
    std::string path;
    std::string json;
    SeenBytes seen;                            ///< As the server writes it.
    SeenBytes before = SeenBytes::notLooked(); ///< Of an array's element: its neighbours.
    SeenBytes after = SeenBytes::notLooked();
};
/// The member or element goes. Not the whole document, which DeleteKey is for.
struct DeleteJson {
    std::string path;
    std::string seen;
    SeenBytes before = SeenBytes::notLooked();
    SeenBytes after = SeenBytes::notLooked();
};

/// One more element at the end of the array that the path leads to, whatever it holds. Conflict where no array is
/// there.
struct AppendJson {
    std::string path;
    std::string json;
};

/// Refused with Conflict where `to` is there, unless `overwrite` was the user's explicit choice. In a cluster, to
/// another slot it is a copy that is verified and then a deletion: not atomic, and the outcome says so.
struct RenameKey {
    std::string to;
    bool overwrite = false;
};
/// Compared are its type, its length, when it ends and its content, as far as they were seen (KeyEdit).
struct DeleteKey { };
/// From now on for so long, or up to a point in time by the server's clock. Not in the past: that would be a deletion.
using NewExpiry = std::variant<Milliseconds, ExpiryTime>;
struct SetExpiry {
    NewExpiry expiry;
};
struct ClearExpiry { };
/// When one field of a hash ends by itself (Redis 7.4, Valkey 9); its value is not looked at.
struct SetFieldExpiry {
    std::string field;
    std::optional<NewExpiry> expiry; ///< Nothing: it does not end any more.
    /// When it was seen to end, by the server's clock, to the millisecond. Nothing: not compared.
    std::optional<SeenExpiry> seen{};
};

struct NewString {
    std::string value;
};
struct NewHash {
    FieldValues fields; ///< At least one; so it is with elements, members and entries.
};
struct NewList {
    std::vector<std::string> elements;
};
struct NewSet {
    std::vector<std::string> members;
};
struct NewSortedSet {
    MemberScores members;
};
struct NewStream {
    FieldValues fields; ///< Of its first entry.
    std::string id = "*";
};
/// A document, where the server has a module for them.
struct NewJson {
    std::string json;
};
/// Of any type: what DUMP of a key gave (keydump.h). Its own time to live is not in it.
struct NewFromDump {
    std::string dump;
};
/// A new key; refused with Conflict where there is one.
struct CreateKey {
    std::variant<NewString, NewHash, NewList, NewSet, NewSortedSet, NewStream, NewJson, NewFromDump> value;
    std::optional<NewExpiry> expiry;
};

using EditAction = std::variant<SetString, SetStringRange, SetHashField, DeleteHashField, SetListElement,
    InsertListElement, PushListElement, DeleteListElement, AddSetMember, RemoveSetMember, ReplaceSetMember, SetScore,
    RenameSortedMember, RemoveSortedMember, AddStreamEntry, DeleteStreamEntry, RenameKey, DeleteKey, SetExpiry,
    ClearExpiry, CreateKey, SetFieldExpiry, CreateGroup, DestroyGroup, MoveGroup, AcknowledgeEntries, ClaimEntries,
    ClaimIdleEntries, SetJson, DeleteJson, AppendJson, InsertBytes, ChangeListElements>;

/// One edit of one key: what to do, and what the user saw where it will be done. A plain value.
struct KeyEdit {
    std::string key;
    EditAction action;
    /// When the key was seen to end. SetExpiry, ClearExpiry and DeleteKey are refused with Conflict where it is another
    /// by now; everything else keeps it as it is and tells (EditOutcome::expiryChanged). Nothing: not compared.
    std::optional<SeenExpiry> seenExpiry{};
    /// The server's word for the type that was seen; compared by actions on the key as a whole. Empty: not compared.
    std::string seenType{};
    /// The session keeps what a deletion or an overwriting rename destroys in an undo archive, before it does it;
    /// EditOutcome::archiveFile says where. It is refused where that can't be done.
    bool archives = false;
    /// What DUMP showed of what a deletion or an overwriting rename destroys: Conflict where it is not that any more.
    /// Nothing: not compared.
    std::optional<std::string> seenDump{};
    /// How long it was seen to be, with a type: DeleteKey is refused with Conflict where it is of another length by
    /// now. Nothing: not compared.
    std::optional<std::uint64_t> seenLength{};
    /// What was seen of its content, with a type: DeleteKey is refused with Conflict where that is another by now, as
    /// far as this user may look. Nothing: not compared.
    std::optional<SeenContent> seenContent{};
    /// The undo archive that has what is destroyed already, for messages; empty: none has.
    QString archivedIn{};
};

/// What is at the key as of the answer.
struct KeyNow {
    std::string typeName; ///< The server's word; "none": there is no such key.
    KeyType type = KeyType::None;
    bool isExpiryKnown = false;          ///< False: PTTL is forbidden.
    std::optional<Milliseconds> ttl;     ///< Time left; nothing: it does not end by itself.
    std::optional<ExpiryTime> expiresAt; ///< The same as a point in time, as SeenExpiry takes it.
    /// The edited element; nothing where it is not there. String: {the bytes, or those of the range}; hash: {value};
    /// JSON: {the part's text}; list: {element}; set: {} ; sorted set: {score as the server writes it}; stream: {field,
    /// value, …}. Rename: {the type of what has the new name}; SetFieldExpiry: {}. Also nothing of other actions on the
    /// key as a whole, and where the edit was done: but of SetJson what the server made of the text.
    std::optional<std::vector<std::string>> element;
    /// Of what is done to one field of a hash: when it ends, by the server's clock. Nothing: not known, or not looked
    /// at.
    std::optional<SeenExpiry> fieldEnd;
    std::optional<std::uint64_t> fieldSize; ///< Of a field to be deleted whose bytes nobody looked at: how many.
    /// Of an element of a list, or of an array in a document: its neighbours, as far as they were looked at.
    SeenBytes before = SeenBytes::notLooked();
    SeenBytes after = SeenBytes::notLooked();
    std::optional<std::uint64_t> length; ///< Of DeleteKey with a length that was seen.
    bool isOtherContent = false;         ///< Of DeleteKey: what was seen of its content is not there any more.
    /// Of ChangeListElements: the first element that is not as it was seen, or a neighbour of which is not.
    std::optional<std::uint64_t> index;
};

/// What came of an edit. Nothing is ever half of one of these.
struct EditOutcome {
    enum class Status {
        Done,
        NotDone,   ///< The line was lost, and the server looked at again: the edit was not carried out.
        Conflict,  ///< What is there is not what was seen: `now` has it. Nothing was changed.
        Gone,      ///< The key is not there any more. Nothing was changed.
        WrongType, ///< The key holds another type by now. Nothing was changed.
        TooBusy,   ///< The element is as seen, but others change the key all the time. Nothing was changed.
        Unknown,   ///< The line was lost, and whether it was done before can't be told: `now`, `why`.
    };
    Status status = Status::Done;
    KeyNow now;                         ///< After it where it was done. Of a rename that was done: of the new key.
    bool expiryChanged = false;         ///< Another has changed when the key ends; that was kept.
    bool keyVanished = false;           ///< With its last element the key is gone.
    bool fieldEnded = false;            ///< The edited field is gone because its own time to live ran out.
    bool fieldExpiryChanged = false;    ///< Another has changed when the edited field ends; that was kept.
    bool isAtomic = true;               ///< False for a rename across slots.
    bool lineWasLost = false;           ///< The status was found out by looking again.
    int retries = 0;                    ///< How often others changed the key in between.
    bool usedScript = false;            ///< Decided by a script on the server in the end.
    QString archiveFile;                ///< The undo archive that has what was destroyed, or may be; empty: none.
    std::string newId;                  ///< Of a stream entry that was added.
    std::optional<std::uint64_t> count; ///< Entries of a group that it was done to (groupedits.h).
    bool isThereMore = false;           ///< ClaimIdleEntries has not looked at all of them.
    std::optional<Error> why; ///< With NotDone and Unknown how the line was lost; with TooBusy why no script helped.
};

/// The same edit for a user who has now seen what is there (EditOutcome::now of a Conflict) and wants it overwritten:
/// still guarded, against what changes after that; but when a field ends that is to be deleted, which others may renew
/// all the time, is not compared again once it was told to be another. Nothing where there is nothing to overwrite: the
/// member is there already, the field to be deleted is gone, a new key's name is taken.
[[nodiscard]] std::optional<KeyEdit> overwriting(const KeyEdit& edit, const KeyNow& now);

/// Whether the key as a whole is another than the user saw, by its length, its end or its content; of DeleteKey.
[[nodiscard]] bool isAnotherThanSeen(const KeyEdit& edit, const KeyNow& now);

/// One or two sentences for people about what came of an edit. Translated.
[[nodiscard]] QString outcomeText(const KeyEdit& edit, const EditOutcome& outcome);

/// `head`'s expiry in the form in which an edit carries it; nothing where it is not known.
[[nodiscard]] std::optional<SeenExpiry> seenExpiry(const ValueHead& head);

/// A score as servers take it: the shortest text that is exactly this number; "inf", "-inf".
[[nodiscard]] std::string scoreText(double score);
/// The number of a score's text as servers write it or people type it. Input where it is none, "nan" included.
[[nodiscard]] Result<double> parseScore(std::string_view text);

} // namespace keyglass
