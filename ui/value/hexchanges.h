// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass::ui {

/// The bytes that were typed over in a hex view and are not written yet, with the steps that led there. A plain value.
class HexChanges {
public:
    struct Change {
        char seen = 0;
        char now = 0;
        bool isHalf = false; ///< Its second digit is still to come.

        friend bool operator==(const Change&, const Change&) = default;
    };
    /// Changed bytes without a gap between them: one edit.
    struct Stretch {
        std::uint64_t offset = 0;
        std::string seen; ///< What they were typed over.
        std::string now;

        friend bool operator==(const Stretch&, const Stretch&) = default;
    };

    [[nodiscard]] bool isEmpty() const { return m_changes.empty(); }
    [[nodiscard]] const std::map<std::uint64_t, Change>& all() const { return m_changes; }
    [[nodiscard]] std::vector<Stretch> stretches() const;

    /// A digit at `offset`, where `there` stands; true once the byte has both of its digits.
    bool type(std::uint64_t offset, char there, unsigned digit);
    /// All of them are taken back; one step, which can be undone.
    void takeBack();
    [[nodiscard]] bool canUndo() const { return !m_done.empty(); }
    [[nodiscard]] bool canRedo() const { return !m_undone.empty(); }
    /// Where something changed.
    std::optional<std::uint64_t> undo();
    std::optional<std::uint64_t> redo();

    /// These bytes are written: what was typed over them since then stays. There is no way back behind that.
    void written(const Stretch& stretch);
    /// The user knows by now that `bytes` stand at `offset`.
    void seeAgain(std::uint64_t offset, std::string_view bytes);

    /// What was typed earlier comes back where nothing is typed by now; where something is, by undoing that. No step of
    /// its own: it can be taken back only.
    void addEarlier(const HexChanges& earlier);

    /// For a draft: a line for each stretch, with its offset, and as hex digits what was seen and what is typed.
    [[nodiscard]] std::string text() const;
    /// Nothing where it is no such text.
    [[nodiscard]] static std::optional<HexChanges> fromText(std::string_view text);

private:
    struct Turn {
        std::uint64_t offset = 0;
        std::optional<Change> before;
        std::optional<Change> after;
    };
    using Step = std::vector<Turn>;

    void put(std::uint64_t offset, const std::optional<Change>& change);
    void take(Step step);
    void forgetSteps();
    /// Null where no step has changed it.
    [[nodiscard]] Turn* firstTurnAt(std::uint64_t offset);

    std::map<std::uint64_t, Change> m_changes; ///< By offset.
    std::vector<Step> m_done;
    std::vector<Step> m_undone;
};

} // namespace keyglass::ui
