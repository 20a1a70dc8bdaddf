// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/importbatch.h"
#include "core/transfer/keypages.h"

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

/// Keys as they are read, made on another server: each under a passing name until it is whole.
class PartTarget final : public PartSink {
public:
    /// `to` finds the owners of keys; both must outlive it.
    PartTarget(Lane& to, ImportOptions& options);

    [[nodiscard]] Status take(std::vector<KeyPart>&& keys, const std::stop_token& stop) override;
    [[nodiscard]] Status beginLarge(const std::stop_token& stop) override;
    [[nodiscard]] Status takeLarge(KeyPart&& part) override;
    [[nodiscard]] Status endLarge(bool isWhole) override;

    struct Made {
        Outcome outcome = Outcome::NotDone;
        std::string detail;
    };
    /// What became of each key that was given whole.
    [[nodiscard]] const std::map<std::string, Made, std::less<>>& made() const { return m_made; }

private:
    void record(std::vector<ImportedKey>& keys);

    ImportLanes m_lanes;
    ImportSteps m_steps;
    std::vector<ImportedKey> m_large; ///< One, or none.
    std::stop_token m_stop;
    std::map<std::string, Made, std::less<>> m_made;
};

} // namespace keyglass
