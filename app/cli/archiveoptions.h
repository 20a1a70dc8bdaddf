// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/options.h"
#include "core/bulk/jobplan.h"
#include "core/source/commandtable.h"

#include <QByteArray>
#include <QString>

#include <string_view>

namespace keyglass::cli {

/// The passphrase of undo archives: from --passphrase-stdin (the first line of the standard input), else from
/// KEYGLASS_ARCHIVE_PASSPHRASE; empty where there is none. It never stands in the command line. Input where the
/// standard input is to give the server's password, too.
[[nodiscard]] Result<QByteArray> archivePassphrase(const Options& options);

/// The same where an archive is to be sealed by it (--seal): empty where it is not, Input where there is none.
[[nodiscard]] Result<QByteArray> sealingPassphrase(const Options& options);

/// A new name in the user's folder of archives: 2026-11-21T19-40-00-delete-4711.kga.
[[nodiscard]] QString newArchiveFile(std::string_view operation);

/// Says on stderr where a template may write to keys that nobody archives: others than the one it is done to.
void warnOfUnarchived(const JobPlan& plan, const CommandTable& table);

} // namespace keyglass::cli
