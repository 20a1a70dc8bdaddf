// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace keyglass::test {

/// What the files of one folder may know. The table of all of them is in arrows.cpp; a new arrow is a changed row
/// there.
struct Room {
    QString folder;      ///< "core/scan".
    QStringList rooms;   ///< Folders whose every header it may include; its own always.
    QStringList headers; ///< Single headers of other folders: plain data, no more.
    QStringList qt;      ///< Modules of Qt; empty: any (it stands above core).
    bool hasQObjects = false;
};

/// The row of the folder that `file` (a path from the root) stands in; nothing where there is none.
[[nodiscard]] std::optional<Room> roomOf(const QString& file);

/// Why `line` of `file` breaks the table or a rule that goes with it; empty where it does not.
[[nodiscard]] QString objection(const QString& file, const QString& line);

} // namespace keyglass::test
