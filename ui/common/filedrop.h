// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace keyglass::ui {

/// Takes a file that is dragged onto a widget or anything in it, also where a text editor would take its name.
class FileDrop : public QObject {
    Q_OBJECT

public:
    /// Of what is in `area` by now.
    explicit FileDrop(QWidget* area);

Q_SIGNALS:
    void dropped(const QString& path);

protected:
    [[nodiscard]] bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace keyglass::ui
