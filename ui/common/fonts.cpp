// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/fonts.h"

#include <QApplication>
#include <QFontDatabase>

namespace keyglass::ui {

QFont keyFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QFont ofText = QApplication::font();
    if (ofText.pointSizeF() > 0) {
        font.setPointSizeF(ofText.pointSizeF());
    } else {
        font.setPixelSize(ofText.pixelSize());
    }
    font.setStyleHint(QFont::Monospace);
    return font;
}

void applyFontSize(std::optional<int> points)
{
    static const QFont ofSystem = QApplication::font(); // as it was before anyone changed it
    QFont font = ofSystem;
    if (points) {
        font.setPointSize(*points);
    }
    QApplication::setFont(font);
}

} // namespace keyglass::ui
