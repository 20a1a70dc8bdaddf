// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/console/commandwords.h"
#include "core/net/command.h"
#include "core/net/reply.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

class CommandTable;

/// What an operation is put together from: the elements of one reply of a scan.
struct ScannedElements {
    std::vector<Reply>
        raw; ///< As the server gave them: of HSCAN fields and values in turn, of ZSCAN members and scores.
    std::size_t stride = 1; ///< How many of `raw` make one element; the first of them is its name.

    [[nodiscard]] std::size_t count() const { return raw.size() / stride; }
    /// Key, member or field.
    [[nodiscard]] std::string_view name(std::size_t at) const { return raw[at * stride].text; }
    /// All that the reply says of one element.
    [[nodiscard]] std::span<const Reply> part(std::size_t at) const
    {
        return std::span(raw).subspan(at * stride, stride);
    }
};

/// The operation of a scan-bound command (RCP 6): a command with places for what was scanned.
///
/// `*` is the element, in FORALL all elements; `**` what the reply says of it, or of all, as it is (with values of
/// HSCAN and scores of ZSCAN); `@` the element's position in the reply from 0, in FORALL 0; `#` the number of elements.
/// They are put in outside of quotes and in "…", never in '…'; `\*`, `\@`, `\#` are the signs themselves. `*` and `**`
/// as words of their own become one argument for each element; inside a longer word, or with a delimiter, they become
/// one text, joined by it. The operation is split into words before anything is put in, and what was put in is not
/// looked at again: bytes of a key never become another word, sign or command. Immutable.
class OperationTemplate {
public:
    enum class Mode { ForEach, ForAll };

    /// Input where the words can't be told apart; where a sign stands for the command's name, its subcommand or a
    /// script; where the operation is a scan; where a FORALL joins elements without a delimiter.
    [[nodiscard]] static Result<OperationTemplate> parse(
        std::string_view operation, Mode mode, std::optional<std::string> delimiter, const CommandTable& table);

    [[nodiscard]] Mode mode() const { return m_mode; }
    /// True if what it makes depends on the elements themselves, not just on how many there are.
    [[nodiscard]] bool namesElements() const { return m_namesElements; }
    /// The command for the element `at`.
    [[nodiscard]] Command forElement(const ScannedElements& elements, std::size_t at) const;
    /// The one command for all of them.
    [[nodiscard]] Command forAll(const ScannedElements& elements) const;
    /// True if it may write to other keys than the element: it names others, runs a script, or is not known.
    [[nodiscard]] bool mayWriteElsewhere(const CommandTable& table) const;
    /// A command like those to come, for asking whether it may be sent.
    [[nodiscard]] Command sample() const;

private:
    enum class Sign { None, Elements, Raw, Position, Count };
    struct Piece {
        Sign sign = Sign::None;
        std::string text; ///< Where there is no sign.
    };
    using Word = std::vector<Piece>;
    struct Scope; // what the signs stand for

    [[nodiscard]] static Word takeApart(const CommandWord& word);
    [[nodiscard]] static bool hasSign(const Word& word);
    [[nodiscard]] static bool joins(const Word& word);
    [[nodiscard]] static bool joinsRaw(const Word& word);
    [[nodiscard]] Status check(const CommandTable& table) const;
    [[nodiscard]] Status checkFixedWords(const CommandTable& table) const;
    [[nodiscard]] std::string_view fixedWord(std::size_t at) const;
    [[nodiscard]] Command build(const Scope& scope) const;
    [[nodiscard]] std::string textOf(const Word& word, const Scope& scope) const;

    Mode m_mode = Mode::ForEach;
    std::optional<std::string> m_delimiter;
    std::vector<Word> m_words;
    bool m_namesElements = false;
};

/// True for SCAN, SSCAN, HSCAN and ZSCAN in any case.
[[nodiscard]] bool isScanName(std::string_view name);

} // namespace keyglass
