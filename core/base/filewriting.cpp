// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/filewriting.h"

#include <QFileDevice>
#include <QSaveFile>

#include <utility>

namespace keyglass {

namespace {

Error failureOf(const QFileDevice& file)
{
    return {ErrorKind::File, file.fileName(), file.errorString()};
}

} // namespace

Status writeWhole(QFileDevice& file, QByteArrayView bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const qint64 written = file.write(bytes.data() + done, bytes.size() - done);
        if (written <= 0) {
            static_cast<void>(file.flush()); // only the try after the one that took a part fails with a reason
            return failureOf(file);
        }
        done += static_cast<qsizetype>(written);
    }
    return ok();
}

Status flushWhole(QFileDevice& file)
{
    if (file.flush() || file.flush()) { // the second try has the reason
        return ok();
    }
    return failureOf(file);
}

Status commitWhole(QSaveFile& file)
{
    if (Status flushed = flushWhole(file); !flushed) {
        return flushed;
    }
    return file.commit() ? ok() : Status(failureOf(file));
}

Status saveWhole(QSaveFile& file, QByteArrayView bytes)
{
    Status written = writeWhole(file, bytes);
    return written ? commitWhole(file) : std::move(written);
}

} // namespace keyglass
