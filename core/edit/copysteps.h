// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/edit/editsteps.h"

namespace keyglass {

/// A key of a known type and length: read with all that makes up a copy of it, and deleted.
class CopySteps final : public EditSteps {
public:
    CopySteps(const std::string& key, std::string typeName, const EditAbilities& abilities);

    std::string typeName() const override { return m_typeName; }
    /// DUMP, the end, the server's time, and the length where the type has one.
    std::vector<EditRead> reads() const override;
    std::vector<Command> writes(const Observation&) const override;
    bool isDone(const Observation&, const Observation& now) const override { return now.typeName == "none"; }
    bool isUntouched(const Observation&, const Observation& now) const override { return now.typeName == m_typeName; }

    /// RESTORE of what was read, under another name.
    [[nodiscard]] Command restore(const Observation& seen, const std::string& to, bool replace) const;
    /// Whether `copy`, read in the same way, is of the same type and length and ends at the same time.
    [[nodiscard]] bool isOfSameShape(const Observation& seen, const Observation& copy) const;
    /// Whether the two, read in the same way, hold the same, as far as their dumps tell: the same whatever order a hash
    /// table gives. Two nodes may keep equal values in other ways: then it is false all the same.
    [[nodiscard]] static bool isSameDump(const Observation& seen, const Observation& copy);
    /// Both: of one node, whether it is still what was seen.
    [[nodiscard]] bool isStill(const Observation& seen, const Observation& now) const;

private:
    [[nodiscard]] bool endsAlike(const Observation& a, const Observation& b) const;

    const std::string m_typeName;
    const EditAbilities m_can;
};

} // namespace keyglass
