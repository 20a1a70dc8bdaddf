// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>

class QFileDevice;
class QSaveFile;

namespace keyglass {

/// Writes all of `bytes`. File, with the system's own words, also where a full disk took a part of them: there Qt says
/// "Unknown error", or nothing.
[[nodiscard]] Status writeWhole(QFileDevice& file, QByteArrayView bytes);

/// Hands on what Qt still holds. As writeWhole().
[[nodiscard]] Status flushWhole(QFileDevice& file);

/// Gives a file its name once the system has taken all of it. File: then what had the name before has it still.
///
/// QSaveFile::commit() by itself (Qt 6.4) says yes to a file whose end, up to 16 KB that were held until then, did not
/// fit on the disk, and puts it in the place of a whole one.
[[nodiscard]] Status commitWhole(QSaveFile& file);

/// Both for an open file: all of its bytes, and its name.
[[nodiscard]] Status saveWhole(QSaveFile& file, QByteArrayView bytes);

} // namespace keyglass
