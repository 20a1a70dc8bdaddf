// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/previewedtable.h"

#include <utility>

namespace keyglass {

using Kind = SchemaChange::Kind;

PreviewedTable::PreviewedTable(const SchemaPreview& preview, TableKeys keys, Command moveProbe)
    : m_preview(preview)
    , m_keys(std::move(keys))
    , m_moveProbe(std::move(moveProbe))
{
}

std::vector<std::string> PreviewedTable::watched() const
{
    std::vector<std::string> keys{m_keys.schema(), m_keys.indexed()};
    if (change().kind == Kind::CreateTable) {
        keys.insert(keys.end(), {m_keys.rows(), m_keys.lastId()});
    }
    return keys;
}

std::vector<Command> PreviewedTable::questions() const
{
    return {Command{isOfNamespace(change().kind) ? "GET" : "HGETALL", m_keys.schema()},
        Command{"SMEMBERS", m_keys.indexed()}, Command{"SCARD", m_keys.rows()}, m_moveProbe};
}

std::optional<TableSchema> PreviewedTable::schemaIn(const std::vector<Reply>& replies) const
{
    const bool isDrop = change().kind == Kind::DropTable; // a damaged table may go
    auto schema = isDrop ? schemaDespiteDamage(m_keys, replies[AtSchema], replies[AtIndexed])
                         : schemaFrom(m_keys, replies[AtSchema], replies[AtIndexed]);
    return schema && !schema->columns.empty() ? std::optional(*std::move(schema)) : std::nullopt;
}

bool PreviewedTable::isAsPreviewed(const std::vector<Reply>& seen) const
{
    if (isOfNamespace(change().kind)) { // its marker is a string; a hash is a table's schema
        const Reply& marker = seen[AtSchema];
        return change().kind == Kind::CreateNamespace ? marker.isNil() : !marker.isNil() && !marker.isError();
    }
    const auto now = schemaIn(seen);
    if (change().kind == Kind::CreateTable) { // nor may anything of an earlier table be there
        const bool isFree = seen[AtSchema].isArray() && seen[AtSchema].elements.empty(); // no marker either
        if (change().keepsRows) {
            return isFree && seen[AtRows].isInteger() && std::cmp_equal(seen[AtRows].integer, m_preview.rows);
        }
        return isFree && seen[AtIndexed].isArray() && seen[AtIndexed].elements.empty() && seen[AtRows].isInteger()
            && seen[AtRows].integer == 0;
    }
    return now && m_preview.plan.madeOn && now->isSameAs(*m_preview.plan.madeOn);
}

bool PreviewedTable::isAsPlanned(const std::optional<TableSchema>& now) const
{
    return now.has_value() == m_preview.after.has_value() && (!now || now->isSameAs(*m_preview.after));
}

} // namespace keyglass
