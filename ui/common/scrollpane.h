// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace keyglass::ui {

/// The room that a window may take on its screen, its frame left out.
[[nodiscard]] QSize roomOnScreen(const QWidget& window);

/// A column of widgets that scrolls only where it has less room than it needs at least: so a dialog's buttons stay on
/// a small screen. Otherwise it is as a layout of its own.
class ScrollPane : public QScrollArea {
public:
    explicit ScrollPane(QWidget* parent);

    /// Where widgets are put.
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();
    [[nodiscard]] int leastHeight(int width) const;

    QVBoxLayout* m_column;
};

} // namespace keyglass::ui
