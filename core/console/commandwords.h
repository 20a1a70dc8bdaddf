// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// How a byte of a command line was written, which says whether it may stand for something else.
enum class Written {
    Plain,        ///< As it stands, outside of quotes.
    DoubleQuoted, ///< As it stands, inside "…".
    SingleQuoted, ///< Inside '…': always itself.
    Escaped,      ///< By a backslash inside "…" (`\n`, `\x41`, `\*`): always itself.
};

/// One word of a command line, with how each of its bytes was written.
struct CommandWord {
    std::string bytes;
    std::vector<Written> written; ///< As long as `bytes`.

    friend bool operator==(const CommandWord&, const CommandWord&) = default;
};

/// The words of a command line by the rules of redis-cli: divided by white space; "…" knows \n \r \t \b \a \xHH, and a
/// backslash before any other byte gives that byte; '…' knows \' and nothing else; outside of quotes a backslash is a
/// backslash. After a closing quote the word has ended. No words for an empty line. Input where a quote is not closed,
/// or something follows a closed one.
[[nodiscard]] Result<std::vector<CommandWord>> splitMarkedWords(std::string_view line);

/// The same without how it was written: the command's arguments.
[[nodiscard]] Result<std::vector<std::string>> splitCommandLine(std::string_view line);

/// A word for a command line that splitCommandLine() reads as these bytes: as it is where that is safe, else in double
/// quotes.
[[nodiscard]] std::string quotedWord(std::string_view bytes);

} // namespace keyglass
