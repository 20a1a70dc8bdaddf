// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sentcommands.h"

#include <variant>

namespace keyglass::cli {

namespace {

using Names = std::vector<std::string>;

struct Sender {
    const JobPlan& plan;

    /// What is archived is on the disk before anything else is sent.
    [[nodiscard]] Names archived(const Names& then) const
    {
        Names names;
        if (plan.archives && destroys(plan.operation)) {
            names = {"MEMORY USAGE", "DUMP", "PEXPIRETIME"};
        }
        names.insert(names.end(), then.begin(), then.end());
        return names;
    }
    std::optional<Names> operator()(const DeleteKeys&) const
    {
        return plan.archives ? archived({"MULTI", "DUMP", "PEXPIRETIME", "UNLINK", "EXEC"}) : Names{"UNLINK"};
    }
    std::optional<Names> operator()(const ExpireKeys&) const { return archived(commandsOf(plan.operation)); }
    std::optional<Names> operator()(const PersistKeys&) const { return archived(commandsOf(plan.operation)); }
    std::optional<Names> operator()(const SetField&) const { return archived(commandsOf(plan.operation)); }
    std::optional<Names> operator()(const RenameKeys& rename) const
    {
        Names names{"RENAMENX"};
        if (rename.collision == Collision::Overwrite) { // of a new name that is taken
            const Names over = archived({plan.archives ? "EVAL" : "RENAME"});
            names.insert(names.end(), over.begin(), over.end());
        }
        return names;
    }
    std::optional<Names> operator()(const CopyKeys& copy) const
    {
        Names names{"MEMORY USAGE", "DUMP", "PEXPIRETIME", "RESTORE", "EXISTS"};
        if (copy.moves) {
            names.emplace_back("EVAL");
        }
        return names;
    }
    std::optional<Names> operator()(const ExportKeys& exporting) const
    {
        return exporting.format == TransferFormat::Archive ? std::optional(Names{"MEMORY USAGE", "DUMP", "PEXPIRETIME"})
                                                           : std::nullopt;
    }
    std::optional<Names> operator()(const ImportKeys&) const { return std::nullopt; }
    std::optional<Names> operator()(const RunTemplate&) const
    {
        const Names names = commandsOf(plan.operation);
        return archived(names.empty() ? Names{"EXISTS"} : Names{"EXISTS", names.front()});
    }
};

} // namespace

std::optional<std::vector<std::string>> sentForOneKey(const JobPlan& plan)
{
    return std::visit(Sender{plan}, plan.operation);
}

} // namespace keyglass::cli
