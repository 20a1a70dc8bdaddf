// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/keyedit.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// A file that is to become all of a string, in place of what the user saw there.
struct StringLoad {
    /// What of the string was looked at; the rest is not compared.
    struct Seen {
        std::optional<std::uint64_t> length;
        std::shared_ptr<const std::string> beginning; ///< As far as it was read; null: nothing was.
        QByteArray digest;                            ///< Of all of it, as StringLoaded::digest; empty: not compared.
    };

    std::string key;
    QString path;
    Seen seen;
    std::optional<SeenExpiry> seenExpiry; ///< As KeyEdit's: that it is another is told.
};

/// What came of it. `outcome` as of an edit; Conflict: KeyNow::length tells what is there, and `digest` names it, for
/// who wants just that overwritten.
struct StringLoaded {
    EditOutcome outcome;
    std::uint64_t bytes = 0; ///< Of the file.
    QByteArray digest;       ///< SHA-256.
};

/// What production asks about before a string is loaded: one action to the user.
[[nodiscard]] const std::vector<std::string>& commandsOfStringLoad();

} // namespace keyglass
