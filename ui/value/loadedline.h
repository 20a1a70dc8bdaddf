// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace keyglass::ui {

/// What a view has loaded, or why it has not: at the end of its bar, and what is too long for that on a line of its
/// own, below(), which wraps. Nothing of it is cut off.
class LoadedLine : public QWidget {
    Q_OBJECT

public:
    /// `name`: the label's accessible name.
    explicit LoadedLine(const QString& name, QWidget* parent = nullptr);

    void setText(const QString& text);
    [[nodiscard]] QString text() const;
    /// The line for what doesn't fit, hidden while nothing stands there. To be put under the bar by who owns this.
    [[nodiscard]] QWidget* below() const { return m_below; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void arrange();

    QWidget* m_below;
    QLabel* m_label;
};

} // namespace keyglass::ui
