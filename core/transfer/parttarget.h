// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/importbatch.h"
#include "core/transfer/keypages.h"

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace keyglass {

/// Keys as they are read, made on another server: each under a passing name until it is whole.
class PartTarget final : public PartSink {
public:
    /// `archive`: for what is replaced; may be null. It, `options` and the lanes must outlive it.
    PartTarget(ImportLanes lanes, ImportOptions& options, UndoArchiveWriter* archive);

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
    /// After a failure: whether the key may have got its own name.
    [[nodiscard]] bool mayBeMade(std::string_view key) const { return m_steps.mayBeNamed() || m_made.contains(key); }

private:
    void record(const std::vector<ImportedKey>& keys);

    ImportLanes m_lanes;
    ImportSteps m_steps;
    std::vector<ImportedKey> m_large; ///< One, or none.
    std::stop_token m_stop;
    std::map<std::string, Made, std::less<>> m_made;
};

} // namespace keyglass
