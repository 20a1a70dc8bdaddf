// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulk/largereader.h"
#include "core/bulk/undorun.h"
#include "core/session/sourceaccess.h"
#include "core/source/commandgate.h"
#include "core/transfer/keypages.h"

#include <functional>
#include <memory>

namespace keyglass {

/// What this server has of what reading keys by their types likes to use, as far as its facts tell.
[[nodiscard]] ReadingWays readingWaysOf(const SourceAccess& source);

/// For keys that are too large for one DUMP: how they are read for an archive, and made again.
[[nodiscard]] MakeLargeReader largeReadersOf(const SourceAccess& source);
/// `yes`: what the user said yes to.
[[nodiscard]] std::function<std::unique_ptr<LargeMaker>(int database)> largeMakersOf(
    const SourceAccess& source, const Confirmation& yes);

} // namespace keyglass
