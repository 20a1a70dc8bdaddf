// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace keyglass::ui {

/// A tab bar of which one tab can be a preview, drawn in italics. The mark moves with its tab.
class PreviewTabBar : public QTabBar {
    Q_OBJECT

public:
    explicit PreviewTabBar(QWidget* parent = nullptr);

    /// -1: none is a preview.
    void setPreview(int index);
    [[nodiscard]] int preview() const;

protected:
    /// A tab shrinks as far as its name can still be told from others; then the bar scrolls.
    [[nodiscard]] QSize minimumTabSizeHint(int index) const override;
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void tabInserted(int index) override;
};

} // namespace keyglass::ui
