// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulk/joboperation.h"

#include <array>

namespace keyglass {

std::string_view operationName(const JobOperation& operation)
{
    static constexpr std::array<std::string_view, std::variant_size_v<JobOperation>> names{
        "delete", "expire", "persist", "rename", "copy"};
    return names.at(operation.index());
}

bool destroys(const JobOperation& operation)
{
    const auto* rename = std::get_if<RenameKeys>(&operation);
    return rename ? rename->collision == Collision::Overwrite : !std::holds_alternative<CopyKeys>(operation);
}

std::vector<std::string> commandsOf(const JobOperation& operation)
{
    struct Namer {
        std::vector<std::string> operator()(const DeleteKeys&) const { return {"UNLINK", "DEL"}; }
        std::vector<std::string> operator()(const ExpireKeys& expiry) const
        {
            return {expiry.mode == ExpireKeys::Mode::At ? "PEXPIREAT" : "PEXPIRE"};
        }
        std::vector<std::string> operator()(const PersistKeys&) const { return {"PERSIST"}; }
        std::vector<std::string> operator()(const RenameKeys& rename) const
        {
            return {rename.collision == Collision::Overwrite ? "RENAME" : "RENAMENX", "RESTORE", "EVAL"};
        }
        std::vector<std::string> operator()(const CopyKeys& copy) const
        {
            return copy.moves ? std::vector<std::string>{"RESTORE", "EVAL"} : std::vector<std::string>{"RESTORE"};
        }
    };
    return std::visit(Namer{}, operation);
}

} // namespace keyglass
