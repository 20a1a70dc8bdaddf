// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/largereader.h"
#include "core/transfer/keypages.h"
#include "core/transfer/keypart.h"

namespace keyglass {

/// Reads large keys in pages of about a megabyte, as parts for an undo archive (bytesOfPart()).
class PartArchiving final : public LargeReader {
public:
    explicit PartArchiving(ReadingWays ways);

    [[nodiscard]] Result<Told> read(Lane& lane, const std::string& key, std::string_view type, std::uint64_t size,
        const Take& take, const std::stop_token& stop) override;
    [[nodiscard]] Result<bool> isStill(Lane& lane, const std::string& key, const std::stop_token& stop) override;

private:
    class Sink;

    ReadingWays m_ways;
    std::optional<StreamPart> m_stream; ///< Of the key that was read last.
    std::string m_lastKey;
    std::uint64_t m_mostInPage = 0; ///< Of that key.
};

} // namespace keyglass
