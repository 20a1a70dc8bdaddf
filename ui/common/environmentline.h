// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/environment.h"

#include <QWidget>

namespace keyglass::ui {

/// The line along the top of a window in the colour of the environment it looks at; nothing for development.
class EnvironmentLine : public QWidget {
    Q_OBJECT

public:
    static constexpr int thickness = 3; ///< Pixels.

    explicit EnvironmentLine(QWidget* parent = nullptr);

    void setEnvironment(Environment environment);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Environment m_environment = Environment::Development;
};

} // namespace keyglass::ui
