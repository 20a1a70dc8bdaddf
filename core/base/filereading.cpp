// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/filereading.h"

#include <QCoreApplication>
#include <QFile>

namespace keyglass {

Status openToRead(QFile& file)
{
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::File, file.fileName(), file.errorString()};
    }
    if (file.isSequential()) {
        return Error{ErrorKind::Input, file.fileName(),
            QCoreApplication::translate("FileReading",
                "It is no file, but a pipe or a device, and has to be read more than once. Write it to a file first")};
    }
    return ok();
}

} // namespace keyglass
