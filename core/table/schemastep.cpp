// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/schemastep.h"

#include "core/table/tablecheck.h"

#include <algorithm>

namespace keyglass {

KeyProgress keysTold(const SchemaProgress& progress)
{
    if (!progress) {
        return {};
    }
    return [&progress](std::uint64_t looked, std::uint64_t of) { progress({SchemaStep::Kind::Keys, looked, of, 0}); };
}

SchemaStep stepOf(const TableReport& soFar)
{
    if (soFar.passed > 0) {
        return {SchemaStep::Kind::Keys, soFar.passed, soFar.passedOf, 0};
    }
    return {SchemaStep::Kind::Rows, soFar.rows, soFar.rowsOf > 0 ? std::max(soFar.rowsOf, soFar.rows) : 0, 0};
}

} // namespace keyglass
