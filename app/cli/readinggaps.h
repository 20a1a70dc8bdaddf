// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value/valuepage.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>

namespace keyglass::cli {

/// How a row is named for people: "field f", "index 3".
[[nodiscard]] QString rowName(KeyType type, const ValueRow& row, std::uint64_t number);

/// What of a value is missing in what was read.
class ReadingGaps {
public:
    void noteTooLong(const QString& name, const std::optional<std::uint64_t>& size);
    void noteGone(const QString& name) { note(m_gone, name); }

    /// Limit where something is too long to be read, Conflict where elements went while it was read. `hasOthers`: some
    /// could not even be named.
    [[nodiscard]] Status status(const std::string& key, bool hasOthers) const;

private:
    struct Noted {
        std::uint64_t count = 0;
        QString first;
    };
    static void note(Noted& noted, const QString& name);

    Noted m_tooLong;
    Noted m_gone;
};

} // namespace keyglass::cli
