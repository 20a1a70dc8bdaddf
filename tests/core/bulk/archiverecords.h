// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/archivereader.h"

#include <QByteArray>
#include <QString>

#include <set>
#include <string>
#include <vector>

namespace keyglass::test {

/// What can be read of an archive, in order; the condition at the end goes to `condition`.
inline std::vector<UndoRecord> recordsIn(
    const QString& file, const QByteArray& passphrase = {}, ArchiveCondition* condition = nullptr)
{
    std::vector<UndoRecord> records;
    const auto reader = UndoArchiveReader::open(file, passphrase);
    UndoRecord record;
    while (reader) {
        const auto got = (*reader)->next(record);
        if (!got || !*got) {
            break;
        }
        records.push_back(record);
    }
    if (reader && condition) {
        *condition = (*reader)->condition();
    }
    return records;
}

/// The keys of which it has records.
inline std::set<std::string> keysIn(const QString& file)
{
    std::set<std::string> keys;
    for (const UndoRecord& record : recordsIn(file)) {
        keys.insert(record.key);
    }
    return keys;
}

} // namespace keyglass::test
