// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

class QFile;

namespace keyglass {

/// Opens a file that is looked through before it is used, and so is read more than once. File where it can't be read;
/// Input for a pipe or a device, which would be empty the second time, and is at its end at once for Qt.
[[nodiscard]] Status openToRead(QFile& file);

} // namespace keyglass
