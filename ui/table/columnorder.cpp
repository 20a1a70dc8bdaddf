// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/columnorder.h"

#include "ui/table/rowmodel.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <vector>

namespace keyglass::ui {

QByteArray columnOrder(const QHeaderView& header, const TableSchema& schema)
{
    QJsonArray names;
    for (int place = 0; place < header.count(); ++place) {
        const int section = header.logicalIndex(place);
        const auto at = static_cast<std::size_t>(section - 1);
        if (section == RowModel::idColumn) {
            names.append(QJsonValue()); // the id is no column of the table
        } else if (at < schema.columns.size()) {
            names.append(QString::fromLatin1(QByteArray::fromStdString(schema.columns[at].name))); // byte for byte
        }
    }
    return QJsonDocument(names).toJson(QJsonDocument::Compact);
}

void setColumnOrder(QHeaderView& header, const TableSchema& schema, const QByteArray& order)
{
    std::vector<int> sections;
    const auto add = [&](int section) {
        if (section < header.count() && std::ranges::find(sections, section) == sections.end()) {
            sections.push_back(section);
        }
    };
    const QJsonArray names = QJsonDocument::fromJson(order).array();
    for (const QJsonValue name : names) {
        const auto place = schema.place(name.toString().toLatin1().toStdString());
        if (name.isNull()) {
            add(RowModel::idColumn);
        } else if (place) {
            add(static_cast<int>(*place) + 1);
        }
    }
    for (int section = 0; section < header.count(); ++section) {
        add(section);
    }
    for (int place = 0; place < static_cast<int>(sections.size()); ++place) {
        header.moveSection(header.visualIndex(sections[static_cast<std::size_t>(place)]), place);
    }
}

} // namespace keyglass::ui
