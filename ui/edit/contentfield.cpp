// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/contentfield.h"

#include "ui/common/fonts.h"

#include <QTextDocument>

namespace keyglass::ui {

ContentField::ContentField(const QString& name, QWidget* parent)
    : QPlainTextEdit(parent)
{
    setAccessibleName(name);
    setFont(keyFont());
    setTabChangesFocus(true);
    setMinimumSize(420, 120);
}

std::string ContentField::bytes() const
{
    return typed().toStdString();
}

/// The document's own text: toPlainText() makes no-break spaces plain ones.
QString ContentField::typed() const
{
    QString text = document()->toRawText();
    text.replace(QChar(QChar::ParagraphSeparator), u'\n');
    text.replace(QChar(QChar::LineSeparator), u'\n');
    return text;
}

} // namespace keyglass::ui
