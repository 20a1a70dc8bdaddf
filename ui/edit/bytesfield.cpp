// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/bytesfield.h"

#include "core/base/bytes.h"
#include "ui/common/fonts.h"

namespace keyglass::ui {

BytesField::BytesField(const QString& name, QWidget* parent)
    : QLineEdit(parent)
{
    setAccessibleName(name);
    setFont(keyFont());
    setMinimumWidth(360);
    setToolTip(tr("Bytes that are no text: \\xHH, \\n, \\r, \\t; a backslash: \\\\"));
}

void BytesField::setBytes(const std::string& bytes)
{
    setText(QString::fromStdString(escapeLine(bytes)));
}

Result<std::string> BytesField::bytes() const
{
    return unescapeLine(text().toStdString());
}

} // namespace keyglass::ui
