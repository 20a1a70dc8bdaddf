// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivebefore.h"
#include "core/bulk/undorun.h"
#include "core/transfer/importbatch.h"
#include "core/transfer/keypages.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// Makes keys again that an undo archive has in parts (PartArchiving): under a passing name, which becomes their own
/// once they are whole. A key that is there is compared part by part with what was archived; what is replaced is
/// archived before, in parts where its type allows it, however small it is.
class PartMaking final : public LargeMaker {
public:
    struct Setting {
        ArchivingOptions archiving; ///< Of what is replaced: its database, and what the server has.
        ReadingWays reading;
        MakingWays making;
        bool isCluster = false;
        /// A lane to a key's owner alone, with the user's yes. Not set: the lane that make() is given is that.
        std::function<Lane&(const std::string& key)> ownerOf{};
    };
    explicit PartMaking(Setting setting);
    ~PartMaking() override;

    [[nodiscard]] Result<Told> make(
        Lane& lane, const UndoRecord& record, const Open& open, const How& how, const std::stop_token& stop) override;

private:
    struct Found;
    class Turn;

    Setting m_setting;
    std::vector<std::string> m_left; ///< Passing names, of what came to nothing on lines that were lost.
};

} // namespace keyglass
