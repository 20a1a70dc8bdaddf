// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFile>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// The commands of a file as clients send them: arrays of bulk strings (https://redis.io/docs/reference/protocol-spec).
class RespCommands {
public:
    explicit RespCommands(const QString& path)
        : m_file(path)
    {
    }
    /// File.
    [[nodiscard]] Status open();
    /// The words of the next one; nothing at the end. Input where it is none, or is cut: nothing behind can be told
    /// apart; File.
    [[nodiscard]] Result<std::optional<std::vector<std::string>>> next();
    [[nodiscard]] std::uint64_t number() const { return m_number; } ///< Of the last one, from 1.
    [[nodiscard]] QString path() const { return m_file.fileName(); }

private:
    [[nodiscard]] std::optional<std::uint64_t> length(char sign, std::uint64_t most);
    [[nodiscard]] Error bad() const;

    QFile m_file;
    std::uint64_t m_number = 0;
};

} // namespace keyglass
