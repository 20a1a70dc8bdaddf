// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QPixmap>
#include <QString>

namespace keyglass::test {

/// Keeps a picture of what a test shows in the folder that KEYGLASS_PICTURES names, to be looked at by people; without
/// the variable it does nothing.
inline void keepPicture(const QPixmap& picture, const QString& name)
{
    const QString folder = qEnvironmentVariable("KEYGLASS_PICTURES");
    if (!folder.isEmpty()) {
        picture.save(QDir(folder).filePath(name + QStringLiteral(".png")));
    }
}

} // namespace keyglass::test
