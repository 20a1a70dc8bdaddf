// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keybatch.h"
#include "core/base/result.h"
#include "core/bulk/batchstep.h"
#include "core/bulk/guardedwrite.h"
#include "core/bulk/keyreading.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// Writes to keys that stand in an archive, each in a transaction that shows what it writes to, so that a key is
/// noticed which somebody has changed since it was archived. For one batch.
///
/// A command that can't be in one transaction with the key it is for (its own key is of another slot, or the server
/// takes it in none) is sent as it is, over StepLanes::routed.
class ShownWrites {
public:
    /// Takes what was written to instead of what is archived. It is not kept here: the values of one call are held at a
    /// time, however many of a batch have changed.
    using KeepNewer = std::function<void(std::string_view key, const SeenKey& newer)>;

    /// `refusesChanged`: a key that has changed is left alone, by WATCH in groups of at most 50 keys.
    ShownWrites(ArchivingWays ways, bool refusesChanged, KeepNewer keepNewer);
    ShownWrites(const ShownWrites&) = delete;
    ShownWrites& operator=(const ShownWrites&) = delete;
    virtual ~ShownWrites() = default;

    /// What of a key is archived.
    void expect(std::string_view key, SeenState state);
    /// As sendForKeys(): a command for each key, and a reply for each. What is left alone is told by wasRefused().
    [[nodiscard]] virtual Result<std::vector<Reply>> send(const StepLanes& lanes, std::span<const Command> commands,
        const KeyBatch& keys, UnsettledKeys& unsettled, const std::stop_token& stop);

    /// Of all keys.
    [[nodiscard]] const std::map<std::string, SeenState, std::less<>>& expected() const { return m_expected; }

    /// It had changed, and was written to.
    [[nodiscard]] bool wasChanged(std::string_view key) const { return m_changed.contains(key); }
    /// It had changed, and was left alone.
    [[nodiscard]] bool wasRefused(std::string_view key) const { return m_refused.contains(key); }
    /// It went before it was to be written to.
    [[nodiscard]] bool isGone(std::string_view key) const { return m_gone.contains(key); }
    /// It could not be archived, and was left alone: why. Null: that was not so.
    [[nodiscard]] virtual const std::string* whyNotUndoable(std::string_view) const { return nullptr; }

protected:
    using Replies = std::vector<Reply>;
    void noteRefused(std::string_view key) { m_refused.emplace(key); }
    void noteGone(std::string_view key) { m_gone.emplace(key); }
    /// What no transaction takes, by the replies so far.
    [[nodiscard]] static Status sendPlain(const StepLanes& lanes, std::span<const Command> commands,
        const KeyBatch& keys, Replies& replies, const std::stop_token& stop);

private:
    [[nodiscard]] std::vector<KeyGroup> groups(
        const KeyBatch& keys, std::size_t mostKeys, std::uint64_t mostBytes, bool bySlot) const;
    [[nodiscard]] Status showGroup(const StepLanes& lanes, std::span<const Command> commands, const KeyBatch& keys,
        const KeyGroup& group, Replies& replies, const std::stop_token& stop);
    [[nodiscard]] Result<Replies> sendShown(const StepLanes& lanes, std::span<const Command> commands,
        const KeyBatch& keys, UnsettledKeys& unsettled, const std::stop_token& stop);
    [[nodiscard]] Status sendWatched(const StepLanes& lanes, std::span<const Command> commands, const KeyBatch& keys,
        const KeyGroup& group, Replies& replies, bool& isSent, const std::stop_token& stop);
    [[nodiscard]] bool isAsExpected(std::string_view key, const SeenKey& seen) const;
    void look(std::string_view key, const SeenKey& seen);

    ArchivingWays m_ways;
    const bool m_refusesChanged;
    const KeepNewer m_keepNewer;
    std::map<std::string, SeenState, std::less<>> m_expected;
    std::set<std::string, std::less<>> m_changed;
    std::set<std::string, std::less<>> m_refused;
    std::set<std::string, std::less<>> m_gone;
};

} // namespace keyglass
