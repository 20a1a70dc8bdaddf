// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/formatbox.h"

#include <QSignalBlocker>

namespace keyglass::ui {

namespace {

QString formatName(ValueFormat format)
{
    switch (format) {
    case ValueFormat::Text:
        return FormatBox::tr("Text");
    case ValueFormat::Json:
        return FormatBox::tr("JSON");
    case ValueFormat::Hex:
        break;
    }
    return FormatBox::tr("Hex");
}

} // namespace

FormatBox::FormatBox(QWidget* parent)
    : QComboBox(parent)
{
    setAccessibleName(tr("Format"));
    setToolTip(tr("How the value is shown"));
    for (const FormatChoice choice :
        {FormatChoice::Automatic, FormatChoice::Text, FormatChoice::Json, FormatChoice::Hex, FormatChoice::Bits}) {
        addItem({}, static_cast<int>(choice));
    }
    showGuess(ValueFormat::Text, false);
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
}

FormatChoice FormatBox::choice() const
{
    return static_cast<FormatChoice>(currentData().toInt());
}

void FormatBox::setChoice(FormatChoice choice)
{
    setCurrentIndex(findData(static_cast<int>(choice)));
}

void FormatBox::showGuess(ValueFormat guessed, bool isImage)
{
    const QSignalBlocker blocker(this);
    setItemText(0, tr("Automatic: %1").arg(isImage ? tr("Image") : formatName(guessed)));
    setItemText(1, formatName(ValueFormat::Text));
    setItemText(2, formatName(ValueFormat::Json));
    setItemText(3, formatName(ValueFormat::Hex));
    setItemText(4, tr("Bits"));
}

} // namespace keyglass::ui
