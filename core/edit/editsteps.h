// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/edit/editabilities.h"
#include "core/edit/keyedit.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// A question asked before the writing.
struct EditRead {
    /// How its answer counts when the writing has to be decided on the server (casscript.h).
    enum class Weight {
        Exact, ///< It has to be the same still.
        About, ///< A time left: the same but for the time that went by.
        Aside, ///< Others may change it.
    };
    Command command;
    Weight weight = Weight::Exact;
    bool mayFail = false; ///< An error is an answer as well: a command that older servers don't know.
};

/// What one look at a key brought.
struct Observation {
    std::string typeName; ///< "none": there is no such key.
    bool isExpiryKnown = false;
    std::optional<Milliseconds> ttl;
    ExpiryTime asOf{};          ///< By this machine's clock.
    std::vector<Reply> replies; ///< To EditSteps::reads(), in order.

    /// Where `at` was not asked (no look yet), a nil reply.
    [[nodiscard]] const Reply& reply(std::size_t at) const;
    [[nodiscard]] std::optional<ExpiryTime> expiresAt() const;
};

/// How one kind of edit is done: what it reads, when that is as seen, and what it writes then. Sends nothing itself.
class EditSteps {
public:
    explicit EditSteps(std::string key)
        : m_key(std::move(key))
    {
    }
    EditSteps(const EditSteps&) = delete;
    EditSteps& operator=(const EditSteps&) = delete;
    virtual ~EditSteps() = default;

    [[nodiscard]] const std::string& key() const { return m_key; }
    /// The keys whose change by others calls the transaction off.
    [[nodiscard]] virtual std::vector<std::string> watched() const { return {m_key}; }
    /// The type that the key must have; "none": it must not be there; empty: any that is there.
    [[nodiscard]] virtual std::string typeName() const = 0;
    [[nodiscard]] virtual std::vector<EditRead> reads() const { return {}; }
    [[nodiscard]] virtual bool isAsSeen(const Observation&) const { return true; }
    /// As KeyNow::element.
    [[nodiscard]] virtual std::optional<std::vector<std::string>> element(const Observation&) const { return {}; }
    /// As KeyNow::fieldEnd.
    [[nodiscard]] virtual std::optional<SeenExpiry> fieldEnd(const Observation&) const { return {}; }
    /// As KeyNow::fieldSize.
    [[nodiscard]] virtual std::optional<std::uint64_t> fieldSize(const Observation&) const { return {}; }
    /// As KeyNow::before and KeyNow::after.
    [[nodiscard]] virtual std::pair<SeenBytes, SeenBytes> neighbours(const Observation&) const
    {
        return {SeenBytes::notLooked(), SeenBytes::notLooked()};
    }
    /// As KeyNow::length.
    [[nodiscard]] virtual std::optional<std::uint64_t> keyLength(const Observation&) const { return {}; }
    /// As KeyNow::isOtherContent.
    [[nodiscard]] virtual bool isOtherContent(const Observation&) const { return false; }
    /// As KeyNow::index.
    [[nodiscard]] virtual std::optional<std::uint64_t> unlikeIndex(const Observation&) const { return {}; }
    /// As EditOutcome::fieldEnded.
    [[nodiscard]] virtual bool hasFieldEnded(const Observation&) const { return false; }
    /// As EditOutcome::fieldExpiryChanged.
    [[nodiscard]] virtual bool isFieldEndChanged(const Observation&) const { return false; }
    /// What can't be done although all is as seen: a time in the past (Input), a time to live that this user may not
    /// see and would delete (Permission).
    [[nodiscard]] virtual Status judge(const Observation&) const { return ok(); }
    /// In one transaction. Without any look at the server (an empty observation) it names the same commands, for the
    /// gate.
    [[nodiscard]] virtual std::vector<Command> writes(const Observation& now) const = 0;
    /// The key that is there afterwards.
    [[nodiscard]] virtual const std::string& resultKey() const { return m_key; }
    /// `before`: what was looked at before the writing that was answered so.
    virtual void takeReplies(const Observation&, std::span<const Reply>, EditOutcome&) const { }

    /// A question whose answer comes with the writing: what the server made of it.
    [[nodiscard]] virtual std::optional<Command> readBack() const { return {}; }
    virtual void takeReadBack(const Reply&, EditOutcome&) const { }
    /// Whether nothing was done although some of writes() were taken: one that failed was all there was to it.
    [[nodiscard]] virtual bool hasChangedNothing(std::span<const Reply>) const { return false; }

    // --- after a lost line
    [[nodiscard]] virtual std::vector<EditRead> readsAfterLoss(const Observation&) const { return reads(); }
    [[nodiscard]] virtual bool isDone(const Observation& before, const Observation& now) const = 0;
    /// Whether all is as before it, so that it was not done.
    [[nodiscard]] virtual bool isUntouched(const Observation& before, const Observation& now) const;

private:
    const std::string m_key;
};

/// Input where the edit makes no sense by itself (a field without a hash, a time in the past).
[[nodiscard]] Result<std::unique_ptr<EditSteps>> stepsOf(const KeyEdit& edit, const EditAbilities& abilities);

// One function for each type; what is not its own is not theirs to answer.
[[nodiscard]] std::unique_ptr<EditSteps> stringSteps(
    const std::string& key, const SetString& action, const EditAbilities& abilities);
[[nodiscard]] std::unique_ptr<EditSteps> stringSteps(const std::string& key, const SetStringRange& action);
[[nodiscard]] std::unique_ptr<EditSteps> stringSteps(const std::string& key, const InsertBytes& action);
[[nodiscard]] std::unique_ptr<EditSteps> hashSteps(
    const std::string& key, const SetHashField& action, const EditAbilities& abilities);
[[nodiscard]] std::unique_ptr<EditSteps> hashSteps(
    const std::string& key, const DeleteHashField& action, const EditAbilities& abilities);
[[nodiscard]] std::unique_ptr<EditSteps> fieldExpirySteps(const std::string& key, const SetFieldExpiry& action);
[[nodiscard]] std::unique_ptr<EditSteps> listSteps(const std::string& key, const SetListElement& action);
[[nodiscard]] std::unique_ptr<EditSteps> listSteps(const std::string& key, const InsertListElement& action);
[[nodiscard]] std::unique_ptr<EditSteps> listSteps(const std::string& key, const PushListElement& action);
[[nodiscard]] std::unique_ptr<EditSteps> listSteps(const std::string& key, const DeleteListElement& action);
[[nodiscard]] std::unique_ptr<EditSteps> listSteps(const std::string& key, const ChangeListElements& action);
[[nodiscard]] std::unique_ptr<EditSteps> setSteps(const std::string& key, const AddSetMember& action);
[[nodiscard]] std::unique_ptr<EditSteps> setSteps(const std::string& key, const RemoveSetMember& action);
[[nodiscard]] std::unique_ptr<EditSteps> setSteps(const std::string& key, const ReplaceSetMember& action);
[[nodiscard]] std::unique_ptr<EditSteps> sortedSetSteps(const std::string& key, const SetScore& action);
[[nodiscard]] std::unique_ptr<EditSteps> sortedSetSteps(const std::string& key, const RenameSortedMember& action);
[[nodiscard]] std::unique_ptr<EditSteps> sortedSetSteps(const std::string& key, const RemoveSortedMember& action);
[[nodiscard]] std::unique_ptr<EditSteps> streamSteps(const std::string& key, const AddStreamEntry& action);
[[nodiscard]] std::unique_ptr<EditSteps> streamSteps(const std::string& key, const DeleteStreamEntry& action);
[[nodiscard]] std::unique_ptr<EditSteps> jsonSteps(
    const KeyEdit& edit, const SetJson& action, const EditAbilities& abilities);
[[nodiscard]] std::unique_ptr<EditSteps> jsonSteps(const KeyEdit& edit, const DeleteJson& action);
[[nodiscard]] std::unique_ptr<EditSteps> jsonSteps(const KeyEdit& edit, const AppendJson& action);
[[nodiscard]] std::unique_ptr<EditSteps> renameSteps(const KeyEdit& edit, const RenameKey& action);
[[nodiscard]] std::unique_ptr<EditSteps> deleteSteps(const KeyEdit& edit, const EditAbilities& abilities);
/// `to`: nothing clears it.
[[nodiscard]] std::unique_ptr<EditSteps> expirySteps(
    const KeyEdit& edit, std::optional<NewExpiry> to, const EditAbilities& abilities);
[[nodiscard]] std::unique_ptr<EditSteps> createSteps(const std::string& key, const CreateKey& action);

/// Both ends of a key's life: whether another has changed it since. A second or so is no change: that is how exactly
/// two answers of PTTL can be compared. False where one of them is not known.
[[nodiscard]] bool isExpiryChanged(const std::optional<SeenExpiry>& seen, const Observation& now);
inline constexpr Milliseconds expiryTolerance{1500};

/// Input where it is a point in time that the server's clock has passed: PEXPIREAT would delete the key.
[[nodiscard]] Status checkNotPast(const NewExpiry& expiry, const Reply& timeReply);
/// PEXPIRE or PEXPIREAT.
[[nodiscard]] Command expiryCommand(const std::string& key, const NewExpiry& expiry);

/// The questions that show again what was seen of a value, and whether the answers to them do.
[[nodiscard]] std::vector<EditRead> contentReads(const std::string& key, const SeenContent& seen);
[[nodiscard]] bool isContentStill(const SeenContent& seen, std::span<const Reply> replies);

/// 256 random bits: no element of any list is this.
[[nodiscard]] std::string randomMark();

/// The bytes of a text reply; nothing for any other.
[[nodiscard]] std::optional<std::string> bytesOf(const Reply& reply);
[[nodiscard]] bool isSame(const Reply& a, const Reply& b);

} // namespace keyglass
