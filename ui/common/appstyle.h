// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace keyglass::ui {

/// Fusion, with our own icons in messages and none on the buttons of dialogs, whatever icon theme the desktop has; in
/// the dark, boxes to be ticked have an outline that is seen.
class AppStyle : public QProxyStyle {
public:
    AppStyle();

    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption* option = nullptr, const QWidget* widget = nullptr,
        QStyleHintReturn* returned = nullptr) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget = nullptr) const override;
    [[nodiscard]] QIcon standardIcon(
        StandardPixmap which, const QStyleOption* option = nullptr, const QWidget* widget = nullptr) const override;
};

} // namespace keyglass::ui
