// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/net/reply.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// What a console is asked to do.
struct ConsoleCommand {
    std::vector<std::string> words; ///< The command and its arguments.
    bool all = false;               ///< A scan is gone on with to its end; in a cluster, on all masters.
    QString node{};                 ///< In a cluster, where to run it: "10.0.0.7:7001". Empty: wherever its keys are.
    bool confirmed = false;         ///< The user has said yes to what the gate asked about this very command.
};

/// What the user chose for a command line besides its words.
struct ConsoleChoice {
    bool all = false;       ///< As in ConsoleCommand; commands that are no scan are run without.
    QString node{};         ///< As in ConsoleCommand.
    bool confirmed = false; ///< As in ConsoleCommand.
};

/// How far a scan with an operation has come.
struct ConsoleProgress {
    std::uint64_t elements = 0;
    std::uint64_t operations = 0; ///< Commands of the operation that were answered.
    std::uint64_t failed = 0;     ///< Of them, with an error.
};

/// The operation's first error, which the reply shows only WITHREPLIES.
struct OperationFailure {
    std::string element; ///< Empty for a FORALL.
    std::string text;    ///< The server's.
};

/// What came of a command line.
struct ConsoleAnswer {
    Reply reply; ///< The server's, errors included; of a scan-bound command what RCP 6 makes of it.
    ConsoleProgress done{};
    std::optional<OperationFailure> firstFailure{};
    QStringList notes{};       ///< What else there is to know: sent in parts, asked of one node only.
    std::vector<Error> gaps{}; ///< Why a scan to the end has not come to it, one per node.
};

} // namespace keyglass
