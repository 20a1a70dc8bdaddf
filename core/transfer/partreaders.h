// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/partreader.h"

#include <QCoreApplication>

namespace keyglass {

/// The texts of this room, translated in one place: TransferText::tr("…").
class TransferText {
    Q_DECLARE_TR_FUNCTIONS(keyglass::Transfer)
};

/// One for each format, behind PartReader::open().
[[nodiscard]] Result<std::unique_ptr<PartReader>> openJsonParts(const QString& path);
[[nodiscard]] Result<std::unique_ptr<PartReader>> openCsvParts(const QString& path);
[[nodiscard]] Result<std::unique_ptr<PartReader>> openCommandParts(const QString& path);
[[nodiscard]] Result<std::unique_ptr<PartReader>> openRespParts(const QString& path);
[[nodiscard]] Result<std::unique_ptr<PartReader>> openArchiveParts(const QString& path);

} // namespace keyglass
