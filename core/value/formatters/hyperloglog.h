// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace keyglass {

/// What the bytes of a HyperLogLog (PFADD) say.
struct HyperLogLogFacts {
    bool isDense = false;
    std::uint64_t estimate = 0; ///< Distinct elements; the standard error is 0.81 %.
    std::uint32_t registersInUse = 0;
    std::optional<std::uint64_t> cached; ///< What the server worked out last; nothing: elements were added since.
};

inline constexpr std::uint32_t hyperLogLogRegisters = 16'384;

/// Whether they begin as a HyperLogLog does: "HYLL" and a known encoding.
[[nodiscard]] bool isHyperLogLog(std::string_view bytes);

/// Reads all registers and works out the estimate from them. PFCOUNT is not asked, for it may write its cache into the
/// value. WrongType where the bytes are none, or damaged.
///
/// Format: the comments and structures of hyperloglog.c as published with Redis. Estimator: Otmar Ertl, "New
/// cardinality estimation algorithms for HyperLogLog sketches", arXiv:1702.01284, algorithm 6, which servers from 5.0
/// on use as well. O(registers).
[[nodiscard]] Result<HyperLogLogFacts> readHyperLogLog(std::string_view bytes);

} // namespace keyglass
