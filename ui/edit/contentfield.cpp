// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/contentfield.h"

#include "core/base/bytes.h"
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

void ContentField::setBytes(const std::string& bytes)
{
    m_isEscaped = false;
    setPlainText(QString::fromStdString(bytes));
    if (typed() != bytes) { // no UTF-8, or line ends and separators that a text field makes the same
        m_isEscaped = true;
        setPlainText(QString::fromStdString(escapeLine(bytes)));
    }
}

/// The document's own text: toPlainText() makes no-break spaces plain ones.
std::string ContentField::typed() const
{
    QString text = document()->toRawText();
    text.replace(QChar(QChar::ParagraphSeparator), u'\n');
    text.replace(QChar(QChar::LineSeparator), u'\n');
    return text.toStdString();
}

Result<std::string> ContentField::bytes() const
{
    return m_isEscaped ? unescapeLine(typed()) : Result<std::string>(typed());
}

} // namespace keyglass::ui
