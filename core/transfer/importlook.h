// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bulk/joboperation.h"
#include "core/bulk/jobpreview.h"
#include "core/bulk/nodemeter.h"
#include "core/transfer/keypart.h"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace keyglass {

class Lane;

/// Counts what an import would do, and asks which keys are there already; changes nothing.
class ImportLook {
public:
    ImportLook(Lane& lane, ImportConflict conflict);
    [[nodiscard]] Status take(const KeyPart& part, const std::stop_token& stop);
    /// This key's last part will not come.
    void drop(const std::optional<std::string>& key);
    /// Asks for those that were not asked for yet; to be called at the end.
    [[nodiscard]] Status ask(const std::stop_token& stop);
    [[nodiscard]] const JobPreview& preview() const { return m_preview; }
    /// What asking took so far.
    [[nodiscard]] const NodeMeasure& measure() const { return m_meter.measure(); }

private:
    void skip(const std::string& key, const std::string& why);

    Lane& m_lane;
    const ImportConflict m_conflict;
    std::vector<std::string> m_keys; ///< To be asked for.
    NodeMeter m_meter;
    JobPreview m_preview;
};

} // namespace keyglass
