// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivewriter.h"
#include "core/bulk/keyreading.h"
#include "core/bulk/largereader.h"
#include "core/bulk/previewmarks.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

class Lane;

/// Deletes one key at a time that is too large for one DUMP: read in parts under WATCH, archived, and deleted if nobody
/// has written to it since. What is written to all the time is left alone.
class LargeRemoval {
public:
    /// Why a key of this type is not what a preview saw; nothing: it is.
    using WhyChanged = std::function<std::optional<std::string>(std::string_view key, std::string_view type)>;

    /// `archive` must outlive it.
    LargeRemoval(UndoArchiveWriter& archive, std::unique_ptr<LargeReader> reader, int database, WhyChanged whyChanged);

    /// `ways`: loses UNLINK where that is missing. `isUnderWay` is true while the key may have been deleted without our
    /// knowing: after an Error, which is the line's, the archive's, or Cancelled. `lane`: one node's, which watches
    /// nothing afterwards. Done, Missing, Changed, NotUndoable (of a type that is not read in parts), Failed.
    struct Told {
        LargeReader::Told what;
        bool isElsewhere = false; ///< The detail is the redirect.
    };
    [[nodiscard]] Result<Told> remove(Lane& lane, const std::string& key, std::uint64_t size, ArchivingWays& ways,
        bool& isUnderWay, const std::stop_token& stop);

private:
    /// Nothing: it was written to meanwhile.
    using Settled = std::optional<Told>;
    [[nodiscard]] Result<Settled> tryOnce(Lane& lane, const std::string& key, std::uint64_t size, ArchivingWays& ways,
        bool& isUnderWay, const std::stop_token& stop);
    [[nodiscard]] Result<LargeReader::Told> archive(
        Lane& lane, const std::string& key, std::string_view type, std::uint64_t size, const std::stop_token& stop);
    [[nodiscard]] Result<Settled> commit(Lane& lane, std::uint64_t opening, const std::string& key, ArchivingWays& ways,
        bool& isUnderWay, const std::stop_token& stop) const;

    UndoArchiveWriter& m_archive;
    const std::unique_ptr<LargeReader> m_reader;
    const int m_database;
    const WhyChanged m_whyChanged;
};

} // namespace keyglass
