// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/sentcommands.h"

#include <variant>

namespace keyglass {

namespace {

using Names = std::vector<std::string>;

struct Sender {
    const JobPlan& plan;
    const bool isCluster;

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
    /// In a transaction that shows what it writes to, where there is an archive. Before a WATCH an empty one tells
    /// whether there would be any.
    [[nodiscard]] Names shown(const Names& write) const
    {
        if (!plan.archives) {
            return write;
        }
        Names names = plan.refusesChanged ? Names{"MULTI", "EXEC", "WATCH", "DUMP", "PEXPIRETIME", "MULTI"}
                                          : Names{"MULTI", "DUMP", "PEXPIRETIME"};
        names.insert(names.end(), write.begin(), write.end());
        names.emplace_back("EXEC");
        return names;
    }
    /// Of a key whose time to live is looked at first.
    [[nodiscard]] Names afterItsTime() const
    {
        Names names{"PTTL"};
        const Names own = shown(commandsOf(plan.operation));
        names.insert(names.end(), own.begin(), own.end());
        return archived(names);
    }
    std::optional<Names> operator()(const DeleteKeys&) const
    {
        Names names = shown({"UNLINK"});
        if (plan.archives && plan.refusesChanged) { // once a connection is enough
            names.erase(names.begin(), names.begin() + 2);
        }
        return archived(names);
    }
    std::optional<Names> operator()(const ExpireKeys& expiry) const
    {
        if (expiry.mode == ExpireKeys::Mode::Add) {
            Names names{"PEXPIRETIME", "PTTL"};
            const Names own =
                plan.archives ? shown({"PEXPIREAT"}) : Names{"MULTI", "PEXPIRETIME", "PTTL", "PEXPIREAT", "EXEC"};
            names.insert(names.end(), own.begin(), own.end());
            return archived(names);
        }
        const bool looksFirst = expiry.mode == ExpireKeys::Mode::Cap;
        return looksFirst ? afterItsTime() : archived(shown(commandsOf(plan.operation)));
    }
    std::optional<Names> operator()(const PersistKeys&) const { return afterItsTime(); }
    std::optional<Names> operator()(const SetField&) const { return archived(shown({"EVAL"})); }
    std::optional<Names> operator()(const RenameKeys& rename) const
    {
        if (isCluster) {
            Names names{"MEMORY USAGE", "DUMP", "PEXPIRETIME", "RESTORE", "EXISTS"};
            if (rename.collision == Collision::Overwrite && plan.archives) { // it was taken: it is carried once more
                const Names over = archived({"MEMORY USAGE", "DUMP", "PEXPIRETIME", "EVAL", "EXISTS"});
                names.insert(names.end(), over.begin(), over.end());
            }
            names.emplace_back("EVAL"); // deletes it under its old name
            return names;
        }
        Names names{"RENAMENX"};
        if (rename.collision == Collision::Overwrite) { // of a new name that is taken
            const Names over = archived({plan.archives ? "EVAL" : "RENAME"});
            names.insert(names.end(), over.begin(), over.end());
        }
        return names;
    }
    std::optional<Names> operator()(const CopyKeys& copy) const
    {
        // What is there is archived at the target; what takes its place compares it by a script.
        const bool isCompared = plan.archives && copy.replaces;
        Names names = archived({"MEMORY USAGE", "DUMP", "PEXPIRETIME", isCompared ? "EVAL" : "RESTORE", "EXISTS"});
        if (copy.moves) {
            names.emplace_back("EVAL"); // deletes it at its source, if it is still what was copied
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
        Names all{"EXISTS"};
        if (!names.empty()) {
            const Names own = shown({names.front()});
            all.insert(all.end(), own.begin(), own.end());
        }
        return archived(all);
    }
};

} // namespace

std::optional<std::vector<std::string>> sentForOneKey(const JobPlan& plan, bool isCluster)
{
    return std::visit(Sender{plan, isCluster}, plan.operation);
}

} // namespace keyglass
