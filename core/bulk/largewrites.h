// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/largewrite.h"
#include "core/bulk/shownwrites.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keyglass {

/// Writes to one key that is too large to be shown by a DUMP: it is archived in parts by the write itself, under WATCH.
class LargeWrites final : public ShownWrites {
public:
    /// `write` must outlive it; `size`: of the key, in memory. `evenUnarchived`: a key of a type that is not read in
    /// parts is written to as it is.
    LargeWrites(LargeWrite& write, std::uint64_t size, bool evenUnarchived, ArchivingWays ways);

    [[nodiscard]] Result<std::vector<Reply>> send(const StepLanes& lanes, std::span<const Command> commands,
        const KeyBatch& keys, UnsettledKeys& unsettled, const std::stop_token& stop) override;
    [[nodiscard]] const std::string* whyNotUndoable(std::string_view) const override
    {
        return m_notUndoable ? &*m_notUndoable : nullptr;
    }
    /// After a failure: it stands in the archive, and the line broke when it was written to.
    [[nodiscard]] bool mayBeWritten() const { return m_isUnderWay; }

private:
    [[nodiscard]] Result<Reply> sendOne(
        const StepLanes& lanes, const Command& command, std::string_view key, const std::stop_token& stop);

    LargeWrite& m_write;
    const std::uint64_t m_size;
    const bool m_evenUnarchived;
    bool m_isUnderWay = false;
    std::optional<std::string> m_notUndoable;
};

} // namespace keyglass
