// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/transfer/keypart.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace keyglass {

/// What one command of a file of commands makes: those that makingCommands() and endCommand() give, and no other, as an
/// import is no way to run anything. `isFirst` is not set: only SET begins a key by itself.
///
/// Input, with why in its detail.
[[nodiscard]] Result<KeyPart> pieceOfCommand(std::vector<std::string>&& words);

/// Which key it is about; nothing where words are missing.
[[nodiscard]] std::optional<std::string> keyOfCommand(const std::vector<std::string>& words);

} // namespace keyglass
