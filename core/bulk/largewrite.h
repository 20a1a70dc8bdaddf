// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivewriter.h"
#include "core/bulk/largereader.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

namespace keyglass {

class Lane;

/// Writes to one key at a time that is too large for one DUMP: it is read in parts under WATCH, archived, and written
/// to (deleted, replaced) if nobody else has since. What others write to all the time is left alone.
class LargeWrite {
public:
    /// Why a key of this type is not what a preview saw; nothing: it is.
    using WhyChanged = std::function<std::optional<std::string>(std::string_view key, std::string_view type)>;

    /// `archive` must outlive it. `reason`: what the archive says.
    LargeWrite(UndoArchiveWriter& archive, std::unique_ptr<LargeReader> reader, int database, UndoReason reason,
        WhyChanged whyChanged = {});

    /// Done: `answer` is what the last of the writes was answered, which is no error. Missing, Changed, NotUndoable (of
    /// a type that is not read in parts), Failed.
    struct Told {
        LargeReader::Told what;
        bool isElsewhere = false; ///< The detail is the redirect.
        Reply answer{};
    };
    /// `size`: of the key, in memory. `writes`: one or more, of one transaction. `isUnderWay` is true while they may
    /// have been done without our knowing: after an Error, which is the line's, the archive's, or Cancelled. `lane`:
    /// one node's, where MULTI is known to be allowed; it watches nothing afterwards.
    [[nodiscard]] Result<Told> run(Lane& lane, const std::string& key, std::uint64_t size,
        std::span<const Command> writes, bool& isUnderWay, const std::stop_token& stop);

    /// Archives it and does nothing to it. Done, Missing, Changed, NotUndoable, Failed.
    [[nodiscard]] Result<Told> keep(
        Lane& lane, const std::string& key, std::uint64_t size, const std::stop_token& stop);

private:
    /// Nothing: it was written to meanwhile.
    using Settled = std::optional<Told>;
    [[nodiscard]] Result<Settled> tryOnce(Lane& lane, const std::string& key, std::uint64_t size,
        std::span<const Command> writes, bool& isUnderWay, const std::stop_token& stop);
    [[nodiscard]] Result<LargeReader::Told> archive(
        Lane& lane, const std::string& key, std::string_view type, std::uint64_t size, const std::stop_token& stop);
    [[nodiscard]] Result<Settled> commit(Lane& lane, std::uint64_t opening, const std::string& key,
        std::span<const Command> writes, bool& isUnderWay, const std::stop_token& stop) const;

    UndoArchiveWriter& m_archive;
    const std::unique_ptr<LargeReader> m_reader;
    const int m_database;
    const UndoReason m_reason;
    const WhyChanged m_whyChanged;
};

} // namespace keyglass
