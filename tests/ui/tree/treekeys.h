// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "tests/core/index/treetwin.h"
#include "ui/tree/keytreeview.h"

#include <QStringList>

#include <string>
#include <vector>

namespace keyglass::test {

/// The model as a picture, one line a row, indented by level: "▾user (2)", "'1'".
inline QStringList drawn(const ui::KeyTreeModel& model)
{
    using Model = ui::KeyTreeModel;
    QStringList lines;
    for (int at = 0; at < model.rowCount(); ++at) {
        const QModelIndex index = model.index(at, 0);
        const QString name = index.data().toString();
        const bool isFolder = index.data(Model::IsFolderRole).toBool();
        const QString open = index.data(Model::IsExpandedRole).toBool() ? QStringLiteral("▾") : QString();
        const QString folder =
            QStringLiteral("%1%2 (%3)").arg(open, name).arg(index.data(Model::KeyCountRole).toULongLong());
        lines.append(QString(index.data(Model::DepthRole).toInt(), QLatin1Char(' '))
            + (isFolder ? folder : QStringLiteral("'%1'").arg(name)));
    }
    return lines;
}

inline std::vector<std::string> numbered(const std::string& prefix, int count)
{
    std::vector<std::string> keys;
    for (int i = 0; i < count; ++i) {
        keys.push_back(prefix + std::to_string(i));
    }
    return keys;
}

inline RowId key(const std::string& bytes)
{
    return {bytes, false};
}

inline RowId folder(const std::string& bytes)
{
    return {bytes, true};
}

} // namespace keyglass::test
