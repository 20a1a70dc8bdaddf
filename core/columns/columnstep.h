// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/batchstep.h"
#include "core/columns/columnorder.h"
#include "core/columns/slicepace.h"
#include "core/net/reply.h"

#include <atomic>
#include <span>
#include <string>
#include <vector>

namespace keyglass {

/// What the workers of all nodes have in common. Outlives them.
struct ColumnReading {
    ColumnOrderBuilder& into;
    SortColumn column;
    ScanPace pace;
    std::string root;        ///< Of the database (keyroot.h), before each key's name; empty: none.
    Clock::time_point begun; ///< Times to live count from here, so that late answers compare with early ones.
    std::atomic<double> secondsPerKey{0}; ///< Of the slowest node, lately.
};

/// Reads one column of the keys it is given: TYPE, PTTL, MEMORY USAGE, OBJECT or a length. Changes nothing.
///
/// Outcomes: Done, Missing, Failed with the server's words. Keys that follow each other in the scope cost two look-ups
/// of their rank for a batch, others one each.
class ColumnStep final : public BatchStep {
public:
    explicit ColumnStep(ColumnReading& reading);

    [[nodiscard]] Status apply(
        const StepLanes& lanes, KeyBatch&& keys, OutcomeSink& outcomes, std::stop_token stop) override;
    [[nodiscard]] Status finish(const StepLanes&, OutcomeSink&, std::stop_token) override { return ok(); }
    [[nodiscard]] UnsettledKeys takeUnsettled() override;

private:
    [[nodiscard]] std::vector<std::uint64_t> ranksOf(const KeyBatch& keys);
    [[nodiscard]] std::uint64_t rankOf(std::string_view key);
    [[nodiscard]] Status readSlice(Lane& lane, const KeyBatch& keys, std::size_t from, std::size_t to,
        std::span<const std::uint64_t> ranks, OutcomeSink& outcomes, const std::stop_token& stop);
    [[nodiscard]] Result<std::vector<Reply>> ask(
        Lane& lane, const KeyBatch& keys, std::size_t from, std::size_t to, const std::stop_token& stop);
    [[nodiscard]] Status addLengths(Lane& lane, const KeyBatch& keys, std::size_t from, std::vector<Reply>& types,
        const std::stop_token& stop) const;
    void take(std::string_view key, std::uint64_t rank, const Reply& reply, OutcomeSink& outcomes) const;

    ColumnReading& m_reading;
    SlicePace m_pace;
    KeyBatch m_notSent;
    std::string m_name; ///< A key's name in the scope, made anew for each.
};

} // namespace keyglass
