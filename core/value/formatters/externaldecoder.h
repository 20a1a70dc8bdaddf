// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/externalcommand.h"
#include "core/value/formatters/decoder.h"

#include <string_view>
#include <vector>

namespace keyglass {

/// What one run of an external decoder may take; past it the program is killed with all that it has started.
struct ExternalLimits {
    Milliseconds time{5000};
    ByteCount output{64ULL * 1024 * 1024};
};

/// The programs that may be run as decoders from now on; none at the start, and none unless the user allowed it. What
/// was made before keeps the program it was made for. For any thread.
void allowExternalDecoders(std::vector<ExternalCommand> commands);
/// Their names, without "external:".
[[nodiscard]] QStringList externalDecoderNames();

/// The decoder for a name (without "external:"). Never found by a guess. Input where there is no such program allowed.
[[nodiscard]] Result<DecoderPtr> externalDecoder(std::string_view name);

/// A decoder that runs this program. decode() and encode() block while it runs, so that they are called on a worker.
/// Their errors: File where it can't be started; Timeout and Limit past `limits`; Input with its status and the first
/// line of its stderr where it failed. Its environment has nothing of ours (KEYGLASS_…: passwords).
[[nodiscard]] DecoderPtr makeExternalDecoder(ExternalCommand command, const ExternalLimits& limits = {});

} // namespace keyglass
