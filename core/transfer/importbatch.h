// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/guardedwrite.h"
#include "core/transfer/importrun.h"
#include "core/transfer/passingname.h"

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// One key that is being made.
struct ImportedKey {
    KeyPart part;                        ///< What is to be written next.
    std::string name;                    ///< The passing one.
    bool isThere = false;                ///< There is a key of its own name already.
    std::optional<SeenState> archived{}; ///< What of that one is archived; nothing: it is not.
    bool isBegun = false;                ///< Something stands under the passing name.
    bool mayBeNamed = false;             ///< The line broke when it was to get its own name.
    bool isAgain = false;                ///< It was begun before, on a line that was lost.
    std::optional<Outcome> outcome{};
    std::string detail{}; ///< Of the outcome; until then what is to be told although it is done.

    void settle(Outcome what, std::string_view why)
    {
        outcome = what;
        detail = why;
    }
};

/// The steps in which keys are made, for many small ones or one large one at a time. An Error is the line's or the
/// archive's; then keys with `maybeNamed` may have got their names.
class ImportSteps {
public:
    ImportSteps(ImportLanes& lanes, ImportOptions& options, UndoArchiveWriter* archive);

    /// Which of them are there: with ImportConflict::Skip and Fail these are settled.
    [[nodiscard]] Status look(std::vector<ImportedKey>& keys, const std::stop_token& stop);
    /// Writes their parts under passing names; settles those that the server refuses.
    [[nodiscard]] Status make(std::vector<ImportedKey>& keys, const std::stop_token& stop);
    /// Archives what is replaced, and gives them their ends and their own names. Settles all.
    [[nodiscard]] Status name(std::vector<ImportedKey>& keys, const std::stop_token& stop);
    /// Takes away what was made of those that came to nothing.
    [[nodiscard]] Status clean(std::vector<ImportedKey>& keys, const std::stop_token& stop);
    /// Whether naming was under way when the line broke.
    [[nodiscard]] bool mayBeNamed() const { return m_isNaming; }

private:
    [[nodiscard]] Status archive(std::vector<ImportedKey>& keys, const std::stop_token& stop);
    [[nodiscard]] Status archiveOf(Lane& lane, std::vector<ImportedKey*> keys, const std::stop_token& stop);
    [[nodiscard]] Result<std::vector<Reply>> sendPatiently(
        Lane& lane, std::span<const Command> commands, const std::stop_token& stop) const;
    [[nodiscard]] Status endAgain(
        const ImportedKey& key, Reply& ended, const Reply& renamed, const std::stop_token& stop);
    [[nodiscard]] Status settleNames(
        const std::vector<ImportedKey*>& keys, std::vector<Reply>&& replies, const std::stop_token& stop);
    [[nodiscard]] bool isWatched(const ImportedKey& key) const;
    [[nodiscard]] Status nameWatched(const std::vector<ImportedKey*>& keys, const std::stop_token& stop);
    [[nodiscard]] Command naming(const ImportedKey& key) const;
    void take(ImportedKey& key, ArchivedKey&& archived) const;
    void named(ImportedKey& key, const Reply& ended, const Reply& renamed) const;

    ImportLanes& m_lanes;
    ImportOptions& m_options;
    UndoArchiveWriter* const m_archive;
    PassingNames m_names;
    bool m_isNaming = false;
    bool m_hasScripts = true; ///< EVAL is there, and allowed.
};

/// How a key that is in the way is told.
inline constexpr std::string_view isInTheWay = "there is a key of this name already";

} // namespace keyglass
