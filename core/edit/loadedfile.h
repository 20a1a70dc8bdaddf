// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QString>

#include <cstdint>
#include <string>

namespace keyglass {

/// A file that is read once, from its first byte to its last, and has to stay as it is meanwhile.
class LoadedFile {
public:
    explicit LoadedFile(const QString& path)
        : m_file(path)
    {
    }

    /// File where it can't be read, or has no end that is known.
    [[nodiscard]] Status open();
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] std::uint64_t taken() const { return m_taken; }
    /// SHA-256 of what was taken.
    [[nodiscard]] QByteArray digest() const { return m_digest.result(); }
    /// The next bytes, at most so many; none at its end. File, also where it was changed.
    [[nodiscard]] Result<std::string> next(std::uint64_t most);

private:
    [[nodiscard]] Error changed() const;
    [[nodiscard]] QDateTime changedAt() const;

    QFile m_file;
    QDateTime m_changedAt; ///< When it was last written, as of open().
    std::uint64_t m_size = 0;
    std::uint64_t m_taken = 0;
    QCryptographicHash m_digest{QCryptographicHash::Sha256};
};

} // namespace keyglass
