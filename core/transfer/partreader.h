// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/joboperation.h"
#include "core/transfer/keypart.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace keyglass {

/// Reads a file of keys, a part at a time: what partText() wrote, or an archive. Holds about one part. Belongs to one
/// thread at a time.
class PartReader {
public:
    /// File where it can't be read; Input where a CSV file has not got the columns; as UndoArchiveReader::open().
    [[nodiscard]] static Result<std::unique_ptr<PartReader>> open(const QString& path, TransferFormat format);
    PartReader() = default;
    PartReader(const PartReader&) = delete;
    PartReader& operator=(const PartReader&) = delete;
    virtual ~PartReader() = default;

    /// The next part; nothing at the end. Input for something that can't be read, at line(): reading may go on, and
    /// damagedKey() is not given any more. File, and Input where isBroken(): it may not.
    [[nodiscard]] virtual Result<std::optional<KeyPart>> next() = 0;
    /// The line at which the last next() ended, from 1; in RESP the command, in an archive the record.
    [[nodiscard]] virtual std::uint64_t line() const = 0;
    /// After Input: the key of which some may be lost. What was given of it must not be kept.
    [[nodiscard]] virtual std::optional<std::string> damagedKey() const { return std::nullopt; }
    /// Nothing that follows can be told apart.
    [[nodiscard]] virtual bool isBroken() const { return false; }
    /// After the end: the last line had no end, so that the file may have been cut off within it or before it, which
    /// nothing else tells.
    [[nodiscard]] virtual bool mayBeCut() const { return false; }
};

} // namespace keyglass
