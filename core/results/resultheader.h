// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/resultset.h"

#include <QByteArray>

#include <cstdint>
#include <string_view>

class QFile;

namespace keyglass {

/// A checksum that finds damage, not malice: FNV-1a of 64 bits.
class Checksum {
public:
    void add(std::string_view bytes);
    [[nodiscard]] std::uint64_t value() const { return m_value; }

private:
    std::uint64_t m_value = 0xCBF29CE484222325U;
};

/// The beginning of a result file, and where the keys stand in it.
struct ResultHeader {
    ResultSetInfo info;
    std::uint64_t bodyBytes = 0;    ///< The keys as they stand in the file, compressed.
    std::uint64_t bodyChecksum = 0; ///< Of these bytes.
    std::uint64_t begin = 0;        ///< Where they begin.
};

/// The bytes of a header, of the length that a header with other numbers has too: it is written before the keys, and
/// once more over itself when they are counted.
[[nodiscard]] QByteArray headerBytes(const ResultHeader& header);

/// Reads the header of an open file and leaves it where the keys begin. Errors as readResultInfo().
[[nodiscard]] Result<ResultHeader> readHeader(QFile& file);

/// What is wrong with a file of this path.
[[nodiscard]] Error resultFileError(const QString& path, const QString& what);

} // namespace keyglass
