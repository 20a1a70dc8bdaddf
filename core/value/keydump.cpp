// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/value/keydump.h"

#include "core/value/pagereading.h"

#include <QCoreApplication>

#include <utility>

namespace keyglass {

namespace {

Error tooLargeToDump(std::uint64_t memory)
{
    return Error{ErrorKind::Limit, {},
        QCoreApplication::translate("ValuePage", "It takes %1 of the server's memory; at most %2 are read in one piece")
            .arg(sizeText(ByteCount{memory}), sizeText(largestWholeValue))};
}

} // namespace

Result<std::string> fetchKeyDump(Lane& lane, const std::string& key, const std::stop_token& stop)
{
    auto memory = lane.call(Command{"MEMORY", "USAGE", key}, stop);
    if (memory && memory->isInteger() && memory->integer > static_cast<std::int64_t>(largestWholeValue.value)) {
        return tooLargeToDump(static_cast<std::uint64_t>(memory->integer));
    }
    auto dump = callFor(lane, Command{"DUMP", key}, stop);
    if (!dump) {
        return std::move(dump).error();
    }
    if (dump->isNil()) {
        return Error{ErrorKind::Gone, {}, {}};
    }
    return std::move(dump->text);
}

} // namespace keyglass
